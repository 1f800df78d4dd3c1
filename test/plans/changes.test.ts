// What a change of a declaration does to an integration that runs: in place, refused by `protect`, or a replacement.
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { ROOT, declared, said, withStacks } from "./plan";

const SAMPLE = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8");
const ALONE = SAMPLE.replace(
  "environment: prod",
  "environment: prod\n    operator: false\n    catalogPolicy: own",
).replace("table: orders", "table: orders, tablePolicy: own");
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
const OPEN = `${SAMPLE}        protect: false\n`;
const ENCRYPTED = `${OPEN}        kmsKeyArn: "${KEY}"\n        encryptionContext: { team: data }\n`;

/** Applies one declaration, writes another over it, and plans again. */
async function change(
  before: string,
  after: string,
  look: (
    plan: () => Promise<{ readonly text: string; readonly actions: Record<string, string> }>,
  ) => Promise<void>,
): Promise<void> {
  let output = "";
  const build = (text: string) => (outdir: string) => {
    output = outdir;
    declared(text)(outdir);
  };
  await withStacks(build(before), {}, async ({ directory, terraform }) => {
    succeeded(await terraform.apply(directory));
    const state = readdirSync(directory).filter((file) => file.endsWith(".tfstate"));
    rmSync(join(directory, "cdk.tf.json"));
    build(after)(output);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(state));
    await look(async () => {
      const result = await terraform.plan(directory);
      const actions = result.code === 0 ? plannedActions(await terraform.planJson(directory)) : {};
      return { text: said(result), actions };
    });
  });
}

const INTEGRATION = /^aws_cloudcontrolapi_resource\.Integrations_/;
const integrationAction = (actions: Record<string, string>) =>
  Object.entries(actions).find(([address]) => INTEGRATION.test(address))?.[1];

describeWithTerraform("a change of an integration", () => {
  test.each([
    ["its description", "Orders for the lake", "All orders"],
    ["its tags", "team: data", "team: sales"],
  ])("of %s is made in place", async (_, from, to) => {
    await change(SAMPLE, SAMPLE.replace(from, to), async (plan) => {
      expect(integrationAction((await plan()).actions)).toBe("update");
    });
  });

  test.each([
    ["its name", "description:", "name: renamed\n        description:"],
    ["its source table", "table: orders", "table: orders2"],
    ["its database", "sales_lake", "finance_lake"],
  ])("of %s is stopped while it is protected", async (_, from, to) => {
    await change(SAMPLE, SAMPLE.replace(from, to), async (plan) => {
      const { text } = await plan();
      expect(text).toContain("Instance cannot be destroyed");
      expect(text).toContain("Integrations_orders-to-lake");
    });
  });

  test("of its interval is made in place by the operator, and leaves it alone", async () => {
    await change(SAMPLE, SAMPLE.replace("30m", "45m"), async (plan) => {
      const { actions } = await plan();
      expect(actions).toEqual({
        "aws_lambda_invocation.Integrations_orders-to-lake_Settings_751BDA11": "update",
      });
    });
  });

  test("of its interval is stopped without the operator while it is protected, and replaces it once it is not", async () => {
    await change(ALONE, ALONE.replace("30m", "45m"), async (plan) => {
      expect((await plan()).text).toContain("Instance cannot be destroyed");
    });
    const open = `${ALONE}        protect: false\n`;
    await change(open, open.replace("30m", "45m"), async (plan) => {
      expect(integrationAction((await plan()).actions)).toBe("delete,create");
    });
  });

  test("of one key of its encryption context replaces it, too, for Cloud Control refuses to update that", async () => {
    await change(
      ENCRYPTED,
      ENCRYPTED.replace("Context: { team: data }", "Context: { team: sales }"),
      async (plan) => {
        expect(integrationAction((await plan()).actions)).toBe("delete,create");
      },
    );
  });

  test("of the order of the file is none", async () => {
    const reordered = SAMPLE.replace(
      "description: Orders for the lake\n        refreshInterval: 30m",
      "refreshInterval: 30m\n        description: Orders for the lake",
    );
    expect(reordered).not.toBe(SAMPLE);
    await change(SAMPLE, reordered, async (plan) => {
      expect((await plan()).actions).toEqual({});
    });
  });

  test("that adds a second table to the database leaves the first integration alone", async () => {
    const more = SAMPLE.replace(
      "table: orders }",
      "table: orders }\n      customers: { type: dynamodb, table: customers }",
    ).concat("\n      customers-to-lake: { source: customers, target: lake }\n");
    await change(SAMPLE, more, async (plan) => {
      const { actions } = await plan();
      expect(actions).toEqual({
        "aws_cloudcontrolapi_resource.Integrations_customers-to-lake_3492EA16": "create",
        "aws_iam_role_policy.Operator_Policy_0F25CA32": "update",
        "aws_lambda_invocation.DynamoDbTablePolicy_customers_3D2C80A5": "create",
        "aws_lambda_invocation.GlueCatalogPolicy_4226FFE8": "update",
      });
    });
  });
});
