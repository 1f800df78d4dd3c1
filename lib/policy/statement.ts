// IAM policy statements as values, in AWS's own words.
import type { Json } from "../json";
import { sid } from "../names";

/** Condition operator to condition key to the values of which one must match. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Who a statement of a resource-based policy speaks of. */
export type Principal = Readonly<{ Service: readonly string[] }> | Readonly<{ AWS: readonly string[] }>;

/** One statement; lists are always lists, so that equal statements are equal values. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow";
  readonly Principal?: Principal;
  readonly Action: readonly string[];
  /** Absent in a role's trust policy only. */
  readonly Resource?: readonly string[];
  readonly Condition?: Conditions;
}

/** A statement of a document that several contributors share. */
export interface IdentifiedStatement extends Statement {
  readonly Sid: string;
}

/**
 * The statements of one owner among others that may ask for the same: each has Sids of its own, or one owner who leaves would
 * take another's statement along. A Sid keeps its word, by which readers know what it is for.
 */
export function statementsOf(owner: string, statements: readonly Statement[]): IdentifiedStatement[] {
  return statements.map((statement) => {
    const { Sid = "ZeroEtl" } = statement;
    return { ...statement, Sid: sid(Sid.replace(/[0-9a-f]{16}$/, ""), Sid, owner) };
  });
}

/** A policy document; statements are ordered by Sid, so that the order of the contributors does not show. */
export function policyDocument(statements: readonly Statement[]): Json {
  const ordered = [...statements].sort((a, b) => ((a.Sid ?? "") < (b.Sid ?? "") ? -1 : 1));
  return { Version: "2012-10-17", Statement: ordered as unknown as Json };
}
