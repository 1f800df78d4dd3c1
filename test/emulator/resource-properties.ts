// Integration resource properties: exactly one per database, catalog or connection, shared by all its integrations.
import type { Account } from "./account";
import { glueResource, refuseForeignOwner } from "./glue-resources";
import type { Caller } from "./operation";
import type {
  ResourceProperty,
  SourceProcessingProperties,
  Tag,
  TargetProcessingProperties,
  ZeroEtlState,
} from "./state";
import { AwsError } from "./wire";

export interface ProcessingProperties {
  readonly source?: SourceProcessingProperties;
  readonly target?: TargetProcessingProperties;
}

export class ResourceProperties {
  constructor(
    private readonly state: ZeroEtlState,
    private readonly account: Account,
  ) {}

  async create(
    resourceArn: string,
    properties: ProcessingProperties,
    tags: readonly Tag[] = [],
  ): Promise<ResourceProperty> {
    const arn = await glueResource(this.account, resourceArn);
    refuseProperties(properties);
    this.refuseExisting(resourceArn);
    const property: ResourceProperty = {
      ...properties,
      resourceArn,
      arn: `arn:${arn.partition}:glue:${arn.region}:${arn.account}:integrationresourceproperty/${arn.resource}`,
      tags,
    };
    this.state.resourceProperties.set(resourceArn, property);
    return property;
  }

  get(resourceArn: string): ResourceProperty {
    const property = this.state.resourceProperties.get(resourceArn);
    if (property === undefined) {
      throw new AwsError(
        "EntityNotFoundException",
        `No integration resource property exists for ${resourceArn}.`,
      );
    }
    return property;
  }

  update(resourceArn: string, properties: ProcessingProperties): ResourceProperty {
    const property = this.get(resourceArn);
    refuseProperties(properties);
    return Object.assign(property, properties);
  }

  delete(resourceArn: string): void {
    this.get(resourceArn);
    this.state.resourceProperties.delete(resourceArn);
  }

  list({ account, region }: Caller): ResourceProperty[] {
    const here = `:${region}:${account}:`;
    return [...this.state.resourceProperties.values()].filter(({ resourceArn }) =>
      resourceArn.includes(here),
    );
  }

  private refuseExisting(resourceArn: string): void {
    if (this.state.resourceProperties.has(resourceArn)) {
      throw new AwsError(
        "ConflictException",
        `An integration resource property for ${resourceArn} already exists.`,
      );
    }
  }
}

/** Who does not own a resource has no say in how it is processed. */
export function refuseForeignResource(caller: Caller, operation: string, resourceArn: string): void {
  refuseForeignOwner(caller, `${operation}IntegrationResourceProperty`, resourceArn);
}

function refuseProperties({ source, target }: ProcessingProperties): void {
  if (source === undefined && target === undefined) {
    throw new AwsError(
      "ValidationException",
      "SourceProcessingProperties or TargetProcessingProperties must be provided.",
    );
  }
  // Optional in the API's model, required by the resource schema: without it there is nothing to read or write with.
  for (const side of [source, target]) {
    if (side !== undefined && side.RoleArn === undefined) {
      throw new AwsError("ValidationException", "RoleArn must be provided.");
    }
  }
}
