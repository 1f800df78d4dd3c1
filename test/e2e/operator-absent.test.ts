// A stack without the operator: others write the policies, from what the stack tells them.
import type { JsonObject } from "../emulator/wire";
import { expectAtRest, planned } from "./life";
import { Project, readDeclaration } from "./project";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import { result, texts } from "./terraform";

interface Document {
  readonly document: string;
  readonly arn: string;
  readonly applied: boolean;
  readonly requirements: readonly { readonly statement: JsonObject }[];
}

const PLACE = { account: ACCOUNT, region: "us-east-1" };
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
const CATALOG = `arn:aws:glue:us-east-1:${ACCOUNT}:catalog`;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, MINUTES);

afterAll(() => stage.close());

test(
  "tells what the policies must say, writes none of them, and replaces an integration for its interval",
  async () => {
    const { account, emulator } = stage;
    await account.createTable("orders");
    const declaration = (await readDeclaration("zero-etl.yaml"))
      .replace("environment: prod\n", "environment: prod\n    operator: false\n    catalogPolicy: external\n")
      .replace("table: orders }", "table: orders, tablePolicy: external }");
    const project = new Project(await stage.folder("external"));
    await project.synthesize(declaration);

    // The plan tells it before anything is made.
    const { terraform, plan } = await planned(stage, project.stackDir("orders"));
    const output = plan.planned_values.outputs?.["orders-to-lake_required_statements"]?.value;
    const documents = output as readonly Document[];
    expect(documents.map(({ document, arn, applied }) => ({ document, arn, applied }))).toEqual([
      { document: "catalog policy", arn: CATALOG, applied: false },
      { document: "table policy", arn: TABLE, applied: false },
    ]);
    const [catalog = "", table = ""] = documents.map(({ requirements }) =>
      JSON.stringify({ Version: "2012-10-17", Statement: requirements.map(({ statement }) => statement) }),
    );
    await emulator.policies.seedTable(TABLE, table);
    await emulator.policies.seedCatalog(PLACE, catalog);

    expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
    await expectAtRest(terraform);
    expect(await account.integrations()).toMatchObject([
      { Status: "ACTIVE", IntegrationConfig: { RefreshInterval: "30" } },
    ]);
    expect(await account.functions()).toEqual([]);
    expect(emulator.operations().filter((operation) => /PutResourcePolicy/.test(operation))).toEqual([]);
    expect(await emulator.policies.table(TABLE)).toBe(table);
    expect(await emulator.policies.catalog(PLACE)).toBe(catalog);

    await project.synthesize(declaration.replace("30m", "45m"));
    const refused = await terraform.plan();
    expect({ code: refused.code, errors: texts(refused, "error") }).toEqual({
      code: 1,
      errors: [expect.stringMatching(/^Instance cannot be destroyed: .*prevent_destroy/)],
    });
  },
  2 * MINUTES,
);
