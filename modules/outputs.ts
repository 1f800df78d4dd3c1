// Terraform outputs of an integration, on request: a construct that adds outputs unasked fills the user's root module.
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Json } from "../lib/json";
import { sortKeys } from "../lib/json";
import type { ZeroEtlIntegration } from "./integration";

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
    requiredStatements(integration),
    "What policies must say; what is not applied is up to those who manage them",
  );
}

function requiredStatements({ requirements }: ZeroEtlIntegration): Json | undefined {
  return requirements.length === 0 ? undefined : sortKeys(requirements as unknown as Json);
}
