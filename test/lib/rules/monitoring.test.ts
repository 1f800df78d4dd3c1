import {
  failuresRules,
  monitoringRules,
  staleAfterRules,
  staleAlarmRules,
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

  test("has no remedy in minutes where the interval is too long for any", () => {
    const [issue] = staleAlarmRules({ ...facts, interval: 240, staleAfter: "3h" });
    expect(issue?.code).toBe("stale-after-interval");
    expect(issue?.remedy).toBeUndefined();
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
