// What the emulated account holds of zero-ETL: moto knows nothing of these three kinds of object.

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
  /** What the service is busy with, and for how many more reads: nothing happens at once in AWS. */
  busy?: { readonly status: "CREATING" | "MODIFYING" | "DELETING"; reads: number };
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

/** Layout of one replicated table; its operations come with the operator. */
export interface TableProperties {
  readonly resourceArn: string;
  readonly tableName: string;
  source?: Readonly<Record<string, unknown>>;
  target?: Readonly<Record<string, unknown>>;
}

export class ZeroEtlState {
  /** By integration ARN. */
  readonly integrations = new Map<string, Integration>();
  /** By resource ARN: one property per resource. */
  readonly resourceProperties = new Map<string, ResourceProperty>();
  /** By resource ARN and table name, see `tableKey`. */
  readonly tableProperties = new Map<string, TableProperties>();

  clear(): void {
    this.integrations.clear();
    this.resourceProperties.clear();
    this.tableProperties.clear();
  }

  static tableKey(resourceArn: string, tableName: string): string {
    return `${resourceArn}|${tableName}`;
  }
}
