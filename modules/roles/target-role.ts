// The role that AWS Glue assumes to write into a target.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { iamRoleArn } from "../../lib/arn";
import type { Statement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { TARGET_ROLE_TRUST } from "../../lib/policy/target-role";
import type { Environment } from "../environment";
import { json } from "../tokens";

/** A role that a target uses: made here, or brought along. */
export interface RoleForTarget {
  readonly roleArn: string;
  /** What must exist before the role can be used. */
  readonly dependencies: readonly ITerraformDependable[];
}

export interface TargetRoleProps {
  readonly environment: Environment;
  /** 1 to 64 characters; the role's ARN may have 128. */
  readonly roleName: string;
  readonly statements: readonly Statement[];
}

/** A role with exactly the given permissions, which only AWS Glue can assume. */
export class TargetRole extends Construct implements RoleForTarget {
  /** A role that exists already, with a trust policy and permissions that are the user's business. */
  static fromRoleArn(roleArn: string): RoleForTarget {
    return { roleArn, dependencies: [] };
  }

  readonly roleArn: string;
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { environment, roleName, statements }: TargetRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", {
      ...environment.providerConfig,
      ...environment.tagsConfig,
      name: roleName,
      description: "AWS Glue zero-ETL writes into the target with this role",
      assumeRolePolicy: json(policyDocument([TARGET_ROLE_TRUST])),
    });
    const policy = new IamRolePolicy(this, "Policy", {
      ...environment.providerConfig,
      name: "zero-etl-target",
      role: role.name,
      policy: json(policyDocument(statements)),
    });
    // Built from the name: the attribute is unknown at plan, and an unknown ARN hides the whole resource property.
    this.roleArn = iamRoleArn(environment, roleName);
    this.dependencies = [role, policy];
  }
}
