// Which call an answer belongs to: an old answer must not pass for one to a call that was never answered.
import { createHash } from "node:crypto";
import type { Json } from "../json";
import { isObject } from "../policy/canonical";
import { TERRAFORM_KEY } from "./protocol";

/** Terraform's expression of the digest, for the input of a resource: it is computed on both sides, and is not in the input. */
export const REQUEST_DIGEST = "sha256(jsonencode(jsondecode(self.input)))";

/** The digest of a resource's input as Terraform has it, without what is added when it is sent; nothing for other calls. */
export function requestDigest(event: unknown): string | undefined {
  if (!isObject(event as Json)) return undefined;
  const { [TERRAFORM_KEY]: terraform, ...input } = event as Readonly<Record<string, Json | undefined>>;
  if (terraform === undefined) return undefined;
  return createHash("sha256").update(jsonencode(input)).digest("hex");
}

// Text for text what Terraform's `jsonencode` makes: sorted keys, and what HTML knows is escaped.
function jsonencode(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(jsonencode).join(",")}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((key) => `${jsonencode(key)}:${jsonencode(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
