// The order in which a program makes things must not show in what is planned.
import fc from "fast-check";
import type { IntegrationTarget, TableOptions } from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { operatorCalls } from "../support/operator-calls";
import type { StackJson } from "../support/synth";
import { PROD, synthStack } from "../support/synth";

/** An integration of a source into a target, with what the operator does for it. */
interface Wish {
  readonly source: number;
  readonly target: number;
  readonly refreshInterval: number | undefined;
  readonly options: TableOptions | undefined;
}

function build(wishes: readonly Wish[]): StackJson {
  return synthStack((app) => {
    const stack = new ZeroEtlStack(app, "orders", { ...PROD, driftChecks: true });
    const elsewhere = stack.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
    const sources = new Map<number, DynamoDbSource | ConnectionSource>();
    const targets = new Map<number, IntegrationTarget>();
    for (const { source: from, target: to, refreshInterval, options } of wishes) {
      const source = sources.get(from) ?? makeSource(stack, from);
      const target = targets.get(to) ?? makeTarget(stack, to, elsewhere);
      sources.set(from, source);
      targets.set(to, target);
      new ZeroEtlIntegration(stack.integrations, `i${from}-${to}`, {
        source,
        target,
        ...(refreshInterval !== undefined && { refreshInterval }),
        ...(options !== undefined && { tables: { [nameOf(from)]: options } }),
      });
    }
  });
}

const isTable = (from: number): boolean => from % 2 === 0;
const nameOf = (from: number): string => (isTable(from) ? `table${from}` : "tickets");

function makeSource(stack: ZeroEtlStack, from: number): DynamoDbSource | ConnectionSource {
  const id = `s${from}`;
  return isTable(from)
    ? DynamoDbSource.fromTableName(stack.sources, id, { table: nameOf(from) })
    : new ConnectionSource(stack.sources, id, { kind: "zendesk", connection: id, entities: ["tickets"] });
}

function makeTarget(
  stack: ZeroEtlStack,
  to: number,
  elsewhere: ReturnType<ZeroEtlStack["addEnvironment"]>,
): IntegrationTarget {
  const id = `t${to}`;
  if (to === 0) return new S3TablesTarget(stack.targets, id, { tableBucket: "acme-tables" });
  return new GlueDatabaseTarget(stack.targets, id, {
    database: id,
    location: `s3://acme-lake/${id}`,
    ...(to === 1 && { environment: elsewhere }),
  });
}

// One table has the same options wherever it goes: AWS has one record for each table of a target.
const wishes = fc
  .uniqueArray(
    fc.record({
      source: fc.nat(3),
      target: fc.nat(2),
      refreshInterval: fc.option(fc.integer({ min: 15, max: 8640 }), { nil: undefined }),
    }),
    { selector: ({ source, target }) => `${source}-${target}`, minLength: 2, maxLength: 6 },
  )
  .chain((list) =>
    fc
      .option(
        fc.constantFrom<TableOptions>({}, { unnest: "none" }, { unnest: "top-level", layoutVersion: 2 }),
        {
          nil: undefined,
        },
      )
      .map((options) => list.map((wish): Wish => ({ ...wish, options }))),
  );
const shuffled = wishes.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
);

test("any order of the integrations gives the same JSON, with everything that the operator manages", () => {
  fc.assert(
    fc.property(shuffled, ([given, other]) => {
      const stack = build(given);
      expect(build(other).text).toBe(stack.text);
      const settings = given.filter(({ refreshInterval }) => refreshInterval !== undefined);
      expect(operatorCalls(stack, "integration-settings")).toHaveLength(settings.length);
      const records = new Set(
        given.flatMap(({ source, target, options }) => (options ? `${nameOf(source)} ${target}` : [])),
      );
      expect(operatorCalls(stack, "table-properties")).toHaveLength(records.size);
      expect(operatorCalls(stack, "table-policy")).toHaveLength(
        new Set(given.map(({ source }) => source).filter(isTable)).size,
      );
      const environments = new Set(given.map(({ target }) => target === 1));
      expect(operatorCalls(stack, "catalog-policy")).toHaveLength(environments.size);
    }),
    { numRuns: 25 },
  );
});
