import type { AwsClient } from "./client";
import type { Emulator } from "./emulator";
import { ACCOUNT, CATALOG_ARN, DATABASE_ARN, type FakeAccount, ROLE_ARN, TABLE_ARN } from "./fake-account";
import { fakeStage } from "./fake-backend";
import { MOST_PARTITIONS } from "./table-properties";
import type { JsonObject } from "./wire";

const CONNECTION_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:connection/sap`;
const BUCKET_CATALOG_ARN = `${CATALOG_ARN}/s3tablescatalog/acme`;
const ORDERS = { ResourceArn: DATABASE_ARN, TableName: "orders" };
const MONTH = { FieldName: "created_at", FunctionSpec: "month", ConversionSpec: "iso" };

let account: FakeAccount;
let emulator: Emulator;
let client: AwsClient;
let other: AwsClient;

beforeEach(() => {
  ({ account, emulator, client, other } = fakeStage());
  account.connections[CONNECTION_ARN] = { type: "SAPODATA" };
  emulator.timing.settleReads = 0;
});

const call = (operation: string, input: JsonObject): Promise<JsonObject> =>
  client.json("glue", `${operation}IntegrationTableProperties`, input);
const create = (TargetTableConfig: JsonObject, key: JsonObject = ORDERS): Promise<JsonObject> =>
  call("Create", { ...key, TargetTableConfig });
const update = (TargetTableConfig: JsonObject): Promise<JsonObject> =>
  call("Update", { ...ORDERS, TargetTableConfig });

const integrate = async (): Promise<string> => {
  await client.json("glue", "CreateIntegrationResourceProperty", {
    ResourceArn: DATABASE_ARN,
    TargetProcessingProperties: { RoleArn: ROLE_ARN },
  });
  const made = await client.json("glue", "CreateIntegration", {
    IntegrationName: "orders-to-lake",
    SourceArn: TABLE_ARN,
    TargetArn: DATABASE_ARN,
  });
  return String(made["IntegrationArn"]);
};

const status = async (): Promise<unknown> => {
  const { Integrations } = await client.json("glue", "DescribeIntegrations");
  return (Integrations as JsonObject[])[0]?.["Status"];
};

describe("a record", () => {
  test("is kept as it was written, and has an empty answer", async () => {
    const TargetTableConfig = { UnnestSpec: "TOPLEVEL", PartitionSpec: [MONTH], TargetTableName: "o" };
    expect(await create(TargetTableConfig)).toEqual({});
    expect(await call("Get", ORDERS)).toEqual({ ...ORDERS, TargetTableConfig });
    expect(await call("Delete", ORDERS)).toEqual({});
    await expect(call("Get", ORDERS)).rejects.toMatchObject({
      code: "EntityNotFoundException",
      message: `No integration table properties exist for table orders of ${DATABASE_ARN}.`,
    });
  });

  test("is replaced by an update, and loses a partition that is sent as empty", async () => {
    await create({ UnnestSpec: "TOPLEVEL", PartitionSpec: [MONTH], TargetTableName: "o" });
    expect(await update({ UnnestSpec: "FULL", PartitionSpec: [] })).toEqual({});
    expect(await call("Get", ORDERS)).toEqual({ ...ORDERS, TargetTableConfig: { UnnestSpec: "FULL" } });
  });

  test("keeps what an update does not name, where a test says so", async () => {
    emulator.tableProperties.updates = "merge";
    await create({ UnnestSpec: "TOPLEVEL", PartitionSpec: [MONTH], TargetTableName: "o" });
    await update({ PartitionSpec: [] });
    expect(await call("Get", ORDERS)).toEqual({
      ...ORDERS,
      TargetTableConfig: { UnnestSpec: "TOPLEVEL", TargetTableName: "o" },
    });
  });

  test("is made once", async () => {
    await create({ UnnestSpec: "FULL" });
    await expect(create({ UnnestSpec: "FULL" })).rejects.toMatchObject({
      code: "ValidationException",
      message: `Integration table properties already exist for table orders of ${DATABASE_ARN}.`,
    });
  });

  test.each(["Update", "Delete", "Get"])("has to be there for %s", async (operation) => {
    const input = operation === "Update" ? { ...ORDERS, TargetTableConfig: { UnnestSpec: "FULL" } } : ORDERS;
    await expect(call(operation, input)).rejects.toMatchObject({ code: "EntityNotFoundException" });
  });

  test("belongs to a database, a catalog or a connection that is there", async () => {
    account.catalogs[`${CATALOG_ARN}/s3tablescatalog`] = { kind: "s3-tables" };
    account.tableBuckets.push(`arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/acme`);
    const target = (ResourceArn: string): Promise<JsonObject> =>
      create({ UnnestSpec: "FULL" }, { ResourceArn, TableName: "orders" });
    await expect(target(BUCKET_CATALOG_ARN)).resolves.toEqual({});
    await expect(target(`${DATABASE_ARN}_other`)).rejects.toMatchObject({
      code: "EntityNotFoundException",
      message: "Database sales_lake_other not found.",
    });
    await expect(target(`arn:aws:glue:us-east-1:${ACCOUNT}:table/sales_lake/orders`)).rejects.toMatchObject({
      code: "ValidationException",
    });
  });

  test("is only written in the account and region of its resource", async () => {
    for (const somebody of [other, client.with({ region: "eu-west-1" })]) {
      const elsewhere = somebody.json("glue", "CreateIntegrationTableProperties", {
        ...ORDERS,
        TargetTableConfig: { UnnestSpec: "FULL" },
      });
      await expect(elsewhere).rejects.toMatchObject({ code: "AccessDeniedException" });
    }
  });

  test("names one target table for one source table", async () => {
    await create({ TargetTableName: "Sales" });
    const second = { ...ORDERS, TableName: "second" };
    await expect(create({ TargetTableName: "sales" }, second)).rejects.toMatchObject({
      message: `Target table sales of ${DATABASE_ARN} belongs to source table orders.`,
    });
    await expect(create({ TargetTableName: "sales2" }, second)).resolves.toEqual({});
    await expect(update({ TargetTableName: "Sales" })).resolves.toEqual({});
  });
});

describe("what is refused", () => {
  const partitions = (length: number): JsonObject[] =>
    Array.from({ length }, (_, index) => ({ FieldName: `f${index}`, FunctionSpec: "identity" }));

  test.each<[string, JsonObject, RegExp]>([
    [
      "an unnest of the user guide's spelling",
      { TargetTableConfig: { UnnestSpec: "NO_UNNEST" } },
      /enum value set: \[TOPLEVEL, FULL, NOUNNEST\]$/,
    ],
    ["a table name of 129 characters", { TableName: "t".repeat(129) }, /'tableName'.+equal to 128$/],
    ["neither side", {}, /^Exactly one of SourceTableConfig and TargetTableConfig must be provided\.$/],
    [
      "both sides",
      { SourceTableConfig: { PrimaryKey: ["k"] }, TargetTableConfig: { UnnestSpec: "FULL" } },
      /^Exactly one of SourceTableConfig/,
    ],
    [
      "a source side of a database",
      { SourceTableConfig: { PrimaryKey: ["k"] } },
      /^SourceTableConfig needs the ARN of a connection, not /,
    ],
    [
      "a target side of a connection",
      { ResourceArn: CONNECTION_ARN, TargetTableConfig: { UnnestSpec: "FULL" } },
      /^TargetTableConfig needs the ARN of a database or catalog, not /,
    ],
    [
      "11 partitions",
      { TargetTableConfig: { PartitionSpec: partitions(MOST_PARTITIONS + 1) } },
      /^PartitionSpec can have at most 10 entries, but has 11\.$/,
    ],
    [
      "a partition without a field",
      { TargetTableConfig: { PartitionSpec: [{ FunctionSpec: "identity" }] } },
      /^FieldName of PartitionSpec must be provided\.$/,
    ],
    [
      "an unknown function",
      { TargetTableConfig: { PartitionSpec: [{ FieldName: "f", FunctionSpec: "week" }] } },
      /^FunctionSpec week of PartitionSpec is not valid\.$/,
    ],
    [
      "a function of time without its format",
      { TargetTableConfig: { PartitionSpec: [{ FieldName: "f", FunctionSpec: "day" }] } },
      /^ConversionSpec of PartitionSpec must be one of epoch_sec, epoch_milli, iso for day\.$/,
    ],
    [
      "identity with a format",
      {
        TargetTableConfig: {
          PartitionSpec: [{ FieldName: "f", FunctionSpec: "identity", ConversionSpec: "iso" }],
        },
      },
      /^ConversionSpec of PartitionSpec cannot be provided with identity\.$/,
    ],
  ])("%s", async (_name, changed, message) => {
    const target = "TableName" in changed ? { TargetTableConfig: { UnnestSpec: "FULL" } } : {};
    await expect(call("Create", { ...ORDERS, ...target, ...changed })).rejects.toMatchObject({
      code: "ValidationException",
      message: expect.stringMatching(message),
    });
  });

  test("nothing at the ends of what is taken", async () => {
    await expect(
      create({ PartitionSpec: partitions(MOST_PARTITIONS) }, { ...ORDERS, TableName: "t".repeat(128) }),
    ).resolves.toEqual({});
  });
});

describe("the primary key of an entity", () => {
  const ENTITY = { ResourceArn: CONNECTION_ARN, TableName: "EntityOfMaterial" };
  const key = (...PrimaryKey: string[]): JsonObject => ({ ...ENTITY, SourceTableConfig: { PrimaryKey } });

  test("is set, and then never changes", async () => {
    await call("Create", key("Id"));
    expect(await call("Get", ENTITY)).toEqual(key("Id"));
    await expect(call("Update", key("Id"))).resolves.toEqual({});
    await expect(call("Update", key("Other"))).rejects.toMatchObject({
      message: "The primary key of EntityOfMaterial cannot be changed once set.",
    });
  });

  test.each<[string, JsonObject]>([
    ["another entity", { ...key("Id"), TableName: "Material" }],
    ["no field", key()],
    ["what is not supported", { ...ENTITY, SourceTableConfig: { PrimaryKey: ["Id"], FilterPredicate: "x" } }],
  ])("is refused of %s", async (_name, input) => {
    await expect(call("Create", input)).rejects.toMatchObject({ code: "ValidationException" });
  });

  test("is refused of another kind of connection", async () => {
    account.connections[CONNECTION_ARN] = { type: "SALESFORCE" };
    await expect(call("Create", key("Id"))).rejects.toMatchObject({ code: "ValidationException" });
  });
});

describe("what an integration loads", () => {
  const FULL = { table: "orders", unnest: "FULL", partition: [] };
  const TOP = { table: "orders", unnest: "TOPLEVEL", partition: [MONTH], targetTable: "o" };

  test("is first laid out as the properties of that moment say", async () => {
    await create({ UnnestSpec: "TOPLEVEL", PartitionSpec: [MONTH], TargetTableName: "o" });
    await create({ UnnestSpec: "NOUNNEST" }, { ...ORDERS, TableName: "other" });
    await integrate();
    expect(emulator.loads("orders-to-lake")).toEqual([{ ...TOP, reason: "created" }]);
  });

  test("is first laid out as AWS does where there are none", async () => {
    await integrate();
    expect(emulator.loads("orders-to-lake")).toEqual([{ ...FULL, reason: "created" }]);
  });

  test("is loaded again for every change of layout, and nothing else", async () => {
    await integrate();
    await create({ UnnestSpec: "FULL", TargetTableName: "o" });
    expect(emulator.loads("orders-to-lake")).toHaveLength(1);
    await update({ UnnestSpec: "TOPLEVEL", PartitionSpec: [MONTH], TargetTableName: "o" });
    await update({ UnnestSpec: "TOPLEVEL", PartitionSpec: [MONTH], TargetTableName: "o" });
    expect(emulator.loads("orders-to-lake").slice(1)).toEqual([{ ...TOP, reason: "resync" }]);
    await call("Delete", ORDERS);
    expect(emulator.loads("orders-to-lake").slice(2)).toEqual([{ ...FULL, reason: "resync" }]);
  });

  test("is not touched by the properties of another table", async () => {
    await integrate();
    await create({ UnnestSpec: "NOUNNEST" }, { ...ORDERS, TableName: "other" });
    expect(emulator.loads("orders-to-lake")).toHaveLength(1);
  });

  test("is loaded no more once it has failed", async () => {
    await integrate();
    emulator.setStatus("orders-to-lake", "FAILED");
    await create({ UnnestSpec: "NOUNNEST" });
    expect(emulator.loads("orders-to-lake")).toHaveLength(1);
  });

  test("is being synced while it is loaded again", async () => {
    await integrate();
    emulator.timing.settleReads = 1;
    await create({ UnnestSpec: "NOUNNEST" });
    expect([await status(), await status()]).toEqual(["SYNCING", "ACTIVE"]);
  });

  test("of a connection is what has properties in the target", async () => {
    account.connections[CONNECTION_ARN] = { type: "SALESFORCE" };
    await create({ UnnestSpec: "TOPLEVEL" }, { ...ORDERS, TableName: "Account" });
    await client.json("glue", "CreateIntegration", {
      IntegrationName: "crm",
      SourceArn: CONNECTION_ARN,
      TargetArn: DATABASE_ARN,
    });
    expect(emulator.loads("crm")).toEqual([
      { reason: "created", table: "Account", unnest: "TOPLEVEL", partition: [] },
    ]);
    await create({ UnnestSpec: "NOUNNEST" }, { ...ORDERS, TableName: "Contact" });
    expect(emulator.loads("crm").at(-1)).toMatchObject({ reason: "resync", table: "Contact" });
  });
});

describe("an integration that is modified", () => {
  const modify = (IntegrationIdentifier: string): Promise<JsonObject> =>
    client.json("glue", "ModifyIntegration", {
      IntegrationIdentifier,
      IntegrationConfig: { RefreshInterval: "30" },
    });

  test("is busy, then active", async () => {
    const arn = await integrate();
    emulator.timing.settleReads = 1;
    expect(await modify(arn)).toMatchObject({
      Status: "MODIFYING",
      IntegrationConfig: { RefreshInterval: "30" },
    });
    await expect(modify(arn)).rejects.toMatchObject({ code: "InvalidIntegrationStateFault" });
    expect([await status(), await status()]).toEqual(["MODIFYING", "ACTIVE"]);
    await expect(modify(arn)).resolves.toBeDefined();
  });

  test.each(["FAILED", "SYNCING"] as const)("must not be %s", async (state) => {
    const arn = await integrate();
    if (state === "FAILED") emulator.setStatus("orders-to-lake", state);
    emulator.timing.settleReads = 1;
    if (state === "SYNCING") await create({ UnnestSpec: "NOUNNEST" });
    await expect(modify(arn)).rejects.toMatchObject({
      code: "InvalidIntegrationStateFault",
      message: `Integration ${arn} is in state ${state}.`,
    });
  });

  test("may need attention", async () => {
    const arn = await integrate();
    emulator.setStatus("orders-to-lake", "NEEDS_ATTENTION", [{ ErrorCode: "X", ErrorMessage: "y" }]);
    await expect(modify(arn)).resolves.toBeDefined();
  });

  test("may be deleted while it is synced", async () => {
    const arn = await integrate();
    emulator.timing.settleReads = 1;
    await create({ UnnestSpec: "NOUNNEST" });
    await expect(
      client.json("glue", "DeleteIntegration", { IntegrationIdentifier: arn }),
    ).resolves.toMatchObject({ Status: "DELETING" });
  });
});

describe("what comes into a target", () => {
  const inbound = (TargetArn: string): Promise<JsonObject> =>
    client.json("glue", "DescribeInboundIntegrations", { TargetArn });

  test("is told with its errors", async () => {
    await integrate();
    const errors = [{ ErrorCode: "X", ErrorMessage: "y" }];
    emulator.setStatus("orders-to-lake", "NEEDS_ATTENTION", errors);
    expect(await inbound(DATABASE_ARN)).toMatchObject({
      InboundIntegrations: [{ SourceArn: TABLE_ARN, Status: "NEEDS_ATTENTION", Errors: errors }],
    });
  });

  test("is nothing in a target that is there, and an error of one that is not", async () => {
    expect(await inbound(DATABASE_ARN)).toEqual({ InboundIntegrations: [] });
    await expect(inbound(`${DATABASE_ARN}_other`)).rejects.toMatchObject({
      code: "TargetResourceNotFound",
    });
  });

  test("is told in its own region only", async () => {
    await integrate();
    const elsewhere = client.with({ region: "eu-west-1" });
    expect(await elsewhere.json("glue", "DescribeInboundIntegrations")).toEqual({ InboundIntegrations: [] });
  });
});
