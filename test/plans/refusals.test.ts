// What only the account knows: each missing prerequisite stops the plan with its remedy, and unknown never passes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { DynamoDbSource, ZeroEtlStack } from "../../modules";
import type { Fixtures } from "../standin/kit";
import { describeWithTerraform, succeeded } from "../standin/kit";
import type { ObjectValue } from "../standin/wire/values";
import { ROOT, declared, said, withStacks } from "./plan";

const SAMPLE = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8");
const EXISTING = SAMPLE.replace(
  'location: "s3://acme-lake/sales/" }',
  'location: "s3://acme-lake/sales/", create: false }',
);
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
const DECLARED_KEY = SAMPLE.replace("table: orders }", `table: orders, kmsKeyArn: "${KEY}" }`);

const table = (attributes: ObjectValue): Fixtures => ({
  dataSources: { aws_dynamodb_table: () => attributes },
});
const encrypted = (kms_key_arn: string) => ({ server_side_encryption: [{ enabled: true, kms_key_arn }] });
const withKey = (attributes: ObjectValue): Fixtures => ({
  dataSources: {
    aws_dynamodb_table: () => encrypted(KEY),
    aws_kms_key: () => attributes,
  },
});
const database = (DatabaseInput: object): Fixtures => ({
  dataSources: {
    aws_cloudcontrolapi_resource: () => ({
      properties: JSON.stringify({ DatabaseName: "sales_lake", DatabaseInput }),
    }),
  },
});
const failing = (type: string, message: string): Fixtures => ({
  dataSources: {
    [type]: () => {
      throw new Error(message);
    },
  },
});

