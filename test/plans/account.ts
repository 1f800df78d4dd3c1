// What the account of the examples holds, as the data sources tell it.
import { CONNECTORS } from "../../lib/facts/connectors";
import type { Fixtures } from "../standin/kit";
import type { ObjectValue } from "../standin/wire/values";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";

/** Connections by name: each example calls its own `<product>-prod`. */
const CONNECTIONS: Readonly<Record<string, string>> = {
  "salesforce-prod": CONNECTORS.salesforce.connectionType,
  "account-engagement-prod": CONNECTORS["salesforce-account-engagement"].connectionType,
  "sap-prod": CONNECTORS["sap-odata"].connectionType,
  "servicenow-prod": CONNECTORS.servicenow.connectionType,
  "zendesk-prod": CONNECTORS.zendesk.connectionType,
  "zoho-prod": CONNECTORS["zoho-crm"].connectionType,
  "facebook-prod": CONNECTORS["facebook-ads"].connectionType,
  "instagram-prod": CONNECTORS["instagram-ads"].connectionType,
};

const CASE_SENSITIVE = "enable_case_sensitive_identifier";

const CLOUD_CONTROL: Readonly<Record<string, (identifier: string) => object>> = {
  "AWS::Glue::Database": (identifier) => ({
    DatabaseName: identifier,
    DatabaseInput: { LocationUri: "s3://acme-ledger/zero-etl" },
  }),
  "AWS::Glue::Catalog": (identifier) =>
    identifier.endsWith("/s3tablescatalog") ? { FederatedCatalog: { ConnectionName: "aws:s3tables" } } : {},
  "AWS::S3Tables::TableBucket": (identifier) => ({ TableBucketARN: identifier }),
  "AWS::Redshift::ClusterParameterGroup": (identifier) => ({
    ParameterGroupName: identifier,
    Parameters: [{ ParameterName: CASE_SENSITIVE, ParameterValue: "true" }],
  }),
  "AWS::RedshiftServerless::Workgroup": (identifier) => ({
    WorkgroupName: identifier,
    Workgroup: {
      NamespaceName: identifier,
      ConfigParameters: [{ ParameterKey: CASE_SENSITIVE, ParameterValue: "true" }],
    },
  }),
};

function cloudControl({ type_name: type, identifier }: ObjectValue): ObjectValue {
  const properties = CLOUD_CONTROL[String(type)];
  if (properties === undefined) throw new Error(`the account of the examples has no ${String(type)}`);
  return { properties: JSON.stringify(properties(String(identifier))) };
}

/** The account of the examples. */
export const ACCOUNT: Fixtures = {
  dataSources: {
    aws_dynamodb_table: ({ name }): ObjectValue =>
      name === "ledger" ? { server_side_encryption: [{ enabled: true, kms_key_arn: KEY }] } : {},
    aws_cloudcontrolapi_resource: cloudControl,
    aws_glue_connection: ({ id }): ObjectValue => {
      const name = String(id).split(":").at(-1) ?? "";
      const type = CONNECTIONS[name];
      if (type === undefined) throw new Error(`the account of the examples has no connection ${name}`);
      return { name, connection_type: type };
    },
    aws_redshift_cluster: (_config, { account, region }): ObjectValue => ({
      cluster_namespace_arn: `arn:aws:redshift:${region}:${account}:namespace:11111111-2222-3333-4444-555555555555`,
      cluster_parameter_group_name: "case-sensitive",
      encrypted: true,
      node_type: "ra3.xlplus",
      database_name: "dev",
      master_username: "admin",
    }),
    aws_redshiftserverless_namespace: (_config, { account, region }): ObjectValue => ({
      arn: `arn:aws:redshift-serverless:${region}:${account}:namespace/66666666-7777-8888-9999-000000000000`,
      db_name: "dev",
    }),
  },
};
