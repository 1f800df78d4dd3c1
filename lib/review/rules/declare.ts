// How a rule is declared: its page follows from its id.
import type { ReviewRule } from "../rule";

/** A rule with a row of its own on the page of the review. */
export function rule(parts: Omit<ReviewRule, "page">): ReviewRule {
  return { ...parts, page: `review.md#${parts.id}` };
}
