// What the resource property of a target says: the role, and the options that ask for more rights of the role.
import type { PolicyRequest } from "../../support/policy-evaluator";
import { arnOf } from "../account";
import { catalogArn } from "../arns";
import type { IntegrationError, TargetProcessingProperties } from "../state";
import { on, roleProblems } from "./roles";
import { type Side, problem } from "./rule";

/** What is wrong with the property of a target whose role has to be able to make these requests. */
export async function targetPropertyProblems(
  side: Side,
  requests: readonly PolicyRequest[],
): Promise<IntegrationError[]> {
  const { arn, account, state } = side;
  const property = state.resourceProperties.get(arn.text)?.target;
  if (property?.RoleArn === undefined) {
    // The code that users report for a missing resource property.
    return [problem("UNRECOVERABLE_ACCESS_DENIED", `No target processing properties exist for ${arn.text}.`)];
  }
  return [
    ...(await networkProblems(side, property)),
    ...(await roleProblems("TARGET", account, property.RoleArn, [
      ...requests,
      ...networkRequests(side, property),
      ...keyRequests(property),
    ])),
  ];
}

/** An older edition of the user guide, "Setting up the target role for the VPC". */
function networkRequests({ arn }: Side, { ConnectionName }: TargetProcessingProperties): PolicyRequest[] {
  if (ConnectionName === undefined) return [];
  const { partition, region, account } = arn;
  const catalog = catalogArn(arn);
  const connection = `${catalog.slice(0, -"catalog".length)}connection/${ConnectionName}`;
  const ec2 = (resource: string): string => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  return [
    ...on([catalog, connection], "glue:GetConnection"),
    ...on(
      [ec2("network-interface/eni-0")],
      "ec2:CreateTags",
      "ec2:DeleteTags",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
    ),
    ...on(
      ["*"],
      "ec2:DescribeRouteTables",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
    ),
  ];
}

/** AWS publishes no list of actions: nobody can encrypt and read back with less. */
function keyRequests({ KmsArn }: TargetProcessingProperties): PolicyRequest[] {
  return KmsArn === undefined ? [] : on([KmsArn], "kms:Decrypt", "kms:GenerateDataKey");
}

async function networkProblems(
  { arn, account }: Side,
  { ConnectionName }: TargetProcessingProperties,
): Promise<IntegrationError[]> {
  if (ConnectionName === undefined) return [];
  const connectionArn = `${catalogArn(arn).slice(0, -"catalog".length)}connection/${ConnectionName}`;
  const connection = await account.connection(arnOf(connectionArn));
  if (connection?.type === "NETWORK") return [];
  return [
    problem(
      "TARGET_CONNECTION_NOT_VALID",
      `Connection ${connectionArn} ${connection === undefined ? "does not exist" : `is of type ${connection.type}, not NETWORK`}.`,
    ),
  ];
}
