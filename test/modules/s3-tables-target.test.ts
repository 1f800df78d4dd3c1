import type { S3TablesTargetProps, TargetBinding, ZeroEtlStackProps } from "../../modules";
import { DynamoDbSource, S3TablesTarget, ZeroEtlIntegration, ZeroEtlStack, addOutputs } from "../../modules";
import type { Block, StackJson } from "../support/synth";
import { catalogPolicy, statementsIn } from "../support/operator-calls";
import { allows, parsePolicy } from "../support/policy-evaluator";
import { S3_TABLES_ACTIONS } from "../support/s3-tables-actions";
import { OWNING, PROD, desiredState, policyOf, synthStack } from "../support/synth";

const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
const BUCKET = "arn:aws:s3tables:us-east-1:111122223333:bucket/acme-tables";

interface Bound {
  readonly stack: StackJson;
  readonly bindings: TargetBinding[];
}

function bind(...targets: Partial<S3TablesTargetProps>[]): Bound {
  return bindIn(OWNING, ...targets);
}

function bindIn(place: ZeroEtlStackProps, ...targets: Partial<S3TablesTargetProps>[]): Bound {
  const bindings: TargetBinding[] = [];
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", place);
    targets.forEach((props, index) => {
      const target = new S3TablesTarget(scope.targets, `tables${index}`, {
        tableBucket: "acme-tables",
        ...props,
      });
      bindings.push(target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" }));
    });
  });
  return { stack, bindings };
}

const lookups = (stack: StackJson) =>
  Object.values(stack.data("aws_cloudcontrolapi_resource")).map(({ type_name, identifier }) => [
    type_name,
    identifier,
  ]);

describe("a table bucket", () => {
  test("is a target by its catalog in the Data Catalog, never by its own ARN", () => {
    const [binding] = bind({}).bindings;
    expect(binding?.arn).toBe("arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/acme-tables");
    expect(binding?.key).toBe("111122223333/us-east-1 s3-tables/s3tablescatalog/acme-tables");
  });

  test("is looked up with its catalog, and not made", () => {
    const { stack } = bind({});
    expect(lookups(stack)).toEqual([
      ["AWS::Glue::Catalog", "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog"],
      ["AWS::S3Tables::TableBucket", BUCKET],
    ]);
    expect(stack.resources("aws_s3tables_table_bucket")).toEqual({});
  });

  test("is made where that is asked for; its catalog is looked up all the same", () => {
    const { stack } = bind({ create: true });
    expect(stack.resource("aws_s3tables_table_bucket")["name"]).toBe("acme-tables");
    expect(lookups(stack)).toEqual([
      ["AWS::Glue::Catalog", "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog"],
    ]);
  });

  test("is encrypted with the target's key where it is made, for its tables take the key of their bucket", () => {
    const { stack } = bind({ create: true, kmsKeyArn: KEY });
    expect(stack.resource("aws_s3tables_table_bucket")["encryption_configuration"]).toEqual({
      sse_algorithm: "aws:kms",
      kms_key_arn: KEY,
    });
    expect(desiredState(stack.resource("aws_cloudcontrolapi_resource"))).toMatchObject({
      TargetProcessingProperties: { KmsArn: KEY },
    });
  });

  test("has the encryption of S3 Tables without a key, and its own where it exists", () => {
    const made = bind({ create: true }).stack.resource("aws_s3tables_table_bucket");
    expect(made).not.toHaveProperty("encryption_configuration");
    expect(bind({ kmsKeyArn: KEY }).stack.text).not.toContain("encryption_configuration");
  });

  test("receives the data in a namespace that is named after the integration", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const source = DynamoDbSource.fromTableName(scope.sources, "orders", { table: "orders" });
      const target = new S3TablesTarget(scope.targets, "tables", { tableBucket: "acme-tables" });
      addOutputs(new ZeroEtlIntegration(scope.integrations, "orders-to-tables", { source, target }));
    });
    const outputs = stack.json["output"] as unknown as Record<string, Block>;
    const arn = String(outputs["orders-to-tables_integration_arn"]?.["value"]).slice(2, -1);
    expect(outputs["orders-to-tables_target_database"]?.["value"]).toBe(
      `zetl_\${replace("\${split(":", ${arn})[6]}", "-", "_")}`,
    );
  });

  test("fails a plan where the catalog is another one", () => {
    const { stack } = bind({ catalog: "tables" });
    const catalog = Object.values(stack.data("aws_cloudcontrolapi_resource")).find(
      ({ type_name }) => type_name === "AWS::Glue::Catalog",
    );
    expect((catalog?.["lifecycle"] as { postcondition: unknown }).postcondition).toEqual([
      {
        condition:
          '${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") == "aws:s3tables"}',
        error_message:
          "the Glue catalog tables is not the catalog of S3 Tables. Enable the integration of S3 Tables with AWS analytics services in this account and region, or name the catalog that it made.",
      },
    ]);
  });
});

