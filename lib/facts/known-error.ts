// What is known of an error.
import type { IssueCode } from "../issue-codes";

/** One way in which an integration, or a call that makes or changes one, goes wrong. */
export interface KnownError {
  /** Stable, in kebab-case: the anchor in docs/errors.md. */
  readonly id: string;
  /** What is seen: a state, or words of AWS. */
  readonly symptom: string;
  /** Codes and words of AWS that tell it; absent where AWS says nothing that would. */
  readonly pattern?: RegExp;
  readonly cause: string;
  /** What helps, as an order in lower case and without a full stop. */
  readonly remedy: string;
  /** Whether the remedy is to do the same again. */
  readonly passes?: true;
  /** Rules that refuse it, or warn of it, at synth. @default none */
  readonly rules?: readonly IssueCode[];
  /** Rules of the review that find a change which leads to it. @default none */
  readonly reviews?: readonly string[];
  /** Checks at plan and after apply, by the name of their file in modules/checks. @default none */
  readonly checks?: readonly string[];
  /** What the modules make so that it does not happen. */
  readonly made?: string;
  /** Where it is documented or seen. */
  readonly source: string;
}

/** A section of the AWS Glue user guide, as a source. */
export const GUIDE = (section: string): string => `AWS Glue user guide, "${section}"`;
