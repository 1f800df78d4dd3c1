// What the role that writes into a target must be allowed, per kind of target.
import type { AwsAddress } from "../arn";
import {
  glueCatalogArn,
  glueDatabaseArn,
  glueNestedCatalogArn,
  glueTablesArn,
  s3BucketArn,
  tableBucketArn,
} from "../arn";
import { PUT_METRICS, WRITE_LOGS } from "./observability";
import type { Statement } from "./statement";

// What the user guide lets a role do with the tables of its target.
const TABLE_ACTIONS = [
  "glue:CreateTable",
  "glue:DeleteTable",
  "glue:GetResourcePolicy",
  "glue:GetTable",
  "glue:GetTables",
  "glue:GetTableVersion",
  "glue:GetTableVersions",
  "glue:UpdateTable",
] as const;

/** A Glue database and the place in S3 that its data goes to. */
export interface GlueDatabaseAccess {
  readonly address: AwsAddress;
  readonly database: string;
  readonly bucket: string;
  /** Without slashes at its ends; empty: the whole bucket. */
  readonly prefix: string;
}

/** The user guide's permissions of the role for a Glue database on a general purpose S3 bucket. */
export function glueDatabaseRoleStatements({
  address,
  database,
  bucket,
  prefix,
}: GlueDatabaseAccess): Statement[] {
  const bucketArn = s3BucketArn(address.partition, bucket);
  const catalog = glueCatalogArn(address);
  const databaseArn = glueDatabaseArn(address, database);
  return [
    { Sid: "ListBucket", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucketArn] },
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: [prefix === "" ? `${bucketArn}/*` : `${bucketArn}/${prefix}/*`],
    },
    { Sid: "ReadDatabase", Effect: "Allow", Action: ["glue:GetDatabase"], Resource: [catalog, databaseArn] },
    {
      Sid: "WriteTables",
      Effect: "Allow",
      Action: TABLE_ACTIONS,
      Resource: [catalog, databaseArn, glueTablesArn(address, database)],
    },
    PUT_METRICS,
    WRITE_LOGS,
  ];
}

/** A table bucket whose catalog integrations write into. */
export interface S3TablesAccess {
  readonly address: AwsAddress;
  readonly tableBucket: string;
}

/**
 * The user guide's permissions of the role for a table bucket. The guide names the bucket only, but the actions on
 * tables are checked against ARNs below it, so what is in the bucket is named as well.
 */
export function s3TablesRoleStatements({ address, tableBucket }: S3TablesAccess): Statement[] {
  const bucketArn = tableBucketArn(address, tableBucket);
  return [
    {
      Sid: "WriteTableBucket",
      Effect: "Allow",
      Action: [
        "s3tables:CreateNamespace",
        "s3tables:CreateTable",
        "s3tables:DeleteTable",
        "s3tables:GetNamespace",
        "s3tables:GetTable",
        "s3tables:GetTableBucket",
        "s3tables:GetTableBucketEncryption",
        "s3tables:GetTableData",
        "s3tables:GetTableEncryption",
        "s3tables:GetTableMetadataLocation",
        "s3tables:ListNamespaces",
        "s3tables:ListTableBuckets",
        "s3tables:ListTables",
        "s3tables:PutTableData",
        "s3tables:UpdateTableMetadataLocation",
      ],
      Resource: [bucketArn, `${bucketArn}/*`],
    },
    PUT_METRICS,
    WRITE_LOGS,
  ];
}

/** A catalog of Redshift Managed Storage that integrations write into. */
export interface ManagedStorageAccess {
  readonly address: AwsAddress;
  readonly catalog: string;
}

/** What the user guide says in words that the role also needs, without naming actions; no statement is made up for it. */
export const MANAGED_STORAGE_UNPUBLISHED = [
  "Permissions to access the Redshift cluster or workgroup",
  "Permissions to access the Lake Formation catalog",
] as const;

/**
 * The part of the role for Redshift Managed Storage that can be read out of the user guide. AWS publishes no list of
 * actions for this target: metrics, logs and tables of the catalog are said in words and take the actions and ARNs that the
 * guide prints elsewhere, UNVERIFIED for this target. What is in `MANAGED_STORAGE_UNPUBLISHED` is left to extra statements.
 */
export function managedStorageRoleStatements({ address, catalog }: ManagedStorageAccess): Statement[] {
  const catalogArn = glueNestedCatalogArn(address, catalog);
  return [
    {
      Sid: "WriteTables",
      Effect: "Allow",
      Action: TABLE_ACTIONS,
      Resource: [
        glueCatalogArn(address),
        catalogArn,
        `${catalogArn}/*`,
        `${glueDatabaseArn(address, catalog)}/*`,
        glueTablesArn(address, catalog),
      ],
    },
    PUT_METRICS,
    WRITE_LOGS,
  ];
}
