// Every rule of the review.
import type { ReviewRule } from "../rule";

/** Every rule, by id. */
export const REVIEW_RULES: readonly ReviewRule[] = [];
