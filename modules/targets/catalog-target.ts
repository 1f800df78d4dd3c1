// What the targets of the Glue Data Catalog share: a role, a resource property, and a place in the catalog policy.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TargetKind } from "../../lib/facts/kinds";
import { targetRoleName } from "../../lib/names";
import type { Statement } from "../../lib/policy/statement";
import { networkConnectionStatements, targetKeyStatements } from "../../lib/policy/target-role-options";
import type { IntegrationTarget, TargetBindOptions, TargetBinding } from "../contracts";
import { Environment } from "../environment";
import type { RoleForGlue } from "../roles/glue-role";
import { TargetRole } from "../roles/target-role";
import { CatalogPolicy } from "../shared/catalog-policy";
import { ResourceProperty } from "../shared/resource-property";

/** What every target of the catalog takes. */
export interface CatalogTargetProps {
  /** ARN of a role to write with, at most 128 characters (Glue API). @default a role with the documented permissions */
  readonly roleArn?: string;
  /** Further permissions of the role that is made here. @default none */
  readonly extraStatements?: readonly Statement[];
  /** ARN of the key of the written data, at most 128 characters (Cloud Control). @default the storage's own encryption */
  readonly kmsKeyArn?: string;
  /** Name of a Glue NETWORK connection, whose network the writer runs in. @default AWS's own network */
  readonly connection?: string;
  /** ARN of an event bus that is told of the integrations' states, at most 128 characters (Cloud Control). @default none */
  readonly eventBusArn?: string;
  /** Account and region of the target. @default the stack's environment */
  readonly environment?: Environment;
}

/** What a target is in the catalog. */
export interface CatalogResource {
  /** Different for different targets of one kind, free of tokens: ids, names and statement ids derive from it. */
  readonly name: string;
  /** Stands for the target in the name of its role. @default its name */
  readonly roleLabel?: string;
  readonly arn: string;
  /** What is one target to the catalog policy, free of tokens. @default kind and name */
  readonly policyKey?: string;
  /** What the catalog policy names for it. */
  readonly policyResources: readonly string[];
  /** What its role must be allowed, whatever the options. */
  readonly roleStatements: readonly Statement[];
  /** Name of the database that the data arrives in, where it is known. */
  readonly database?: TargetBinding["database"];
}

/** A target of the Glue Data Catalog. */
export abstract class CatalogTarget extends Construct implements IntegrationTarget {
  abstract readonly kind: TargetKind;
  protected readonly environment: Environment;
  private dependencies: readonly ITerraformDependable[] | undefined;
  private role: RoleForGlue | undefined;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly options: CatalogTargetProps,
  ) {
    super(scope, id);
    this.environment = options.environment ?? Environment.of(this);
  }

  /** What the target is in the catalog. */
  protected abstract describe(): CatalogResource;

  /** Makes or looks up what the integration writes into; called once, when an integration uses the target. */
  protected abstract prepare(resource: CatalogResource): readonly ITerraformDependable[];

  /** Grants to the role that no policy statement can give, once the target is there; called once. */
  protected grant(
    _role: RoleForGlue,
    _prepared: readonly ITerraformDependable[],
  ): readonly ITerraformDependable[] {
    return [];
  }

  bind(_scope: Construct, options: TargetBindOptions): TargetBinding {
    const { environment } = this;
    const resource = this.describe();
    const { name, arn, policyResources, database, policyKey = `${this.kind}/${name}` } = resource;
    this.role ??= this.makeRole(resource);
    const { roleArn } = this.role;
    this.dependencies ??= this.prepareFor(resource, this.role);
    const { kmsKeyArn, connection: connectionName, eventBusArn } = this.options;
    const property = ResourceProperty.of(environment, { kind: this.kind, name, resourceArn: arn });
    const catalogPolicy = options.catalogPolicy ?? CatalogPolicy.of(environment);
    return {
      arn,
      environment,
      key: `${environment.key} ${this.kind}/${name}`,
      roleArn,
      ...(database !== undefined && { database }),
      dependencies: [
        property.process(
          this,
          { target: { roleArn, kmsKeyArn, connectionName, eventBusArn } },
          this.dependencies,
        ),
        catalogPolicy.allow(this, {
          targetKey: policyKey,
          resources: policyResources,
          source: {
            arn: options.sourceArn,
            foreignAccount: options.sourceEnvironment?.foreignTo(environment),
          },
        }),
      ],
    };
  }

  private prepareFor(resource: CatalogResource, role: RoleForGlue): ITerraformDependable[] {
    const prepared = this.prepare(resource);
    return [...prepared, ...role.dependencies, ...this.grant(role, prepared)];
  }

  private makeRole({ name, roleLabel = name, roleStatements }: CatalogResource): RoleForGlue {
    const { environment } = this;
    const { roleArn, kmsKeyArn, connection, extraStatements = [] } = this.options;
    if (roleArn !== undefined) return TargetRole.fromRoleArn(roleArn);
    return new TargetRole(this, "Role", {
      environment,
      roleName: targetRoleName(roleLabel, environment.region),
      statements: [
        ...roleStatements,
        ...(kmsKeyArn === undefined ? [] : targetKeyStatements({ kmsKeyArn })),
        ...(connection === undefined
          ? []
          : networkConnectionStatements({ address: environment, connection })),
        ...extraStatements,
      ],
    });
  }
}
