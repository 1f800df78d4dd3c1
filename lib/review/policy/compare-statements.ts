// What a change of one statement gives or takes, part by part.
import { actionCovers, allCovered, patternCovers, principalCovers } from "./covers";
import type { ConditionRow, Direction, PartChange, StatementPart, StatementRow } from "./statement-table";

/** A part of a statement on both sides, and which of them lets more; nothing where both let the same. */
interface PartComparison {
  readonly part: StatementPart;
  readonly direction: Direction | undefined;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The parts of a statement that change, in the order of their names; none where both say the same. */
export function compareStatements(before: StatementRow, after: StatementRow): PartChange[] {
  const denies = before.effect === "Deny" && after.effect === "Deny";
  const parts: PartComparison[] = [
    {
      part: "effect",
      direction:
        before.effect === after.effect ? undefined : after.effect === "Allow" ? "widened" : "narrowed",
      before: [before.effect],
      after: [after.effect],
    },
    listPart("principal", before, after, ["principals", "notPrincipals"], principalCovers),
    listPart("action", before, after, ["actions", "notActions"], actionCovers),
    listPart("resource", before, after, ["resources", "notResources"], patternCovers),
    conditionPart(before.conditions, after.conditions),
  ];
  return parts.flatMap(({ part, direction, before: was, after: is }): PartChange[] => {
    if (direction === undefined) return [];
    const [added, removed] = [without(is, was), without(was, is)];
    // To deny more is to let less.
    return [
      { part, direction: denies && part !== "effect" ? opposite(direction) : direction, added, removed },
    ];
  });
}

/** The direction of a statement from those of its parts. */
export function overall(parts: readonly PartChange[]): Direction {
  const directions = new Set(parts.map(({ direction }) => direction));
  const [only, another] = [...directions];
  return only === undefined || another !== undefined ? "changed" : only;
}

function listPart(
  part: StatementPart,
  before: StatementRow,
  after: StatementRow,
  [values, not]: readonly [
    "principals" | "actions" | "resources",
    "notPrincipals" | "notActions" | "notResources",
  ],
  covers: (outer: string, inner: string) => boolean,
): PartComparison {
  const shown = (row: StatementRow): readonly string[] =>
    row[not] ? row[values].map((value) => `not ${value}`) : row[values];
  const isSameForm = before[not] === after[not];
  const direction = isSameForm
    ? directionOf(
        allCovered(after[values], before[values], covers),
        allCovered(before[values], after[values], covers),
      )
    : "changed";
  return {
    part,
    direction: direction !== undefined && isSameForm && before[not] ? opposite(direction) : direction,
    before: shown(before),
    after: shown(after),
  };
}

function directionOf(keepsAll: boolean, addsNothing: boolean): Direction | undefined {
  if (keepsAll && addsNothing) return undefined;
  if (keepsAll) return "widened";
  return addsNothing ? "narrowed" : "changed";
}

function conditionPart(before: readonly ConditionRow[], after: readonly ConditionRow[]): PartComparison {
  // All conditions must hold: each one of the other side that none of this side implies lets less.
  const keepsAll = after.every((condition) => before.some((other) => implies(other, condition)));
  const addsNothing = before.every((condition) => after.some((other) => implies(other, condition)));
  return {
    part: "condition",
    direction: directionOf(keepsAll, addsNothing),
    before: before.flatMap(showCondition),
    after: after.flatMap(showCondition),
  };
}

/** Whether every request for which `strict` holds satisfies `loose`, as far as can be seen. */
function implies(strict: ConditionRow, loose: ConditionRow): boolean {
  if (strict.key !== loose.key) return false;
  const isSame = strict.operator === loose.operator;
  if (NEGATED.test(strict.operator)) {
    return isSame && allCovered(strict.values, loose.values, coversOf(strict.operator));
  }
  if (!isSame && !isLooserOperator(strict.operator, loose.operator)) return false;
  return allCovered(loose.values, strict.values, coversOf(loose.operator));
}

/** Operators that match when none of their values does. */
const NEGATED = /(?:^|:)(?:String|Arn|Numeric|Date)Not|NotIpAddress/;
const PATTERNS = /(?:String(?:Not)?Like|Arn(?:Not)?(?:Like|Equals))(?:IfExists)?$/;

function coversOf(operator: string): (outer: string, inner: string) => boolean {
  return PATTERNS.test(operator) ? patternCovers : (outer, inner) => outer === inner;
}

/** Whether a condition of `loose` holds wherever one of `strict` with the same values does (IAM user guide, "Condition operators"). */
function isLooserOperator(strict: string, loose: string): boolean {
  const [strictBase, looseBase] = [strict.replace(/IfExists$/, ""), loose.replace(/IfExists$/, "")];
  if (strict.endsWith("IfExists") && !loose.endsWith("IfExists")) return false;
  if (strictBase === looseBase) return true;
  return (LOOSER[strictBase] ?? []).includes(looseBase);
}

/** The two operators for ARNs do the same; a text that is equal is like the pattern that holds no `*`. */
const LOOSER: Readonly<Record<string, readonly string[]>> = {
  StringEquals: ["StringLike"],
  ArnEquals: ["ArnLike"],
  ArnLike: ["ArnEquals"],
};

/** A condition as it is shown, a line for each value. */
export function showCondition({ operator, key, values }: ConditionRow): string[] {
  return values.map((value) => `${operator} ${key} = ${value}`);
}

function opposite(direction: Direction): Direction {
  if (direction === "changed") return direction;
  return direction === "widened" ? "narrowed" : "widened";
}

function without(values: readonly string[], others: readonly string[]): string[] {
  return values.filter((value) => !others.includes(value));
}
