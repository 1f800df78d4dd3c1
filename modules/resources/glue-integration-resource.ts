// An integration that is made with the Glue API, through Cloud Control.
import type { TerraformResourceLifecycle } from "cdktf";
import { DataResource, dependable } from "cdktf";
import type { Construct } from "constructs";
import schema from "../../lib/facts/cloudformation/aws-glue-integration.json";
import type { Json } from "../../lib/json";
import { isUnresolved, json } from "../tokens";
import { CloudControlResource, cloudFormationTags } from "./cloud-control-resource";
import type { IntegrationResource, IntegrationResourceProps } from "./integration";

/** A Glue zero-ETL integration in Terraform. */
export class GlueIntegrationResource extends CloudControlResource implements IntegrationResource {
  constructor(scope: Construct, id: string, props: IntegrationResourceProps) {
    super(scope, id, {
      environment: props.environment,
      typeName: "AWS::Glue::Integration",
      schema: schema as unknown as Json,
      desiredState: {
        IntegrationName: props.integrationName,
        SourceArn: props.sourceArn,
        TargetArn: props.targetArn,
        Description: props.description,
        DataFilter: props.dataFilter,
        IntegrationConfig: integrationConfig(props),
        KmsKeyId: props.kmsKeyId,
        AdditionalEncryptionContext: props.encryptionContext,
        Tags: cloudFormationTags(props.environment),
      },
      lifecycle: lifecycle(scope, props),
    });
  }

  /** Read from the identifier, which an update leaves known: what is reported is unknown in every plan of one. */
  get arnExpression(): string {
    return `split("|", ${this.fqn}.id)[0]`;
  }

  get statusExpression(): string {
    return this.reported("Status");
  }
}

// Absent where the defaults of AWS are wanted: adding or removing this block replaces the integration.
function integrationConfig(props: IntegrationResourceProps): Json | undefined {
  const { refreshInterval, continuousSync, sourceProperties } = props;
  const config = {
    RefreshInterval: refreshInterval,
    ContinuousSync: continuousSync,
    SourceProperties: sourceProperties,
  };
  return Object.values(config).every((value) => value === undefined) ? undefined : config;
}

// Cloud Control plans a change of these as an update in place, and then refuses it: only a replacement can carry it out.
function lifecycle(scope: Construct, props: IntegrationResourceProps): TerraformResourceLifecycle {
  const { encryptionContext, continuousSync, sourceProperties, kmsKeyId, protect } = props;
  // A new key is unknown in a plan, which then shows an update that cannot be applied.
  const unknown = isUnresolved(kmsKeyId) && { kmsKeyId };
  const immutable = { encryptionContext, continuousSync, sourceProperties, ...unknown };
  const hasImmutable = Object.values(immutable).some((value) => value !== undefined);
  const trigger = (): string =>
    // Terraform parses the reference itself and refuses it within `${}`.
    dependable(new DataResource(scope, "Immutable", { input: json(immutable) as unknown as object }));
  return {
    ...(protect && { preventDestroy: true }),
    ...(hasImmutable && { replaceTriggeredBy: [trigger()] }),
  };
}
