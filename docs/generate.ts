// Writes the generated parts of the documentation: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSections } from "./sections";

for (const file of ["README.md"]) {
  const path = join(__dirname, "..", file);
  writeFileSync(path, withSections(readFileSync(path, "utf8")));
}
