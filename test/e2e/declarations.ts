// The sample, the examples that are no source's own, and what neither shows, through a whole life with the real provider: validate, plan, apply,
// nothing left to plan, what is then in the accounts, protection, destroy, and accounts as they were before.
import { Example } from "./example";
import { MINUTES, Stage } from "./stage";

/** The declarations in groups of about one length, one test file each. */
export const THEMES = {
  documents: [
    "examples/existing-resources.yaml",
    "examples/policy-modes.yaml",
    "examples/shared-documents.yaml",
  ],
  options: [
    "zero-etl.yaml",
    "examples/monitoring.yaml",
    "examples/table-options.yaml",
    "test/e2e/declarations/options.yaml",
  ],
  places: ["examples/two-accounts.yaml", "examples/two-regions.yaml", "examples/two-stacks.yaml"],
} as const;

export function describeTheme(theme: keyof typeof THEMES): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  }, MINUTES);

  afterAll(() => stage.close());

  test.each(THEMES[theme])(
    "%s lives and dies",
    (file) => new Example(() => stage, file).liveAndDie(),
    5 * MINUTES,
  );
}
