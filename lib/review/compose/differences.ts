// What changes in a value, field by field.
import type { PlanObject, PlanValue } from "../plan-view";
import { differs, isHidden, isPlanObject } from "../plan-view";
import { asJson } from "../plan/value";
import type { FieldDifference, ShownValue } from "../report";

/**
 * The fields in which two values differ, sorted by path: objects and lists of objects member by member, lists of plain values as a
 * whole. A field that is null or empty is not set.
 */
export function differences(
  before: PlanObject | undefined,
  after: PlanObject | undefined,
): FieldDifference[] {
  const found = differencesAt("", before, after);
  return found.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

function differencesAt(
  path: string,
  before: PlanValue | undefined,
  after: PlanValue | undefined,
): FieldDifference[] {
  if (before === after && !isHidden(before)) return [];
  const members = membersOf(before, after);
  if (members !== undefined) {
    return members.flatMap(({ key, was, is }) => differencesAt(join(path, key), was, is));
  }
  const isSame = !differs(before ?? null, after ?? null);
  if (isSame || (!isSet(before) && !isSet(after))) return [];
  return [
    {
      path,
      ...(isSet(before) && { before: shown(before) }),
      ...(isSet(after) && { after: shown(after) }),
    },
  ];
}

interface Member {
  /** Index of a list, or name. */
  readonly key: string | number;
  readonly was: PlanValue | undefined;
  readonly is: PlanValue | undefined;
}

/** The members to go into; nothing where the two are compared as a whole. */
function membersOf(before: PlanValue | undefined, after: PlanValue | undefined): Member[] | undefined {
  const [was, is] = [before ?? undefined, after ?? undefined];
  const isObjects = (was === undefined || isPlanObject(was)) && (is === undefined || isPlanObject(is));
  if (isObjects && (hasMembers(was) || hasMembers(is))) {
    const keys = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
    return keys.map((key) => ({ key, was: own(was, key), is: own(is, key) }));
  }
  const isLists = (was === undefined || isObjectList(was)) && (is === undefined || isObjectList(is));
  if (!isLists || (was === undefined && is === undefined)) return undefined;
  const [left, right] = [(was ?? []) as readonly PlanObject[], (is ?? []) as readonly PlanObject[]];
  const length = Math.max(left.length, right.length);
  return [...Array(length).keys()].map((index) => ({ key: index, was: left[index], is: right[index] }));
}

function hasMembers(value: PlanValue | undefined): boolean {
  return isPlanObject(value) && Object.keys(value).length > 0;
}

function isObjectList(value: PlanValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && (value as readonly PlanValue[]).every(isPlanObject);
}

function own(object: PlanObject | undefined, key: string): PlanValue | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

function isSet(value: PlanValue | undefined): value is PlanValue {
  if (value === undefined || value === null) return false;
  return Array.isArray(value) ? value.length > 0 : !isPlanObject(value) || hasMembers(value);
}

function shown(value: PlanValue): ShownValue {
  return isHidden(value) ? { kind: value.kind } : { kind: "value", value: asJson(value) };
}

function join(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
