import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import type { DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformVariable } from "cdktf";
import type { DynamoDbTableNameProps, SourceBindOptions, SourceBinding } from "../../modules";
import { DynamoDbSource, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { FakeTarget } from "../support/doubles";
import type { PolicyRequest } from "../support/policy-evaluator";
import { allows, parsePolicy } from "../support/policy-evaluator";
import type { StackJson } from "../support/synth";
import { PROD, policyOf, synthStack } from "../support/synth";

const BIND: SourceBindOptions = { target: "glue-database" };
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1a012bba-123a-1bba-ab1c-173de3b12345";

interface Bound {
  readonly stack: StackJson;
  readonly bindings: SourceBinding[];
}

function bindNamed(
  ...sources: (Omit<DynamoDbTableNameProps, "table"> & { readonly options?: SourceBindOptions })[]
): Bound {
  const bindings: SourceBinding[] = [];
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    sources.forEach(({ options = BIND, ...props }, index) => {
      const source = DynamoDbSource.fromTableName(scope.sources, `orders${index}`, {
        table: "orders",
        tablePolicy: "own",
        ...props,
      });
      bindings.push(source.bind(source, options));
    });
  });
  return { stack, bindings };
}

function bindManaged(config: Partial<DynamodbTableConfig>): StackJson {
  return synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    const table = new DynamodbTable(scope, "Table", {
      name: "orders",
      hashKey: "id",
      attribute: [{ name: "id", type: "S" }],
      ...config,
    });
    const source = DynamoDbSource.fromTable(scope.sources, "orders", { table, tablePolicy: "own" });
    source.bind(source, BIND);
  });
}

