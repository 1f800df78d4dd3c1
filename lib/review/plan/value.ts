// Values of a plan, in which what is not known and what must not be shown are marks of their own.
import type { Json } from "../../json";

/**
 * Stands where a value is not known before apply, or is sensitive. Two sensitive marks are the same object exactly when the
 * values behind them are equal, so that a change shows without what it changes.
 */
export class Hidden {
  constructor(readonly kind: "unknown" | "sensitive") {}

  /** Terraform's own words. */
  toString(): string {
    return this.kind === "unknown" ? "(known after apply)" : "(sensitive value)";
  }

  toJSON(): string {
    return this.toString();
  }
}

/** The mark of a value that is known after apply. */
export const UNKNOWN = new Hidden("unknown");

/** A value of a plan. */
export type PlanValue = string | number | boolean | null | Hidden | readonly PlanValue[] | PlanObject;

/** An object of a plan, such as the attributes of a resource. */
export interface PlanObject {
  readonly [key: string]: PlanValue | undefined;
}

/** A field that is there, or hidden, or not set (`undefined`). */
export type Field<T> = T | Hidden | undefined;

/** Whether the field is there and can be read: neither hidden nor absent. */
export function isKnown<T>(field: Field<T>): field is T {
  return field !== undefined && !(field instanceof Hidden);
}

/** The value of a field, or nothing where it is hidden or not set. */
export function known<T>(field: Field<T>): T | undefined {
  return isKnown(field) ? field : undefined;
}

/** Whether something is behind the field that cannot be read. */
export function isHidden(field: unknown): field is Hidden {
  return field instanceof Hidden;
}

/** Whether the value is an object of a plan. */
export function isPlanObject(value: PlanValue | undefined): value is PlanObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isHidden(value);
}

/** The text at an attribute; nothing where it is null or no text. */
export function textField(object: PlanObject, key: string): Field<string> {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === "string" || isHidden(value) ? value : undefined;
}

/** Whether two fields differ, or may: a value that is not known never counts as the same. */
export function differs(before: PlanValue | undefined, after: PlanValue | undefined): boolean {
  if (before === UNKNOWN || after === UNKNOWN) return true;
  if (before === after) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length !== after.length || before.some((entry, index) => differs(entry, after[index]));
  }
  if (isPlanObject(before) && isPlanObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].some((key) => differs(before[key], after[key]));
  }
  return true;
}

/** The value as JSON, with Terraform's words for what is hidden. */
export function asJson(value: PlanValue): Json {
  if (isHidden(value)) return value.toString();
  if (Array.isArray(value)) return value.map(asJson);
  if (!isPlanObject(value)) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asJson(member ?? null)]));
}
