import type { FakeAccount } from "./fakes";
import { CATALOG, CONNECTION, DATABASE, FakeFunction, INTEGRATION, TABLE, awsError } from "./fakes";

const INPUT = { kind: "table-properties", resourceArn: DATABASE, tableName: "orders" };
const TOP_LEVEL = { ...INPUT, unnest: "top-level" };
const MONTHLY = {
  ...INPUT,
  partitionBy: [
    { field: "created_at", function: "month", format: "iso" },
    { field: "region", function: "identity" },
  ],
};
const MONTHLY_SPEC = [
  { FieldName: "created_at", FunctionSpec: "month", ConversionSpec: "iso" },
  { FieldName: "region", FunctionSpec: "identity" },
];
const NAME = `orders in ${DATABASE}`;

let operator: FakeFunction;
let account: FakeAccount;

beforeEach(() => {
  operator = new FakeFunction();
  account = operator.account;
});

function replicate(change: object = {}): void {
  account.integrations = [
    { IntegrationArn: INTEGRATION, SourceArn: TABLE, TargetArn: DATABASE, Status: "ACTIVE", ...change },
  ];
}

describe("creating", () => {
  test("writes the declared properties in the words of the API", async () => {
    const result = await operator.create({ ...TOP_LEVEL, ...MONTHLY, targetTable: "sales" });
    expect(result).toEqual({ ok: true, changed: true, message: `${NAME} got the declared properties` });
    expect(account.table(DATABASE, "orders")).toEqual({
      TargetTableConfig: { UnnestSpec: "TOPLEVEL", PartitionSpec: MONTHLY_SPEC, TargetTableName: "sales" },
    });
    expect(account.calls).toEqual([
      "glue:getIntegrationTableProperties",
      "glue:describeInboundIntegrations",
      "glue:createIntegrationTableProperties",
      "glue:getIntegrationTableProperties",
    ]);
  });

  test.each([
    ["full", "FULL"],
    ["top-level", "TOPLEVEL"],
    ["none", "NOUNNEST"],
  ])("unnest %s is %s in the API", async (unnest, UnnestSpec) => {
    await operator.create({ ...INPUT, unnest });
    expect(account.table(DATABASE, "orders")).toEqual({ TargetTableConfig: { UnnestSpec } });
  });

  test("adopts an equal record without writing", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    const result = await operator.create(TOP_LEVEL);
    expect(result).toEqual({ ok: true, changed: false, message: `${NAME} has the declared properties` });
    expect(account.writes).toEqual([]);
  });

  test("updates another record, where no integration replicates the table yet", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { PartitionSpec: MONTHLY_SPEC } });
    await operator.create(TOP_LEVEL);
    expect(account.writes).toEqual(["glue:updateIntegrationTableProperties"]);
    expect(account.table(DATABASE, "orders")).toEqual({
      TargetTableConfig: { UnnestSpec: "TOPLEVEL", PartitionSpec: [] },
    });
  });

  test("a name that AWS writes in lower case is the declared one", async () => {
    account.setTable(DATABASE, "orders", {
      TargetTableConfig: { UnnestSpec: "FULL", TargetTableName: "sales" },
    });
    await expect(operator.create({ ...INPUT, targetTable: "Sales" })).resolves.toMatchObject({
      changed: false,
    });
  });

  test.each([
    ["orders", true],
    ["Orders.2024", false],
  ])("a record that shows the name %s without one being declared: adopted %s", async (shown, adopted) => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { TargetTableName: shown } });
    await expect(operator.create(INPUT)).resolves.toMatchObject({ ok: true, changed: !adopted });
  });

  test("goes on with the record that another apply makes meanwhile", async () => {
    account.fail("glue:createIntegrationTableProperties", ({ setTable }) => {
      setTable.call(account, DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "NOUNNEST" } });
    });
    await expect(operator.create(TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.table(DATABASE, "orders")).toEqual({ TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
  });

  test("makes the record again that somebody removes meanwhile", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "NOUNNEST" } });
    account.fail("glue:updateIntegrationTableProperties", () => account.tables.clear());
    await expect(operator.create(TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.writes).toEqual([
      "glue:updateIntegrationTableProperties",
      "glue:createIntegrationTableProperties",
    ]);
  });

  test("gives up where somebody else is faster each time", async () => {
    account.failAlways("glue:createIntegrationTableProperties", awsError("ConflictException"));
    await expect(operator.create(TOP_LEVEL)).resolves.toEqual({
      ok: false,
      code: "concurrent-changes",
      message: `the properties of ${NAME} were changed by somebody else each time`,
      remedy: "change attempt to run it again when there is less going on",
    });
    expect(account.writes).toHaveLength(12);
  });

  test("says what AWS shows where it took the properties and shows others", async () => {
    account.fail("glue:createIntegrationTableProperties", () => {
      account.fail(
        "glue:getIntegrationTableProperties",
        ...Array.from({ length: 60 }, () => () => {
          account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "FULL" } });
        }),
      );
    });
    await expect(operator.create({ ...TOP_LEVEL, targetTable: "sales" })).resolves.toEqual({
      ok: false,
      code: "not-shown",
      message: `AWS took the properties of ${NAME} and does not show them: the layout is unnest full and no partitionBy, not unnest top-level and no partitionBy; the target table is not named, not sales`,
      remedy: "declare what AWS shows, or change attempt to write them again",
    });
    expect(operator.clock.slept).toBeLessThanOrEqual(60_000);
  });

  test("reports an error of AWS, and leaves nothing behind", async () => {
    account.fail("glue:createIntegrationTableProperties", awsError("InvalidInputException", "Bad table."));
    await expect(operator.create(TOP_LEVEL)).resolves.toEqual({
      ok: false,
      code: "aws-error",
      message: `writing the properties of ${NAME} failed: InvalidInputException: Bad table`,
      awsCode: "InvalidInputException",
    });
    expect(account.tables.size).toBe(0);
  });
});

