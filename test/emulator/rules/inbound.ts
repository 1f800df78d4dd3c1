// What the catalog policy of a target's account must allow: the service always, a caller of another account as well.
import { type PolicyRequest, allows } from "../../support/policy-evaluator";
import { type Caller, principalOf } from "../operation";
import type { IntegrationError } from "../state";
import { AwsError } from "../wire";
import { type Side, problem } from "./rule";

/** Within one account the identity policy of the caller is enough, and the caller here is an administrator. */
export async function refuseForeignCaller(
  side: Side,
  caller: Caller,
  resources: readonly string[],
): Promise<AwsError | undefined> {
  const { arn, integration } = side;
  const principal = principalOf(caller);
  if (arn.account === integration.account) return undefined;
  const allowed = await catalogAllows(side, resources, {
    principal: { AWS: principal },
    action: "glue:CreateInboundIntegration",
  });
  if (allowed) return undefined;
  return new AwsError(
    "AccessDeniedException",
    `User: ${principal} is not authorized to perform: glue:CreateInboundIntegration on resource: ${arn.text}`,
  );
}

export async function authorizationProblems(
  side: Side,
  resources: readonly string[],
): Promise<IntegrationError[]> {
  const authorized = await catalogAllows(side, resources, {
    principal: { Service: "glue.amazonaws.com" },
    action: "glue:AuthorizeInboundIntegration",
  });
  if (authorized) return [];
  return [
    problem(
      "TARGET_AUTHORIZATION_FAILED",
      `The catalog policy does not allow glue.amazonaws.com glue:AuthorizeInboundIntegration on ${side.arn.text} for ${side.integration.sourceArn}.`,
    ),
  ];
}

async function catalogAllows(
  { arn, account, integration }: Side,
  resources: readonly string[],
  asked: Pick<PolicyRequest, "action" | "principal">,
): Promise<boolean> {
  const policy = await account.catalogPolicy(arn);
  if (policy === undefined) return false;
  return resources.every((resource) =>
    allows("resource", [policy], {
      ...asked,
      resource,
      context: { "aws:SourceArn": integration.sourceArn },
    }),
  );
}
