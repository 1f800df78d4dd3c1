// The sample and every example through a whole life with the real provider: validate, plan, apply, nothing left to
// plan, what is then in the account, protection, destroy, and an account as it was before.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../emulator/wire";
import { type Expected, TRUST_GRANTS, expectedOf } from "./expected";
import { grantsOf } from "./grants";
import { Project, REPOSITORY, readDeclaration } from "./project";
import { seed, unprotected } from "./seed";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import { type PlanJson, type Terraform, result, texts } from "./terraform";

const DECLARATIONS = [
  "zero-etl.yaml",
  ...readdirSync(join(REPOSITORY, "examples"))
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => `examples/${file}`),
];

const PROGRAMS = readdirSync(join(REPOSITORY, "examples", "typescript"))
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .map((file) => `examples/typescript/${file}`);

/** What a program expects to exist; unlike a declaration, it cannot be asked. */
const TABLES_OF_PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "examples/typescript/base-stack.ts": ["orders", "customers"],
};

/** Documents that a reviewer has to be able to read in a plan. */
const REVIEWED = ["desired_state", "policy", "assume_role_policy"];

describe("lives and dies", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  }, MINUTES);

  beforeEach(() => stage.reset());
  afterAll(() => stage.close());

  test.each(DECLARATIONS)(
    "%s",
    async (file) => {
      const { text, declaration } = await seed(stage.account, await readDeclaration(file));
      const project = new Project(await stage.folder("project"));
      await project.synthesize(text);
      const expected = (await project.stacks()).map((stack) => expectedOf(declaration, stack, ACCOUNT));
      const regions = [...new Set(expected.map(({ region }) => region))];
      const before = await snapshots(stage, regions);

      const stacks: Terraform[] = [];
      for (const one of expected) {
        const terraform = await brought(stage, project.stackDir(one.stack));
        stacks.push(terraform);
        await expectInAccount(stage, one);
        await expectOutputs(terraform, one);
      }
      for (const terraform of stacks) await expectProtected(terraform);

      await project.synthesize(unprotected(text));
      await removed(stage, stacks);
      expect(await snapshots(stage, regions)).toEqual(before);
    },
    5 * MINUTES,
  );

  test.each(PROGRAMS)(
    "%s",
    async (file) => {
      for (const table of TABLES_OF_PROGRAMS[file] ?? []) await stage.account.createTable(table);
      const before = await stage.account.snapshot();
      const project = new Project(await stage.folder("program"));
      await project.synthesizeProgram(join(REPOSITORY, file));

      const stacks: Terraform[] = [];
      for (const stack of await project.stacks()) stacks.push(await brought(stage, project.stackDir(stack)));
      const integrations = await stage.account.integrations();
      expect(integrations.length).toBeGreaterThan(0);
      expect(integrations.map(({ Status, Errors }) => ({ Status, Errors }))).toEqual(
        integrations.map(() => ({ Status: "ACTIVE", Errors: undefined })),
      );

      await project.unprotect();
      await removed(stage, stacks);
      expect(await stage.account.snapshot()).toEqual(before);
    },
    5 * MINUTES,
  );
});

/** From nothing to an applied stack that has nothing left to plan. */
async function brought(stage: Stage, dir: string): Promise<Terraform> {
  const terraform = await stage.terraform(dir);
  expect(await terraform.init()).toMatchObject({ code: 0 });
  const [validated, planned] = await Promise.all([terraform.validate(), terraform.plan()]);
  expect(result(validated)).toEqual({ code: 0, said: [] });
  expect(result(planned)).toEqual({ code: 2, said: [] });
  expect(unknownDocuments(await terraform.planJson())).toEqual([]);
  expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
  expect(result(await terraform.plan())).toEqual({ code: 0, said: [] });
  return terraform;
}

async function expectProtected(terraform: Terraform): Promise<void> {
  const refused = await terraform.planDestroy();
  expect({ code: refused.code, errors: texts(refused, "error") }).toEqual({
    code: 1,
    errors: expect.arrayContaining([
      expect.stringMatching(/^Instance cannot be destroyed: .*prevent_destroy/),
    ]),
  });
}