describe("a change of the layout of a table that replicates", () => {
  beforeEach(() => replicate());

  test("is refused, and nothing is changed", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.update({ ...MONTHLY, unnest: "none" }, TOP_LEVEL)).resolves.toEqual({
      ok: false,
      code: "layout-change",
      message: `changing unnest from top-level to none and partitionBy from nothing to month(created_at, iso), identity(region) would make AWS load ${NAME} again, and nothing was changed: ${INTEGRATION} replicates it`,
      remedy:
        "to have it loaded again, raise layoutVersion to 2 with the change (after a raised change that failed, it has to be raised again); to leave it as it is, declare unnest top-level and no partitionBy",
    });
    expect(account.writes).toEqual([]);
  });

  test.each<[string, object, object | null, boolean]>([
    ["without a version", {}, {}, false],
    ["with the version of before", { layoutVersion: 2 }, { layoutVersion: 2 }, false],
    ["with a lower version", { layoutVersion: 2 }, { layoutVersion: 3 }, false],
    ["with a raised version", { layoutVersion: 2 }, {}, true],
    ["with a version raised by more", { layoutVersion: 7 }, { layoutVersion: 3 }, true],
    ["at create without a version", {}, null, false],
    ["at create with version 1", { layoutVersion: 1 }, null, false],
    ["at create with version 2", { layoutVersion: 2 }, null, true],
  ])("%s: %#", async (_, now, before, accepted) => {
    const input = { ...TOP_LEVEL, ...now };
    const result = before === null ? operator.create(input) : operator.update(input, { ...INPUT, ...before });
    await expect(result).resolves.toMatchObject({ ok: accepted });
    expect(account.table(DATABASE, "orders") !== undefined).toBe(accepted);
  });

  test.each([
    [{}, {}, 2],
    [{ layoutVersion: 2 }, { layoutVersion: 2 }, 3],
    [{}, { layoutVersion: 4 }, 5],
    [{ layoutVersion: 3 }, { layoutVersion: 4 }, 5],
  ])("the refusal of %j after %j asks for version %d", async (now, before, next) => {
    const result = await operator.update({ ...TOP_LEVEL, ...now }, { ...INPUT, ...before });
    expect(result).toMatchObject({
      code: "layout-change",
      remedy: expect.stringContaining(`raise layoutVersion to ${next} with the change`),
    });
  });

  test("back to the default of AWS is a change, too", async () => {
    account.setTable(DATABASE, "orders", {
      TargetTableConfig: { UnnestSpec: "FULL", PartitionSpec: MONTHLY_SPEC },
    });
    await expect(operator.update(INPUT, MONTHLY)).resolves.toMatchObject({ code: "layout-change" });
    await expect(operator.update({ ...INPUT, layoutVersion: 2 }, MONTHLY)).resolves.toMatchObject({
      ok: true,
    });
    expect(account.table(DATABASE, "orders")).toEqual({
      TargetTableConfig: { UnnestSpec: "FULL", PartitionSpec: [] },
    });
  });

  test("the order of partition columns is part of the layout", async () => {
    account.setTable(DATABASE, "orders", {
      TargetTableConfig: { PartitionSpec: [...MONTHLY_SPEC].reverse() },
    });
    await expect(operator.update(MONTHLY, MONTHLY)).resolves.toMatchObject({ code: "layout-change" });
  });

  test("full and no record are the same layout", async () => {
    await expect(operator.create({ ...INPUT, unnest: "full" })).resolves.toMatchObject({
      ok: true,
      changed: true,
    });
    expect(account.calls).not.toContain("glue:describeInboundIntegrations");
  });

  test("another target table is no change of the layout", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.update({ ...TOP_LEVEL, targetTable: "sales" }, TOP_LEVEL)).resolves.toMatchObject({
      ok: true,
    });
    expect(account.table(DATABASE, "orders")?.TargetTableConfig).toEqual({
      UnnestSpec: "TOPLEVEL",
      TargetTableName: "sales",
    });
  });

  test("compares with what is live, not with the input of before", async () => {
    await expect(operator.update(TOP_LEVEL, TOP_LEVEL)).resolves.toMatchObject({ code: "layout-change" });
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.update(TOP_LEVEL, INPUT)).resolves.toMatchObject({ ok: true, changed: false });
  });

  test("says that a raise is spent when the raised change fails", async () => {
    account.fail("glue:createIntegrationTableProperties", awsError("ThrottlingException", "Rate exceeded"));
    await expect(operator.update({ ...TOP_LEVEL, layoutVersion: 2 }, TOP_LEVEL)).resolves.toEqual({
      ok: false,
      code: "aws-error",
      message: `writing the properties of ${NAME} failed: ThrottlingException: Rate exceeded`,
      awsCode: "ThrottlingException",
      remedy:
        "change attempt to run it again when there is less going on (docs/errors.md#throttling); raise layoutVersion to 3, as 2 was spent on this change",
    });
  });

  test.each([
    ["an integration of another DynamoDB table", { SourceArn: `${TABLE}-archive` }, true],
    ["an integration of a connection, whose entities cannot be told", { SourceArn: CONNECTION }, false],
    ["a failed integration", { Status: "FAILED" }, true],
    ["an integration that is being deleted", { Status: "DELETING" }, true],
    ["an integration that needs attention", { Status: "NEEDS_ATTENTION" }, false],
    ["an integration into another database", { TargetArn: `${DATABASE}_2` }, true],
  ])("%s: %j, accepted %s", async (_, change, accepted) => {
    replicate(change);
    await expect(operator.create(TOP_LEVEL)).resolves.toMatchObject({ ok: accepted });
  });

  const LIVE = { IntegrationArn: INTEGRATION, TargetArn: DATABASE, Status: "ACTIVE" };
  const OTHER_TABLE = { ...LIVE, SourceArn: `${TABLE}-archive` };
  const OF_CONNECTION = { ...LIVE, SourceArn: CONNECTION };
  const FORMER = { ...LIVE, IntegrationArn: `${INTEGRATION}7`, SourceArn: TABLE };

  test.each([
    ["lives, whatever its source", [OTHER_TABLE], INTEGRATION, false],
    ["is gone, and another table's is there", [OTHER_TABLE], `${INTEGRATION}7`, true],
    ["is gone, and another may replicate in its place", [OF_CONNECTION], `${INTEGRATION}7`, false],
    [
      "has failed, and another may replicate in its place",
      [{ ...FORMER, Status: "FAILED" }, OF_CONNECTION],
      `${INTEGRATION}7`,
      false,
    ],
    ["has failed, and it is alone", [{ ...FORMER, Status: "FAILED" }], `${INTEGRATION}7`, true],
  ])("the owner that AWS names %s", async (_, integrations, IntegrationArn, accepted) => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "NOUNNEST", IntegrationArn } });
    account.integrations = integrations;
    await expect(operator.update(TOP_LEVEL, TOP_LEVEL)).resolves.toMatchObject({ ok: accepted });
  });

  test("the owner that AWS names stays the owner", async () => {
    account.setTable(DATABASE, "orders", {
      TargetTableConfig: { UnnestSpec: "NOUNNEST", IntegrationArn: INTEGRATION },
    });
    await operator.update({ ...TOP_LEVEL, layoutVersion: 2 }, TOP_LEVEL);
    expect(account.table(DATABASE, "orders")).toEqual({
      TargetTableConfig: { UnnestSpec: "TOPLEVEL", IntegrationArn: INTEGRATION },
    });
  });

  test("looks at every page of integrations", async () => {
    const other = account.integrations.map((integration) => ({
      ...integration,
      SourceArn: `${TABLE}-archive`,
    }));
    account.integrations = [...other, ...other, ...account.integrations];
    account.pageSize = 1;
    await expect(operator.create(TOP_LEVEL)).resolves.toMatchObject({ code: "layout-change" });
    expect(account.requests.filter((request) => "Marker" in (request as object))).toHaveLength(3);
  });

  test.each(["TargetResourceNotFound", "EntityNotFoundException", "IntegrationNotFoundFault"])(
    "%s means that there is none",
    async (name) => {
      account.fail("glue:describeInboundIntegrations", awsError(name));
      await expect(operator.create(TOP_LEVEL)).resolves.toMatchObject({ ok: true });
    },
  );

  test("one is assumed where it cannot be told", async () => {
    account.integrations = [];
    account.fail("glue:describeInboundIntegrations", awsError("OperationNotSupportedException", "Not here."));
    const result = await operator.create(TOP_LEVEL);
    expect(result).toMatchObject({ code: "layout-change" });
    expect((result as { message: string }).message).toMatch(
      /whether an integration replicates it cannot be told \(OperationNotSupportedException: Not here\.\), so one is assumed$/,
    );
  });

  test("a fault of the program is not taken for an unknown", async () => {
    account.fail("glue:describeInboundIntegrations", () => {
      operator.clock.pass(700_000);
      throw awsError("TimeoutError");
    });
    await expect(operator.create(TOP_LEVEL)).resolves.toMatchObject({ code: "timeout" });
  });
});

