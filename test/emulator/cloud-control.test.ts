import { CloudControl } from "./cloud-control";
import { ACCOUNT, CALLER, DATABASE_ARN, FakeAccount, ROLE_ARN, TABLE_ARN } from "./fake-account";
import { Integrations } from "./integrations";
import { readOnlyTypes } from "./read-only-types";
import { ResourceProperties } from "./resource-properties";
import { IntegrationType, ResourcePropertyType } from "./resource-types";
import { ZeroEtlState } from "./state";
import type { JsonObject } from "./wire";

const PROPERTY = "AWS::Glue::IntegrationResourceProperty";
const INTEGRATION = "AWS::Glue::Integration";
const PROPERTY_MODEL = { ResourceArn: DATABASE_ARN, TargetProcessingProperties: { RoleArn: ROLE_ARN } };
const INTEGRATION_MODEL = {
  IntegrationName: "orders-to-lake",
  SourceArn: TABLE_ARN,
  TargetArn: DATABASE_ARN,
};

let account: FakeAccount;
let integrations: Integrations;
let cloudControl: CloudControl;

beforeEach(() => {
  account = new FakeAccount();
  const state = new ZeroEtlState();
  integrations = new Integrations(state, account);
  cloudControl = new CloudControl([
    new IntegrationType(integrations),
    new ResourcePropertyType(new ResourceProperties(state, account)),
    ...readOnlyTypes(state, account, () => {
      throw new Error("nothing here is asked of moto");
    }),
  ]);
});

const call = (operation: string, input: JsonObject): Promise<JsonObject> =>
  cloudControl.call(CALLER, operation, input);

/** Watches a request to its end, as the provider does. */
async function watched(started: Promise<JsonObject>): Promise<JsonObject> {
  const { RequestToken } = (await started)["ProgressEvent"] as { RequestToken: string };
  const statuses: unknown[] = [];
  for (;;) {
    const event = (await call("GetResourceRequestStatus", { RequestToken }))["ProgressEvent"] as JsonObject;
    statuses.push(event["OperationStatus"]);
    if (event["OperationStatus"] !== "IN_PROGRESS") return { ...event, statuses };
  }
}

const create = (TypeName: string, model: object): Promise<JsonObject> =>
  watched(call("CreateResource", { TypeName, DesiredState: JSON.stringify(model) }));

const read = async (TypeName: string, Identifier: unknown): Promise<JsonObject> => {
  const got = await call("GetResource", { TypeName, Identifier });
  return JSON.parse(String((got["ResourceDescription"] as JsonObject)["Properties"])) as JsonObject;
};

const update = (TypeName: string, Identifier: unknown, ...patch: object[]): Promise<JsonObject> =>
  watched(call("UpdateResource", { TypeName, Identifier, PatchDocument: JSON.stringify(patch) }));

const remove = (TypeName: string, Identifier: unknown): Promise<JsonObject> =>
  watched(call("DeleteResource", { TypeName, Identifier }));

const created = async (model: object = {}): Promise<unknown> => {
  await create(PROPERTY, PROPERTY_MODEL);
  return (await create(INTEGRATION, { ...INTEGRATION_MODEL, ...model }))["Identifier"];
};

