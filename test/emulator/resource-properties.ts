// Integration resource properties: exactly one per database, catalog or connection, shared by all its integrations.
import { type Account, arnOf } from "./account";
import { type Arn, catalogArn, parseArn } from "./arns";
import { type Caller, principalOf } from "./operation";
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
    const arn = await this.refuseResource(resourceArn);
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

  private async refuseResource(resourceArn: string): Promise<Arn> {
    const arn = parseArn(resourceArn);
    if (
      arn === undefined ||
      arn.service !== "glue" ||
      !/^(database|connection|catalog)\//.test(arn.resource)
    ) {
      throw new AwsError("ValidationException", `Provided resource ARN is not valid: ${resourceArn}`);
    }
    if (!(await this.exists(arn))) {
      const [kind = "", ...name] = arn.resource.split("/");
      const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
      throw new AwsError("EntityNotFoundException", `${title} ${name.join("/")} not found.`);
    }
    return arn;
  }

  private async exists(arn: Arn): Promise<boolean> {
    if (arn.resource.startsWith("database/")) return (await this.account.database(arn)) !== undefined;
    if (arn.resource.startsWith("connection/")) return (await this.account.connection(arn)) !== undefined;
    // The catalog of a table bucket is there when the bucket is, below the catalog of all of them.
    const [catalog = "", bucket] = arn.resource.slice("catalog/".length).split("/");
    const parent = await this.account.catalog(arnOf(`${catalogArn(arn)}/${catalog}`));
    if (bucket === undefined) return parent !== undefined;
    const bucketArn = `arn:${arn.partition}:s3tables:${arn.region}:${arn.account}:bucket/${bucket}`;
    return parent?.kind === "s3-tables" && this.account.tableBucket(arnOf(bucketArn));
  }
}

/** Who does not own a resource has no say in how it is processed. */
export function refuseForeignResource(caller: Caller, operation: string, resourceArn: string): void {
  const arn = parseArn(resourceArn);
  if (arn === undefined || (arn.account === caller.account && arn.region === caller.region)) return;
  throw new AwsError(
    "AccessDeniedException",
    `User: ${principalOf(caller)} is not authorized to perform: glue:${operation}IntegrationResourceProperty on resource: ${resourceArn}`,
  );
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
