// The integration itself: the only place that knows which Terraform resource serves it.
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { IntegrationApi } from "../../lib/facts/compatibility";
import type { Environment } from "../environment";
import { GlueIntegrationResource } from "./glue-integration-resource";
import { RedshiftIntegrationResource } from "./redshift-integration-resource";

/** What an integration is made of; the rules have refused what its API does not take. */
export interface IntegrationResourceProps {
  readonly environment: Environment;
  readonly integrationName: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly description?: string | undefined;
  /** Minutes, as a text. */
  readonly refreshInterval?: string | undefined;
  readonly continuousSync?: boolean | undefined;
  readonly sourceProperties?: Readonly<Record<string, string>> | undefined;
  readonly dataFilter?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly protect: boolean;
}

/** An integration in Terraform. */
export interface IntegrationResource extends TerraformResource {
  /** Terraform expression of its ARN, known after apply and through every update. */
  readonly arnExpression: string;
  /** Terraform expression of its state, where the resource reports one. */
  readonly statusExpression: string | undefined;
}

/** Makes an integration with the API that serves its pair of source and target. */
export function makeIntegration(
  scope: Construct,
  id: string,
  api: IntegrationApi,
  props: IntegrationResourceProps,
): IntegrationResource {
  return api === "redshift"
    ? new RedshiftIntegrationResource(scope, id, props)
    : new GlueIntegrationResource(scope, id, props);
}
