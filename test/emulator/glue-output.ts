// How the Glue API presents what the emulated state holds.
import type { Condition } from "./integrations";
import type { Integration, ResourceProperty, TableProperties } from "./state";
import type { JsonObject } from "./wire";

const INBOUND_MEMBERS = [
  "SourceArn",
  "TargetArn",
  "IntegrationArn",
  "Status",
  "CreateTime",
  "IntegrationConfig",
  "Errors",
];

/** The members that the Glue API and CloudFormation write in the same way. */
export function settings(integration: Integration) {
  return {
    IntegrationArn: integration.arn,
    IntegrationName: integration.name,
    SourceArn: integration.sourceArn,
    TargetArn: integration.targetArn,
    Description: integration.description,
    DataFilter: integration.dataFilter,
    KmsKeyId: integration.kmsKeyId,
    AdditionalEncryptionContext: integration.encryptionContext,
  };
}

export function present(integration: Integration, { status, errors }: Condition): JsonObject {
  return withoutUndefined({
    ...settings(integration),
    IntegrationConfig: integration.config,
    Tags: integration.tags.length === 0 ? undefined : integration.tags,
    CreateTime: integration.createTime,
    Status: status,
    Errors: errors.length === 0 ? undefined : errors,
  });
}

/** The target's account is told less than the owner of the integration. */
export function presentInbound(integration: JsonObject): JsonObject {
  return withoutUndefined(Object.fromEntries(INBOUND_MEMBERS.map((key) => [key, integration[key]])));
}

export function presentProperty(property: ResourceProperty): JsonObject {
  return withoutUndefined({
    ResourceArn: property.resourceArn,
    ResourcePropertyArn: property.arn,
    SourceProcessingProperties: property.source,
    TargetProcessingProperties: property.target,
  });
}

export function presentTable({ resourceArn, tableName, source, target }: TableProperties): JsonObject {
  return withoutUndefined({
    ResourceArn: resourceArn,
    TableName: tableName,
    SourceTableConfig: source,
    TargetTableConfig: target,
  });
}

export function withoutUndefined(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
