import type { App } from "cdktf";
import type { ZeroEtlStackProps } from "../../modules";
import { ZeroEtlStack } from "../../modules";
import { Operator } from "../../modules/shared/operator";
import { TablePolicy } from "../../modules/shared/table-policy";
import type { Parts } from "../support/orders-to-lake";
import { ordersToLake } from "../support/orders-to-lake";
import { allows, parsePolicy } from "../support/policy-evaluator";
import type { Block, StackJson } from "../support/synth";
import { PROD, failedSynth, synthStack } from "../support/synth";

const NAME = "zero-etl-operator-orders-prod";
const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const ROLE = { roleArn: "arn:aws:iam::111122223333:role/writer" };

const policies = (stack: StackJson) =>
  Object.values(stack.resources("aws_iam_role_policy")).filter(({ name }) => name === "zero-etl-operator");
const role = (stack: StackJson) =>
  Object.values(stack.resources("aws_iam_role")).find(({ name }) => String(name).startsWith(NAME)) ?? {};

describe("the role of the function", () => {
  const may = (stack: StackJson, action: string, resource: string) => {
    const [policy, ...more] = policies(stack);
    expect(more).toEqual([]);
    return allows("identity", [parsePolicy(String(policy?.["policy"]))], { action, resource });
  };
  const sids = (stack: StackJson) =>
    policies(stack).flatMap(({ policy }) =>
      JSON.parse(String(policy)).Statement.map(({ Sid }: Block) => Sid),
    );

  test("is assumed by Lambda, and by nobody else", () => {
    const trust = parsePolicy(String(role(ordersToLake())["assume_role_policy"]));
    const assumes = (Service: string) =>
      allows("trust", [trust], { principal: { Service }, action: "sts:AssumeRole" });
    expect(assumes("lambda.amazonaws.com")).toBe(true);
    expect(assumes("glue.amazonaws.com")).toBe(false);
    expect(
      allows("trust", [trust], {
        principal: { AWS: "arn:aws:iam::111122223333:role/deployer" },
        action: "sts:AssumeRole",
      }),
    ).toBe(false);
  });

  const OWN: Parts = { source: { tablePolicy: "own" }, target: ROLE };
  const owning = { ...PROD, catalogPolicy: "own" } as const;

  test.each<[string, Parts, ZeroEtlStackProps, string[]]>([
    ["a table's policy", { target: ROLE }, owning, ["MergeTablePolicies", "WriteOwnLog"]],
    ["the catalog policy", OWN, PROD, ["MergeCatalogPolicy", "WriteOwnLog"]],
    [
      "an interval",
      { ...OWN, integration: { refreshInterval: 60 } },
      owning,
      ["ChangeIntegrations", "WriteOwnLog"],
    ],
    [
      "table options",
      { ...OWN, integration: { tables: { orders: {} } } },
      owning,
      ["FindInboundIntegrations", "ManageTableProperties", "WriteOwnLog"],
    ],
    ["a wait", { source: { tablePolicy: "own" } }, owning, ["WriteOwnLog"]],
  ])("has for %s no more than that needs", (_, parts, place, expected) => {
    expect(sids(ordersToLake(parts, place))).toEqual(expected);
  });

  const everything = ordersToLake({
    integration: { refreshInterval: 60, tables: { orders: { unnest: "none" } } },
  });
  const glue = (resource: string) => `arn:aws:glue:us-east-1:111122223333:${resource}`;
  const LOG = `arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/${NAME}`;

  test.each([
    ["dynamodb:PutResourcePolicy", TABLE],
    ["dynamodb:GetResourcePolicy", TABLE],
    ["dynamodb:DeleteResourcePolicy", TABLE],
    ["glue:PutResourcePolicy", glue("catalog")],
    ["glue:GetResourcePolicy", glue("catalog")],
    ["glue:DeleteResourcePolicy", glue("catalog")],
    ["glue:CreateIntegrationTableProperties", glue("database/sales_lake")],
    ["glue:CreateIntegrationTableProperties", glue("catalog")],
    ["glue:UpdateIntegrationTableProperties", glue("database/sales_lake")],
    ["glue:DeleteIntegrationTableProperties", glue("database/sales_lake")],
    ["glue:GetIntegrationTableProperties", glue("database/sales_lake")],
    ["glue:DescribeInboundIntegrations", "*"],
    ["glue:DescribeIntegrations", glue("integration:0a1b")],
    ["glue:ModifyIntegration", glue("integration:0a1b")],
    ["logs:CreateLogStream", `${LOG}:log-stream:1`],
    ["logs:PutLogEvents", `${LOG}:log-stream:1`],
  ])("may %s on %s", (action, resource) => {
    expect(may(everything, action, resource)).toBe(true);
  });

  test.each([
    ["another table", "dynamodb:PutResourcePolicy", `${TABLE}2`],
    [
      "a table of another account",
      "dynamodb:PutResourcePolicy",
      TABLE.replace("111122223333", "444455556666"),
    ],
    ["a table of another region", "dynamodb:PutResourcePolicy", TABLE.replace("us-east-1", "eu-west-1")],
    ["a stream of the table", "dynamodb:PutResourcePolicy", `${TABLE}/stream/1`],
    ["the items of the table", "dynamodb:Scan", TABLE],
    ["the table itself", "dynamodb:DeleteTable", TABLE],
    ["another database", "glue:CreateIntegrationTableProperties", glue("database/finance")],
    ["a connection", "glue:CreateIntegrationTableProperties", glue("connection/crm")],
    ["a table of the database", "glue:DeleteTable", glue("table/sales_lake/orders")],
    ["the catalog of another account", "glue:PutResourcePolicy", glue("catalog").replace("1111", "4444")],
    ["an integration's end", "glue:DeleteIntegration", glue("integration:0a1b")],
    ["a new integration", "glue:CreateIntegration", glue("integration:0a1b")],
    ["a resource property", "glue:UpdateIntegrationResourceProperty", glue("database/sales_lake")],
    ["another function's log", "logs:PutLogEvents", `${LOG}2:log-stream:1`],
    ["a log group of its own", "logs:CreateLogGroup", `${LOG}:*`],
    ["a role", "iam:PassRole", "arn:aws:iam::111122223333:role/writer"],
  ])("may not touch %s: %s on %s", (_, action, resource) => {
    expect(may(everything, action, resource)).toBe(false);
  });

  test("names each table once, in one order, whoever asks first", () => {
    const build = (tables: readonly string[]) =>
      synthStack((app) => {
        const { environment } = new ZeroEtlStack(app, "orders", PROD);
        for (const table of tables) TablePolicy.of(environment, table).allow(environment, [], "merge");
      });
    const stack = build(["b", "a", "b", "c"]);
    const [policy] = policies(stack);
    expect(JSON.parse(String(policy?.["policy"])).Statement[0].Resource).toEqual(
      ["a", "b", "c"].map((table) => `arn:aws:dynamodb:us-east-1:111122223333:table/${table}`),
    );
    expect(build(["c", "b", "a"]).text).toBe(stack.text);
  });

  test("is measured before it is written: 10,240 characters, and not one more", () => {
    const build = (padding: number) => (app: App) => {
      const { environment } = new ZeroEtlStack(app, "orders", PROD);
      const operator = Operator.of(environment, environment, "everything", "");
      const arns = Array.from({ length: 140 }, (_, index) => `${TABLE}_${1000 + index}`);
      for (const arn of [...arns, `${TABLE}${"x".repeat(padding)}`])
        operator.permit({ kind: "table-policy", arn });
    };
    const size = (padding: number) => String(policies(synthStack(build(padding)))[0]?.["policy"]).length;
    const padding = 1 + 10_240 - size(1);
    expect(padding).toBeGreaterThan(1);
    expect(size(padding)).toBe(10_240);
    const { message, written } = failedSynth(build(padding + 1));
    expect(message).toContain(
      [
        `orders/Operator: error: the permissions of the role ${NAME}-us-east-1 are too large for inline policies [role-policy-size]`,
        "  got:      10241 characters",
        "  expected: at most 10240 characters",
        "  remedy:   spread the tables that have options or merged policies over several stacks",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });
});
