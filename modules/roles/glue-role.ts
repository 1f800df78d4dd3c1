// A role that AWS Glue assumes on behalf of integrations.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { iamRoleArn } from "../../lib/arn";
import { error } from "../../lib/issues";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { Statement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { GLUE_ROLE_TRUST } from "../../lib/policy/trust";
import type { Environment } from "../environment";
import { report } from "../report";
import { fit } from "../shared/oversize";
import { Propagation } from "../shared/propagation";
import { isUnresolved, json } from "../tokens";

/** A role to read or write with: made here, or brought along. */
export interface RoleForGlue {
  readonly roleArn: string;
  /** What must exist before the role can be used. */
  readonly dependencies: readonly ITerraformDependable[];
}

export interface GlueRoleProps {
  readonly environment: Environment;
  /** 1 to 64 characters; the role's ARN may have 128. */
  readonly roleName: string;
  /** What the role may do, in one inline policy of up to 10,240 characters without white space (IAM quotas). */
  readonly statements: readonly Statement[];
}

/** What tells the roles of sources and of targets apart. */
interface Purpose {
  readonly policyName: string;
  readonly description: string;
}

/** A role with exactly the given permissions, which only AWS Glue can assume; throws `ZeroEtlError` where they are too many. */
export abstract class GlueRole extends Construct implements RoleForGlue {
  /** A role that exists already, with a trust policy and permissions that are the user's business. */
  static fromRoleArn(roleArn: string): RoleForGlue {
    return { roleArn, dependencies: [] };
  }

  readonly roleArn: string;
  readonly dependencies: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    { environment, roleName, statements }: GlueRoleProps,
    purpose: Purpose,
  ) {
    super(scope, id);
    const { statements: permissions, excess } = fit(statements, POLICY_LIMITS.role, environment);
    if (excess !== undefined) {
      report(this, [
        error(
          "role-policy-size",
          [],
          `the permissions of the role ${roleName} are too large for inline policies`,
          {
            ...excess,
            remedy: "attach some of the statements to the role as a managed policy",
          },
        ),
      ]);
    }
    const role = new IamRole(this, "Resource", {
      ...environment.providerConfig,
      ...environment.tagsConfig,
      name: roleName,
      description: purpose.description,
      assumeRolePolicy: json(policyDocument([GLUE_ROLE_TRUST])),
    });
    const permitted = json(policyDocument(permissions));
    const policy = new IamRolePolicy(this, "Policy", {
      ...environment.providerConfig,
      name: purpose.policyName,
      role: role.name,
      policy: permitted,
    });
    // Built from the name: the attribute is unknown at plan, and an unknown ARN hides the whole resource property.
    this.roleArn = iamRoleArn(environment, roleName);
    const made = [role, policy];
    // CDKTF cannot write an expression of tokens into another; the attribute is the same text, and known as early.
    const text = isUnresolved(permitted) ? policy.policy : permitted;
    const name = isUnresolved(roleName) ? this.node.path : roleName;
    // Without the operator nobody waits, and a first apply may come too early.
    this.dependencies = environment.operator
      ? [...made, Propagation.of(environment).settle(this, name, text, made)]
      : made;
  }
}
