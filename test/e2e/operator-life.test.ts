// The life of what the operator manages, in small steps: the function is uploaded and really runs, in an account whose policies
// others have written into before, and whose IAM takes its time.
import { WAITS } from "../../lib/operator/waits";
import type { JsonObject } from "../emulator/wire";
import { statesOf } from "./account-contents";
import { unprotected } from "./declaration-text";
import { expectAtRest, planned, removed } from "./life";
import { FOREIGN_CATALOG_POLICY, FOREIGN_STATEMENTS, FOREIGN_TABLE_POLICY } from "./foreign-policies";
import { plannedActions } from "./planned-actions";
import { Project } from "./project";
import { seed } from "./seed";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import { type Outcome, type Terraform, result, texts } from "./terraform";

const PLACE = { account: ACCOUNT, region: "us-east-1" };
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
const DATABASE = `arn:aws:glue:us-east-1:${ACCOUNT}:database/sales_lake`;
const CONNECTION = `arn:aws:glue:us-east-1:${ACCOUNT}:connection/sap-prod`;

const OPTIONS = `
        tables:
          orders:
            unnest: top-level
            partitionBy: [{ field: created_at, function: month, format: epoch_milli }]
            targetTable: orders`;

const DECLARATION = `
version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
stacks:
  orders:
    environment: prod
    tags: { team: data }
    sources:
      orders: { type: dynamodb, table: orders }
      partners:
        type: sap-odata
        connection: sap-prod
        entities: [EntityOfPartners]
        primaryKeys: { EntityOfPartners: [PartnerId] }
    targets:
      lake: { type: glue-database, database: sales_lake, location: "s3://acme-lake/sales/" }
      people: { type: glue-database, database: people_lake, location: "s3://acme-lake/people/" }
    integrations:
      orders-to-lake:
        source: orders
        target: lake
        description: Orders for the lake
        refreshInterval: 30m${OPTIONS}
      partners-to-people: { source: partners, target: people }
`;

const SETTINGS = "aws_lambda_invocation.Integrations_orders-to-lake_Settings";
const PROPERTIES = "aws_lambda_invocation.IntegrationTableProperties_glue-database_sales_lake_orders";
const ORDERS = "aws_cloudcontrolapi_resource.Integrations_orders-to-lake";
const PARTNERS = "aws_cloudcontrolapi_resource.Integrations_partners-to-people";

/** How a table is laid out in the words of the API. */
const MONTHS = [{ FieldName: "created_at", FunctionSpec: "month", ConversionSpec: "epoch_milli" }];

let stage: Stage;
let project: Project;
let terraform: Terraform;
/** The accounts before anything was applied. */
let before: JsonObject;
/** What is declared now. */
let text: string;
/** Of the integrations, which keep them whatever happens. */
let arns: Record<string, string>;

beforeAll(async () => {
  stage = await Stage.open();
  ({ text } = await seed(stage.at, DECLARATION, ACCOUNT));
  await stage.emulator.policies.seedCatalog(PLACE, FOREIGN_CATALOG_POLICY);
  await stage.emulator.policies.seedTable(TABLE, FOREIGN_TABLE_POLICY);
  before = await stage.account.snapshot();
  project = new Project(await stage.folder("operator"));
  await project.synthesize(text);
}, MINUTES);

afterAll(() => stage.close());

/** What a plan of a changed declaration does to what is managed, by address without its digest. */
async function plannedFor(declaration: string): Promise<Record<string, string>> {
  text = declaration;
  await project.synthesize(text);
  expect(result(await terraform.plan())).toEqual({ code: 2, said: [] });
  return plannedActions(await terraform.planJson());
}

/** Applies what was planned, after which nothing is left to plan, and every integration is the one that it was. */
async function carriedOut(): Promise<void> {
  expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
  await expectAtRest(terraform);
  expect(await stage.account.integrationArns()).toEqual(arns);
}

/** The only error of a command. */
function refusal(outcome: Outcome): string {
  const errors = texts(outcome, "error");
  expect({ code: outcome.code, errors }).toEqual({ code: 1, errors: [expect.any(String)] });
  return errors[0] ?? "";
}

/** Everything that the operator manages, as the account has it. */
async function managed() {
  const { account, emulator } = stage;
  const [integration = {}] = (await account.integrations()).filter(
    ({ IntegrationName }) => IntegrationName === "orders-to-lake",
  );
  return {
    layout: (await account.tableProperties(DATABASE, "orders"))?.["TargetTableConfig"],
    key: (await account.tableProperties(CONNECTION, "EntityOfPartners"))?.["SourceTableConfig"],
    config: integration["IntegrationConfig"],
    loads: [...emulator.loads("orders-to-lake")],
    catalogPolicy: await emulator.policies.catalog(PLACE),
    tablePolicy: await emulator.policies.table(TABLE),
  };
}

