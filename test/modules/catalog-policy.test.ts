import type { App } from "cdktf";
import fc from "fast-check";
import { glueDatabaseResources } from "../../lib/policy/catalog";
import { ownerMark } from "../../lib/policy/own-statements";
import type { ZeroEtlStackProps } from "../../modules";
import {
  CatalogPolicy,
  DynamoDbSource,
  GlueDatabaseTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
} from "../../modules";
import { catalogPolicy, operatorCall, operatorCalls, statementsIn } from "../support/operator-calls";
import { ordersToLake } from "../support/orders-to-lake";
import type { StackJson } from "../support/synth";
import { PROD, failedSynth, synth, synthStack } from "../support/synth";

/** Tables of one stack into databases of it, as `table database`. */
function build(stack: ZeroEtlStack, pairs: readonly string[], owner?: CatalogPolicy): void {
  const sources = new Map<string, DynamoDbSource>();
  const targets = new Map<string, GlueDatabaseTarget>();
  for (const pair of pairs) {
    const [table = "", database = ""] = pair.split(" ");
    const source =
      sources.get(table) ?? DynamoDbSource.fromTableName(stack.sources, table, { table, tablePolicy: "own" });
    const target =
      targets.get(database) ??
      new GlueDatabaseTarget(stack.targets, database, { database, location: `s3://acme-lake/${database}` });
    sources.set(table, source);
    targets.set(database, target);
    const integration = new ZeroEtlIntegration(stack.integrations, `${table}-${database}`, {
      source,
      target,
      ...(owner !== undefined && { catalogPolicy: owner }),
    });
    addOutputs(integration);
  }
}

const stackOf = (pairs: readonly string[], place: Partial<ZeroEtlStackProps> = {}) =>
  synthStack((app) => build(new ZeroEtlStack(app, "orders", { ...PROD, ...place }), pairs));
const sids = (stack: StackJson) => statementsIn(catalogPolicy(stack)).map(({ Sid }) => String(Sid));

