// The roles that AWS Glue takes on to read a connection or to write into a target.
import { type PolicyRequest, allows } from "../../support/policy-evaluator";
import { type Account, arnOf } from "../account";
import type { Arn } from "../arns";
import type { IntegrationError } from "../state";
import { problem } from "./rule";

export async function roleProblems(
  side: "SOURCE" | "TARGET",
  account: Account,
  roleArn: string,
  requests: readonly PolicyRequest[],
): Promise<IntegrationError[]> {
  const role = await account.role(arnOf(roleArn));
  if (role === undefined) return [problem(`${side}_ROLE_NOT_FOUND`, `Role ${roleArn} does not exist.`)];
  const assumable = allows("trust", [role.trust], {
    principal: { Service: "glue.amazonaws.com" },
    action: "sts:AssumeRole",
  });
  if (!assumable) {
    return [
      problem(`${side}_ROLE_NOT_ASSUMABLE`, `Role ${roleArn} cannot be assumed by glue.amazonaws.com.`),
    ];
  }
  const denied = requests
    .filter((request) => !allows("identity", role.policies, request))
    .map(({ action, resource }) => `${action} on ${resource ?? "*"}`);
  if (denied.length === 0) return [];
  return [
    problem(
      `${side}_ACCESS_DENIED`,
      `Role ${roleArn} lacks permissions: ${denied.join(", ")}.`.slice(0, 2048),
    ),
  ];
}

/** Each of the actions on each of the resources. */
export function on(resources: readonly string[], ...actions: readonly string[]): PolicyRequest[] {
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
}

export const PUT_METRICS: PolicyRequest = {
  action: "cloudwatch:PutMetricData",
  context: { "cloudwatch:namespace": "AWS/Glue/ZeroETL" },
};

/** Every role writes its own log. */
export function writeLogs({ partition, region, account }: Arn): PolicyRequest[] {
  const stream = `arn:${partition}:logs:${region}:${account}:log-group:/aws-glue/zeroETL-integrations/logs/:log-stream:x`;
  return on([stream], "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");
}
