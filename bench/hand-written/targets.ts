// Databases, table buckets, catalogs and warehouses to write into.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import type { LakeformationPermissionsConfig } from "@cdktf/provider-aws/lib/lakeformation-permissions";
import { LakeformationPermissions } from "@cdktf/provider-aws/lib/lakeformation-permissions";
import { S3TablesTableBucket } from "@cdktf/provider-aws/lib/s3tables-table-bucket";
import type { ITerraformDependable } from "cdktf";
import type { FleetTarget, GlueDatabase, ManagedCatalog, TableBucket } from "../fleet";
import type { Kit, Role } from "./kit";
import { CLOUDFORMATION_TAGS, TAGS, makeProperty, makeRole } from "./kit";
import type { Lake } from "./policies";
import { writeDatabase, writeManagedCatalog, writeTableBucket } from "./policies";
import { makeWarehouse } from "./warehouses";

export interface Target {
  readonly arn: string;
  readonly dependencies: readonly ITerraformDependable[];
  readonly roleArn?: string;
  /** Name of the database that the data arrives in; the id of the integration is known after apply. */
  readonly database?: (integrationId: string) => string;
  /** What the catalog policy names for it, where it is in the catalog. */
  readonly catalogResources?: readonly string[];
}

export function makeTarget(kit: Kit, label: string, target: FleetTarget, sources: readonly string[]): Target {
  switch (target.type) {
    case "glue-database":
      return makeDatabase(kit, label, target);
    case "s3-tables":
      return makeTableBucket(kit, label, target);
    case "redshift-managed-storage":
      return lookUpCatalog(kit, label, target);
    case "redshift":
      return makeWarehouse(kit, label, target, sources);
  }
}

function makeDatabase(kit: Kit, label: string, target: GlueDatabase): Target {
  const { stack, place } = kit;
  const { database, location } = target;
  const [bucket = "", ...path] = location.replace("s3://", "").split("/").filter(Boolean);
  const lake = { database, bucket, prefix: path.join("/"), lakeFormation: target.lakeFormation === true };
  const role = makeRole(kit, label, "target", database, writeDatabase(place, lake));
  const glueDatabase = new GlueCatalogDatabase(stack, `${label}-database`, {
    name: database,
    locationUri: location,
    tags: TAGS,
  });
  const grants = lake.lakeFormation ? grantLakeFormation(kit, label, lake, role, glueDatabase) : [];
  const arn = place.arn("glue", `database/${database}`);
  return {
    ...written(kit, label, arn, role, [glueDatabase, ...role.dependencies, ...grants]),
    database: () => database,
    catalogResources: [place.catalog, arn],
  };
}

function grantLakeFormation(
  { stack }: Kit,
  label: string,
  { database, bucket, prefix }: Lake,
  role: Role,
  glueDatabase: ITerraformDependable,
): ITerraformDependable[] {
  const grant = (
    id: string,
    permissions: string[],
    on: Pick<LakeformationPermissionsConfig, "database" | "table" | "dataLocation">,
  ): ITerraformDependable =>
    new LakeformationPermissions(stack, `${label}-${id}`, {
      principal: role.arn,
      permissions,
      ...on,
      dependsOn: [glueDatabase, ...role.dependencies],
    });
  return [
    grant("grant-database", ["ALTER", "CREATE_TABLE", "DESCRIBE", "DROP"], { database: { name: database } }),
    grant("grant-tables", ["ALL"], { table: { databaseName: database, wildcard: true } }),
    grant("grant-location", ["DATA_LOCATION_ACCESS"], {
      dataLocation: { arn: `arn:aws:s3:::${bucket}/${prefix}` },
    }),
  ];
}

function makeTableBucket(kit: Kit, label: string, { tableBucket }: TableBucket): Target {
  const { stack, place } = kit;
  const role = makeRole(kit, label, "target", tableBucket, writeTableBucket(place, tableBucket));
  const bucket = new S3TablesTableBucket(stack, `${label}-bucket`, { name: tableBucket });
  const catalog = new DataAwsCloudcontrolapiResource(stack, "s3-tables-catalog", {
    typeName: "AWS::Glue::Catalog",
    identifier: place.arn("glue", "catalog/s3tablescatalog"),
    lifecycle: {
      postcondition: [
        {
          condition:
            '${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") == "aws:s3tables"}',
          errorMessage:
            "the Glue catalog s3tablescatalog is not the catalog of S3 Tables. Enable the integration of S3 Tables with AWS analytics services in this account and region, or name the catalog that it made.",
        },
      ],
    },
  });
  const arn = place.arn("glue", `catalog/s3tablescatalog/${tableBucket}`);
  return {
    ...written(kit, label, arn, role, [bucket, catalog, ...role.dependencies]),
    database: (id) => `zetl_\${replace("${id}", "-", "_")}`,
    catalogResources: [place.arn("glue", "catalog/s3tablescatalog/*")],
  };
}

function lookUpCatalog(kit: Kit, label: string, { catalog }: ManagedCatalog): Target {
  const { stack, place } = kit;
  const role = makeRole(kit, label, "target", catalog, writeManagedCatalog(place, catalog));
  const arn = place.arn("glue", `catalog/${catalog}`);
  const data = new DataAwsCloudcontrolapiResource(stack, `${label}-catalog`, {
    typeName: "AWS::Glue::Catalog",
    identifier: arn,
    lifecycle: {
      postcondition: [
        {
          condition:
            '${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") != "aws:s3tables"}',
          errorMessage: `the Glue catalog ${catalog} is the catalog of S3 Tables, not one of Redshift Managed Storage. Name a catalog of Redshift, or use a target for S3 Tables.`,
        },
      ],
    },
  });
  return { ...written(kit, label, arn, role, [data, ...role.dependencies]), catalogResources: [arn] };
}

function written(
  kit: Kit,
  label: string,
  arn: string,
  role: Role,
  dependsOn: readonly ITerraformDependable[],
): Target {
  const property = makeProperty(
    kit,
    label,
    { ResourceArn: arn, Tags: CLOUDFORMATION_TAGS, TargetProcessingProperties: { RoleArn: role.arn } },
    dependsOn,
  );
  return { arn, roleArn: role.arn, dependencies: [property] };
}
