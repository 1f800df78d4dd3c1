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
  return concealAt(written, MAX_DEPTH);
}

function concealAt(written: Written, depth: number): Concealed {
  const { before, after, afterUnknown, beforeSensitive, afterSensitive } = written;
  if (depth === 0) return { before: UNKNOWN, after: UNKNOWN };
  if (beforeSensitive === true || afterSensitive === true) return concealWhole(before, after, afterUnknown);
  if (isBare(afterUnknown) && isBare(beforeSensitive) && isBare(afterSensitive)) {
    return { before: bounded(before, depth), after: bounded(after, depth) };
  }
  if (afterUnknown === true) return { before: side(written, "before", depth), after: UNKNOWN };
  const keys = new Set([...keysOf(before), ...keysOf(after), ...unknownKeys(afterUnknown)]);
  const members = new Map<string, Concealed>();
  for (const key of keys) {
    members.set(
      key,
      concealAt(
        {
          before: member(before, key),
          after: member(after, key),
          afterUnknown: member(afterUnknown, key),
          beforeSensitive: member(beforeSensitive, key),
          afterSensitive: member(afterSensitive, key),
        },
        depth - 1,
      ),
    );
  }
  return {
    before: rebuilt(before, members, "before"),
    // An object or list of which only unknown members are there may be left out of the plan.
    after: rebuilt(after ?? shapeOf(afterUnknown), members, "after"),
  };
}

/** Only one side counts, because the other one is unknown as a whole. */
function side(written: Written, which: "before", depth: number): PlanValue | undefined {
  const { beforeSensitive } = written;
  return concealAt(
    {
      before: written[which],
      after: undefined,
      afterUnknown: undefined,
      beforeSensitive,
      afterSensitive: undefined,
    },
    depth - 1,
  ).before;
}

// What is not set holds nothing to hide, and whether it is set matters.
function concealWhole(
  before: Json | undefined,
  after: Json | undefined,
  afterUnknown: Json | undefined,
): Concealed {
  const hide = (value: Json | undefined, mark: Hidden): PlanValue | undefined =>
    value === undefined || value === null ? value : mark;
  const mark = new Hidden("sensitive");
  if (afterUnknown === true) return { before: hide(before, mark), after: UNKNOWN };
  const isSame = isBare(afterUnknown) && sameJson(before, after, MAX_DEPTH);
  return { before: hide(before, mark), after: hide(after, isSame ? mark : new Hidden("sensitive")) };
}

/** Whether a tree of marks marks nothing; a mark that is too deep counts. */
function isBare(marks: Json | undefined, depth = MAX_DEPTH): boolean {
  if (marks === undefined || marks === null || typeof marks !== "object") return marks !== true;
  return depth > 0 && Object.values(marks).every((member: Json | undefined) => isBare(member, depth - 1));
}

/** The value itself where it is not too deep, so that most of a plan is not copied. */
function bounded(value: Json | undefined, depth: number): PlanValue | undefined {
  return isShallow(value, depth) ? (value as PlanValue | undefined) : UNKNOWN;
}

/** Whether nothing in the value is nested deeper than `depth`. */
export function isShallow(value: Json | undefined, depth = MAX_DEPTH): boolean {
  if (value === undefined || value === null || typeof value !== "object") return true;
  return depth > 0 && Object.values(value).every((member: Json | undefined) => isShallow(member, depth - 1));
}

function sameJson(one: Json | undefined, other: Json | undefined, depth: number): boolean {
  if (one === other) return true;
  if (depth === 0 || !isNested(one) || !isNested(other) || Array.isArray(one) !== Array.isArray(other)) {
    return false;
  }
  const keys = keysOf(one);
  return (
    keys.length === keysOf(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && sameJson(member(one, key), member(other, key), depth - 1),
    )
  );
}

function isNested(
  value: Json | undefined,
): value is readonly Json[] | { readonly [key: string]: Json | undefined } {
  return isObject(value) || Array.isArray(value);
}

function keysOf(value: Json | undefined): string[] {
  return isNested(value) ? Object.keys(value) : [];
}

function unknownKeys(marks: Json | undefined): string[] {
  return isNested(marks) ? Object.keys(marks) : [];
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isNested(value) && Object.hasOwn(value, key)
    ? (value as { readonly [key: string]: Json | undefined })[key]
    : undefined;
}

function shapeOf(marks: Json | undefined): Json | undefined {
  if (isBare(marks)) return undefined;
  return Array.isArray(marks) ? [] : {};
}

function rebuilt(
  value: Json | undefined,
  members: ReadonlyMap<string, Concealed>,
  which: keyof Concealed,
): PlanValue | undefined {
  if (!isNested(value)) return value as PlanValue | undefined;
  const present = [...members].flatMap(([key, concealed]): [string, PlanValue][] => {
    const shown = concealed[which];
    return shown === undefined ? [] : [[key, shown]];
  });
  return Array.isArray(value) ? present.map(([, shown]) => shown) : Object.fromEntries(present);
}
