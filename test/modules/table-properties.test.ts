import type { App } from "cdktf";
import type { IntegrationTarget, TableOptions } from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  RedshiftManagedStorageTarget,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { operatorCall, operatorCalls } from "../support/operator-calls";
import { LAKE, ordersToLake } from "../support/orders-to-lake";
import type { StackJson } from "../support/synth";
import { PROD, failedSynth, synthStack } from "../support/synth";

const integrationIn = (stack: StackJson) =>
  Object.entries(stack.resources("aws_cloudcontrolapi_resource")).find(([name]) =>
    name.startsWith("Integrations_"),
  )?.[1] ?? {};
const asked = (stack: StackJson) =>
  operatorCalls(stack, "table-properties").map(({ input: { attempt, version, kind, ...rest } }) => rest);

describe("the options of a table", () => {
  const DATABASE = "arn:aws:glue:us-east-1:111122223333:database/sales_lake";

  test.each<[TableOptions]>([
    [{}],
    [{ unnest: "top-level" }],
    [{ unnest: "none" }],
    [{ unnest: "full", targetTable: "all_orders" }],
    [
      {
        partitionBy: [
          { field: "created_at", function: "month", format: "epoch_milli" },
          { field: "region", function: "identity" },
        ],
        layoutVersion: 3,
      },
    ],
  ])("reach the operator as they are: %j", (options) => {
    const stack = ordersToLake({ integration: { tables: { orders: options } } });
    expect(asked(stack)).toEqual([{ resourceArn: DATABASE, tableName: "orders", ...options }]);
  });

  test("are not asked for where there are none", () => {
    expect(asked(ordersToLake())).toEqual([]);
    expect(asked(ordersToLake({ integration: { tables: {} } }))).toEqual([]);
  });

  test("belong to the target by the ARN that AWS takes", () => {
    const into = (make: (scope: ZeroEtlStack) => IntegrationTarget) =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        new ZeroEtlIntegration(scope.integrations, "i", {
          source: DynamoDbSource.fromTableName(scope.sources, "orders", { table: "orders" }),
          target: make(scope),
          tables: { orders: { unnest: "none" } },
        });
      });
    const arns = [
      into(({ targets }) => new GlueDatabaseTarget(targets, "t", LAKE)),
      into(({ targets }) => new S3TablesTarget(targets, "t", { tableBucket: "acme-tables" })),
      into(({ targets }) => new RedshiftManagedStorageTarget(targets, "t", { catalog: "sales" })),
    ].map((stack) => asked(stack)[0]?.["resourceArn"]);
    expect(arns).toEqual([
      DATABASE,
      "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/acme-tables",
      "arn:aws:glue:us-east-1:111122223333:catalog/sales",
    ]);
  });

  test("are set once the target is there, and before the integration is", () => {
    const stack = ordersToLake({ integration: { tables: { orders: { unnest: "none" } } } });
    const { block } = operatorCall(stack, "table-properties");
    const after = (block["depends_on"] as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, ""));
    expect(after.slice(2)).toEqual([
      "aws_glue_catalog_database.Targets_lake_Database",
      "aws_iam_role.Targets_lake_Role",
      "aws_iam_role_policy.Targets_lake_Role_Policy",
      "aws_lambda_invocation.Propagation",
    ]);
    expect(integrationIn(stack)["depends_on"]).toContainEqual(
      expect.stringMatching(
        /^aws_lambda_invocation\.IntegrationTableProperties_glue-database_sales_lake_orders_/,
      ),
    );
  });

  test("are set in the target's account, by its operator, which may set no others", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const environment = scope.addEnvironment("lake", { region: "eu-west-1", account: "444455556666" });
      new ZeroEtlIntegration(scope.integrations, "i", {
        source: DynamoDbSource.fromTableName(scope.sources, "orders", { table: "orders" }),
        target: new GlueDatabaseTarget(scope.targets, "t", { ...LAKE, environment }),
        tables: { orders: { unnest: "none" } },
      });
    });
    const { block, input } = operatorCall(stack, "table-properties");
    expect([block["provider"], block["function_name"]]).toEqual([
      "aws.lake",
      "zero-etl-operator-orders-lake",
    ]);
    expect(input["resourceArn"]).toBe("arn:aws:glue:eu-west-1:444455556666:database/sales_lake");
    const may = Object.values(stack.resources("aws_iam_role_policy"))
      .filter(({ name }) => name === "zero-etl-operator")
      .map(({ provider, policy }) => [provider, String(policy).includes("CreateIntegrationTableProperties")]);
    expect(may).toEqual([
      [undefined, false],
      ["aws.lake", true],
    ]);
  });

  test("may be those of entities whose names are paths", () => {
    const entity = "/sap/opu/odata/sap/ZORDERS_SRV/Orders";
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "erp", PROD);
      new ZeroEtlIntegration(scope.integrations, "i", {
        source: new ConnectionSource(scope.sources, "erp", {
          kind: "sap-odata",
          connection: "erp",
          entities: [entity],
        }),
        target: new GlueDatabaseTarget(scope.targets, "t", LAKE),
        tables: { [entity]: { targetTable: "orders" } },
      });
    });
    expect(asked(stack)).toEqual([{ resourceArn: DATABASE, tableName: entity, targetTable: "orders" }]);
  });
});

