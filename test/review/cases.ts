// The changes that are planned: a plan for each finding, and plans in which there is nothing to find.
import type { BaseName, Options } from "./bases";
import { databaseArn, fleet, integration, table, tableArn } from "./plain";
import type { Settings, StackJson } from "./stack-json";
import { editJson, editText, remove, resource, statements } from "./stack-json";

export interface Case {
  /** Name of the plan's file. */
  readonly file: string;
  readonly base: BaseName;
  /** What the user declares otherwise. */
  readonly options?: Options;
  /** What the user changes in a way that no declaration allows. */
  readonly edit?: (stack: StackJson) => void;
  /** Whether nothing has been applied yet. */
  readonly unapplied?: boolean;
}

const CLOUD_CONTROL = "aws_cloudcontrolapi_resource";
const INVOCATION = "aws_lambda_invocation";
const ORDERS = "Integrations_orders-to-lake";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000003";

/** Changes the document that is asked of Cloud Control. */
const desired =
  (name: string, edit: (state: Settings) => void) =>
  (stack: StackJson): void =>
    editJson(resource(stack, CLOUD_CONTROL, name), "desired_state", edit);

/** Changes a policy document. */
const policy =
  (type: string, name: string, edit: (all: Settings[], document: Settings) => void) =>
  (stack: StackJson): void =>
    editJson(resource(stack, type, name), "policy", (document) => edit(statements(document), document));

const without =
  (sid: string) =>
  (_: Settings[], document: Settings): void => {
    const kept = statements(document).filter(({ Sid }) => !String(Sid).startsWith(sid));
    if (kept.length === statements(document).length) throw new Error(`no statement ${sid}`);
    document["Statement"] = kept;
  };

const first = (edit: (statement: Settings) => void) => (all: Settings[]) => edit(all[0] as Settings);

const set =
  (type: string, name: string, settings: Settings) =>
  (stack: StackJson): void =>
    void Object.assign(resource(stack, type, name), settings);

const TARGET_ROLE = "aws_iam_role_policy";
const CATALOG = "aws_glue_resource_policy";
const TABLE_POLICY = "aws_dynamodb_resource_policy";

const CLEAN = (["lake", "alone", "crm", "tables", "warehouse"] as const).flatMap((base): Case[] => [
  { file: `clean-${base}-first`, base, unapplied: true },
  { file: `clean-${base}`, base },
]);

