// What rules say, as a user reads it.
import type { Issue } from "../../../lib/issues";
import { formatIssue } from "../../../lib/issues";

/** Every issue in full, with its path as the place. */
export function said(issues: readonly Issue[]): string {
  return issues
    .map((issue) => formatIssue(issue, placeOf(issue.path), (issue.related ?? []).map(placeOf)))
    .join("\n");
}

/** The codes alone. */
export function codesOf(issues: readonly Issue[]): string[] {
  return issues.map(({ code }) => code);
}

/** Lines of expected text, without the indentation of the test. */
export function lines(...texts: readonly string[]): string {
  return texts.join("\n");
}

function placeOf(path: readonly (string | number)[]): string {
  return path.length === 0 ? "." : path.join(".");
}
