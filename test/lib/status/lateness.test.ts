import { isLate, refreshInterval } from "../../../lib/status/lateness";

const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const CONNECTION = "arn:aws:glue:us-east-1:111122223333:connection/crm";
const CLUSTER = "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/c";

test.each([
  ["of DynamoDB", { SourceArn: TABLE }, 15],
  ["of a connection", { SourceArn: CONNECTION }, 60],
  ["of Oracle", { SourceArn: CLUSTER }, undefined],
  [
    "of a source that is not known",
    { SourceArn: "arn:aws:dms:us-east-1:111122223333:endpoint:e" },
    undefined,
  ],
  ["without a source", {}, undefined],
  ["that AWS tells", { SourceArn: TABLE, IntegrationConfig: { RefreshInterval: "120" } }, 120],
  ["that is no number", { SourceArn: TABLE, IntegrationConfig: { RefreshInterval: "" } }, 15],
  ["of a snapshot", { SourceArn: CONNECTION, IntegrationConfig: { ContinuousSync: false } }, undefined],
])("the interval %s", (_what, integration, minutes) => {
  expect(refreshInterval(integration)).toBe(minutes);
});

test("late is what is older than three intervals", () => {
  expect(isLate(2700, 15)).toBe(false);
  expect(isLate(2701, 15)).toBe(true);
  expect(isLate(undefined, 15)).toBeUndefined();
  expect(isLate(2701, undefined)).toBeUndefined();
});