async function removed(stage: Stage, stacks: readonly Terraform[]): Promise<void> {
  for (const terraform of [...stacks].reverse()) {
    stage.emulator.log.length = 0;
    expect(result(await terraform.destroy())).toEqual({ code: 0, said: [] });
    expect(await terraform.stateList()).toEqual([]);
    expectIntegrationsFirst(stage);
  }
}

async function snapshots(stage: Stage, regions: readonly string[]): Promise<JsonObject[]> {
  return Promise.all(regions.map((region) => stage.account.in(region).snapshot()));
}

/** Reviewed documents that are not known before an apply, by address. */
function unknownDocuments(plan: PlanJson): string[] {
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change }) =>
      REVIEWED.filter((name) => change.after_unknown[name] === true).map((name) => `${address}.${name}`),
    );
}

async function expectInAccount(stage: Stage, expected: Expected): Promise<void> {
  const account = stage.account.in(expected.region);
  for (const table of expected.tables) {
    expect(grantsOf(await account.tablePolicy(table))).toEqual(expected.tableGrants);
  }
  expect(grantsOf(await account.catalogPolicy())).toEqual(expected.catalogGrants);

  const databases = await account.databases();
  const properties = await account.resourceProperties();
  expect(properties.map((property) => property["ResourceArn"]).sort()).toEqual(
    expect.arrayContaining(expected.targets.map(({ arn }) => arn).sort()),
  );
  for (const target of expected.targets) {
    expect(databases[target.database]).toBe(target.location);
    const property = properties.find(({ ResourceArn }) => ResourceArn === target.arn);
    const { RoleArn } = property?.["TargetProcessingProperties"] as { RoleArn: string };
    if (target.roleArn !== undefined) {
      expect(RoleArn).toBe(target.roleArn);
      continue;
    }
    const role = await account.role(RoleArn.split("/").at(-1) ?? "");
    expect(grantsOf(role.trust)).toEqual(TRUST_GRANTS);
    expect(Object.values(role.policies).flatMap(grantsOf).sort()).toEqual(target.roleGrants);
  }

  const tags = Object.entries(expected.tags).map(([key, value]) => ({ key, value }));
  const integrations = await account.integrations();
  expect(integrations).toHaveLength(expected.integrations.length);
  for (const { name, sourceArn, targetArn, description, minutes } of expected.integrations) {
    const integration = integrations.find(({ IntegrationName }) => IntegrationName === name);
    expect(integration).toMatchObject({ SourceArn: sourceArn, TargetArn: targetArn, Status: "ACTIVE" });
    expect(integration).not.toHaveProperty("Errors");
    expect(integration?.["Description"]).toBe(description);
    expect((integration?.["IntegrationConfig"] as JsonObject | undefined)?.["RefreshInterval"]).toBe(minutes);
    expect(integration?.["Tags"] ?? []).toEqual(tags.sort((a, b) => (a.key < b.key ? -1 : 1)));
  }
}

async function expectOutputs(terraform: Terraform, expected: Expected): Promise<void> {
  const outputs = Object.values(await terraform.outputs());
  for (const { database } of expected.targets) expect(outputs).toContain(database);
  for (const { name } of expected.integrations) {
    expect(outputs).toContainEqual(expect.stringMatching(/^arn:aws:glue:[a-z0-9-]+:\d{12}:integration:/));
    expect(name).not.toBe("");
  }
}

const WRITES = /^(Create|Put|Update|Delete|Attach|Detach)/;

/** An integration that outlives its role or its policies can hang, so nothing may be taken from under it. */
function expectIntegrationsFirst(stage: Stage): void {
  const writes = stage.emulator.log.filter(({ operation }) => WRITES.test(operation));
  const kinds = writes.map(({ input, operation }) =>
    input["TypeName"] === "AWS::Glue::Integration" ? "integration" : operation,
  );
  const last = kinds.lastIndexOf("integration");
  expect(kinds.slice(0, last + 1).filter((kind) => kind !== "integration")).toEqual([]);
}
