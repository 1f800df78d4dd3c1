import {
  ACCOUNT,
  AUTHORIZE_STATEMENT,
  CALLER,
  CATALOG_ARN,
  DATABASE_ARN,
  FakeAccount,
  KEY_ARN,
  OTHER_ACCOUNT,
  ROLE_ARN,
  ROLE_STATEMENTS,
  TABLE_ARN,
  TABLE_STATEMENT,
  policy,
} from "./fake-account";
import { type Condition, Integrations, type NewIntegration } from "./integrations";
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

const settled = async (): Promise<Condition | undefined> => integrations.settle(await create());

/** Code and message, as a caller sees them. */
const refusal = async (call: Promise<unknown> | (() => unknown)): Promise<string> => {
  try {
    await (typeof call === "function" ? call() : call);
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return "accepted";
};

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

  describe("into another account", () => {
    const targetArn = `arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:database/sales_lake`;
    const Resource = [targetArn, `arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:catalog`];
    const statement = {
      Effect: "Allow" as const,
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "glue:CreateInboundIntegration",
      Resource,
      Condition: { StringLike: { "aws:SourceArn": TABLE_ARN } },
    };
    const denied = `AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: glue:CreateInboundIntegration on resource: ${targetArn}`;

    beforeEach(() => {
      account.databases[targetArn] = { locationUri: "s3://acme-lake/sales/" };
    });

    test("without a catalog policy there", async () => {
      expect(await refusal(create({ targetArn }))).toBe(denied);
    });

    test("with a policy for another source", async () => {
      const Condition = { StringLike: { "aws:SourceArn": `${TABLE_ARN}-other` } };
      account.catalogPolicies[OTHER_ACCOUNT] = policy({ ...statement, Condition });
      expect(await refusal(create({ targetArn }))).toBe(denied);
    });

    test("with a policy for the database but not the catalog", async () => {
      account.catalogPolicies[OTHER_ACCOUNT] = policy({ ...statement, Resource: targetArn });
      expect(await refusal(create({ targetArn }))).toBe(denied);
    });

    test("but not with the policy of the user guide", async () => {
      account.catalogPolicies[OTHER_ACCOUNT] = policy(statement);
      expect(await refusal(create({ targetArn }))).toBe("accepted");
    });
  });
});

