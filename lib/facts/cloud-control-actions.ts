// What Cloud Control asks for in the name of its caller, by CloudFormation type: `handlers.*.permissions` of the published schemas
// (as hashicorp/terraform-provider-awscc keeps them, `internal/service/cloudformation/schemas`), and what these leave out.
import type { LifeActions } from "./deployer-actions";
import type { SourceKind, TargetKind } from "./kinds";

/** Types that stacks make, and types that they only read. */
export const CLOUD_CONTROL_ACTIONS = {
  "AWS::Glue::Catalog": {
    what: "the catalog of table buckets: made with `createCatalog`, and read for S3 Tables and Redshift Managed Storage",
    create: ["glue:CreateCatalog", "glue:PassConnection", "glue:TagResource"],
    read: ["glue:GetCatalog", "glue:GetTags"],
    update: ["glue:TagResource", "glue:UntagResource", "glue:UpdateCatalog"],
    delete: ["glue:DeleteCatalog"],
    source:
      "schema of AWS::Glue::Catalog, without what it lists for catalogs of Redshift; S3 user guide, Integrating Amazon S3 Tables with AWS analytics services",
  },
  "AWS::Glue::Database": {
    what: "a database that exists, `create: false`",
    read: ["glue:GetDatabase"],
    source: "Glue API, GetDatabase: the schema of AWS::Glue::Database names no handlers",
  },
  "AWS::Glue::Integration": {
    what: "the integration; those of KMS only with a key",
    create: [
      "glue:CreateInboundIntegration",
      "glue:CreateIntegration",
      "glue:TagResource",
      "kms:CreateGrant",
      "kms:DescribeKey",
    ],
    read: ["glue:DescribeIntegrations", "glue:GetTags"],
    update: ["glue:ModifyIntegration", "glue:TagResource", "glue:UntagResource"],
    delete: ["glue:DeleteIntegration", "glue:UntagResource"],
    source: "schema of AWS::Glue::Integration",
  },
  "AWS::Glue::IntegrationResourceProperty": {
    what: "the role of a database, catalog or connection",
    create: [
      "glue:CreateIntegrationResourceProperty",
      "glue:GetConnection",
      "glue:GetConnections",
      "glue:TagResource",
      "iam:PassRole",
    ],
    read: ["glue:GetIntegrationResourceProperty", "glue:GetTags"],
    update: [
      "glue:TagResource",
      "glue:UntagResource",
      "glue:UpdateIntegrationResourceProperty",
      "iam:PassRole",
    ],
    delete: [
      "glue:DeleteIntegrationResourceProperty",
      "glue:UntagResource",
      "glue:UpdateIntegrationResourceProperty",
    ],
    source: "schema of AWS::Glue::IntegrationResourceProperty",
  },
  "AWS::Redshift::ClusterParameterGroup": {
    what: "the parameters of a cluster that is a target",
    read: [
      "redshift:DescribeClusterParameterGroups",
      "redshift:DescribeClusterParameters",
      "redshift:DescribeTags",
    ],
    source: "schema of AWS::Redshift::ClusterParameterGroup; Redshift API, DescribeClusterParameters",
  },
  "AWS::RedshiftServerless::Workgroup": {
    what: "the workgroup that is a target",
    read: [
      "ec2:DescribeAccountAttributes",
      "ec2:DescribeAddresses",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcAttribute",
      "redshift-serverless:GetWorkgroup",
      "redshift-serverless:ListTagsForResource",
    ],
    source: "schema of AWS::RedshiftServerless::Workgroup",
  },
  "AWS::S3Tables::TableBucket": {
    what: "a table bucket that exists",
    read: [
      "s3tables:GetTableBucket",
      "s3tables:GetTableBucketEncryption",
      "s3tables:GetTableBucketMaintenanceConfiguration",
      "s3tables:GetTableBucketMetricsConfiguration",
      "s3tables:ListTagsForResource",
    ],
    source: "schema of AWS::S3Tables::TableBucket",
  },
} as const satisfies Readonly<Record<string, LifeActions>>;

/** What the creation of a Glue integration needs beyond that, by the kind of its source or target. */
export const PAIR_ACTIONS: Readonly<
  Partial<Record<SourceKind | TargetKind, { readonly actions: readonly string[]; readonly source: string }>>
> = {
  oracle: {
    actions: ["odb:CreateOutboundIntegration", "odb:UpdateOutboundIntegration"],
    source: "Oracle Database@AWS user guide, Setting up zero-ETL",
  },
  redshift: {
    actions: ["redshift:CreateInboundIntegration"],
    source: "Redshift management guide, on who may create zero-ETL integrations",
  },
};
