// What several shapes have in common.
import { LABEL_PATTERN } from "../facts/limits";
import { ARN_SHAPES } from "../rules/arns";
import type { Schema } from "./schema";
import { arnOf, mapping, oneOf, record, text } from "./schema";

/** The form of a label. */
export const LABEL = { pattern: LABEL_PATTERN.source };
/** The environment of a source or target. */
export const environmentOf = text("Label of the environment that it lives in; default: the stack's.", LABEL);
/** The ARN of a role that the user brings. */
export const roleArn = (what: string) =>
  arnOf(ARN_SHAPES.role, `ARN of a role of your own ${what}; default: a role is made.`);
/** The ARN of a KMS key. */
export const kmsKeyArn = (what: string) => arnOf(ARN_SHAPES.kmsKey, `ARN of ${what}.`);
/** Who writes a policy document. */
export const policyMode = (what: string) =>
  oneOf(
    ["merge", "own", "external"],
    `Who writes ${what}. merge: only our statements are added and removed; own: this stack owns the whole document; external: nothing is written.`,
  );

/** The shape that a `type` names. */
export function typed(
  type: string,
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  return mapping(description, { type: { const: type, description }, ...properties }, ["type", ...required]);
}

/** A mapping of labels. */
export function labelled(description: string, item: Schema): Schema {
  return { ...record(description, item), propertyNames: LABEL };
}
