// What both sides of the bench build, as plain data: the same names that a declaration has.
import type { ConnectionSourceKind } from "../lib/facts/kinds";

export const REGION = "us-east-1";

export interface DynamoDbTable {
  readonly type: "dynamodb";
  readonly table: string;
}

export interface Connection {
  readonly type: ConnectionSourceKind;
  readonly connection: string;
  readonly entities?: readonly string[];
}

export interface OracleDatabase {
  readonly type: "oracle";
  readonly arn: string;
  readonly pluggableDatabase: string;
  readonly secretArn: string;
}

export type FleetSource = DynamoDbTable | Connection | OracleDatabase;

export interface GlueDatabase {
  readonly type: "glue-database";
  readonly database: string;
  readonly location: string;
  readonly lakeFormation?: true;
}

export interface TableBucket {
  readonly type: "s3-tables";
  readonly tableBucket: string;
  readonly create: true;
}

export interface ManagedCatalog {
  readonly type: "redshift-managed-storage";
  readonly catalog: string;
}

export type Warehouse =
  | { readonly type: "redshift"; readonly workgroup: string }
  | { readonly type: "redshift"; readonly cluster: string };

export type FleetTarget = GlueDatabase | TableBucket | ManagedCatalog | Warehouse;

export interface FleetIntegration {
  readonly source: string;
  readonly target: string;
  readonly refreshInterval?: string;
}

/** One stack, in an account of its own: an account has room for 25 integrations, and its catalog policy for 10 KB. */
export interface FleetStack {
  readonly name: string;
  readonly account: string;
  readonly sources: Readonly<Record<string, FleetSource>>;
  readonly targets: Readonly<Record<string, FleetTarget>>;
  readonly integrations: Readonly<Record<string, FleetIntegration>>;
}

/** A number with leading zeros, so that names sort as they are counted. */
export function digits(value: number): string {
  return String(value).padStart(4, "0");
}

/** Labels and what they stand for. */
export function labelled<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}