describe("a table by name", () => {
  test("is an ARN made of names, known before anything exists", () => {
    const [binding] = bindNamed({}).bindings;
    expect(binding?.arn).toBe("arn:aws:dynamodb:us-east-1:111122223333:table/orders");
    expect(binding?.key).toBe("111122223333/us-east-1 dynamodb/orders");
    expect(binding?.table).toBe("orders");
    expect(binding?.dependencies).toHaveLength(3);
  });

  test("makes nothing until an integration uses it", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      DynamoDbSource.fromTableName(scope.sources, "orders", { table: "orders" });
    });
    expect(stack.json["resource"]).toBeUndefined();
    expect(stack.json["data"]).toBeUndefined();
  });

  test("has one policy, one lookup and one key lookup, however many sources and integrations use it", () => {
    const { stack } = bindNamed({}, {}, {});
    expect(Object.keys(stack.resources("aws_dynamodb_resource_policy"))).toHaveLength(1);
    expect(Object.keys(stack.data("aws_dynamodb_table"))).toHaveLength(1);
    expect(Object.keys(stack.data("aws_kms_key"))).toHaveLength(1);
  });

  test("is written only after it was read, so that a failed condition stops the policy, too", () => {
    const { stack } = bindNamed({});
    expect(stack.resource("aws_dynamodb_resource_policy")["depends_on"]).toEqual([
      "data.aws_dynamodb_table.DynamoDbTable_orders_FB7C5A97",
      "data.aws_kms_key.DynamoDbTable_orders_Key_87A34637",
    ]);
  });

  test("checks at plan that it is the declared table, with point-in-time recovery", () => {
    const [table] = Object.values(bindNamed({}).stack.data("aws_dynamodb_table"));
    expect((table?.["lifecycle"] as { postcondition: unknown[] }).postcondition).toEqual([
      {
        condition: '${(self.arn == "arn:aws:dynamodb:us-east-1:111122223333:table/orders")}',
        error_message:
          "the DynamoDB table orders is not in the account and region of its environment: the provider found ${self.arn}. " +
          "Check the account and region that were declared, and the credentials of this run.",
      },
      {
        condition: "${try(self.point_in_time_recovery[0].enabled, false)}",
        error_message:
          "point-in-time recovery is off on the DynamoDB table orders, and AWS Glue cannot export the table without it. " +
          "Turn it on: aws dynamodb update-continuous-backups --table-name orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
      },
    ]);
  });

  test("checks at plan who manages its key, where it has one", () => {
    const [key] = Object.values(bindNamed({}).stack.data("aws_kms_key"));
    expect(key?.["count"]).toBe(
      "${try(length(data.aws_dynamodb_table.DynamoDbTable_orders_FB7C5A97.server_side_encryption[0].kms_key_arn), 0) > 0 ? 1 : 0}",
    );
    expect(
      (key?.["lifecycle"] as { postcondition: { condition: string }[] }).postcondition.map(
        ({ condition }) => condition,
      ),
    ).toEqual(['${self.key_manager == "CUSTOMER"}', "${self.enabled}"]);
  });

  test("checks at plan that it has the declared key, once for equal declarations", () => {
    const [table] = Object.values(
      bindNamed({ kmsKeyArn: KEY }, {}, { kmsKeyArn: KEY }).stack.data("aws_dynamodb_table"),
    );
    const { postcondition } = table?.["lifecycle"] as {
      postcondition: { condition: string; error_message: string }[];
    };
    expect(postcondition).toHaveLength(3);
    expect(postcondition[2]).toEqual({
      condition: `\${(try(self.server_side_encryption[0].kms_key_arn, "") == "${KEY}")}`,
      error_message: `the DynamoDB table orders is not encrypted with the declared key ${KEY}. Declare the key that the table has, or none where it has a key owned by AWS.`,
    });
  });

  test("advises at plan against partitions by its keys", () => {
    const { stack } = bindNamed({ options: { ...BIND, identityColumns: ["id", "region"] } });
    const keys =
      "[data.aws_dynamodb_table.DynamoDbTable_orders_FB7C5A97.hash_key, data.aws_dynamodb_table.DynamoDbTable_orders_FB7C5A97.range_key]";
    expect(stack.checks).toHaveLength(1);
    expect(stack.checks[0]?.condition).toBe(`\${length(setintersection(${keys}, ["id","region"])) == 0}`);
  });

  test("may be exported by every integration of the account, or by named ones", () => {
    const named = "arn:aws:glue:us-east-1:111122223333:integration:1a012bba-123a-1bba-ab1c-173de3b12345";
    const condition = (bound: Bound) =>
      policyOf(bound.stack.resource("aws_dynamodb_resource_policy")).Statement[0]?.["Condition"];
    expect(condition(bindNamed({}))).toEqual({
      ArnLike: { "aws:SourceArn": ["arn:aws:glue:us-east-1:111122223333:integration:*"] },
      StringEquals: { "aws:SourceAccount": ["111122223333"] },
    });
    expect(condition(bindNamed({ integrationArns: [named] }))).toEqual({
      StringEquals: { "aws:SourceAccount": ["111122223333"], "aws:SourceArn": [named] },
    });
  });

  test("fails where two sources ask for different integrations to export it", () => {
    const arn = "arn:aws:glue:us-east-1:111122223333:integration:1a012bba-123a-1bba-ab1c-173de3b12345";
    expect(() => bindNamed({}, { integrationArns: [arn] })).toThrow(
      "orders/DynamoDbTablePolicy/orders: error: orders/Sources/orders0 and orders/Sources/orders1 ask for different settings of one document [conflicting-contributions]",
    );
  });

  test("fails where two sources declare different keys", () => {
    expect(() => bindNamed({ kmsKeyArn: KEY }, { kmsKeyArn: `${KEY}6` })).toThrow(
      "orders/Sources/orders0 and orders/Sources/orders1 ask for different settings of one document [conflicting-contributions]",
    );
  });

  test("fails where its name is known only to Terraform", () => {
    expect(() =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const table = new TerraformVariable(scope, "table", { type: "string" }).stringValue;
        DynamoDbSource.fromTableName(scope, "source", { table });
      }),
    ).toThrow(
      [
        "orders/source: table: error: table is known only to Terraform [unknown-at-synth]",
        "  expected: a literal text",
        "  remedy:   write it out: names and permissions derive from it",
      ].join("\n"),
    );
  });

  test("fails where DynamoDB has no table of such a name", () => {
    expect(() =>
      synthStack((app) => {
        DynamoDbSource.fromTableName(new ZeroEtlStack(app, "orders", PROD), "source", { table: "no spaces" });
      }),
    ).toThrow("[dynamodb-table-name]");
  });
});

