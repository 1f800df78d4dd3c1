// The statement table of a change: which statement became which, and what that gives or takes.
import { compareStatements, overall } from "./compare-statements";
import type { StatementChange, StatementRow } from "./statement-table";

/**
 * What changes between two documents: statements that say the same are left out, whatever their order, Sids and spelling. A changed
 * statement is found by its Sid, or else by what it keeps.
 */
export function compareDocuments(
  before: readonly StatementRow[],
  after: readonly StatementRow[],
): StatementChange[] {
  const [left, right] = withoutSame(before, after);
  const pairs = [...bySid(left, right)];
  const paired = new Set(pairs.flat());
  const rest = (rows: readonly StatementRow[]): StatementRow[] => rows.filter((row) => !paired.has(row));
  pairs.push(...byLikeness(rest(left), rest(right)));
  const successors = new Map(pairs);
  const successorsOnly = new Set(successors.values());
  return [
    ...left.flatMap((row): StatementChange[] => {
      const successor = successors.get(row);
      return successor === undefined
        ? [{ kind: "removed", before: row, parts: [] }]
        : changed(row, successor);
    }),
    ...right
      .filter((row) => !successorsOnly.has(row))
      .map((row): StatementChange => ({ kind: "added", after: row, parts: [] })),
  ];
}

function changed(before: StatementRow, after: StatementRow): StatementChange[] {
  const parts = compareStatements(before, after);
  return parts.length === 0 ? [] : [{ kind: overall(parts), before, after, parts }];
}

type Rows = readonly StatementRow[];

function withoutSame(before: Rows, after: Rows): [Rows, Rows] {
  if (before.length === 0 || after.length === 0) return [before, after];
  const waiting = new Map<string, number>();
  const meanings = after.map(meaning);
  for (const text of meanings) waiting.set(text, (waiting.get(text) ?? 0) + 1);
  const take = (text: string): boolean => {
    const count = waiting.get(text) ?? 0;
    if (count > 0) waiting.set(text, count - 1);
    return count > 0;
  };
  const left = before.filter((row) => !take(meaning(row)));
  // What nobody took is new: `waiting` now counts just those.
  const right = after.filter((_, index) => take(meanings[index] ?? ""));
  return [left, right];
}

// Rows are made by one function, so that their members come in one order.
function meaning({ sid: _, ...row }: StatementRow): string {
  return JSON.stringify(row);
}

function bySid(before: Rows, after: Rows): [StatementRow, StatementRow][] {
  return before.flatMap((row): [StatementRow, StatementRow][] => {
    if (row.sid === undefined) return [];
    const namesakes = after.filter(({ sid }) => sid === row.sid);
    const isOne = before.filter(({ sid }) => sid === row.sid).length === 1;
    const [namesake] = namesakes;
    return namesake !== undefined && namesakes.length === 1 && isOne ? [[row, namesake]] : [];
  });
}

// The most alike first, the order of the documents where two are as much alike.
function byLikeness(before: Rows, after: Rows): [StatementRow, StatementRow][] {
  const ranked = before.flatMap((row) =>
    after
      .filter((other) => isAlike(row, other))
      .map((other) => ({ row, other, likeness: likeness(row, other) })),
  );
  ranked.sort((one, other) => other.likeness - one.likeness);
  const taken = new Set<StatementRow>();
  return ranked.flatMap(({ row, other }): [StatementRow, StatementRow][] => {
    if (taken.has(row) || taken.has(other)) return [];
    taken.add(row).add(other);
    return [[row, other]];
  });
}

// What two statements leave empty makes them no more alike.
function isAlike(one: StatementRow, other: StatementRow): boolean {
  if (one.effect !== other.effect) return false;
  const sameActions = same(one.actions, other.actions) && one.actions.length > 0;
  const sameResources = same(one.resources, other.resources) && one.resources.length > 0;
  return sameActions || (sameResources && same(one.principals, other.principals));
}

function likeness(one: StatementRow, other: StatementRow): number {
  const parts = ["principals", "actions", "resources", "conditions"] as const;
  return parts.filter((part) => same(one[part], other[part])).length;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
