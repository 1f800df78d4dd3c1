// What a resource is, in words.
import type { Field, PlanView, Policy, Resource } from "../plan-view";
import { known } from "../plan-view";
import { textAt } from "../decode/document";

/** The titles of the resources of a plan that are more to a reader than their types, by address. */
export function titlesOf(view: PlanView): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const add = ({ address }: Resource, title: string): void => {
    if (!titles.has(address)) titles.set(address, title);
  };
  for (const { resource, label } of view.integrations) add(resource, `integration ${label}`);
  for (const { resource, before, after } of view.resourceProperties) {
    add(resource, `resource property of ${tail(after?.resourceArn, before?.resourceArn)}`);
  }
  for (const { resource, before, after } of view.tableProperties) {
    add(resource, `table properties of ${tail(after?.tableName, before?.tableName)}`);
  }
  const labels = new Map(view.integrations.map(({ resource, label }) => [resource.address, label]));
  for (const { resource } of view.integrationSettings) {
    const integration = view.references(resource.address).find((address) => labels.has(address));
    add(resource, `settings of ${integration === undefined ? "an integration" : labels.get(integration)}`);
  }
  for (const policy of view.policies) {
    if (policy.attribute === "policy" || policy.isMerged) add(policy.resource, policyTitle(policy));
  }
  for (const { resource, kind } of view.operatorCalls) {
    add(resource, kind === "propagation" ? "wait for IAM" : "call of the operator");
  }
  for (const resource of view.changes) {
    const [noun, attribute = "name"] =
      (Object.hasOwn(NOUNS, resource.type) ? NOUNS[resource.type] : undefined) ?? [];
    const names = [resource.after, resource.before].map((side) => side && textAt(side, attribute));
    if (noun !== undefined) add(resource, `${noun} ${tail(...names)}`);
  }
  return titles;
}

/** What the resources beside an integration are, and which attribute names them. */
const NOUNS: Readonly<Record<string, readonly [noun: string, attribute?: string]>> = {
  aws_cloudwatch_event_rule: ["event rule"],
  aws_cloudwatch_log_group: ["log group"],
  aws_cloudwatch_metric_alarm: ["alarm", "alarm_name"],
  aws_dynamodb_table: ["table"],
  aws_glue_catalog_database: ["database"],
  aws_glue_connection: ["connection"],
  aws_iam_role: ["role"],
  aws_kms_alias: ["alias of a key"],
  aws_lambda_function: ["function", "function_name"],
  aws_redshift_cluster: ["cluster", "cluster_identifier"],
  aws_redshiftserverless_namespace: ["namespace", "namespace_name"],
  aws_redshiftserverless_workgroup: ["workgroup", "workgroup_name"],
  aws_s3_bucket: ["bucket", "bucket"],
  aws_s3tables_table_bucket: ["table bucket"],
};

const POLICY_NOUNS: Readonly<Record<Policy["kind"], string>> = {
  bucket: "policy of bucket",
  catalog: "catalog policy",
  "dynamodb-table": "policy of table",
  key: "policy of key",
  "redshift-namespace": "policy of namespace",
  "role-permissions": "permissions of role",
  "role-trust": "role",
  secret: "policy of secret",
  "table-bucket": "policy of table bucket",
};

function policyTitle({ kind, subject, resource }: Policy): string {
  if (kind === "catalog") return POLICY_NOUNS[kind];
  if (resource.type === "aws_kms_key") return "key";
  if (resource.type === "aws_s3_bucket") return `bucket ${tail(subject)}`;
  if (resource.type === "aws_secretsmanager_secret") return "secret";
  if (resource.type === "aws_iam_policy") return `policy ${tail(subject)}`;
  return `${POLICY_NOUNS[kind]} ${tail(subject)}`;
}

/** The last part of an ARN, or the text itself; Terraform's words where it is hidden. */
function tail(...fields: readonly Field<string>[]): string {
  const text = fields.map(known).find((value) => value !== undefined);
  if (text === undefined) return String(fields.find((field) => field !== undefined) ?? "(not set)");
  return text.startsWith("arn:") ? (text.split(":").slice(5).join(":").split("/").at(-1) ?? text) : text;
}
