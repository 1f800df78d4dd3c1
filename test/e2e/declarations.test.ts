// The sample and every example through a whole life with the real provider: validate, plan, apply, nothing left to
// plan, what is then in the account, protection, destroy, and an account as it was before.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../emulator/wire";
import { expectInAccount, expectOutputs } from "./account-contents";
import { expectedOf } from "./expected";
import { brought, expectProtected, removed } from "./life";
import { Project, REPOSITORY, readDeclaration } from "./project";
import { seed, unprotected } from "./seed";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import type { Terraform } from "./terraform";

const SAMPLE = "zero-etl.yaml";
const EXAMPLES = readdirSync(join(REPOSITORY, "examples"))
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => `examples/${file}`);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, MINUTES);

beforeEach(() => stage.reset());
afterAll(() => stage.close());

test.each([SAMPLE, ...EXAMPLES])(
  "%s lives and dies",
  async (file) => {
    const { text, declaration } = await seed(stage.account, await readDeclaration(file));
    const project = new Project(await stage.folder("project"));
    await project.synthesize(text);
    const expected = (await project.stacks()).map((stack) => expectedOf(declaration, stack, ACCOUNT));
    const regions = [...new Set(expected.map(({ region }) => region))];
    const before = await snapshots(regions);

    const stacks: Terraform[] = [];
    for (const one of expected) {
      const terraform = await brought(stage, project.stackDir(one.stack));
      stacks.push(terraform);
      await expectInAccount(stage.account.in(one.region), one);
      await expectOutputs(terraform, one);
    }
    // Every stack is protected in the same way, and a plan takes its time.
    const [first] = stacks;
    if (first !== undefined) await expectProtected(first);

    await project.synthesize(unprotected(text));
    await removed(stage, stacks);
    expect(await snapshots(regions)).toEqual(before);
  },
  5 * MINUTES,
);

async function snapshots(regions: readonly string[]): Promise<JsonObject[]> {
  return Promise.all(regions.map((region) => stage.account.in(region).snapshot()));
}
