// What Lake Formation must grant to a role before it may write into a database that Lake Formation guards.
import { LakeformationPermissions } from "@cdktf/provider-aws/lib/lakeformation-permissions";
import type { LakeformationPermissionsConfig } from "@cdktf/provider-aws/lib/lakeformation-permissions";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { s3BucketArn } from "../../lib/arn";
import type { S3Location } from "../../lib/rules/targets";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import type { RoleForGlue } from "../roles/glue-role";

export interface LakeFormationGrantsProps {
  readonly environment: Environment;
  readonly database: string;
  readonly location: S3Location;
  readonly role: RoleForGlue;
  readonly after: readonly ITerraformDependable[];
}

/** Permissions on the database, on every table of it, and on the data location (user guide, "Limitations"). */
export class LakeFormationGrants extends Construct {
  readonly dependencies: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    { environment, database, location, role, after }: LakeFormationGrantsProps,
  ) {
    super(scope, id);
    const grant = (
      name: string,
      permissions: string[],
      on: Pick<LakeformationPermissionsConfig, "database" | "table" | "dataLocation">,
    ): ITerraformDependable => {
      const permission = new LakeformationPermissions(this, name, {
        ...environment.providerConfig,
        principal: role.roleArn,
        permissions,
        ...on,
      });
      waitFor(permission, [...after, ...role.dependencies]);
      return permission;
    };
    const bucket = s3BucketArn(environment.partition, location.bucket);
    const place = location.prefix === "" ? bucket : `${bucket}/${location.prefix}`;
    this.dependencies = [
      grant("Database", ["ALTER", "CREATE_TABLE", "DESCRIBE", "DROP"], { database: { name: database } }),
      grant("Tables", ["ALL"], { table: { databaseName: database, wildcard: true } }),
      grant("DataLocation", ["DATA_LOCATION_ACCESS"], { dataLocation: { arn: place } }),
    ];
  }
}
