import type { App } from "cdktf";
import fc from "fast-check";
import type { ZeroEtlStackProps } from "../../modules";
import {
  CatalogPolicy,
  DynamoDbSource,
  GlueDatabaseTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { OWNING, failedSynth, policyOf, synth, synthStack } from "../support/synth";

/** An integration of table `t<from>` into database `d<to>`. */
interface Pair {
  readonly from: number;
  readonly to: number;
}

/** Mode of the policy of every table. */
const tablePolicy = "own";

function build(stack: ZeroEtlStack, pairs: readonly Pair[], catalogPolicy?: CatalogPolicy): void {
  const sources = new Map<number, DynamoDbSource>();
  const targets = new Map<number, GlueDatabaseTarget>();
  for (const { from, to } of pairs) {
    const source =
      sources.get(from) ??
      DynamoDbSource.fromTableName(stack.sources, `s${from}`, { table: `table${from}`, tablePolicy });
    const location = `s3://acme-lake/d${to}/`;
    const target =
      targets.get(to) ?? new GlueDatabaseTarget(stack.targets, `t${to}`, { database: `d${to}`, location });
    sources.set(from, source);
    targets.set(to, target);
    new ZeroEtlIntegration(stack.integrations, `i${from}-${to}`, {
      source,
      target,
      ...(catalogPolicy !== undefined && { catalogPolicy }),
    });
  }
}

const oneStack = (pairs: readonly Pair[]) =>
  synthStack((app) => build(new ZeroEtlStack(app, "orders", OWNING), pairs));

describe("shared documents of one stack", () => {
  test("appear once each: two tables into two databases, every table into every database", () => {
    const stack = oneStack([1, 2].flatMap((from) => [1, 2].map((to) => ({ from, to }))));
    const count = (type: string) => Object.keys(stack.resources(type)).length;
    expect(count("aws_glue_resource_policy")).toBe(1);
    expect(count("aws_dynamodb_resource_policy")).toBe(2);
    expect(count("aws_glue_catalog_database")).toBe(2);
    expect(count("aws_iam_role")).toBe(2);
    expect(count("aws_iam_role_policy")).toBe(2);
    expect(count("aws_cloudcontrolapi_resource")).toBe(2 + 4);
    expect(Object.keys(stack.data("aws_dynamodb_table"))).toHaveLength(2);
    expect(policyOf(stack.resource("aws_glue_resource_policy")).Statement).toHaveLength(2);
  });

  test("do not depend on the order of the integrations, and hold every source exactly once", () => {
    const pairs = fc.uniqueArray(fc.record({ from: fc.nat(4), to: fc.nat(2) }), {
      selector: ({ from, to }) => `${from}-${to}`,
      minLength: 1,
      maxLength: 8,
    });
    const shuffled = pairs.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        const stack = oneStack(given);
        expect(oneStack(other).text).toBe(stack.text);
        const statements = policyOf(stack.resource("aws_glue_resource_policy")).Statement;
        const granted = statements.flatMap(({ Resource, Condition }) => {
          const database = (Resource as string[])[1]?.split("/")[1];
          const sources =
            (Condition as { StringEquals: Record<string, string[]> }).StringEquals["aws:SourceArn"] ?? [];
          return sources.map((source) => `${source.split("/")[1]} ${database}`);
        });
        expect(granted.sort()).toEqual(given.map(({ from, to }) => `table${from} d${to}`).sort());
      }),
      { numRuns: 25 },
    );
  });
});

