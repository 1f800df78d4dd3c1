// Names that we derive: bounded by what AWS accepts, and different whenever what they name is different.
import { createHash } from "node:crypto";
import { stableJson } from "./json";

/** Longest name of an IAM role (IAM CreateRole, RoleName). */
export const ROLE_NAME_MAX = 64;

const HASH_LENGTH = 16;

/** Short hexadecimal digest of everything that varies; 64 bits, so two different inputs do not meet in practice. */
function digest(parts: readonly string[]): string {
  return createHash("sha256").update(stableJson(parts)).digest("hex").slice(0, HASH_LENGTH);
}

/** A statement id: a fixed word and a digest of the parts, because AWS allows letters and digits only. */
export function sid(word: string, ...parts: readonly string[]): string {
  return `${word}${digest(parts)}`;
}

/** The text itself where it fits; otherwise its beginning and a digest of the whole. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - HASH_LENGTH - 1)}-${digest([text])}`;
}

/** Name of the role that writes into a target, at most 64 characters for every region name of up to 16. */
export function targetRoleName(target: string, region: string): string {
  return roleName("zero-etl-target-", target, region);
}

/** Name of the role that reads a connection, at most 64 characters for every region name of up to 16. */
export function sourceRoleName(connection: string, region: string): string {
  return roleName("zero-etl-source-", connection, region);
}

// Beside the characters of a role name, a connection may have others.
function roleName(purpose: string, name: string, region: string): string {
  const longestRegion = 16;
  const usable = /^[\w+=,.@-]*$/.test(name) ? name : sid("", name);
  return `${purpose}${shorten(usable, ROLE_NAME_MAX - purpose.length - longestRegion - 1)}-${region}`;
}
