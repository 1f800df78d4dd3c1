import { ZeroEtlStack } from "../../modules";
import { operatorCall, operatorCalls } from "../support/operator-calls";
import { integrate, ordersToLake } from "../support/orders-to-lake";
import type { StackJson } from "../support/synth";
import { PROD, synthStack } from "../support/synth";

const FUNCTION = "aws_lambda_function.Operator_41AE602D";
const PERMISSIONS = "aws_iam_role_policy.Operator_Policy_0F25CA32";
const everything = {
  integration: { refreshInterval: 60, tables: { orders: { unnest: "top-level" } } },
} as const;
const twoAccounts = (): StackJson =>
  synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", { ...PROD, driftChecks: true });
    const address = { region: "us-east-1", account: "444455556666", driftChecks: true };
    integrate(scope, { target: { environment: scope.addEnvironment("lake", address) } });
  });

describe("what the operator manages", () => {
  test("is called for over its whole life", () => {
    for (const { block } of operatorCalls(ordersToLake(everything))) {
      expect(block["lifecycle_scope"]).toBe("CRUD");
      expect(block).not.toHaveProperty("triggers");
    }
  });

  test("is told to the function as JSON of the protocol, with the attempt", () => {
    const { address, input } = operatorCall(ordersToLake(everything), "table-properties");
    expect(address).toBe("IntegrationTableProperties_glue-database_sales_lake_orders");
    expect(input).toEqual({
      version: 1,
      kind: "table-properties",
      attempt: "${var.zero_etl_attempt}",
      resourceArn: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
      tableName: "orders",
      unnest: "top-level",
    });
  });

  test("waits for the function and for its permissions", () => {
    const calls = operatorCalls(ordersToLake(everything));
    expect(calls).toHaveLength(5);
    for (const { block } of calls) {
      expect((block["depends_on"] as string[]).slice(0, 2)).toEqual([FUNCTION, PERMISSIONS]);
    }
  });

  test("fails the apply and every later plan as long as the answer is not good, and says how to call again", () => {
    const { block } = operatorCall(ordersToLake(everything), "table-properties");
    const result = "jsondecode(self.result)";
    expect(block["lifecycle"]).toEqual({
      postcondition: [
        {
          condition: `\${try(${result}.request == sha256(jsonencode(jsondecode(self.input))), false)}`,
          error_message:
            "the table properties of orders in the glue-database sales_lake: " +
            "the last call of the function zero-etl-operator-orders-prod broke off before it answered; what it did is not known. " +
            "Look into its log, and call again: terraform apply -var zero_etl_attempt=2 (any other value).",
        },
        {
          condition: `\${try(${result}.ok, false)}`,
          error_message:
            "the table properties of orders in the glue-database sales_lake: " +
            `\${try(join(". ", compact([${result}.message, try(${result}.remedy, "")])), self.result)}. ` +
            "When the cause is mended, call again: terraform apply -var zero_etl_attempt=2 (any other value).",
        },
      ],
    });
  });

  test("is named in words by what fails", () => {
    const subjects = operatorCalls(ordersToLake(everything)).map(({ block }) => {
      const { postcondition } = block["lifecycle"] as { postcondition: { error_message: string }[] };
      return postcondition[0]?.error_message.split(": ")[0];
    });
    expect(subjects).toEqual([
      "the statements of this stack in the resource policy of the DynamoDB table orders",
      "the statements of this stack in the Glue catalog policy",
      "the table properties of orders in the glue-database sales_lake",
      "the settings of the integration orders-to-lake",
      "the wait for new roles",
    ]);
  });
});

describe("the attempt", () => {
  test("is one variable of the stack, whatever the number of calls and environments", () => {
    for (const stack of [ordersToLake(everything), twoAccounts()]) {
      expect(stack.json["variable"]).toEqual({
        zero_etl_attempt: {
          type: "string",
          default: "",
          description: "another value makes every call of the operator again, after a cause has been mended",
        },
      });
      for (const { input } of operatorCalls(stack)) expect(input["attempt"]).toBe("${var.zero_etl_attempt}");
    }
  });
});

describe("drift checks", () => {
  const reads = (stack: StackJson) =>
    Object.values(stack.data("aws_lambda_invocation")).map(({ input }) => JSON.parse(String(input)));
  const drifts = ({ checks }: StackJson) => checks.filter(({ condition }) => condition.includes(".drift"));

  test("are not there unless they are asked for", () => {
    const stack = ordersToLake(everything);
    expect(stack.data("aws_lambda_invocation")).toEqual({});
    expect(drifts(stack)).toEqual([]);
  });

  test("read what the call declares, once it was made, and warn of each difference by name", () => {
    const stack = ordersToLake(
      { integration: { tables: { orders: { unnest: "none" } } } },
      { ...PROD, driftChecks: true },
    );
    const [name, read] =
      Object.entries(stack.data("aws_lambda_invocation")).find(([key]) =>
        key.startsWith("IntegrationTableProperties"),
      ) ?? [];
    expect(JSON.parse(String(read?.["input"]))).toEqual({
      version: 1,
      kind: "table-properties",
      action: "read",
      resourceArn: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
      tableName: "orders",
      unnest: "none",
    });
    expect(read).toMatchObject({
      function_name: "zero-etl-operator-orders-prod",
      depends_on: [
        expect.stringMatching(/^aws_lambda_invocation\.IntegrationTableProperties_glue-database_sales_lake_/),
      ],
    });
    const result = `jsondecode(data.aws_lambda_invocation.${name}.result)`;
    expect(drifts(stack)).toContainEqual({
      condition: `\${try(length(${result}.drift) == 0, false)}`,
      error_message:
        "the table properties of orders in the glue-database sales_lake: the account differs from what is declared: " +
        `\${try(join("; ", ${result}.drift), ${result}.message, "nothing was read")}`,
    });
  });

  test("are there for everything that could differ, and not for a wait", () => {
    const stack = ordersToLake(
      { integration: { tables: { orders: { unnest: "none" } } } },
      { ...PROD, driftChecks: true },
    );
    expect(operatorCalls(stack, "propagation")).toHaveLength(1);
    expect(reads(stack).map(({ kind }) => kind)).toEqual([
      "table-policy",
      "catalog-policy",
      "table-properties",
    ]);
    expect(drifts(stack)).toHaveLength(3);
  });

  test("ask the function of their environment", () => {
    const asked = Object.values(twoAccounts().data("aws_lambda_invocation"));
    expect(asked.map(({ provider, function_name }) => [provider, function_name])).toEqual([
      [undefined, "zero-etl-operator-orders-prod"],
      ["aws.lake", "zero-etl-operator-orders-lake"],
    ]);
  });
});
