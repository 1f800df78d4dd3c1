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
} from "../fake-account";
import { type Condition, Integrations, type NewIntegration } from "../integrations";
import { type Integration, ZeroEtlState } from "../state";

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