describe("requests", () => {
  test("are answered at once and watched until they succeed", async () => {
    const event = await create(PROPERTY, PROPERTY_MODEL);
    expect(event).toMatchObject({
      Operation: "CREATE",
      TypeName: PROPERTY,
      statuses: ["IN_PROGRESS", "SUCCESS"],
      Identifier: `${DATABASE_ARN}|arn:aws:glue:us-east-1:${ACCOUNT}:integrationresourceproperty/database/sales_lake`,
    });
  });

  test("fail with the error of the service and without an identifier", async () => {
    delete account.tables[TABLE_ARN];
    const event = await create(INTEGRATION, INTEGRATION_MODEL);
    expect(event).toMatchObject({
      statuses: ["IN_PROGRESS", "FAILED"],
      ErrorCode: "NotFound",
      StatusMessage: `Source table ${TABLE_ARN} was not found. (Service: Glue, Error Code: ResourceNotFoundException)`,
    });
    expect(event).not.toHaveProperty("Identifier");
  });

  test.each([
    ["a name that is taken", {}, "AlreadyExists"],
    [
      "an interval out of range",
      { IntegrationName: "x", IntegrationConfig: { RefreshInterval: "5" } },
      "InvalidRequest",
    ],
    ["a filter on DynamoDB", { IntegrationName: "x", DataFilter: "include: a" }, "InvalidRequest"],
  ])("fail for %s with Cloud Control's code", async (_name, changed, ErrorCode) => {
    await created();
    expect(await create(INTEGRATION, { ...INTEGRATION_MODEL, ...changed })).toMatchObject({ ErrorCode });
  });

  test("are not repeated for the same client token", async () => {
    const input = { TypeName: PROPERTY, DesiredState: JSON.stringify(PROPERTY_MODEL), ClientToken: "one" };
    const first = await call("CreateResource", input);
    expect(await call("CreateResource", input)).toEqual(first);
    expect(await watched(Promise.resolve(first))).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("of an unknown token or type are refused", async () => {
    await expect(call("GetResourceRequestStatus", { RequestToken: "x" })).rejects.toMatchObject({
      code: "RequestTokenNotFoundException",
    });
    await expect(call("GetResource", { TypeName: "AWS::Glue::Job", Identifier: "x" })).rejects.toMatchObject({
      code: "TypeNotFoundException",
      message: "The type 'AWS::Glue::Job' cannot be found.",
    });
  });
});

describe("models are checked against the resource schema", () => {
  test.each<[string, object, string]>([
    [
      "a missing key",
      { IntegrationName: "x", SourceArn: TABLE_ARN },
      "#: required key [TargetArn] not found",
    ],
    ["an unknown key", { ...INTEGRATION_MODEL, Speed: 1 }, "#: extraneous key [Speed] is not permitted"],
    [
      "another partition",
      { ...INTEGRATION_MODEL, SourceArn: TABLE_ARN.replace("arn:aws:", "arn:aws-cn:") },
      "#/SourceArn: failed validation constraint for keyword [pattern]",
    ],
    [
      "an interval that is a number",
      { ...INTEGRATION_MODEL, IntegrationConfig: { RefreshInterval: 30 } },
      "#/IntegrationConfig/RefreshInterval: expected type: string",
    ],
    [
      "a long name",
      { ...INTEGRATION_MODEL, IntegrationName: "x".repeat(129) },
      "#/IntegrationName: expected maxLength: 128",
    ],
  ])("%s", async (_name, model, reason) => {
    await expect(create(INTEGRATION, model)).rejects.toMatchObject({
      code: "ValidationException",
      message: `Model validation failed (${reason})`,
    });
  });

  test("a long role ARN", async () => {
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${"x".repeat(98)}`;
    await expect(
      create(PROPERTY, { ...PROPERTY_MODEL, TargetProcessingProperties: { RoleArn } }),
    ).rejects.toMatchObject({
      message: "Model validation failed (#/TargetProcessingProperties/RoleArn: expected maxLength: 128)",
    });
  });

  test("a property that only AWS sets", async () => {
    await expect(create(INTEGRATION, { ...INTEGRATION_MODEL, Status: "ACTIVE" })).rejects.toMatchObject({
      message: "Invalid request: readOnlyProperties [/properties/Status] cannot be set",
    });
  });

  test("text that is not JSON", async () => {
    await expect(call("CreateResource", { TypeName: PROPERTY, DesiredState: "{" })).rejects.toMatchObject({
      code: "ValidationException",
    });
  });
});

describe(INTEGRATION, () => {
  test("is identified by ARN and name, and read without what is write-only", async () => {
    const identifier = await created({
      IntegrationConfig: { RefreshInterval: "30", ContinuousSync: true },
      Tags: [{ Key: "team", Value: "data" }],
    });
    expect(await read(INTEGRATION, identifier)).toEqual({
      ...INTEGRATION_MODEL,
      IntegrationArn: String(identifier).split("|")[0],
      IntegrationConfig: { RefreshInterval: "30" },
      Tags: [{ Key: "team", Value: "data" }],
      CreateTime: expect.stringMatching(/^\d{4}-/),
      Status: "ACTIVE",
    });
  });

  test("is created even if it then needs attention", async () => {
    expect(
      await read(INTEGRATION, (await create(INTEGRATION, INTEGRATION_MODEL))["Identifier"]),
    ).toMatchObject({
      Status: "NEEDS_ATTENTION",
    });
  });

  test("changes description and tags in place", async () => {
    const identifier = await created({ Description: "a", Tags: [{ Key: "team", Value: "x" }] });
    expect(
      await update(
        INTEGRATION,
        identifier,
        { op: "replace", path: "/Description", value: "b" },
        { op: "replace", path: "/Tags/0/Value", value: "y" },
      ),
    ).toMatchObject({ OperationStatus: "SUCCESS", Identifier: identifier });
    expect(await read(INTEGRATION, identifier)).toMatchObject({
      Description: "b",
      Tags: [{ Key: "team", Value: "y" }],
    });
    await update(INTEGRATION, identifier, { op: "remove", path: "/Description" });
    expect(await read(INTEGRATION, identifier)).toMatchObject({ Description: "" });
  });

  test.each([
    ["/IntegrationName", "/properties/IntegrationName"],
    ["/SourceArn", "/properties/SourceArn"],
    ["/IntegrationConfig/ContinuousSync", "/properties/IntegrationConfig"],
    [
      "/IntegrationConfig/RefreshInterval",
      "/properties/IntegrationConfig, /properties/IntegrationConfig/RefreshInterval",
    ],
    ["/AdditionalEncryptionContext/team", "/properties/AdditionalEncryptionContext"],
  ])("refuses a change of %s", async (path, pointers) => {
    const identifier = await created({ IntegrationConfig: { RefreshInterval: "30" } });
    await expect(update(INTEGRATION, identifier, { op: "add", path, value: "x" })).rejects.toMatchObject({
      code: "NotUpdatableException",
      message: `Invalid patch update: createOnlyProperties [${pointers}] cannot be updated`,
    });
  });

  test("refuses a change of what only AWS sets", async () => {
    await expect(
      update(INTEGRATION, await created(), { op: "replace", path: "/Status", value: "ACTIVE" }),
    ).rejects.toMatchObject({
      message: "Invalid patch update: readOnlyProperties [/properties/Status] cannot be updated",
    });
  });

  test("a rename through the API looks like a deletion", async () => {
    const identifier = await created();
    integrations.modify(CALLER, "orders-to-lake", { name: "renamed" });
    await expect(read(INTEGRATION, identifier)).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      message: `Resource of type '${INTEGRATION}' with identifier '${String(identifier)}' was not found.`,
    });
  });

  test("is gone after a deletion", async () => {
    const identifier = await created();
    expect(await call("ListResources", { TypeName: INTEGRATION })).toMatchObject({
      ResourceDescriptions: [{ Identifier: identifier }],
    });
    expect(await remove(INTEGRATION, identifier)).toMatchObject({ OperationStatus: "SUCCESS" });
    await expect(read(INTEGRATION, identifier)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    expect(await remove(INTEGRATION, identifier)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "NotFound",
    });
  });
});

describe(PROPERTY, () => {
  test("changes role in place, its resource never", async () => {
    const { Identifier } = await create(PROPERTY, PROPERTY_MODEL);
    const path = "/TargetProcessingProperties/RoleArn";
    expect(await update(PROPERTY, Identifier, { op: "replace", path, value: `${ROLE_ARN}2` })).toMatchObject({
      OperationStatus: "SUCCESS",
    });
    expect(await read(PROPERTY, Identifier)).toMatchObject({
      TargetProcessingProperties: { RoleArn: `${ROLE_ARN}2` },
    });
    await expect(
      update(PROPERTY, Identifier, { op: "replace", path: "/ResourceArn", value: DATABASE_ARN }),
    ).rejects.toMatchObject({ code: "NotUpdatableException" });
  });

  test("exists once per resource", async () => {
    await create(PROPERTY, PROPERTY_MODEL);
    expect(await create(PROPERTY, PROPERTY_MODEL)).toMatchObject({ ErrorCode: "AlreadyExists" });
  });

  test("is gone after a deletion", async () => {
    const { Identifier } = await create(PROPERTY, PROPERTY_MODEL);
    await remove(PROPERTY, Identifier);
    expect(await call("ListResources", { TypeName: PROPERTY })).toMatchObject({ ResourceDescriptions: [] });
  });
});

describe("AWS::Glue::Database", () => {
  test("is read by its name", async () => {
    expect(await read("AWS::Glue::Database", "sales_lake")).toEqual({
      CatalogId: ACCOUNT,
      DatabaseName: "sales_lake",
      DatabaseInput: { Name: "sales_lake", LocationUri: "s3://acme-lake/sales/" },
    });
    await expect(read("AWS::Glue::Database", "nothing")).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  test("is not changed here", async () => {
    await expect(create("AWS::Glue::Database", {})).rejects.toMatchObject({
      code: "UnsupportedActionException",
      message: "Resource type AWS::Glue::Database does not support CREATE action",
    });
  });
});
