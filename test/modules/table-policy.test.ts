import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import type { App } from "cdktf";
import { ownerMark } from "../../lib/policy/own-statements";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import type { DynamoDbTableNameProps, ZeroEtlStackProps } from "../../modules";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  RedshiftTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
} from "../../modules";
import { TablePolicy } from "../../modules/shared/table-policy";
import { operatorCall, operatorCalls, statementsIn, tablePolicy } from "../support/operator-calls";
import { LAKE, ordersToLake } from "../support/orders-to-lake";
import { allows } from "../support/policy-evaluator";
import type { StackJson } from "../support/synth";
import { PROD, failedSynth, policyOf, synth, synthStack } from "../support/synth";

const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const NAME = "zero-etl-operator-orders-prod";

/** The table `orders` into a database and into a warehouse, by sources of their own. */
const twice = (
  lake: Partial<DynamoDbTableNameProps> = {},
  warehouse: Partial<DynamoDbTableNameProps> = {},
  place: Partial<ZeroEtlStackProps> = {},
): StackJson =>
  synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", { ...PROD, ...place });
    const source = (id: string, props: Partial<DynamoDbTableNameProps>) =>
      DynamoDbSource.fromTableName(scope.sources, id, { table: "orders", ...props });
    const into = {
      lake: {
        source: source("lake", lake),
        target: new GlueDatabaseTarget(scope.targets, "lake", LAKE),
      },
      warehouse: {
        source: source("warehouse", warehouse),
        target: new RedshiftTarget(scope.targets, "warehouse", { workgroup: "analytics" }),
      },
    };
    for (const [id, pair] of Object.entries(into)) {
      addOutputs(new ZeroEtlIntegration(scope.integrations, id, pair));
    }
  });

const SIDS = ["ZeroEtlExport", "ZeroEtlRedshiftDescribeExport", "ZeroEtlRedshiftExport"];

describe("merged, which is the default,", () => {
  test("is one call for a table, with the statements of every integration", () => {
    const stack = twice();
    expect(stack.resources("aws_dynamodb_resource_policy")).toEqual({});
    const { address, input } = operatorCall(stack, "table-policy");
    expect(address).toBe("DynamoDbTablePolicy_orders");
    expect(Object.keys(input).sort()).toEqual(["attempt", "kind", "statements", "tableArn", "version"]);
    expect(input["tableArn"]).toBe(TABLE);
    expect(statementsIn(tablePolicy(stack)).map(({ Sid }) => Sid)).toEqual(
      SIDS.map((sid) => `${sid}${ownerMark(NAME)}`),
    );
  });

  test("says what the whole document would say", () => {
    const own = { tablePolicy: "own" } as const;
    const plain = (stack: StackJson) =>
      statementsIn(tablePolicy(stack)).map((statement) => ({ ...statement, Sid: "" }));
    expect(plain(twice())).toEqual(plain(twice(own, own)));
    const exports = (service: string) =>
      allows("resource", [tablePolicy(twice())], {
        principal: { Service: service },
        action: "dynamodb:ExportTableToPointInTime",
        resource: TABLE,
        context: {
          "aws:SourceArn": `arn:aws:${service.split(".")[0]}:us-east-1:111122223333:integration:0a1b`,
          "aws:SourceAccount": "111122223333",
        },
      });
    expect(exports("glue.amazonaws.com")).toBe(true);
    expect(exports("redshift.amazonaws.com")).toBe(true);
    expect(exports("rds.amazonaws.com")).toBe(false);
  });

  test("is written after the table was read, and before the integration", () => {
    const stack = ordersToLake();
    const { block } = operatorCall(stack, "table-policy");
    expect((block["depends_on"] as string[]).slice(2)).toEqual([
      "data.aws_dynamodb_table.DynamoDbTable_orders_FB7C5A97",
      "data.aws_kms_key.DynamoDbTable_orders_Key_87A34637",
    ]);
    const integration = Object.entries(stack.resources("aws_cloudcontrolapi_resource")).find(([name]) =>
      name.startsWith("Integrations_"),
    );
    expect(integration?.[1]["depends_on"]).toContain(
      "aws_lambda_invocation.DynamoDbTablePolicy_orders_3D9FA31B",
    );
  });

  test("waits for a table of the same app", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const pointInTimeRecovery = { enabled: true };
      const table = new DynamodbTable(scope, "Table", { name: "orders", hashKey: "id", pointInTimeRecovery });
      const source = DynamoDbSource.fromTable(scope.sources, "orders", { table });
      source.bind(source, { target: "glue-database" });
    });
    const { block, input } = operatorCall(stack, "table-policy");
    expect((block["depends_on"] as string[]).slice(2)).toEqual(["aws_dynamodb_table.Table"]);
    expect(input["tableArn"]).toBe(TABLE);
  });

  const allow = (app: App, id: string, statements: readonly IdentifiedStatement[], mode: "merge" | "own") => {
    const { environment } = new ZeroEtlStack(app, id, PROD);
    TablePolicy.of(environment, "orders").allow(environment, statements, mode);
  };

  test("may be merged by two stacks, under Sids of their own", () => {
    const { stacks } = synth((app) => {
      const statement: IdentifiedStatement = {
        Sid: "ZeroEtlExport",
        Effect: "Allow",
        Action: ["dynamodb:DescribeTable"],
      };
      for (const id of ["orders", "crm"]) allow(app, id, [statement], "merge");
    });
    const found = Object.values(stacks).flatMap((stack) =>
      statementsIn(tablePolicy(stack)).map(({ Sid }) => Sid),
    );
    expect(found.sort()).toEqual(
      [`ZeroEtlExport${ownerMark(NAME)}`, `ZeroEtlExport${ownerMark("zero-etl-operator-crm-prod")}`].sort(),
    );
  });

  test("is refused beside a stack that owns the whole document", () => {
    const { message, written } = failedSynth((app) => {
      allow(app, "orders", [], "merge");
      allow(app, "crm", [], "own");
    });
    expect(message).toContain(
      [
        "crm/DynamoDbTablePolicy/orders: error: the resource policy of the DynamoDB table orders would be written by two owners, and the second overwrites the first [document-has-two-owners]",
        "  got:      orders/DynamoDbTablePolicy/orders and crm/DynamoDbTablePolicy/orders",
        "  expected: one owner",
        "  remedy:   merge the statements (tablePolicy: merge), or put the integrations of one table into one stack",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });

  test("has at most 20 KB, the marks of its statements counted", () => {
    const build = (padding: number) => (app: App) => {
      const arns = Array.from(
        { length: 330 },
        (_, index) => `arn:aws:glue:us-east-1:111122223333:integration:${1000 + index}`,
      );
      const statement: IdentifiedStatement = {
        Sid: "ZeroEtlExport",
        Effect: "Allow",
        Action: ["dynamodb:DescribeTable"],
        Condition: { StringEquals: { "aws:SourceArn": [...arns, "x".repeat(padding)] } },
      };
      allow(app, "orders", [statement], "merge");
    };
    const size = (padding: number) =>
      Buffer.byteLength(JSON.stringify(tablePolicy(synthStack(build(padding)))));
    const padding = 1 + 20_480 - size(1);
    expect(padding).toBeGreaterThan(1);
    expect(size(padding)).toBe(20_480);
    expect(failedSynth(build(padding + 1)).message).toContain(
      [
        "orders/DynamoDbTablePolicy/orders: error: the resource policy of the DynamoDB table orders is too large [table-policy-size]",
        "  got:      20481 bytes",
      ].join("\n"),
    );
  });
});

