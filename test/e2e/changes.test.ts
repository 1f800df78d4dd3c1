// What changes of a declaration do to integrations that run: ten into one target, one into a warehouse.
import { statesOf } from "./account-contents";
import { unprotected } from "./declaration-text";
import { namespaceIdOf } from "./expected/arns";
import { ORACLE_SECRET } from "./expected/oracle";
import { Project, resourcesOf } from "./project";
import { seed } from "./seed";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import { type Terraform, result, texts } from "./terraform";

const ENTITIES = [
  "Account",
  "Asset",
  "Campaign",
  "Case",
  "Contact",
  "Contract",
  "Lead",
  "Opportunity",
  "Order",
  "Product2",
] as const;

const TARGET = `arn:aws:glue:us-east-1:${ACCOUNT}:database/crm_lake`;

const WAREHOUSE = `arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:namespace/${namespaceIdOf("analytics")}`;

/** One integration for each entity, so that there are more than AWS works on at once. */
const DECLARATION = `
version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
stacks:
  crm:
    environment: prod
    sources:
${ENTITIES.map((entity) => `      ${entity}: { type: salesforce, connection: salesforce-prod, entities: [${entity}] }`).join("\n")}
      ledger:
        type: oracle
        arn: arn:aws:odb:us-east-1:${ACCOUNT}:cloud-vm-cluster/exadb_0a1b2c3d
        pluggableDatabase: LEDGER
        secretArn: arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:ledger-AbCdEf
        kmsKeyArn: arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555
    targets:
      lake: { type: glue-database, database: crm_lake, location: s3://acme-lake/crm/, lakeFormation: true }
      warehouse: { type: redshift, workgroup: analytics }
    integrations:
${ENTITIES.map((entity) => `      ${entity}: { source: ${entity}, target: lake, continuousSync: true }`).join("\n")}
      ledger: { source: ledger, target: warehouse }
`;

const EVERY = [...ENTITIES, "ledger"];

let stage: Stage;
let project: Project;
let terraform: Terraform;
let text: string;
/** What was applied last. */
let changed: string;
/** Another secret for the same database. */
let secretArn: string;

beforeAll(async () => {
  stage = await Stage.open();
  // Long enough for whatever Terraform begins at once to be under way at once, on a slow machine as well.
  stage.emulator.timing.changeMillis = 2000;
  ({ text } = await seed(stage.at, DECLARATION, ACCOUNT));
  const [kmsKeyArn = ""] = /arn:aws:kms:\S+/.exec(text) ?? [];
  secretArn = await stage.account.seeding.secret("ledger-new", { kmsKeyArn, statements: ORACLE_SECRET });
  project = new Project(await stage.folder("changes"));
  await project.synthesize(text);
  terraform = await stage.terraform(project.stackDir("crm"));
  expect(await terraform.init()).toMatchObject({ code: 0 });
}, MINUTES);

afterAll(() => stage.close());

/** What a plan does to integrations, by their names. */
async function plannedChanges(declaration: string): Promise<Record<string, string>> {
  await project.synthesize(declaration);
  expect(result(await terraform.plan())).toEqual({ code: 2, said: [] });
  const { resource_changes = [] } = await terraform.planJson();
  const integrations = resource_changes.filter(
    ({ address, change }) =>
      /\.Integrations_/.test(address) && change.before?.["type_name"] === "AWS::Glue::Integration",
  );
  return Object.fromEntries(
    integrations
      .filter(({ change }) => change.actions.join() !== "no-op")
      .map(({ change }) => [nameIn(change.before), change.actions.join()]),
  );
}

function nameIn(before: Readonly<Record<string, unknown>> | null): string {
  const state = JSON.parse(String(before?.["desired_state"])) as { IntegrationName: string };
  return state.IntegrationName;
}

test(
  "ten integrations of one target are created in lanes, never more than four at once",
  async () => {
    const { traffic } = stage.emulator;
    traffic.limit = undefined;
    await project.synthesize(text);
    expect(result(await terraform.plan())).toEqual({ code: 2, said: [] });
    expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
    expect(traffic.maxima).toEqual({ [TARGET]: 4, [WAREHOUSE]: 1 });
    expect(await statesOf(stage.account)).toEqual(Object.fromEntries(EVERY.map((name) => [name, "ACTIVE"])));
  },
  2 * MINUTES,
);

test(
  "a description and a filter change in place",
  async () => {
    const before = await stage.account.integrationArns();
    changed = text.replace("entities: [Account]", "entities: [Account, Solution]");
    changed = changed.replace("target: lake, cont", "target: lake, description: Who buys, cont");
    expect(await plannedChanges(changed)).toEqual({ Account: "update" });
    expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
    expect(await stage.account.integrationArns()).toEqual(before);
    expect(await stage.account.integrations()).toContainEqual(
      expect.objectContaining({
        IntegrationName: "Account",
        Description: "Who buys",
        DataFilter: "include: Account, include: Solution",
      }),
    );
  },
  2 * MINUTES,
);

describe("what Cloud Control would refuse to change", () => {
  const snapshot = (declaration: string): string => declaration.replace("Sync: true", "Sync: false");
  const withSecret = (declaration: string): string =>
    declaration.replace(/arn:aws:secretsmanager:\S+/, secretArn);

  test.each([
    ["whether an integration follows changes", "Account", snapshot],
    ["the secret of an Oracle database", "ledger", withSecret],
  ])(
    "is a replacement, which protection stops: %s",
    async (_, name, change) => {
      await project.synthesize(change(changed));
      const refused = await terraform.plan();
      expect({ code: refused.code, errors: texts(refused, "error") }).toEqual({
        code: 1,
        errors: [
          expect.stringMatching(`^Instance cannot be destroyed: .*\\.Integrations_${name}_.*prevent_destroy`),
        ],
      });
    },
    MINUTES,
  );

  test(
    "replaces these integrations and no other, once they are not protected",
    async () => {
      const before = await stage.account.integrationArns();
      changed = unprotected(withSecret(snapshot(changed)));
      expect(await plannedChanges(changed)).toEqual({ Account: "delete,create", ledger: "delete,create" });
      expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
      const after = await stage.account.integrationArns();
      expect(EVERY.filter((name) => after[name] !== before[name])).toEqual(["Account", "ledger"]);
      expect(await statesOf(stage.account)).toEqual(
        Object.fromEntries(EVERY.map((name) => [name, "ACTIVE"])),
      );
    },
    2 * MINUTES,
  );
});

test(
  "ten integrations are deleted in lanes as well",
  async () => {
    const { traffic } = stage.emulator;
    traffic.clear();
    traffic.limit = undefined;
    expect(result(await terraform.destroy())).toEqual({ code: 0, said: [] });
    expect(traffic.maxima).toEqual({ [TARGET]: 4, [WAREHOUSE]: 1 });
  },
  2 * MINUTES,
);

test(
  "without the lanes AWS refuses some of them",
  async () => {
    stage.emulator.traffic.clear();
    await project.rewrite((stack) => {
      for (const resource of resourcesOf(stack, "aws_cloudcontrolapi_resource")) {
        resource.depends_on = (resource.depends_on ?? []).filter(
          (address) => !/\.Integrations_/.test(address),
        );
      }
    });
    expect(await terraform.plan()).toMatchObject({ code: 2 });
    const refused = await terraform.apply();
    expect(refused.code).toBe(1);
    expect(texts(refused, "error")).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`Re-try exhausted: another operation is in progress on target ${TARGET}`),
      ]),
    );
  },
  2 * MINUTES,
);
