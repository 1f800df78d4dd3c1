// The integration resource property: which role, key, network and bus the integrations of one resource use.
import type { Construct } from "constructs";
import schema from "../../lib/facts/cloudformation/aws-glue-integrationresourceproperty.json";
import type { Json } from "../../lib/json";
import type { Environment } from "../environment";
import { CloudControlResource, cloudFormationTags } from "./cloud-control-resource";

/** How AWS Glue reads a source. */
export interface SourceProcessing {
  readonly roleArn: string;
}

/** How AWS Glue writes into a target. */
export interface TargetProcessing {
  readonly roleArn: string;
  /** Key of the data that is written. */
  readonly kmsKeyArn?: string | undefined;
  /** Name of a Glue NETWORK connection, whose network the writer runs in. */
  readonly connectionName?: string | undefined;
  /** Event bus that is told of the state of the integrations. */
  readonly eventBusArn?: string | undefined;
}

/** A resource is read or written, never both. */
export type Processing = { readonly source: SourceProcessing } | { readonly target: TargetProcessing };

export interface ResourcePropertyResourceProps {
  readonly environment: Environment;
  readonly resourceArn: string;
  readonly processing: Processing;
}

/** An integration resource property in Terraform. */
export class ResourcePropertyResource extends CloudControlResource {
  constructor(
    scope: Construct,
    id: string,
    { environment, resourceArn, processing }: ResourcePropertyResourceProps,
  ) {
    super(scope, id, {
      environment,
      typeName: "AWS::Glue::IntegrationResourceProperty",
      schema: schema as unknown as Json,
      desiredState: {
        ResourceArn: resourceArn,
        ...processingProperties(processing),
        Tags: cloudFormationTags(environment),
      },
    });
  }
}

function processingProperties(processing: Processing): { readonly [property: string]: Json } {
  if ("source" in processing) return { SourceProcessingProperties: { RoleArn: processing.source.roleArn } };
  const { roleArn, kmsKeyArn, connectionName, eventBusArn } = processing.target;
  return {
    TargetProcessingProperties: {
      RoleArn: roleArn,
      KmsArn: kmsKeyArn,
      ConnectionName: connectionName,
      EventBusArn: eventBusArn,
    },
  };
}
