// Resource policies of namespaces: one document each, of clusters and of serverless alike.
import { type Account, arnOf } from "../account";
import { principalOf } from "../operation";
import type { Operations } from "../operation";
import type { ZeroEtlState } from "../state";
import { parseArn } from "../arns";
import { parsePolicy } from "../../support/policy-evaluator";
import { AwsError } from "../wire";

export function namespacePolicyOperations({ namespacePolicies }: ZeroEtlState): Operations {
  const policyOf = (arn: string): string => {
    const policy = namespacePolicies.get(arn);
    if (policy === undefined) {
      throw new AwsError("ResourceNotFoundFault", `No resource policy was found for ${arn}.`, 404);
    }
    return policy;
  };
  return {
    "redshift.PutResourcePolicy": async ({ caller, input, account }) => {
      const ResourceArn = String(input["ResourceArn"]);
      const Policy = String(input["Policy"]);
      if (parseArn(ResourceArn)?.account !== caller.account) {
        throw new AwsError(
          "AccessDenied",
          `User: ${principalOf(caller)} is not authorized to perform: redshift:PutResourcePolicy on resource: ${ResourceArn}`,
          403,
        );
      }
      await refuseUnknown(account, ResourceArn);
      refuseDocument(Policy);
      namespacePolicies.set(ResourceArn, Policy);
      return { ResourcePolicy: { ResourceArn, Policy } };
    },
    "redshift.GetResourcePolicy": ({ input }) => {
      const ResourceArn = String(input["ResourceArn"]);
      return { ResourcePolicy: { ResourceArn, Policy: policyOf(ResourceArn) } };
    },
    "redshift.DeleteResourcePolicy": ({ input }) => {
      const ResourceArn = String(input["ResourceArn"]);
      policyOf(ResourceArn);
      namespacePolicies.delete(ResourceArn);
      return {};
    },
  };
}

async function refuseUnknown(account: Account, resourceArn: string): Promise<void> {
  if ((await account.namespace(arnOf(resourceArn))) === undefined) {
    throw new AwsError("ResourceNotFoundFault", `The resource ${resourceArn} could not be found.`, 404);
  }
}

function refuseDocument(text: string): void {
  try {
    parsePolicy(text);
  } catch {
    throw new AwsError("InvalidPolicyFault", "The resource policy isn't valid: it is not a policy document.");
  }
}
