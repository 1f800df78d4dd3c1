// What exists once in AWS and therefore once in a declaration.
import type { Issue, IssueCode, IssuePath } from "../issues";
import { error } from "../issues";
import type { FleetMember, FleetTable } from "../rules/fleet";
import { fleetRules } from "../rules/fleet";
import { show } from "../rules/text";
import type { DraftDeclaration, DraftIntegration, DraftSource, DraftTarget } from "./draft";
import { entriesOf } from "./draft";
import { environmentKey, sourceKey, targetKey } from "./identity";
import { entitiesOf, tablesOf } from "./part-rules";
import type { Resolved } from "./references";
import { resolveSource, resolveTarget } from "./references";

/** What is wrong with the parts of a declaration together; `whole` when nothing had to be taken out of it. */
export function togetherRules(declaration: DraftDeclaration, whole: boolean): Issue[] {
  const uses = usesOf(declaration);
  return [
    ...fleetRules(uses.map((use) => fleetMember(use, whole))),
    ...twice(declaration),
    ...policyOwners(declaration, uses),
    ...stateOwners(declaration),
  ];
}

/** An integration with what it uses, and where in AWS all of it is. */
interface Use {
  readonly path: IssuePath;
  readonly stack: string;
  readonly label: string;
  readonly integration: DraftIntegration;
  readonly environmentKey: string;
  readonly source: Resolved<DraftSource> | undefined;
  readonly target: Resolved<DraftTarget> | undefined;
  readonly sourceKey: string;
  readonly targetKey: string;
}

function usesOf(declaration: DraftDeclaration): Use[] {
  const environmentOf = (stack: string, own: string | undefined) =>
    environmentKey(declaration, own ?? declaration.stacks?.[stack]?.environment);
  return entriesOf(declaration.stacks).flatMap(([stack, { integrations }]) =>
    entriesOf(integrations).map(([label, integration]): Use => {
      const path: IssuePath = ["stacks", stack, "integrations", label];
      const source = resolveSource(declaration, stack, integration.source);
      const target = resolveTarget(declaration, stack, integration.target);
      // What does not say what it is collides with nothing.
      const unknown = (role: string) => JSON.stringify([role, ...path]);
      return {
        path,
        stack,
        label,
        integration,
        environmentKey: environmentOf(stack, undefined),
        source,
        target,
        sourceKey:
          (source && sourceKey(environmentOf(source.stack, source.value.environment), source.value)) ??
          unknown("source"),
        targetKey:
          (target && targetKey(environmentOf(target.stack, target.value.environment), target.value)) ??
          unknown("target"),
      };
    }),
  );
}

function fleetMember({ integration, label, source, target, ...keys }: Use, whole: boolean): FleetMember {
  const unselected = whole && integration.dataFilter === undefined ? "all" : undefined;
  return {
    ...keys,
    sourceKind: source?.value.type,
    entities: entitiesOf(source?.value) ?? unselected,
    name: integration.name ?? label,
    tables: replicated(integration, source?.value, target?.value),
  };
}

function replicated(
  { tables = {} }: DraftIntegration,
  source: DraftSource | undefined,
  target: DraftTarget | undefined,
): FleetTable[] {
  // Redshift makes a database of its own for each integration.
  if (target?.type === "redshift") return [];
  const names = tablesOf(source) ?? Object.keys(tables);
  return names.map((table) => ({
    table,
    targetTable: Object.hasOwn(tables, table) ? tables[table]?.targetTable : undefined,
  }));
}

// One stack would make the same resource property, or the same table policy, under two addresses.
function twice(declaration: DraftDeclaration): Issue[] {
  return entriesOf(declaration.stacks).flatMap(([stackLabel, stack]) => {
    const keyed = <T extends { readonly environment?: string | undefined }>(
      role: "sources" | "targets",
      mapping: Readonly<Record<string, T | undefined>> | undefined,
      keyOf: (environment: string, value: T) => string | undefined,
    ) =>
      entriesOf(mapping).map(([label, value]) => ({
        path: ["stacks", stackLabel, role, label] satisfies IssuePath,
        label,
        value,
        key: keyOf(environmentKey(declaration, value.environment ?? stack.environment), value),
      }));
    const sources = keyed("sources", stack.sources, sourceKey);
    const targets = keyed("targets", stack.targets, targetKey);
    return [
      ...laterOnes(sources, ({ key }) => key).flatMap(({ later, first }) =>
        settingsOf(later.value) === settingsOf(first.value)
          ? []
          : [
              error(
                "conflicting-sources",
                later.path,
                `sources ${first.label} and ${later.label} are the same in AWS and have different settings`,
                {
                  at: "key",
                  expected: "equal settings",
                  remedy: "use one source for both, or give both the same settings",
                  related: [first.path],
                },
              ),
            ],
      ),
      ...laterOnes(targets, ({ key }) => key).map(({ later, first }) =>
        error(
          "duplicate-target",
          later.path,
          `targets ${first.label} and ${later.label} are the same in AWS`,
          {
            at: "key",
            remedy: `use target ${first.label} for both`,
            related: [first.path],
          },
        ),
      ),
    ];
  });
}

