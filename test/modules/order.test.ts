// Whatever is integrated with whatever, in whatever order it is written down.
import type { App } from "cdktf";
import fc from "fast-check";
import { pairSupport } from "../../lib/facts/compatibility";
import type { SourceKind, TargetKind } from "../../lib/facts/kinds";
import { CONNECTION_SOURCE_KINDS } from "../../lib/facts/kinds";
import type { IntegrationSource, IntegrationTarget } from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  OracleSource,
  RedshiftManagedStorageTarget,
  RedshiftTarget,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { operatorCalls } from "../support/operator-calls";
import type { StackJson } from "../support/synth";
import { PROD, policyOf, synthStack } from "../support/synth";

const ARN = "us-east-1:111122223333";
const ORACLE = {
  arn: `arn:aws:odb:${ARN}:cloud-vm-cluster/exadb_1`,
  pluggableDatabase: "LEDGER",
  secretArn: `arn:aws:secretsmanager:${ARN}:secret:odb-AbCdEf`,
};

type Make<T> = (stack: ZeroEtlStack, id: string) => T;

const SOURCES: Readonly<
  Record<string, { readonly kind: SourceKind; readonly make: Make<IntegrationSource> }>
> = {
  orders: {
    kind: "dynamodb",
    make: (stack, id) => DynamoDbSource.fromTableName(stack.sources, id, { table: "orders" }),
  },
  invoices: {
    kind: "dynamodb",
    make: (stack, id) => DynamoDbSource.fromTableName(stack.sources, id, { table: "invoices" }),
  },
  ledger: { kind: "oracle", make: (stack, id) => new OracleSource(stack.sources, id, ORACLE) },
  ...Object.fromEntries(
    // One entity of a SAP connection may be in one integration only.
    CONNECTION_SOURCE_KINDS.filter((kind) => kind !== "sap-odata").map((kind) => [
      kind,
      {
        kind,
        make: (stack: ZeroEtlStack, id: string) =>
          new ConnectionSource(stack.sources, id, { kind, connection: `${kind}-prod` }),
      },
    ]),
  ),
};

const TARGETS: Readonly<
  Record<string, { readonly kind: TargetKind; readonly make: Make<IntegrationTarget> }>
> = {
  lake: {
    kind: "glue-database",
    make: (stack, id) =>
      new GlueDatabaseTarget(stack.targets, id, { database: "lake", location: "s3://acme-lake" }),
  },
  finance: {
    kind: "glue-database",
    make: (stack, id) =>
      new GlueDatabaseTarget(stack.targets, id, { database: "finance", location: "s3://acme-finance" }),
  },
  tables: {
    kind: "s3-tables",
    make: (stack, id) => new S3TablesTarget(stack.targets, id, { tableBucket: "acme-tables" }),
  },
  managed: {
    kind: "redshift-managed-storage",
    make: (stack, id) => new RedshiftManagedStorageTarget(stack.targets, id, { catalog: "managed" }),
  },
  warehouse: {
    kind: "redshift",
    make: (stack, id) =>
      new RedshiftTarget(stack.targets, id, {
        namespaceArn: `arn:aws:redshift:${ARN}:namespace:11111111-2222-3333-4444-555555555555`,
      }),
  },
};

type Pair = readonly [source: string, target: string];

const PAIRS: readonly Pair[] = Object.entries(SOURCES).flatMap(([source, { kind }]) =>
  Object.entries(TARGETS)
    .filter(([, target]) => pairSupport(kind, target.kind) !== "impossible")
    .map(([target]): Pair => [source, target]),
);

/** The stack with these integrations, made in this order: each source and target when it is first used. */
function written(pairs: readonly Pair[]): StackJson {
  return synthStack((app: App) => {
    const stack = new ZeroEtlStack(app, "fleet", PROD);
    const sources = new Map<string, IntegrationSource>();
    const targets = new Map<string, IntegrationTarget>();
    for (const [from, to] of pairs) {
      const source = sources.get(from) ?? SOURCES[from]!.make(stack, from);
      const target = targets.get(to) ?? TARGETS[to]!.make(stack, to);
      sources.set(from, source);
      targets.set(to, target);
      new ZeroEtlIntegration(stack.integrations, `${from}-to-${to}`, { source, target });
    }
  });
}

const some = fc.shuffledSubarray([...PAIRS], { minLength: 1, maxLength: 12 });

test("any set of integrations in any order gives the same JSON", () => {
  fc.assert(
    fc.property(
      some.chain((pairs) =>
        fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
      ),
      ([one, other]) => {
        expect(written(other).text).toBe(written(one).text);
      },
    ),
    { numRuns: 25 },
  );
});

test("the owners of policies neither lose nor repeat what was asked of them", () => {
  const whole = (stack: StackJson, type: string) =>
    Object.values(stack.resources(type)).flatMap((resource) => policyOf(resource).Statement);
  const merged = (stack: StackJson, kind: string) =>
    operatorCalls(stack, kind).flatMap(
      ({ input }) => input["statements"] as readonly Record<string, unknown>[],
    );
  const letIn = (statements: readonly Record<string, unknown>[], action: string): number =>
    statements
      .filter(({ Action }) => (Action as string[]).includes(action))
      .flatMap(
        ({ Condition }) =>
          (Condition as Record<string, Record<string, string[]>>)["StringEquals"]!["aws:SourceArn"],
      ).length;
  fc.assert(
    fc.property(some, (pairs) => {
      const stack = written(pairs);
      const intoCatalog = pairs.filter(([, target]) => target !== "warehouse");
      const intoWarehouse = pairs.filter(([, target]) => target === "warehouse");
      expect(letIn(merged(stack, "catalog-policy"), "glue:AuthorizeInboundIntegration")).toBe(
        intoCatalog.length,
      );
      expect(
        letIn(whole(stack, "aws_redshift_resource_policy"), "redshift:AuthorizeInboundIntegration"),
      ).toBe(intoWarehouse.length);
      // Once for each table and each of the two services that export it.
      const exports = new Set(
        pairs
          .filter(([source]) => SOURCES[source]!.kind === "dynamodb")
          .map(([source, target]) => `${source} ${target === "warehouse" ? "redshift" : "glue"}`),
      );
      const exporting = merged(stack, "table-policy").filter(({ Action }) =>
        (Action as string[]).includes("dynamodb:ExportTableToPointInTime"),
      );
      expect(exporting).toHaveLength(exports.size);
    }),
    { numRuns: 25 },
  );
});
