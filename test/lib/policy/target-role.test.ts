import type { Statement } from "../../../lib/policy/statement";
import { policyDocument } from "../../../lib/policy/statement";
import {
  MANAGED_STORAGE_UNPUBLISHED,
  glueDatabaseRoleStatements,
  managedStorageRoleStatements,
  s3TablesRoleStatements,
} from "../../../lib/policy/target-role";
import type { PolicyDocument, PolicyRequest } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";
import { S3_TABLES_ACTIONS } from "../../support/s3-tables-actions";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const GLUE = "arn:aws:glue:us-east-1:111122223333";

function role(prefix: string): (request: PolicyRequest) => boolean {
  return roleOf(
    glueDatabaseRoleStatements({ address: ADDRESS, database: "sales_lake", bucket: "acme-lake", prefix }),
  );
}

function roleOf(statements: readonly Statement[]): (request: PolicyRequest) => boolean {
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

describe("the role of a table bucket", () => {
  const may = roleOf(s3TablesRoleStatements({ address: ADDRESS, tableBucket: "lake" }));
  const BUCKET = "arn:aws:s3tables:us-east-1:111122223333:bucket/lake";
  const TABLE = `${BUCKET}/table/0f1e2d3c`;

  test("has the guide's fifteen actions", () => {
    expect(S3_TABLES_ACTIONS).toHaveLength(15);
  });

  test.each(S3_TABLES_ACTIONS)("allows %s on the bucket and its tables only", (action) => {
    expect(may({ action, resource: BUCKET })).toBe(true);
    expect(may({ action, resource: TABLE })).toBe(true);
    expect(may({ action, resource: `${BUCKET}-2` })).toBe(false);
    expect(may({ action, resource: `${BUCKET}-2/table/0f1e2d3c` })).toBe(false);
    expect(may({ action, resource: TABLE.replace("111122223333", "444455556666") })).toBe(false);
    expect(may({ action, resource: TABLE.replace("us-east-1", "eu-west-1") })).toBe(false);
  });

  test.each([
    ["s3tables:DeleteTableBucket", BUCKET],
    ["s3tables:DeleteNamespace", BUCKET],
    ["s3tables:PutTableBucketPolicy", BUCKET],
    ["s3tables:PutTableBucketEncryption", BUCKET],
    ["s3tables:PutTablePolicy", TABLE],
    ["glue:GetTable", `${GLUE}:catalog/s3tablescatalog/lake`],
    ["s3:GetObject", "arn:aws:s3:::lake/x"],
  ])("refuses %s on %s", (action, resource) => {
    expect(may({ action, resource })).toBe(false);
  });
});

describe("the role of a Redshift Managed Storage catalog", () => {
  const may = roleOf(managedStorageRoleStatements({ address: ADDRESS, catalog: "sales" }));

  test.each([
    `${GLUE}:catalog`,
    `${GLUE}:catalog/sales`,
    `${GLUE}:catalog/sales/dev`,
    `${GLUE}:database/sales/dev/public`,
    `${GLUE}:table/sales/dev/public/orders`,
  ])("may write tables on %s", (resource) => {
    expect(may({ action: "glue:CreateTable", resource })).toBe(true);
    expect(may({ action: "glue:UpdateTable", resource })).toBe(true);
  });

  test.each([
    ["glue:CreateTable", `${GLUE}:catalog/sales2`],
    ["glue:CreateTable", `${GLUE}:database/sales2/dev`],
    ["glue:CreateTable", `${GLUE}:table/sales2/orders`],
    ["glue:CreateTable", `${GLUE}:table/finance/orders`],
    ["glue:DeleteCatalog", `${GLUE}:catalog/sales`],
    ["glue:CreateTable", "arn:aws:glue:us-east-1:444455556666:catalog/sales"],
    ["redshift:GetClusterCredentials", "arn:aws:redshift:us-east-1:111122223333:dbname:c/d"],
    ["lakeformation:GetDataAccess", "*"],
  ])("refuses %s on %s", (action, resource) => {
    expect(may({ action, resource })).toBe(false);
  });

  test("says what it leaves out", () => {
    expect(MANAGED_STORAGE_UNPUBLISHED).toHaveLength(2);
  });
});

describe("every kind of target", () => {
  test.each<[string, Statement[]]>([
    [
      "glue-database",
      glueDatabaseRoleStatements({ address: ADDRESS, database: "d", bucket: "b", prefix: "" }),
    ],
    ["s3-tables", s3TablesRoleStatements({ address: ADDRESS, tableBucket: "lake" })],
    ["redshift-managed-storage", managedStorageRoleStatements({ address: ADDRESS, catalog: "sales" })],
  ])("%s may write logs and zero-ETL metrics, and no other metrics", (_, statements) => {
    const may = roleOf(statements);
    const put = (namespace: string): boolean =>
      may({
        action: "cloudwatch:PutMetricData",
        resource: "*",
        context: { "cloudwatch:namespace": namespace },
      });
    expect(put("AWS/Glue/ZeroETL")).toBe(true);
    expect(put("AWS/Billing")).toBe(false);
    for (const action of ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]) {
      expect(may({ action, resource: "arn:aws:logs:us-east-1:111122223333:log-group:x" })).toBe(true);
    }
    expect(may({ action: "logs:DeleteLogGroup", resource: "*" })).toBe(false);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });
});
