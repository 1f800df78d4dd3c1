// What a format is: a pure function from a report to text.
import type { Level } from "../finding";
import type { Report, ReviewedFinding } from "../report";
import { LEVELS } from "../finding";
import type { ReviewRule } from "../rule";

/** From which level on a finding fails the run; `never`: none does. */
export type FailOn = Level | "never";

/** Every threshold, the default first. */
export const FAIL_ON: readonly FailOn[] = [...LEVELS, "never"];

/** What a format needs beside the report. */
export interface FormatOptions {
  /** Version of this package. */
  readonly version: string;
  readonly failOn: FailOn;
  /** Every rule that was asked, also those that found nothing. */
  readonly rules: readonly Omit<ReviewRule, "check">[];
  /** File of each plan, by stack, relative to the working directory. */
  readonly planFiles: Readonly<Record<string, string>>;
  /** Where the pages of the documentation are, with a slash at the end. */
  readonly docs: string;
  /**
   * Width of the terminal.
   * @default 80
   */
  readonly columns?: number;
  /**
   * Whether the terminal shows colours.
   * @default false
   */
  readonly color?: boolean;
}

export type Format = (report: Report, options: FormatOptions) => string;

/** The findings that fail the run: at or above the threshold, and accepted by nobody. */
export function failing({ findings }: Pick<Report, "findings">, failOn: FailOn): readonly ReviewedFinding[] {
  return findings.filter((finding) => fails(finding, failOn));
}

/** Whether a finding fails the run. */
export function fails({ level, acknowledgement }: ReviewedFinding, failOn: FailOn): boolean {
  if (failOn === "never" || acknowledgement !== undefined) return false;
  return LEVELS.indexOf(level) <= LEVELS.indexOf(failOn);
}
