// The declaration file, version 1, as types: what the parser returns once every rule has passed.
import type { ConnectionSourceKind } from "../facts/kinds";
import type { TableOptions } from "../rules/tables";

/** A whole declaration file. */
export interface Declaration {
  readonly version: 1;
  readonly environments: Record<string, EnvironmentSpec>;
  readonly stacks: Record<string, StackSpec>;
}

/** Where things live: one AWS provider. */
export interface EnvironmentSpec {
  readonly region: string;
  readonly account?: string;
  readonly profile?: string;
  readonly assumeRoleArn?: string;
  readonly deployerArn?: string;
}

/** Who writes a policy document that exists once in AWS. */
export type PolicyMode = "merge" | "own" | "external";

/** One Terraform stack. */
export interface StackSpec {
  readonly environment: string;
  readonly tags?: Record<string, string>;
  readonly backend?: BackendSpec;
  readonly operator?: boolean;
  readonly catalogPolicy?: PolicyMode;
  readonly driftChecks?: boolean;
  readonly sources: Record<string, SourceSpec>;
  readonly targets: Record<string, TargetSpec>;
  readonly integrations: Record<string, IntegrationSpec>;
  readonly monitoring?: MonitoringSpec;
}

export interface BackendSpec {
  readonly s3: S3BackendSpec;
}

export interface S3BackendSpec {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly useLockfile?: boolean;
}

export type SourceSpec = DynamoDbSourceSpec | ConnectionSourceSpec | OracleSourceSpec;

export interface DynamoDbSourceSpec {
  readonly type: "dynamodb";
  readonly environment?: string;
  readonly table: string;
  readonly tablePolicy?: PolicyMode;
  readonly integrationArns?: readonly string[];
  readonly kmsKeyArn?: string;
}

export interface ConnectionSourceSpec {
  readonly type: ConnectionSourceKind;
  readonly environment?: string;
  readonly connection: string;
  readonly entities?: readonly string[];
  readonly roleArn?: string;
  /** Only `sap-odata`. */
  readonly primaryKeys?: Record<string, readonly string[]>;
}

export interface OracleSourceSpec {
  readonly type: "oracle";
  readonly environment?: string;
  readonly arn: string;
  readonly pluggableDatabase: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly secretArn: string;
  readonly kmsKeyArn?: string;
}

export type TargetSpec =
  GlueDatabaseTargetSpec | S3TablesTargetSpec | RedshiftManagedStorageTargetSpec | RedshiftTargetSpec;

interface TargetCommon {
  readonly environment?: string;
  readonly kmsKeyArn?: string;
  readonly connection?: string;
  readonly eventBusArn?: string;
  readonly roleArn?: string;
}

export interface GlueDatabaseTargetSpec extends TargetCommon {
  readonly type: "glue-database";
  readonly database: string;
  readonly location: string;
  readonly create?: boolean;
  readonly lakeFormation?: boolean;
}

export interface S3TablesTargetSpec extends TargetCommon {
  readonly type: "s3-tables";
  readonly tableBucket: string;
  readonly create?: boolean;
  readonly catalog?: string;
  readonly createCatalog?: boolean;
  readonly namespace?: string;
}

export interface RedshiftManagedStorageTargetSpec extends TargetCommon {
  readonly type: "redshift-managed-storage";
  readonly catalog: string;
}

export interface RedshiftTargetSpec extends TargetCommon {
  readonly type: "redshift";
  readonly cluster?: string;
  readonly workgroup?: string;
  readonly namespaceArn?: string;
  readonly database?: string;
}

export interface IntegrationSpec {
  readonly source: string;
  readonly target: string;
  readonly name?: string;
  readonly description?: string;
  /** Minutes as a number, or a text like `30m`, `6h`, `2d`. */
  readonly refreshInterval?: number | string;
  readonly continuousSync?: boolean;
  readonly kmsKeyArn?: string;
  readonly encryptionContext?: Record<string, string>;
  readonly dataFilter?: string;
  readonly tables?: Record<string, TableOptions>;
  readonly protect?: boolean;
}

export interface MonitoringSpec {
  readonly alarms?: {
    readonly topicArn?: string;
    readonly kmsKeyArn?: string;
    readonly staleAfter?: number | string;
  };
  readonly events?: { readonly topicArn: string; readonly kmsKeyArn?: string };
  readonly dashboard?: boolean;
  readonly logRetentionDays?: number;
}
