// Terraform's `check` block, which CDKTF has no construct for.
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** One assertion: a Terraform expression that must refer to at least one object, and what to say when it is false. */
export interface Assertion {
  readonly condition: string;
  readonly errorMessage: string;
}

/** A check that warns and never stops a plan. */
export class TerraformCheck extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly assertion: Assertion,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    const { condition, errorMessage } = this.assertion;
    return { check: { [this.friendlyUniqueId]: { assert: [{ condition, error_message: errorMessage }] } } };
  }

  override toHclTerraform(): never {
    throw new Error(
      `${this.node.path}: CDKTF cannot write check blocks as HCL; synthesise to JSON, without --hcl`,
    );
  }
}
