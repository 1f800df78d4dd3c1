import type { PolicyStatement } from "../support/policy-evaluator";
import { refuseBeyondRole } from "./access";
import { ACCOUNT, CATALOG_ARN, DATABASE_ARN, FakeAccount, TABLE_ARN, policy } from "./fake-account";
import type { JsonObject } from "./wire";

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/zero-etl-operator`;
const CALLER = { account: ACCOUNT, region: "us-east-1", principal: ROLE_ARN, session: "operator" };
const INTEGRATION_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:integration:0f1e2d3c`;

let account: FakeAccount;

beforeEach(() => {
  account = new FakeAccount();
});

/** The message of the refusal, or nothing. */
const refusal = async (
  call: string,
  input: JsonObject,
  ...statements: PolicyStatement[]
): Promise<string | undefined> => {
  account.roles[ROLE_ARN] = { trust: policy(), policies: [policy(...statements)] };
  const [service = "", operation = ""] = call.split(".");
  try {
    await refuseBeyondRole(account, CALLER, { service, operation }, input);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

const allow = (Action: string, ...Resource: string[]): PolicyStatement => ({
  Effect: "Allow",
  Action,
  Resource,
});

test("says who may not do what, in the words of AWS", async () => {
  expect(await refusal("glue.GetResourcePolicy", {})).toBe(
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/zero-etl-operator/operator is not authorized to perform: glue:GetResourcePolicy on resource: ${CATALOG_ARN} because no identity-based policy allows the glue:GetResourcePolicy action`,
  );
});

test("a deny wins", async () => {
  const statements = [
    allow("glue:*", "*"),
    { ...allow("glue:GetResourcePolicy", "*"), Effect: "Deny" as const },
  ];
  expect(await refusal("glue.GetResourcePolicy", {}, ...statements)).toMatch(
    / with an explicit deny in an identity-based policy$/,
  );
});

const TABLE = { ResourceArn: DATABASE_ARN, TableName: "orders" };
const BUCKET_ARN = `${CATALOG_ARN}/s3tablescatalog/acme`;

test.each<[string, JsonObject, string[]]>([
  ["glue.PutResourcePolicy", {}, [CATALOG_ARN]],
  ["glue.CreateIntegrationTableProperties", TABLE, [CATALOG_ARN, DATABASE_ARN]],
  [
    "glue.UpdateIntegrationTableProperties",
    { ...TABLE, ResourceArn: BUCKET_ARN },
    [CATALOG_ARN, `${CATALOG_ARN}/s3tablescatalog`, BUCKET_ARN],
  ],
  ["glue.ModifyIntegration", { IntegrationIdentifier: INTEGRATION_ARN }, [INTEGRATION_ARN]],
  ["dynamodb.GetResourcePolicy", { ResourceArn: TABLE_ARN }, [TABLE_ARN]],
  ["glue.DescribeInboundIntegrations", { TargetArn: DATABASE_ARN }, ["*"]],
  ["iam.PassRole", {}, ["*"]],
])("%s needs every resource that it touches", async (call, input, resources) => {
  const action = call.replace(".", ":");
  expect(await refusal(call, input, allow(action, ...resources))).toBeUndefined();
  expect(await refusal(call, input, allow(`${action}Other`, ...resources))).toMatch(/is not authorized/);
  for (const resource of resources) {
    const others = resources.filter((one) => one !== resource);
    const rest = others.length === 0 ? [`${TABLE_ARN}-other`] : others;
    expect(await refusal(call, input, allow(action, ...rest))).toContain(`on resource: ${resource} because`);
  }
});

test("integrations that are not named by an ARN need all of them", async () => {
  const all = `arn:aws:glue:us-east-1:${ACCOUNT}:integration:*`;
  expect(
    await refusal("glue.DescribeIntegrations", {}, allow("glue:DescribeIntegrations", all)),
  ).toBeUndefined();
  expect(
    await refusal("glue.DescribeIntegrations", {}, allow("glue:DescribeIntegrations", INTEGRATION_ARN)),
  ).toContain(`on resource: ${all} because`);
});

test("everybody may ask who he is", async () => {
  expect(await refusal("sts.GetCallerIdentity", {})).toBeUndefined();
});

test("a role that is gone allows nothing", async () => {
  await expect(
    refuseBeyondRole(account, CALLER, { service: "glue", operation: "GetResourcePolicy" }, {}),
  ).rejects.toMatchObject({ code: "AccessDeniedException" });
});
