// Writes the JSON Schema of the declaration file beside this script.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedSchema } from "../lib/spec/published-schema";

writeFileSync(
  join(__dirname, "zero-etl.schema.json"),
  `${JSON.stringify(publishedSchema(), undefined, 2)}\n`,
);
