import { ALARM_NAME_MAX } from "../../../lib/facts/monitoring";
import { alarmName } from "../../../lib/monitoring/alarms";
import {
  alarmActionsRules,
  alarmLabelRules,
  alarmTopicRules,
  eventTargetRules,
  failuresRules,
  firstSyncRules,
  idleMonitoringRules,
  monitoringRules,
  staleAfterRules,
  staleAlarmRules,
  topicKeyRules,
  topicPlaceRules,
  unwatchedRules,
} from "../../../lib/rules/monitoring";
import { codesOf, lines, said } from "./said";

const topicArn = "arn:aws:sns:us-east-1:111122223333:alerts";

test("takes monitoring, and what is not known of it", () => {
  expect(monitoringRules({})).toEqual([]);
  expect(
    monitoringRules({
      alarms: { topicArn, staleAfter: "2h" },
      events: { topicArn: `${topicArn}.fifo` },
      logRetentionDays: 14,
    }),
  ).toEqual([]);
});

test.each([1, 3653])("takes a retention of %d days", (logRetentionDays) => {
  expect(monitoringRules({ logRetentionDays })).toEqual([]);
});

test("fails for a retention that CloudWatch Logs does not have, and names the next longer one", () => {
  expect(monitoringRules({ logRetentionDays: 0 })).toMatchObject([{ remedy: "use 1" }]);
  expect(monitoringRules({ logRetentionDays: 8 })).toMatchObject([
    {
      code: "log-retention-days",
      message: "CloudWatch Logs does not keep logs for 8 days",
      remedy: "use 14",
    },
  ]);
  expect(monitoringRules({ logRetentionDays: 3654 })[0]?.remedy).toBeUndefined();
});

test("fails for a staleness that is no duration", () => {
  expect(said(monitoringRules({ alarms: { staleAfter: "2 hours" } }))).toBe(
    lines(
      "alarms.staleAfter: error: staleAfter is not a duration [stale-after]",
      '  got:      "2 hours"',
      "  expected: whole minutes as a number, or a text like 30m, 3h, above zero",
      '  remedy:   did you mean "2h"?',
    ),
  );
  expect(monitoringRules({ alarms: { staleAfter: 1 } })).toEqual([]);
  expect(codesOf(monitoringRules({ alarms: { staleAfter: 0 } }))).toEqual(["stale-after"]);
});

test("fails for what is no key of a topic, and for a key without a topic", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d";
  expect(monitoringRules({ alarms: { topicArn, kmsKeyArn }, events: { topicArn, kmsKeyArn } })).toEqual([]);
  const noKey = { topicArn, kmsKeyArn: "alias/alerts" };
  expect(
    monitoringRules({ alarms: noKey, events: noKey }).map(({ code, path }) => [code, path.join(".")]),
  ).toEqual([
    ["kms-key-arn", "alarms.kmsKeyArn"],
    ["kms-key-arn", "events.kmsKeyArn"],
  ]);
  for (const alarms of [undefined, {}, { topicArn }, { topicArn, kmsKeyArn }])
    expect(alarmTopicRules(alarms)).toEqual([]);
  expect(said(alarmTopicRules({ kmsKeyArn }))).toBe(
    lines(
      "alarms.kmsKeyArn: error: kmsKeyArn is given, but no topic [missing-key]",
      "  remedy:   give the topicArn of the topic that it encrypts, or remove kmsKeyArn",
    ),
  );
});

test("fails for what is no topic", () => {
  expect(
    codesOf(
      monitoringRules({ alarms: { topicArn: "alerts" }, events: { topicArn: `${topicArn}:subscription` } }),
    ),
  ).toEqual(["topic-arn", "topic-arn"]);
});

test("fails for a staleness that no alarm can look back to", () => {
  expect(staleAfterRules("3h")).toEqual([]);
  expect(said(staleAfterRules(181))).toBe(
    lines(
      ".: error: staleAfter is longer than CloudWatch looks back for an alarm [stale-after]",
      "  got:      181 minutes",
      "  expected: 1 to 180 minutes (3 hours)",
      "  remedy:   use 3h at most: AWS fails an integration after seven days, and the alarm on failed ingestions comes at the first",
    ),
  );
});

