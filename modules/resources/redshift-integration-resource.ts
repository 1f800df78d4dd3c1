// An integration that is made with the Redshift API.
import { RedshiftIntegration } from "@cdktf/provider-aws/lib/redshift-integration";
import type { Construct } from "constructs";
import { noRefreshIntervalRules } from "../../lib/rules/integration";
import { report } from "../report";
import type { IntegrationResource, IntegrationResourceProps } from "./integration";

/**
 * A zero-ETL integration of Redshift in Terraform. The API has no refresh interval, no data filter and no source properties.
 * Name, description and tags change in place; whatever else changes replaces the integration, without the triggers that Cloud
 * Control needs.
 */
export class RedshiftIntegrationResource extends RedshiftIntegration implements IntegrationResource {
  /** Throws `ZeroEtlError` for an interval that only Terraform knows, which the rules have not seen. */
  constructor(scope: Construct, id: string, props: IntegrationResourceProps) {
    const { environment, integrationName, sourceArn, targetArn, description, kmsKeyId } = props;
    super(scope, id, {
      ...environment.providerConfig,
      ...environment.tagsConfig,
      integrationName,
      sourceArn,
      targetArn,
      ...(description !== undefined && { description }),
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      ...(props.encryptionContext !== undefined && {
        additionalEncryptionContext: { ...props.encryptionContext },
      }),
      ...(props.protect && { lifecycle: { preventDestroy: true } }),
    });
    if (props.refreshInterval !== undefined) report(scope, noRefreshIntervalRules());
  }

  get arnExpression(): string {
    return `${this.fqn}.arn`;
  }

  /** The resource waits until the integration is active, and reports no state. */
  get statusExpression(): undefined {
    return undefined;
  }
}