describe("another table or target than before", () => {
  const NEXT = { ...TOP_LEVEL, tableName: "orders-2" };

  beforeEach(() => account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } }));

  test("takes the place of the former pair", async () => {
    await expect(operator.update(NEXT, TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: true });
    expect([...account.tables.keys()]).toEqual([`${DATABASE} orders-2`]);
  });

  test("nothing is changed where leaving the former pair would load its table again", async () => {
    replicate();
    await expect(operator.update(NEXT, TOP_LEVEL)).resolves.toEqual({
      ok: false,
      code: "layout-change",
      message: `leaving ${NAME} without its properties, unnest top-level and no partitionBy, would make AWS load the table again, and nothing was changed: ${INTEGRATION} replicates it`,
      remedy: `raise layoutVersion to 2 with the change; the properties of ${NAME} are still there: name that table again, and apply, to have them managed`,
    });
    expect(account.writes).toEqual([]);
    await expect(operator.update({ ...NEXT, layoutVersion: 2 }, TOP_LEVEL)).resolves.toMatchObject({
      ok: true,
    });
    expect([...account.tables.keys()]).toEqual([`${DATABASE} orders-2`]);
  });

  test("nothing is removed where the new pair is refused", async () => {
    replicate({ SourceArn: `${TABLE}-2` });
    await expect(operator.update(NEXT, TOP_LEVEL)).resolves.toMatchObject({ code: "layout-change" });
    expect(account.writes).toEqual([]);
  });

  test("an error while removing the former pair says that it is still there", async () => {
    account.fail("glue:deleteIntegrationTableProperties", awsError("InternalServiceException", "Oops."));
    await expect(operator.update(NEXT, TOP_LEVEL)).resolves.toEqual({
      ok: false,
      code: "aws-error",
      message: `removing the properties of ${NAME} failed: InternalServiceException: Oops`,
      awsCode: "InternalServiceException",
      remedy: `the properties of ${NAME} are still there: name that table again, and apply, to have them managed`,
    });
  });

  test.each([
    ["is gone", TOP_LEVEL, 0],
    ["was refused as of another account", { ...TOP_LEVEL, resourceArn: DATABASE.replace("1111", "4444") }, 1],
    ["was refused as malformed", { ...TOP_LEVEL, resourceArn: 7 }, 1],
  ])("a former pair that %s is no hindrance", async (_, former, left) => {
    if (left === 0) account.tables.clear();
    await expect(operator.update(NEXT, former)).resolves.toMatchObject({ ok: true });
    expect(account.tables.size).toBe(left + 1);
    expect(account.calls).not.toContain("glue:deleteIntegrationTableProperties");
  });
});