describe("two integrations of one table name into one target", () => {
  /** Two connections, whose tickets go into one database. */
  const both = (first: TableOptions, second: TableOptions) => (app: App) => {
    const scope = new ZeroEtlStack(app, "crm", PROD);
    const target = new GlueDatabaseTarget(scope.targets, "lake", LAKE);
    for (const [id, tickets] of Object.entries({ first, second })) {
      const source = new ConnectionSource(scope.sources, id, {
        kind: "zendesk",
        connection: id,
        entities: ["tickets"],
      });
      new ZeroEtlIntegration(scope.integrations, id, { source, target, tables: { tickets } });
    }
  };

  test("have one owner where they ask for the same, in whatever order it is written", () => {
    const stack = synthStack(
      both({ unnest: "none", targetTable: "all" }, { targetTable: "all", unnest: "none" }),
    );
    expect(asked(stack)).toHaveLength(1);
    const waiting = Object.entries(stack.resources("aws_cloudcontrolapi_resource"))
      .filter(([name]) => name.startsWith("Integrations_"))
      .filter(([, block]) => String(block["depends_on"]).includes("IntegrationTableProperties"));
    expect(waiting).toHaveLength(2);
  });

  test("fail where they ask for different options, naming both", () => {
    expect(() => synthStack(both({ unnest: "none" }, { unnest: "full" }))).toThrow(
      [
        "crm/IntegrationTableProperties/glue-database/sales_lake/tickets: error: crm/Targets/lake and crm/Targets/lake ask for different settings of one document [conflicting-contributions]",
        '  got:      {"unnest":"none"} and {"unnest":"full"}',
        "  expected: equal settings",
        "  remedy:   give both the same settings, or use two separate resources",
      ].join("\n"),
    );
  });
});

describe("the names of target tables", () => {
  const into = (tables: Readonly<Record<string, string | undefined>>) => (app: App) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    const target = new GlueDatabaseTarget(scope.targets, "lake", LAKE);
    for (const [table, targetTable] of Object.entries(tables)) {
      const source = DynamoDbSource.fromTableName(scope.sources, table, { table });
      const options = targetTable === undefined ? {} : { tables: { [table]: { targetTable } } };
      new ZeroEtlIntegration(scope.integrations, table, { source, target, ...options });
    }
  };

  test("may be given, and must differ within a target, in upper or lower case", () => {
    expect(asked(synthStack(into({ orders: "sold", returns: "taken_back" })))).toHaveLength(2);
    for (const tables of [
      { orders: "sold", returns: "Sold" },
      { orders: "returns", returns: undefined },
    ]) {
      expect(failedSynth(into(tables)).message).toContain("[duplicate-target-table]");
    }
  });
});

describe("the primary keys of SAP entities", () => {
  const entities = ["EntityOfOrders", "EntityOfItems"];
  const primaryKeys = { EntityOfOrders: ["Id"], EntityOfItems: ["Order", "Position"] };
  const erp = (asking = primaryKeys) =>
    synthStack((app) => {
      const scope = new ZeroEtlStack(app, "erp", PROD);
      new ZeroEtlIntegration(scope.integrations, "erp-to-lake", {
        source: new ConnectionSource(scope.sources, "erp", {
          kind: "sap-odata",
          connection: "erp",
          entities,
          primaryKeys: asking,
        }),
        target: new GlueDatabaseTarget(scope.targets, "lake", LAKE),
      });
    });

  test("belong to the connection, one call for each entity", () => {
    const resourceArn = "arn:aws:glue:us-east-1:111122223333:connection/erp";
    expect(asked(erp())).toEqual([
      { resourceArn, tableName: "EntityOfItems", primaryKey: ["Order", "Position"] },
      { resourceArn, tableName: "EntityOfOrders", primaryKey: ["Id"] },
    ]);
  });

  test("are set once the connection was looked up, and before the integration is", () => {
    const stack = erp();
    for (const { block } of operatorCalls(stack, "table-properties")) {
      expect((block["depends_on"] as string[]).slice(2)).toEqual([
        expect.stringMatching(/^data\.aws_glue_connection\.GlueConnection_sap-odata_erp_/),
      ]);
    }
    const dependencies = integrationIn(stack)["depends_on"] as string[];
    expect(
      dependencies.filter((address) => address.includes("IntegrationTableProperties_connection_erp_")),
    ).toHaveLength(2);
  });

  test("are one, whichever source of the connection gives them", () => {
    const two = (second: readonly string[]) =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "erp", PROD);
        for (const [id, key] of Object.entries({ first: ["Id"], second })) {
          const source = new ConnectionSource(scope.sources, id, {
            kind: "sap-odata",
            connection: "erp",
            primaryKeys: { EntityOfOrders: key },
          });
          source.bind();
        }
      });
    expect(asked(two(["Id"]))).toHaveLength(1);
    expect(() => two(["Id", "Client"])).toThrow(
      [
        "erp/IntegrationTableProperties/connection/erp/EntityOfOrders: error: erp/Sources/first and erp/Sources/second ask for different settings of one document [conflicting-contributions]",
        '  got:      {"primaryKey":["Id"]} and {"primaryKey":["Id","Client"]}',
      ].join("\n"),
    );
  });
});
