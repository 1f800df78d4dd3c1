// A stack as it is written by hand: integrations through Cloud Control, and nothing else.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import schema from "../../lib/facts/cloudformation/aws-glue-integration.json";
import { PROVIDER_VERSION } from "../e2e/project";
import type { Settings } from "./stack-json";

/** A stack of nothing that matters, to which changes add what they are about. */
export function plain(outdir: string): void {
  const directory = join(outdir, "stacks", "plain");
  mkdirSync(directory, { recursive: true });
  const stack = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: PROVIDER_VERSION } } },
    provider: { aws: [{ region: "us-east-1" }] },
    // Terraform does not take a stack without any.
    resource: { terraform_data: { stack: { input: "plain" } } },
  };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
}

/** An integration; `state` may hold references. */
export function integration(state: Settings): Settings {
  return {
    type_name: "AWS::Glue::Integration",
    schema: JSON.stringify(schema),
    desired_state: JSON.stringify(state),
  };
}

/** A DynamoDB table that can be replicated. */
export function table(name: string): Settings {
  return {
    name,
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "id",
    attribute: [{ name: "id", type: "S" }],
    point_in_time_recovery: { enabled: true },
  };
}

export const tableArn = (name: string): string => `arn:aws:dynamodb:us-east-1:111122223333:table/${name}`;

export const databaseArn = (name: string): string => `arn:aws:glue:us-east-1:111122223333:database/${name}`;

/** Integrations from numbered tables into numbered databases. */
export function fleet(
  count: number,
  { source, target }: Record<"source" | "target", (index: number) => number>,
): Record<string, Settings> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `i${index}`,
      integration({
        IntegrationName: `integration-${index}`,
        SourceArn: tableArn(`table${source(index)}`),
        TargetArn: databaseArn(`lake${target(index)}`),
      }),
    ]),
  );
}