describe("deleting", () => {
  test("removes the record", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.delete(TOP_LEVEL)).resolves.toEqual({
      ok: true,
      changed: true,
      message: `${NAME} has no properties`,
    });
    expect(account.tables.size).toBe(0);
  });

  test("succeeds when it is gone", async () => {
    await expect(operator.delete(TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: false });
    account.setTable(DATABASE, "orders", {});
    account.fail("glue:deleteIntegrationTableProperties", () => account.tables.clear());
    await expect(operator.delete(TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: false });
  });

  test("throws where it would load the table again, and says how to go on", async () => {
    replicate();
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.delete({ ...TOP_LEVEL, layoutVersion: 4 })).rejects.toThrow(
      `removing the properties of ${NAME} would make AWS load the table again, unnest top-level and no partitionBy becoming unnest full and no partitionBy: ${INTEGRATION} replicates it [table-in-use]; remedy: remove the integration first, or declare unnest full without partitionBy and layoutVersion 5, apply, and then remove the options`,
    );
    expect(account.writes).toEqual([]);
  });

  test("a record of the default layout can go while the table replicates", async () => {
    replicate();
    account.setTable(DATABASE, "orders", {
      TargetTableConfig: { UnnestSpec: "FULL", TargetTableName: "sales" },
    });
    await expect(operator.delete(TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.calls).not.toContain("glue:describeInboundIntegrations");
  });

  test("another integration into the database is no hindrance", async () => {
    replicate({ SourceArn: `${TABLE}-archive` });
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.delete(TOP_LEVEL)).resolves.toMatchObject({ ok: true, changed: true });
  });

  test("throws what AWS says", async () => {
    account.setTable(DATABASE, "orders", {});
    account.fail("glue:deleteIntegrationTableProperties", awsError("InternalServiceException", "Oops."));
    await expect(operator.delete(TOP_LEVEL)).rejects.toThrow(
      `removing the properties of ${NAME} failed: InternalServiceException: Oops [aws-error]`,
    );
  });
});

