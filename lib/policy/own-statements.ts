// Own statements in a policy that others own as well: which are ours, and what the document becomes.
import type { Json } from "../json";
import { stableJson } from "../json";
import { sid } from "../names";
import type { LiveStatement } from "./canonical";
import { outlivedPrincipals, sameStatement } from "./canonical";
import { changePolicyText, readPolicyText } from "./policy-text";
import type { WrittenStatement } from "./policy-text";
import type { IdentifiedStatement, Statement } from "./statement";
import { policyDocument } from "./statement";

/**
 * The end of every Sid that one operator function writes. The name of a function is unique in its account and region, so that
 * what bears its mark is its own, even after an update that failed and was forgotten.
 */
export function ownerMark(functionName: string): string {
  return sid("By", functionName);
}

/**
 * The statements under Sids that say whose they are: without the mark two stacks of one table or one target would write equal
 * statements under equal Sids, and the first to go would take the other's with it.
 */
export function markedStatements(
  functionName: string,
  statements: readonly Statement[],
): IdentifiedStatement[] {
  const mark = ownerMark(functionName);
  return statements.map((statement) => ({ ...statement, Sid: `${statement.Sid ?? "ZeroEtl"}${mark}` }));
}

/** What the statements of one owner in a document are to become. */
export interface Ownership {
  /** The owner's statements from now on; none: all of them go. */
  readonly desired: readonly IdentifiedStatement[];
  /** The owner's statements at the last apply. */
  readonly previous: readonly LiveStatement[];
  /** The mark of the owner's Sids, `ownerMark`. */
  readonly mark: string;
  /** Whether a statement has the form of those that an owner writes. */
  readonly isRemovable: (statement: LiveStatement) => boolean;
}

/** What has to be done to a document. */
export type Change =
  | { readonly kind: "none" }
  | { readonly kind: "write"; readonly text: string }
  | { readonly kind: "remove" }
  | { readonly kind: "unreadable" }
  /** Sids of ours under which somebody else's statements stand. */
  | { readonly kind: "conflict"; readonly sids: readonly string[] };

type Verdict = "keep" | "replace" | "foreign" | "conflict";

/** What has to be done to a live document so that it holds the owner's statements, and everybody else's as they are. */
export function changeOf(live: string | undefined, ownership: Ownership): Change {
  const { desired } = ownership;
  if (live === undefined) {
    return desired.length === 0
      ? { kind: "none" }
      : { kind: "write", text: stableJson(policyDocument(desired)) };
  }
  const document = readPolicyText(live);
  if (document === undefined) return { kind: "unreadable" };
  const verdicts = document.statements.map(({ value }) => verdictOf(value, ownership));
  const statementsThat = (verdict: Verdict): readonly WrittenStatement[] =>
    document.statements.filter((_, index) => verdicts[index] === verdict);
  const conflicts = statementsThat("conflict").map(({ value }) => sidOf(value));
  if (conflicts.length > 0) return { kind: "conflict", sids: conflicts };

  const replaced = statementsThat("replace");
  const placed = new Set(statementsThat("keep").map(({ value }) => sidOf(value)));
  if (replaced.length === 0 && desired.every(({ Sid }) => placed.has(Sid))) return { kind: "none" };
  if (desired.length === 0 && replaced.length === document.statements.length) return { kind: "remove" };
  const texts = document.statements.map(({ value, start, end }, index) => {
    if (verdicts[index] !== "replace") return live.slice(start, end);
    const successor = desired.find(({ Sid }) => Sid === sidOf(value) && !placed.has(Sid));
    if (successor !== undefined) placed.add(successor.Sid);
    return successor && textOf(successor);
  });
  const appended = desired.filter(({ Sid }) => !placed.has(Sid)).sort((a, b) => (a.Sid < b.Sid ? -1 : 1));
  return { kind: "write", text: changePolicyText(document, texts, appended.map(textOf)) };
}

/** How the owner's statements differ from those of a live document, in words; `noun` is the document with its article. */
export function driftOf(live: string | undefined, noun: string, ownership: Ownership): string[] {
  const { desired } = ownership;
  if (live === undefined)
    return desired.map(({ Sid }) => `statement ${Sid} is missing: there is no ${noun.replace(/^the /, "")}`);
  const document = readPolicyText(live);
  if (document === undefined) return [`${noun} cannot be read`];
  const values = document.statements.map(({ value }) => value);
  const forgotten = values
    .filter((value) => verdictOf(value, ownership) === "replace")
    .filter((value) => desired.every(({ Sid }) => Sid !== sidOf(value)))
    .map((value) => `statement ${sidOf(value)} of ${noun} is no longer declared`);
  return [...desired.flatMap((statement) => driftOfOne(values, noun, statement)), ...forgotten];
}

function driftOfOne(live: readonly LiveStatement[], noun: string, statement: IdentifiedStatement): string[] {
  const namesakes = live.filter((value) => sidOf(value) === statement.Sid);
  if (namesakes.some((value) => sameStatement(value, asLive(statement)))) return [];
  return namesakes.length === 0
    ? [`statement ${statement.Sid} is missing from ${noun}`]
    : [`statement ${statement.Sid} of ${noun} says something else than declared`];
}

function verdictOf(live: LiveStatement, { desired, previous, mark, isRemovable }: Ownership): Verdict {
  const Sid = sidOf(live);
  const ofSameSid = (statement: LiveStatement): boolean => sidOf(statement) === Sid;
  const wanted = desired.map(asLive).find(ofSameSid);
  if (wanted !== undefined && sameStatement(live, wanted)) return "keep";
  const written = [...previous, ...(wanted === undefined ? [] : [wanted])].filter(ofSameSid);
  const isOwn =
    written.some((statement) => sameStatement(live, statement) || outlivedPrincipals(live, statement)) ||
    (Sid.endsWith(mark) && isRemovable(live));
  if (isOwn) return "replace";
  return wanted === undefined ? "foreign" : "conflict";
}

function sidOf(statement: LiveStatement): string {
  const { Sid } = statement;
  return typeof Sid === "string" ? Sid : "";
}

function asLive(statement: Statement): LiveStatement {
  return statement as unknown as LiveStatement;
}

function textOf(statement: Statement): string {
  return stableJson(statement as unknown as Json);
}
