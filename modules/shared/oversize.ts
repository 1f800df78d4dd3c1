// Whether a document that several constructs contribute to has grown past what AWS takes.
import type { IssueDetails } from "../../lib/issues";
import type { Json } from "../../lib/json";
import type { DocumentLimit } from "../../lib/policy/size";
import { documentSize } from "../../lib/policy/size";
import { isUnresolved } from "../tokens";

/** What an issue says of the size of a document that is too large; nothing where it fits, or where only Terraform knows. */
export function oversize(
  document: Json,
  limit: DocumentLimit,
): Pick<IssueDetails, "got" | "expected"> | undefined {
  if (isUnresolved(document)) return undefined;
  const size = documentSize(document, limit);
  if (size <= limit.max) return undefined;
  return { got: `${size} ${limit.unit}`, expected: `at most ${limit.max} ${limit.unit}` };
}
