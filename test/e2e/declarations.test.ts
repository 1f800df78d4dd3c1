import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { THEMES } from "./declarations";
import { REPOSITORY } from "./project";

const yamlIn = (folder: string): string[] =>
  readdirSync(join(REPOSITORY, folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(folder, file));

test("the sample and every declaration that is no source's own is in one theme", () => {
  const files = ["zero-etl.yaml", ...yamlIn("examples"), ...yamlIn("test/e2e/declarations")];
  expect(Object.values(THEMES).flat().sort()).toEqual(files.sort());
});

test.each(Object.keys(THEMES))("the theme %s has a test file", (theme) => {
  const file = readFileSync(join(__dirname, `declarations-${theme}.test.ts`), "utf8");
  expect(file).toContain(`describeTheme("${theme}")`);
});
