// Statements as AWS may give them back, made comparable: a stored policy says the same in other words.
import type { Json } from "../json";
import { sortKeys, stableJson } from "../json";
import { sorted } from "./inbound";

/** A statement of a live document, of which nothing is known but that it is JSON. */
export type LiveStatement = Readonly<Record<string, Json | undefined>>;

/** Elements of a statement whose values are one text or a list in any order. */
const LISTS: ReadonlySet<string> = new Set(["Action", "NotAction", "Resource", "NotResource"]);
const PRINCIPALS: ReadonlySet<string> = new Set(["Principal", "NotPrincipal"]);

/**
 * The statement in one form: AWS turns lists of one into texts, reorders lists, and turns an account id into the ARN of the
 * account's root (IAM user guide, "AWS JSON policy elements: Principal"). Condition keys do not tell upper and lower case apart.
 */
export function canonicalStatement(statement: LiveStatement): Json {
  const elements = Object.entries(statement).map(([element, value]) => [
    element,
    canonicalElement(element, value),
  ]);
  return sortKeys(Object.fromEntries(elements) as Json);
}

/** One element of a statement in one form. */
export function canonicalElement(element: string, value: Json | undefined): Json {
  if (value === undefined) return null;
  if (LISTS.has(element)) return canonicalList(value);
  if (PRINCIPALS.has(element)) return canonicalPrincipal(value);
  return element === "Condition" ? canonicalCondition(value) : value;
}

/** Whether two statements say the same. */
export function sameStatement(one: LiveStatement, other: LiveStatement): boolean {
  return stableJson(canonicalStatement(one)) === stableJson(canonicalStatement(other));
}

/** What AWS shows in the place of a user or role that was deleted (IAM user guide, "IAM identifiers", unique identifiers). */
const DELETED_PRINCIPAL = /^A(?:ID|RO)A[A-Z0-9]{12,}$/;

/** Whether the statement is the other one, but for principals that were deleted since it was written. */
export function outlivedPrincipals(live: LiveStatement, written: LiveStatement): boolean {
  const { Principal: livePrincipal, ...liveRest } = live;
  const { Principal: writtenPrincipal, ...writtenRest } = written;
  const now = awsPrincipals(livePrincipal);
  const before = awsPrincipals(writtenPrincipal);
  const left = now.filter((principal) => !DELETED_PRINCIPAL.test(principal));
  return (
    left.length < now.length &&
    left.every((principal) => before.includes(principal)) &&
    sameStatement(liveRest, writtenRest)
  );
}

function awsPrincipals(principal: Json | undefined): readonly string[] {
  const canonical = canonicalElement("Principal", principal);
  return isObject(canonical) && Array.isArray(canonical["AWS"])
    ? (canonical["AWS"] as readonly string[])
    : [];
}

function canonicalPrincipal(value: Json): Json {
  if (!isObject(value)) return value;
  return mapMembers(value, (type, values) => {
    const list = canonicalList(values);
    return type === "AWS" && Array.isArray(list)
      ? sorted((list as readonly string[]).map(accountOfRoot))
      : list;
  });
}

function accountOfRoot(principal: string): string {
  return /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}

function canonicalCondition(value: Json): Json {
  if (!isObject(value)) return value;
  return mapMembers(value, (_, keys) => {
    if (!isObject(keys)) return keys;
    const byKey: Record<string, Json> = {};
    for (const [key, values] of Object.entries(keys)) {
      const lower = key.toLowerCase();
      // Two spellings of one key are one more condition, not another spelling of the statement.
      byKey[byKey[lower] === undefined ? lower : key] = canonicalList(values ?? null);
    }
    return byKey;
  });
}

// Numbers and booleans in a condition are compared as the texts that AWS makes of them.
function canonicalList(value: Json): Json {
  const values: readonly Json[] = Array.isArray(value) ? value : [value as Json];
  return values.some((entry) => entry !== null && typeof entry === "object")
    ? value
    : sorted(values.map(String));
}

function mapMembers(
  value: { readonly [key: string]: Json | undefined },
  map: (key: string, member: Json) => Json,
): Json {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, map(key, member ?? null)]));
}

/** Whether the value is a JSON object. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}
