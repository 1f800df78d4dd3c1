import { ACCOUNT } from "../fake-account";
import { type FakeStage, fakeStage } from "../fake-backend";
import type { JsonObject } from "../wire";

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
});

const call = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
  stage.client.json("redshift-serverless", operation, input);

const make = async (): Promise<void> => {
  await call("CreateNamespace", { namespaceName: "warehouse", dbName: "main" });
  await call("CreateWorkgroup", { workgroupName: "analysts", namespaceName: "warehouse" });
};

test("a namespace has an ARN with a slash, of the id that a test asks for", async () => {
  const made = await call("CreateNamespace", { namespaceName: "warehouse" });
  expect(made).toMatchObject({
    namespace: {
      namespaceName: "warehouse",
      dbName: "dev",
      status: "AVAILABLE",
      namespaceArn: expect.stringMatching(
        /^arn:aws:redshift-serverless:us-east-1:111122223333:namespace\/[0-9a-f-]{36}$/,
      ),
    },
  });
  await call("CreateNamespace", { namespaceName: "other", namespaceId: "0f1e" });
  expect(await call("GetNamespace", { namespaceName: "other" })).toMatchObject({
    namespace: {
      namespaceId: "0f1e",
      namespaceArn: `arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:namespace/0f1e`,
    },
  });
});

test("a workgroup knows its namespace and its parameters, set or not", async () => {
  await make();
  const parameters = async (): Promise<unknown> => {
    const { workgroup } = await call("GetWorkgroup", { workgroupName: "analysts" });
    expect(workgroup).toMatchObject({ namespaceName: "warehouse", status: "AVAILABLE" });
    return (workgroup as JsonObject)["configParameters"];
  };
  const parameter = (parameterValue: string): object => ({
    parameterKey: "enable_case_sensitive_identifier",
    parameterValue,
  });
  expect(await parameters()).toContainEqual(parameter("false"));
  await call("UpdateWorkgroup", { workgroupName: "analysts", configParameters: [parameter("true")] });
  expect(await parameters()).toContainEqual(parameter("true"));
  expect(await parameters()).toHaveLength(8);
});

test("Cloud Control tells the parameters of a workgroup below Workgroup only", async () => {
  await make();
  const input = { TypeName: "AWS::RedshiftServerless::Workgroup", Identifier: "analysts" };
  const got = await stage.client.json("cloudcontrolapi", "GetResource", input);
  const { Properties } = got["ResourceDescription"] as { Properties: string };
  expect(JSON.parse(Properties)).toEqual({
    WorkgroupName: "analysts",
    NamespaceName: "warehouse",
    Workgroup: expect.objectContaining({
      NamespaceName: "warehouse",
      ConfigParameters: expect.arrayContaining([
        { ParameterKey: "enable_case_sensitive_identifier", ParameterValue: "false" },
      ]),
    }),
  });
  await expect(
    stage.client.json("cloudcontrolapi", "GetResource", { ...input, Identifier: "missing" }),
  ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
});

test("tags are kept", async () => {
  await make();
  const { namespace } = await call("GetNamespace", { namespaceName: "warehouse" });
  const resourceArn = (namespace as JsonObject)["namespaceArn"];
  await call("TagResource", {
    resourceArn,
    tags: [
      { key: "a", value: "1" },
      { key: "b", value: "2" },
    ],
  });
  await call("UntagResource", { resourceArn, tagKeys: ["a"] });
  expect(await call("ListTagsForResource", { resourceArn })).toEqual({ tags: [{ key: "b", value: "2" }] });
});

test("nobody sees what is in another account", async () => {
  await make();
  await expect(
    stage.other.json("redshift-serverless", "GetWorkgroup", { workgroupName: "analysts" }),
  ).rejects.toMatchObject({
    code: "ResourceNotFoundException",
    message: "The workgroup analysts was not found.",
  });
  expect(await stage.other.json("redshift-serverless", "ListNamespaces")).toEqual({ namespaces: [] });
  expect(await call("ListNamespaces")).toMatchObject({ namespaces: [{ namespaceName: "warehouse" }] });
});

test("a namespace goes after its workgroup, and takes its policy along", async () => {
  await make();
  await expect(call("DeleteNamespace", { namespaceName: "warehouse" })).rejects.toMatchObject({
    code: "ConflictException",
    message: "The namespace warehouse has a workgroup.",
  });
  const { namespace } = await call("GetNamespace", { namespaceName: "warehouse" });
  const arn = String((namespace as JsonObject)["namespaceArn"]);
  stage.emulator.state.namespacePolicies.set(arn, "{}");
  await call("DeleteWorkgroup", { workgroupName: "analysts" });
  await call("DeleteNamespace", { namespaceName: "warehouse" });
  expect(stage.emulator.state.namespacePolicies.size).toBe(0);
  expect(await call("ListWorkgroups")).toEqual({ workgroups: [] });
});

test.each([
  ["CreateNamespace", { namespaceName: "warehouse" }, "The namespace warehouse already exists."],
  [
    "CreateWorkgroup",
    { workgroupName: "analysts", namespaceName: "warehouse" },
    "The workgroup analysts already exists.",
  ],
])("%s refuses a second one of the name", async (operation, input, message) => {
  await make();
  await expect(call(operation, input)).rejects.toMatchObject({ code: "ConflictException", message });
});

test.each(["ab", "UPPER", "a".repeat(65), "under_score"])("refuses the name %s", async (namespaceName) => {
  await expect(call("CreateNamespace", { namespaceName })).rejects.toMatchObject({
    code: "ValidationException",
    message: `namespaceName ${namespaceName} is not valid.`,
  });
});

test("the policy call of Redshift Serverless succeeds and authorises nothing", async () => {
  await make();
  const { namespace } = await call("GetNamespace", { namespaceName: "warehouse" });
  const resourceArn = (namespace as JsonObject)["namespaceArn"];
  await expect(call("PutResourcePolicy", { resourceArn, policy: "{}" })).resolves.toEqual({
    resourcePolicy: { resourceArn, policy: "{}" },
  });
  expect(stage.emulator.state.namespacePolicies.size).toBe(0);
});
