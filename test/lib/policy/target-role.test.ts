import { policyDocument } from "../../../lib/policy/statement";
import { TARGET_ROLE_TRUST, glueDatabaseRoleStatements } from "../../../lib/policy/target-role";
import type { PolicyDocument, PolicyRequest } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const GLUE = "arn:aws:glue:us-east-1:111122223333";

function role(prefix: string): (request: PolicyRequest) => boolean {
  const statements = glueDatabaseRoleStatements({
    address: ADDRESS,
    database: "sales_lake",
    bucket: "acme-lake",
    prefix,
  });
  return (request) => allows("identity", [policyDocument(statements) as unknown as PolicyDocument], request);
}

describe("the role of a Glue database with a prefix", () => {
  const may = role("sales/daily");

  test.each([
    ["s3:ListBucket", "arn:aws:s3:::acme-lake"],
    ["s3:GetObject", "arn:aws:s3:::acme-lake/sales/daily/orders/data/0.parquet"],
    ["s3:PutObject", "arn:aws:s3:::acme-lake/sales/daily/orders/metadata/1.json"],
    ["s3:DeleteObject", "arn:aws:s3:::acme-lake/sales/daily/x"],
    ["glue:GetDatabase", `${GLUE}:catalog`],
    ["glue:GetDatabase", `${GLUE}:database/sales_lake`],
    ...[
      "CreateTable",
      "GetTable",
      "GetTables",
      "DeleteTable",
      "UpdateTable",
      "GetTableVersion",
      "GetTableVersions",
      "GetResourcePolicy",
    ].flatMap((action) => [
      [`glue:${action}`, `${GLUE}:catalog`],
      [`glue:${action}`, `${GLUE}:database/sales_lake`],
      [`glue:${action}`, `${GLUE}:table/sales_lake/orders`],
    ]),
    [
      "logs:CreateLogGroup",
      "arn:aws:logs:us-east-1:111122223333:log-group:/aws-glue/zeroETL-integrations/logs/",
    ],
    [
      "logs:CreateLogStream",
      "arn:aws:logs:us-east-1:111122223333:log-group:/aws-glue/zeroETL-integrations/logs/:log-stream:x",
    ],
    [
      "logs:PutLogEvents",
      "arn:aws:logs:us-east-1:111122223333:log-group:/aws-glue/zeroETL-integrations/logs/:log-stream:x",
    ],
  ] as [string, string][])("allows %s on %s", (action, resource) => {
    expect(may({ action, resource })).toBe(true);
  });

  test.each([
    ["s3:GetObject", "arn:aws:s3:::acme-lake/finance/x"],
    ["s3:GetObject", "arn:aws:s3:::acme-lake/sales/daily-private/x"],
    ["s3:PutObject", "arn:aws:s3:::acme-lake/x"],
    ["s3:PutObject", "arn:aws:s3:::acme-lake-2/sales/daily/x"],
    ["s3:ListBucket", "arn:aws:s3:::acme-lake-2"],
    ["s3:DeleteBucket", "arn:aws:s3:::acme-lake"],
    ["glue:GetDatabase", `${GLUE}:database/finance`],
    ["glue:DeleteDatabase", `${GLUE}:database/sales_lake`],
    ["glue:DeleteTable", `${GLUE}:table/finance/orders`],
    ["glue:CreateTable", "arn:aws:glue:us-east-1:444455556666:catalog"],
    ["glue:PutResourcePolicy", `${GLUE}:catalog`],
    ["iam:PassRole", "arn:aws:iam::111122223333:role/x"],
  ])("refuses %s on %s", (action, resource) => {
    expect(may({ action, resource })).toBe(false);
  });

  test("allows metrics in the zero-ETL namespace and no other", () => {
    const put = (namespace: string): boolean =>
      may({
        action: "cloudwatch:PutMetricData",
        resource: "*",
        context: { "cloudwatch:namespace": namespace },
      });
    expect(put("AWS/Glue/ZeroETL")).toBe(true);
    expect(put("AWS/Billing")).toBe(false);
  });
});

test("a location without prefix gives the whole bucket, and only it", () => {
  const may = role("");
  expect(may({ action: "s3:PutObject", resource: "arn:aws:s3:::acme-lake/orders/x" })).toBe(true);
  expect(may({ action: "s3:PutObject", resource: "arn:aws:s3:::acme-lake-2/orders/x" })).toBe(false);
});

test("the role follows the partition of its environment", () => {
  const statements = glueDatabaseRoleStatements({
    address: { partition: "aws-us-gov", region: "us-gov-west-1", account: "111122223333" },
    database: "lake",
    bucket: "b",
    prefix: "",
  });
  const resources = statements
    .flatMap(({ Resource = [] }) => Resource)
    .filter((resource) => resource !== "*");
  expect(resources).toHaveLength(7);
  for (const resource of resources) expect(resource).toMatch(/^arn:aws-us-gov:/);
});

describe("the trust policy", () => {
  const trust = policyDocument([TARGET_ROLE_TRUST]) as unknown as PolicyDocument;

  test("lets AWS Glue assume the role", () => {
    expect(
      allows("trust", [trust], { principal: { Service: "glue.amazonaws.com" }, action: "sts:AssumeRole" }),
    ).toBe(true);
  });

  test.each([{ Service: "lambda.amazonaws.com" }, { AWS: "arn:aws:iam::111122223333:root" }])(
    "refuses %j",
    (principal) => {
      expect(allows("trust", [trust], { principal, action: "sts:AssumeRole" })).toBe(false);
    },
  );
});
