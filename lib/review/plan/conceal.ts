// The one place where sensitive and unknown values leave a plan: behind it there are only marks.
import type { Json } from "../../json";
import { isObject } from "../../policy/canonical";
import type { PlanValue } from "./value";
import { Hidden, UNKNOWN } from "./value";

/** Deeper values are as good as unknown: no resource has them, and they would overflow the stack. */
export const MAX_DEPTH = 100;

/** A value on both sides of a change, with the marks that the plan has for it. */
export interface Written {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly afterUnknown: Json | undefined;
  readonly beforeSensitive: Json | undefined;
  readonly afterSensitive: Json | undefined;
}

export interface Concealed {
  readonly before: PlanValue | undefined;
  readonly after: PlanValue | undefined;
}

/**
 * Both sides of a change without what is sensitive on either of them: a value that becomes sensitive must not show as what it was
 * before, either.
 */
export function conceal(written: Written): Concealed {
  const { before, after, afterUnknown, beforeSensitive, afterSensitive } = written;
  const isBounded = [before, after, afterUnknown, beforeSensitive, afterSensitive].every((value) =>
    isShallow(value),
  );
  return isBounded
    ? concealAt(before, after, afterUnknown, beforeSensitive, afterSensitive)
    : { before: UNKNOWN, after: UNKNOWN };
}

/** Whether nothing in the value is nested deeper than `depth`. */
export function isShallow(value: Json | undefined, depth = MAX_DEPTH): boolean {
  if (!isNested(value)) return true;
  if (depth === 0) return false;
  for (const key in value) if (!isShallow(member(value, key), depth - 1)) return false;
  return true;
}

function concealAt(
  before: Json | undefined,
  after: Json | undefined,
  unknown: Json | undefined,
  beforeSensitive: Json | undefined,
  afterSensitive: Json | undefined,
): Concealed {
  if (beforeSensitive === true || afterSensitive === true) return concealWhole(before, after, unknown);
  if (unknown === true) {
    const earlier = concealAt(before, undefined, undefined, beforeSensitive, undefined);
    return { before: earlier.before, after: UNKNOWN };
  }
  if (isBare(unknown) && isBare(beforeSensitive) && isBare(afterSensitive)) {
    return { before: before as PlanValue | undefined, after: after as PlanValue | undefined };
  }
  const earlier: [string, PlanValue][] = [];
  const later: [string, PlanValue][] = [];
  for (const key of new Set([...keysOf(before), ...keysOf(after), ...keysOf(unknown)])) {
    const concealed = concealAt(
      member(before, key),
      member(after, key),
      member(unknown, key),
      member(beforeSensitive, key),
      member(afterSensitive, key),
    );
    if (concealed.before !== undefined) earlier.push([key, concealed.before]);
    if (concealed.after !== undefined) later.push([key, concealed.after]);
  }
  return {
    before: rebuilt(before, earlier),
    // An object or list of which only unknown members are there may be left out of the plan.
    after: rebuilt(after ?? (isBare(unknown) ? after : unknown), later),
  };
}

// What is not set holds nothing to hide, and whether it is set matters.
function concealWhole(
  before: Json | undefined,
  after: Json | undefined,
  unknown: Json | undefined,
): Concealed {
  const hide = (value: Json | undefined, mark: Hidden): PlanValue | undefined =>
    value === undefined || value === null ? value : mark;
  const mark = new Hidden("sensitive");
  if (unknown === true) return { before: hide(before, mark), after: UNKNOWN };
  const isSame = isBare(unknown) && sameJson(before, after);
  return { before: hide(before, mark), after: hide(after, isSame ? mark : new Hidden("sensitive")) };
}

/** Whether a tree of marks marks nothing. */
function isBare(marks: Json | undefined): boolean {
  if (!isNested(marks)) return marks !== true;
  for (const key in marks) if (!isBare(member(marks, key))) return false;
  return true;
}

function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (!isNested(one) || !isNested(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = keysOf(one);
  return (
    keys.length === keysOf(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(member(one, key), member(other, key)))
  );
}

type Nested = readonly Json[] | { readonly [key: string]: Json | undefined };

function isNested(value: Json | undefined): value is Nested {
  return isObject(value) || Array.isArray(value);
}

function keysOf(value: Json | undefined): string[] {
  return isNested(value) ? Object.keys(value) : [];
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isNested(value) && Object.hasOwn(value, key)
    ? (value as { readonly [key: string]: Json | undefined })[key]
    : undefined;
}

function rebuilt(
  value: Json | undefined,
  members: readonly (readonly [string, PlanValue])[],
): PlanValue | undefined {
  if (!isNested(value)) return value as PlanValue | undefined;
  return Array.isArray(value) ? members.map(([, shown]) => shown) : Object.fromEntries(members);
}
