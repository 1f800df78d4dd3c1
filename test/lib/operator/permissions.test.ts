import {
  OPERATOR_PERMISSIONS,
  operatorLogStatement,
  operatorRoleStatements,
} from "../../../lib/operator/permissions";
import { OPERATOR_KINDS } from "../../../lib/operator/protocol";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";
import { ADDRESS, CATALOG, CONNECTION, DATABASE, FakeAccount, INTEGRATION, TABLE } from "./fakes";

const SCOPE = {
  address: ADDRESS,
  tableResources: [DATABASE, CONNECTION, `${CATALOG}/s3tablescatalog/lake`],
  tableArns: [TABLE],
};

function may(kinds: typeof OPERATOR_KINDS, action: string, resource: string): boolean {
  const document = policyDocument(operatorRoleStatements(kinds, SCOPE)) as unknown as PolicyDocument;
  return allows("identity", [document], { action, resource });
}

test("the permissions are those of the calls that are made, and no more", () => {
  const { glue, dynamodb } = new FakeAccount().clients;
  const actionsOf = (service: string, api: object): string[] =>
    Object.keys(api).map((call) => `${service}:${call.charAt(0).toUpperCase()}${call.slice(1)}`);
  const permitted = OPERATOR_KINDS.flatMap((kind) =>
    OPERATOR_PERMISSIONS[kind].flatMap(({ actions }) => actions),
  );
  expect([...permitted].sort()).toEqual(
    [...actionsOf("glue", glue), ...actionsOf("dynamodb", dynamodb)].sort(),
  );
});

test.each<[string, string, boolean]>([
  ["glue:UpdateIntegrationTableProperties", DATABASE, true],
  ["glue:UpdateIntegrationTableProperties", CONNECTION, true],
  ["glue:UpdateIntegrationTableProperties", CATALOG, true],
  ["glue:UpdateIntegrationTableProperties", `${CATALOG}/s3tablescatalog`, true],
  ["glue:UpdateIntegrationTableProperties", `${CATALOG}/s3tablescatalog/lake`, true],
  ["glue:UpdateIntegrationTableProperties", `${CATALOG}/s3tablescatalog/other`, false],
  ["glue:UpdateIntegrationTableProperties", `${DATABASE}_2`, false],
  ["glue:DescribeInboundIntegrations", DATABASE, true],
  ["glue:ModifyIntegration", INTEGRATION, true],
  ["glue:ModifyIntegration", INTEGRATION.replace("111122223333", "444455556666"), false],
  ["glue:DeleteIntegration", INTEGRATION, false],
  ["glue:PutResourcePolicy", CATALOG, true],
  ["glue:PutResourcePolicy", DATABASE, false],
  ["dynamodb:PutResourcePolicy", TABLE, true],
  ["dynamodb:PutResourcePolicy", `${TABLE}-2`, false],
  ["dynamodb:GetItem", TABLE, false],
])("%s on %s: %s", (action, resource, expected) => {
  expect(may(OPERATOR_KINDS, action, resource)).toBe(expected);
});

test("each kind brings its own permissions only", () => {
  expect(may(["catalog-policy"], "glue:PutResourcePolicy", CATALOG)).toBe(true);
  expect(may(["catalog-policy"], "dynamodb:PutResourcePolicy", TABLE)).toBe(false);
  expect(may(["integration-settings"], "glue:PutResourcePolicy", CATALOG)).toBe(false);
  expect(operatorRoleStatements(["propagation"], SCOPE)).toEqual([]);
});

test("the statements do not depend on the order of the kinds", () => {
  const kinds = [...OPERATOR_KINDS, ...OPERATOR_KINDS].reverse();
  expect(operatorRoleStatements(kinds, SCOPE)).toEqual(operatorRoleStatements(OPERATOR_KINDS, SCOPE));
  expect(operatorRoleStatements(OPERATOR_KINDS, SCOPE).map(({ Sid }) => Sid)).toEqual([
    "MergeCatalogPolicy",
    "ChangeIntegrations",
    "MergeTablePolicies",
    "ManageTableProperties",
    "FindInboundIntegrations",
  ]);
});

test("every permission says in words what it is on", () => {
  const words = OPERATOR_KINDS.flatMap((kind) => OPERATOR_PERMISSIONS[kind].map(({ on }) => on));
  expect(new Set(words).size).toBe(words.length);
});

test("the log of the function is its own", () => {
  expect(operatorLogStatement("arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f")).toEqual({
    Sid: "WriteOwnLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: ["arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f:*"],
  });
});
