// Integrations, however they are written: through Cloud Control, awscc or the Redshift resource.
import type {
  Field,
  Integration,
  IntegrationHolder,
  IntegrationState,
  PlanObject,
  Resource,
} from "../plan-view";
import { known } from "../plan-view";
import { decoded } from "./decoded";
import { booleanAt, jsonAttribute, objectAt, tagsAt, textAt } from "./document";

/** The type of Terraform resource that holds any CloudFormation type. */
export const CLOUD_CONTROL = "aws_cloudcontrolapi_resource";

/** What a resource type says of the integration in it. */
interface Form {
  readonly holder: IntegrationHolder;
  readonly api: Integration["api"];
  readonly state: (attributes: PlanObject) => IntegrationState;
  readonly arn: (attributes: PlanObject) => Field<string>;
  readonly status: (attributes: PlanObject) => Field<string>;
}

const CLOUD_CONTROL_FORM: Form = {
  holder: "cloud-control",
  api: "glue",
  state: (attributes) => cloudFormationState(jsonAttribute(attributes, "desired_state")),
  // The identifier stays known while `properties` is unknown in every plan of an update.
  arn: (attributes) => textAt(attributes, "id"),
  status: (attributes) => textAt(jsonAttribute(attributes, "properties"), "Status"),
};

const FORMS: Readonly<Record<string, Form>> = {
  awscc_glue_integration: {
    holder: "awscc",
    api: "glue",
    state: awsccState,
    arn: (attributes) => textAt(attributes, "integration_arn"),
    status: (attributes) => textAt(attributes, "status"),
  },
  aws_redshift_integration: {
    holder: "redshift",
    api: "redshift",
    state: redshiftState,
    arn: (attributes) => textAt(attributes, "arn"),
    status: () => undefined,
  },
};

/** The integration in a resource; nothing where it holds none. */
export function integrationOf(resource: Resource): Integration | undefined {
  if (resource.mode !== "managed") return undefined;
  const form = isOfType(resource, "AWS::Glue::Integration")
    ? CLOUD_CONTROL_FORM
    : Object.hasOwn(FORMS, resource.type)
      ? FORMS[resource.type]
      : undefined;
  if (form === undefined) return undefined;
  const { holder, api } = form;
  const sides = decoded(resource, form.state);
  const arn = resource.before && known(form.arn(resource.before))?.split("|")[0];
  const status = resource.before && known(form.status(resource.before));
  const label = known(sides.after?.name) ?? known(sides.before?.name) ?? resource.address;
  return {
    ...sides,
    holder,
    api,
    label,
    ...(arn !== undefined && { arn }),
    ...(status !== undefined && { status }),
  };
}

/** Whether a resource is one of a CloudFormation type under Cloud Control. */
export function isOfType({ type, before, after }: Resource, typeName: string): boolean {
  return (
    type === CLOUD_CONTROL &&
    [before, after].some((side) => side !== undefined && side["type_name"] === typeName)
  );
}

function cloudFormationState(desired: Field<PlanObject>): IntegrationState {
  return {
    name: textAt(desired, "IntegrationName"),
    sourceArn: textAt(desired, "SourceArn"),
    targetArn: textAt(desired, "TargetArn"),
    description: textAt(desired, "Description"),
    dataFilter: textAt(desired, "DataFilter"),
    refreshInterval: textAt(desired, "IntegrationConfig", "RefreshInterval"),
    continuousSync: booleanAt(desired, "IntegrationConfig", "ContinuousSync"),
    sourceProperties: objectAt(desired, "IntegrationConfig", "SourceProperties"),
    kmsKeyId: textAt(desired, "KmsKeyId"),
    encryptionContext: objectAt(desired, "AdditionalEncryptionContext"),
    tags: tagsAt(desired, "Tags"),
  };
}

function awsccState(attributes: PlanObject): IntegrationState {
  return {
    name: textAt(attributes, "integration_name"),
    sourceArn: textAt(attributes, "source_arn"),
    targetArn: textAt(attributes, "target_arn"),
    description: textAt(attributes, "description"),
    dataFilter: textAt(attributes, "data_filter"),
    refreshInterval: textAt(attributes, "integration_config", "refresh_interval"),
    continuousSync: booleanAt(attributes, "integration_config", "continuous_sync"),
    sourceProperties: objectAt(attributes, "integration_config", "source_properties"),
    kmsKeyId: textAt(attributes, "kms_key_id"),
    encryptionContext: objectAt(attributes, "additional_encryption_context"),
    tags: tagsAt(attributes, "tags"),
  };
}

function redshiftState(attributes: PlanObject): IntegrationState {
  return {
    name: textAt(attributes, "integration_name"),
    sourceArn: textAt(attributes, "source_arn"),
    targetArn: textAt(attributes, "target_arn"),
    description: textAt(attributes, "description"),
    dataFilter: undefined,
    refreshInterval: undefined,
    continuousSync: undefined,
    sourceProperties: undefined,
    kmsKeyId: textAt(attributes, "kms_key_id"),
    encryptionContext: objectAt(attributes, "additional_encryption_context"),
    tags: tagsAt(attributes, "tags"),
  };
}
