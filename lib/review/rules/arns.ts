// What the ARNs of sources and targets tell.
import type { AwsAddress } from "../../arn";
import { S3_TABLES_CATALOG } from "../../arn";
import type { TargetKind } from "../../facts/kinds";

/** The parts of an ARN. */
export interface ArnParts extends AwsAddress {
  readonly service: string;
  /** All that follows the account. */
  readonly resource: string;
}

/** The parts of an ARN; nothing where the text is none. */
export function arnParts(text: string): ArnParts | undefined {
  const [scheme, partition, service, region, account, ...rest] = text.split(":");
  if (scheme !== "arn" || rest.length === 0) return undefined;
  if (partition === undefined || service === undefined || region === undefined || account === undefined) {
    return undefined;
  }
  return { partition, service, region, account, resource: rest.join(":") };
}

/** What an ARN says of a source; which product a connection leads to it does not say. */
export type SourceArn =
  | { readonly kind: "dynamodb"; readonly address: AwsAddress; readonly table: string }
  | { readonly kind: "connection"; readonly address: AwsAddress; readonly connection: string }
  | { readonly kind: "oracle"; readonly address: AwsAddress };

/** What an ARN says of a source; nothing where it is that of another thing. */
export function sourceArn(text: string): SourceArn | undefined {
  const parts = arnParts(text);
  if (parts === undefined) return undefined;
  const address = addressOf(parts);
  const name = after(parts.resource, parts.service === "dynamodb" ? "table/" : "connection/");
  if (parts.service === "dynamodb" && name !== undefined) return { kind: "dynamodb", address, table: name };
  if (parts.service === "glue" && name !== undefined)
    return { kind: "connection", address, connection: name };
  return parts.service === "odb" ? { kind: "oracle", address } : undefined;
}

/** What an ARN says of a target. */
export interface TargetArn {
  readonly kind: TargetKind;
  readonly address: AwsAddress;
  /** Name of the database or catalog, path of the table bucket in its catalogs, or id of the namespace. */
  readonly name: string;
}

/** What an ARN says of a target; nothing where it is that of another thing. */
export function targetArn(text: string): TargetArn | undefined {
  const parts = arnParts(text);
  if (parts === undefined) return undefined;
  const address = addressOf(parts);
  if (parts.service.startsWith("redshift")) {
    const name = after(parts.resource.replace(":", "/"), "namespace/");
    return name === undefined ? undefined : { kind: "redshift", address, name };
  }
  if (parts.service !== "glue") return undefined;
  const database = after(parts.resource, "database/");
  if (database !== undefined) return { kind: "glue-database", address, name: database };
  const catalog = after(parts.resource, "catalog/");
  if (catalog === undefined) return undefined;
  const isBucket = catalog.includes("/") || catalog === S3_TABLES_CATALOG;
  return { kind: isBucket ? "s3-tables" : "redshift-managed-storage", address, name: catalog };
}

/** The table bucket of a target in a catalog of table buckets. */
export function tableBucketOf({ kind, name }: TargetArn): string | undefined {
  return kind === "s3-tables" ? name.split("/")[1] : undefined;
}

function addressOf({ partition, region, account }: ArnParts): AwsAddress {
  return { partition, region, account };
}

function after(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) && text.length > prefix.length ? text.slice(prefix.length) : undefined;
}
