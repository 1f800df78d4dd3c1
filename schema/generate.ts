// Writes the published JSON Schemas beside this script.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCHEMAS } from "./schemas";

for (const [file, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(join(__dirname, file), `${JSON.stringify(schema(), undefined, 2)}\n`);
}
