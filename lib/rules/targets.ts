// What AWS refuses in a target.
import { S3_TABLES_CATALOG } from "../arn";
import {
  CATALOG_NAME,
  CONNECTION_NAME,
  DATABASE_NAME,
  DATABASE_NAME_PATTERN,
  EVENT_BUS_ARN,
  MANAGED_CATALOG_NAME_ADVISED_MAX,
  NAMESPACE_NAME,
  TARGET_KMS_KEY_ARN,
} from "../facts/limits";
import type { Issue, IssuePath } from "../issues";
import { error, warning } from "../issues";
import { ARN_SHAPES, arnRules, kmsKeyArnRules, roleArnRules } from "./arns";
import { bucketNameFault, s3LocationRules } from "./s3-location";
import { lengthOf, lengthRules, show } from "./text";

export { redshiftTargetRules, type RedshiftTargetFacts } from "./redshift-target";
export { parseS3Location, type S3Location } from "./s3-location";

/** The members that every target may have and that rules look at. */
export interface TargetFacts {
  readonly roleArn?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
  readonly connection?: string | undefined;
  readonly eventBusArn?: string | undefined;
}

/** The members of a Glue database target that rules look at. */
export interface GlueDatabaseTargetFacts extends TargetFacts {
  readonly database?: string | undefined;
  readonly location?: string | undefined;
}

/** The members of an S3 Tables target that rules look at. */
export interface S3TablesTargetFacts extends TargetFacts {
  readonly tableBucket?: string | undefined;
  readonly catalog?: string | undefined;
  readonly createCatalog?: boolean | undefined;
  readonly namespace?: string | undefined;
}

/** The members of a Redshift Managed Storage target that rules look at. */
export interface ManagedStorageTargetFacts extends TargetFacts {
  readonly catalog?: string | undefined;
}

/** Refuses a Glue database target that cannot exist. */
export function glueDatabaseTargetRules(target: GlueDatabaseTargetFacts): Issue[] {
  return [
    ...databaseNameRules(target.database),
    ...s3LocationRules(["location"], target.location),
    ...targetRules(target),
  ];
}

/** Refuses an S3 Tables target that cannot exist. */
export function s3TablesTargetRules(target: S3TablesTargetFacts): Issue[] {
  return [
    ...tableBucketRules(target.tableBucket),
    ...catalogNameRules(target.catalog),
    ...createCatalogRules(target),
    ...namespaceRules(target.namespace),
    ...targetRules(target),
  ];
}

/** Refuses a Redshift Managed Storage target that cannot exist. */
export function managedStorageTargetRules(target: ManagedStorageTargetFacts): Issue[] {
  return [...catalogNameRules(target.catalog, MANAGED_CATALOG_NAME_ADVISED_MAX), ...targetRules(target)];
}

/** Refuses what no target can have, whatever its kind. */
export function targetRules({ roleArn, kmsKeyArn, connection, eventBusArn }: TargetFacts): Issue[] {
  const eventBus = arnRules(ARN_SHAPES.eventBus, ["eventBusArn"], "eventBusArn", eventBusArn);
  return [
    ...roleArnRules(["roleArn"], "roleArn", roleArn),
    ...kmsKeyArnRules(["kmsKeyArn"], "kmsKeyArn", kmsKeyArn, TARGET_KMS_KEY_ARN),
    ...lengthRules("connection-name", ["connection"], "connection name", connection, CONNECTION_NAME),
    ...(eventBus.length > 0
      ? eventBus
      : lengthRules("event-bus-arn-length", ["eventBusArn"], "eventBusArn", eventBusArn, EVENT_BUS_ARN)),
  ];
}

function databaseNameRules(database: string | undefined): Issue[] {
  if (database === undefined) return [];
  const path: IssuePath = ["database"];
  if (database === "" || DATABASE_NAME_PATTERN.test(database)) {
    return lengthRules("database-name", path, "database name", database, DATABASE_NAME);
  }
  const mended = database.toLowerCase().replace(/[\s.-]+/g, "_");
  return [
    error("database-name", path, "database name has characters that zero-ETL does not take", {
      got: show(database),
      expected: "lower-case letters, digits and underscore",
      ...(DATABASE_NAME_PATTERN.test(mended) && { remedy: `did you mean ${JSON.stringify(mended)}?` }),
    }),
  ];
}

function tableBucketRules(name: string | undefined): Issue[] {
  if (name === undefined) return [];
  const inArn = /^arn:[^:]*:s3tables:[^:]*:[^:]*:bucket\/([^/]+)/.exec(name)?.[1];
  // Table buckets are named like general purpose buckets, without dots.
  if (bucketNameFault(name) === undefined && !name.includes(".")) return [];
  return [
    error("table-bucket-name", ["tableBucket"], "table bucket name is not one that S3 Tables takes", {
      got: show(name),
      expected: "3 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit",
      ...(inArn !== undefined && { remedy: `give the name of the bucket, not its ARN: ${inArn}` }),
    }),
  ];
}

function catalogNameRules(name: string | undefined, advisedMax: number = CATALOG_NAME.max): Issue[] {
  if (name === undefined) return [];
  const path: IssuePath = ["catalog"];
  if (/[./\\]/.test(name) || name.startsWith("aws:")) {
    return [
      error("catalog-name", path, "catalog name has a dot or a slash, or begins with aws:", {
        got: show(name),
        expected: "the name of the catalog, without the account and without the catalogs above it",
      }),
    ];
  }
  const length = lengthRules("catalog-name", path, "catalog name", name, CATALOG_NAME);
  if (length.length > 0 || lengthOf(name) <= advisedMax) return length;
  return [
    warning(
      "long-catalog-name",
      path,
      `catalog name is longer than ${advisedMax} characters, which AWS documents as the most of a managed catalog`,
      {
        got: `${lengthOf(name)} characters`,
      },
    ),
  ];
}

// A catalog of another name leads to one bucket, often of another account, and there is no telling which.
function createCatalogRules({ catalog = S3_TABLES_CATALOG, createCatalog }: S3TablesTargetFacts): Issue[] {
  if (createCatalog !== true || catalog === S3_TABLES_CATALOG) return [];
  return [
    error("create-catalog", ["createCatalog"], `only the catalog ${S3_TABLES_CATALOG} can be made here`, {
      got: `catalog ${show(catalog)}`,
      expected: `no catalog, or ${S3_TABLES_CATALOG}`,
      remedy: `remove catalog, or make ${catalog} yourself and remove createCatalog`,
    }),
  ];
}

function namespaceRules(name: string | undefined): Issue[] {
  if (name === undefined) return [];
  const path: IssuePath = ["namespace"];
  const wellFormed = /^[a-z0-9_]*$/.test(name) && !/^_|_$|^aws/.test(name);
  if (wellFormed) return lengthRules("namespace-name", path, "namespace", name, NAMESPACE_NAME);
  return [
    error("namespace-name", path, "namespace is not one that zero-ETL takes", {
      got: show(name),
      expected:
        "lower-case letters, digits and underscore, not beginning with aws or an underscore, not ending with an underscore",
    }),
  ];
}
