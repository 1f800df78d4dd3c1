// A Glue database on a general purpose S3 bucket as a target.
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { glueDatabaseArn } from "../../lib/arn";
import { glueDatabaseResources } from "../../lib/policy/catalog";
import { glueDatabaseRoleStatements } from "../../lib/policy/target-role";
import { lakeFormationStatements } from "../../lib/policy/target-role-options";
import type { S3Location } from "../../lib/rules/targets";
import { glueDatabaseTargetRules, parseS3Location } from "../../lib/rules/targets";
import { GlueDatabaseLookup } from "../checks/glue-database-lookup";
import { literalRules, report } from "../report";
import type { RoleForGlue } from "../roles/glue-role";
import { Registry } from "../shared/registry";
import { literals } from "../tokens";
import type { CatalogResource, CatalogTargetProps } from "./catalog-target";
import { CatalogTarget } from "./catalog-target";
import { LakeFormationGrants } from "./lake-formation-grants";

export interface GlueDatabaseTargetProps extends CatalogTargetProps {
  /** Name of the database: lower-case letters, digits and underscores, because zero-ETL refuses hyphens. */
  readonly database: string;
  /** S3 URI that the data goes to, in a bucket of the database's region; a literal, the role's permissions come from it. */
  readonly location: string;
  /** Whether the database is made here, or exists and is checked at plan. @default true */
  readonly create?: boolean;
  /** Whether Lake Formation guards the database: the role is then granted what it needs there. @default false */
  readonly lakeFormation?: boolean;
}

/** A database of the Glue Data Catalog whose tables AWS Glue keeps up to date as Apache Iceberg on S3. */
export class GlueDatabaseTarget extends CatalogTarget {
  readonly kind = "glue-database";
  readonly lakeFormation: boolean;
  private readonly place: S3Location;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GlueDatabaseTargetProps,
  ) {
    super(scope, id, props);
    const { database, location } = props;
    this.lakeFormation = props.lakeFormation === true;
    report(this, [...literalRules({ database, location }), ...glueDatabaseTargetRules(literals(props))]);
    // Every location that the rules let pass has these parts.
    this.place = parseS3Location(location) ?? { bucket: "", prefix: "" };
  }

  protected describe(): CatalogResource {
    const { environment: address, lakeFormation } = this;
    const { database } = this.props;
    return {
      name: database,
      arn: glueDatabaseArn(address, database),
      policyResources: glueDatabaseResources(address, database),
      roleStatements: [
        ...glueDatabaseRoleStatements({ address, database, ...this.place }),
        ...(lakeFormation ? lakeFormationStatements() : []),
      ],
      database,
    };
  }

  protected prepare(): ITerraformDependable[] {
    const { environment } = this;
    const { database, location, create } = this.props;
    if (create === false) return [new GlueDatabaseLookup(this, "Database", environment, database, location)];
    Registry.of(this).claim({
      document: `the Glue database ${database}`,
      key: environment.key,
      owner: this,
      remedy: "use one target for all integrations that write into a database",
    });
    return [
      new GlueCatalogDatabase(this, "Database", {
        ...environment.providerConfig,
        ...environment.tagsConfig,
        name: database,
        locationUri: location,
      }),
    ];
  }

  protected override grant(
    role: RoleForGlue,
    database: readonly ITerraformDependable[],
  ): readonly ITerraformDependable[] {
    if (!this.lakeFormation) return [];
    const grants = new LakeFormationGrants(this, "LakeFormation", {
      environment: this.environment,
      database: this.props.database,
      location: this.place,
      role,
      after: database,
    });
    return grants.dependencies;
  }
}
