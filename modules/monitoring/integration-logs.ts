// How long the logs of integrations are kept: one log group for all of an account and region.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { LOG_GROUPS } from "../../lib/facts/monitoring";
import type { Environment } from "../environment";
import { Registry } from "../shared/registry";

/** The log group, made before AWS makes it without a retention; a destroy leaves it, and what it holds. */
export class IntegrationLogs extends Construct {
  /** What an integration must wait for: AWS makes what is missing when it begins to write. */
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, environment: Environment, retentionInDays: number) {
    super(scope, id);
    Registry.of(this).claim({
      document: "the log group of zero-ETL integrations",
      key: environment.key,
      owner: this,
      remedy: "set logRetentionDays in one stack of an account and region",
    });
    this.dependencies = Object.entries(LOG_GROUPS).map(
      ([spelling, name]) =>
        new CloudwatchLogGroup(this, spelling, {
          ...environment.providerConfig,
          ...environment.tagsConfig,
          name,
          retentionInDays,
          skipDestroy: true,
        }),
    );
  }
}
