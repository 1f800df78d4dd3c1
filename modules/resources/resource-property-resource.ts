// The integration resource property: which role, key, network and bus the integrations of one resource use.
import type { Construct } from "constructs";
import schema from "../../lib/facts/cloudformation/aws-glue-integrationresourceproperty.json";
import type { Json } from "../../lib/json";
import type { Environment } from "../environment";
import { CloudControlResource, cloudFormationTags } from "./cloud-control-resource";

/** How AWS Glue writes into a target. */
export interface TargetProcessing {
  readonly roleArn: string;
}

export interface ResourcePropertyResourceProps {
  readonly environment: Environment;
  readonly resourceArn: string;
  readonly target: TargetProcessing;
}

/** An integration resource property in Terraform. */
export class ResourcePropertyResource extends CloudControlResource {
  constructor(
    scope: Construct,
    id: string,
    { environment, resourceArn, target }: ResourcePropertyResourceProps,
  ) {
    super(scope, id, {
      environment,
      typeName: "AWS::Glue::IntegrationResourceProperty",
      schema: schema as unknown as Json,
      desiredState: {
        ResourceArn: resourceArn,
        TargetProcessingProperties: { RoleArn: target.roleArn },
        Tags: cloudFormationTags(environment),
      },
    });
  }
}
