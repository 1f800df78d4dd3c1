// What the emulated Cloud Control knows of a resource type, and the two types of zero-ETL, over the same state as the Glue API.
import integrationSchema from "../../lib/facts/cloudformation/aws-glue-integration.json";
import propertySchema from "../../lib/facts/cloudformation/aws-glue-integrationresourceproperty.json";
import { settings, withoutUndefined } from "./glue-output";
import type { Integrations, NewIntegration } from "./integrations";
import type { Caller } from "./operation";
import {
  type ProcessingProperties,
  type ResourceProperties,
  refuseForeignResource,
} from "./resource-properties";
import type { Integration, IntegrationConfig, ResourceProperty, Tag } from "./state";
import { AwsError, type JsonObject } from "./wire";

/** A CloudFormation resource schema, as far as Cloud Control acts on it. */
export interface ResourceSchema {
  readonly typeName: string;
  readonly createOnlyProperties?: readonly string[];
  readonly readOnlyProperties?: readonly string[];
  readonly writeOnlyProperties?: readonly string[];
}

export interface ResourceType {
  readonly schema: ResourceSchema;
  create?(caller: Caller, model: JsonObject): Promise<string>;
  read(caller: Caller, identifier: string): Promise<JsonObject>;
  /** Takes the model as it is to become. */
  update?(caller: Caller, identifier: string, model: JsonObject): Promise<void>;
  delete?(caller: Caller, identifier: string): Promise<void>;
  list(caller: Caller): string[];
}

interface IntegrationModel {
  readonly IntegrationName: string;
  readonly SourceArn: string;
  readonly TargetArn: string;
  readonly Description?: string;
  readonly DataFilter?: string;
  readonly KmsKeyId?: string;
  readonly AdditionalEncryptionContext?: Readonly<Record<string, string>>;
  readonly IntegrationConfig?: IntegrationConfig;
  readonly Tags?: readonly ModelTag[];
}

/** CloudFormation spells the members of a tag with capitals, the API does not. */
export interface ModelTag {
  readonly Key: string;
  readonly Value?: string;
}

export class IntegrationType implements ResourceType {
  readonly schema: ResourceSchema = integrationSchema;

  constructor(private readonly integrations: Integrations) {}

  async create(caller: Caller, model: JsonObject): Promise<string> {
    const integration = await this.integrations.create(
      caller,
      newIntegrationOf(model as unknown as IntegrationModel),
    );
    await this.integrations.settle(integration);
    return identifierOf(integration);
  }

  async read(caller: Caller, identifier: string): Promise<JsonObject> {
    const integration = this.find(caller, identifier);
    const condition = await this.integrations.observe(integration);
    if (condition === undefined) throw notFound(this.schema.typeName, identifier);
    const interval = integration.config?.RefreshInterval;
    return withoutUndefined({
      ...settings(integration),
      // The other two members are write-only in the schema: what was written does not come back.
      IntegrationConfig: interval === undefined ? undefined : { RefreshInterval: interval },
      Tags: integration.tags.length === 0 ? undefined : modelTags(integration.tags),
      CreateTime: new Date(integration.createTime * 1000).toISOString(),
      Status: condition.status,
    });
  }

  async update(caller: Caller, identifier: string, model: JsonObject): Promise<void> {
    const integration = this.find(caller, identifier);
    const wanted = model as unknown as IntegrationModel;
    const description = wanted.Description ?? "";
    const changes = {
      ...(description === (integration.description ?? "") ? {} : { description }),
      ...(wanted.DataFilter === undefined || wanted.DataFilter === integration.dataFilter
        ? {}
        : { dataFilter: wanted.DataFilter }),
    };
    if (Object.keys(changes).length > 0) this.integrations.modify(caller, integration.arn, changes);
    this.integrations.setTags(integration, apiTags(wanted.Tags));
    await this.integrations.settle(integration);
  }

