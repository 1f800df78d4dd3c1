// ARN shapes, built from names so that a plan knows them before anything exists.

/** Where a resource lives; each part is a literal or a token of the environment's data sources. */
export interface AwsAddress {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Name of the federated catalog that holds the table buckets of an account (user guide, "Provide Catalog RBAC Policy"). */
export const S3_TABLES_CATALOG = "s3tablescatalog";

/** `arn:{partition}:{service}:{region}:{account}:{resource}`. */
export function arn(service: string, address: AwsAddress, resource: string): string {
  return `arn:${address.partition}:${service}:${address.region}:${address.account}:${resource}`;
}

export function dynamoDbTableArn(address: AwsAddress, table: string): string {
  return arn("dynamodb", address, `table/${table}`);
}

/** Every export of a DynamoDB table. */
export function dynamoDbExportsArn(address: AwsAddress, table: string): string {
  return `${dynamoDbTableArn(address, table)}/export/*`;
}

/** The Glue Data Catalog of the account and region. */
export function glueCatalogArn(address: AwsAddress): string {
  return arn("glue", address, "catalog");
}

/** A catalog inside the Data Catalog, such as one of Redshift Managed Storage. */
export function glueNestedCatalogArn(address: AwsAddress, catalog: string): string {
  return arn("glue", address, `catalog/${catalog}`);
}

/** The catalog of one table bucket, which is what an integration names as its target. */
export function s3TablesCatalogArn(
  address: AwsAddress,
  tableBucket: string,
  catalog: string = S3_TABLES_CATALOG,
): string {
  return glueNestedCatalogArn(address, `${catalog}/${tableBucket}`);
}

export function glueConnectionArn(address: AwsAddress, connection: string): string {
  return arn("glue", address, `connection/${connection}`);
}

export function glueDatabaseArn(address: AwsAddress, database: string): string {
  return arn("glue", address, `database/${database}`);
}

/** Every table of a Glue database. */
export function glueTablesArn(address: AwsAddress, database: string): string {
  return arn("glue", address, `table/${database}/*`);
}

/** Every zero-ETL integration of the account and region: AWS separates the id by a colon. */
export function glueIntegrationsArn(address: AwsAddress): string {
  return arn("glue", address, "integration:*");
}

/** IAM is global: a role ARN has no region. */
export function iamRoleArn(address: AwsAddress, roleName: string): string {
  return arn("iam", { ...address, region: "" }, `role/${roleName}`);
}

/** An account as a principal: everybody in it whom the account itself allows. */
export function accountRootArn(address: AwsAddress): string {
  return arn("iam", { ...address, region: "" }, "root");
}

/** The namespace of a provisioned cluster: AWS separates the id by a colon. */
export function redshiftNamespaceArn(address: AwsAddress, id: string): string {
  return arn("redshift", address, `namespace:${id}`);
}

/** The namespace of a serverless workgroup: AWS separates the id by a slash. */
export function redshiftServerlessNamespaceArn(address: AwsAddress, id: string): string {
  return arn("redshift-serverless", address, `namespace/${id}`);
}

/** Every integration of the account and region that was made with the Redshift API, for both kinds of namespace. */
export function redshiftIntegrationsArn(address: AwsAddress): string {
  return arn("redshift", address, "integration:*");
}

export function s3BucketArn(partition: string, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}

/** An S3 table bucket; an integration names its catalog instead. */
export function tableBucketArn(address: AwsAddress, tableBucket: string): string {
  return arn("s3tables", address, `bucket/${tableBucket}`);
}

/** A rule of the default event bus. */
export function eventRuleArn(address: AwsAddress, rule: string): string {
  return arn("events", address, `rule/${rule}`);
}

/** An alarm, or with a wildcard in its name several. */
export function alarmArn(address: AwsAddress, alarm: string): string {
  return arn("cloudwatch", address, `alarm:${alarm}`);
}

export function snsTopicArn(address: AwsAddress, topic: string): string {
  return arn("sns", address, topic);
}
