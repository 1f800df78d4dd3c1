import { sourceRoleStatements } from "../../../lib/policy/source-role";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const GLUE = "arn:aws:glue:us-east-1:111122223333";

function may(action: string, resource: string): boolean {
  const document = policyDocument(sourceRoleStatements({ address: ADDRESS, connection: "crm" }));
  return allows("identity", [document as unknown as PolicyDocument], { action, resource });
}

test.each([
  ["glue:GetConnection", `${GLUE}:connection/crm`],
  ["glue:GetConnection", `${GLUE}:catalog`],
  ["glue:GetConnections", `${GLUE}:connection/crm`],
  ["glue:GetConnections", `${GLUE}:catalog`],
  ["glue:ListEntities", "*"],
  ["glue:RefreshOAuth2Tokens", "*"],
  ["logs:CreateLogGroup", "arn:aws:logs:us-east-1:111122223333:log-group:x"],
  ["logs:CreateLogStream", "arn:aws:logs:us-east-1:111122223333:log-group:x:log-stream:y"],
  ["logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:x:log-stream:y"],
])("the role may %s on %s", (action, resource) => {
  expect(may(action, resource)).toBe(true);
});

test.each([
  ["glue:GetConnection", `${GLUE}:connection/crm2`],
  ["glue:GetConnection", `${GLUE}:connection/erp`],
  ["glue:GetConnection", "arn:aws:glue:us-east-1:444455556666:connection/crm"],
  ["glue:GetConnection", "arn:aws:glue:eu-west-1:111122223333:connection/crm"],
  ["glue:GetConnections", "arn:aws:glue:eu-west-1:111122223333:catalog"],
  ["glue:UpdateConnection", `${GLUE}:connection/crm`],
  ["glue:DeleteConnection", `${GLUE}:connection/crm`],
  ["glue:GetDatabase", `${GLUE}:catalog`],
  ["secretsmanager:GetSecretValue", "*"],
  ["cloudwatch:PutMetricData", "*"],
])("the role may not %s on %s", (action, resource) => {
  expect(may(action, resource)).toBe(false);
});

test("the role follows the partition of its environment", () => {
  const address = { ...ADDRESS, partition: "aws-us-gov" };
  const [read] = sourceRoleStatements({ address, connection: "crm" });
  for (const resource of read?.Resource ?? []) expect(resource).toMatch(/^arn:aws-us-gov:/);
});
