// What constructs do with issues: errors are thrown together, everything else becomes an annotation.
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { Issue } from "../lib/issues";
import { ZeroEtlError, error, errorsOf, formatIssue } from "../lib/issues";
import { isUnresolved } from "./tokens";

/** Context key that is true where a declaration was validated already: its warnings were printed with file and line. */
export const ISSUES_REPORTED = "zeroEtlIssuesReported";

/** Throws every error at once and annotates the construct with the rest; throws `ZeroEtlError`. */
export function report(scope: Construct, issues: readonly Issue[]): void {
  const errors = errorsOf(issues);
  if (errors.length > 0) throw new ZeroEtlError(scope.node.path, errors);
  for (const issue of issues) annotate(scope, issue, [scope.node.path, ...issue.path].join(": "));
}

/** Annotates a construct with a warning or a note, unless it was printed already. */
export function annotate(scope: Construct, issue: Issue, where: string): void {
  if (scope.node.tryGetContext(ISSUES_REPORTED)) return;
  const text = formatIssue(issue, where);
  if (issue.severity === "warning") Annotations.of(scope).addWarning(text);
  else Annotations.of(scope).addInfo(text);
}

/** Errors for the props that must be text because ids, names and permissions derive from them. */
export function literalRules(props: Readonly<Record<string, unknown>>): Issue[] {
  return Object.keys(props)
    .filter((name) => isUnresolved(props[name]))
    .map((name) =>
      error("unknown-at-synth", [name], `${name} is known only to Terraform`, {
        expected: "a literal text",
        remedy: "write it out: names and permissions derive from it",
      }),
    );
}
