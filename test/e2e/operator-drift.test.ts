// What plans tell of an account that somebody has changed behind Terraform's back, and how it becomes as declared again.
import { expectAtRest, planned } from "./life";
import { Project, readDeclaration } from "./project";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import { type Terraform, result } from "./terraform";

const PLACE = { account: ACCOUNT, region: "us-east-1" };
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
const DATABASE = `arn:aws:glue:us-east-1:${ACCOUNT}:database/sales_lake`;

let stage: Stage;
let terraform: Terraform;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.account.createTable("orders");
  const project = new Project(await stage.folder("drift"));
  const sample = await readDeclaration("zero-etl.yaml");
  await project.synthesize(
    sample
      .replace("environment: prod\n", "environment: prod\n    driftChecks: true\n")
      .concat("        tables: { orders: { targetTable: all_orders } }\n"),
  );
  ({ terraform } = await planned(stage, project.stackDir("orders")));
  expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
}, 2 * MINUTES);

afterAll(() => stage.close());

/** Of each policy the statement that the stack has written into it. */
async function sids(): Promise<{ readonly catalog: string; readonly table: string }> {
  const [catalog, table] = [await stage.account.catalogPolicy(), await stage.account.tablePolicy("orders")];
  const sidOf = (policy: typeof catalog): string => {
    const [statement] = (policy?.["Statement"] ?? []) as { readonly Sid: string }[];
    return statement?.Sid ?? "";
  };
  return { catalog: sidOf(catalog), table: sidOf(table) };
}

const ACCORDING = {
  interval: "the settings of the integration orders-to-lake",
  properties: "the table properties of orders in the glue-database sales_lake",
  catalog: "the statements of this stack in the Glue catalog policy",
  table: "the statements of this stack in the resource policy of the DynamoDB table orders",
};

const differs = (subject: keyof typeof ACCORDING, how: string): string =>
  `warning: Check block assertion failed: ${ACCORDING[subject]}: the account differs from what is declared: ${how}`;

test("an account as it was left is nothing to warn of", () => expectAtRest(terraform), MINUTES);

test(
  "every change behind Terraform's back is told by name, and stops no plan",
  async () => {
    const { account, emulator } = stage;
    const { catalog, table } = await sids();
    const [{ IntegrationArn } = {}] = await account.integrations();
    await account.modifyIntegration({
      IntegrationIdentifier: IntegrationArn,
      IntegrationConfig: { RefreshInterval: "120" },
    });
    await account.layOutTable(DATABASE, "orders", { UnnestSpec: "FULL", TargetTableName: "orders" });
    await emulator.policies.seedCatalog(PLACE, undefined);
    const policy = (await emulator.policies.table(TABLE)) ?? "";
    await emulator.policies.seedTable(TABLE, policy.replace('"dynamodb:DescribeTable",', ""));

    const { code, said } = result(await terraform.plan());
    expect(code).toBe(0);
    expect(said.sort()).toEqual([
      // It has lost what its policies allowed.
      expect.stringContaining("the integration orders-to-lake is in state NEEDS_ATTENTION."),
      differs("interval", `the refresh interval of ${String(IntegrationArn)} is 120 minutes, not 30 minutes`),
      differs("catalog", `statement ${catalog} is missing: there is no Glue catalog policy`),
      differs("table", `statement ${table} of the policy of ${TABLE} says something else than declared`),
      differs("properties", `orders in ${DATABASE}: the target table is orders, not all_orders`),
    ]);
  },
  2 * MINUTES,
);

test(
  "another attempt makes the account as declared again",
  async () => {
    const attempt = ["-var", "zero_etl_attempt=2"];
    expect(await terraform.plan("plan", ...attempt)).toMatchObject({ code: 2 });
    expect(await terraform.apply()).toMatchObject({ code: 0 });
    expect(result(await terraform.plan("plan", ...attempt))).toEqual({ code: 0, said: [] });
    expect(await stage.account.integrations()).toMatchObject([
      { Status: "ACTIVE", IntegrationConfig: { RefreshInterval: "30" } },
    ]);
    expect(await stage.account.tableProperties(DATABASE, "orders")).toMatchObject({
      TargetTableConfig: { TargetTableName: "all_orders" },
    });
  },
  2 * MINUTES,
);
