// JSON in attributes, and fields of what may be hidden as a whole.
import type { Json } from "../../json";
import { isObject } from "../../policy/canonical";
import { isShallow } from "../plan/conceal";
import type { Field, PlanObject, PlanValue } from "../plan/value";
import { UNKNOWN, isHidden, isKnown, isPlanObject } from "../plan/value";

/** The JSON of a text that is an object of bounded depth; nothing where it is none. */
export function parseObject(text: string): { readonly [key: string]: Json | undefined } | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An attribute that holds an object as JSON text; what cannot be read counts as unknown. */
export function jsonAttribute(attributes: PlanObject | undefined, key: string): Field<PlanObject> {
  const value = attributes && member(attributes, key);
  if (typeof value === "string") return (parseObject(value) as PlanObject | undefined) ?? UNKNOWN;
  return isHidden(value) ? value : undefined;
}

/** The member of an object itself; null counts as not set. */
export function member(object: PlanObject, key: string): PlanValue | undefined {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** The member at a path; hidden where anything on the way is. */
export function at(object: Field<PlanObject>, ...path: readonly string[]): PlanValue | undefined {
  let value: PlanValue | undefined = object;
  for (const key of path) {
    if (isHidden(value)) return value;
    // A block of Terraform is a list of one.
    const inner: PlanValue | undefined = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (isHidden(inner)) return inner;
    if (!isPlanObject(inner)) return undefined;
    value = member(inner, key);
  }
  return value;
}

/** A text, or a number or boolean as Terraform writes it as text. */
export function textAt(object: Field<PlanObject>, ...path: readonly string[]): Field<string> {
  const value = at(object, ...path);
  if (isHidden(value) || typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function numberAt(object: Field<PlanObject>, ...path: readonly string[]): Field<number> {
  const value = at(object, ...path);
  return isHidden(value) || typeof value === "number" ? value : undefined;
}

export function booleanAt(object: Field<PlanObject>, ...path: readonly string[]): Field<boolean> {
  const value = at(object, ...path);
  if (value === "true" || value === "false") return value === "true";
  return isHidden(value) || typeof value === "boolean" ? value : undefined;
}

export function objectAt(object: Field<PlanObject>, ...path: readonly string[]): Field<PlanObject> {
  const value = at(object, ...path);
  return isHidden(value) || isPlanObject(value) ? value : undefined;
}

export function objectsAt(
  object: Field<PlanObject>,
  ...path: readonly string[]
): Field<readonly PlanObject[]> {
  const value = at(object, ...path);
  if (isHidden(value)) return value;
  return isList(value) ? value.filter(isPlanObject) : undefined;
}

export function textsAt(object: Field<PlanObject>, ...path: readonly string[]): Field<readonly string[]> {
  const value = at(object, ...path);
  if (isHidden(value)) return value;
  return isList(value) ? value.filter((entry): entry is string => typeof entry === "string") : undefined;
}

/** Tags by key, from a map or from a list of keys and values in either spelling. */
export function tagsAt(object: Field<PlanObject>, key: string): Field<PlanObject> {
  const value = at(object, key);
  if (isHidden(value) || isPlanObject(value)) return value;
  if (!isList(value)) return undefined;
  if (value.some(isHidden)) return UNKNOWN;
  const pairs = value.filter(isPlanObject).map((tag): [Field<string>, PlanValue] => {
    const [name = textAt(tag, "key"), text = member(tag, "value") ?? ""] = [
      textAt(tag, "Key"),
      member(tag, "Value"),
    ];
    return [name, text];
  });
  const named = pairs.filter((pair): pair is [string, PlanValue] => isKnown(pair[0]));
  return named.length === pairs.length ? Object.fromEntries(named) : UNKNOWN;
}

function isList(value: PlanValue | undefined): value is readonly PlanValue[] {
  return Array.isArray(value);
}
