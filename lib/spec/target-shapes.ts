// What each `type` of target takes, described once.
import type { TargetKind } from "../facts/kinds";
import {
  CATALOG_NAME,
  CONNECTION_NAME,
  DATABASE_NAME,
  DATABASE_NAME_PATTERN,
  LOCATION,
  NAMESPACE_NAME,
} from "../facts/limits";
import { ARN_SHAPES } from "../rules/arns";
import type { Schema } from "./schema";
import { arnOf, bounded, flag, text } from "./schema";
import { environmentOf, kmsKeyArn, roleArn, typed } from "./shape-parts";

const TARGET_COMMON: Readonly<Record<string, Schema>> = {
  environment: environmentOf,
  roleArn: roleArn("that writes into the target"),
  kmsKeyArn: kmsKeyArn("the key for the written data"),
  connection: text(
    "Name of a Glue NETWORK connection, through which the target is written.",
    bounded(CONNECTION_NAME),
  ),
  eventBusArn: arnOf(ARN_SHAPES.eventBus, "ARN of the event bus that gets the integration's events."),
};

/** What each `type` of target takes. */
export const TARGETS: Readonly<Record<TargetKind, Schema>> = {
  "glue-database": typed(
    "glue-database",
    "A Glue database on a general purpose S3 bucket.",
    {
      database: text("Name of the database.", {
        ...bounded(DATABASE_NAME),
        pattern: DATABASE_NAME_PATTERN.source,
      }),
      location: text("S3 URI that the tables are written below.", {
        ...bounded(LOCATION),
        pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^*?]*)?$",
        examples: ["s3://bucket/prefix/"],
      }),
      create: flag("Whether the database is made; otherwise it exists and is checked.", true),
      lakeFormation: flag("Whether the target role is granted what a Lake Formation database needs.", false),
      ...TARGET_COMMON,
    },
    ["database", "location"],
  ),
  "s3-tables": typed(
    "s3-tables",
    "An S3 table bucket.",
    {
      tableBucket: text("Name of the table bucket.", { pattern: "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$" }),
      create: flag("Whether the table bucket is made.", false),
      catalog: text("Name of the federated catalog; default: s3tablescatalog.", bounded(CATALOG_NAME)),
      createCatalog: flag("Whether the federated catalog is made.", false),
      namespace: text("Namespace that the tables are written into.", {
        ...bounded(NAMESPACE_NAME),
        pattern: "^[a-z0-9_]+$",
      }),
      ...TARGET_COMMON,
    },
    ["tableBucket"],
  ),
  "redshift-managed-storage": typed(
    "redshift-managed-storage",
    "A catalog on Redshift Managed Storage.",
    { catalog: text("Name of the managed or federated catalog.", bounded(CATALOG_NAME)), ...TARGET_COMMON },
    ["catalog"],
  ),
  redshift: typed(
    "redshift",
    "A Redshift data warehouse: exactly one of cluster, workgroup and namespaceArn.",
    {
      cluster: text("Identifier of a provisioned cluster."),
      workgroup: text("Name of a serverless workgroup."),
      namespaceArn: arnOf(ARN_SHAPES.namespace, "ARN of the namespace."),
      database: text("Database to create from the integration once it is active.", { minLength: 1 }),
      ...TARGET_COMMON,
    },
  ),
};
