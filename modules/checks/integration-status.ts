// The state of an integration, seen at every plan and after every apply.
import type { Construct } from "constructs";
import { TerraformCheck } from "./terraform-check";

/** States of an integration that need somebody (Glue API, IntegrationStatus). */
const BAD_STATES = ["FAILED", "NEEDS_ATTENTION"];

export interface IntegrationStatusCheckProps {
  readonly integrationName: string;
  /** Terraform expression of the state. */
  readonly status: string;
  /** Terraform expression of the ARN. */
  readonly arn: string;
}

/** Warns when an integration stands still; it never stops a plan, for that plan may be the one that mends it. */
export class IntegrationStatusCheck extends TerraformCheck {
  constructor(scope: Construct, id: string, { integrationName, status, arn }: IntegrationStatusCheckProps) {
    super(scope, id, {
      // The bad states are named, not the good one: an apply may end while the integration is still CREATING. A state that
      // was not reported is no good one, and the message is evaluated in any case.
      condition: `\${try(!contains(${JSON.stringify(BAD_STATES)}, ${status}), false)}`,
      errorMessage: [
        `the integration ${integrationName} is in state \${try(${status}, "unknown")}.`,
        "NEEDS_ATTENTION: AWS retries for seven days, so mend the cause and wait; FAILED: only a new integration helps.",
        `See the cause: aws glue describe-integrations --integration-identifier \${try(${arn}, "(its ARN)")}`,
      ].join(" "),
    });
  }
}
