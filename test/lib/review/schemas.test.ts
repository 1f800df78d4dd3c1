// The published schemas are what the code says, and what is written and read is of them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SCHEMAS } from "../../../schema/schemas";

const FOLDER = join(__dirname, "../../../schema");

test("every published schema is generated", () => {
  expect(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith(".json"))
      .sort(),
  ).toEqual(Object.keys(SCHEMAS).sort());
});

test.each(Object.keys(SCHEMAS))("%s is as `npm run schema` writes it", (file) => {
  expect(readFileSync(join(FOLDER, file), "utf8")).toBe(
    `${JSON.stringify(SCHEMAS[file]?.(), undefined, 2)}\n`,
  );
});
