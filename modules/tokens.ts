// The one place that knows about values which Terraform resolves later.
import { Fn, Op, Token, ref } from "cdktf";
import type { Json } from "../lib/json";
import { sortKeys } from "../lib/json";
import { digest } from "../lib/names";

/** Whether a value, or anything inside it, is known only to Terraform. */
export function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  if (Array.isArray(value)) return value.some(isUnresolved);
  return isRecord(value) && Object.values(value).some(isUnresolved);
}

// Props hold constructs, too, and those refer to their parents.
function isRecord(value: unknown): value is object {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

/** The value where it is known at synth, `undefined` where a rule has nothing to look at yet. */
export function literal<T>(value: T): T | undefined {
  return isUnresolved(value) ? undefined : value;
}

/** The members of props that are known at synth, for the rules. */
export function literals<T extends object>(props: T): Partial<T> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => !isUnresolved(value))) as Partial<T>;
}

/**
 * JSON for a Terraform argument, with sorted keys. What holds a token is encoded by Terraform itself, since a value that
 * is unknown here may need escaping.
 */
export function json(value: Json): string {
  const sorted = sortKeys(value);
  return isUnresolved(sorted) ? Fn.jsonencode(quotable(sorted)) : JSON.stringify(sorted);
}

// CDKTF puts text between quotes in an expression as it is, but for line breaks and `${` in values: what else would end the
// quotes or begin an escape is escaped here, and a `${` that was escaped already is left for it to escape once.
function quotable(value: Json): Json {
  if (typeof value === "string") return escapeQuotes(value).replace(/\$\$\{(?!TfToken\[)/g, "${");
  if (Array.isArray(value)) return value.map(quotable);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, member]) => [
    escapeQuotes(key).replace(/\n/g, "\\n"),
    quotable(member ?? null),
  ]);
  return Object.fromEntries(entries) as Json;
}

function escapeQuotes(text: string): string {
  return text.replace(/[\\"]/g, "\\$&").replace(/\r/g, "\\r");
}

/** A short text that changes whenever the given one does. */
export function digestOf(text: string): string {
  return isUnresolved(text) ? Fn.sha256(text) : digest(text);
}

/** Terraform condition that an expression has a value; a literal needs no tokens, of which each costs a stack trace. */
export function equals(expression: string, value: string): string {
  if (isUnresolved(value)) return Token.asString(Op.eq(ref(expression), value));
  return `\${(${expression} == ${JSON.stringify(value)})}`;
}

/** Text that Terraform takes as it stands: what looks like a template in it is not evaluated. */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** The account in an ARN, which may be known only to Terraform, in part or as a whole. */
export function accountIn(arn: string): string {
  return arn.split(":")[4] ?? Fn.element(Fn.split(":", arn), 4);
}
