import { TABLE_EXPORT_SID, tableExportStatement } from "../../../lib/policy/dynamodb-table";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const INTEGRATION = "arn:aws:glue:us-east-1:111122223333:integration:1a012bba-123a-1bba-ab1c-173de3b12345";
const OTHER = "arn:aws:glue:us-east-1:111122223333:integration:00000000-0000-0000-0000-000000000000";

interface Caller {
  readonly service?: string;
  readonly account?: string;
  readonly integration?: string;
  readonly action?: string;
}

function may(integrationArns: readonly string[] | undefined, caller: Caller): boolean {
  const document = policyDocument([tableExportStatement({ address: ADDRESS, integrationArns })]);
  return allows("resource", [document as unknown as PolicyDocument], {
    principal: { Service: caller.service ?? "glue.amazonaws.com" },
    action: caller.action ?? "dynamodb:ExportTableToPointInTime",
    resource: TABLE,
    context: {
      "aws:SourceAccount": caller.account ?? "111122223333",
      "aws:SourceArn": caller.integration ?? INTEGRATION,
    },
  });
}

describe("the statement for every integration of the account", () => {
  test.each(["dynamodb:ExportTableToPointInTime", "dynamodb:DescribeTable", "dynamodb:DescribeExport"])(
    "allows AWS Glue %s",
    (action) => expect(may(undefined, { action })).toBe(true),
  );

  test.each([
    "dynamodb:GetItem",
    "dynamodb:Scan",
    "dynamodb:PutItem",
    "dynamodb:DeleteTable",
    "dynamodb:PutResourcePolicy",
  ])("refuses AWS Glue %s", (action) => expect(may(undefined, { action })).toBe(false));

  test("refuses another service", () => {
    expect(may(undefined, { service: "redshift.amazonaws.com" })).toBe(false);
  });

  test("refuses an integration of another account, even one that claims ours", () => {
    expect(may(undefined, { account: "444455556666" })).toBe(false);
    expect(may(undefined, { integration: INTEGRATION.replace("111122223333", "444455556666") })).toBe(false);
  });

  test("refuses an integration of another region, and what is no integration", () => {
    expect(may(undefined, { integration: INTEGRATION.replace("us-east-1", "eu-west-1") })).toBe(false);
    expect(may(undefined, { integration: "arn:aws:glue:us-east-1:111122223333:job/x" })).toBe(false);
  });

  test("has one fixed Sid, whatever the account", () => {
    expect(tableExportStatement({ address: ADDRESS }).Sid).toBe(TABLE_EXPORT_SID);
  });
});

describe("the statement for named integrations", () => {
  test("allows the named one", () => {
    expect(may([OTHER, INTEGRATION], {})).toBe(true);
  });

  test("refuses any other of the same account", () => {
    expect(may([OTHER], {})).toBe(false);
  });

  test("refuses the named one on behalf of another account", () => {
    expect(may([INTEGRATION], { account: "444455556666" })).toBe(false);
  });

  test("does not depend on the order of the names", () => {
    expect(tableExportStatement({ address: ADDRESS, integrationArns: [INTEGRATION, OTHER] })).toEqual(
      tableExportStatement({ address: ADDRESS, integrationArns: [OTHER, INTEGRATION] }),
    );
  });
});