describe("an alarm on stale data", () => {
  const facts = { integrationName: "orders-to-lake", api: "glue", interval: 30 } as const;

  test("is warned of where it would go off between any two syncs", () => {
    expect(staleAlarmRules({ ...facts, staleAfter: 31 })).toEqual([]);
    expect(said(staleAlarmRules({ ...facts, staleAfter: "30m" }))).toBe(
      lines(
        ".: warning: the data of the integration orders-to-lake is stale between any two syncs [stale-after-interval]",
        "  got:      staleAfter of 30 minutes, and a refresh interval of 30 minutes",
        "  expected: staleAfter longer than the refresh interval",
        "  remedy:   use 90m",
      ),
    );
  });

  test("is better left out where the interval is too long for any", () => {
    const remedyFor = (interval: number) =>
      staleAlarmRules({ ...facts, interval, staleAfter: 100 }).map(({ code, remedy }) => [code, remedy]);
    expect(remedyFor(120)).toEqual([["stale-after-interval", "use 180m"]]);
    expect(remedyFor(121)).toEqual([
      [
        "stale-after-interval",
        "leave staleAfter out: an integration of such an interval then has no alarm on stale data",
      ],
    ]);
  });

  test("is not warned of where the age is refused", () => {
    for (const staleAfter of [0, -5, "abc", "4h"])
      expect(staleAlarmRules({ ...facts, interval: 360, staleAfter })).toEqual([]);
  });

  test("is warned of where there is none", () => {
    expect(staleAlarmRules({ ...facts, interval: 120 })).toEqual([]);
    expect(said(staleAlarmRules({ ...facts, interval: 121 }))).toBe(
      lines(
        ".: warning: no alarm can tell when the data of the integration orders-to-lake is stale [no-stale-alarm]",
        "  got:      a refresh interval of 121 minutes",
        "  expected: at most 120 minutes: CloudWatch looks back 3 hours for an alarm",
        "  remedy:   look at the dashboard; the alarm on failed ingestions and the events are made as usual",
      ),
    );
    expect(staleAlarmRules({ ...facts, interval: undefined })).toMatchObject([
      { code: "no-stale-alarm", got: "a refresh interval that is not known" },
    ]);
  });

  test("is not asked for of a snapshot, nor of an integration of Redshift's own", () => {
    expect(staleAlarmRules({ ...facts, interval: 1440, continuous: false })).toEqual([]);
    expect(staleAlarmRules({ ...facts, interval: 1440, api: "redshift" })).toEqual([]);
  });
});

test("an integration that AWS Glue reports nothing of is warned of", () => {
  expect(unwatchedRules("orders", "glue")).toEqual([]);
  expect(said(unwatchedRules("orders", "redshift"))).toBe(
    lines(
      ".: warning: nothing watches the integration orders: it is one of Redshift's own, of which AWS Glue reports nothing [unwatched-integration]",
      "  remedy:   watch it with the metrics and events of Amazon Redshift",
    ),
  );
});

test("fails for a number of failures that is none", () => {
  expect(failuresRules(["failures"], 1)).toEqual([]);
  for (const failures of [0, -1, 1.5, NaN]) {
    expect(codesOf(failuresRules(["failures"], failures))).toEqual(["failure-threshold"]);
  }
  expect(said(failuresRules(["failures"], 0))).toBe(
    lines(
      "failures: error: failures is not a number of ingestions [failure-threshold]",
      "  got:      0",
      "  expected: a whole number from 1",
    ),
  );
});

test("fails for a topic in another region, and takes what is not known", () => {
  const topic = "arn:aws:sns:us-east-1:111122223333:alerts";
  expect(topicPlaceRules(["topicArn"], topic, "us-east-1")).toEqual([]);
  expect(topicPlaceRules(["topicArn"], undefined, "us-east-1")).toEqual([]);
  expect(topicPlaceRules(["topicArn"], topic, undefined)).toEqual([]);
  expect(topicPlaceRules(["topicArn"], "alerts", "us-east-1")).toEqual([]);
  expect(said(topicPlaceRules(["topicArn"], topic, "eu-west-1"))).toBe(
    lines(
      "topicArn: error: the topic is in another region than what is sent to it [topic-region]",
      "  got:      us-east-1",
      "  expected: eu-west-1",
      "  remedy:   name a topic of eu-west-1: neither alarms nor rules reach another region",
    ),
  );
});

test("monitoring that asks for nothing is warned of", () => {
  for (const asked of [{ alarms: {} }, { events: {} }, { dashboard: true }, { logRetentionDays: 7 }])
    expect(idleMonitoringRules(asked)).toEqual([]);
  expect(codesOf(idleMonitoringRules({ dashboard: false }))).toEqual(["idle-monitoring"]);
  expect(said(idleMonitoringRules({}))).toBe(
    lines(
      ".: warning: monitoring makes nothing [idle-monitoring]",
      "  expected: alarms, events, dashboard: true or logRetentionDays",
      "  remedy:   ask for one of them, or remove monitoring",
    ),
  );
});