// What a source only hands on to its integrations may differ; so may the keys of entities, which never are in two of them.
const NOT_SHARED: readonly string[] = [
  "environment",
  "entities",
  "primaryKeys",
  "pluggableDatabase",
  "include",
  "exclude",
];

function settingsOf(source: DraftSource): string {
  const sorted = Object.entries(source)
    .filter(([key]) => !NOT_SHARED.includes(key))
    .map(([key, value]): [string, unknown] => [
      key,
      Array.isArray(value) ? [...(value as unknown[])].sort() : value,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted);
}

function policyOwners(declaration: DraftDeclaration, uses: readonly Use[]): Issue[] {
  const ownsCatalog = ({ stack }: Use) => (declaration.stacks?.[stack]?.catalogPolicy ?? "own") === "own";
  const intoDatabase = uses.filter(({ target }) => target?.value.type === "glue-database");
  const ownTables = uses.filter(
    ({ source }) => source?.value.type === "dynamodb" && (source.value.tablePolicy ?? "own") === "own",
  );
  const home = (use: Use, of: Resolved<DraftSource> | Resolved<DraftTarget> | undefined) =>
    environmentKey(declaration, of?.value.environment ?? declaration.stacks?.[use.stack]?.environment);
  return [
    ...owners(
      intoDatabase.filter(ownsCatalog),
      (use) => home(use, use.target),
      "catalog-policy-owners",
      "the Glue catalog policy of one account and region",
      "put the integrations into one stack, or the stacks into different accounts or regions",
    ),
    ...owners(
      ownTables,
      (use) => use.sourceKey,
      "table-policy-owners",
      "the policy of one DynamoDB table",
      "put the integrations of the table into one stack",
    ),
    ...owners(
      intoDatabase,
      (use) => use.targetKey,
      "resource-property-owners",
      "the resource property of one Glue database",
      "put the integrations into the database into one stack",
    ),
  ];
}

function owners(
  uses: readonly Use[],
  documentOf: (use: Use) => string,
  code: IssueCode,
  document: string,
  remedy: string,
): Issue[] {
  // Each stack once, however many of its integrations need the document.
  const claims = [
    ...new Map(uses.map((use) => [JSON.stringify([documentOf(use), use.stack]), use])).values(),
  ];
  return laterOnes(claims, documentOf).map(({ later, first }) =>
    error(
      code,
      ["stacks", later.stack],
      `stacks ${first.stack} and ${later.stack} would both write ${document}, and each would remove what the other wrote`,
      {
        at: "key",
        expected: "one stack that writes it",
        remedy,
        related: [["stacks", first.stack]],
      },
    ),
  );
}

function stateOwners(declaration: DraftDeclaration): Issue[] {
  const states = entriesOf(declaration.stacks).flatMap(([stack, { backend }]) => {
    const { bucket, key } = backend?.s3 ?? {};
    return bucket === undefined || key === undefined ? [] : [{ stack, bucket, key }];
  });
  return laterOnes(states, ({ bucket, key }) => JSON.stringify([bucket, key])).map(({ later, first }) =>
    error(
      "duplicate-state",
      ["stacks", later.stack, "backend", "s3", "key"],
      `stacks ${first.stack} and ${later.stack} would keep their state in one file`,
      {
        got: show(`s3://${later.bucket}/${later.key}`),
        remedy: "give each stack a key of its own: each would destroy what the other made",
        related: [["stacks", first.stack, "backend", "s3", "key"]],
      },
    ),
  );
}

// Every later one that has the key of an earlier one.
function laterOnes<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): { readonly later: T; readonly first: T }[] {
  const firsts = new Map<string, T>();
  return items.flatMap((later) => {
    const key = keyOf(later);
    if (key === undefined) return [];
    const first = firsts.get(key);
    if (first !== undefined) return [{ later, first }];
    firsts.set(key, later);
    return [];
  });
}
