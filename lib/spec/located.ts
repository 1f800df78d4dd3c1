// An issue with the place in the file.
import type { Issue } from "../issues";

/** A place in a file, both numbers from 1; line 0 is the file as a whole. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** An issue with the file, relative to the working directory, and the place in it. */
export interface LocatedIssue extends Issue, Place {
  readonly file: string;
  /** Where the other things stand that the issue is about. */
  readonly relatedPlaces?: readonly Place[];
}

/** An issue about a file as a whole. */
export function aboutFile(file: string, issue: Issue): LocatedIssue {
  return { ...issue, file, line: 0, column: 0 };
}

const SEVERITIES = ["error", "warning", "note"] as const;

/** By file and position, at one position the worst first. */
export function sortIssues(issues: readonly LocatedIssue[]): LocatedIssue[] {
  return [...issues].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
