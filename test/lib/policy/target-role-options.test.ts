import type { Statement } from "../../../lib/policy/statement";
import { policyDocument } from "../../../lib/policy/statement";
import {
  lakeFormationStatements,
  networkConnectionStatements,
  targetKeyStatements,
} from "../../../lib/policy/target-role-options";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const GLUE = "arn:aws:glue:us-east-1:111122223333";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0f1e2d3c";
const ANY = "arn:aws:ec2:us-east-1:111122223333:network-interface/eni-1";

const OPTIONS: Readonly<Record<string, readonly Statement[]>> = {
  network: networkConnectionStatements({ address: ADDRESS, connection: "vpc" }),
  key: targetKeyStatements({ kmsKeyArn: KEY }),
  lakeFormation: lakeFormationStatements(),
};

function may(option: string, action: string, resource: string): boolean {
  const document = policyDocument(OPTIONS[option] ?? []);
  return allows("identity", [document as unknown as PolicyDocument], { action, resource });
}

test.each([
  ["network", "glue:GetConnection", `${GLUE}:connection/vpc`],
  ["network", "glue:GetConnection", `${GLUE}:catalog`],
  ["network", "ec2:CreateTags", ANY],
  ["network", "ec2:DeleteTags", ANY],
  ["network", "ec2:DescribeRouteTables", "*"],
  ["network", "ec2:DescribeVpcEndpoints", "*"],
  ["network", "ec2:DescribeSecurityGroups", "*"],
  ["network", "ec2:DescribeSubnets", "*"],
  ["network", "ec2:CreateNetworkInterface", ANY],
  ["network", "ec2:DeleteNetworkInterface", ANY],
  ["key", "kms:Decrypt", KEY],
  ["key", "kms:GenerateDataKey", KEY],
  ["lakeFormation", "lakeformation:GetDataAccess", "*"],
])("the option %s allows %s on %s", (option, action, resource) => {
  expect(may(option, action, resource)).toBe(true);
});

test.each([
  ["network", "glue:GetConnection", `${GLUE}:connection/vpc2`],
  ["network", "glue:GetConnection", "arn:aws:glue:us-east-1:444455556666:connection/vpc"],
  ["network", "glue:GetConnection", "arn:aws:glue:eu-west-1:111122223333:connection/vpc"],
  ["network", "ec2:RunInstances", "*"],
  ["network", "ec2:ModifyNetworkInterfaceAttribute", ANY],
  ["key", "kms:Decrypt", `${KEY}4`],
  ["key", "kms:Decrypt", KEY.replace("111122223333", "444455556666")],
  ["key", "kms:CreateGrant", KEY],
  ["key", "kms:ScheduleKeyDeletion", KEY],
  ["lakeFormation", "lakeformation:GrantPermissions", "*"],
  ["lakeFormation", "lakeformation:PutDataLakeSettings", "*"],
])("the option %s refuses %s on %s", (option, action, resource) => {
  expect(may(option, action, resource)).toBe(false);
});

test("options have Sids of their own, so that a role can have all of them", () => {
  const sids = Object.values(OPTIONS).flatMap((statements) => statements.map(({ Sid }) => Sid));
  expect(new Set(sids).size).toBe(sids.length);
});
