import type { AwsClient } from "./client";
import type { Emulator } from "./emulator";
import { ACCOUNT } from "./fake-account";
import { fakeStage } from "./fake-backend";
import type { JsonObject } from "./wire";

let emulator: Emulator;
let client: AwsClient;
let other: AwsClient;

const AT = new Date("2026-09-30T10:07:00Z");
const DIMENSIONS = { integrationArn: "i", tableName: "orders" };
const Metric = {
  Namespace: "AWS/Glue/ZeroETL",
  MetricName: "IngestionFailed",
  Dimensions: [
    { Name: "tableName", Value: "orders" },
    { Name: "integrationArn", Value: "i" },
  ],
};

beforeEach(() => {
  ({ emulator, client, other } = fakeStage());
  emulator.metrics.now = () => AT;
  emulator.metrics.put(
    { account: ACCOUNT, region: "us-east-1" },
    "IngestionFailed",
    DIMENSIONS,
    [AT, 1],
    [AT, 2],
  );
});

const list = async (input: JsonObject = {}, by = client): Promise<unknown> =>
  (await by.json("monitoring", "ListMetrics", input))["Metrics"];

const data = (changed: JsonObject = {}, stat: JsonObject = {}): Promise<JsonObject> =>
  client.json("monitoring", "GetMetricData", {
    StartTime: AT.getTime() / 1000 - 3600,
    EndTime: AT.getTime() / 1000 + 1,
    MetricDataQueries: [{ Id: "m0", MetricStat: { Metric, Period: 900, Stat: "Sum", ...stat } }],
    ...changed,
  });

test("metrics are listed by namespace and dimension, in their account and region, for two weeks", async () => {
  expect(await list()).toHaveLength(1);
  expect(await list({ Namespace: "AWS/Glue" })).toEqual([]);
  expect(await list({ Dimensions: [{ Name: "integrationArn", Value: "i" }] })).toHaveLength(1);
  expect(await list({ Dimensions: [{ Name: "integrationArn", Value: "j" }] })).toEqual([]);
  expect(await list({}, other)).toEqual([]);
  expect(await list({}, client.with({ region: "eu-west-1" }))).toEqual([]);
  emulator.metrics.now = () => new Date(AT.getTime() + 15 * 86_400_000);
  expect(await list()).toEqual([]);
});

test("values of one period are one, at its beginning; dimensions have no order", async () => {
  const at = Date.parse("2026-09-30T10:00:00Z") / 1000;
  expect(await data()).toMatchObject({ MetricDataResults: [{ Id: "m0", Timestamps: [at], Values: [3] }] });
  expect(await data({}, { Stat: "Maximum" })).toMatchObject({ MetricDataResults: [{ Values: [2] }] });
  expect(await data({ EndTime: AT.getTime() / 1000 })).toMatchObject({ MetricDataResults: [{ Values: [] }] });
});

test("a metric is all of its dimensions", async () => {
  const partly = { ...Metric, Dimensions: Metric.Dimensions.slice(1) };
  expect(await data({}, { Metric: partly })).toMatchObject({ MetricDataResults: [{ Values: [] }] });
});

test.each([
  [{ MetricDataQueries: [] }, {}, /must have 1 to 500 members/],
  [{}, { Stat: "Average" }, /Stat is not supported/],
  [{}, { Period: 61 }, /not a multiple of 60/],
])("%j %j is refused", async (changed, stat, message) => {
  await expect(data(changed, stat)).rejects.toThrow(message);
});
