// What Terraform's principal is asked for in IAM, by what a stack holds: the calls of the provider, and those that Cloud Control
// makes in its name.

/** Actions over the life of one kind of thing. A plan needs `read`, and so does every other step. */
export interface LifeActions {
  /** What of a stack it is, in words. */
  readonly what: string;
  readonly create?: readonly string[];
  readonly read: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** File of hashicorp/terraform-provider-aws that makes the calls, or what else says so. */
  readonly source: string;
}

/** Resources of hashicorp/aws, by type. */
export const RESOURCE_ACTIONS = {
  aws_cloudcontrolapi_resource: {
    what: "integrations, resource properties, federated catalogs, beside the actions of their types",
    create: ["cloudformation:CreateResource", "cloudformation:GetResourceRequestStatus"],
    read: ["cloudformation:GetResource"],
    update: ["cloudformation:GetResourceRequestStatus", "cloudformation:UpdateResource"],
    delete: ["cloudformation:DeleteResource", "cloudformation:GetResourceRequestStatus"],
    source: "internal/service/cloudcontrol/resource.go",
  },
  aws_cloudwatch_dashboard: {
    what: "`dashboard` of `monitoring`",
    create: ["cloudwatch:PutDashboard"],
    read: ["cloudwatch:GetDashboard"],
    update: ["cloudwatch:PutDashboard"],
    delete: ["cloudwatch:DeleteDashboards"],
    source: "internal/service/cloudwatch/dashboard.go",
  },
  aws_cloudwatch_event_rule: {
    what: "`events` of `monitoring`",
    create: ["events:PutRule", "events:TagResource"],
    read: ["events:DescribeRule", "events:ListTagsForResource"],
    update: ["events:PutRule", "events:TagResource", "events:UntagResource"],
    delete: ["events:DeleteRule"],
    source: "internal/service/events/rule.go",
  },
  aws_cloudwatch_event_target: {
    what: "where events go; the role only where a target has one",
    create: ["events:PutTargets", "iam:PassRole"],
    read: ["events:ListTargetsByRule"],
    update: ["events:PutTargets", "iam:PassRole"],
    delete: ["events:RemoveTargets"],
    source: "internal/service/events/target.go",
  },
  aws_cloudwatch_log_group: {
    what: "the log of the operator; `logRetentionDays` of `monitoring`, whose destroy calls nothing",
    create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    update: ["logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"],
    delete: ["logs:DeleteLogGroup"],
    source: "internal/service/logs/group.go",
  },
  aws_cloudwatch_metric_alarm: {
    what: "`alarms` of `monitoring`",
    create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    delete: ["cloudwatch:DeleteAlarms"],
    source: "internal/service/cloudwatch/metric_alarm.go",
  },
  aws_dynamodb_resource_policy: {
    what: "the policy of a table under `tablePolicy: own`",
    create: ["dynamodb:PutResourcePolicy"],
    read: ["dynamodb:GetResourcePolicy"],
    update: ["dynamodb:PutResourcePolicy"],
    delete: ["dynamodb:DeleteResourcePolicy"],
    source: "internal/service/dynamodb/resource_policy.go",
  },
  aws_glue_catalog_database: {
    what: "the database of a target that makes it",
    create: ["glue:CreateDatabase", "glue:TagResource"],
    read: ["glue:GetDatabase", "glue:GetTags"],
    update: ["glue:TagResource", "glue:UntagResource", "glue:UpdateDatabase"],
    delete: ["glue:DeleteDatabase"],
    source: "internal/service/glue/catalog_database.go",
  },
  aws_glue_resource_policy: {
    what: "the catalog policy under `catalogPolicy: own`",
    create: ["glue:PutResourcePolicy"],
    read: ["glue:GetResourcePolicy"],
    update: ["glue:PutResourcePolicy"],
    delete: ["glue:DeleteResourcePolicy"],
    source: "internal/service/glue/resource_policy.go",
  },
  aws_iam_role: {
    what: "the role of a source, of a target, of the operator",
    create: ["iam:CreateRole", "iam:TagRole"],
    read: ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
    update: [
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ],
    delete: ["iam:DeleteRole", "iam:ListInstanceProfilesForRole"],
    source: "internal/service/iam/role.go",
  },
  aws_iam_role_policy: {
    what: "the permissions of these roles",
    create: ["iam:PutRolePolicy"],
    read: ["iam:GetRolePolicy"],
    update: ["iam:PutRolePolicy"],
    delete: ["iam:DeleteRolePolicy"],
    source: "internal/service/iam/role_policy.go",
  },
  aws_kms_key_policy: {
    what: "the policy of a key of the app, with `KeyPolicy`",
    create: ["kms:PutKeyPolicy"],
    read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    update: ["kms:PutKeyPolicy"],
    delete: ["kms:PutKeyPolicy"],
    source: "internal/service/kms/key_policy.go",
  },
  aws_lakeformation_permissions: {
    what: "what a role is granted where Lake Formation guards the database",
    create: ["lakeformation:GrantPermissions"],
    read: ["lakeformation:ListPermissions"],
    delete: ["lakeformation:RevokePermissions"],
    source: "internal/service/lakeformation/permissions.go",
  },
  aws_lambda_function: {
    what: "the operator",
    create: ["iam:PassRole", "lambda:CreateFunction", "lambda:TagResource"],
    read: [
      "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig",
      "lambda:ListTags",
      "lambda:ListVersionsByFunction",
    ],
    update: [
      "iam:PassRole",
      "lambda:TagResource",
      "lambda:UntagResource",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ],
    delete: ["lambda:DeleteFunction"],
    source: "internal/service/lambda/function.go",
  },
  aws_lambda_invocation: {
    what: "everything that the operator manages; a plan calls nothing",
    create: ["lambda:InvokeFunction"],
    read: [],
    update: ["lambda:InvokeFunction"],
    delete: ["lambda:InvokeFunction"],
    source: "internal/service/lambda/invocation.go",
  },
  aws_redshift_integration: {
    what: "an integration of DynamoDB into a Redshift warehouse",
    create: [
      "kms:CreateGrant",
      "kms:DescribeKey",
      "redshift:CreateInboundIntegration",
      "redshift:CreateIntegration",
      "redshift:CreateTags",
    ],
    read: ["redshift:DescribeIntegrations"],
    update: ["redshift:CreateTags", "redshift:DeleteTags", "redshift:ModifyIntegration"],
    delete: ["redshift:DeleteIntegration"],
    source:
      "internal/service/redshift/integration.go; Redshift management guide, on who may create zero-ETL integrations",
  },
  aws_redshift_resource_policy: {
    what: "the policy of a Redshift namespace",
    create: ["redshift:PutResourcePolicy"],
    read: ["redshift:GetResourcePolicy"],
    update: ["redshift:PutResourcePolicy"],
    delete: ["redshift:DeleteResourcePolicy"],
    source: "internal/service/redshift/resource_policy.go",
  },
  aws_redshiftdata_statement: {
    what: "`database` of a Redshift warehouse; the database user needs CREATEDB and CREATEUSER",
    create: [
      "redshift-data:ExecuteStatement",
      "redshift-serverless:GetCredentials",
      "redshift:GetClusterCredentials",
    ],
    read: ["redshift-data:DescribeStatement"],
    source:
      "internal/service/redshiftdata/statement.go; Redshift management guide, Authorizing access to the Data API",
  },
  aws_s3tables_table_bucket: {
    what: "the table bucket of a target that makes it",
    create: ["s3tables:CreateTableBucket", "s3tables:TagResource"],
    read: [
      "s3tables:GetTableBucket",
      "s3tables:GetTableBucketEncryption",
      "s3tables:GetTableBucketMaintenanceConfiguration",
      "s3tables:ListTagsForResource",
    ],
    update: [
      "s3tables:PutTableBucketEncryption",
      "s3tables:PutTableBucketMaintenanceConfiguration",
      "s3tables:TagResource",
      "s3tables:UntagResource",
    ],
    delete: ["s3tables:DeleteTableBucket"],
    source: "internal/service/s3tables/table_bucket.go",
  },
  aws_secretsmanager_secret_policy: {
    what: "the policy of a secret of the app, with `SecretPolicy`",
    create: ["secretsmanager:PutResourcePolicy"],
    read: ["secretsmanager:GetResourcePolicy"],
    update: ["secretsmanager:PutResourcePolicy"],
    delete: ["secretsmanager:DeleteResourcePolicy"],
    source: "internal/service/secretsmanager/secret_policy.go",
  },
  aws_sns_topic_policy: {
    what: "the policy of a topic of the app, with `TopicPolicy`",
    create: ["sns:SetTopicAttributes"],
    read: ["sns:GetTopicAttributes"],
    update: ["sns:SetTopicAttributes"],
    delete: ["sns:SetTopicAttributes"],
    source: "internal/service/sns/topic_policy.go",
  },
} as const satisfies Readonly<Record<string, LifeActions>>;

