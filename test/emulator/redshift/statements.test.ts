import { ACCOUNT, TABLE_ARN } from "../fake-account";
import { type FakeStage, fakeStage } from "../fake-backend";
import {
  SECRET_ARN,
  SERVERLESS_NAMESPACE_ARN,
  VM_CLUSTER_ARN,
  addOracle,
  addWarehouse,
  namespacePolicy,
  openTableToRedshift,
  spoilWarehouse,
} from "../fake-pairs";
import type { JsonObject } from "../wire";

const CLUSTER = {
  ClusterIdentifier: "warehouse",
  ClusterStatus: "available",
  DBName: "main",
  MasterUsername: "admin",
  NodeType: "ra3.xlplus",
  Encrypted: true,
};

let stage: FakeStage;

beforeEach(async () => {
  stage = fakeStage();
  stage.backend.answers({ "redshift.DescribeClusters": { Clusters: [CLUSTER] } });
  await stage.client.json("redshift-serverless", "CreateNamespace", {
    namespaceName: "warehouse",
    namespaceId: SERVERLESS_NAMESPACE_ARN.split("/")[1] ?? "",
  });
  await stage.client.json("redshift-serverless", "CreateWorkgroup", {
    workgroupName: "analysts",
    namespaceName: "warehouse",
  });
  openTableToRedshift(stage.account);
  addWarehouse(stage.account, SERVERLESS_NAMESPACE_ARN, TABLE_ARN);
});

/** Id of an integration into the workgroup. */
const integration = async (IntegrationName = "orders"): Promise<string> => {
  const made = await stage.client.query("redshift", "CreateIntegration", {
    IntegrationName,
    SourceArn: TABLE_ARN,
    TargetArn: SERVERLESS_NAMESPACE_ARN,
  });
  return String(made["IntegrationArn"]).split(":").at(-1) ?? "";
};

const active = async (): Promise<string> => {
  stage.emulator.timing.settleReads = 0;
  return integration();
};

const execute = (Sql: string, input: JsonObject = {}): Promise<JsonObject> =>
  stage.client.json("redshift-data", "ExecuteStatement", {
    WorkgroupName: "analysts",
    Database: "dev",
    Sql,
    ...input,
  });

/** Status of a statement once it was run, with the warehouse's complaint. */
const ran = async (Sql: string, input: JsonObject = {}): Promise<string> => {
  const { Id } = await execute(Sql, input);
  const described = await stage.client.json("redshift-data", "DescribeStatement", { Id });
  const { Status, Error: complaint } = described as { Status: string; Error?: string };
  return complaint === undefined ? Status : `${Status}: ${complaint}`;
};

describe("a database is made of an integration", () => {
  test("that is active, and the statement is kept", async () => {
    const id = await active();
    const sql = `CREATE DATABASE "Orders" FROM INTEGRATION '${id}';`;
    expect(await ran(sql)).toBe("FINISHED");
    expect(stage.emulator.sqlStatements).toMatchObject([
      {
        sql,
        database: "dev",
        workgroupName: "analysts",
        namespaceArn: SERVERLESS_NAMESPACE_ARN,
        status: "FINISHED",
      },
    ]);
    expect(stage.emulator.state.warehouseDatabases.get(SERVERLESS_NAMESPACE_ARN)).toEqual(
      new Set(["dev", "Orders"]),
    );
  });

  test("but not while that is being made", async () => {
    const id = await integration();
    const sql = `create database orders\n  from integration '${id}'`;
    expect(await ran(sql)).toBe(`FAILED: ERROR: Integration ${id} is not active, its state is creating`);
    expect(await ran(sql)).toBe("FINISHED");
  });

  test("but not while that needs attention", async () => {
    const id = await active();
    spoilWarehouse(stage.account, SERVERLESS_NAMESPACE_ARN, {
      policy: namespacePolicy(SERVERLESS_NAMESPACE_ARN, `${TABLE_ARN}-2`),
    });
    expect(await ran(`CREATE DATABASE orders FROM INTEGRATION '${id}'`)).toBe(
      `FAILED: ERROR: Integration ${id} is not active, its state is needs_attention`,
    );
  });

  test.each(["0f1e2d3c-0000-4000-8000-000000000001", "arn", ""])("but not of %s", async (id) => {
    await active();
    expect(await ran(`CREATE DATABASE orders FROM INTEGRATION '${id}'`)).toBe(
      `FAILED: ERROR: Integration ${id} does not exist`,
    );
  });

  test("but not in another warehouse than the integration's", async () => {
    const id = await active();
    const elsewhere = {
      WorkgroupName: undefined,
      ClusterIdentifier: "warehouse",
      Database: "main",
      DbUser: "admin",
    };
    expect(await ran(`CREATE DATABASE orders FROM INTEGRATION '${id}'`, elsewhere)).toBe(
      `FAILED: ERROR: Integration ${id} does not exist`,
    );
  });

  test("but not twice", async () => {
    const id = await active();
    const sql = `CREATE DATABASE "orders" FROM INTEGRATION '${id}'`;
    await ran(sql);
    expect(await ran(sql)).toBe('FAILED: ERROR: database "orders" already exists');
    expect(await ran(`CREATE DATABASE Orders FROM INTEGRATION '${id}'`)).toBe(
      'FAILED: ERROR: database "orders" already exists',
    );
  });

  test("from Oracle, within which a database is named", async () => {
    addOracle(stage.account);
    addWarehouse(stage.account, SERVERLESS_NAMESPACE_ARN, VM_CLUSTER_ARN);
    stage.emulator.timing.settleReads = 0;
    const made = await stage.client.json("glue", "CreateIntegration", {
      IntegrationName: "erp",
      SourceArn: VM_CLUSTER_ARN,
      TargetArn: SERVERLESS_NAMESPACE_ARN,
      DataFilter: "include: pdb1.*.*",
      IntegrationConfig: { SourceProperties: { "secret-arn": SECRET_ARN } },
    });
    const id = String(made["IntegrationArn"]).split(":").at(-1) ?? "";
    expect(await ran(`CREATE DATABASE erp FROM INTEGRATION '${id}'`)).toBe(
      `FAILED: ERROR: Integration ${id} needs the name of a source database: DATABASE "..."`,
    );
    expect(await ran(`CREATE DATABASE erp FROM INTEGRATION '${id}' DATABASE "pdb1"`)).toBe("FINISHED");
  });
});

