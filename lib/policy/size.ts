// How large documents are as AWS counts them, and how to make them fit.
import {
  CATALOG_POLICY_MAX_BYTES,
  KEY_POLICY_MAX_BYTES,
  RESOURCE_PROPERTY_FIELDS,
  ROLE_POLICIES_MAX_CHARACTERS,
  SECRET_POLICY_MAX_CHARACTERS,
  TABLE_POLICY_MAX_BYTES,
  TOPIC_POLICY_MAX_BYTES,
} from "../facts/documents";
import type { Length } from "../facts/limits";
import type { Json } from "../json";
import { stableJson } from "../json";
import { mergeStatements } from "./merge";
import { ownerMark } from "./own-statements";
import type { Statement } from "./statement";
import { policyDocument } from "./statement";

/** The size of a document's text in bytes, white space included. */
export function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** The size of a document's text in characters, white space included. */
export function characters(text: string): number {
  return [...text].length;
}

/** The size of a document's text in characters, white space not counted. */
export function inkedCharacters(text: string): number {
  return [...text.replace(/\s/gu, "")].length;
}

/** How large one kind of document may be. */
export interface DocumentLimit {
  readonly max: number;
  readonly unit: "bytes" | "characters";
  /** The size of the document's text as AWS counts it. */
  readonly measure: (text: string) => number;
}

/** The limits of the policy documents that we write. */
export const POLICY_LIMITS = {
  catalog: { max: CATALOG_POLICY_MAX_BYTES, unit: "bytes", measure: bytes },
  key: { max: KEY_POLICY_MAX_BYTES, unit: "bytes", measure: bytes },
  role: { max: ROLE_POLICIES_MAX_CHARACTERS, unit: "characters", measure: inkedCharacters },
  secret: { max: SECRET_POLICY_MAX_CHARACTERS, unit: "characters", measure: characters },
  table: { max: TABLE_POLICY_MAX_BYTES, unit: "bytes", measure: bytes },
  topic: { max: TOPIC_POLICY_MAX_BYTES, unit: "bytes", measure: bytes },
} as const satisfies Readonly<Record<string, DocumentLimit>>;

const MARK_LENGTH = ownerMark("").length;

/** The limit of a document whose statements are yet to be marked as their owner's. */
export function limitBeforeMarks(limit: DocumentLimit): DocumentLimit {
  const statements = (text: string): number => text.split('"Sid":"').length - 1;
  return { ...limit, measure: (text) => limit.measure(text) + MARK_LENGTH * statements(text) };
}

/** A document's size, as AWS counts it; it is written as `stableJson` writes it. */
export function documentSize(document: Json, limit: DocumentLimit): number {
  return limit.measure(stableJson(document));
}

/** Statements that were made to fit, as far as they can be. */
export interface Fitted {
  readonly statements: readonly Statement[];
  readonly size: number;
  readonly fits: boolean;
}

/** The statements as they are where they fit, otherwise merged: readers find each contributor's own as long as possible. */
export function fitStatements(statements: readonly Statement[], limit: DocumentLimit): Fitted {
  const fitted = (candidates: readonly Statement[]): Fitted => {
    const size = documentSize(policyDocument(candidates), limit);
    return { statements: candidates, size, fits: size <= limit.max };
  };
  const asTheyAre = fitted(statements);
  return asTheyAre.fits ? asTheyAre : fitted(mergeStatements(statements));
}

type ResourcePropertyField = keyof typeof RESOURCE_PROPERTY_FIELDS;

/** A field that is longer or shorter than AWS takes. */
export interface MisfitField {
  readonly field: ResourcePropertyField;
  readonly length: number;
  readonly limit: Length;
}

/** The fields of a resource property that do not fit, sorted by name. */
export function misfitFields(
  fields: Readonly<Partial<Record<ResourcePropertyField, string | undefined>>>,
): MisfitField[] {
  const names = Object.keys(RESOURCE_PROPERTY_FIELDS).sort() as ResourcePropertyField[];
  return names.flatMap((field) => {
    const length = fields[field]?.length;
    const limit = RESOURCE_PROPERTY_FIELDS[field];
    return length === undefined || (length >= limit.min && length <= limit.max)
      ? []
      : [{ field, length, limit }];
  });
}
