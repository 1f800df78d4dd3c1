import { ACCOUNT, TABLE_ARN } from "../fake-account";
import { type FakeStage, fakeStage } from "../fake-backend";
import {
  CLUSTER_NAMESPACE_ARN,
  SERVERLESS_NAMESPACE_ARN,
  addWarehouse,
  openTableToRedshift,
} from "../fake-pairs";
import type { JsonObject } from "../wire";

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
  openTableToRedshift(stage.account);
  addWarehouse(stage.account, CLUSTER_NAMESPACE_ARN, TABLE_ARN);
  addWarehouse(stage.account, SERVERLESS_NAMESPACE_ARN, TABLE_ARN);
});

const query = (action: string, input: Record<string, string> = {}): Promise<JsonObject> =>
  stage.client.query("redshift", action, input);

const create = (input: Record<string, string> = {}): Promise<JsonObject> =>
  query("CreateIntegration", {
    IntegrationName: "orders",
    SourceArn: TABLE_ARN,
    TargetArn: CLUSTER_NAMESPACE_ARN,
    ...input,
  });

const integrations = async (input: Record<string, string> = {}): Promise<JsonObject[]> =>
  (await query("DescribeIntegrations", input))["Integrations"] as JsonObject[];

test("an integration lives, changes and dies", async () => {
  const { IntegrationArn, ...made } = await create({
    Description: "Orders",
    "TagList.Tag.1.Key": "team",
    "TagList.Tag.1.Value": "data",
  });
  expect(made).toMatchObject({
    IntegrationName: "orders",
    SourceArn: TABLE_ARN,
    TargetArn: CLUSTER_NAMESPACE_ARN,
    Status: "creating",
    Description: "Orders",
    KMSKeyId: "AWS_OWNED_KMS_KEY",
    Tags: [{ Key: "team", Value: "data" }],
  });
  const one = { IntegrationArn: String(IntegrationArn) };
  expect(await integrations(one)).toMatchObject([{ Status: "creating" }]);
  expect(await integrations(one)).toMatchObject([{ Status: "active", Errors: [] }]);
  expect(await query("ModifyIntegration", { ...one, IntegrationName: "all-orders" })).toMatchObject({
    Status: "modifying",
    IntegrationName: "all-orders",
    Description: "Orders",
  });
  await integrations(one);
  expect(await integrations(one)).toMatchObject([{ Status: "active" }]);
  expect(await query("DeleteIntegration", one)).toMatchObject({ Status: "deleting" });
  expect(await integrations()).toMatchObject([{ Status: "deleting" }]);
  expect(await integrations()).toEqual([]);
  await expect(integrations(one)).rejects.toMatchObject({
    code: "IntegrationNotFoundFault",
    message: `The integration ${one.IntegrationArn} can't be found.`,
    status: 404,
  });
});

test("integrations are found by what they are", async () => {
  await create();
  await create({ IntegrationName: "archive", TargetArn: SERVERLESS_NAMESPACE_ARN });
  const found = async (Name: string, value: string): Promise<unknown[]> => {
    const filter = "Filters.DescribeIntegrationsFilter.1";
    const seen = await integrations({ [`${filter}.Name`]: Name, [`${filter}.Values.Value.1`]: value });
    return seen.map(({ IntegrationName }) => IntegrationName);
  };
  expect(await found("source-arn", TABLE_ARN)).toEqual(["orders", "archive"]);
  expect(await found("source-arn", `${TABLE_ARN}-2`)).toEqual([]);
  expect(await found("source-types", "dynamodb")).toEqual(["orders", "archive"]);
  expect(await found("status", "creating")).toEqual([]);
  expect(await found("status", "active")).toEqual(["orders", "archive"]);
});

test("tags of an integration are kept here, those of a cluster by moto", async () => {
  const { IntegrationArn } = await create({ "TagList.Tag.1.Key": "team", "TagList.Tag.1.Value": "data" });
  const ResourceName = String(IntegrationArn);
  await query("CreateTags", {
    ResourceName,
    "Tags.Tag.1.Key": "team",
    "Tags.Tag.1.Value": "sales",
    "Tags.Tag.2.Key": "env",
    "Tags.Tag.2.Value": "prod",
  });
  await query("DeleteTags", { ResourceName, "TagKeys.TagKey.1": "team" });
  expect(await integrations()).toMatchObject([{ Tags: [{ Key: "env", Value: "prod" }] }]);
  expect(stage.backend.operations).toEqual([]);
  const cluster = `arn:aws:redshift:us-east-1:${ACCOUNT}:cluster:warehouse`;
  await query("CreateTags", { ResourceName: cluster, "Tags.Tag.1.Key": "a", "Tags.Tag.1.Value": "b" });
  await query("DeleteTags", { ResourceName: cluster, "TagKeys.TagKey.1": "a" });
  expect(stage.backend.operations).toEqual(["redshift.CreateTags", "redshift.DeleteTags"]);
});

describe("the policy of a namespace", () => {
  const ResourceArn = CLUSTER_NAMESPACE_ARN;
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });

  test("is written, replaced, read and deleted as a whole", async () => {
    await query("PutResourcePolicy", { ResourceArn, Policy: '{"Statement":[]}' });
    await query("PutResourcePolicy", { ResourceArn, Policy });
    expect(await query("GetResourcePolicy", { ResourceArn })).toEqual({
      ResourcePolicy: { ResourceArn, Policy },
    });
    await query("DeleteResourcePolicy", { ResourceArn });
    for (const action of ["GetResourcePolicy", "DeleteResourcePolicy"]) {
      await expect(query(action, { ResourceArn })).rejects.toMatchObject({
        code: "ResourceNotFoundFault",
        message: `No resource policy was found for ${ResourceArn}.`,
        status: 404,
      });
    }
  });

  test("needs the namespace", async () => {
    delete stage.account.namespaces[ResourceArn];
    await expect(query("PutResourcePolicy", { ResourceArn, Policy })).rejects.toMatchObject({
      code: "ResourceNotFoundFault",
      message: `The resource ${ResourceArn} could not be found.`,
    });
  });

  test("needs the account of the namespace", async () => {
    await expect(
      stage.other.query("redshift", "PutResourcePolicy", { ResourceArn, Policy }),
    ).rejects.toMatchObject({
      code: "AccessDenied",
      message: `User: arn:aws:iam::444455556666:root is not authorized to perform: redshift:PutResourcePolicy on resource: ${ResourceArn}`,
    });
  });

  test("is a policy document", async () => {
    await expect(query("PutResourcePolicy", { ResourceArn, Policy: "{}" })).rejects.toMatchObject({
      code: "InvalidPolicyFault",
      message: "The resource policy isn't valid: it is not a policy document.",
    });
  });
});
