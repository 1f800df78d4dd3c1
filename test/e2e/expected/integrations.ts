// The integrations themselves, as the API that serves them describes them, and the databases that Redshift makes of them.
import type { OracleSourceSpec, RedshiftTargetSpec, SourceSpec } from "../../../lib/spec";
import type { JsonObject } from "../../emulator/wire";
import { grantsOf } from "../grants";
import { sourceArn, targetArn } from "./arns";
import { ORACLE_KEY, ORACLE_SECRET } from "./oracle";
import type { Pair, Place } from "./pairs";

export interface ExpectedIntegration {
  readonly stack: string;
  /** Prefix of its outputs. */
  readonly label: string;
  readonly name: string;
  readonly api: "glue" | "redshift";
  /** Everything that the API tells but ids, times and state. */
  readonly settings: JsonObject;
  /** Where the data arrives, for a given id of the integration. */
  readonly targetDatabase: (id: string) => string | undefined;
  /** The resource whose property names the role that writes; a warehouse needs none. */
  readonly writesWith: string | undefined;
  /** Keys and secrets whose policies must say something, by ARN, and what, where AWS publishes it. */
  readonly required: Readonly<Record<string, readonly string[] | undefined>>;
  readonly database: ExpectedDatabase | undefined;
}

/** A database that Redshift makes of an integration. */
export interface ExpectedDatabase {
  readonly place: Place;
  readonly run: { readonly clusterIdentifier: string } | { readonly workgroupName: string };
  readonly sql: (integrationId: string) => string;
}

export function integrationOf(pair: Pair): ExpectedIntegration {
  const { stack, label, integration, target, to } = pair;
  const api = pair.source.type === "dynamodb" && target.type === "redshift" ? "redshift" : "glue";
  return {
    stack,
    label,
    name: integration.name ?? label,
    api,
    settings: withoutUndefined(api === "redshift" ? redshiftSettings(pair) : glueSettings(pair)),
    targetDatabase: (id) => {
      if (target.type === "s3-tables") return `zetl_${id.replaceAll("-", "_")}`;
      return target.type === "redshift-managed-storage" ? undefined : target.database;
    },
    writesWith: target.type === "redshift" ? undefined : targetArn(target, to),
    required: required(pair),
    database: target.type === "redshift" ? databaseOf(pair, target) : undefined,
  };
}

function glueSettings({ label, integration, source, from, target, to, tags }: Pair): JsonObject {
  const { name, description, refreshInterval, continuousSync, kmsKeyArn, encryptionContext } = integration;
  const config = withoutUndefined({
    RefreshInterval: minutes(refreshInterval),
    ContinuousSync: continuousSync,
    SourceProperties: source.type === "oracle" ? { "secret-arn": source.secretArn } : undefined,
  });
  return {
    IntegrationName: name ?? label,
    SourceArn: sourceArn(source, from),
    TargetArn: targetArn(target, to),
    Description: description,
    DataFilter: integration.dataFilter ?? filterOf(source),
    IntegrationConfig: Object.keys(config).length === 0 ? undefined : config,
    KmsKeyId: kmsKeyArn,
    AdditionalEncryptionContext: encryptionContext,
    Tags: tagList(tags, (key, value) => ({ key, value })),
  };
}

function redshiftSettings({ label, integration, source, from, target, to, tags }: Pair): JsonObject {
  const { name, description, kmsKeyArn, encryptionContext } = integration;
  return {
    IntegrationName: name ?? label,
    SourceArn: sourceArn(source, from),
    TargetArn: targetArn(target, to),
    Description: description,
    KMSKeyId: kmsKeyArn ?? "AWS_OWNED_KMS_KEY",
    AdditionalEncryptionContext: encryptionContext,
    Tags: tagList(tags, (Key, Value) => ({ Key, Value })) ?? [],
  };
}

/** Maxwell's grammar, in which each name has the keyword before it. */
function filterOf(source: SourceSpec): string | undefined {
  if (source.type === "dynamodb") return undefined;
  if (source.type !== "oracle") {
    return (
      source.entities &&
      [...source.entities]
        .sort()
        .map((entity) => `include: ${entity}`)
        .join(", ")
    );
  }
  const { pluggableDatabase, include = ["*.*"], exclude = [] } = source;
  return [
    ...[...include].sort().map((table) => `include: ${pluggableDatabase}.${table}`),
    ...[...exclude].sort().map((table) => `exclude: ${pluggableDatabase}.${table}`),
  ].join(", ");
}

/** A namespace's ARN alone leads to no connection that could run a statement. */
function databaseOf(
  { source, to }: Pair,
  { database, cluster, workgroup }: RedshiftTargetSpec,
): ExpectedDatabase | undefined {
  if (database === undefined) return undefined;
  const within = source.type === "oracle" ? ` DATABASE "${source.pluggableDatabase}"` : "";
  const sql = (id: string): string => `CREATE DATABASE "${database}" FROM INTEGRATION '${id}'${within}`;
  if (cluster !== undefined) return { place: to, sql, run: { clusterIdentifier: cluster } };
  return workgroup === undefined ? undefined : { place: to, sql, run: { workgroupName: workgroup } };
}

function required({ integration, source, target }: Pair): ExpectedIntegration["required"] {
  const unpublished = [
    source.type === "dynamodb" ? source.kmsKeyArn : undefined,
    target.kmsKeyArn,
    integration.kmsKeyArn,
  ].flatMap((arn) => (arn === undefined ? [] : [[arn, undefined] as const]));
  return {
    ...Object.fromEntries(unpublished),
    ...(source.type === "oracle" ? requiredByOracle(source) : {}),
  };
}

function requiredByOracle({ secretArn, kmsKeyArn }: OracleSourceSpec): Record<string, string[]> {
  return {
    [secretArn]: grantsOf({ Statement: ORACLE_SECRET }),
    ...(kmsKeyArn !== undefined && { [kmsKeyArn]: grantsOf({ Statement: ORACLE_KEY }) }),
  };
}

function tagList<T>(
  tags: Readonly<Record<string, string>>,
  tag: (key: string, value: string) => T,
): T[] | undefined {
  const keys = Object.keys(tags).sort();
  return keys.length === 0 ? undefined : keys.map((key) => tag(key, tags[key] ?? ""));
}

const UNITS: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

function minutes(interval: number | string | undefined): string | undefined {
  if (interval === undefined) return undefined;
  const [, amount = "", unit = "m"] = /^(\d+)([mhd]?)$/.exec(String(interval)) ?? [];
  return String(Number(amount) * (UNITS[unit || "m"] ?? NaN));
}

function withoutUndefined(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
