// Statements that a document of the user's needs, with how sure that is.
import type { Json } from "../json";
import { stableJson } from "../json";
import type { IdentifiedStatement } from "./statement";

/** A statement that a policy needs. */
export interface Requirement {
  readonly statement: IdentifiedStatement;
  /** Whether AWS publishes the statement for this very case; otherwise it is the nearest that AWS publishes. */
  readonly verified: boolean;
  /** Where the statement comes from. */
  readonly source: string;
}

/** What a document of the user's must say before data can flow. */
export interface DocumentRequirements {
  readonly document: "catalog policy" | "key policy" | "secret policy" | "table policy" | "topic policy";
  /** ARN of what the document belongs to. */
  readonly arn: string;
  /** Whether the app writes the statements into the document; otherwise that is the user's business. */
  readonly applied: boolean;
  readonly requirements: readonly Requirement[];
}

/** One entry for each document, with every requirement once; the order is that of the statement ids, whoever asked first. */
export function mergeRequirements(needs: readonly DocumentRequirements[]): DocumentRequirements[] {
  const byDocument = new Map<string, DocumentRequirements>();
  for (const need of needs) {
    const key = stableJson([need.document, need.arn, need.applied]);
    const requirements = [...(byDocument.get(key)?.requirements ?? []), ...need.requirements];
    byDocument.set(key, { ...need, requirements: distinct(requirements) });
  }
  return [...byDocument.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

function distinct(requirements: readonly Requirement[]): Requirement[] {
  const byText = new Map(requirements.map((requirement) => [textOf(requirement), requirement]));
  return [...byText.keys()].sort().flatMap((text) => byText.get(text) ?? []);
}

// The id comes first: ARNs may be tokens, which are numbered as they are made.
function textOf(requirement: Requirement): string {
  return `${requirement.statement.Sid} ${stableJson(requirement as unknown as Json)}`;
}

function place({ document, arn, requirements }: DocumentRequirements): string {
  return [document, ...requirements.map(({ statement }) => statement.Sid), arn].join(" ");
}