describe("a table that goes into a Redshift warehouse", () => {
  const REDSHIFT: SourceBindOptions = { target: "redshift" };
  const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
  const GLUE_INTEGRATION = "arn:aws:glue:us-east-1:111122223333:integration:0a1b";
  const REDSHIFT_INTEGRATION = "arn:aws:redshift:us-east-1:111122223333:integration:2c3d";

  const policy = (bound: Bound) => String(bound.stack.resource("aws_dynamodb_resource_policy")["policy"]);
  const sids = (bound: Bound) => list(parsePolicy(policy(bound)).Statement).map(({ Sid }) => Sid);
  const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
  const exported = (
    bound: Bound,
    service: "glue" | "redshift",
    source: string,
    request: Partial<PolicyRequest> = {},
  ) =>
    allows("resource", [parsePolicy(policy(bound))], {
      principal: { Service: `${service}.amazonaws.com` },
      action: "dynamodb:ExportTableToPointInTime",
      resource: TABLE,
      context: { "aws:SourceArn": source, "aws:SourceAccount": "111122223333" },
      ...request,
    });

  test("is exported by Redshift, and by nobody else", () => {
    const bound = bindNamed({ options: REDSHIFT });
    expect(sids(bound)).toEqual(["ZeroEtlRedshiftDescribeExport", "ZeroEtlRedshiftExport"]);
    expect(exported(bound, "redshift", REDSHIFT_INTEGRATION)).toBe(true);
    expect(exported(bound, "glue", GLUE_INTEGRATION)).toBe(false);
    expect(bound.bindings[0]?.arn).toBe(TABLE);
  });

  test("and into a Glue database has the statements of both in one document, in any order", () => {
    const bound = bindNamed({ options: REDSHIFT }, { options: BIND });
    expect(sids(bound)).toEqual(["ZeroEtlExport", "ZeroEtlRedshiftDescribeExport", "ZeroEtlRedshiftExport"]);
    expect(policy(bindNamed({ options: BIND }, { options: REDSHIFT }, { options: REDSHIFT }))).toBe(
      policy(bound),
    );
    expect(exported(bound, "redshift", REDSHIFT_INTEGRATION)).toBe(true);
    expect(exported(bound, "glue", GLUE_INTEGRATION)).toBe(true);
    // Neither service may act for an integration of the other.
    expect(exported(bound, "redshift", GLUE_INTEGRATION)).toBe(false);
    expect(exported(bound, "glue", REDSHIFT_INTEGRATION)).toBe(false);
  });

  test.each([
    ["dynamodb:ExportTableToPointInTime", TABLE],
    ["dynamodb:DescribeTable", TABLE],
    ["dynamodb:DescribeExport", `${TABLE}/export/01700000000000-0a1b`],
  ])("lets Redshift do what AWS documents: %s", (action, resource) => {
    const bound = bindNamed({ options: REDSHIFT });
    const request = { action, resource };
    expect(exported(bound, "redshift", REDSHIFT_INTEGRATION, request)).toBe(true);
  });

  test.each<[string, Partial<PolicyRequest>]>([
    ["another table", { resource: `${TABLE}2` }],
    [
      "another account",
      { context: { "aws:SourceArn": REDSHIFT_INTEGRATION, "aws:SourceAccount": "444455556666" } },
    ],
    [
      "an integration of another account",
      {
        context: {
          "aws:SourceArn": REDSHIFT_INTEGRATION.replace("111122223333", "444455556666"),
          "aws:SourceAccount": "111122223333",
        },
      },
    ],
    ["another service", { principal: { Service: "rds.amazonaws.com" } }],
    ["reading items", { action: "dynamodb:Scan" }],
  ])("refuses %s", (_, request) => {
    const bound = bindNamed({ options: REDSHIFT }, { options: BIND });
    expect(exported(bound, "redshift", REDSHIFT_INTEGRATION, request)).toBe(false);
  });

  test("may be exported by named integrations only, each by its own service", () => {
    const integrationArns = [GLUE_INTEGRATION, REDSHIFT_INTEGRATION];
    const bound = bindNamed({ options: REDSHIFT, integrationArns }, { options: BIND, integrationArns });
    expect(exported(bound, "redshift", REDSHIFT_INTEGRATION)).toBe(true);
    expect(exported(bound, "glue", GLUE_INTEGRATION)).toBe(true);
    expect(exported(bound, "redshift", `${REDSHIFT_INTEGRATION}4`)).toBe(false);
    expect(exported(bound, "glue", `${GLUE_INTEGRATION}4`)).toBe(false);
    expect(policy(bound).match(/integration:/g)).toHaveLength(3);
  });

  test("fails where the named integrations are all of the other API", () => {
    expect(() => bindNamed({ options: REDSHIFT, integrationArns: [GLUE_INTEGRATION] })).toThrow(
      [
        "orders/Sources/orders0: integrationArns: error: integrationArns names no integration of the Redshift API, which makes integrations into this target [no-exporting-integration]",
        `  got:      ${GLUE_INTEGRATION}`,
        "  expected: arn:aws:redshift:us-east-1:111122223333:integration:id",
        "  remedy:   remove integrationArns until the integration exists, then name it as well",
      ].join("\n"),
    );
    expect(() => bindNamed({ integrationArns: [REDSHIFT_INTEGRATION] })).toThrow(
      "integrationArns names no integration of the Glue API",
    );
  });

  test("is managed by the app as well: its policy waits for it", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const pointInTimeRecovery = { enabled: true };
      const table = new DynamodbTable(scope, "Table", { name: "orders", hashKey: "id", pointInTimeRecovery });
      const source = DynamoDbSource.fromTable(scope.sources, "orders", { table, tablePolicy: "own" });
      source.bind(source, REDSHIFT);
    });
    expect(stack.resource("aws_dynamodb_resource_policy")["depends_on"]).toEqual([
      "aws_dynamodb_table.Table",
    ]);
  });
});