describe("an integration needs attention", () => {
  const codes = async (): Promise<string[]> => {
    const condition = await settled();
    expect(condition?.status).toBe("NEEDS_ATTENTION");
    return condition?.errors.map(({ ErrorCode }) => ErrorCode) ?? [];
  };
  const message = async (): Promise<string | undefined> => (await settled())?.errors[0]?.ErrorMessage;

  const spoilTable = (changed: object): void => {
    account.tables[TABLE_ARN] = {
      status: "ACTIVE",
      pointInTimeRecovery: true,
      policy: policy(TABLE_STATEMENT),
      ...changed,
    };
  };
  const spoilRole = (changed: object): void => {
    const role = account.roles[ROLE_ARN];
    if (role === undefined) throw new Error("no role");
    account.roles[ROLE_ARN] = { ...role, ...changed };
  };

  test("without point-in-time recovery", async () => {
    spoilTable({ pointInTimeRecovery: false });
    expect(await message()).toBe(`Point-in-time recovery is not enabled on table ${TABLE_ARN}.`);
  });

  test("with the key that AWS manages, but not with a customer's", async () => {
    spoilTable({ kmsKeyArn: KEY_ARN });
    account.keys[KEY_ARN] = "AWS";
    expect(await codes()).toEqual(["SOURCE_KMS_KEY_NOT_SUPPORTED"]);
    account.keys[KEY_ARN] = "CUSTOMER";
    expect(await integrations.settle(await create({ name: "another" }))).toMatchObject({ status: "ACTIVE" });
  });

  test("without a table policy", async () => {
    account.tables[TABLE_ARN] = { status: "ACTIVE", pointInTimeRecovery: true };
    expect(await codes()).toEqual(["SOURCE_ACCESS_DENIED"]);
  });

  test("when the table policy lacks an action", async () => {
    spoilTable({ policy: policy({ ...TABLE_STATEMENT, Action: ["dynamodb:Describe*"] }) });
    expect(await message()).toBe(
      `The policy of table ${TABLE_ARN} does not allow glue.amazonaws.com: dynamodb:ExportTableToPointInTime.`,
    );
  });

  test.each<[string, object]>([
    ["another account", { StringEquals: { "aws:SourceAccount": OTHER_ACCOUNT } }],
    ["another source", { ArnLike: { "aws:SourceArn": `arn:aws:glue:us-west-2:${ACCOUNT}:integration:*` } }],
    [
      "Redshift's integrations",
      { ArnLike: { "aws:SourceArn": `arn:aws:redshift:us-east-1:${ACCOUNT}:integration:*` } },
    ],
  ])("when the table policy is for %s", async (_name, Condition) => {
    spoilTable({ policy: policy({ ...TABLE_STATEMENT, Condition } as typeof TABLE_STATEMENT) });
    expect(await codes()).toEqual(["SOURCE_ACCESS_DENIED"]);
  });

  test("when the table policy is for another service", async () => {
    spoilTable({ policy: policy({ ...TABLE_STATEMENT, Principal: { Service: "redshift.amazonaws.com" } }) });
    expect(await codes()).toEqual(["SOURCE_ACCESS_DENIED"]);
  });

  test("when the table policy names the table for an action on its exports", async () => {
    spoilTable({ policy: policy({ ...TABLE_STATEMENT, Resource: TABLE_ARN }) });
    expect(await message()).toMatch(/dynamodb:DescribeExport\.$/);
  });

  test("when a statement denies what another allows", async () => {
    spoilTable({ policy: policy(TABLE_STATEMENT, { ...TABLE_STATEMENT, Effect: "Deny", Principal: "*" }) });
    expect(await codes()).toEqual(["SOURCE_ACCESS_DENIED"]);
  });

  test("when the table is gone", async () => {
    const integration = await create();
    delete account.tables[TABLE_ARN];
    expect((await integrations.settle(integration))?.errors).toEqual([
      { ErrorCode: "SOURCE_NOT_FOUND", ErrorMessage: `Source table ${TABLE_ARN} does not exist.` },
    ]);
  });

  test("when the database is gone", async () => {
    const integration = await create();
    delete account.databases[DATABASE_ARN];
    expect((await integrations.settle(integration))?.errors).toMatchObject([
      { ErrorCode: "TARGET_NOT_FOUND" },
    ]);
  });

  test("when the database has no location", async () => {
    account.databases[DATABASE_ARN] = {};
    expect(await codes()).toEqual(["TARGET_LOCATION_MISSING"]);
  });

  test("without a catalog policy", async () => {
    delete account.catalogPolicies[ACCOUNT];
    expect(await codes()).toEqual(["TARGET_AUTHORIZATION_FAILED"]);
  });

  test.each<[string, object]>([
    ["another service", { Principal: { Service: "redshift.amazonaws.com" } }],
    ["another source", { Condition: { StringEquals: { "aws:SourceArn": `${TABLE_ARN}-other` } } }],
    ["another database", { Resource: [CATALOG_ARN, `${DATABASE_ARN}_other`] }],
    ["the database but not the catalog", { Resource: DATABASE_ARN }],
    ["the catalog but not the database", { Resource: CATALOG_ARN }],
    ["another action", { Action: "glue:CreateInboundIntegration" }],
  ])("when the catalog policy authorises %s", async (_name, changed) => {
    account.catalogPolicies[ACCOUNT] = policy({ ...AUTHORIZE_STATEMENT, ...changed });
    expect(await codes()).toEqual(["TARGET_AUTHORIZATION_FAILED"]);
  });

  test("without a resource property", async () => {
    state.resourceProperties.clear();
    expect(await codes()).toEqual(["UNRECOVERABLE_ACCESS_DENIED"]);
  });

  test("with a resource property for the other side only", async () => {
    const property = state.resourceProperties.get(DATABASE_ARN);
    if (property === undefined) throw new Error("no property");
    property.source = { RoleArn: ROLE_ARN };
    delete property.target;
    expect(await codes()).toEqual(["UNRECOVERABLE_ACCESS_DENIED"]);
  });

  test("when the role does not exist", async () => {
    delete account.roles[ROLE_ARN];
    expect(await codes()).toEqual(["TARGET_ROLE_NOT_FOUND"]);
  });

  test("when the service cannot assume the role", async () => {
    const Principal = { Service: "lambda.amazonaws.com" };
    spoilRole({ trust: policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole" }) });
    expect(await codes()).toEqual(["TARGET_ROLE_NOT_ASSUMABLE"]);
  });

  test.each(ROLE_STATEMENTS.map((statement, index) => [[statement.Action].flat()[0], index] as const))(
    "when the role lacks the statement with %s",
    async (action, index) => {
      spoilRole({ policies: [policy(...ROLE_STATEMENTS.filter((_, other) => other !== index))] });
      expect(await message()).toContain(`Role ${ROLE_ARN} lacks permissions: ${String(action)}`);
    },
  );

  test.each([
    ["another bucket", "arn:aws:s3:::other-lake/sales/*"],
    ["another prefix", "arn:aws:s3:::acme-lake/hr/*"],
    ["the prefix alone", "arn:aws:s3:::acme-lake/sales"],
  ])("when the role may write to %s", async (_name, Resource) => {
    const statements = ROLE_STATEMENTS.map((one, index) => (index === 1 ? { ...one, Resource } : one));
    spoilRole({ policies: [policy(...statements)] });
    expect(await message()).toBe(
      `Role ${ROLE_ARN} lacks permissions: ` +
        ["GetObject", "PutObject", "DeleteObject"]
          .map((action) => `s3:${action} on arn:aws:s3:::acme-lake/sales/orders/data/0.parquet`)
          .join(", ") +
        ".",
    );
  });

  test("of everything that is wrong at once", async () => {
    spoilTable({ pointInTimeRecovery: false });
    delete account.catalogPolicies[ACCOUNT];
    expect(await codes()).toEqual(["SOURCE_PITR_DISABLED", "TARGET_AUTHORIZATION_FAILED"]);
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
