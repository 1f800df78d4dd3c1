// Every number and pattern that AWS documents for what a declaration can say, each with its source.

/** How long a text may be, in characters, both ends included. */
export interface Length {
  readonly min: number;
  readonly max: number;
}

/** Minutes; shortest and longest refresh interval (user guide, "Configuring Refresh Interval"). */
export const REFRESH_INTERVAL = { min: 15, max: 8640 } as const;

/** Minutes; what AWS uses for DynamoDB when no refresh interval is given (user guide, "Configuring Refresh Interval"). */
export const DYNAMODB_DEFAULT_REFRESH_INTERVAL = 15;

/** Minutes; what AWS uses for connection sources when no refresh interval is given (user guide, "Configuring Refresh Interval"). */
export const CONNECTION_DEFAULT_REFRESH_INTERVAL = 60;

/** Minutes; from here on DynamoDB data comes in sequential exports of a day each (user guide, "Sequential daily batches"). */
export const DAILY_BATCHES_FROM = 1440;

/** Glue API, CreateIntegration.IntegrationName. */
export const INTEGRATION_NAME: Length = { min: 1, max: 128 };

/** Redshift API, CreateIntegration.IntegrationName. */
export const REDSHIFT_INTEGRATION_NAME: Length = { min: 1, max: 63 };

/** Redshift API, pattern of CreateIntegration.IntegrationName. */
export const REDSHIFT_INTEGRATION_NAME_PATTERN = /^[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$/;

/** Glue API, CreateIntegration.Description. */
export const DESCRIPTION: Length = { min: 0, max: 1000 };

/** Glue API, CreateIntegration.DataFilter. */
export const DATA_FILTER: Length = { min: 1, max: 2048 };

/** Glue API, CreateDatabase.DatabaseInput.Name. */
export const DATABASE_NAME: Length = { min: 1, max: 255 };

/** Zero-ETL refuses other characters with "contains invalid characters", although Glue itself takes them. */
export const DATABASE_NAME_PATTERN = /^[a-z0-9_]+$/;

/** Glue API, CreateDatabase.DatabaseInput.LocationUri. */
export const LOCATION: Length = { min: 1, max: 1024 };

/** DynamoDB API, CreateTable.TableName. */
export const DYNAMODB_TABLE_NAME: Length = { min: 3, max: 255 };

/** DynamoDB API, pattern of CreateTable.TableName. */
export const DYNAMODB_TABLE_NAME_PATTERN = /^[a-zA-Z0-9_.-]+$/;

/** Glue API, CreateIntegrationTableProperties.TableName: a longer table replicates, but cannot have table options. */
export const TABLE_PROPERTIES_TABLE_NAME: Length = { min: 1, max: 128 };

/** Glue API, TargetTableConfig.TargetTableName. */
export const TARGET_TABLE_NAME: Length = { min: 1, max: 128 };

/** Glue API, IntegrationPartition.FieldName. */
export const PARTITION_FIELD: Length = { min: 1, max: 128 };

/** User guide, "Partitioning limitations". */
export const MAX_PARTITION_COLUMNS = 10;

/** Glue API, SourceProcessingProperties.RoleArn and TargetProcessingProperties.RoleArn. */
export const ROLE_ARN: Length = { min: 1, max: 128 };

/** CloudFormation schema of AWS::Glue::IntegrationResourceProperty, KmsArn (the Glue API takes 2048, Cloud Control does not). */
export const TARGET_KMS_KEY_ARN: Length = { min: 1, max: 128 };

/** CloudFormation schema of AWS::Glue::IntegrationResourceProperty, EventBusArn (the Glue API takes 2048, Cloud Control does not). */
export const EVENT_BUS_ARN: Length = { min: 1, max: 128 };

/** Glue API, TargetProcessingProperties.ConnectionName. */
export const CONNECTION_NAME: Length = { min: 1, max: 128 };

/** Glue API, CreateCatalog.Name (CloudFormation says 255: the strictest wins). */
export const CATALOG_NAME: Length = { min: 1, max: 64 };

/** Characters of a managed Redshift catalog name that the RDS guide for lakehouse targets allows. */
export const MANAGED_CATALOG_NAME_ADVISED_MAX = 19;

/** S3 user guide, "General purpose bucket naming rules". */
export const BUCKET_NAME: Length = { min: 3, max: 63 };

/** Glue API, IntegrationConfig.TargetNamespace. */
export const NAMESPACE_NAME: Length = { min: 1, max: 255 };

/** Redshift API, CreateCluster.ClusterIdentifier. */
export const CLUSTER_IDENTIFIER: Length = { min: 1, max: 63 };

/** Redshift Serverless API, CreateWorkgroup.workgroupName. */
export const WORKGROUP_NAME: Length = { min: 3, max: 64 };

/** CloudFormation schema of AWS::Glue::Integration, Tags. */
export const MAX_TAGS = 50;

/** Glue API, Tag.key. */
export const TAG_KEY: Length = { min: 1, max: 128 };

/** Glue API, Tag.value. */
export const TAG_VALUE: Length = { min: 0, max: 256 };

/** IAM API, pattern of Tag.Key and Tag.Value: the narrowest of the services that the tags of a stack go to. */
export const TAG_PATTERN = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** User guide, "Service quotas": integrations of an account, by default. */
export const INTEGRATIONS_PER_ACCOUNT = 25;

/** User guide, "Service quotas": integrations of a source. */
export const INTEGRATIONS_PER_SOURCE = 15;

/** User guide, "Service quotas": integrations of a target. */
export const INTEGRATIONS_PER_TARGET = 50;

/**
 * Integrations of one target that are created or deleted at once; users report that AWS gives up on more ("Re-try
 * exhausted"). Not a quota of AWS.
 */
export const PARALLEL_INTEGRATIONS_PER_TARGET = 4;

/** CloudWatch Logs API, PutRetentionPolicy.retentionInDays. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The declaration's own: labels become construct ids and with them Terraform addresses. */
export const LABEL_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;

/** IAM: an account id. */
export const ACCOUNT_PATTERN = /^\d{12}$/;
