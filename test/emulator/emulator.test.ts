import { type AwsClient, inspectorKey } from "./client";
import type { Emulator } from "./emulator";
import { ACCOUNT, DATABASE_ARN, type FakeAccount, OTHER_ACCOUNT, ROLE_ARN, TABLE_ARN } from "./fake-account";
import { type FakeBackend, fakeStage } from "./fake-backend";
import { AwsError, type JsonObject } from "./wire";

let backend: FakeBackend;
let account: FakeAccount;
let emulator: Emulator;
let client: AwsClient;

beforeEach(() => {
  ({ backend, account, emulator, client } = fakeStage());
});

const createIntegration = (): Promise<JsonObject> =>
  client.json("glue", "CreateIntegration", {
    IntegrationName: "orders-to-lake",
    SourceArn: TABLE_ARN,
    TargetArn: DATABASE_ARN,
  });

const createProperty = (): Promise<JsonObject> =>
  client.json("glue", "CreateIntegrationResourceProperty", {
    ResourceArn: DATABASE_ARN,
    TargetProcessingProperties: { RoleArn: ROLE_ARN },
  });

const integrations = async (input: JsonObject = {}): Promise<JsonObject[]> =>
  (await client.json("glue", "DescribeIntegrations", input))["Integrations"] as JsonObject[];

