// Resource properties, through Cloud Control or awscc.
import type { Field, PlanObject, Resource, ResourceProperty, ResourcePropertyState } from "../plan-view";
import { decoded } from "./decoded";
import { jsonAttribute, textAt } from "./document";
import { isOfType } from "./integrations";

/** The resource property in a resource; nothing where it holds none. */
export function resourcePropertyOf(resource: Resource): ResourceProperty | undefined {
  if (resource.mode !== "managed") return undefined;
  if (isOfType(resource, "AWS::Glue::IntegrationResourceProperty")) {
    return decoded(resource, (attributes) => cloudFormationState(jsonAttribute(attributes, "desired_state")));
  }
  return resource.type === "awscc_glue_integration_resource_property"
    ? decoded(resource, awsccState)
    : undefined;
}

function cloudFormationState(desired: Field<PlanObject>): ResourcePropertyState {
  const target = "TargetProcessingProperties";
  return {
    resourceArn: textAt(desired, "ResourceArn"),
    sourceRoleArn: textAt(desired, "SourceProcessingProperties", "RoleArn"),
    targetRoleArn: textAt(desired, target, "RoleArn"),
    targetKmsArn: textAt(desired, target, "KmsArn"),
    targetConnectionName: textAt(desired, target, "ConnectionName"),
    targetEventBusArn: textAt(desired, target, "EventBusArn"),
  };
}

function awsccState(attributes: PlanObject): ResourcePropertyState {
  const target = "target_processing_properties";
  return {
    resourceArn: textAt(attributes, "resource_arn"),
    sourceRoleArn: textAt(attributes, "source_processing_properties", "role_arn"),
    targetRoleArn: textAt(attributes, target, "role_arn"),
    targetKmsArn: textAt(attributes, target, "kms_arn"),
    targetConnectionName: textAt(attributes, target, "connection_name"),
    targetEventBusArn: textAt(attributes, target, "event_bus_arn"),
  };
}