/** Data sources of hashicorp/aws, by type. */
export const DATA_SOURCE_ACTIONS = {
  aws_caller_identity: {
    what: "the account, where an environment does not name it; AWS asks no permission for it",
    read: ["sts:GetCallerIdentity"],
    source: "internal/service/sts/caller_identity_data_source.go",
  },
  aws_cloudcontrolapi_resource: {
    what: "what exists already and has no data source of its own, beside the actions of its type",
    read: ["cloudformation:GetResource"],
    source: "internal/service/cloudcontrol/resource_data_source.go",
  },
  aws_dynamodb_table: {
    what: "the table that is a source",
    read: [
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
    ],
    source: "internal/service/dynamodb/table_data_source.go",
  },
  aws_glue_connection: {
    what: "the connection that is a source",
    read: ["glue:GetConnection", "glue:GetTags"],
    source: "internal/service/glue/connection_data_source.go",
  },
  aws_kms_key: {
    what: "the key of a table that has one of KMS",
    read: ["kms:DescribeKey"],
    source: "internal/service/kms/key_data_source.go",
  },
  aws_lambda_invocation: {
    what: "`driftChecks`",
    read: ["lambda:InvokeFunction"],
    source: "internal/service/lambda/invocation_data_source.go",
  },
  aws_partition: {
    what: "the partition, in a stack with a provider of your own; no call",
    read: [],
    source: "internal/service/meta/partition_data_source.go",
  },
  aws_redshift_cluster: {
    what: "the cluster that is a target",
    read: ["redshift:DescribeClusters", "redshift:DescribeLoggingStatus"],
    source: "internal/service/redshift/cluster_data_source.go",
  },
  aws_redshiftserverless_namespace: {
    what: "the namespace of a workgroup that is a target",
    read: ["redshift-serverless:GetNamespace"],
    source: "internal/service/redshiftserverless/namespace_data_source.go",
  },
  aws_region: {
    what: "the region, in a stack with a provider of your own; no call",
    read: [],
    source: "internal/service/meta/region_data_source.go",
  },
} as const satisfies Readonly<Record<string, LifeActions>>;
