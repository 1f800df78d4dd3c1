// Names that we derive: bounded by what AWS accepts, and different whenever what they name is different.
import { createHash } from "node:crypto";
import type { TargetKind } from "./facts/kinds";
import { stableJson } from "./json";

/** Longest name of an IAM role (IAM CreateRole, RoleName). */
export const ROLE_NAME_MAX = 64;

const HASH_LENGTH = 16;

/** Short hexadecimal digest of everything that varies; 64 bits, so two different inputs do not meet in practice. */
export function digest(...parts: readonly string[]): string {
  return createHash("sha256").update(stableJson(parts)).digest("hex").slice(0, HASH_LENGTH);
}

/** A statement id: a fixed word and a digest of the parts, because AWS allows letters and digits only. */
export function sid(word: string, ...parts: readonly string[]): string {
  return `${word}${digest(...parts)}`;
}

/** The text itself where it fits; otherwise its beginning and a digest of the whole. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - HASH_LENGTH - 1)}-${digest(text)}`;
}

// A database, a table bucket and a catalog may have one name, and a role has the permissions of one of them.
const TARGET_ROLES = {
  "glue-database": "zero-etl-target-",
  "s3-tables": "zero-etl-bucket-",
  "redshift-managed-storage": "zero-etl-catalog-",
} as const satisfies Readonly<Record<Exclude<TargetKind, "redshift">, string>>;

/** Name of the role that writes into a target, at most 64 characters for every region name of up to 16. */
export function targetRoleName(kind: keyof typeof TARGET_ROLES, target: string, region: string): string {
  return roleName(TARGET_ROLES[kind], target, region);
}

/** Name of the role that reads a connection, at most 64 characters for every region name of up to 16. */
export function sourceRoleName(connection: string, region: string): string {
  return roleName("zero-etl-source-", connection, region);
}

/** Longest name of a function (Lambda CreateFunction, FunctionName). */
export const FUNCTION_NAME_MAX = 64;

const OPERATOR = "zero-etl-operator-";

/**
 * Name of the operator's function. It holds no region, which may be known to Terraform alone: a function's name is unique in its
 * region, and its statements are marked with it.
 */
export function operatorName(stack: string, environment: string): string {
  return `${OPERATOR}${shorten(operatorSubject(stack, environment), FUNCTION_NAME_MAX - OPERATOR.length)}`;
}

/** Name of the operator's role, at most 64 characters for every region name of up to 16. */
export function operatorRoleName(stack: string, environment: string, region: string): string {
  return roleName(OPERATOR, operatorSubject(stack, environment), region);
}

// Only one hyphen leaves no doubt where the stack ends.
function operatorSubject(stack: string, environment: string): string {
  const name = `${stack}-${environment}`;
  if (/^\w+-\w+$/.test(name)) return name;
  return sid(/^[\w-]*$/.test(name) ? `${name}-` : "", stack, environment);
}

// Beside the characters of a role name, a connection may have others.
function roleName(purpose: string, name: string, region: string): string {
  const longestRegion = 16;
  const usable = /^[\w+=,.@-]*$/.test(name) ? name : sid("", name);
  return `${purpose}${shorten(usable, ROLE_NAME_MAX - purpose.length - longestRegion - 1)}-${region}`;
}
