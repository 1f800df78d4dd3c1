// The example programs through a whole life with the real provider: what a user of the library writes in TypeScript.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { applied, planned, removed } from "./life";
import { Project, REPOSITORY } from "./project";
import { MINUTES, Stage } from "./stage";
import type { Terraform } from "./terraform";

const PROGRAMS = readdirSync(join(REPOSITORY, "examples", "typescript"))
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .map((file) => `examples/typescript/${file}`);

/** What a program expects to exist; unlike a declaration, it cannot be asked. */
const TABLES_OF_PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "examples/typescript/base-stack.ts": ["orders", "customers"],
  "examples/typescript/monitoring.ts": ["orders"],
};

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, MINUTES);

beforeEach(() => stage.reset());
afterAll(() => stage.close());

test.each(PROGRAMS)(
  "%s lives and dies",
  async (file) => {
    for (const table of TABLES_OF_PROGRAMS[file] ?? []) await stage.account.createTable(table);
    const before = await stage.account.snapshot();
    const project = new Project(await stage.folder("program"));
    await project.synthesizeProgram(join(REPOSITORY, file));

    const stacks: Terraform[] = [];
    for (const stack of await project.stacks()) {
      stacks.push(await applied(stage, await planned(stage, project.stackDir(stack))));
    }
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