const LAKE: readonly Omit<Case, "base">[] = [
  { file: "harmless-description", options: { integration: { description: "All orders" } } },
  { file: "harmless-interval", options: { integration: { refreshInterval: "45m" } } },
  { file: "integration-replaced", options: { integration: { name: "renamed" } } },
  { file: "integration-destroyed", options: { without: ["customers-to-lake"] } },
  { file: "source-table-lost", edit: (stack) => remove(stack, "aws_dynamodb_table", "table-customers") },
  {
    file: "source-table-replaced",
    edit: set("aws_dynamodb_table", "table-customers", {
      hash_key: "key",
      attribute: [{ name: "key", type: "S" }],
    }),
  },
  {
    file: "source-recovery-off",
    edit: set("aws_dynamodb_table", "table-customers", { point_in_time_recovery: { enabled: false } }),
  },
  {
    file: "source-aws-managed-key",
    edit: set("aws_dynamodb_table", "table-customers", { server_side_encryption: { enabled: true } }),
  },
  {
    file: "target-database-lost",
    edit: (stack) => remove(stack, "aws_glue_catalog_database"),
  },
  { file: "target-bucket-lost", edit: (stack) => remove(stack, "aws_s3_bucket", "bucket") },
  { file: "target-location-changed", options: { location: "s3://acme-lake/all/" } },
  {
    file: "role-trust-lost",
    edit: (stack) =>
      editJson(resource(stack, "aws_iam_role", "Targets_lake_Role"), "assume_role_policy", (document) => {
        document["Statement"] = [
          { Effect: "Allow", Principal: { Service: ["lambda.amazonaws.com"] }, Action: ["sts:AssumeRole"] },
        ];
      }),
  },
  {
    file: "role-lost",
    edit: (stack) => {
      remove(stack, TARGET_ROLE, "Targets_lake_Role");
      remove(stack, "aws_iam_role", "Targets_lake_Role");
    },
  },
  { file: "table-layout-refused", options: { tables: { orders: { unnest: "none" } } } },
  { file: "table-reloaded", options: { tables: { orders: { unnest: "none", layoutVersion: 2 } } } },
  {
    file: "shared-property-changed",
    edit: desired("IntegrationResourceProperty_glue-database", (state) => {
      (state["TargetProcessingProperties"] as Settings)["EventBusArn"] =
        "arn:aws:events:us-east-1:111122223333:event-bus/data";
    }),
  },
  {
    file: "conflicting-properties",
    edit: (stack) => {
      const properties = structuredClone(resource(stack, INVOCATION, "IntegrationTableProperties_"));
      editText(properties, "input", '"top-level"', '"none"');
      (stack.resource[INVOCATION] ??= {})["second"] = properties;
    },
  },
  {
    file: "integration-key-lost",
    edit: set("aws_kms_key", "key", { is_enabled: false }),
  },
  {
    file: "data-filter-refused",
    edit: desired(ORDERS, (state) => (state["DataFilter"] = "include: orders")),
  },
  {
    file: "interval-refused",
    edit: (stack) => editText(resource(stack, INVOCATION, `${ORDERS}_Settings`), "input", '"30"', '"10"'),
  },
  { file: "daily-exports", options: { integration: { refreshInterval: "1d" } } },
  {
    file: "check-failed",
    edit: (stack) => {
      (stack.check ??= {})["budget"] = {
        assert: [
          {
            condition: '${aws_s3_bucket.bucket.bucket == "acme-lake-2"}',
            error_message: "the bucket is not the one that the budget is for",
          },
        ],
      };
    },
  },
  {
    file: "role-statement-lost",
    edit: policy(TARGET_ROLE, "Targets_lake_Role", without("WriteTables")),
  },
  {
    file: "role-policy-widened",
    edit: policy(TARGET_ROLE, "Targets_lake_Role", (all) => {
      for (const statement of all) if (statement["Sid"] === "WriteObjects") statement["Resource"] = ["*"];
    }),
  },
  {
    file: "lake-formation-without-grants",
    edit: (stack) => {
      stack.resource["aws_lakeformation_resource"] = {
        lake: { arn: "arn:aws:s3:::acme-lake/sales" },
      };
    },
  },
];

const ALONE: readonly Omit<Case, "base">[] = [
  { file: "interval-replaces", options: { integration: { refreshInterval: "45m" } } },
  {
    file: "catalog-statement-lost",
    edit: policy(CATALOG, "GlueCatalogPolicy", without("ZeroEtlAuthorize")),
  },
  {
    file: "table-statement-lost",
    edit: policy(
      TABLE_POLICY,
      "DynamoDbTablePolicy_orders",
      first((statement) => {
        statement["Action"] = ["dynamodb:DescribeExport", "dynamodb:DescribeTable"];
      }),
    ),
  },
  {
    file: "condition-dropped",
    edit: policy(
      TABLE_POLICY,
      "DynamoDbTablePolicy_orders",
      first((statement) => delete statement["Condition"]),
    ),
  },
  {
    file: "principal-widened",
    edit: policy(
      TABLE_POLICY,
      "DynamoDbTablePolicy_orders",
      first((statement) => (statement["Principal"] = "*")),
    ),
  },
  {
    file: "action-widened",
    edit: policy(
      TABLE_POLICY,
      "DynamoDbTablePolicy_orders",
      first((statement) => (statement["Action"] as string[]).push("dynamodb:Scan")),
    ),
  },
  {
    file: "harmless-statement-order",
    edit: policy(CATALOG, "GlueCatalogPolicy", (all) => all.reverse()),
  },
  {
    file: "foreign-statements-lost",
    edit: policy(CATALOG, "GlueCatalogPolicy", without("Reporting")),
  },
  { file: "hybrid-dropped", edit: (stack) => delete resource(stack, CATALOG)["enable_hybrid"] },
  {
    file: "policy-too-large",
    edit: policy(CATALOG, "GlueCatalogPolicy", (all) => {
      for (let index = 0; index < 60; index += 1) {
        all.push({
          Sid: `Reporting${index}`,
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::444455556666:root"] },
          Action: ["glue:GetTable"],
          Resource: [`arn:aws:glue:us-east-1:111122223333:database/reports_${index}`],
        });
      }
    }),
  },
];

