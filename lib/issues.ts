// What is wrong with a value, as data: rules return issues, callers add the place and decide what to do.
import type { IssueCode } from "./issue-codes";

export type { IssueCode } from "./issue-codes";

/** How much an issue matters: an `error` stops the run, a `warning` and a `note` are printed. */
export type Severity = "error" | "warning" | "note";

/** The way from a value to the part of it that an issue is about: keys and list indexes. */
export type IssuePath = readonly (string | number)[];

/** One thing that is wrong or worth knowing, with what it takes to mend it. */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Where it is, relative to the value that the rule was given. */
  readonly path: IssuePath;
  /** Whether the issue is about the value at `path` (default) or about the key that leads to it. */
  readonly at?: "key" | "value";
  /** What is wrong, in lower case and without a full stop. */
  readonly message: string;
  readonly got?: string;
  readonly expected?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The other places that the issue is about, in the terms of `path`. */
  readonly related?: readonly IssuePath[];
}

/** What an issue says beyond its message. */
export type IssueDetails = Pick<Issue, "at" | "got" | "expected" | "remedy" | "related">;

/** An issue that stops the run. */
export function error(code: IssueCode, path: IssuePath, message: string, details: IssueDetails = {}): Issue {
  return { code, severity: "error", path, message, ...details };
}

/** An issue that is printed and may be what the user wants. */
export function warning(
  code: IssueCode,
  path: IssuePath,
  message: string,
  details: IssueDetails = {},
): Issue {
  return { code, severity: "warning", path, message, ...details };
}

/** Something worth knowing. */
export function note(code: IssueCode, path: IssuePath, message: string, details: IssueDetails = {}): Issue {
  return { code, severity: "note", path, message, ...details };
}

/** Puts issues that a rule found in a part of a value under the path of that part. */
export function under(path: IssuePath, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({
    ...issue,
    path: [...path, ...issue.path],
    ...(issue.related && { related: issue.related.map((other) => [...path, ...other]) }),
  }));
}

/** Only the issues that stop a run. */
export function errorsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.severity === "error");
}

/** One issue as text: the place, what is wrong and the code on the first line, the details indented below. */
export function formatIssue(issue: Issue, where: string, alsoWhere: readonly string[] = []): string {
  const details: [string, string | undefined][] = [
    ...alsoWhere.map((place): [string, string] => ["also", place]),
    ["got", issue.got],
    ["expected", issue.expected],
    ["remedy", issue.remedy],
  ];
  return [
    `${where}: ${issue.severity}: ${issue.message} [${issue.code}]`,
    ...details.flatMap(([label, text]) => (text === undefined ? [] : [`  ${`${label}:`.padEnd(10)}${text}`])),
  ].join("\n");
}

/** Thrown by constructs: every error of one construct at once, each with the construct path and its code. */
export class ZeroEtlError extends Error {
  constructor(
    /** Path of the construct that refuses its props. */
    readonly constructPath: string,
    readonly issues: readonly Issue[],
  ) {
    super(issues.map((issue) => formatIssue(issue, [constructPath, ...issue.path].join(": "))).join("\n"));
    this.name = "ZeroEtlError";
    // Node.js prints what can be enumerated after the trace, and the message says all of it.
    for (const member of ["name", "constructPath", "issues"])
      Object.defineProperty(this, member, { enumerable: false });
  }
}
