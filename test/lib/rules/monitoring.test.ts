import { monitoringRules } from "../../../lib/rules/monitoring";
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
      "  expected: whole minutes as a number, or a text like 30m, 6h, 2d, above zero",
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