  async delete(caller: Caller, identifier: string): Promise<void> {
    const integration = this.find(caller, identifier);
    this.integrations.delete(caller, integration.arn);
    await this.integrations.settle(integration);
  }

  list(caller: Caller): string[] {
    return this.integrations.list(caller).map(identifierOf);
  }

  /** By ARN and name both, so that a rename through the API looks like a deletion from here. */
  private find(caller: Caller, identifier: string): Integration {
    const found = this.integrations
      .list(caller)
      .find((integration) => identifierOf(integration) === identifier);
    if (found === undefined) throw notFound(this.schema.typeName, identifier);
    return found;
  }
}

interface PropertyModel {
  readonly ResourceArn: string;
  readonly SourceProcessingProperties?: ResourceProperty["source"];
  readonly TargetProcessingProperties?: ResourceProperty["target"];
  readonly Tags?: readonly ModelTag[];
}

export class ResourcePropertyType implements ResourceType {
  readonly schema: ResourceSchema = propertySchema;

  constructor(private readonly properties: ResourceProperties) {}

  async create(caller: Caller, model: JsonObject): Promise<string> {
    const { ResourceArn, Tags } = model as unknown as PropertyModel;
    refuseForeignResource(caller, "Create", ResourceArn);
    return propertyIdentifier(await this.properties.create(ResourceArn, processingOf(model), apiTags(Tags)));
  }

  async read(caller: Caller, identifier: string): Promise<JsonObject> {
    const property = this.find(caller, identifier);
    return withoutUndefined({
      ResourceArn: property.resourceArn,
      ResourcePropertyArn: property.arn,
      SourceProcessingProperties: property.source,
      TargetProcessingProperties: property.target,
      Tags: property.tags.length === 0 ? undefined : modelTags(property.tags),
    });
  }

  async update(caller: Caller, identifier: string, model: JsonObject): Promise<void> {
    const property = this.find(caller, identifier);
    this.properties.update(property.resourceArn, processingOf(model));
    property.tags = apiTags((model as unknown as PropertyModel).Tags);
  }

  async delete(caller: Caller, identifier: string): Promise<void> {
    this.properties.delete(this.find(caller, identifier).resourceArn);
  }

  list(caller: Caller): string[] {
    return this.properties.list(caller).map(propertyIdentifier);
  }

  private find(caller: Caller, identifier: string): ResourceProperty {
    const found = this.properties
      .list(caller)
      .find((property) => propertyIdentifier(property) === identifier);
    if (found === undefined) throw notFound(this.schema.typeName, identifier);
    return found;
  }
}

export function notFound(typeName: string, identifier: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Resource of type '${typeName}' with identifier '${identifier}' was not found.`,
  );
}

function identifierOf({ arn, name }: Integration): string {
  return `${arn}|${name}`;
}

function propertyIdentifier({ resourceArn, arn }: ResourceProperty): string {
  return `${resourceArn}|${arn}`;
}

function newIntegrationOf(model: IntegrationModel): NewIntegration {
  return withoutUndefined({
    name: model.IntegrationName,
    sourceArn: model.SourceArn,
    targetArn: model.TargetArn,
    description: model.Description,
    dataFilter: model.DataFilter,
    kmsKeyId: model.KmsKeyId,
    encryptionContext: model.AdditionalEncryptionContext,
    config: model.IntegrationConfig,
    tags: apiTags(model.Tags),
  }) as unknown as NewIntegration;
}

function processingOf(model: JsonObject): ProcessingProperties {
  const { SourceProcessingProperties: source, TargetProcessingProperties: target } =
    model as unknown as PropertyModel;
  return withoutUndefined({ source, target });
}

export function apiTags(tags: readonly ModelTag[] = []): Tag[] {
  return tags.map(({ Key, Value = "" }) => ({ key: Key, value: Value }));
}

export function modelTags(tags: readonly Tag[]): ModelTag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}