describe("routing", () => {
  test("passes on what is not emulated, with the account of the caller", async () => {
    await client.json("dynamodb", "ListTables");
    await client.with({ accessKeyId: "AKIAOTHER" }).json("dynamodb", "ListTables");
    expect(backend.requests.map(({ headers }) => headers["x-moto-account-id"])).toEqual([
      ACCOUNT,
      OTHER_ACCOUNT,
    ]);
  });

  test("serves the zero-ETL operations itself", async () => {
    await createProperty();
    expect(await createIntegration()).toMatchObject({ Status: "CREATING" });
    expect(backend.requests).toEqual([]);
  });

  test("lets nobody process a resource of another account", async () => {
    const elsewhere = client.with({ accessKeyId: "AKIAOTHER" });
    await createProperty();
    for (const operation of ["Get", "Update", "Delete"]) {
      await expect(
        elsewhere.json("glue", `${operation}IntegrationResourceProperty`, { ResourceArn: DATABASE_ARN }),
      ).rejects.toMatchObject({
        code: "AccessDeniedException",
        message: `User: arn:aws:iam::${OTHER_ACCOUNT}:root is not authorized to perform: glue:${operation}IntegrationResourceProperty on resource: ${DATABASE_ARN}`,
      });
    }
    const property = {
      TypeName: "AWS::Glue::IntegrationResourceProperty",
      Identifier: `${DATABASE_ARN}|${DATABASE_ARN.replace("database", "integrationresourceproperty/database")}`,
    };
    await expect(client.json("cloudcontrolapi", "GetResource", property)).resolves.toMatchObject({
      TypeName: property.TypeName,
    });
    await expect(elsewhere.json("cloudcontrolapi", "GetResource", property)).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  test("takes the account and the name of an assumed role from the role", async () => {
    backend.answer = () => ({
      status: 200,
      headers: {},
      body: Buffer.from("<Credentials><AccessKeyId>ASIA1</AccessKeyId></Credentials>"),
    });
    const form = new URLSearchParams({
      Action: "AssumeRole",
      RoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/deployer`,
    });
    await emulator.handle({
      method: "POST",
      path: "/",
      headers: {
        authorization:
          "AWS4-HMAC-SHA256 Credential=AKIAFIRST/20260101/us-east-1/sts/aws4_request, Signature=x",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: Buffer.from(form.toString()),
    });
    backend.answers({});
    const deployer = client.with({ accessKeyId: "ASIA1" });
    await deployer.json("dynamodb", "ListTables");
    expect(backend.requests.at(-1)?.headers["x-moto-account-id"]).toBe(OTHER_ACCOUNT);
    await expect(
      deployer.json("glue", "GetIntegrationResourceProperty", { ResourceArn: DATABASE_ARN }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(`User: arn:aws:iam::${OTHER_ACCOUNT}:role/deployer is not authorized`),
    });
  });
});

describe("log and faults", () => {
  test("logs what was called and how it failed, but not the inspector", async () => {
    await client.json("dynamodb", "ListTables", { Limit: 1 });
    delete account.tables[TABLE_ARN];
    await expect(createIntegration()).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    await client.with({ accessKeyId: inspectorKey() }).json("dynamodb", "ListTables");
    expect(emulator.operations()).toEqual(["dynamodb.ListTables", "glue.CreateIntegration"]);
    expect(emulator.log).toMatchObject([
      { account: ACCOUNT, region: "us-east-1", input: { Limit: 1 } },
      { error: `ResourceNotFoundException: Source table ${TABLE_ARN} was not found.` },
    ]);
  });

  test("the inspector looks into any account", async () => {
    await client.with({ accessKeyId: inspectorKey(OTHER_ACCOUNT) }).json("dynamodb", "ListTables");
    expect(backend.requests.at(-1)?.headers["x-moto-account-id"]).toBe(OTHER_ACCOUNT);
  });

  test("fails the next calls of an operation as often as told", async () => {
    emulator.failNext(
      "CreateIntegrationResourceProperty",
      new AwsError("ThrottlingException", "Rate exceeded"),
      2,
    );
    for (let times = 0; times < 2; times += 1) {
      await expect(createProperty()).rejects.toMatchObject({
        code: "ThrottlingException",
        message: "Rate exceeded",
      });
    }
    await expect(createProperty()).resolves.toMatchObject({ ResourceArn: DATABASE_ARN });
  });

  test("fails a service of the query protocol in XML", async () => {
    emulator.failNext("iam.CreateRole", new AwsError("AccessDenied", "no <role>", 403));
    await expect(client.query("iam", "CreateRole")).rejects.toMatchObject({
      code: "AccessDenied",
      status: 403,
    });
  });

  test("a reset forgets everything", async () => {
    await createProperty();
    await createIntegration();
    emulator.failNext("DescribeIntegrations", new AwsError("X", "y"));
    await emulator.reset();
    expect(emulator.log).toEqual([]);
    expect(await integrations()).toEqual([]);
  });
});

describe("the Glue API", () => {
  test("refuses input that does not fit its shapes", async () => {
    await expect(
      client.json("glue", "CreateIntegration", { IntegrationName: "x".repeat(129), SourceArn: TABLE_ARN }),
    ).rejects.toMatchObject({
      code: "ValidationException",
      message:
        "2 validation errors detected: Value 'null' at 'targetArn' failed to satisfy constraint: Member must not be null; " +
        `Value '${"x".repeat(129)}' at 'integrationName' failed to satisfy constraint: Member must have length less than or equal to 128`,
    });
    await expect(
      client.json("glue", "CreateIntegrationTableProperties", {
        ResourceArn: DATABASE_ARN,
        TableName: "orders",
        TargetTableConfig: { UnnestSpec: "TOP_LEVEL" },
      }),
    ).rejects.toMatchObject({
      message:
        "1 validation error detected: Value 'TOP_LEVEL' at 'targetTableConfig.unnestSpec' failed to satisfy constraint: Member must satisfy enum value set: [TOPLEVEL, FULL, NOUNNEST]",
    });
  });

  test("describes by identifier, by filter and page by page", async () => {
    await createProperty();
    const { IntegrationArn } = await createIntegration();
    expect(await integrations({ IntegrationIdentifier: IntegrationArn })).toMatchObject([
      { Status: "CREATING" },
    ]);
    expect(await integrations({ Filters: [{ Name: "Status", Values: ["ACTIVE"] }] })).toHaveLength(1);
    expect(await integrations({ Filters: [{ Name: "IntegrationName", Values: ["other"] }] })).toEqual([]);
    await expect(integrations({ Filters: [{ Name: "TargetArn", Values: ["x"] }] })).rejects.toMatchObject({
      message: "Filter TargetArn is not supported.",
    });
    account.tables[`${TABLE_ARN}2`] = { status: "ACTIVE", pointInTimeRecovery: true };
    await client.json("glue", "CreateIntegration", {
      IntegrationName: "second",
      SourceArn: `${TABLE_ARN}2`,
      TargetArn: DATABASE_ARN,
    });
    const first = await client.json("glue", "DescribeIntegrations", { MaxRecords: 1 });
    expect(first).toMatchObject({ Integrations: [{ IntegrationName: "orders-to-lake" }], Marker: "1" });
    const second = await client.json("glue", "DescribeIntegrations", { MaxRecords: 1, Marker: "1" });
    expect(second).toMatchObject({ Integrations: [{ IntegrationName: "second" }] });
    expect(second).not.toHaveProperty("Marker");
  });

  test("shows the target's account what comes in", async () => {
    await createProperty();
    await createIntegration();
    const { InboundIntegrations } = await client.json("glue", "DescribeInboundIntegrations", {
      TargetArn: DATABASE_ARN,
    });
    expect(InboundIntegrations).toMatchObject([{ SourceArn: TABLE_ARN, TargetArn: DATABASE_ARN }]);
    expect((InboundIntegrations as JsonObject[])[0]).not.toHaveProperty("IntegrationName");
    const elsewhere = client.with({ accessKeyId: "AKIAOTHER" });
    expect(await elsewhere.json("glue", "DescribeInboundIntegrations")).toEqual({ InboundIntegrations: [] });
  });

  test("modifies and deletes", async () => {
    emulator.timing.settleReads = 0;
    await createProperty();
    const { IntegrationArn: IntegrationIdentifier } = await createIntegration();
    const IntegrationConfig = { RefreshInterval: "60" };
    expect(
      await client.json("glue", "ModifyIntegration", { IntegrationIdentifier, IntegrationConfig }),
    ).toMatchObject({
      Status: "MODIFYING",
      IntegrationConfig,
    });
    expect(await integrations()).toMatchObject([{ Status: "ACTIVE" }]);
    expect(await client.json("glue", "DeleteIntegration", { IntegrationIdentifier })).toMatchObject({
      Status: "DELETING",
    });
    expect(await integrations()).toEqual([]);
    await expect(integrations({ IntegrationIdentifier })).rejects.toMatchObject({
      code: "IntegrationNotFoundFault",
    });
  });

  test("keeps, lists, changes and deletes resource properties", async () => {
    await createProperty();
    const TargetProcessingProperties = {
      RoleArn: ROLE_ARN,
      EventBusArn: "arn:aws:events:us-east-1:1:event-bus/x",
    };
    const input = { ResourceArn: DATABASE_ARN, TargetProcessingProperties };
    expect(await client.json("glue", "UpdateIntegrationResourceProperty", input)).toMatchObject(input);
    expect(
      await client.json("glue", "GetIntegrationResourceProperty", { ResourceArn: DATABASE_ARN }),
    ).toMatchObject(input);
    const list = (Values: string[]): Promise<JsonObject> =>
      client.json("glue", "ListIntegrationResourceProperties", { Filters: [{ Name: "TargetArn", Values }] });
    expect(await list([DATABASE_ARN])).toMatchObject({ IntegrationResourcePropertyList: [input] });
    expect(await list([TABLE_ARN])).toEqual({ IntegrationResourcePropertyList: [] });
    await client.json("glue", "DeleteIntegrationResourceProperty", { ResourceArn: DATABASE_ARN });
    await expect(
      client.json("glue", "GetIntegrationResourceProperty", { ResourceArn: DATABASE_ARN }),
    ).rejects.toMatchObject({ code: "EntityNotFoundException" });
  });

  test("shows a status that a test has set", async () => {
    emulator.timing.settleReads = 0;
    await createProperty();
    await createIntegration();
    const errors = [{ ErrorCode: "X", ErrorMessage: "y" }];
    emulator.setStatus("orders-to-lake", "FAILED", errors);
    expect(await integrations()).toMatchObject([{ Status: "FAILED", Errors: errors }]);
    emulator.freeStatus("orders-to-lake");
    expect(await integrations()).toMatchObject([{ Status: "ACTIVE" }]);
    expect(() => emulator.setStatus("other", "ACTIVE")).toThrow("there is no integration named other");
  });
});
