// The integration resource property: one per database, catalog or connection, shared by all its integrations.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TargetKind } from "../../lib/facts/kinds";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import type { Processing } from "../resources/resource-property-resource";
import { ResourcePropertyResource } from "../resources/resource-property-resource";
import { Contributions } from "./contributions";
import { findOrMake, namespace } from "./namespace";
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
    this.settings.add(requester, "processing", processing);
    this.resource ??= this.create(processing);
    waitFor(this.resource, after);
    return this.resource;
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