describeWithTerraform("a plan is refused", () => {
  test.each<[string, string, Fixtures, string]>([
    [
      "without point-in-time recovery",
      SAMPLE,
      table({ point_in_time_recovery: [{ enabled: false }] }),
      "point-in-time recovery is off on the DynamoDB table orders, and AWS Glue cannot export the table without it. Turn it on: aws dynamodb update-continuous-backups --table-name orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
    ],
    [
      "where nothing is known of point-in-time recovery",
      SAMPLE,
      table({ point_in_time_recovery: [] }),
      "point-in-time recovery is off on the DynamoDB table orders",
    ],
    [
      "for a table of another account",
      SAMPLE,
      table({ arn: "arn:aws:dynamodb:us-east-1:999999999999:table/orders" }),
      "the DynamoDB table orders is not in the account and region of its environment: the provider found arn:aws:dynamodb:us-east-1:999999999999:table/orders. Check the account and region that were declared, and the credentials of this run.",
    ],
    [
      "for a table of another region",
      SAMPLE,
      table({ arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" }),
      "the provider found arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
    ],
    [
      "with the AWS managed key",
      SAMPLE,
      withKey({ key_manager: "AWS", enabled: true }),
      "the DynamoDB table orders is encrypted with the AWS managed key aws/dynamodb, which AWS Glue zero-ETL does not support. Change the table to a key owned by AWS (server_side_encryption enabled = false) or to a customer managed key.",
    ],
    [
      "with a key that is not enabled",
      SAMPLE,
      withKey({ key_manager: "CUSTOMER", enabled: false, arn: KEY }),
      `the key of the DynamoDB table orders is not enabled, so the table cannot be exported. Enable ${KEY}.`,
    ],
    [
      "with another key than declared",
      DECLARED_KEY,
      table(encrypted(`${KEY}6`)),
      `the DynamoDB table orders is not encrypted with the declared key ${KEY}. Declare the key that the table has, or none where it has a key owned by AWS.`,
    ],
    [
      "without the declared key",
      DECLARED_KEY,
      table({ server_side_encryption: [] }),
      `the DynamoDB table orders is not encrypted with the declared key ${KEY}`,
    ],
    [
      "for a missing table",
      SAMPLE,
      failing("aws_dynamodb_table", "couldn't find resource"),
      "couldn't find resource",
    ],
    [
      "for a missing database",
      EXISTING,
      failing("aws_cloudcontrolapi_resource", "couldn't find resource"),
      "couldn't find resource",
    ],
    [
      "for a database without location",
      EXISTING,
      database({ Name: "sales_lake" }),
      "the Glue database sales_lake has no location, and an integration cannot write without one. Set it: LocationUri = s3://acme-lake/sales/",
    ],
    [
      "for a database in another place",
      EXISTING,
      database({ LocationUri: "s3://acme-lake/finance/" }),
      "the Glue database sales_lake is located at s3://acme-lake/finance, not at s3://acme-lake/sales/ as declared. Declare the location that it has: the permissions of the target role are made from it.",
    ],
  ])("%s", async (_, text, fixtures, message) => {
    await withStacks(declared(text), fixtures, async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain(message);
    });
  });
});

describeWithTerraform("a plan is accepted", () => {
  test.each<[string, string, Fixtures]>([
    ["with a customer managed key", SAMPLE, withKey({ key_manager: "CUSTOMER", enabled: true })],
    ["with the declared key", DECLARED_KEY, table(encrypted(KEY))],
    ["with a key owned by AWS", SAMPLE, table({ server_side_encryption: [] })],
    [
      "with a key owned by AWS, said in words",
      SAMPLE,
      table({ server_side_encryption: [{ enabled: false, kms_key_arn: "" }] }),
    ],
    [
      "for a database with the declared location",
      EXISTING,
      database({ LocationUri: "s3://acme-lake/sales/" }),
    ],
    ["for one without the slash at the end", EXISTING, database({ LocationUri: "s3://acme-lake/sales" })],
  ])("%s", async (_, text, fixtures) => {
    await withStacks(declared(text), fixtures, async ({ directory, terraform }) => {
      succeeded(await terraform.plan(directory));
    });
  });
});

describeWithTerraform("advice does not stop a plan", () => {
  const partitioned = (identityColumns: string[]) => (outdir: string) => {
    const app = new App({ outdir });
    const stack = new ZeroEtlStack(app, "orders", {
      environment: "prod",
      region: "us-east-1",
      account: "111122223333",
    });
    const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
    source.bind(stack, { target: "glue-database", identityColumns });
    app.synth();
  };

  test.each([
    [["region"], "pass"],
    [["region", "id"], "fail"],
    [["created"], "fail"],
  ])("partitions by %j as they are: the check says %s", async (columns, status) => {
    const fixtures = table({ hash_key: "id", range_key: "created" });
    await withStacks(partitioned(columns), fixtures, async ({ directory, terraform }) => {
      const { checks } = await terraform.planJson(directory);
      const [check] = (checks ?? []).filter(({ address }) => address.kind === "check");
      expect(check?.status).toBe(status);
    });
  });

  test("a table without range key has one key to avoid", async () => {
    const fixtures = table({ hash_key: "id", range_key: null });
    await withStacks(partitioned(["id"]), fixtures, async ({ directory, terraform }) => {
      const result = succeeded(await terraform.plan(directory));
      expect(said(result)).toContain(
        "id is a key of the DynamoDB table orders: partitioning by it with identity makes one partition per item. Partition by a column with few values, or by a time function.",
      );
    });
  });

  test.each([
    ["NEEDS_ATTENTION", "fail"],
    ["FAILED", "fail"],
    ["ACTIVE", "pass"],
    ["CREATING", "pass"],
    ["SYNCING", "pass"],
    ["MODIFYING", "pass"],
  ])("an integration in state %s: the check says %s", async (Status, status) => {
    const fixtures: Fixtures = {
      resources: {
        aws_cloudcontrolapi_resource: ({ state }) => ({
          properties: JSON.stringify({
            ...JSON.parse(String(state["desired_state"])),
            Status,
            IntegrationArn: "arn:aws:glue:us-east-1:111122223333:integration:x",
          }),
        }),
      },
    };
    await withStacks(declared(SAMPLE), fixtures, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const { checks } = await terraform.planJson(directory);
      expect((checks ?? []).find(({ address }) => address.kind === "check")?.status).toBe(status);
      const result = succeeded(await terraform.plan(directory));
      expect(said(result).includes(`the integration orders-to-lake is in state ${Status}.`)).toBe(
        status === "fail",
      );
    });
  });
});