describe("in a cluster", () => {
  const there = { WorkgroupName: undefined, ClusterIdentifier: "warehouse", Database: "main" };

  test.each([
    [{ DbUser: "admin" }, "does not exist"],
    [{ SecretArn: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:admin-AbCdEf` }, "does not exist"],
    [{ DbUser: "reader" }, "FAILED: ERROR: permission denied to create database"],
    [{}, "FAILED: ERROR: permission denied to create database"],
  ])("with %j a database may be made, or not", async (user, expected) => {
    expect(await ran("CREATE DATABASE orders FROM INTEGRATION 'x'", { ...there, ...user })).toContain(
      expected,
    );
  });

  test("what the statement was run with comes back", async () => {
    const { Id } = await execute("DROP DATABASE x", { ...there, DbUser: "admin" });
    expect(await stage.client.json("redshift-data", "DescribeStatement", { Id })).toMatchObject({
      QueryString: "DROP DATABASE x",
      Database: "main",
      ClusterIdentifier: "warehouse",
      DbUser: "admin",
      HasResultSet: false,
    });
  });
});

test.each([
  ["ALTER DATABASE orders INTEGRATION SET REFRESH_INTERVAL 600;", "FINISHED"],
  ["ALTER DATABASE orders INTEGRATION REFRESH ALL TABLES", "FINISHED"],
  ["ALTER DATABASE other INTEGRATION REFRESH ALL TABLES", 'FAILED: ERROR: database "other" does not exist'],
  ["DROP DATABASE orders", "FINISHED"],
  ["DROP DATABASE other", 'FAILED: ERROR: database "other" does not exist'],
  ["SELECT 1", 'FAILED: ERROR: syntax error at or near "SELECT"'],
  ["CREATE DATABASE orders", 'FAILED: ERROR: syntax error at or near "CREATE"'],
])("%s", async (sql, expected) => {
  const id = await active();
  await ran(`CREATE DATABASE orders FROM INTEGRATION '${id}'`);
  expect(await ran(sql)).toBe(expected);
});

test("a statement runs in a database that exists", async () => {
  expect(await ran("DROP DATABASE dev", { Database: "missing" })).toBe(
    'FAILED: FATAL: database "missing" does not exist',
  );
});

test.each([
  [{ WorkgroupName: "missing" }, "Redshift endpoint doesn't exist in this region."],
  [
    { WorkgroupName: undefined, ClusterIdentifier: "missing" },
    "Redshift endpoint doesn't exist in this region.",
  ],
  [{ ClusterIdentifier: "warehouse" }, "Exactly one of ClusterIdentifier and WorkgroupName must be given."],
  [{ WorkgroupName: undefined }, "Exactly one of ClusterIdentifier and WorkgroupName must be given."],
  [{ Database: undefined }, "Sql and Database must be given."],
])("refuses %j", async (input, message) => {
  await expect(execute("SELECT 1", input)).rejects.toMatchObject({ code: "ValidationException", message });
});

test("a statement is not found by others", async () => {
  const { Id } = await execute("SELECT 1");
  await expect(stage.other.json("redshift-data", "DescribeStatement", { Id })).rejects.toMatchObject({
    code: "ResourceNotFoundException",
    message: "Query does not exist.",
  });
});
