// The rules of the review, as their page lists them.
import { REVIEW_RULES } from "../lib/review/rules";
import { KNOWN_ERRORS } from "../lib/facts/errors";
import { code, markdownTable } from "./markdown";

const GUIDE = "AWS Glue user guide, zero-ETL integrations";

/** Where a rule comes from, and when it is right to accept what it finds. */
export const BACKGROUND: Readonly<Record<string, string>> = {
  "integration-replaced":
    "Cloud Control can change a description, a filter and tags; for everything else it replaces the integration (CloudFormation schema of `AWS::Glue::Integration`, `createOnlyProperties`). An integration in the state FAILED only starts again in another one: then the finding is a note.",
  "integration-destroyed": `Deleting an integration removes neither tables nor data of the target (${GUIDE}, "Deleting an integration").`,
  "integration-unwell": `AWS tries again for seven days while an integration needs attention, and then gives it up (${GUIDE}, "Integration states"). The state is that of the last refresh.`,
  "integrations-collide":
    "Since September 2026 a table in a target belongs to one integration; names are unique in an account and region.",
  "setting-refused": "The rules are those that a declaration is checked with at synth.",
  "immutable-setting":
    "The provider compares whole properties with the schema, and plans a change inside of one as an update; Cloud Control then refuses it, and the state holds the new document nevertheless.",
  "setting-kept":
    "The attributes are optional and computed in `awscc`: what the code does not set stays as it is. Intervals that AWS sets itself are left out.",
  "daily-exports": `${GUIDE}, "Sequential daily batches".`,
  "unsupported-entity": `${GUIDE}, the list of each source. Which product a connection leads to is known where the plan looks it up.`,
  "source-table-lost": `${GUIDE}, "Troubleshooting". A replacement makes an empty table in the place of the old one.`,
  "source-recovery-off": `AWS exports a table from its continuous backups (${GUIDE}, "Configuring Amazon DynamoDB source"). A removed block changes nothing in AWS and is no finding.`,
  "source-aws-managed-key": `${GUIDE}, "Limitations". In Terraform \`enabled = true\` without \`kms_key_arn\` is the key that AWS manages.`,
  "target-lost": "Terraform destroys what it manages, whoever else writes into it.",
  "target-location-changed":
    "Tables keep the location that they were made with; only new ones are made at the new one.",
  "target-without-location": `${GUIDE}, "Configuring a general purpose S3 bucket target".`,
  "target-refused":
    "AWS answers `Provided target id is not valid` to a namespace, and `contains invalid characters` to a hyphen in the name of a database.",
  "region-not-listed": `${GUIDE}, "Supported Regions". The list may be older than the region.`,
  "lake-formation-without-grants": `${GUIDE}, "Limitations". Grants that are made outside of the plan are not seen: accept the finding then.`,
  "case-sensitivity-off":
    "Redshift management guide, zero-ETL integrations, `enable_case_sensitive_identifier`. Which warehouse has a parameter group is not always in the plan.",
  "serverless-policy":
    "`aws_redshift_resource_policy` takes the namespace of a serverless workgroup, too (hashicorp/terraform-provider-aws issue 42859).",
  "role-lost": `${GUIDE}, "Creating a target IAM role".`,
  "key-lost":
    "A key that is scheduled for deletion can be kept within its waiting period. AWS publishes no key policy for Glue integrations: only what was allowed before is missed.",
  "table-layout-changed": `A table whose layout conflicts with the new one is loaded again (${GUIDE}, "Configure target table properties"). The operator refuses that without a raised \`layoutVersion\`.`,
  "shared-property-changed": `There is one property for each database, catalog and connection (${GUIDE}, "Limitations").`,
  "conflicting-properties": `There is one record for each target and source table (${GUIDE}, "Limitations").`,
  "required-statement-lost":
    "Compared with the statements that this package itself writes. Policies of other stacks and documents that nobody manages are not seen.",
  "foreign-statements-lost":
    "`aws_glue_resource_policy`, `aws_dynamodb_resource_policy` and `aws_redshift_resource_policy` write the whole document and delete the whole document.",
  "hybrid-dropped": "Glue API, PutResourcePolicy, EnableHybrid. The provider never reads it back.",
  "policy-widened":
    "Compared with what the integrations of the plan need. New statements count where they let everybody, or a service on behalf of any account.",
  "policy-too-large":
    "Limits of the documents: Glue catalog 10 KB, table 20 KB, inline policies of a role 10,240 characters together, key 32 KB. Of a merged policy only the own statements are known.",
  "account-quota": `${GUIDE}, "Service quotas". AWS raises it on request.`,
  "source-quota": `${GUIDE}, "Service quotas".`,
  "target-quota": `${GUIDE}, "Service quotas".`,
  "many-on-one-target":
    "Reported by users, and not a quota of AWS. Integrations that wait for each other count once.",
  "check-failed":
    "Checks, preconditions and postconditions of the configuration, this package's own among them.",
  "check-unknown":
    "A note where what is checked changes in the plan; silent where it is made by it. What is not known never counts as passed.",
  "unknown-value": "Values that are known after apply, or sensitive, are never taken for safe.",
};

/** Every rule in one table. */
export function reviewRules(): string {
  return markdownTable(
    ["rule", "level", "what it finds"],
    REVIEW_RULES.map(({ id, levels, title }) => [`[${code(id)}](#${id})`, levels.join(" or "), title]),
  );
}

/** A section for each rule, under the anchor that findings lead to. */
export function reviewRuleDetails(): string {
  return REVIEW_RULES.map(({ id, levels, title }) =>
    [
      `### ${id}`,
      `**${levels.join(" or ")}**: ${title}.`,
      ...(BACKGROUND[id] === undefined ? [] : [BACKGROUND[id]]),
      ...errorsOf(id),
    ].join("\n\n"),
  ).join("\n\n");
}

/** What AWS says where such a change is applied. */
function errorsOf(rule: string): string[] {
  const errors = KNOWN_ERRORS.filter(({ reviews = [] }) => reviews.includes(rule));
  if (errors.length === 0) return [];
  return [`What follows: ${errors.map(({ id }) => `[${id}](errors.md#${id})`).join(", ")}.`];
}
