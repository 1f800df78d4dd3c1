// What watches integrations, with the real provider: made as declared, at rest in the next plan, and gone with the stack, but for the
// logs, which stay.
import { eventPattern } from "../../lib/monitoring/events";
import type { JsonObject } from "../emulator/wire";
import { LOG_GROUPS } from "./account";
import { OF_MONITORING } from "./account-contents";
import { unprotected } from "./declaration-text";
import { applied, expectAtRest, planned, removed } from "./life";
import { Project, readDeclaration } from "./project";
import { seed } from "./seed";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import type { Terraform } from "./terraform";
import { result } from "./terraform";

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:data-alerts`;

let stage: Stage;
let project: Project;
let terraform: Terraform;
let text: string;

beforeAll(async () => {
  stage = await Stage.open();
  ({ text } = await seed(stage.at, await readDeclaration("examples/monitoring.yaml"), ACCOUNT));
  project = new Project(await stage.folder("monitoring"));
  await project.synthesize(text);
}, MINUTES);

afterAll(() => stage.close());

/** The alarms by their names. */
async function alarms(): Promise<Record<string, JsonObject>> {
  const found = await stage.account.alarms();
  return Object.fromEntries(found.map((alarm) => [String(alarm["AlarmName"]), alarm]));
}

/** What an alarm computes under an id. */
function expressionOf(alarm: JsonObject, id: string): string {
  const metrics = alarm["Metrics"] as { Id: string; Expression: string }[];
  return metrics.find(({ Id }) => Id === id)?.Expression ?? "";
}

/** The second of the first plan, give or take the minutes that a slow machine needs. */
function expectDueTomorrow(expression: string): void {
  const due = Number(/< 1\) \* (\d+), /.exec(expression)?.[1]);
  const tomorrow = Date.now() / 1000 + 24 * 60 * 60;
  expect(due).toBeLessThanOrEqual(tomorrow);
  expect(due).toBeGreaterThan(tomorrow - 30 * 60);
}

test(
  "is applied, and nothing is left to plan",
  async () => {
    terraform = await applied(stage, await planned(stage, project.stackDir("shop")));
  },
  5 * MINUTES,
);

test("there are two alarms on each integration, which call the topic and look at the right integration", async () => {
  const arns = await stage.account.integrationArns();
  const made = await alarms();
  expect(Object.keys(made).sort()).toEqual([
    "zero-etl-orders-to-lake-failed",
    "zero-etl-orders-to-lake-stale",
    "zero-etl-support-to-lake-failed",
    "zero-etl-support-to-lake-stale",
  ]);
  for (const [name, alarm] of Object.entries(made)) {
    expect(alarm).toMatchObject({ AlarmActions: [TOPIC], OKActions: [TOPIC] });
    const query = expressionOf(alarm, name.endsWith("stale") ? "sync" : "failed");
    const integration = name.replace(/^zero-etl-(.*)-\w+$/, "$1");
    expect(query).toMatch(new RegExp(`WHERE integrationArn = '${arns[integration]}'$`));
  }
  const thresholds = Object.entries(made).map(([name, alarm]) => [name, Number(alarm["Threshold"])]);
  expect(Object.fromEntries(thresholds)).toEqual({
    "zero-etl-orders-to-lake-failed": 1,
    "zero-etl-orders-to-lake-stale": 90,
    "zero-etl-support-to-lake-failed": 1,
    "zero-etl-support-to-lake-stale": 180,
  });
});

test("the first sync of an integration is due a day after it was first watched", async () => {
  for (const [name, alarm] of Object.entries(await alarms())) {
    if (!name.endsWith("-stale")) continue;
    expectDueTomorrow(expressionOf(alarm, "age"));
  }
});

test("one rule sends the events of integrations in trouble to the topic, as a message", async () => {
  const [rule, ...more] = await stage.account.eventRules();
  expect(more).toEqual([]);
  expect(rule).toMatchObject({ Name: "zero-etl-shop", State: "ENABLED" });
  expect(JSON.parse(String(rule?.["EventPattern"]))).toEqual(eventPattern());
  const targets = await stage.account.eventTargets("zero-etl-shop");
  expect(targets).toMatchObject([
    { Id: "Topic", Arn: TOPIC, InputTransformer: { InputPathsMap: { kind: "$.detail-type" } } },
  ]);
});

test("an output says what the topic must allow: exactly this rule, and these alarms", async () => {
  const required = (await terraform.outputs())[OF_MONITORING] as {
    arn: string;
    applied: boolean;
    requirements: { statement: { Condition: JsonObject } }[];
  }[];
  expect(required).toMatchObject([{ document: "topic policy", arn: TOPIC, applied: false }]);
  const StringEquals = { "aws:SourceAccount": [ACCOUNT] };
  expect(required[0]?.requirements.map(({ statement }) => statement.Condition)).toEqual([
    {
      ArnLike: { "aws:SourceArn": [`arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:zero-etl-*`] },
      StringEquals,
    },
    {
      ArnEquals: { "aws:SourceArn": [`arn:aws:events:us-east-1:${ACCOUNT}:rule/zero-etl-shop`] },
      StringEquals,
    },
  ]);
});

test("the dashboard shows every integration by its ARN", async () => {
  const arns = Object.values(await stage.account.integrationArns());
  const body = await stage.account.dashboard("zero-etl-shop-us-east-1");
  const { widgets } = JSON.parse(body) as { widgets: { type: string }[] };
  expect(widgets.map(({ type }) => type)).toEqual([
    "text",
    "alarm",
    "metric",
    "metric",
    ...Array(2).fill(["text", "metric", "metric", "metric"]).flat(),
  ]);
  for (const arn of arns) expect(body).toContain(`integrationArn=\\"${arn}\\"`);
});

test("logs are kept for a month, from before the first one", async () => {
  const groups = await stage.account.logGroups();
  expect(Object.fromEntries(LOG_GROUPS.map((name) => [name, groups[name]]))).toEqual(
    Object.fromEntries(LOG_GROUPS.map((name) => [name, 30])),
  );
  const operations = stage.emulator.log.map(({ service, operation, input }) =>
    input["TypeName"] === "AWS::Glue::Integration" ? "integration" : `${service}.${operation}`,
  );
  expect(operations.lastIndexOf("logs.PutRetentionPolicy")).toBeLessThan(operations.indexOf("integration"));
});

test(
  "an integration that changes in place keeps its alarms as they are, and the instant of its first sync",
  async () => {
    const before = await alarms();
    await project.synthesize(
      text.replace("refreshInterval: 30m", "refreshInterval: 30m, description: Orders"),
    );
    const changed = await terraform.plan();
    expect(result(changed)).toEqual({ code: 2, said: expect.any(Array) as string[] });
    expect(await terraform.apply()).toMatchObject({ code: 0 });
    await expectAtRest(terraform);
    const expressions = ({ Metrics }: JsonObject): string[] =>
      (Metrics as { Expression: string }[]).map(({ Expression }) => Expression).sort();
    const after = await alarms();
    for (const [name, alarm] of Object.entries(before))
      expect(expressions(after[name] ?? {})).toEqual(expressions(alarm));
  },
  5 * MINUTES,
);

test(
  "a destroy takes everything away but the logs",
  async () => {
    await project.synthesize(unprotected(text));
    await removed(stage, [terraform]);
    expect(await alarms()).toEqual({});
    expect(await stage.account.eventRules()).toEqual([]);
    await expect(stage.account.dashboard("zero-etl-shop-us-east-1")).rejects.toMatchObject({
      code: expect.stringMatching(/NotFound/) as string,
    });
    expect(Object.keys(await stage.account.logGroups()).sort()).toEqual(LOG_GROUPS);
  },
  5 * MINUTES,
);