describe("the tables of a source", () => {
  test("are what table options may be given for", () => {
    expect(() =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const source = DynamoDbSource.fromTableName(scope, "source", { table: "orders" });
        new ZeroEtlIntegration(scope, "i", { source, target: new FakeTarget(scope), tables: { order: {} } });
      }),
    ).toThrow(/orders\/i: tables: order: .*\[unknown-table\]/);
  });

  test("have the key of a table of the same app", () => {
    synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const table = new DynamodbTable(scope, "Table", {
        name: "orders",
        hashKey: "id",
        rangeKey: "created",
        pointInTimeRecovery: { enabled: true },
      });
      const source = DynamoDbSource.fromTable(scope, "source", { table });
      expect([source.tables, source.keyColumns]).toEqual([["orders"], ["id", "created"]]);
    });
  });
});

describe("a table of the same app", () => {
  const recovery = { pointInTimeRecovery: { enabled: true } };

  test("is not looked up, for it may not exist yet; its policy waits for it", () => {
    const stack = bindManaged(recovery);
    expect(stack.json["data"]).toBeUndefined();
    expect(stack.resource("aws_dynamodb_resource_policy")).toMatchObject({
      resource_arn: "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
      depends_on: ["aws_dynamodb_table.Table"],
    });
  });

  test.each([
    { serverSideEncryption: { enabled: false } },
    { serverSideEncryption: { enabled: true, kmsKeyArn: KEY } },
    {},
  ])("may be encrypted as %j", (encryption) => {
    expect(
      Object.keys(bindManaged({ ...recovery, ...encryption }).resources("aws_dynamodb_resource_policy")),
    ).toHaveLength(1);
  });

  test.each([
    [{}, "no pointInTimeRecovery"],
    [{ pointInTimeRecovery: { enabled: false } }, "pointInTimeRecovery: { enabled: false }"],
  ])("fails without point-in-time recovery: %j", (config, got) => {
    expect(() => bindManaged(config)).toThrow(
      [
        "orders/Sources/orders: table: error: point-in-time recovery is off on the DynamoDB table orders [point-in-time-recovery-off]",
        `  got:      ${got}`,
        "  expected: pointInTimeRecovery: { enabled: true }",
        "  remedy:   turn it on: AWS Glue exports the table through it",
      ].join("\n"),
    );
  });

  test("fails with the AWS managed key", () => {
    expect(() => bindManaged({ ...recovery, serverSideEncryption: { enabled: true } })).toThrow(
      [
        "orders/Sources/orders: table: error: the DynamoDB table orders is encrypted with the AWS managed key aws/dynamodb [aws-managed-key]",
        "  got:      serverSideEncryption: { enabled: true } without kmsKeyArn",
        "  expected: a key owned by AWS or a customer managed key",
        "  remedy:   give serverSideEncryption a kmsKeyArn, or set enabled: false",
      ].join("\n"),
    );
  });

  test("fails with both errors at once", () => {
    expect(() => bindManaged({ serverSideEncryption: { enabled: true } })).toThrow(
      /point-in-time-recovery-off[\s\S]*aws-managed-key/,
    );
  });
});
