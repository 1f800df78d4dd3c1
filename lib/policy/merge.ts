// Fewer statements that allow exactly the same.
import type { Json } from "../json";
import { stableJson } from "../json";
import { sid } from "../names";
import { sorted } from "./inbound";
import type { Statement } from "./statement";

/** A statement on its way, with the Sids of all that went into it. */
interface Part {
  readonly statement: Omit<Statement, "Sid">;
  readonly sids: readonly string[];
}

/** One list of a statement, the only thing in which statements may differ to become one. */
interface Axis {
  /** Tells axes apart. */
  readonly name: string;
  readonly read: (statement: Part["statement"]) => readonly string[] | undefined;
  readonly write: (statement: Part["statement"], values: readonly string[]) => Part["statement"];
}

/**
 * Merges statements that differ in nothing but their resources, or in nothing but the values of one condition, until none
 * are left. A statement allows what matches any of its resources and any value of a condition, so that the union of such
 * lists is exactly what the statements allowed: two lists at once would allow their combinations, too. The result depends
 * neither on the order of the statements nor on that of their lists. What was merged has a Sid derived from its parts' Sids.
 */
export function mergeStatements(statements: readonly Statement[]): Statement[] {
  let parts = statements.map(({ Sid, ...statement }): Part => ({
    statement: normalized(statement),
    sids: Sid === undefined ? [] : [Sid],
  }));
  for (;;) {
    const before = parts.length;
    // Every axis in turn and whole groups at once, because pairs as they come would make the order show.
    for (const axis of axesOf(parts)) parts = mergeAlong(axis, parts);
    if (parts.length === before) break;
  }
  return parts.map(finish).sort((a, b) => (stableJson(asJson(a)) < stableJson(asJson(b)) ? -1 : 1));
}

function finish({ statement, sids }: Part): Statement {
  const [first, ...more] = sorted(sids);
  if (first === undefined) return statement;
  return { ...statement, Sid: more.length === 0 ? first : sid("ZeroEtlMerged", first, ...more) };
}

function mergeAlong(axis: Axis, parts: readonly Part[]): Part[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    // A statement without the list cannot differ from another in it alone, but may be its double.
    const alike = axis.read(part.statement) === undefined ? part.statement : axis.write(part.statement, []);
    const key = stableJson([axis.read(part.statement) === undefined, asJson(alike)]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((group) => mergeGroup(axis, group));
}

function mergeGroup(axis: Axis, group: readonly Part[]): Part {
  const [first, ...more] = group as [Part, ...Part[]];
  if (more.length === 0) return first;
  const values = sorted(group.flatMap(({ statement }) => axis.read(statement) ?? []));
  const { statement } = first;
  return {
    statement: axis.read(statement) === undefined ? statement : axis.write(statement, values),
    sids: group.flatMap(({ sids }) => sids),
  };
}

const RESOURCES: Axis = {
  name: "Resource",
  read: ({ Resource }) => Resource,
  write: (statement, Resource) => ({ ...statement, Resource }),
};

/**
 * Operators that match when any one of their values does. Not among them: negated ones, which match when none of the
 * values does, and `ForAllValues`, which asks of every value of the request that it is in the list.
 */
const ANY_VALUE_OPERATOR =
  /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|Bool)(?:IfExists)?$/;

function axesOf(parts: readonly Part[]): Axis[] {
  const axes = parts.flatMap(({ statement }) =>
    Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      ANY_VALUE_OPERATOR.test(operator) ? Object.keys(keys).map((key) => conditionAxis(operator, key)) : [],
    ),
  );
  const byName = new Map(axes.map((axis) => [axis.name, axis]));
  return [RESOURCES, ...sorted([...byName.keys()]).flatMap((name) => byName.get(name) ?? [])];
}

function conditionAxis(operator: string, key: string): Axis {
  return {
    name: stableJson([operator, key]),
    read: ({ Condition }) => Condition?.[operator]?.[key],
    write: (statement, values) => ({
      ...statement,
      Condition: {
        ...statement.Condition,
        [operator]: { ...statement.Condition?.[operator], [key]: values },
      },
    }),
  };
}

/** The statement with every list in one order, each value once: how a list was written makes no difference. */
function normalized(statement: Part["statement"]): Part["statement"] {
  return mapLists(asJson(statement)) as unknown as Part["statement"];
}

function mapLists(value: Json): Json {
  if (Array.isArray(value)) return sorted(value as readonly string[]);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, mapLists(member)]));
}

function asJson(statement: Statement): Json {
  return statement as unknown as Json;
}
