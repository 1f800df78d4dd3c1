import type { DetailType } from "../../../lib/facts/monitoring";
import { DETAIL_TYPES, INPUT_TEMPLATE_MAX, NOTIFIED_DETAIL_TYPES } from "../../../lib/facts/monitoring";
import { EVENT_MESSAGE, eventPattern } from "../../../lib/monitoring/events";
import { matches, transform } from "../../support/event-pattern";

const ARN = "arn:aws:glue:us-east-1:111122223333:integration:0a1b2c3d";

/** An event as every service sends it; AWS publishes no sample of these, so that the detail is that of the log messages. */
function event(detailType: string, source = "aws.glue-zero-etl", detail: object = {}): object {
  return {
    version: "0",
    id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": detailType,
    source,
    account: "111122223333",
    time: "2026-11-22T12:00:00Z",
    region: "us-east-1",
    resources: [ARN],
    detail,
  };
}

const pattern = eventPattern() as Record<string, unknown>;
const KINDS: [DetailType, boolean][] = [
  ["AWS Glue Zero ETL Ingestion Completed", false],
  ["AWS Glue Zero ETL Ingestion Failed", true],
  ["AWS Glue Zero ETL Ingestion In Progress", false],
  ["AWS Glue Zero ETL Integration Failed", true],
  ["AWS Glue Zero ETL Integration Needs Attention", true],
  ["AWS Glue Zero ETL Integration Resynced", true],
];

test("the six kinds of events are known", () => {
  expect(KINDS.map(([kind]) => kind)).toEqual(Object.keys(DETAIL_TYPES));
});

test.each(KINDS)("an event %s is told: %s", (kind, told) => {
  expect(matches(pattern, event(kind))).toBe(told);
  expect(matches(pattern, event(kind, "aws.glue-zero-etl.internal"))).toBe(told);
});

test("fails to match events of others, and names without the word that AWS puts before them", () => {
  expect(matches(pattern, event("AWS Glue Zero ETL Integration Failed", "aws.glue"))).toBe(false);
  expect(matches(pattern, event("Glue Job State Change", "aws.glue"))).toBe(false);
  expect(matches(pattern, event("Glue Zero ETL Integration Failed"))).toBe(false);
});

test("the pattern of the user guide matches none of the six", () => {
  const printed = { source: [{ prefix: "aws.glue-zero-etl" }], "detail-type": [{ prefix: "Glue Zero ETL" }] };
  for (const [kind] of KINDS) expect(matches(printed, event(kind))).toBe(false);
});

test("takes other kinds of events, and is the same whatever their order", () => {
  const completed = eventPattern(["AWS Glue Zero ETL Ingestion Completed"]) as Record<string, unknown>;
  for (const [kind] of KINDS) {
    expect(matches(completed, event(kind))).toBe(kind === "AWS Glue Zero ETL Ingestion Completed");
  }
  expect(eventPattern([...NOTIFIED_DETAIL_TYPES].reverse())).toEqual(eventPattern());
});

describe("the message", () => {
  const { inputPaths, inputTemplate } = EVENT_MESSAGE;
  const message = (detail: object): string[] =>
    transform(
      inputPaths,
      inputTemplate,
      event("AWS Glue Zero ETL Integration Needs Attention", undefined, detail),
    ).split("\n");

  test("says which integration, which table, why, when, and how long there is time", () => {
    const detail = {
      integrationArn: ARN,
      details: {
        tableName: "orders",
        errorMessage: "Target Glue database not found.",
        error_code: "client_error",
      },
    };
    expect(message(detail)).toEqual([
      '"AWS Glue Zero ETL Integration Needs Attention"',
      `"integration: ${ARN} [${ARN}]"`,
      '"table: orders "',
      '"reason: client_error Target Glue database not found. "',
      '"when and where: 2026-11-22T12:00:00Z, account 111122223333, us-east-1"',
      '"If it needs attention: at the first such event exactly 168 hours are left. AWS retries until they are over, and then fails the integration for good. Mend the cause before; it heals by itself."',
      '"If the integration failed: it cannot be recovered. Delete it and create it again: all data is loaded anew."',
      '"Look: aws glue describe-integrations --region us-east-1"',
      `"all that the event says: {integrationArn:${ARN},details:{tableName:orders,errorMessage:Target Glue database not found.,error_code:client_error}}"`,
    ]);
  });

  test("says the same of an event that puts it flat, and still tells everything of one that puts it elsewhere", () => {
    const flat = message({ tableName: "orders", errorMessage: "no access" });
    expect(flat[2]).toBe('"table:  orders"');
    expect(flat[3]).toBe('"reason:   no access"');
    expect(message({ other: { table: "orders" } }).at(-1)).toBe(
      '"all that the event says: {other:{table:orders}}"',
    );
  });

  test("is one that EventBridge takes: each line between quotes, every variable used, not too long", () => {
    for (const line of inputTemplate.split("\n")) expect(line).toMatch(/^"[^"]*"$/);
    expect(new Set([...inputTemplate.matchAll(/<(\w+)>/g)].map(([, name]) => name))).toEqual(
      new Set(Object.keys(inputPaths)),
    );
    expect(inputTemplate.length).toBeLessThanOrEqual(INPUT_TEMPLATE_MAX);
  });
});
