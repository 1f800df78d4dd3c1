// What goes wrong with integrations, from the catalogue that the operator and the status command use.
import type { KnownError } from "../lib/facts/errors";
import { KNOWN_ERRORS } from "../lib/facts/errors";
import { ISSUE_CODES } from "../lib/issue-codes";
import { REVIEW_RULES } from "../lib/review/rules";
import { EXIT_STATUSES } from "../lib/status/exit-status";
import { code, markdownTable } from "./markdown";

/** What each check of modules/checks looks at. */
export const CHECKS: Readonly<Record<string, string>> = {
  "dynamodb-table-lookup": "the recovery, the key and the key columns of a source table, at plan",
  "glue-connection-lookup": "the product of a connection, at plan",
  "glue-database-lookup": "the location of a database that exists, at plan",
  "integration-status": "the state of the integration, at every plan and after every apply",
  "redshift-cluster-lookup": "the parameters, the encryption and the nodes of a cluster, at plan",
  "redshift-workgroup-lookup": "the parameters of a workgroup, at plan",
  "s3-tables-lookup": "the catalog of S3 Tables, at plan",
};

/** Every known error under its own heading, which is what the status command links to. */
export function errors(): string {
  return KNOWN_ERRORS.map(entry).join("\n\n");
}

/** How the status command ends. */
export function exitStatuses(): string {
  return markdownTable(
    ["exit status", "meaning"],
    Object.entries(EXIT_STATUSES).map(([status, meaning]) => [status, meaning]),
  );
}

function titleOf(rule: string): string {
  const found = REVIEW_RULES.find(({ id }) => id === rule);
  if (found === undefined) throw new Error(`there is no rule ${rule} of the review`);
  return found.title;
}

function entry({
  id,
  symptom,
  cause,
  remedy,
  rules = [],
  reviews = [],
  checks = [],
  made,
  source,
}: KnownError): string {
  const prevented = [
    ...rules.map((rule) => `${code(rule)} at synth: ${ISSUE_CODES[rule]}`),
    ...reviews.map((rule) => `[${code(rule)}](review.md#${rule}) in a review: ${titleOf(rule)}`),
    ...checks.map((check) => `a check of ${CHECKS[check] ?? check}`),
    ...(made === undefined ? [] : [`what is made: ${made}`]),
  ];
  return [
    `### ${id}`,
    "",
    `${symptom}`,
    "",
    `- Cause: ${cause}.`,
    `- Remedy: ${remedy}.`,
    `- Prevented or shown by: ${prevented.length === 0 ? "nothing here" : prevented.join("; ")}.`,
    `- Source: ${source}.`,
  ].join("\n");
}
