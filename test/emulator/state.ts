// What the emulated accounts hold that moto knows nothing of, or not enough.
import type { GlueCatalog } from "./glue/catalogs";
import type { GlueConnection } from "./glue/connections";
import type { Busy } from "./life";
import type { OdbNetwork, VmCluster } from "./odb";
import type { RedshiftIntegration } from "./redshift/integrations";
import type { ServerlessNamespace, Workgroup } from "./redshift/serverless";
import type { SqlStatement } from "./redshift/statements";
import type { TableBucketSettings } from "./s3-tables";

export const INTEGRATION_STATUSES = [
  "CREATING",
  "ACTIVE",
  "MODIFYING",
  "FAILED",
  "DELETING",
  "SYNCING",
  "NEEDS_ATTENTION",
] as const;
export type IntegrationStatus = (typeof INTEGRATION_STATUSES)[number];

/** Why an integration is not active, as `DescribeIntegrations` tells it. */
export interface IntegrationError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface IntegrationConfig {
  readonly RefreshInterval?: string;
  readonly SourceProperties?: Readonly<Record<string, string>>;
  readonly ContinuousSync?: boolean;
}

export interface Integration {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly createTime: number;
  readonly kmsKeyId?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  name: string;
  description?: string;
  dataFilter?: string;
  config?: IntegrationConfig;
  tags: readonly Tag[];
  /** What it has loaded whole, with the layout of that time: first when it was created, again whenever a layout changed. */
  readonly loads: Load[];
  /** What the service is busy with: nothing happens at once in AWS. */
  busy?: Busy;
  /** Set by a test: the status no longer follows from the account. */
  fixed?: { readonly status: IntegrationStatus; readonly errors: readonly IntegrationError[] };
}

export interface SourceProcessingProperties {
  readonly RoleArn?: string;
}

export interface TargetProcessingProperties {
  readonly RoleArn?: string;
  readonly KmsArn?: string;
  readonly ConnectionName?: string;
  readonly EventBusArn?: string;
}

export interface ResourceProperty {
  readonly resourceArn: string;
  readonly arn: string;
  source?: SourceProcessingProperties;
  target?: TargetProcessingProperties;
  tags: readonly Tag[];
}

export interface PartitionColumn {
  readonly FieldName?: string;
  readonly FunctionSpec?: string;
  readonly ConversionSpec?: string;
}

export interface TargetTableConfig {
  readonly UnnestSpec?: string;
  readonly PartitionSpec?: readonly PartitionColumn[];
  readonly TargetTableName?: string;
  /** The integration that owns the configuration. */
  readonly IntegrationArn?: string;
}

export interface SourceTableConfig {
  readonly PrimaryKey?: readonly string[];
}

/** Layout of one replicated table, or key of one entity. */
export interface TableProperties {
  readonly resourceArn: string;
  readonly tableName: string;
  readonly source?: SourceTableConfig | undefined;
  readonly target?: TargetTableConfig | undefined;
}

/** One table loaded whole. */
export interface Load {
  readonly reason: "created" | "resync";
  /** Name of the source table. */
  readonly table: string;
  readonly unnest: string;
  readonly partition: readonly PartitionColumn[];
  readonly targetTable?: string;
}

export class ZeroEtlState {
  /** By integration ARN; those that the Glue API made. */
  readonly integrations = new Map<string, Integration>();
  /** By integration ARN; those that the Redshift API made. */
  readonly redshiftIntegrations = new Map<string, RedshiftIntegration>();
  /** By resource ARN: one property per resource. */
  readonly resourceProperties = new Map<string, ResourceProperty>();
  /** By resource ARN and table name, see `tableKey`. */
  readonly tableProperties = new Map<string, TableProperties>();
  /** By ARN. */
  readonly connections = new Map<string, GlueConnection>();
  /** By ARN; the default catalog of an account is not among them. */
  readonly catalogs = new Map<string, GlueCatalog>();
  /** Ids of the namespaces of clusters, by `placed` cluster identifier. */
  readonly clusterNamespaces = new Map<string, string>();
  /** Parameters that somebody has set, by `placed` name of the parameter group. */
  readonly clusterParameters = new Map<string, Map<string, string>>();
  /** By `placed` name. */
  readonly serverlessNamespaces = new Map<string, ServerlessNamespace>();
  /** By `placed` name. */
  readonly workgroups = new Map<string, Workgroup>();
  /** Policies of namespaces of both kinds, by namespace ARN. */
  readonly namespacePolicies = new Map<string, string>();
  /** Databases of warehouses, by namespace ARN. */
  readonly warehouseDatabases = new Map<string, Set<string>>();
  /** Everything that the Redshift Data API was asked to run, in order. */
  readonly sqlStatements: SqlStatement[] = [];
  /** Settings of table buckets, by ARN; the buckets are moto's. */
  readonly tableBuckets = new Map<string, TableBucketSettings>();
  /** By ARN. */
  readonly vmClusters = new Map<string, VmCluster>();
  /** By ARN. */
  readonly odbNetworks = new Map<string, OdbNetwork>();

  clear(): void {
    for (const store of Object.values(this)) {
      if (store instanceof Map) store.clear();
    }
    this.sqlStatements.length = 0;
  }

  static tableKey(resourceArn: string, tableName: string): string {
    return `${resourceArn}|${tableName}`;
  }
}
