// What changes in a resource, as Markdown.
import type { StatementChange, StatementRow } from "../policy/statement-table";
import type { FieldDifference, PolicyDifference, ResourceChange, ShownValue } from "../report";
import { code, codes, prose, table } from "./markdown-text";
import { actionsOf, conditionsOf, principalsOf, resourcesOf } from "./statements";
import { OUTCOMES, outcome, valueText } from "./wording";

const MOST_FIELDS = 60;
const MOST_STATEMENTS = 40;
const LONGEST_VALUE = 200;

/** A resource with everything that changes in it. */
export function changeBlock(change: ResourceChange): string {
  const { title, address, fields, policies, movedFrom } = change;
  const moved = movedFrom === undefined ? "" : `, before at ${code(movedFrom)}`;
  const parts = [
    [`**${prose(title)}**: ${outcome(change, (name) => code(name))}${moved}<br>${code(address)}`],
    fieldTable(fields.slice(0, MOST_FIELDS)),
    leftOut(fields.length - MOST_FIELDS, "field"),
    ...policies.map(policyBlock),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

// Of what is made or goes, one side says nothing.
function fieldTable(fields: readonly FieldDifference[]): string {
  const shown = (value: ShownValue | undefined) => code(valueText(value, LONGEST_VALUE));
  const sides = (["before", "after"] as const).filter((side) =>
    fields.some((field) => field[side] !== undefined),
  );
  return table(
    ["field", ...sides],
    fields.map((field) => [code(field.path), ...sides.map((side) => shown(field[side]))]),
  );
}

/** A resource whose changes stand elsewhere. */
export function changeLine({ title, address, action }: ResourceChange): string {
  return `- ${prose(title)}: ${OUTCOMES[action]}, ${code(address)}`;
}

function policyBlock({ attribute, subject, state, statements }: PolicyDifference): string {
  const heading = `Policy ${code(attribute)} of ${code(subject)}`;
  if (state !== "known") return `${heading}: ${state}, so that nothing can be said about it`;
  return [
    heading,
    table(
      ["", "statement", "added", "removed"],
      statements.slice(0, MOST_STATEMENTS).map((change) => [change.kind, nameOf(change), ...sidesOf(change)]),
    ),
    leftOut(statements.length - MOST_STATEMENTS, "statement"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function nameOf({ before, after }: StatementChange): string {
  const { sid, effect } = after ?? before ?? {};
  return [effect ?? "", ...(sid === undefined ? [] : [code(sid)])].join(" ");
}

function sidesOf({ before, after, parts }: StatementChange): readonly [string, string] {
  if (parts.length === 0) return [rowCell(after), rowCell(before)];
  const side = (of: "added" | "removed") =>
    parts
      .filter((part) => part[of].length > 0)
      .map((part) => `${part.part}: ${codes(part[of])}`)
      .join("<br>");
  return [side("added"), side("removed")];
}

function rowCell(row: StatementRow | undefined): string {
  if (row === undefined) return "";
  return [principalsOf(row), actionsOf(row), resourcesOf(row), conditionsOf(row)]
    .filter((part) => part.length > 0)
    .map((part) => codes(part))
    .join("<br>");
}

function leftOut(count: number, noun: string): string {
  return count > 0 ? `... and ${count} more ${noun}${count === 1 ? "" : "s"}` : "";
}
