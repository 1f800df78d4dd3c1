// The role that AWS Glue writes into a target with.
import type { Construct } from "constructs";
import type { GlueRoleProps } from "./glue-role";
import { GlueRole } from "./glue-role";

/** The role that writes into a target. */
export class TargetRole extends GlueRole {
  constructor(scope: Construct, id: string, props: GlueRoleProps) {
    const description = "AWS Glue zero-ETL writes into the target with this role";
    super(scope, id, props, { policyName: "zero-etl-target", description });
  }
}