describe("the label of an alarm", () => {
  test("is one that fits into the name, whatever the integration", () => {
    const label = "a".repeat(64);
    expect(alarmLabelRules("failed", label)).toEqual([]);
    expect(alarmName("n".repeat(128), "failed", label).length).toBeLessThanOrEqual(ALARM_NAME_MAX);
    expect(codesOf(alarmLabelRules("failed", `${label}a`))).toEqual(["alarm-label"]);
    expect(codesOf(alarmLabelRules("failed", ""))).toEqual(["alarm-label"]);
  });

  test("leads to a name of its own: it has no hyphen, and is not the other kind", () => {
    expect(alarmLabelRules("failed", "failed")).toEqual([]);
    expect(alarmLabelRules("stale", "down_2")).toEqual([]);
    expect(alarmName("orders", "stale", "failed")).toBe(alarmName("orders-stale", "failed", "failed"));
    expect(said(alarmLabelRules("stale", "failed"))).toBe(
      lines(
        "stale: error: the name of an alarm cannot hold the label [alarm-label]",
        '  got:      "failed"',
        "  expected: 1 to 64 letters, digits and underscores, and not failed",
      ),
    );
    for (const label of ["a-b", "a/b", "a b"])
      expect(codesOf(alarmLabelRules("failed", label))).toEqual(["alarm-label"]);
  });
});

test("fails for more actions than an alarm takes, for either state", () => {
  const arns = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${topicArn}${index}`);
  expect(alarmActionsRules({ alarmArns: arns(5), okArns: arns(5) })).toEqual([]);
  expect(codesOf(alarmActionsRules({ alarmArns: [], okArns: arns(6) }))).toEqual(["alarm-actions"]);
  expect(said(alarmActionsRules({ alarmArns: arns(6), okArns: [] }))).toBe(
    lines(
      "actions: error: an alarm calls more actions than CloudWatch takes [alarm-actions]",
      "  got:      6 actions",
      "  expected: up to 5 for each state",
      "  remedy:   notify a topic, and subscribe to it whatever is to happen",
    ),
  );
});

test("fails for a first sync within no duration", () => {
  for (const within of [undefined, 0, 90, "6h", "2d"]) expect(firstSyncRules(within)).toEqual([]);
  expect(codesOf(firstSyncRules(-1))).toEqual(["first-sync-within"]);
  expect(said(firstSyncRules("6 hours"))).toBe(
    lines(
      "firstSyncWithin: error: firstSyncWithin is not a duration [first-sync-within]",
      '  got:      "6 hours"',
      "  expected: whole minutes as a number, or a text like 6h, 2d",
      '  remedy:   did you mean "6h"?',
    ),
  );
});

test("fails for targets that a rule does not take", () => {
  expect(eventTargetRules(["Topic", "b.c-d_e", "3", "4", "x".repeat(64)])).toEqual([]);
  expect(codesOf(eventTargetRules(["x".repeat(65)]))).toEqual(["event-targets"]);
  expect(said(eventTargetRules(["my topic"]))).toBe(
    lines(
      "targets: error: the label of a target is not an id that EventBridge takes [event-targets]",
      '  got:      "my topic"',
      "  expected: 1 to 64 letters, digits, periods, hyphens and underscores",
    ),
  );
  expect(said(eventTargetRules(["1", "2", "3", "4", "5", "6"]))).toBe(
    lines(
      "targets: error: a rule has more targets than EventBridge takes [event-targets]",
      "  got:      6 targets",
      "  expected: up to 5",
      "  remedy:   send the events to a bus or a topic, and from there to the rest",
    ),
  );
});

test("a topic encrypted with the key of AWS is refused, and one with an alias is warned of", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/0a1b";
  expect(topicKeyRules(undefined, undefined)).toEqual([]);
  expect(topicKeyRules(kmsKeyArn, kmsKeyArn)).toEqual([]);
  expect(topicKeyRules("alias/alerts", kmsKeyArn)).toEqual([]);
  expect(codesOf(topicKeyRules("alias/aws/sns", kmsKeyArn))).toEqual(["topic-key"]);
  expect(said(topicKeyRules("alias/aws/sns", undefined))).toBe(
    lines(
      "kmsMasterKeyId: error: the topic is encrypted with the key of AWS, which lets nothing in [topic-key]",
      "  got:      alias/aws/sns",
      "  expected: a customer managed key, or none",
      "  remedy:   make a key, and its policy with KeyPolicy: neither alarms nor events arrive otherwise",
    ),
  );
  expect(said(topicKeyRules("alias/alerts", undefined))).toBe(
    lines(
      "kmsMasterKeyId: warning: the topic is encrypted with a key whose ARN is not known [topic-key]",
      "  got:      alias/alerts",
      "  remedy:   give the ARN as kmsKeyArn, and what the policy of the key must say is told",
    ),
  );
});
