// A statement of a policy in words, and what a change does to it.
import type { ConditionRow, StatementChange, StatementRow } from "../policy/statement-table";

const SIGNS: Readonly<Record<StatementChange["kind"], string>> = {
  added: "+",
  removed: "-",
  widened: "^",
  narrowed: "v",
  changed: "~",
};

/** A sign for terminals: `+` added, `-` removed, `^` lets more, `v` lets less, `~` changed otherwise. */
export function directionSign({ kind }: StatementChange): string {
  return SIGNS[kind];
}

/** The statement as one line; of one that stays, what changes in it. */
export function statementText({ before, after, parts }: StatementChange): string {
  const row = after ?? before;
  if (row === undefined) return "";
  const name = row.sid === undefined ? row.effect : `${row.effect} ${row.sid}`;
  if (parts.length === 0) return `${name}: ${rowText(row)}`;
  const changes = parts.map(({ part, added, removed }) =>
    [part, ...added.map((words) => `+ ${words}`), ...removed.map((words) => `- ${words}`)].join(" "),
  );
  return `${name}: ${changes.join("; ")}`;
}

function rowText(row: StatementRow): string {
  const parts = [principalsOf(row), actionsOf(row), resourcesOf(row), conditionsOf(row)];
  return parts
    .map((part) => part.join(", "))
    .filter((part) => part !== "")
    .join(" | ");
}

/** Who: `not` in front where it is everybody else. */
export function principalsOf({ principals, notPrincipals }: StatementRow): string[] {
  return negated(principals, notPrincipals);
}

/** What: `not` in front where it is everything else. */
export function actionsOf({ actions, notActions }: StatementRow): string[] {
  return negated(actions, notActions);
}

/** On what: `not` in front where it is everything else. */
export function resourcesOf({ resources, notResources }: StatementRow): string[] {
  return negated(resources, notResources);
}

/** When: `StringEquals aws:sourceaccount = 111122223333`. */
export function conditionsOf({ conditions }: StatementRow): string[] {
  return conditions.map(conditionText);
}

function conditionText({ operator, key, values }: ConditionRow): string {
  return `${operator} ${key} = ${values.join(" or ")}`;
}

function negated(values: readonly string[], isNegated: boolean): string[] {
  return isNegated ? values.map((value) => `not ${value}`) : [...values];
}
