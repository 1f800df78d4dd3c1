// What CreateIntegration and ModifyIntegration refuse before they look at the source and the target.
import { type Arn, nameIn } from "../arns";
import type { Integration, IntegrationConfig, ZeroEtlState } from "../state";
import { AwsError } from "../wire";
import { MANAGED_STORAGE_TARGET, S3_TABLES_TARGET, targetNotValid } from "./catalog-target";
import { CONNECTION_SOURCE } from "./connection-source";
import { DYNAMODB_SOURCE } from "./dynamodb-source";
import { GLUE_DATABASE_TARGET } from "./glue-database-target";
import { ORACLE_SOURCE } from "./oracle-source";
import { REDSHIFT_TARGET } from "./redshift-target";
import type { Rule } from "./rule";

/** The default quotas of the user guide. */
export const QUOTAS = { perAccount: 25, perSource: 15, perTarget: 50 };

export const REFRESH_MINUTES = { min: 15, max: 8640 };

export function sourceRule(arn: Arn | undefined): Rule {
  if (nameIn(arn, "dynamodb", "table/") !== undefined) return DYNAMODB_SOURCE;
  if (nameIn(arn, "glue", "connection/") !== undefined) return CONNECTION_SOURCE;
  if (isVmCluster(arn)) return ORACLE_SOURCE;
  throw new AwsError("ValidationException", `Provided source id is not valid: ${arn?.text ?? "not an ARN"}`);
}

export function targetRule(arn: Arn | undefined): Rule {
  if (nameIn(arn, "glue", "database/") !== undefined) return GLUE_DATABASE_TARGET;
  if (isNamespace(arn)) return REDSHIFT_TARGET;
  const names = nameIn(arn, "glue", "catalog/")?.split("/") ?? [];
  // One level below the catalog of all table buckets is a bucket; below that would be a namespace, which AWS refuses.
  if (names.every((name) => name !== "")) {
    if (names.length === 1) return MANAGED_STORAGE_TARGET;
    if (names.length === 2) return S3_TABLES_TARGET;
  }
  throw targetNotValid(arn);
}

/** Every other pair is left to what its two sides say. */
export function refusePair(source: Arn, target: Arn): void {
  if (isVmCluster(source) && !isNamespace(target)) {
    throw new AwsError(
      "ValidationException",
      `The source ${source.text} can only be replicated into Amazon Redshift, not into ${target.text}.`,
    );
  }
}

function isVmCluster(arn: Arn | undefined): boolean {
  return arn?.service === "odb" && /^cloud-(autonomous-)?vm-cluster\/./.test(arn.resource);
}

/** A colon before the id of a cluster's namespace, a slash before that of a serverless one. */
function isNamespace(arn: Arn | undefined): boolean {
  return (
    nameIn(arn, "redshift", "namespace:") !== undefined ||
    nameIn(arn, "redshift-serverless", "namespace/") !== undefined
  );
}

export function refuseConfig(config: IntegrationConfig | undefined): void {
  const interval = config?.RefreshInterval;
  if (interval === undefined) return;
  const minutes = /^\d+$/.test(interval) ? Number(interval) : NaN;
  if (!(minutes >= REFRESH_MINUTES.min && minutes <= REFRESH_MINUTES.max)) {
    throw new AwsError(
      "ValidationException",
      `RefreshInterval must be between ${REFRESH_MINUTES.min} and ${REFRESH_MINUTES.max} minutes, but is ${interval}.`,
    );
  }
}

export function refuseName(
  state: ZeroEtlState,
  integration: Pick<Integration, "account" | "region" | "name" | "arn">,
): void {
  const taken = [...state.integrations.values()].some(
    (other) =>
      other.arn !== integration.arn &&
      other.name === integration.name &&
      other.account === integration.account &&
      other.region === integration.region,
  );
  if (taken) throw new AwsError("ConflictException", `Integration ${integration.name} already exists.`);
}

export function refuseCreate(state: ZeroEtlState, integration: Integration): void {
  refuseConfig(integration.config);
  if (integration.encryptionContext !== undefined && integration.kmsKeyId === undefined) {
    throw new AwsError(
      "ValidationException",
      "AdditionalEncryptionContext can only be provided with KmsKeyId.",
    );
  }
  refuseName(state, integration);
  const others = [...state.integrations.values()];
  const counts: [string, number, number][] = [
    ["account", others.filter((other) => other.account === integration.account).length, QUOTAS.perAccount],
    ["source", others.filter((other) => other.sourceArn === integration.sourceArn).length, QUOTAS.perSource],
    ["target", others.filter((other) => other.targetArn === integration.targetArn).length, QUOTAS.perTarget],
  ];
  const reached = counts.find(([, count, quota]) => count >= quota);
  if (reached !== undefined) {
    throw new AwsError(
      "IntegrationQuotaExceededFault",
      `The quota of ${reached[2]} integrations per ${reached[0]} is reached.`,
    );
  }
}
