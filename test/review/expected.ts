// What every stored plan is found guilty of by all rules together, as `rule level address: reason`.

/** Of a stored plan. */
export interface Expected {
  readonly says: readonly string[];
  /** Why it is rightly more than the one thing that the plan was made for. */
  readonly why?: string;
}

const STATUS =
  "what AWS will report of an integration that changes is not known, so that the check of its status has to wait";
const TWICE = "properties that are there twice also ask for another layout of a table that is replicated";
const ANOTHER = "who trusts somebody else in the place of AWS Glue lets somebody else in";
const FLEET =
  "more than 50 integrations are more than 25 in the account, and without an order they are made at once";
const ONE_EACH = "two settings were taken out";

export const EXPECTED: Readonly<Record<string, Expected>> = {
  "account-quota": {
    says: [
      "account-quota warn aws_cloudcontrolapi_resource.i9: there are more than 25 integrations in one account and region, the default quota (26 integrations)",
    ],
  },
  "action-widened": {
    says: [
      "policy-widened warn aws_dynamodb_resource_policy.DynamoDbTablePolicy_orders_3D9FA31B: the policy of the table lets more than the integrations need: action dynamodb:Scan",
    ],
  },
  "case-sensitivity-off": {
    says: [
      "case-sensitivity-off warn aws_redshift_parameter_group.parameters: enable_case_sensitive_identifier is turned off in the parameters of a warehouse",
    ],
  },
  "catalog-statement-lost": {
    says: [
      "required-statement-lost block aws_glue_resource_policy.GlueCatalogPolicy_4226FFE8: the Glue catalog policy no longer allows glue:AuthorizeInboundIntegration, which customers-to-lake and orders-to-lake need",
    ],
  },
  "check-failed": {
    says: [
      "check-failed warn check.budget: the check fails: the bucket is not the one that the budget is for",
    ],
  },
  "clean-alone": { says: [] },
  "clean-alone-first": { says: [] },
  "clean-crm": { says: [] },
  "clean-crm-first": { says: [] },
  "clean-lake": { says: [] },
  "clean-lake-first": { says: [] },
  "clean-tables": { says: [] },
  "clean-tables-first": { says: [] },
  "clean-warehouse": { says: [] },
  "clean-warehouse-first": { says: [] },
  "condition-dropped": {
    says: [
      "policy-widened warn aws_dynamodb_resource_policy.DynamoDbTablePolicy_orders_3D9FA31B: the policy of the table lets more than the integrations need: without the condition ArnLike aws:sourcearn = arn:aws:glue:us-east-1:111122223333:integration:* and StringEquals aws:sourceaccount = 111122223333",
    ],
  },
  "conflicting-properties": {
    why: TWICE,
    says: [
      "table-layout-changed block aws_lambda_invocation.second: changes the layout of orders: unnest from full to none",
      "conflicting-properties block aws_lambda_invocation.second: asks for other properties of the table orders in arn:aws:glue:us-east-1:111122223333:database/sales_lake than aws_lambda_invocation.IntegrationTableProperties_glue-database_sales_lake_orders_98DF41E4",
    ],
  },
  "daily-exports": {
    says: [
      "daily-exports info aws_lambda_invocation.Integrations_orders-to-lake_Settings_751BDA11: orders-to-lake: from 1440 minutes on, DynamoDB waits for the whole interval and then exports it in sequential batches of a day",
    ],
  },
  "data-filter-refused": {
    why: STATUS,
    says: [
      "setting-refused block aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71: orders-to-lake: a DynamoDB source takes no data filter",
      "check-unknown info check.Integrations_orders-to-lake_Status_E839FEAF: the check is not known before the apply",
    ],
  },
  "foreign-statements-lost": {
    says: [
      "foreign-statements-lost block aws_glue_resource_policy.GlueCatalogPolicy_4226FFE8: the Glue catalog policy loses Reporting, which is not about zero-ETL",
    ],
  },
  "hand-written/awscc-integration-replaced": {
    says: [
      "integration-replaced block awscc_glue_integration.crm: replaces the integration crm-to-lake because of IntegrationConfig.RefreshInterval",
    ],
  },
  "hand-written/awscc-integration-unwell": {
    says: [
      "integration-unwell info awscc_glue_integration.crm: the integration crm-to-lake is in the state NEEDS_ATTENTION",
    ],
  },
  "hand-written/awscc-settings-kept": {
    why: ONE_EACH,
    says: [
      "setting-kept warn awscc_glue_integration.crm: data_filter of the integration crm-to-lake is not in the code, and stays as it is",
      "setting-kept warn awscc_glue_integration.crm: integration_config of the integration crm-to-lake is not in the code, and stays as it is",
    ],
  },
  "hand-written/clean-awscc": { says: [] },
  "harmless-description": {
    says: [
      "check-unknown info check.Integrations_orders-to-lake_Status_E839FEAF: the check is not known before the apply",
    ],
  },
  "harmless-interval": { says: [] },
  "harmless-statement-order": { says: [] },
  "hybrid-dropped": {
    says: [
      "hybrid-dropped block aws_glue_resource_policy.GlueCatalogPolicy_4226FFE8: the catalog policy is no longer written with EnableHybrid",
    ],
  },
  "hyphen-in-database": {
    says: [
      "target-refused block aws_cloudcontrolapi_resource.orders: orders: database name has characters that zero-ETL does not take",
    ],
  },
  "immutable-setting": {
    why: STATUS,
    says: [
      "immutable-setting block aws_cloudcontrolapi_resource.Integrations_crm-to-lake_55F245B9: changes IntegrationConfig.ContinuousSync of the integration crm-to-lake in place",
      "check-unknown info check.Integrations_crm-to-lake_Status_78BD6790: the check is not known before the apply",
    ],
  },
  "integration-destroyed": {
    says: [
      "integration-destroyed block aws_cloudcontrolapi_resource.Integrations_customers-to-lake_3492EA16: destroys the integration customers-to-lake",
    ],
  },
  "integration-key-lost": {
    says: ["key-lost warn aws_kms_key.key: the key of the integration orders-to-lake is disabled"],
  },
  "integration-replaced": {
    why: STATUS,
    says: [
      "integration-replaced block aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71: replaces the integration orders-to-lake because of IntegrationName",
      "check-unknown info check.Integrations_orders-to-lake_Status_E839FEAF: the check is not known before the apply",
    ],
  },
  "integrations-collide": {
    says: [
      'integrations-collide block aws_cloudcontrolapi_resource.i1: two integrations replicate a table "table0" into one target',
    ],
  },
  "interval-refused": {
    says: [
      "setting-refused block aws_lambda_invocation.Integrations_orders-to-lake_Settings_751BDA11: refresh interval is shorter than 15 minutes, and is 10 minutes",
    ],
  },
  "interval-replaces": {
    why: STATUS,
    says: [
      "integration-replaced block aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71: replaces the integration orders-to-lake because of IntegrationConfig.RefreshInterval",
      "check-unknown info check.Integrations_orders-to-lake_Status_E839FEAF: the check is not known before the apply",
    ],
  },
  "lake-formation-without-grants": {
    says: [
      "lake-formation-without-grants warn aws_lakeformation_resource.lake: registers acme-lake/sales with Lake Formation, and the plan grants nothing to the role of the integrations customers-to-lake and orders-to-lake",
    ],
  },
  "many-on-one-target": {
    says: [
      "many-on-one-target warn aws_cloudcontrolapi_resource.i0: makes or destroys 5 integrations of arn:aws:glue:us-east-1:111122223333:database/lake0 at once",
    ],
  },
  "namespace-statement-lost": {
    says: [
      "required-statement-lost block aws_redshift_resource_policy.RedshiftNamespacePolicy_cluster_analytics_9B3FEDA2: the policy of the namespace no longer allows redshift:AuthorizeInboundIntegration, which orders-to-warehouse needs",
    ],
  },
  "namespace-target": {
    says: [
      "target-refused block aws_cloudcontrolapi_resource.Integrations_orders-to-tables_403ECA1C: orders-to-tables: the target is a namespace in a table bucket, and has to be the catalog of a table bucket",
    ],
  },
  "no-location": {
    says: [
      "target-without-location block aws_glue_catalog_database.lake: makes the database lake without a location",
    ],
  },
  "policy-too-large": {
    says: [
      "policy-too-large block aws_glue_resource_policy.GlueCatalogPolicy_4226FFE8: the Glue catalog policy becomes 12148 bytes long, and AWS takes 10240",
    ],
  },
  "principal-widened": {
    says: [
      "policy-widened warn aws_dynamodb_resource_policy.DynamoDbTablePolicy_orders_3D9FA31B: the policy of the table lets more than the integrations need: principal everybody",
    ],
  },
  "region-not-listed": {
    says: [
      "region-not-listed warn aws_cloudcontrolapi_resource.orders: orders is made in eu-west-3, which AWS does not list for zero-ETL",
    ],
  },
  "role-lost": {
    says: [
      "role-lost block aws_iam_role.Targets_lake_Role_192E614A: destroys the role zero-etl-target-sales_lake-us-east-1 of the integrations customers-to-lake and orders-to-lake",
    ],
  },
  "role-policy-widened": {
    says: [
      "policy-widened warn aws_iam_role_policy.Targets_lake_Role_Policy_F6C6143A: the policy of the role lets more than the integrations need: resource *",
    ],
  },
  "role-statement-lost": {
    says: [
      "required-statement-lost block aws_iam_role_policy.Targets_lake_Role_Policy_F6C6143A: the policy of the role no longer allows glue:CreateTable, glue:DeleteTable, glue:GetResourcePolicy, glue:GetTable, glue:GetTableVersion, glue:GetTableVersions, glue:GetTables, glue:UpdateTable, which customers-to-lake and orders-to-lake need",
    ],
  },
  "role-trust-lost": {
    why: ANOTHER,
    says: [
      "role-lost block aws_iam_role.Targets_lake_Role_192E614A: the role of the integrations customers-to-lake and orders-to-lake no longer trusts AWS Glue",
      "policy-widened warn aws_iam_role.Targets_lake_Role_192E614A: the trust policy of the role lets more than the integrations need: principal lambda.amazonaws.com",
    ],
  },
  "serverless-policy": {
    says: [
      "serverless-policy warn aws_redshiftserverless_resource_policy.policy: writes the policy for integrations through the API of Redshift Serverless",
    ],
  },
  "shared-property-changed": {
    says: [
      "shared-property-changed warn aws_cloudcontrolapi_resource.IntegrationResourceProperty_glue-database_sales_lake_2FFD0EC8: changes TargetProcessingProperties.EventBusArn of arn:aws:glue:us-east-1:111122223333:database/sales_lake, which affects the integrations customers-to-lake and orders-to-lake",
    ],
  },
  "source-aws-managed-key": {
    says: [
      "source-aws-managed-key block aws_dynamodb_table.table-customers: encrypts the table customers with the key that AWS manages (aws/dynamodb)",
    ],
  },
  "source-quota": {
    says: [
      "source-quota warn aws_cloudcontrolapi_resource.i9: there are more than 15 integrations of one source, the default quota (16 integrations)",
    ],
  },
  "source-recovery-off": {
    says: [
      "source-recovery-off block aws_dynamodb_table.table-customers: turns point-in-time recovery of the table customers off",
    ],
  },
  "source-table-lost": {
    says: [
      "source-table-lost block aws_dynamodb_table.table-customers: destroys the table customers, which the integration customers-to-lake reads",
    ],
  },
  "source-table-replaced": {
    says: [
      "source-table-lost block aws_dynamodb_table.table-customers: replaces the table customers because of hash_key, which the integration customers-to-lake reads",
    ],
  },
  "table-layout-refused": {
    says: [
      "table-layout-changed block aws_lambda_invocation.IntegrationTableProperties_glue-database_sales_lake_orders_98DF41E4: changes the layout of orders: unnest from top-level to none",
    ],
  },
  "table-reloaded": {
    says: [
      "table-layout-changed warn aws_lambda_invocation.IntegrationTableProperties_glue-database_sales_lake_orders_98DF41E4: changes the layout of orders: unnest from top-level to none",
    ],
  },
  "table-statement-lost": {
    says: [
      "required-statement-lost block aws_dynamodb_resource_policy.DynamoDbTablePolicy_orders_3D9FA31B: the policy of the table no longer allows dynamodb:ExportTableToPointInTime, which orders-to-lake needs",
    ],
  },
  "target-bucket-lost": {
    says: [
      "target-lost block aws_s3_bucket.bucket: destroys the bucket acme-lake, the target of the integrations customers-to-lake and orders-to-lake",
    ],
  },
  "target-database-lost": {
    says: [
      "target-lost block aws_glue_catalog_database.Targets_lake_Database_8B9E126F: destroys the database sales_lake, the target of the integrations customers-to-lake and orders-to-lake",
    ],
  },
  "target-location-changed": {
    says: [
      "target-location-changed block aws_glue_catalog_database.Targets_lake_Database_8B9E126F: moves the database sales_lake from s3://acme-lake/sales/ to s3://acme-lake/all/",
    ],
  },
  "target-quota": {
    why: FLEET,
    says: [
      "account-quota warn aws_cloudcontrolapi_resource.i31: there are more than 25 integrations in one account and region, the default quota (51 integrations)",
      "target-quota warn aws_cloudcontrolapi_resource.i9: there are more than 50 integrations into one target, the default quota (51 integrations)",
      "many-on-one-target warn aws_cloudcontrolapi_resource.i0: makes or destroys 51 integrations of arn:aws:glue:us-east-1:111122223333:database/lake0 at once",
    ],
  },
  "unknown-source": {
    says: [
      "unknown-value warn aws_cloudcontrolapi_resource.orders: the plan does not show SourceArn, TargetArn and IntegrationName of the integration aws_cloudcontrolapi_resource.orders",
    ],
  },
  "unsupported-entity": {
    why: STATUS,
    says: [
      'unsupported-entity info aws_cloudcontrolapi_resource.Integrations_crm-to-lake_55F245B9: crm-to-lake: AWS supports no entity "macros" of a Zendesk source',
      "check-unknown info check.Integrations_crm-to-lake_Status_78BD6790: the check is not known before the apply",
    ],
  },
  "warehouse-integration-replaced": {
    says: [
      "integration-replaced block aws_redshift_integration.Integrations_orders-to-warehouse_FDB92A34: replaces the integration orders-to-warehouse because of KmsKeyId",
    ],
  },
};
