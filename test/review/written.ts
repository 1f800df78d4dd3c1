// Resources for plans that are written in a test: what is not said is as it is in a stack where nothing changes.
import { stableJson } from "../../lib/json";
import type { Json } from "../../lib/json";
import type { WrittenResource } from "./view";

const PLACE = "us-east-1:111122223333";

/** ARNs of things in one account and region. */
export const arnOf = {
  table: (name: string) => `arn:aws:dynamodb:${PLACE}:table/${name}`,
  database: (name: string) => `arn:aws:glue:${PLACE}:database/${name}`,
  connection: (name: string) => `arn:aws:glue:${PLACE}:connection/${name}`,
  tableBucket: (name: string) => `arn:aws:glue:${PLACE}:catalog/s3tablescatalog/${name}`,
  namespace: (id: string) => `arn:aws:redshift:${PLACE}:namespace:${id}`,
  integration: (id: string) => `arn:aws:glue:${PLACE}:integration:${id}`,
  role: (name: string) => `arn:aws:iam::111122223333:role/${name}`,
  key: (id: string) => `arn:aws:kms:${PLACE}:key/${id}`,
} as const;

/** The attributes of an integration under Cloud Control. */
export function integrationAttributes(name: string, state: object = {}, properties: object = {}): object {
  const desired = {
    IntegrationName: name,
    SourceArn: arnOf.table("orders"),
    TargetArn: arnOf.database("lake"),
    ...state,
  };
  return {
    id: `${arnOf.integration(name)}|${name}`,
    type_name: "AWS::Glue::Integration",
    desired_state: stableJson(desired as Json),
    properties: JSON.stringify({ ...desired, Status: "ACTIVE", ...properties }),
  };
}

/** An integration that stays as it is; `after` and others may be replaced. */
export function integration(name: string, state: object = {}, properties: object = {}): WrittenResource {
  const attributes = integrationAttributes(name, state, properties);
  return { address: `aws_cloudcontrolapi_resource.${name}`, before: attributes, after: attributes };
}

/** An integration that the plan makes. */
export function newIntegration(name: string, state: object = {}): WrittenResource {
  return { ...integration(name, state), before: null };
}

/** The attributes of a table in the account. */
export function table(name: string, more: object = {}): object {
  return { name, arn: arnOf.table(name), ...more };
}

/** The property of a database that names the role that writes into it. */
export function databaseProperty(database: string, role: string, more: object = {}): WrittenResource {
  const attributes = {
    id: `${arnOf.database(database)}|property`,
    type_name: "AWS::Glue::IntegrationResourceProperty",
    desired_state: stableJson({
      ResourceArn: arnOf.database(database),
      TargetProcessingProperties: { RoleArn: arnOf.role(role), ...more },
    } as Json),
  };
  return {
    address: `aws_cloudcontrolapi_resource.property_${database}`,
    before: attributes,
    after: attributes,
  };
}

/** A policy document of some statements. */
export function policyText(...statements: readonly object[]): string {
  return stableJson({ Version: "2012-10-17", Statement: statements } as unknown as Json);
}
