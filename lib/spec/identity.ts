// What a part of a declaration is in AWS: two parts with one key are the same thing.
import { S3_TABLES_CATALOG } from "../arn";
import { ACCOUNT_PATTERN } from "../facts/limits";
import type { Draft, DraftDeclaration, DraftSource, DraftTarget } from "./draft";
import { memberOf } from "./draft";
import type { RedshiftTargetSpec } from "./types";

/** The account and region of an environment; without an account number, equal credentials in an equal region are one. */
export function environmentKey(declaration: DraftDeclaration, label: string | undefined): string {
  const environment = label === undefined ? undefined : memberOf(declaration.environments, label);
  if (environment?.region === undefined) return JSON.stringify(["label", label]);
  const { region, account, profile, assumeRoleArn } = environment;
  if (account !== undefined && ACCOUNT_PATTERN.test(account))
    return JSON.stringify(["account", account, region]);
  return JSON.stringify(["credentials", profile, assumeRoleArn, region]);
}

/** The source in AWS; nothing where it does not say what it is. */
export function sourceKey(environment: string, source: DraftSource): string | undefined {
  switch (source.type) {
    case undefined:
      return undefined;
    case "dynamodb":
      return keyOf(environment, source.type, source.table);
    case "oracle":
      return keyOf("", source.type, source.arn);
    default:
      return keyOf(environment, "connection", source.connection);
  }
}

/** The target in AWS; nothing where it does not say what it is. */
export function targetKey(environment: string, target: DraftTarget): string | undefined {
  switch (target.type) {
    case undefined:
      return undefined;
    case "glue-database":
      return keyOf(environment, target.type, target.database);
    case "s3-tables":
      return keyOf(
        environment,
        target.type,
        target.tableBucket && `${target.catalog ?? S3_TABLES_CATALOG}/${target.tableBucket}`,
      );
    case "redshift-managed-storage":
      return keyOf(environment, target.type, target.catalog);
    case "redshift":
      return keyOf(environment, target.type, warehouseOf(target));
  }
}

// A cluster and a workgroup may have one name.
function warehouseOf({ namespaceArn, workgroup, cluster }: Draft<RedshiftTargetSpec>): string | undefined {
  if (namespaceArn !== undefined) return namespaceArn;
  return workgroup === undefined ? cluster && `cluster/${cluster}` : `workgroup/${workgroup}`;
}

function keyOf(environment: string, kind: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : JSON.stringify([environment, kind, name]);
}
