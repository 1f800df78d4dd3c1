import type { AwsClient } from "./client";
import { ACCOUNT, OTHER_ACCOUNT, ROLE_ARN, TABLE_ARN } from "./fake-account";
import { type FakeBackend, fakeStage } from "./fake-backend";
import { AwsError, type JsonObject } from "./wire";

let backend: FakeBackend;
let client: AwsClient;

beforeEach(() => {
  ({ backend, client } = fakeStage());
});

const policyOf = (AWS: string | string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "glue:*", Resource: "*" }],
  });
const put = (input: JsonObject): Promise<JsonObject> =>
  client.json("glue", "PutResourcePolicy", { PolicyInJson: policyOf(ACCOUNT), ...input });
const existing = { "glue.GetResourcePolicy": { PolicyInJson: policyOf(ACCOUNT), PolicyHash: "h1" } };

test("a catalog policy that is not there is not found", async () => {
  for (const operation of ["GetResourcePolicy", "DeleteResourcePolicy"]) {
    await expect(client.json("glue", operation)).rejects.toMatchObject({
      code: "EntityNotFoundException",
      message: "Policy not found",
    });
  }
});

test("a catalog policy is only made where none is", async () => {
  backend.answers(existing);
  await expect(put({ PolicyExistsCondition: "NOT_EXIST" })).rejects.toMatchObject({
    code: "ConditionCheckFailureException",
    message: "Policy already exists",
  });
  expect(backend.operations).not.toContain("glue.PutResourcePolicy");
  backend.answers({});
  await put({ PolicyExistsCondition: "NOT_EXIST" });
  expect(backend.operations).toContain("glue.PutResourcePolicy");
});

test("a catalog policy is only changed where one is", async () => {
  await expect(put({ PolicyExistsCondition: "MUST_EXIST" })).rejects.toMatchObject({
    code: "EntityNotFoundException",
  });
  backend.answers(existing);
  await expect(put({ PolicyExistsCondition: "MUST_EXIST" })).resolves.toEqual({});
});

test("the hash of a catalog policy must be the present one", async () => {
  backend.answers(existing);
  await expect(put({ PolicyHashCondition: "h0" })).rejects.toMatchObject({
    code: "ConditionCheckFailureException",
  });
  await expect(
    client.json("glue", "DeleteResourcePolicy", { PolicyHashCondition: "h0" }),
  ).rejects.toMatchObject({ code: "ConditionCheckFailureException" });
  await expect(put({ PolicyHashCondition: "h1" })).resolves.toEqual({});
  await expect(client.json("glue", "DeleteResourcePolicy", { PolicyHashCondition: "h1" })).resolves.toEqual(
    {},
  );
});

test.each([
  ["a role that does not exist", policyOf(`${ROLE_ARN}-later`), `principal ${ROLE_ARN}-later does not exist`],
  [
    "a wildcard",
    policyOf(`arn:aws:iam::${ACCOUNT}:role/*`),
    `principal arn:aws:iam::${ACCOUNT}:role/* has a wildcard`,
  ],
  ["no principal", '{"Statement":[{"Effect":"Allow"}]}', "every statement needs Principal or NotPrincipal"],
  ["no document", "nothing", "it is not a policy document"],
])("a catalog policy with %s is invalid", async (_name, PolicyInJson, reason) => {
  await expect(put({ PolicyInJson })).rejects.toMatchObject({
    code: "InvalidInputException",
    message: `The resource policy is invalid: ${reason}`,
  });
});

test("a catalog policy names what exists, accounts and services", async () => {
  await expect(
    put({ PolicyInJson: policyOf([ROLE_ARN, `arn:aws:iam::${OTHER_ACCOUNT}:root`]) }),
  ).resolves.toEqual({});
  const service = '{"Statement":{"Effect":"Allow","Principal":{"Service":"glue.amazonaws.com"}}}';
  await expect(put({ PolicyInJson: service })).resolves.toEqual({});
});

test("a catalog policy has at most 10 KB", async () => {
  const padded = (length: number): string => policyOf(ACCOUNT).padEnd(length, " ");
  await expect(put({ PolicyInJson: padded(10_241) })).rejects.toMatchObject({
    code: "ResourceNumberLimitExceededException",
  });
  await expect(put({ PolicyInJson: padded(10_240) })).resolves.toEqual({});
});

describe("a table policy", () => {
  const call = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
    client.json("dynamodb", operation, { ResourceArn: TABLE_ARN, ...input });

  const absent = (): void => {
    backend.answers({
      "dynamodb.GetResourcePolicy": new AwsError("PolicyNotFoundException", "none"),
      "dynamodb.PutResourcePolicy": { RevisionId: "1" },
    });
  };

  test("that is not there is deleted without an error, unless a revision is expected", async () => {
    absent();
    await expect(call("DeleteResourcePolicy")).resolves.toEqual({});
    await expect(call("DeleteResourcePolicy", { ExpectedRevisionId: "1" })).rejects.toMatchObject({
      code: "PolicyNotFoundException",
    });
    expect(backend.operations).not.toContain("dynamodb.DeleteResourcePolicy");
  });

  test("that is there is deleted by moto", async () => {
    await call("DeleteResourcePolicy");
    expect(backend.operations.at(-1)).toBe("dynamodb.DeleteResourcePolicy");
  });

  test("that is not there has no revision to replace", async () => {
    absent();
    await expect(
      call("PutResourcePolicy", { Policy: policyOf(ACCOUNT), ExpectedRevisionId: "1" }),
    ).rejects.toMatchObject({
      code: "PolicyNotFoundException",
    });
    await expect(
      call("PutResourcePolicy", { Policy: policyOf(ACCOUNT), ExpectedRevisionId: "NO_POLICY" }),
    ).resolves.toEqual({
      RevisionId: "1",
    });
  });
});