describe("owned", () => {
  test("is the whole document, under the plain Sids", () => {
    const own = { tablePolicy: "own" } as const;
    const stack = twice(own, own);
    expect(operatorCalls(stack, "table-policy")).toEqual([]);
    const { Statement } = policyOf(stack.resource("aws_dynamodb_resource_policy"));
    expect(Statement.map(({ Sid }) => Sid)).toEqual(SIDS);
  });
});

describe("external", () => {
  const external = { tablePolicy: "external" } as const;

  test("is not written, and told as what the policy must say", () => {
    const stack = twice(external, external);
    expect(stack.resources("aws_dynamodb_resource_policy")).toEqual({});
    expect(operatorCalls(stack, "table-policy")).toEqual([]);
    const outputs = stack.json["output"] as unknown as Record<
      string,
      { value: { document: string; requirements: { statement: IdentifiedStatement }[] }[] }
    >;
    const required = ["lake", "warehouse"].map((label) =>
      outputs[`${label}_required_statements`]?.value.filter(({ document }) => document === "table policy"),
    );
    expect(required).toMatchObject([
      [
        {
          arn: TABLE,
          applied: false,
          requirements: [{ statement: { Sid: "ZeroEtlExport" }, verified: true }],
        },
      ],
      [{ arn: TABLE, applied: false }],
    ]);
    const sids = required.map((documents) =>
      documents?.flatMap(({ requirements }) => requirements.map(({ statement }) => statement.Sid)),
    );
    expect(sids).toEqual([["ZeroEtlExport"], ["ZeroEtlRedshiftDescribeExport", "ZeroEtlRedshiftExport"]]);
  });
});

describe("two sources of one table", () => {
  test("have one mode", () => {
    expect(() => twice({ tablePolicy: "own" }, { tablePolicy: "merge" })).toThrow(
      [
        "orders/DynamoDbTablePolicy/orders: error: orders/Sources/lake and orders/Sources/warehouse ask for different settings of one document [conflicting-contributions]",
        '  got:      "own" and "merge"',
        "  expected: equal settings",
        "  remedy:   give both the same settings, or use two separate resources",
      ].join("\n"),
    );
  });

  test.each(["own", "external"] as const)("have one mode, where one leaves it to the default: %s", (mode) => {
    expect(() => twice({}, { tablePolicy: mode })).toThrow(`got:      "merge" and "${mode}"`);
  });
});
