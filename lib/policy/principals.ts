// The services that read sources and write targets on the user's behalf.

/** Service principal of AWS Glue, which runs the integrations with a Glue target. */
export const GLUE_SERVICE = "glue.amazonaws.com";

/** Service principal of Amazon Redshift, which lets integrations into a namespace and runs those of its own API. */
export const REDSHIFT_SERVICE = "redshift.amazonaws.com";

/** Service principal that reads an Oracle database (Oracle Database@AWS user guide, "Setting up zero-ETL"). */
export const ORACLE_SERVICE = "zetl.odb.amazonaws.com";

/** Service principal that compacts and expires S3 tables (S3 user guide, "Permission requirements for S3 Tables SSE-KMS"). */
export const S3_TABLES_MAINTENANCE_SERVICE = "maintenance.s3tables.amazonaws.com";

/** Service principal of AWS Lambda, which runs the function of the operator. */
export const LAMBDA_SERVICE = "lambda.amazonaws.com";

/** Service principal of Amazon EventBridge, which sends events to topics. */
export const EVENTS_SERVICE = "events.amazonaws.com";

/** Service principal of Amazon CloudWatch, whose alarms notify topics. */
export const CLOUDWATCH_SERVICE = "cloudwatch.amazonaws.com";
