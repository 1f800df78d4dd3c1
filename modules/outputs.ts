// Terraform outputs of an integration, on request: a construct that adds outputs unasked fills the user's root module.
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Json } from "../lib/json";
import { sortKeys } from "../lib/json";
import type { DocumentRequirements } from "../lib/policy/requirement";
import type { ZeroEtlIntegration } from "./integration";
import type { ZeroEtlMonitoring } from "./monitoring/monitoring";

/**
 * Adds the integration's ARN, its target database, the target role's ARN and, where documents are concerned that others may
 * write, what those must say to the outputs of its stack.
 */
export function addOutputs(integration: ZeroEtlIntegration): void {
  const stack = TerraformStack.of(integration);
  const label = integration.node.id;
  const output = (name: string, value: Json | undefined, description: string): void => {
    if (value === undefined) return;
    new TerraformOutput(stack, `${label}_${name}`, { value, description, staticId: true });
  };
  output("integration_arn", integration.arn, `ARN of the integration ${integration.integrationName}`);
  output("target_database", integration.targetDatabase, "Database that the data arrives in");
  output("target_role_arn", integration.targetRoleArn, "Role that writes into the target");
  output(
    "required_statements",
    requiredStatements(integration.requirements),
    "What policies must say; what is not applied is up to those who manage them",
  );
}

/** Adds what documents of topics and keys must say, where notifications go to some, to the outputs of the monitoring's stack. */
export function addMonitoringOutputs(monitoring: ZeroEtlMonitoring): void {
  const value = requiredStatements(monitoring.requirements);
  if (value === undefined) return;
  // No label of an integration leads to this name.
  new TerraformOutput(TerraformStack.of(monitoring), "required_statements_of_monitoring", {
    value,
    description:
      "What policies must say before notifications arrive; what is not applied is up to those who manage them",
    staticId: true,
  });
}

function requiredStatements(requirements: readonly DocumentRequirements[]): Json | undefined {
  return requirements.length === 0 ? undefined : sortKeys(requirements as unknown as Json);
}
