import { ACCOUNT, CALLER, DATABASE_ARN, FakeAccount, KEY_ARN, ROLE_ARN, TABLE_ARN } from "./fake-account";
import { Integrations, type NewIntegration } from "./integrations";
import { refusal } from "./refusal";
import { QUOTAS } from "./rules/create-integration";
import { type Integration, ZeroEtlState } from "./state";

const ASKED: NewIntegration = { name: "orders-to-lake", sourceArn: TABLE_ARN, targetArn: DATABASE_ARN };

let account: FakeAccount;
let state: ZeroEtlState;
let integrations: Integrations;

beforeEach(() => {
  account = new FakeAccount();
  state = new ZeroEtlState();
  state.resourceProperties.set(DATABASE_ARN, {
    resourceArn: DATABASE_ARN,
    arn: `arn:aws:glue:us-east-1:${ACCOUNT}:integrationresourceproperty/database/sales_lake`,
    target: { RoleArn: ROLE_ARN },
    tags: [],
  });
  integrations = new Integrations(state, account);
});

const create = (changed: Partial<NewIntegration> = {}): Promise<Integration> =>
  integrations.create(CALLER, { ...ASKED, ...changed });

describe("life", () => {
  test("created, then active once it has been looked at", async () => {
    const integration = await create();
    expect(integration.arn).toMatch(/^arn:aws:glue:us-east-1:111122223333:integration:[0-9a-f-]{36}$/);
    expect(await integrations.observe(integration)).toEqual({ status: "CREATING", errors: [] });
    expect(await integrations.observe(integration)).toEqual({ status: "ACTIVE", errors: [] });
  });

  test("modified, then active again", async () => {
    const integration = await create();
    await integrations.settle(integration);
    integrations.modify(CALLER, integration.arn, {
      config: { RefreshInterval: "60" },
      description: "Orders",
    });
    expect(await integrations.observe(integration)).toMatchObject({ status: "MODIFYING" });
    expect(await integrations.observe(integration)).toMatchObject({ status: "ACTIVE" });
    expect(integration).toMatchObject({ config: { RefreshInterval: "60" }, description: "Orders" });
  });

  test("deleting, then gone", async () => {
    const integration = await create();
    await integrations.settle(integration);
    integrations.delete(CALLER, integration.arn);
    expect(await integrations.observe(integration)).toMatchObject({ status: "DELETING" });
    expect(await integrations.observe(integration)).toBeUndefined();
    expect(await refusal(() => integrations.get(CALLER, integration.arn))).toBe(
      `IntegrationNotFoundFault: Integration ${integration.arn} not found.`,
    );
  });

  test("a status fixed by a test stays until it is freed", async () => {
    const integration = await create();
    integration.fixed = { status: "FAILED", errors: [{ ErrorCode: "X", ErrorMessage: "y" }] };
    expect(await integrations.settle(integration)).toEqual(integration.fixed);
    delete integration.fixed;
    expect(await integrations.settle(integration)).toMatchObject({ status: "ACTIVE" });
  });

  test("needs attention for as long as the cause lasts", async () => {
    const integration = await create();
    const table = account.tables[TABLE_ARN];
    if (table === undefined) throw new Error("no table");
    account.tables[TABLE_ARN] = { ...table, pointInTimeRecovery: false };
    expect(await integrations.settle(integration)).toMatchObject({ status: "NEEDS_ATTENTION" });
    account.tables[TABLE_ARN] = table;
    expect(await integrations.settle(integration)).toMatchObject({ status: "ACTIVE" });
  });
});