describe("the primary key of an entity", () => {
  const KEYS = {
    ...INPUT,
    resourceArn: CONNECTION,
    tableName: "EntityOfMara",
    primaryKey: ["Matnr", "Mandt"],
  };
  const KEY_NAME = `EntityOfMara in ${CONNECTION}`;

  test("is set on the connection", async () => {
    await expect(operator.create(KEYS)).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.table(CONNECTION, "EntityOfMara")).toEqual({
      SourceTableConfig: { PrimaryKey: ["Matnr", "Mandt"] },
    });
    expect(account.calls).not.toContain("glue:describeInboundIntegrations");
  });

  test("is adopted in any order", async () => {
    account.setTable(CONNECTION, "EntityOfMara", { SourceTableConfig: { PrimaryKey: ["Mandt", "Matnr"] } });
    await expect(operator.create(KEYS)).resolves.toMatchObject({ ok: true, changed: false });
  });

  test("is set on a record that has none", async () => {
    account.setTable(CONNECTION, "EntityOfMara", {});
    await expect(operator.create(KEYS)).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.writes).toEqual(["glue:updateIntegrationTableProperties"]);
  });

  test("cannot change", async () => {
    account.setTable(CONNECTION, "EntityOfMara", { SourceTableConfig: { PrimaryKey: ["Matnr"] } });
    await expect(operator.update(KEYS, KEYS)).resolves.toEqual({
      ok: false,
      code: "primary-key-fixed",
      message: `the primary key of ${KEY_NAME} is Matnr and cannot become Matnr, Mandt: AWS does not change a primary key once it is set`,
      remedy: "declare Matnr, or replicate the entity through another connection",
    });
    expect(account.writes).toEqual([]);
  });

  test("goes with its record, whatever replicates", async () => {
    account.setTable(CONNECTION, "EntityOfMara", { SourceTableConfig: { PrimaryKey: ["Matnr"] } });
    await expect(operator.delete(KEYS)).resolves.toMatchObject({ ok: true, changed: true });
  });

  test("is read", async () => {
    await expect(operator.read(KEYS)).resolves.toEqual({
      ok: true,
      drift: [`${KEY_NAME} has no properties`],
    });
    account.setTable(CONNECTION, "EntityOfMara", {});
    await expect(operator.read(KEYS)).resolves.toEqual({
      ok: true,
      drift: [`${KEY_NAME}: the primary key is not set, not Matnr, Mandt`],
    });
  });
});

describe("reading", () => {
  test("names each difference", async () => {
    account.setTable(DATABASE, "orders", {
      TargetTableConfig: { PartitionSpec: MONTHLY_SPEC, TargetTableName: "elsewhere" },
    });
    await expect(operator.read({ ...TOP_LEVEL, targetTable: "sales" })).resolves.toEqual({
      ok: true,
      drift: [
        `${NAME}: the layout is unnest full and partitionBy month(created_at, iso), identity(region), not unnest top-level and no partitionBy`,
        `${NAME}: the target table is elsewhere, not sales`,
      ],
    });
  });

  test("finds nothing where there is nothing", async () => {
    account.setTable(DATABASE, "orders", { TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
    await expect(operator.read(TOP_LEVEL)).resolves.toEqual({ ok: true, drift: [] });
    expect(account.writes).toEqual([]);
  });
});

test("a catalog of a table bucket is a target as well", async () => {
  const resourceArn = `${CATALOG}/s3tablescatalog/lake`;
  await operator.create({ ...TOP_LEVEL, resourceArn });
  expect(account.table(resourceArn, "orders")).toEqual({ TargetTableConfig: { UnnestSpec: "TOPLEVEL" } });
});
