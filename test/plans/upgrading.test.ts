// What UPGRADING.md and docs/operator.md say of plans: of a stack from before the operator, and of new names.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandIn } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { ROOT, declared, said, withStacks } from "./plan";

const SAMPLE = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8");
/** What every stack was before there was an operator. */
const BEFORE = SAMPLE.replace("tags:", "operator: false\n    catalogPolicy: own\n    tags:").replace(
  "table: orders }",
  "table: orders, tablePolicy: own }",
);

interface Upgrade {
  readonly terraform: StandIn;
  readonly directory: string;
  readonly write: (text: string) => void;
  /** What the next plan does, by address without the hash at its end. */
  readonly planned: () => Promise<Record<string, string>>;
  readonly addresses: () => Promise<string[]>;
}

/** Applies a declaration, and goes on from there. */
async function from(text: string, use: (upgrade: Upgrade) => Promise<void>): Promise<void> {
  let output = "";
  const build = (declaration: string) => (outdir: string) => {
    output = outdir;
    declared(declaration)(outdir);
  };
  await withStacks(build(text), {}, async ({ directory, terraform }) => {
    succeeded(await terraform.apply(directory));
    await use({
      terraform,
      directory,
      write: (declaration) => {
        rmSync(join(directory, "cdk.tf.json"));
        build(declaration)(output);
      },
      planned: async () => {
        const actions = Object.entries(plannedActions(await terraform.planJson(directory)));
        return Object.fromEntries(
          actions.map(([address, action]) => [address.replace(/_[0-9A-F]{8}$/, ""), action]),
        );
      },
      addresses: async () =>
        succeeded(await terraform.run(directory, "state", "list"))
          .stdout.trim()
          .split("\n"),
    });
  });
}

const OPERATOR = {
  "aws_cloudwatch_log_group.Operator_Logs": "create",
  "aws_iam_role.Operator_Role": "create",
  "aws_iam_role_policy.Operator_Policy": "create",
  "aws_lambda_function.Operator": "create",
  "aws_lambda_invocation.DynamoDbTablePolicy_orders": "create",
  "aws_lambda_invocation.GlueCatalogPolicy": "create",
  "aws_lambda_invocation.Propagation": "create",
};
const POLICIES = [
  "aws_dynamodb_resource_policy.DynamoDbTablePolicy_orders",
  "aws_glue_resource_policy.GlueCatalogPolicy",
];

describeWithTerraform("a stack from before the operator", () => {
  test("stays as it is with operator: false and own policies", async () => {
    await from(BEFORE, async ({ addresses, planned }) => {
      expect(await planned()).toEqual({});
      expect((await addresses()).filter((address) => address.includes("lambda"))).toEqual([]);
    });
  });

  test("would have its integration replaced by the defaults of today, which protect stops", async () => {
    await from(BEFORE, async ({ terraform, directory, write }) => {
      write(SAMPLE);
      expect(said(await terraform.plan(directory))).toContain("Instance cannot be destroyed");
    });
  });

  test("keeps integration and policies where the state forgets the policies and the interval first", async () => {
    await from(BEFORE, async ({ terraform, directory, write, planned, addresses }) => {
      const old = (await addresses()).filter((address) =>
        POLICIES.some((known) => address.startsWith(known)),
      );
      expect(old).toHaveLength(2);
      for (const address of old) succeeded(await terraform.run(directory, "state", "rm", address));
      const file = join(directory, "pulled.tfstate");
      const state = JSON.parse(succeeded(await terraform.run(directory, "state", "pull")).stdout);
      state.serial += 1;
      for (const { instances } of state.resources) {
        for (const { attributes } of instances) {
          if (attributes.type_name !== "AWS::Glue::Integration") continue;
          const { IntegrationConfig, ...rest } = JSON.parse(attributes.desired_state);
          expect(IntegrationConfig).toEqual({ RefreshInterval: "30" });
          attributes.desired_state = JSON.stringify(rest);
        }
      }
      writeFileSync(file, JSON.stringify(state));
      succeeded(await terraform.run(directory, "state", "push", file));

      write(SAMPLE);
      expect(await planned()).toEqual({
        ...OPERATOR,
        "aws_lambda_invocation.Integrations_orders-to-lake_Settings": "create",
      });
      succeeded(await terraform.apply(directory));
      expect(await planned()).toEqual({});
    });
  });

  test("without an interval only exchanges its policies", async () => {
    const without = (text: string): string => text.replace("        refreshInterval: 30m\n", "");
    await from(without(BEFORE), async ({ write, planned }) => {
      write(without(SAMPLE));
      expect(await planned()).toEqual({
        ...OPERATOR,
        ...Object.fromEntries(POLICIES.map((address) => [address, "delete"])),
      });
    });
  });
});

describeWithTerraform("a new name", () => {
  test("is a replacement, which protect stops", async () => {
    await from(SAMPLE, async ({ terraform, directory, write }) => {
      write(SAMPLE.replace("        target: lake", "        name: orders-renamed\n        target: lake"));
      expect(said(await terraform.plan(directory))).toContain("Instance cannot be destroyed");
    });
  });

  test("of the label is another address: protect does not hold what the configuration no longer has", async () => {
    await from(SAMPLE, async ({ write, planned }) => {
      write(SAMPLE.replace("orders-to-lake:", "sales-to-lake:"));
      expect(await planned()).toMatchObject({
        "aws_cloudcontrolapi_resource.Integrations_orders-to-lake": "delete",
        "aws_cloudcontrolapi_resource.Integrations_sales-to-lake": "create",
      });
    });
  });

  test("of the label changes nothing where the state is moved first and the name is kept", async () => {
    await from(SAMPLE, async ({ terraform, directory, write, addresses, planned }) => {
      write(
        SAMPLE.replace("orders-to-lake:", "sales-to-lake:").replace(
          "        target: lake",
          "        name: orders-to-lake\n        target: lake",
        ),
      );
      const created = Object.entries(plannedActions(await terraform.planJson(directory)))
        .filter(([, action]) => action === "create")
        .map(([address]) => address);
      for (const address of await addresses()) {
        if (!address.includes("orders-to-lake")) continue;
        const stem = address.replace("orders-to-lake", "sales-to-lake").replace(/[0-9A-F]{8}$/, "");
        const to = created.find((other) => other.replace(/[0-9A-F]{8}$/, "") === stem);
        succeeded(await terraform.run(directory, "state", "mv", address, String(to)));
      }
      expect(await planned()).toEqual({});
    });
  });
});
