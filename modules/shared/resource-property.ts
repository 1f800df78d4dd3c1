// The integration resource property: one per database, catalog or connection, shared by all its integrations.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TargetKind } from "../../lib/facts/kinds";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { misfitFields } from "../../lib/policy/size";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { report } from "../report";
import type { Processing, TargetProcessing } from "../resources/resource-property-resource";
import { ResourcePropertyResource } from "../resources/resource-property-resource";
import { isUnresolved, literal } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake, namespace } from "./namespace";
import { writeOut } from "./oversize";
import { Registry } from "./registry";

/** Which resource a property belongs to. */
export interface PropertyOwner {
  readonly kind: TargetKind | "connection";
  /** Free of tokens, different for different resources of one kind. */
  readonly name: string;
  readonly resourceArn: string;
}

/** Owner of the resource property of one resource. */
export class ResourceProperty extends Construct {
  /** The owner in the environment's stack, made at the first call. */
  static of(environment: Environment, property: PropertyOwner): ResourceProperty {
    const scope = namespace(namespace(environment.ownerScope, "IntegrationResourceProperty"), property.kind);
    return findOrMake(scope, property.name, (id) => new ResourceProperty(scope, id, environment, property));
  }

  private readonly settings = new Contributions<Processing>(this);
  private resource: ResourcePropertyResource | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly property: PropertyOwner,
  ) {
    super(scope, id);
  }

  /** Sets how AWS Glue reads or writes the resource, and returns what to wait for. */
  process(
    requester: Construct,
    processing: Processing,
    after: readonly ITerraformDependable[],
  ): ITerraformDependable {
    report(requester, this.lengthRules(processing));
    this.settings.add(requester, "processing", processing);
    this.resource ??= this.create(processing);
    waitFor(this.resource, after);
    return this.resource;
  }

  // The rules of sources and targets see literals only, and no role that a construct of the user's brings along.
  private lengthRules(processing: Processing): Issue[] {
    const settings: TargetProcessing = "source" in processing ? processing.source : processing.target;
    const writtenOut = writeOut(this.environment);
    const known = (text: string | undefined): string | undefined => text && literal(writtenOut(text));
    const about = isUnresolved(this.environment.region) ? "up to " : "";
    return misfitFields({
      RoleArn: known(settings.roleArn),
      KmsArn: known(settings.kmsKeyArn),
      ConnectionName: known(settings.connectionName),
      EventBusArn: known(settings.eventBusArn),
    }).map(({ field, length, limit }) =>
      error(
        "resource-property-field",
        [field],
        `${field} is too ${length < limit.min ? "short" : "long"} for a resource property`,
        {
          got: `${about}${length} characters`,
          expected: `${limit.min} to ${limit.max} characters`,
        },
      ),
    );
  }

  private create(processing: Processing): ResourcePropertyResource {
    const { kind, name, resourceArn } = this.property;
    Registry.of(this).claim({
      document: `the integration resource property of the ${kind} ${name}`,
      key: this.environment.key,
      owner: this,
      remedy: "put the integrations of one target into one stack",
    });
    return new ResourcePropertyResource(this, "Resource", {
      environment: this.environment,
      resourceArn,
      processing,
    });
  }
}
