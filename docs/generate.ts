// Writes the generated parts of the documentation: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATED_FILES, withSections } from "./sections";

for (const file of GENERATED_FILES) {
  const path = join(__dirname, "..", file);
  writeFileSync(path, withSections(readFileSync(path, "utf8")));
}