describe.each([
  ["owned", OWNING],
  ["merged", PROD],
])("the written documents, with the catalog policy %s,", (_mode, place) => {
  const { stack } = bind({});
  const role = parsePolicy(String(stack.resource("aws_iam_role_policy")["policy"]));
  const catalog = catalogPolicy(bindIn(place, {}).stack);
  const trust = parsePolicy(String(stack.resource("aws_iam_role")["assume_role_policy"]));
  const TARGET = "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/acme-tables";
  const GLUE = { Service: "glue.amazonaws.com" };

  test.each(S3_TABLES_ACTIONS)(
    "let the role %s on the bucket and on what is in it, and nowhere else",
    (action) => {
      const may = (resource: string) => allows("identity", [role], { action, resource });
      expect(may(BUCKET)).toBe(true);
      expect(may(`${BUCKET}/table/0f1e2d3c`)).toBe(true);
      for (const other of [BUCKET, `${BUCKET}/table/0f1e2d3c`]) {
        expect(may(other.replace("acme-tables", "other-tables"))).toBe(false);
        expect(may(other.replace("acme-tables", "acme-tables-2"))).toBe(false);
        expect(may(other.replace("111122223333", "444455556666"))).toBe(false);
        expect(may(other.replace("us-east-1", "eu-west-1"))).toBe(false);
      }
    },
  );

  test.each<[string, boolean, object]>([
    ["let AWS Glue authorise the source into the bucket", true, {}],
    ["refuse another service", false, { principal: { Service: "redshift.amazonaws.com" } }],
    ["refuse a role", false, { principal: { AWS: "arn:aws:iam::111122223333:role/ci" } }],
    ["refuse the creation of integrations", false, { action: "glue:CreateInboundIntegration" }],
    ["refuse another source", false, { context: { "aws:SourceArn": `${SOURCE}2` } }],
    [
      "refuse a source of another account",
      false,
      { context: { "aws:SourceArn": SOURCE.replace("111122223333", "444455556666") } },
    ],
    ["refuse a request without a source", false, { context: {} }],
    [
      "refuse a database of the catalog",
      false,
      { resource: "arn:aws:glue:us-east-1:111122223333:database/acme" },
    ],
    ["refuse a bucket of another catalog", false, { resource: TARGET.replace("s3tablescatalog", "other") }],
    [
      "refuse a bucket of another account",
      false,
      { resource: TARGET.replace("111122223333", "444455556666") },
    ],
  ])("%s", (_, allowed, other) => {
    const request = {
      principal: GLUE,
      action: "glue:AuthorizeInboundIntegration",
      resource: TARGET,
      context: { "aws:SourceArn": SOURCE },
    };
    expect(allows("resource", [catalog], { ...request, ...other })).toBe(allowed);
  });

  test.each([
    [GLUE, true],
    [{ Service: "s3.amazonaws.com" }, false],
    [{ AWS: "arn:aws:iam::111122223333:role/ci" }, false],
  ])("let %j assume the role: %p", (principal, allowed) => {
    expect(allows("trust", [trust], { principal, action: "sts:AssumeRole" })).toBe(allowed);
  });
});

describe("the role", () => {
  test("may use the bucket and what is in it, and no other", () => {
    const { stack } = bind({});
    const { Statement } = policyOf(stack.resource("aws_iam_role_policy"));
    const write = Statement.find(({ Sid }) => Sid === "WriteTableBucket");
    expect(write?.["Action"]).toHaveLength(15);
    expect(write?.["Resource"]).toEqual([BUCKET, `${BUCKET}/*`]);
    expect(stack.resource("aws_iam_role")["name"]).toBe("zero-etl-bucket-acme-tables-us-east-1");
  });

  test("reaches AWS Glue by the resource property of the same ARN", () => {
    const { stack, bindings } = bind({});
    expect(desiredState(stack.resource("aws_cloudcontrolapi_resource"))).toEqual({
      ResourceArn: bindings[0]?.arn,
      TargetProcessingProperties: {
        RoleArn: "arn:aws:iam::111122223333:role/zero-etl-bucket-acme-tables-us-east-1",
      },
    });
  });
});

describe("several table buckets", () => {
  test("share one lookup of the catalog and one statement of its policy, for AWS documents no narrower one", () => {
    const { stack } = bind({}, { tableBucket: "other-tables" });
    expect(lookups(stack).filter(([type]) => type === "AWS::Glue::Catalog")).toHaveLength(1);
    const Statement = statementsIn(catalogPolicy(stack));
    expect(Statement).toHaveLength(1);
    expect(Statement[0]?.["Resource"]).toEqual([
      "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/*",
    ]);
    expect(Object.keys(stack.resources("aws_iam_role"))).toHaveLength(2);
  });

  test("fails where two targets make one", () => {
    expect(() => bind({ create: true }, { create: true })).toThrow(
      "the table bucket acme-tables would be written by two owners",
    );
  });
});

test("fails with every error of the target at once", () => {
  expect(() => bind({ tableBucket: "Acme", eventBusArn: "bus" })).toThrow(
    /\[table-bucket-name\][\s\S]*\[event-bus-arn\]/,
  );
});