const sidsOf = (policy = "{}"): unknown[] =>
  (JSON.parse(policy) as { Statement: JsonObject[] }).Statement.map(({ Sid }) => Sid);

test(
  "an account whose IAM lags behind ends as declared, and keeps the statements of others",
  async () => {
    const { emulator, account } = stage;
    emulator.iam.lagMillis = 3000;
    emulator.functions.environment[WAITS.propagation.variable] = "3.5";
    emulator.functions.environment[WAITS.denial.variable] = "10";
    const first = await planned(stage, project.stackDir("orders"));
    ({ terraform } = first);
    expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
    expect(emulator.log.map(({ error = "" }) => error)).toContainEqual(
      expect.stringContaining("The role defined for the function cannot be assumed by Lambda."),
    );
    emulator.iam.lagMillis = 0;
    await expectAtRest(terraform);

    arns = await account.integrationArns();
    expect(await statesOf(account)).toEqual({ "orders-to-lake": "ACTIVE", "partners-to-people": "ACTIVE" });
    const { catalogPolicy, tablePolicy, ...rest } = await managed();
    expect(rest).toEqual({
      layout: { UnnestSpec: "TOPLEVEL", PartitionSpec: MONTHS, TargetTableName: "orders" },
      key: { PrimaryKey: ["PartnerId"] },
      config: { RefreshInterval: "30" },
      // The layout was there before the integration was.
      loads: [
        { reason: "created", table: "orders", unnest: "TOPLEVEL", partition: MONTHS, targetTable: "orders" },
      ],
    });
    expect(catalogPolicy).toContain(FOREIGN_STATEMENTS.catalog);
    expect(sidsOf(catalogPolicy)).toEqual([
      "Analysts",
      expect.stringMatching(/^ZeroEtlAuthorize\w+$/),
      expect.stringMatching(/^ZeroEtlAuthorize\w+$/),
    ]);
    expect(tablePolicy).toContain(FOREIGN_STATEMENTS.table);
    expect(sidsOf(tablePolicy)).toEqual(["Auditors", expect.stringMatching(/^ZeroEtlExport\w+$/)]);
  },
  3 * MINUTES,
);

test(
  "an interval and a target table change in place, and nothing is loaded",
  async () => {
    const was = await managed();
    const changed = text.replace("30m", "45m").replace("targetTable: orders", "targetTable: all_orders");
    expect(await plannedFor(changed)).toEqual({ [SETTINGS]: "update", [PROPERTIES]: "update" });
    await carriedOut();
    expect(await managed()).toEqual({
      ...was,
      layout: { UnnestSpec: "TOPLEVEL", PartitionSpec: MONTHS, TargetTableName: "all_orders" },
      config: { RefreshInterval: "45" },
    });
  },
  3 * MINUTES,
);

test(
  "description, filter and tags change in place through Cloud Control, and the operator is not asked",
  async () => {
    const was = await managed();
    stage.emulator.log.length = 0;
    const changed = text
      .replace("Orders for the lake", "All orders")
      .replace("[EntityOfPartners]", "[EntityOfPartners, Materials]")
      .replace("team: data", "team: sales");
    const tagged = await plannedFor(changed);
    expect(new Set(Object.values(tagged))).toEqual(new Set(["update"]));
    expect(tagged).toMatchObject({ [ORDERS]: "update", [PARTNERS]: "update" });
    expect(Object.keys(tagged).filter((address) => /^aws_lambda_invocation\./.test(address))).toEqual([]);
    await carriedOut();
    expect(stage.emulator.operations()).not.toContain("glue.ModifyIntegration");
    expect(await managed()).toEqual(was);
    const Tags = [{ key: "team", value: "sales" }];
    expect(await stage.account.integrations()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ IntegrationName: "orders-to-lake", Description: "All orders", Tags }),
        expect.objectContaining({
          IntegrationName: "partners-to-people",
          DataFilter: "include: EntityOfPartners, include: Materials",
          Tags,
        }),
      ]),
    );
  },
  3 * MINUTES,
);

const AGAIN =
  "When the cause is mended, call again: terraform apply -var zero_etl_attempt=2 (any other value).";

test(
  "another layout is refused, changes nothing, and is refused again by the next plan",
  async () => {
    const was = await managed();
    expect(await plannedFor(text.replace("unnest: top-level", "unnest: none"))).toEqual({
      [PROPERTIES]: "update",
    });
    const said =
      "Resource postcondition failed: the table properties of orders in the glue-database sales_lake: changing unnest from " +
      `top-level to none would make AWS load orders in ${DATABASE} again, and nothing was changed: ${arns["orders-to-lake"]} ` +
      "replicates it. to have it loaded again, raise layoutVersion to 2 with the change (after a raised change that failed, it " +
      "has to be raised again); to leave it as it is, declare unnest top-level and partitionBy month(created_at, epoch_milli). " +
      AGAIN;
    expect(refusal(await terraform.apply())).toBe(said);
    expect(await managed()).toEqual(was);
    expect(refusal(await terraform.plan())).toBe(said);
  },
  3 * MINUTES,
);

