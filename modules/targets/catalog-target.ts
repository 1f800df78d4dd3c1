// What the targets of the Glue Data Catalog share: a role, a resource property, and a place in the catalog policy.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TargetKind } from "../../lib/facts/kinds";
import { targetRoleName } from "../../lib/names";
import { targetKeyRequirements } from "../../lib/policy/kms";
import type { Statement } from "../../lib/policy/statement";
import { networkConnectionStatements, targetKeyStatements } from "../../lib/policy/target-role-options";
import { keyOwnerRules } from "../../lib/rules/key-policy";
import type { IntegrationTarget, TargetBindOptions, TargetBinding } from "../contracts";
import { Environment } from "../environment";
import { report } from "../report";
import type { RoleForGlue } from "../roles/glue-role";
import { TargetRole } from "../roles/target-role";
import { CatalogPolicy } from "../shared/catalog-policy";
import type { KeyPolicy } from "../shared/key-policy";
import type { Needs } from "../shared/needs";
import { NO_NEEDS, needOf } from "../shared/needs";
import { ResourceProperty } from "../shared/resource-property";
import { TableProperties } from "../shared/table-properties";

/** What every target of the catalog takes. */
export interface CatalogTargetProps {
  /** ARN of a role to write with, at most 128 characters (Glue API). @default a role with the documented permissions */
  readonly roleArn?: string;
  /** Further permissions of the role that is made here. @default none */
  readonly extraStatements?: readonly Statement[];
  /** ARN of the key of the written data, at most 128 characters (Cloud Control). @default the storage's own encryption */
  readonly kmsKeyArn?: string;
  /** Owner of that key's policy, where the app manages the key. @default the needed statements are returned */
  readonly keyPolicy?: KeyPolicy;
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
  /** The table bucket behind the target, where there is one: its maintenance needs the key, too. */
  readonly tableBucket?: string;
  /** Name of the database that the data arrives in, where it is known. */
  readonly database?: TargetBinding["database"];
}

/** A target of the Glue Data Catalog. */
export abstract class CatalogTarget extends Construct implements IntegrationTarget {
  abstract readonly kind: Exclude<TargetKind, "redshift">;
  protected readonly environment: Environment;
  private dependencies: readonly ITerraformDependable[] | undefined;
  private role: RoleForGlue | undefined;
  private key: Needs | undefined;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly options: CatalogTargetProps,
  ) {
    super(scope, id);
    this.environment = options.environment ?? Environment.of(this);
    const { kmsKeyArn, keyPolicy } = options;
    report(this, keyOwnerRules({ hasKey: kmsKeyArn !== undefined, hasKeyPolicy: keyPolicy !== undefined }));
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
    const { name, arn, database } = resource;
    this.role ??= this.makeRole(resource);
    const { roleArn } = this.role;
    this.key ??= this.needOfKey(resource, this.role);
    this.dependencies ??= [...this.prepareFor(resource, this.role), ...this.key.dependencies];
    const { kmsKeyArn, connection: connectionName, eventBusArn } = this.options;
    const property = ResourceProperty.of(environment, { kind: this.kind, name, resourceArn: arn });
    const inbound = this.letIn(resource, options);
    const { dependencies } = this;
    const ownerOfTables = { kind: this.kind, name, resourceArn: arn };
    const tables = Object.entries(options.tables ?? {}).map(([table, layout]) =>
      TableProperties.of(environment, ownerOfTables, table).layOut(this, layout, dependencies),
    );
    return {
      arn,
      environment,
      key: `${environment.key} ${this.kind}/${name}`,
      roleArn,
      requirements: [...this.key.requirements, ...inbound.requirements],
      ...(database !== undefined && { database }),
      dependencies: [
        property.process(this, { target: { roleArn, kmsKeyArn, connectionName, eventBusArn } }, dependencies),
        ...inbound.dependencies,
        ...tables,
      ],
    };
  }

  private letIn(
    { name, policyResources: resources, policyKey = `${this.kind}/${name}` }: CatalogResource,
    { sourceArn, sourceKey, sourceEnvironment, catalogPolicy }: TargetBindOptions,
  ): Needs {
    const { environment } = this;
    return (catalogPolicy ?? CatalogPolicy.of(environment)).allow(this, {
      targetKey: policyKey,
      resources,
      sourceKey,
      source: { arn: sourceArn, foreignAccount: sourceEnvironment?.foreignTo(environment) },
    });
  }

  private prepareFor(resource: CatalogResource, role: RoleForGlue): ITerraformDependable[] {
    const prepared = this.prepare(resource);
    return [...prepared, ...role.dependencies, ...this.grant(role, prepared)];
  }

  private needOfKey({ name, tableBucket }: CatalogResource, { roleArn, dependencies }: RoleForGlue): Needs {
    const { environment: address, kind } = this;
    const { kmsKeyArn, keyPolicy } = this.options;
    if (kmsKeyArn === undefined) return NO_NEEDS;
    return needOf(this, {
      document: "key policy",
      arn: kmsKeyArn,
      requirements: targetKeyRequirements({
        address,
        kind,
        targetKey: `${address.key} ${kind}/${name}`,
        roleArn,
        tableBucket,
      }),
      owner: keyPolicy,
      after: dependencies,
    });
  }

  private makeRole({ name, roleLabel = name, roleStatements }: CatalogResource): RoleForGlue {
    const { environment } = this;
    const { roleArn, kmsKeyArn, connection, extraStatements = [] } = this.options;
    if (roleArn !== undefined) return TargetRole.fromRoleArn(roleArn);
    return new TargetRole(this, "Role", {
      environment,
      roleName: targetRoleName(this.kind, roleLabel, environment.region),
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
