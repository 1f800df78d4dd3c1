// The integration itself: the only place that knows which Terraform resource serves it.
import type { TerraformResourceLifecycle } from "cdktf";
import { DataResource, dependable } from "cdktf";
import type { Construct } from "constructs";
import schema from "../../lib/facts/cloudformation/aws-glue-integration.json";
import type { Json } from "../../lib/json";
import type { Environment } from "../environment";
import { json } from "../tokens";
import { CloudControlResource, cloudFormationTags } from "./cloud-control-resource";

/** What a Glue zero-ETL integration is made of. */
export interface IntegrationResourceProps {
  readonly environment: Environment;
  readonly integrationName: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly description?: string | undefined;
  /** Minutes, as a text. */
  readonly refreshInterval?: string | undefined;
  readonly continuousSync?: boolean | undefined;
  readonly dataFilter?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly protect: boolean;
}

/** A Glue zero-ETL integration in Terraform. */
export class IntegrationResource extends CloudControlResource {
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

  /** ARN of the integration, known after apply. */
  get arn(): string {
    return `\${${this.reported("IntegrationArn")}}`;
  }
}

// Absent where the defaults of AWS are wanted: adding or removing this block replaces the integration.
function integrationConfig({ refreshInterval, continuousSync }: IntegrationResourceProps): Json | undefined {
  if (refreshInterval === undefined && continuousSync === undefined) return undefined;
  return {
    RefreshInterval: refreshInterval,
    ContinuousSync: continuousSync,
  };
}

// Cloud Control plans a change of these as an update in place, and then refuses it: only a replacement can carry it out.
function lifecycle(scope: Construct, props: IntegrationResourceProps): TerraformResourceLifecycle {
  const { encryptionContext, continuousSync, protect } = props;
  const immutable = { encryptionContext, continuousSync };
  const hasImmutable = Object.values(immutable).some((value) => value !== undefined);
  const trigger = (): string =>
    // Terraform parses the reference itself and refuses it within `${}`.
    dependable(new DataResource(scope, "Immutable", { input: json(immutable) as unknown as object }));
  return {
    ...(protect && { preventDestroy: true }),
    ...(hasImmutable && { replaceTriggeredBy: [trigger()] }),
  };
}