describe("CreateIntegration refuses", () => {
  test("a source table that does not exist", async () => {
    delete account.tables[TABLE_ARN];
    expect(await refusal(create())).toBe(
      `ResourceNotFoundException: Source table ${TABLE_ARN} was not found.`,
    );
  });

  test("a source that is no source", async () => {
    expect(await refusal(create({ sourceArn: "arn:aws:s3:::orders" }))).toBe(
      "ValidationException: Provided source id is not valid: arn:aws:s3:::orders",
    );
    expect(await refusal(create({ sourceArn: "orders" }))).toBe(
      "ValidationException: Provided source id is not valid: not an ARN",
    );
  });

  test("a target that is no target", async () => {
    const targetArn = `arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/b`;
    expect(await refusal(create({ targetArn }))).toBe(
      `ValidationException: Provided target id is not valid: ${targetArn}`,
    );
  });

  test("a database that does not exist", async () => {
    delete account.databases[DATABASE_ARN];
    expect(await refusal(create())).toBe("EntityNotFoundException: Database sales_lake not found.");
  });

  test("a database with a hyphen in its name", async () => {
    const targetArn = `arn:aws:glue:us-east-1:${ACCOUNT}:database/sales-lake`;
    expect(await refusal(create({ targetArn }))).toBe(
      "ValidationException: Database name sales-lake contains invalid characters.",
    );
  });

  test("a filter on a DynamoDB source", async () => {
    expect(await refusal(create({ dataFilter: "include: orders" }))).toBe(
      "ValidationException: DataFilter is not supported for DynamoDB sources.",
    );
  });

  test("a single snapshot of a DynamoDB source", async () => {
    expect(await refusal(create({ config: { ContinuousSync: false } }))).toBe(
      "ValidationException: ContinuousSync cannot be disabled for DynamoDB sources.",
    );
  });

  test.each(["14", "8641", "", "1h", "15.5", "-15"])("a refresh interval of %j", async (RefreshInterval) => {
    expect(await refusal(create({ config: { RefreshInterval } }))).toBe(
      `ValidationException: RefreshInterval must be between 15 and 8640 minutes, but is ${RefreshInterval}.`,
    );
  });

  test.each(["15", "8640"])("but not a refresh interval of %j", async (RefreshInterval) => {
    expect(await refusal(create({ config: { RefreshInterval } }))).toBe("accepted");
  });

  test("an encryption context without a key", async () => {
    expect(await refusal(create({ encryptionContext: { team: "data" } }))).toBe(
      "ValidationException: AdditionalEncryptionContext can only be provided with KmsKeyId.",
    );
    account.keys[KEY_ARN] = "CUSTOMER";
    expect(await refusal(create({ encryptionContext: { team: "data" }, kmsKeyId: KEY_ARN }))).toBe(
      "accepted",
    );
  });

  test("a key that does not exist", async () => {
    expect(await refusal(create({ kmsKeyId: KEY_ARN }))).toBe(
      `KMSKeyNotAccessibleFault: The KMS key ${KEY_ARN} is not accessible.`,
    );
  });

  test("a second integration of the same name", async () => {
    await create();
    expect(await refusal(create())).toBe("ConflictException: Integration orders-to-lake already exists.");
  });

  test("two of the same name at once", async () => {
    const both = await Promise.all([refusal(create()), refusal(create())]);
    expect(both.sort()).toEqual([
      "ConflictException: Integration orders-to-lake already exists.",
      "accepted",
    ]);
  });

  test("one integration more than a source may have", async () => {
    for (let index = 0; index < QUOTAS.perSource; index += 1) await create({ name: `n${index}` });
    expect(await refusal(create({ name: "one-more" }))).toBe(
      "IntegrationQuotaExceededFault: The quota of 15 integrations per source is reached.",
    );
  });

  test("one integration more than an account may have", async () => {
    for (let index = 0; index < QUOTAS.perAccount; index += 1) {
      const sourceArn = `${TABLE_ARN}${Math.floor(index / 10)}`;
      account.tables[sourceArn] = { status: "ACTIVE", pointInTimeRecovery: true };
      await create({ name: `n${index}`, sourceArn });
    }
    expect(await refusal(create({ name: "one-more" }))).toBe(
      "IntegrationQuotaExceededFault: The quota of 25 integrations per account is reached.",
    );
  });
});

describe("ModifyIntegration and DeleteIntegration refuse", () => {
  const existing = async (): Promise<Integration> => {
    const integration = await create();
    await integrations.settle(integration);
    return integration;
  };
  const modify = (integration: Integration, changes: object): Promise<string> =>
    refusal(() => integrations.modify(CALLER, integration.arn, changes));

  test("what does not exist", async () => {
    expect(await refusal(() => integrations.modify(CALLER, "nothing", {}))).toBe(
      "IntegrationNotFoundFault: Integration nothing not found.",
    );
    expect(await refusal(() => integrations.delete(CALLER, "nothing"))).toMatch(/^IntegrationNotFoundFault/);
  });

  test("what is busy", async () => {
    const integration = await create();
    const busy = `InvalidIntegrationStateFault: Integration ${integration.arn} is in state CREATING.`;
    expect(await modify(integration, { description: "x" })).toBe(busy);
    expect(await refusal(() => integrations.delete(CALLER, integration.arn))).toBe(busy);
  });

  test("an interval out of range", async () => {
    expect(await modify(await existing(), { config: { RefreshInterval: "14" } })).toMatch(
      /^ValidationException: Refresh/,
    );
  });

  test("a setting that cannot change", async () => {
    expect(await modify(await existing(), { config: { ContinuousSync: true } })).toBe(
      "ValidationException: Only RefreshInterval of IntegrationConfig can be modified.",
    );
  });

  test("a filter on a DynamoDB source", async () => {
    expect(await modify(await existing(), { dataFilter: "include: a" })).toMatch(
      /DataFilter is not supported/,
    );
  });

  test("a name that is taken", async () => {
    const integration = await existing();
    await create({ name: "taken" });
    expect(await modify(integration, { name: "taken" })).toBe(
      "ConflictException: Integration taken already exists.",
    );
    expect(await modify(integration, { name: "orders-to-lake" })).toBe("accepted");
  });
});
