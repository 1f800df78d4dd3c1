// What exists once in AWS and therefore once in a declaration.
import type { Issue, IssuePath } from "../issues";
import { error } from "../issues";
import type { FleetMember, FleetTable } from "../rules/fleet";
import { fleetRules } from "../rules/fleet";
import type { DraftDeclaration, DraftIntegration, DraftSource, DraftTarget } from "./draft";
import { entriesOf } from "./draft";
import { environmentKey, sourceKey, targetKey } from "./identity";
import { entitiesOf, tablesOf } from "./part-rules";
import { laterOnes } from "./later-ones";
import { ownerRules } from "./owners";
import { reachRules } from "./reach";
import type { Use } from "./uses";
import { usesOf } from "./uses";

/** What is wrong with the parts of a declaration together; `whole` when nothing had to be taken out of it. */
export function togetherRules(declaration: DraftDeclaration, whole: boolean): Issue[] {
  const uses = usesOf(declaration);
  return [
    ...fleetRules(uses.map((use) => fleetMember(use, whole))),
    ...twice(declaration),
    ...ownerRules(declaration, uses),
    ...reachRules(declaration, uses),
  ];
}

function fleetMember(use: Use, whole: boolean): FleetMember {
  const { integration, label, source, target } = use;
  const unselected = whole && integration.dataFilter === undefined ? "all" : undefined;
  return {
    path: use.path,
    // An integration is made where its source is.
    environmentKey: source?.environmentKey ?? use.environmentKey,
    sourceKey: use.sourceKey,
    targetKey: use.targetKey,
    destinationDatabase: target?.value.type === "redshift" ? target.value.database : undefined,
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
    const targets = keyed("targets", stack.targets, (environment, target) => {
      const key = targetKey(environment, target);
      // One warehouse takes many integrations, and each may have a database of its own.
      return key !== undefined && target.type === "redshift" ? `${key} ${target.database ?? ""}` : key;
    });
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
