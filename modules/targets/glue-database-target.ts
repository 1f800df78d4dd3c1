// A Glue database on a general purpose S3 bucket as a target.
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { glueCatalogArn, glueDatabaseArn } from "../../lib/arn";
import { targetRoleName } from "../../lib/names";
import { glueDatabaseRoleStatements } from "../../lib/policy/target-role";
import type { S3Location } from "../../lib/rules/targets";
import { glueDatabaseTargetRules, parseS3Location } from "../../lib/rules/targets";
import { GlueDatabaseLookup } from "../checks/glue-database-lookup";
import type { IntegrationTarget, TargetBindOptions, TargetBinding } from "../contracts";
import { Environment } from "../environment";
import { literalRules, report } from "../report";
import type { RoleForTarget } from "../roles/target-role";
import { TargetRole } from "../roles/target-role";
import { CatalogPolicy } from "../shared/catalog-policy";
import { Registry } from "../shared/registry";
import { ResourceProperty } from "../shared/resource-property";
import { literals } from "../tokens";

export interface GlueDatabaseTargetProps {
  /** Name of the database: lower-case letters, digits and underscores, because zero-ETL refuses hyphens. */
  readonly database: string;
  /** S3 URI that the data goes to, in a bucket of the database's region; a literal, the role's permissions come from it. */
  readonly location: string;
  /** Whether the database is made here, or exists and is checked at plan. @default true */
  readonly create?: boolean;
  /** ARN of a role to write with, at most 128 characters (Glue API). @default a role with the documented permissions */
  readonly roleArn?: string;
  /** Account and region of the database. @default the stack's environment */
  readonly environment?: Environment;
}

/** A database of the Glue Data Catalog whose tables AWS Glue keeps up to date as Apache Iceberg on S3. */
export class GlueDatabaseTarget extends Construct implements IntegrationTarget {
  readonly kind = "glue-database";
  private readonly environment: Environment;
  private readonly place: S3Location;
  private parts: { readonly role: RoleForTarget; readonly database: ITerraformDependable } | undefined;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GlueDatabaseTargetProps,
  ) {
    super(scope, id);
    const { database, location } = props;
    report(this, [...literalRules({ database, location }), ...glueDatabaseTargetRules(literals(props))]);
    // Every location that the rules let pass has these parts.
    this.place = parseS3Location(location) ?? { bucket: "", prefix: "" };
    this.environment = props.environment ?? Environment.of(this);
  }

  bind(_scope: Construct, options: TargetBindOptions): TargetBinding {
    const { environment, props } = this;
    const { database } = props;
    const key = `${this.kind}/${database}`;
    const databaseArn = glueDatabaseArn(environment, database);
    this.parts ??= { role: this.makeRole(), database: this.makeDatabase() };
    const property = ResourceProperty.of(environment, {
      kind: this.kind,
      name: database,
      resourceArn: databaseArn,
    });
    const catalogPolicy = options.catalogPolicy ?? CatalogPolicy.of(environment);
    return {
      arn: databaseArn,
      key: `${environment.key} ${key}`,
      database,
      roleArn: this.parts.role.roleArn,
      dependencies: [
        property.process(this, { target: { roleArn: this.parts.role.roleArn } }, [
          this.parts.database,
          ...this.parts.role.dependencies,
        ]),
        catalogPolicy.allow(this, {
          targetKey: key,
          resources: [glueCatalogArn(environment), databaseArn],
          sourceArn: options.sourceArn,
        }),
      ],
    };
  }

  private makeDatabase(): ITerraformDependable {
    const { environment, props } = this;
    const { database, location } = props;
    if (props.create === false)
      return new GlueDatabaseLookup(this, "Database", environment, database, location);
    Registry.of(this).claim({
      document: `the Glue database ${database}`,
      key: environment.key,
      owner: this,
      remedy: "use one target for all integrations that write into a database",
    });
    return new GlueCatalogDatabase(this, "Database", {
      ...environment.providerConfig,
      ...environment.tagsConfig,
      name: database,
      locationUri: location,
    });
  }

  private makeRole(): RoleForTarget {
    const { environment, props } = this;
    const { database, roleArn } = props;
    if (roleArn !== undefined) return TargetRole.fromRoleArn(roleArn);
    return new TargetRole(this, "Role", {
      environment,
      roleName: targetRoleName(database, environment.region),
      statements: glueDatabaseRoleStatements({ address: environment, database, ...this.place }),
    });
  }
}