test(
  "with a raised layoutVersion it is loaded again, in place",
  async () => {
    const was = await managed();
    const raised = text.replace("unnest: none", "unnest: none\n            layoutVersion: 2");
    expect(await plannedFor(raised)).toEqual({ [PROPERTIES]: "update" });
    await carriedOut();
    expect(await managed()).toEqual({
      ...was,
      layout: { UnnestSpec: "NOUNNEST", PartitionSpec: MONTHS, TargetTableName: "all_orders" },
      loads: [
        ...was.loads,
        {
          reason: "resync",
          table: "orders",
          unnest: "NOUNNEST",
          partition: MONTHS,
          targetTable: "all_orders",
        },
      ],
    });
  },
  3 * MINUTES,
);

test(
  "other partitions are refused as well",
  async () => {
    const was = await managed();
    const declared = text;
    expect(await plannedFor(declared.replace("function: month", "function: day"))).toEqual({
      [PROPERTIES]: "update",
    });
    expect(refusal(await terraform.apply())).toContain(
      "changing partitionBy from month(created_at, epoch_milli) to day(created_at, epoch_milli) would make AWS load orders in " +
        `${DATABASE} again, and nothing was changed: ${arns["orders-to-lake"]} replicates it.`,
    );
    text = declared;
    expect(await managed()).toEqual(was);
  },
  3 * MINUTES,
);

test(
  "a removal of the options is refused while it would load the table",
  async () => {
    const was = await managed();
    const declared = text;
    expect(await plannedFor(declared.replace(/\n +tables:[^]*?targetTable: all_orders/, ""))).toEqual({
      [PROPERTIES]: "delete",
      "aws_iam_role_policy.Operator_Policy": "update",
    });
    const said =
      `removing the properties of orders in ${DATABASE} would make AWS load the table again, unnest none and partitionBy ` +
      `month(created_at, epoch_milli) becoming unnest full and no partitionBy: ${arns["orders-to-lake"]} replicates it ` +
      "[table-in-use]; remedy: remove the integration first, or declare unnest full without partitionBy and layoutVersion 3, " +
      "apply, and then remove the options";
    // A deletion that did not happen must be an error, or Terraform would forget what is still there.
    const thrown = { errorType: "ZeroEtlOperatorError", errorMessage: said, trace: ["ZeroEtlOperatorError"] };
    expect(refusal(await terraform.apply())).toBe(
      `invoking Lambda Function (zero-etl-operator-orders-prod): ${JSON.stringify(thrown)}: `,
    );
    text = declared;
    expect(await managed()).toEqual(was);
  },
  3 * MINUTES,
);

test(
  "with the layout of AWS, for which it is loaded once more, the options go",
  async () => {
    const was = await managed();
    const plain = text
      .replace("unnest: none", "unnest: full")
      .replace(/\n +partitionBy:.*/, "")
      .replace("layoutVersion: 2", "layoutVersion: 3");
    expect(await plannedFor(plain)).toEqual({ [PROPERTIES]: "update" });
    await carriedOut();
    const loads = [
      ...was.loads,
      { reason: "resync", table: "orders", unnest: "FULL", partition: [], targetTable: "all_orders" },
    ];
    const layout = { UnnestSpec: "FULL", TargetTableName: "all_orders" };
    expect(await managed()).toEqual({ ...was, layout, loads });

    expect(await plannedFor(plain.replace(/\n +tables:[^]*?targetTable: all_orders/, ""))).toEqual({
      [PROPERTIES]: "delete",
      "aws_iam_role_policy.Operator_Policy": "update",
    });
    await carriedOut();
    expect(await managed()).toEqual({ ...was, layout: undefined, loads });
  },
  3 * MINUTES,
);

test(
  "a rename is stopped, and the end of the stack leaves everything of others to the byte",
  async () => {
    await project.synthesize(text.replace("source: orders\n", "source: orders\n        name: all-orders\n"));
    expect(refusal(await terraform.plan())).toMatch(
      /^Instance cannot be destroyed: .*\.Integrations_orders-to-lake_.*prevent_destroy/,
    );
    await project.synthesize(unprotected(text));
    await removed(stage, [terraform]);
    expect(await stage.emulator.policies.catalog(PLACE)).toBe(FOREIGN_CATALOG_POLICY);
    expect(await stage.emulator.policies.table(TABLE)).toBe(FOREIGN_TABLE_POLICY);
    expect(await stage.account.tableProperties(CONNECTION, "EntityOfPartners")).toBeUndefined();
    expect(await stage.account.snapshot()).toEqual(before);
  },
  3 * MINUTES,
);
