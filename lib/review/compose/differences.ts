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
  const found: FieldDifference[] = [];
  collect("", before, after, found);
  return found.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

function collect(
  path: string,
  before: PlanValue | undefined,
  after: PlanValue | undefined,
  found: FieldDifference[],
): void {
  if (before === after && !isHidden(before)) return;
  const [was, is] = [before ?? undefined, after ?? undefined];
  if (areObjects(was, is)) return collectMembers(path, was as Side, is as Side, found);
  if (areObjectLists(was, is)) {
    const [left, right] = [was, is] as (readonly PlanObject[] | undefined)[];
    const length = Math.max(left?.length ?? 0, right?.length ?? 0);
    for (let index = 0; index < length; index++) {
      collect(`${path}[${index}]`, left?.[index], right?.[index], found);
    }
    return;
  }
  const isSame = !differs(before ?? null, after ?? null);
  if (isSame || (!isSet(before) && !isSet(after))) return;
  found.push({
    path,
    ...(isSet(before) && { before: shown(before) }),
    ...(isSet(after) && { after: shown(after) }),
  });
}

/** An object, or nothing where it is not set. */
type Side = PlanObject | undefined;

function collectMembers(path: string, was: Side, is: Side, found: FieldDifference[]): void {
  for (const key of Object.keys(was ?? {})) collect(join(path, key), was?.[key], own(is, key), found);
  for (const key of Object.keys(is ?? {})) {
    if (was === undefined || !Object.hasOwn(was, key)) collect(join(path, key), undefined, is?.[key], found);
  }
}

/** Whether both are objects, or one is and the other is not set, and there are members to go into. */
function areObjects(was: PlanValue | undefined, is: PlanValue | undefined): boolean {
  const isObjects = (was === undefined || isPlanObject(was)) && (is === undefined || isPlanObject(is));
  return isObjects && (hasMembers(was) || hasMembers(is));
}

/** The same of lists of objects. */
function areObjectLists(was: PlanValue | undefined, is: PlanValue | undefined): boolean {
  const isLists = (was === undefined || isObjectList(was)) && (is === undefined || isObjectList(is));
  return isLists && (was !== undefined || is !== undefined);
}

function hasMembers(value: PlanValue | undefined): boolean {
  return isPlanObject(value) && Object.keys(value).length > 0;
}

function isObjectList(value: PlanValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && (value as readonly PlanValue[]).every(isPlanObject);
}

function own(object: Side, key: string): PlanValue | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

function isSet(value: PlanValue | undefined): value is PlanValue {
  if (value === undefined || value === null) return false;
  return Array.isArray(value) ? value.length > 0 : !isPlanObject(value) || hasMembers(value);
}

function shown(value: PlanValue): ShownValue {
  return isHidden(value) ? { kind: value.kind } : { kind: "value", value: asJson(value) };
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
