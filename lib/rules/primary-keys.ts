// What AWS refuses in the primary keys of SAP OData entities.
import { SAP_KEYED_ENTITY_PREFIX } from "../facts/connectors";
import type { ConnectionSourceKind } from "../facts/kinds";
import type { Issue, IssuePath } from "../issues";
import { error, note, warning } from "../issues";
import { didYouMean, suggest } from "./suggest";
import { listRules, show } from "./text";

/** Entity to the fields of its primary key, as far as they are known. */
export type PrimaryKeyFacts = Readonly<Record<string, readonly string[] | undefined>>;

/** Refuses keys of entities that the source does not have, and entities that need a key and have none. */
export function primaryKeyRules(
  kind: ConnectionSourceKind | undefined,
  primaryKeys: PrimaryKeyFacts = {},
  entities: readonly string[] | undefined,
): Issue[] {
  return [
    ...enablementRules(primaryKeys),
    ...Object.entries(primaryKeys).flatMap(([entity, fields]) => keyRules(entity, fields, entities)),
    ...(kind === "sap-odata" ? missingKeyRules(primaryKeys, entities ?? []) : []),
  ];
}

// Glue names an SAP entity by its path, of which the entity set is the last part.
function needsKey(entity: string): boolean {
  return entity.slice(entity.lastIndexOf("/") + 1).startsWith(SAP_KEYED_ENTITY_PREFIX);
}

function enablementRules(primaryKeys: PrimaryKeyFacts): Issue[] {
  if (Object.keys(primaryKeys).length === 0) return [];
  return [
    note(
      "primary-key-enablement",
      ["primaryKeys"],
      "AWS Support has to enable primary keys for SAP OData, and a key that is set cannot be modified",
      { at: "key" },
    ),
  ];
}

function missingKeyRules(primaryKeys: PrimaryKeyFacts, entities: readonly string[]): Issue[] {
  // A key under a misspelt name is reported as such.
  const named = Object.keys(primaryKeys).map((key) =>
    entities.includes(key) ? key : suggest(key, entities),
  );
  return entities.flatMap((entity, index) =>
    !needsKey(entity) || named.includes(entity) || entities.indexOf(entity) !== index
      ? []
      : [
          error(
            "missing-primary-key",
            ["entities", index],
            `the SAP OData entity ${show(entity)} needs its primary key`,
            {
              expected: `the fields of its key, as ${entity} of primaryKeys`,
              remedy: "add it to primaryKeys",
            },
          ),
        ],
  );
}

function keyRules(
  entity: string,
  fields: readonly string[] | undefined,
  entities: readonly string[] | undefined,
): Issue[] {
  const path: IssuePath = ["primaryKeys", entity];
  const issues = listRules(
    path,
    `primary key of ${entity}`,
    fields,
    "remove the entity, or name its key fields",
  );
  if (entities !== undefined && !entities.includes(entity)) {
    issues.push(
      error("unknown-value", path, `${entity} has a primary key and is not among the entities`, {
        at: "key",
        expected: entities.join(", "),
        ...didYouMean(entity, entities),
      }),
    );
  }
  // The guide asks for keys of EntityOf entities only.
  if (!needsKey(entity)) {
    issues.push(
      warning(
        "primary-key-entity",
        path,
        `AWS documents primary keys for SAP entities named ${SAP_KEYED_ENTITY_PREFIX}..., not for ${entity}`,
        {
          at: "key",
          remedy: "remove it unless AWS Support has enabled it",
        },
      ),
    );
  }
  return issues;
}