describe("merged", () => {
  const PAIRS = ["table1 x", "table2 x", "table1 y", "table3 z"];

  test("is one call, with a statement for each target, however many integrations there are", () => {
    const stack = stackOf(PAIRS);
    expect(stack.resources("aws_glue_resource_policy")).toEqual({});
    const { input } = operatorCall(stack, "catalog-policy");
    expect(Object.keys(input).sort()).toEqual(["attempt", "kind", "statements", "version"]);
    const granted = statementsIn(catalogPolicy(stack)).map(({ Resource, Condition }) => [
      (Resource as string[])[1],
      (Condition as { StringEquals: object }).StringEquals,
    ]);
    const database = (name: string) => `arn:aws:glue:us-east-1:111122223333:database/${name}`;
    const from = (...tables: string[]) => ({
      "aws:SourceArn": tables.map((name) => `arn:aws:dynamodb:us-east-1:111122223333:table/${name}`),
    });
    expect(new Map(granted as [string, object][])).toEqual(
      new Map([
        [database("x"), from("table1", "table2")],
        [database("y"), from("table1")],
        [database("z"), from("table3")],
      ]),
    );
  });

  test("is one call for each environment", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const environment = scope.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
      const source = DynamoDbSource.fromTableName(scope.sources, "orders", { table: "orders" });
      for (const [id, place] of Object.entries({ here: {}, there: { environment } })) {
        const location = `s3://acme-lake/${id}`;
        const target = new GlueDatabaseTarget(scope.targets, id, { database: id, location, ...place });
        new ZeroEtlIntegration(scope.integrations, id, { source, target });
      }
    });
    const calls = operatorCalls(stack, "catalog-policy");
    expect(calls.map(({ address, block }) => [address, block["provider"]])).toEqual([
      ["GlueCatalogPolicy", undefined],
      ["lake_GlueCatalogPolicy", "aws.lake"],
    ]);
  });

  test("comes before the integration", () => {
    const stack = ordersToLake();
    const [integration] = Object.entries(stack.resources("aws_cloudcontrolapi_resource"))
      .filter(([name]) => name.startsWith("Integrations_"))
      .map(([, block]) => block);
    expect(integration?.["depends_on"]).toContainEqual(
      expect.stringMatching(/^aws_lambda_invocation\.GlueCatalogPolicy_/),
    );
  });

  test("is the same in any order of the integrations", () => {
    const expected = stackOf(PAIRS).text;
    fc.assert(
      fc.property(fc.shuffledSubarray(PAIRS, { minLength: PAIRS.length }), (pairs) => {
        expect(stackOf(pairs).text).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  describe("by two stacks of an app", () => {
    const both =
      (second: Partial<ZeroEtlStackProps> = {}) =>
      (app: App) => {
        build(new ZeroEtlStack(app, "orders", PROD), ["orders lake"]);
        build(new ZeroEtlStack(app, "crm", { ...PROD, ...second }), ["crm archive"]);
      };

    test("is fine in one account", () => {
      const { stacks } = synth(both());
      for (const stack of Object.values(stacks)) expect(sids(stack)).toHaveLength(1);
    });

    test("has statements that tell whose they are, even where both ask for the same", () => {
      const ask = (stack: ZeroEtlStack) =>
        CatalogPolicy.of(stack.environment).allow(stack, {
          targetKey: "glue-database/lake",
          resources: glueDatabaseResources(stack.environment, "lake"),
          sourceKey: "dynamodb/orders",
          source: { arn: "arn:aws:dynamodb:us-east-1:111122223333:table/orders" },
        });
      const { stacks } = synth((app) => {
        for (const id of ["orders", "crm"]) ask(new ZeroEtlStack(app, id, PROD));
      });
      const [crm, orders] = [stacks["crm"], stacks["orders"]].map((stack) => {
        const [statement = {}, ...more] = stack === undefined ? [] : statementsIn(catalogPolicy(stack));
        expect(more).toEqual([]);
        return statement;
      });
      const mark = (functionName: string) =>
        new RegExp(`^ZeroEtlAuthorize[0-9a-f]{16}${ownerMark(functionName)}$`);
      expect(orders?.["Sid"]).toMatch(mark("zero-etl-operator-orders-prod"));
      expect(crm?.["Sid"]).toMatch(mark("zero-etl-operator-crm-prod"));
      expect({ ...crm, Sid: "" }).toEqual({ ...orders, Sid: "" });
    });

    test("is refused where one owns the whole, which would remove what the other merged", () => {
      const { message, written } = failedSynth(both({ catalogPolicy: "own" }));
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

    test("is fine where one leaves it to others", () => {
      const { stacks } = synth(both({ catalogPolicy: "external" }));
      expect(operatorCalls(stacks["orders"] as StackJson, "catalog-policy")).toHaveLength(1);
      expect(operatorCalls(stacks["crm"] as StackJson, "catalog-policy")).toEqual([]);
    });

    test("may still have one owner, made in a base stack, whose operator merges for both", () => {
      const { stacks, dependencies } = synth((app) => {
        const owner = CatalogPolicy.of(new ZeroEtlStack(app, "base", PROD).environment);
        build(new ZeroEtlStack(app, "orders", PROD), ["orders lake"], owner);
        build(new ZeroEtlStack(app, "crm", PROD), ["crm archive"], owner);
      });
      const calls = Object.entries(stacks).map(([id, stack]) => [
        id,
        operatorCalls(stack, "catalog-policy").length,
      ]);
      expect(Object.fromEntries(calls)).toEqual({ base: 1, orders: 0, crm: 0 });
      expect(sids(stacks["base"] as StackJson)).toHaveLength(2);
      expect(dependencies).toEqual({ base: [], orders: ["base"], crm: ["base"] });
    });
  });

  test("has at most 10 KB, the marks of its statements counted", () => {
    const full = (padding: number) => (app: App) => {
      const { environment } = new ZeroEtlStack(app, "orders", PROD);
      const tables = Array.from({ length: 140 }, (_, index) => `table_${100 + index}`);
      for (const table of [...tables, "t".repeat(padding)]) {
        CatalogPolicy.of(environment).allow(environment, {
          targetKey: "glue-database/lake",
          resources: glueDatabaseResources(environment, "lake"),
          sourceKey: table,
          source: { arn: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}` },
        });
      }
    };
    const size = (padding: number) =>
      Buffer.byteLength(JSON.stringify(catalogPolicy(synthStack(full(padding)))));
    const padding = 3 + 10_240 - size(3);
    expect(padding).toBeGreaterThan(3);
    expect(size(padding)).toBe(10_240);
    expect(failedSynth(full(padding + 1)).message).toContain(
      [
        "orders/GlueCatalogPolicy: error: the Glue catalog policy is too large, even with its statements merged [catalog-policy-size]",
        "  got:      10241 bytes",
      ].join("\n"),
    );
  });
});

describe("external", () => {
  const external = (pairs: readonly string[]) => stackOf(pairs, { catalogPolicy: "external" });
  const required = (stack: StackJson, label: string) =>
    (stack.json["output"] as unknown as Record<string, { value: object[] }>)[`${label}_required_statements`]
      ?.value as { requirements: { statement: Record<string, unknown> }[] }[] | undefined;

  test("is not written", () => {
    const stack = external(["orders lake"]);
    expect(stack.resources("aws_glue_resource_policy")).toEqual({});
    expect(operatorCalls(stack, "catalog-policy")).toEqual([]);
  });

  test("is told as what the policy must say", () => {
    expect(required(external(["orders lake"]), "orders-lake")).toEqual([
      {
        document: "catalog policy",
        arn: "arn:aws:glue:us-east-1:111122223333:catalog",
        applied: false,
        requirements: [
          {
            source: "AWS Glue user guide, Providing a catalog Resource Based Access (RBAC) policy",
            statement: {
              Sid: expect.stringMatching(/^ZeroEtlAuthorize[0-9a-f]{16}$/),
              Effect: "Allow",
              Principal: { Service: ["glue.amazonaws.com"] },
              Action: ["glue:AuthorizeInboundIntegration"],
              Resource: [
                "arn:aws:glue:us-east-1:111122223333:catalog",
                "arn:aws:glue:us-east-1:111122223333:database/lake",
              ],
              Condition: {
                StringEquals: { "aws:SourceArn": ["arn:aws:dynamodb:us-east-1:111122223333:table/orders"] },
              },
            },
            verified: true,
          },
        ],
      },
    ]);
  });

  test("has Sids that do not meet in one document, for several sources of one target", () => {
    const stack = external(["table1 lake", "table2 lake"]);
    const found = ["table1-lake", "table2-lake"].flatMap((label) =>
      (required(stack, label) ?? []).flatMap(({ requirements }) =>
        requirements.map(({ statement }) => statement["Sid"]),
      ),
    );
    expect(new Set(found).size).toBe(2);
  });

  test("holds nothing up: the integration waits for what is made", () => {
    const [integration] = Object.entries(external(["orders lake"]).resources("aws_cloudcontrolapi_resource"))
      .filter(([name]) => name.startsWith("Integrations_"))
      .map(([, block]) => block);
    expect(String(integration?.["depends_on"])).not.toContain("GlueCatalogPolicy");
  });
});
