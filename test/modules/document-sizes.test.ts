// Documents that grow with every integration: what fits is written as it is, or merged, and what does not is refused.
import type { App } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import fc from "fast-check";
import { dynamoDbTableArn } from "../../lib/arn";
import { glueDatabaseResources } from "../../lib/policy/catalog";
import type { IdentifiedStatement, Statement } from "../../lib/policy/statement";
import { CatalogPolicy, Environment, GlueDatabaseTarget, TargetRole, ZeroEtlStack } from "../../modules";
import { TablePolicy } from "../../modules/shared/table-policy";
import { allows, parsePolicy } from "../support/policy-evaluator";
import { OWNING, PROD, failedSynth, policyOf, synth, synthStack } from "../support/synth";

const KB = 1024;

/** What `OWNING` says beside its place. */
const { account: _account, region: _region, ...UNPLACED } = OWNING;

/** The length of a text within a document that fills it up to the limit. */
const paddingTo = (limit: number, size: (padding: number) => number): number => {
  const padding = 3 + limit - size(3);
  expect(padding).toBeGreaterThan(3);
  expect(size(padding)).toBe(limit);
  return padding;
};

/** Authorises pairs of a table and a database, by their names. */
function authorise(environment: Environment, pairs: readonly (readonly [string, string])[]): void {
  const policy = CatalogPolicy.of(environment);
  for (const [table, database] of pairs) {
    policy.allow(environment, {
      targetKey: `glue-database/${database}`,
      resources: glueDatabaseResources(environment, database),
      sourceKey: `dynamodb/${table}`,
      source: { arn: dynamoDbTableArn(environment, table) },
    });
  }
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}_${String(index).padStart(3, "0")}`);

describe("a catalog policy", () => {
  /** One database, with so many tables that one more name fills up the limit. */
  const full = (padding: number): [string, string][] =>
    [...numbered("table", 150), "t".repeat(padding)].map((table) => [table, "lake"]);
  const into =
    (place: { readonly region: string; readonly account?: string }, padding: number) => (app: App) =>
      authorise(new ZeroEtlStack(app, "orders", { ...UNPLACED, ...place }).environment, full(padding));
  const text = (build: (app: App) => void) =>
    String(synthStack(build).resource("aws_glue_resource_policy")["policy"]);
  const paddingIn = (region: string) =>
    paddingTo(10 * KB, (padding) => Buffer.byteLength(text(into({ ...PROD, region }, padding))));

  test("of exactly 10 KB is written", () => {
    const padding = paddingIn("us-east-1");
    expect(Buffer.byteLength(text(into(PROD, padding)))).toBe(10_240);
  });

  test("of one byte more fails", () => {
    const { message, written } = failedSynth(into(PROD, paddingIn("us-east-1") + 1));
    expect(message).toContain(
      [
        "orders/GlueCatalogPolicy: error: the Glue catalog policy is too large, even with its statements merged [catalog-policy-size]",
        "  got:      10241 bytes",
        "  expected: at most 10240 bytes",
        "  remedy:   write into fewer targets, or spread the integrations over several accounts or regions",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });

  test("fails before any stack is written, also where it belongs to the last", () => {
    const { message, written } = failedSynth((app) => {
      const first = new ZeroEtlStack(app, "a", { ...OWNING, region: "eu-west-1" });
      authorise(first.environment, [["table", "lake"]]);
      into(PROD, paddingIn("us-east-1") + 1)(app);
    });
    expect(message).toContain("[catalog-policy-size]");
    expect(written).toEqual([]);
  });

  test.each([
    [0, true],
    [1, false],
  ])(
    "is measured where only Terraform knows the account, whose length is known: %d bytes over",
    (over, fits) => {
      const build = into({ region: "us-east-1" }, paddingIn("us-east-1") + over);
      if (fits) expect(text(build)).toContain("jsonencode");
      else expect(failedSynth(build).message).toContain("got:      10241 bytes");
    },
  );

  test.each([
    [0, true],
    [1, false],
  ])("is measured with the longest region where only Terraform knows it: %d bytes over", (over, fits) => {
    const padding = paddingIn("ap-northeast-1") + over;
    const build = (app: App) => {
      const stack = new ZeroEtlStack(app, "orders", PROD);
      const provider = new AwsProvider(stack, "aws-lake", { alias: "lake" });
      const { catalogPolicy, operator } = OWNING;
      authorise(
        Environment.fromProvider(stack, "lake", provider, { catalogPolicy, operator }),
        full(padding),
      );
    };
    if (fits) expect(text(build)).toContain("jsonencode");
    else expect(failedSynth(build).message).toContain("got:      up to 10241 bytes");
  });

  test("is not measured where Terraform alone knows more than the place", () => {
    const written = text((app) => {
      const stack = new ZeroEtlStack(app, "orders", OWNING);
      const table = new DynamodbTable(stack, "table", { name: "orders" });
      authorise(stack.environment, full(10 * KB));
      CatalogPolicy.of(stack.environment).allow(stack, {
        targetKey: "glue-database/lake",
        resources: glueDatabaseResources(stack.environment, "lake"),
        sourceKey: "dynamodb/orders",
        source: { arn: table.arn },
      });
    });
    expect(written.length).toBeGreaterThan(10 * KB);
  });

  describe("of many databases for the same tables", () => {
    const every = (tables: number, databases: number): [string, string][] =>
      numbered("table", tables).flatMap((table) =>
        numbered("lake", databases).map((database): [string, string] => [table, database]),
      );
    const written = (pairs: readonly (readonly [string, string])[]) =>
      synthStack((app) => authorise(new ZeroEtlStack(app, "orders", OWNING).environment, pairs));

    test("has a statement for each database as long as they fit, and one for all where they do not", () => {
      const statements = (databases: number) =>
        policyOf(written(every(2, databases)).resource("aws_glue_resource_policy")).Statement;
      const most = [...Array(40).keys()].findLast((count) => statements(count + 1).length === count + 1);
      expect(most).toBeGreaterThan(10);
      expect(statements((most ?? 0) + 2)).toHaveLength(1);
    });

    test("allows the same once it is merged, and no more", () => {
      const document = parsePolicy(
        String(written(every(2, 60)).resource("aws_glue_resource_policy")["policy"]),
      );
      expect(document.Statement).toHaveLength(1);
      const may = (table: string, database: string) =>
        allows("resource", [document], {
          principal: { Service: "glue.amazonaws.com" },
          action: "glue:AuthorizeInboundIntegration",
          resource: `arn:aws:glue:us-east-1:111122223333:database/${database}`,
          context: { "aws:SourceArn": `arn:aws:dynamodb:us-east-1:111122223333:table/${table}` },
        });
      for (const [table, database] of every(2, 60)) expect(may(table, database)).toBe(true);
      expect(may("table_002", "lake_000")).toBe(false);
      expect(may("table_000", "lake_060")).toBe(false);
    });

    test("is the same whatever the order of the integrations", () => {
      // Two groups that merge within themselves, and not with each other.
      const pairs = [
        ...every(2, 30),
        ...every(1, 10).map(([table, lake]) => [`${table}x`, `${lake}x`] as const),
      ];
      const { text: expected } = written(pairs);
      expect(policyOf(written(pairs).resource("aws_glue_resource_policy")).Statement).toHaveLength(2);
      const orders = fc.shuffledSubarray([...pairs], { minLength: pairs.length, maxLength: pairs.length });
      fc.assert(
        fc.property(orders, (order) => {
          expect(written(order).text).toBe(expected);
        }),
        { numRuns: 10 },
      );
    });
  });
});

describe("a table's policy", () => {
  const statement = (Sid: string, arns: readonly string[]): IdentifiedStatement => ({
    Sid,
    Effect: "Allow",
    Principal: { Service: ["glue.amazonaws.com"] },
    Action: ["dynamodb:DescribeTable"],
    Resource: ["*"],
    Condition: { StringEquals: { "aws:SourceArn": [...arns].sort() } },
  });
  const arns = numbered("arn:aws:glue:us-east-1:111122223333:integration:i", 340);
  const build = (statements: readonly IdentifiedStatement[]) => (app: App) => {
    const stack = new ZeroEtlStack(app, "orders", PROD);
    TablePolicy.of(stack.environment, "orders").allow(stack, statements, "own");
  };
  const full = (padding: number) => build([statement("Export", [...arns, "x".repeat(padding)])]);
  const size = (padding: number) =>
    Buffer.byteLength(String(synthStack(full(padding)).resource("aws_dynamodb_resource_policy")["policy"]));

  test("of exactly 20 KB is written, and one byte more fails", () => {
    const padding = paddingTo(20 * KB, size);
    const { message, written } = failedSynth(full(padding + 1));
    expect(message).toContain(
      [
        "orders/DynamoDbTablePolicy/orders: error: the resource policy of the DynamoDB table orders is too large [table-policy-size]",
        "  got:      20481 bytes",
        "  expected: at most 20480 bytes",
        "  remedy:   name fewer integrationArns, or none: every integration of the account may then export the table",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });

  test("is merged where its statements do not fit side by side, in any order", () => {
    const half = arns.slice(0, 200);
    const both = [statement("One", half), statement("Two", half)];
    const { text, ...stack } = synthStack(build(both));
    expect(policyOf(stack.resource("aws_dynamodb_resource_policy")).Statement).toHaveLength(1);
    expect(synthStack(build([...both].reverse())).text).toBe(text);
    const small = synthStack(build([statement("One", arns.slice(0, 9)), statement("Two", arns.slice(0, 9))]));
    expect(policyOf(small.resource("aws_dynamodb_resource_policy")).Statement).toHaveLength(2);
  });
});

describe("the policy of a role", () => {
  const reads = (Sid: string, Resource: readonly string[]): Statement => ({
    Sid,
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource,
  });
  const buckets = numbered("arn:aws:s3:::acme-bucket", 290);
  const build =
    (statements: readonly Statement[], account: object = { account: PROD.account }) =>
    (app: App) => {
      const { environment } = new ZeroEtlStack(app, "orders", {
        ...UNPLACED,
        region: "us-east-1",
        ...account,
      });
      new TargetRole(environment, "Role", { environment, roleName: "writer", statements });
    };
  const full = (padding: number) => [reads("Read", [...buckets, "x".repeat(padding)])];
  const size = (padding: number) =>
    String(synthStack(build(full(padding))).resource("aws_iam_role_policy")["policy"]).length;
  const TOO_LARGE = [
    "orders/prod/Role: error: the permissions of the role writer are too large for inline policies [role-policy-size]",
    "  got:      10241 characters",
    "  expected: at most 10240 characters",
    "  remedy:   attach some of the statements to the role as a managed policy",
  ].join("\n");

  test("of exactly 10,240 characters is written, and one more fails", () => {
    const padding = paddingTo(10_240, size);
    expect(() => synth(build(full(padding + 1)))).toThrow(TOO_LARGE);
  });

  test("may have white space beside them, which IAM does not count", () => {
    const padding = paddingTo(10_240, size);
    const spaced = [reads("Read", [...buckets, `${"x".repeat(padding)}    `])];
    const written = String(synthStack(build(spaced)).resource("aws_iam_role_policy")["policy"]);
    expect(written.length).toBeGreaterThan(10_240);
  });

  test("is merged where its statements do not fit side by side", () => {
    const twice = [reads("One", buckets.slice(0, 200)), reads("Two", buckets.slice(0, 200))];
    const document = policyOf(synthStack(build(twice)).resource("aws_iam_role_policy"));
    expect(document.Statement).toHaveLength(1);
    expect(document.Statement[0]?.["Resource"]).toEqual(buckets.slice(0, 200));
  });

  test("counts the further statements of a target", () => {
    const target = (extraStatements: readonly Statement[]) => (app: App) => {
      const stack = new ZeroEtlStack(app, "orders", PROD);
      const lake = { database: "lake", location: "s3://acme-lake", extraStatements };
      new GlueDatabaseTarget(stack.targets, "lake", lake).bind(stack, {
        source: "dynamodb",
        sourceArn: dynamoDbTableArn(stack.environment, "orders"),
        sourceKey: "dynamodb/orders",
      });
    };
    expect(() => synth(target([reads("Read", numbered("arn:aws:s3:::acme-bucket", 320))]))).toThrow(
      /^orders\/Targets\/lake\/Role: error: the permissions of the role zero-etl-target-lake-us-east-1 are too large/,
    );
    expect(() => synth(target([reads("Read", buckets.slice(0, 200))]))).not.toThrow();
  });
});

describe("a field of a resource property", () => {
  const bound = (account: string | undefined, length: number) => (app: App) => {
    const place = account === undefined ? {} : { account };
    const stack = new ZeroEtlStack(app, "orders", { environment: "prod", region: "us-east-1", ...place });
    const { environment } = stack;
    const prefix = "arn:aws:iam::111122223333:role/";
    const roleArn = `arn:aws:iam::${environment.account}:role/${"r".repeat(length - prefix.length)}`;
    const lake = { database: "lake", location: "s3://acme-lake", roleArn };
    new GlueDatabaseTarget(stack.targets, "lake", lake).bind(stack, {
      source: "dynamodb",
      sourceArn: dynamoDbTableArn(environment, "orders"),
      sourceKey: "dynamodb/orders",
    });
  };

  test("of 128 characters is written where only Terraform knows the account in it, and one more fails", () => {
    expect(() => synth(bound(undefined, 128))).not.toThrow();
    expect(() => synth(bound(undefined, 129))).toThrow(
      [
        "orders/Targets/lake: RoleArn: error: RoleArn is too long for a resource property [resource-property-field]",
        "  got:      129 characters",
        "  expected: 1 to 128 characters",
      ].join("\n"),
    );
  });

  test("is refused by the rules of its target first where it is a literal", () => {
    expect(() => synth(bound(PROD.account, 129))).toThrow("[role-arn-length]");
  });
});
