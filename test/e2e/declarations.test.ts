// The sample, the examples that are no source's own, and what neither shows, through a whole life with the real provider: validate, plan, apply,
// nothing left to plan, what is then in the accounts, protection, destroy, and accounts as they were before.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Example } from "./example";
import { REPOSITORY } from "./project";
import { MINUTES, Stage } from "./stage";

const EXAMPLES = readdirSync(join(REPOSITORY, "examples"))
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => `examples/${file}`);

const OPTIONS = "test/e2e/declarations/options.yaml";

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, MINUTES);

afterAll(() => stage.close());

test.each(["zero-etl.yaml", ...EXAMPLES, OPTIONS])(
  "%s lives and dies",
  (file) => new Example(() => stage, file).liveAndDie(),
  5 * MINUTES,
);