describe("two stacks of one app", () => {
  const both = (second: Partial<ZeroEtlStackProps>) => (app: App) => {
    build(new ZeroEtlStack(app, "orders", OWNING), [{ from: 1, to: 1 }]);
    build(new ZeroEtlStack(app, "crm", { ...OWNING, ...second }), [{ from: 2, to: 2 }]);
  };

  test("that would own one catalog policy fail, naming both and the way out, and nothing is written", () => {
    const { message, written } = failedSynth(both({}));
    expect(message).toContain(
      [
        "crm/GlueCatalogPolicy: error: the Glue catalog policy would be written by two owners, and the second overwrites the first [document-has-two-owners]",
        "  got:      orders/GlueCatalogPolicy and crm/GlueCatalogPolicy",
        "  expected: one owner",
        "  remedy:   merge the statements (catalogPolicy: merge), or make the owner once in a base stack (CatalogPolicy.of) and pass it as catalogPolicy",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });

  test("fail likewise where the account is not written down, but the credentials are the same", () => {
    const { message } = failedSynth((app) => {
      for (const id of ["orders", "crm"]) {
        const stack = new ZeroEtlStack(app, id, {
          environment: "prod",
          catalogPolicy: "own",
          operator: false,
          region: "us-east-1",
          profile: "prod",
        });
        build(stack, [{ from: id.length, to: id.length }]);
      }
    });
    expect(message).toContain("got:      orders/GlueCatalogPolicy and crm/GlueCatalogPolicy");
  });

  test.each([{ region: "eu-west-1" }, { account: "444455556666" }])("are fine in two places: %j", (place) => {
    const { stacks } = synth(both(place));
    for (const stack of Object.values(stacks)) {
      expect(Object.keys(stack.resources("aws_glue_resource_policy"))).toHaveLength(1);
    }
  });

  test("fail where both would own one table's policy and one database, with every collision at once", () => {
    const { message } = failedSynth((app) => {
      for (const id of ["orders", "crm"]) build(new ZeroEtlStack(app, id, OWNING), [{ from: 1, to: 1 }]);
    });
    expect(message.match(/\[document-has-two-owners\]/g)).toHaveLength(4);
    expect(message).toContain(
      "the resource policy of the DynamoDB table table1 would be written by two owners",
    );
    expect(message).toContain(
      "the integration resource property of the glue-database d1 would be written by two owners",
    );
    expect(message).toContain("the Glue database d1 would be written by two owners");
    expect(message).toContain('two integrations of one account and region have the name "i1-1"');
  });

  test("may share one owner, made in a base stack and passed in", () => {
    const { stacks, dependencies } = synth((app) => {
      const base = new ZeroEtlStack(app, "base", OWNING);
      const owner = CatalogPolicy.of(base.environment);
      build(new ZeroEtlStack(app, "orders", OWNING), [{ from: 1, to: 1 }], owner);
      build(new ZeroEtlStack(app, "crm", OWNING), [{ from: 2, to: 2 }], owner);
    });
    const count = (stack: string) =>
      Object.keys(stacks[stack]?.resources("aws_glue_resource_policy") ?? {}).length;
    expect([count("base"), count("orders"), count("crm")]).toEqual([1, 0, 0]);
    expect(policyOf(stacks["base"]?.resource("aws_glue_resource_policy") ?? {}).Statement).toHaveLength(2);
    expect(dependencies).toEqual({ base: [], orders: ["base"], crm: ["base"] });
    expect(stacks["orders"]?.text).not.toContain("terraform_remote_state");
  });
});

describe("quotas", () => {
  test("are warnings at the stack's registry", () => {
    const pairs = Array.from({ length: 16 }, (_, to) => ({ from: 1, to }));
    const { annotations } = synth((app) => build(new ZeroEtlStack(app, "orders", OWNING), pairs));
    expect(annotations.filter(({ message }) => message.includes("[source-quota]"))).toHaveLength(1);
  });

  test("are told once, however many stacks the app has", () => {
    const { annotations } = synth((app) => {
      const first = new ZeroEtlStack(app, "crm", { ...OWNING, region: "eu-west-1" });
      build(first, [{ from: 99, to: 99 }]);
      const pairs = Array.from({ length: 16 }, (_, to) => ({ from: 1, to }));
      build(new ZeroEtlStack(app, "orders", OWNING), pairs);
    });
    expect(annotations.filter(({ message }) => message.includes("[source-quota]"))).toHaveLength(1);
  });
});

test("an app is judged anew at every synth", () => {
  const { message } = failedSynth((app) => {
    build(new ZeroEtlStack(app, "orders", OWNING), [{ from: 1, to: 1 }]);
    app.synth();
    build(new ZeroEtlStack(app, "crm", OWNING), [{ from: 2, to: 2 }]);
  });
  expect(message).toContain("got:      orders/GlueCatalogPolicy and crm/GlueCatalogPolicy");
});
