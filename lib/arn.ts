// ARN shapes, built from names so that a plan knows them before anything exists.

/** Where a resource lives; each part is a literal or a token of the environment's data sources. */
export interface AwsAddress {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** `arn:{partition}:{service}:{region}:{account}:{resource}`. */
export function arn(service: string, address: AwsAddress, resource: string): string {
  return `arn:${address.partition}:${service}:${address.region}:${address.account}:${resource}`;
}

export function dynamoDbTableArn(address: AwsAddress, table: string): string {
  return arn("dynamodb", address, `table/${table}`);
}

/** The Glue Data Catalog of the account and region. */
export function glueCatalogArn(address: AwsAddress): string {
  return arn("glue", address, "catalog");
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

export function s3BucketArn(partition: string, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}