const CRM: readonly Omit<Case, "base">[] = [
  {
    file: "immutable-setting",
    edit: (stack) => {
      const settings = resource(stack, CLOUD_CONTROL, "Integrations_crm");
      delete (settings["lifecycle"] as Settings)["replace_triggered_by"];
      editJson(settings, "desired_state", (state) => {
        (state["IntegrationConfig"] as Settings)["ContinuousSync"] = false;
      });
    },
  },
  {
    file: "unsupported-entity",
    edit: desired("Integrations_crm", (state) => (state["DataFilter"] = "include: tickets, include: macros")),
  },
];

const TABLES: readonly Omit<Case, "base">[] = [
  {
    file: "namespace-target",
    unapplied: true,
    edit: desired("Integrations_orders-to-tables", (state) => {
      state["TargetArn"] = `${String(state["TargetArn"])}/sales`;
    }),
  },
];

const WAREHOUSE: readonly Omit<Case, "base">[] = [
  {
    file: "case-sensitivity-off",
    edit: set("aws_redshift_parameter_group", "parameters", {
      parameter: [{ name: "enable_case_sensitive_identifier", value: "false" }],
    }),
  },
  {
    file: "serverless-policy",
    edit: (stack) => {
      stack.resource["aws_redshiftserverless_resource_policy"] = {
        policy: {
          resource_arn:
            "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/0a1b2c3d-0000-4000-8000-000000000002",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "redshift.amazonaws.com" },
                Action: "redshift:AuthorizeInboundIntegration",
                Resource: "*",
                Condition: { StringEquals: { "aws:SourceArn": tableArn("orders") } },
              },
            ],
          }),
        },
      };
    },
  },
  {
    file: "namespace-statement-lost",
    edit: (stack) => remove(stack, "aws_redshift_resource_policy"),
  },
  { file: "warehouse-integration-replaced", options: { integration: { kmsKeyArn: KEY } } },
];

const own = (resources: Record<string, Record<string, Settings>>) => (stack: StackJson) =>
  void Object.assign(stack.resource, resources);

const PLAIN: readonly Omit<Case, "base">[] = [
  {
    file: "account-quota",
    edit: own({ [CLOUD_CONTROL]: fleet(26, { source: (i) => i, target: (i) => i }) }),
  },
  {
    file: "source-quota",
    edit: own({ [CLOUD_CONTROL]: fleet(16, { source: () => 0, target: (i) => i }) }),
  },
  {
    file: "target-quota",
    edit: own({ [CLOUD_CONTROL]: fleet(51, { source: (i) => i, target: () => 0 }) }),
  },
  {
    file: "integrations-collide",
    edit: own({ [CLOUD_CONTROL]: fleet(2, { source: () => 0, target: () => 0 }) }),
  },
  {
    file: "many-on-one-target",
    edit: own({ [CLOUD_CONTROL]: fleet(5, { source: (i) => i, target: () => 0 }) }),
  },
  {
    file: "unknown-source",
    edit: own({
      aws_dynamodb_table: { orders: table("orders") },
      [CLOUD_CONTROL]: {
        orders: integration({
          IntegrationName: "orders",
          SourceArn: "${aws_dynamodb_table.orders.arn}",
          TargetArn: databaseArn("lake"),
        }),
      },
    }),
  },
  {
    file: "hyphen-in-database",
    edit: own({
      [CLOUD_CONTROL]: {
        orders: integration({
          IntegrationName: "orders",
          SourceArn: tableArn("orders"),
          TargetArn: databaseArn("sales-lake"),
        }),
      },
    }),
  },
  {
    file: "no-location",
    edit: own({
      aws_glue_catalog_database: { lake: { name: "lake" } },
      [CLOUD_CONTROL]: {
        orders: integration({
          IntegrationName: "orders",
          SourceArn: tableArn("orders"),
          TargetArn: databaseArn("lake"),
        }),
      },
    }),
  },
  {
    file: "region-not-listed",
    edit: own({
      [CLOUD_CONTROL]: {
        orders: integration({
          IntegrationName: "orders",
          SourceArn: tableArn("orders").replace("us-east-1", "eu-west-3"),
          TargetArn: databaseArn("lake").replace("us-east-1", "eu-west-3"),
        }),
      },
    }),
  },
].map((one) => ({ ...one, unapplied: true }));

const of = (base: BaseName, cases: readonly Omit<Case, "base">[]): Case[] =>
  cases.map((one) => ({ ...one, base }));

export const CASES: readonly Case[] = [
  ...CLEAN,
  ...of("lake", LAKE),
  ...of("alone", ALONE),
  ...of("crm", CRM),
  ...of("tables", TABLES),
  ...of("warehouse", WAREHOUSE),
  ...of("plain", PLAIN),
];
