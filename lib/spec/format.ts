// Issues as the text that a user reads.
import type { Severity } from "../issues";
import { formatIssue } from "../issues";
import type { LocatedIssue, Place } from "./located";

/** Every issue with its place, and a last line that counts them. */
export function formatLocatedIssues(issues: readonly LocatedIssue[]): string {
  return [...issues.map(formatLocatedIssue), summaryOf(issues)].join("\n");
}

function formatLocatedIssue(issue: LocatedIssue): string {
  const where = (place: Place) =>
    place.line === 0 ? issue.file : `${issue.file}:${place.line}:${place.column}`;
  return formatIssue(issue, where(issue), (issue.relatedPlaces ?? []).map(where));
}

function summaryOf(issues: readonly LocatedIssue[]): string {
  const count = (severity: Severity) => issues.filter((issue) => issue.severity === severity).length;
  const counts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const number = count(severity);
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "no issues" : counts.join(", ");
}
