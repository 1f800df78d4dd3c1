// What AWS refuses in the entities that a connection source selects.
import type { Connector } from "../facts/connectors";
import { ANY_AD_ACCOUNT, CONNECTORS } from "../facts/connectors";
import type { EntityOperation, SupportedEntity } from "../facts/entities/supported";
import type { ConnectionSourceKind } from "../facts/kinds";
import type { Issue } from "../issues";
import { error, note, under } from "../issues";
import { entitiesLengthRules } from "./data-filter";
import { suggest } from "./suggest";
import { listRules, show } from "./text";

/** Refuses entities that the product does not have or AWS does not support; paths begin with the index in the list. */
export function entityRules(
  kind: ConnectionSourceKind | undefined,
  entities: readonly string[] | undefined,
): Issue[] {
  if (entities === undefined) return [];
  const connector = kind === undefined ? undefined : CONNECTORS[kind];
  return [
    ...listRules([], "entities", entities, "remove the key to replicate every entity"),
    ...entities.flatMap((entity, index) =>
      entity.trim() === "" || entities.indexOf(entity) !== index
        ? []
        : under([index], oneEntityRules(connector, entity)),
    ),
    ...entitiesLengthRules(entities),
  ];
}

function oneEntityRules(connector: Connector | undefined, entity: string): Issue[] {
  const facts = connector?.entities;
  // A label has white space, too: where the names are known, the right one can be said.
  const broken = nameRules(entity, facts?.support === "listed");
  if (broken.length > 0 || connector === undefined) return broken;
  switch (facts?.support) {
    case "listed":
      return listedRules(connector.title, facts.entities, entity);
    case "except":
      return exceptRules(connector.title, facts.unsupported, entity);
    default:
      return [];
  }
}

function nameRules(entity: string, mayBeLabel: boolean): Issue[] {
  const details = { got: show(entity), expected: "the name of one entity" };
  if (/^\s*(include|exclude)\s*:/i.test(entity)) {
    return [
      error("entity-name", [], "an entity is a data filter, not a name", {
        ...details,
        remedy: "list the names alone, or give the filter to the integration as dataFilter",
      }),
    ];
  }
  const separator = entity.includes(",")
    ? "a comma"
    : /[\r\n]/.test(entity)
      ? "a line break"
      : /\s/.test(entity) && !mayBeLabel
        ? "white space"
        : undefined;
  if (separator === undefined) return [];
  const names = entity.split(/[,\r\n]/).flatMap((part) => part.trim() || []);
  const [only] = names;
  const remedy =
    names.length > 1
      ? `make an entry of each: ${names.join(", ")}`
      : only !== undefined && !/\s/.test(only)
        ? `did you mean ${show(only)}?`
        : "give the name of the entity, not its label";
  return [
    error("entity-name", [], `an entity has ${separator} in its name, which breaks the data filter`, {
      ...details,
      remedy,
    }),
  ];
}

function exceptRules(title: string, unsupported: readonly string[], entity: string): Issue[] {
  // Neither Salesforce nor ServiceNow tells names apart by case.
  const listed = unsupported.find((name) => name.toLowerCase() === entity.toLowerCase());
  if (listed === undefined) return [];
  return [
    error(
      "unsupported-entity",
      [],
      `AWS does not support ${show(listed)} in a zero-ETL integration with a ${title} source`,
      {
        ...(listed !== entity && { got: show(entity) }),
        remedy: "remove it",
      },
    ),
  ];
}

function listedRules(title: string, entities: readonly SupportedEntity[], entity: string): Issue[] {
  const known = entities.find(({ name }) => name === entity || isOfOneAdAccount(entity, name));
  if (known === undefined) {
    const meant = suggestEntity(entity, entities);
    return [
      error("unknown-entity", [], `AWS supports no entity ${show(entity)} of a ${title} source`, {
        expected: entities.map(({ name }) => name).join(", "),
        ...(meant !== undefined && { remedy: `did you mean ${show(meant)}?` }),
      }),
    ];
  }
  return [
    ...(known.name === entity
      ? []
      : [
          note(
            "ad-account-entity",
            [],
            `AWS documents ${show(known.name)} only, not how to name one ad account`,
            {
              got: show(entity),
              remedy: "try it in a test account before you rely on it",
            },
          ),
        ]),
    ...operationRules(known),
  ];
}

const OPERATIONS: readonly EntityOperation[] = ["create", "update", "delete"];

function operationRules({ name, operations }: SupportedEntity): Issue[] {
  const missing = OPERATIONS.filter((operation) => !operations.includes(operation));
  if (missing.length === 0) return [];
  return [
    note(
      "entity-operations",
      [],
      `AWS supports ${operations.join(" and ")} of ${show(name)}, not ${missing.join(" or ")}`,
    ),
  ];
}

// AWS documents entities of every account at once; what stands before the slash is the likely place of one account's id.
function isOfOneAdAccount(entity: string, name: string): boolean {
  if (!name.startsWith(`${ANY_AD_ACCOUNT}/`)) return false;
  const end = name.slice(ANY_AD_ACCOUNT.length);
  return entity.endsWith(end) && /^[^/\s]+$/.test(entity.slice(0, -end.length));
}

function suggestEntity(entity: string, entities: readonly SupportedEntity[]): string | undefined {
  const slash = entity.lastIndexOf("/");
  const account = entity.slice(0, Math.max(slash, 0));
  const words = entities.flatMap(({ name, label }) => (label === undefined ? [name] : [name, label]));
  const word = suggest(entity.slice(slash + 1), words);
  const meant = entities.find(({ name, label }) => name === word || label === word)?.name;
  if (meant === undefined || !/^[^/\s]+$/.test(account) || !meant.startsWith(`${ANY_AD_ACCOUNT}/`))
    return meant;
  return account + meant.slice(ANY_AD_ACCOUNT.length);
}
