// The calls to AWS that the operator makes, in the words of the APIs; tests answer them without a network.

export type UnnestSpec = "FULL" | "TOPLEVEL" | "NOUNNEST";

/** A column that a target table is partitioned by. */
export interface IntegrationPartition {
  FieldName?: string | undefined;
  FunctionSpec?: string | undefined;
  ConversionSpec?: string | undefined;
}

export interface TargetTableConfig {
  UnnestSpec?: UnnestSpec | undefined;
  PartitionSpec?: IntegrationPartition[] | undefined;
  TargetTableName?: string | undefined;
  /** The integration that owns the configuration, where AWS tells it. */
  IntegrationArn?: string | undefined;
}

export interface SourceTableConfig {
  PrimaryKey?: string[] | undefined;
}

/** What identifies table properties. */
export interface TableKey {
  ResourceArn: string;
  TableName: string;
}

export interface TableConfigs {
  SourceTableConfig?: SourceTableConfig | undefined;
  TargetTableConfig?: TargetTableConfig | undefined;
}

export interface IntegrationError {
  ErrorCode?: string | undefined;
  ErrorMessage?: string | undefined;
}

/** An integration as far as the operator looks at it. */
export interface Integration {
  IntegrationArn?: string | undefined;
  SourceArn?: string | undefined;
  TargetArn?: string | undefined;
  Status?: string | undefined;
  Errors?: IntegrationError[] | undefined;
  IntegrationConfig?: { RefreshInterval?: string | undefined } | undefined;
}

/** AWS Glue, as far as the operator calls it. */
export interface GlueApi {
  getIntegrationTableProperties(request: TableKey): Promise<TableConfigs>;
  createIntegrationTableProperties(request: TableKey & TableConfigs): Promise<unknown>;
  updateIntegrationTableProperties(request: TableKey & TableConfigs): Promise<unknown>;
  deleteIntegrationTableProperties(request: TableKey): Promise<unknown>;
  describeInboundIntegrations(request: {
    TargetArn: string;
    Marker?: string | undefined;
  }): Promise<{ InboundIntegrations?: Integration[] | undefined; Marker?: string | undefined }>;
  describeIntegrations(request: {
    IntegrationIdentifier: string;
  }): Promise<{ Integrations?: Integration[] | undefined }>;
  modifyIntegration(request: {
    IntegrationIdentifier: string;
    IntegrationConfig: { RefreshInterval: string };
  }): Promise<unknown>;
  getResourcePolicy(): Promise<{ PolicyInJson?: string | undefined; PolicyHash?: string | undefined }>;
  putResourcePolicy(request: {
    PolicyInJson: string;
    PolicyHashCondition?: string | undefined;
    PolicyExistsCondition?: "MUST_EXIST" | "NOT_EXIST" | undefined;
    EnableHybrid: "TRUE";
  }): Promise<unknown>;
  deleteResourcePolicy(request: { PolicyHashCondition?: string | undefined }): Promise<unknown>;
}

/** DynamoDB, as far as the operator calls it. */
export interface DynamoDbApi {
  getResourcePolicy(request: {
    ResourceArn: string;
  }): Promise<{ Policy?: string | undefined; RevisionId?: string | undefined }>;
  putResourcePolicy(request: {
    ResourceArn: string;
    Policy: string;
    ExpectedRevisionId: string;
  }): Promise<unknown>;
  deleteResourcePolicy(request: {
    ResourceArn: string;
    ExpectedRevisionId?: string | undefined;
  }): Promise<unknown>;
}

/** The services that the operator calls. */
export interface Clients {
  readonly glue: GlueApi;
  readonly dynamodb: DynamoDbApi;
}
