import { aws, initialised, said, withStandIn } from "./harness";
import { describeWithTerraform, type Fixtures, type StandIn, succeeded } from "./kit";

describeWithTerraform("conditions", () => {
  const withTable = (
    extra: object,
    fixtures: Fixtures,
    use: (terraform: StandIn, directory: string) => Promise<void>,
  ) =>
    withStandIn(fixtures, async (terraform) =>
      use(terraform, await initialised(terraform, { ...aws, ...extra })),
    );

  const condition = "${data.aws_dynamodb_table.orders.point_in_time_recovery[0].enabled}";
  const message = "turn on point-in-time recovery of orders";
  const off: Fixtures = {
    dataSources: { aws_dynamodb_table: () => ({ point_in_time_recovery: [{ enabled: false }] }) },
  };
  const guarded = {
    data: {
      aws_dynamodb_table: {
        orders: {
          name: "orders",
          lifecycle: {
            postcondition: [
              {
                condition: condition.replace("data.aws_dynamodb_table.orders", "self"),
                error_message: message,
              },
            ],
          },
        },
      },
    },
  };
  const checked = {
    data: { aws_dynamodb_table: { orders: { name: "orders" } } },
    check: { recovery: { assert: [{ condition, error_message: message }] } },
  };

  test("a postcondition that holds lets the plan pass", () =>
    withTable(guarded, {}, async (terraform, directory) => {
      const { checks } = await terraform.planJson(directory);
      expect(checks).toMatchObject([
        { address: { to_display: "data.aws_dynamodb_table.orders" }, status: "pass" },
      ]);
    }));

  test("a postcondition that fails stops the plan with its message", () =>
    withTable(guarded, off, async (terraform, directory) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain(message);
      await expect(terraform.planJson(directory)).rejects.toThrow(/ended with 1/);
    }));

  test("a check that fails warns, and stands in the plan", () =>
    withTable(checked, off, async (terraform, directory) => {
      expect(said(succeeded(await terraform.plan(directory)))).toContain(message);
      const { checks } = await terraform.planJson(directory);
      expect(checks).toMatchObject([
        {
          address: { kind: "check", name: "recovery" },
          status: "fail",
          instances: [{ problems: [{ message }] }],
        },
      ]);
      succeeded(await terraform.apply(directory));
    }));

  test("a data source inside a check is served too", () => {
    const check = {
      key: {
        data: { aws_kms_key: { key: { key_id: "1234" } } },
        assert: [{ condition: '${data.aws_kms_key.key.key_manager == "CUSTOMER"}', error_message: message }],
      },
    };
    return withTable({ check }, {}, async (terraform, directory) => {
      expect((await terraform.planJson(directory)).checks).toMatchObject([{ status: "pass" }]);
    });
  });
});
