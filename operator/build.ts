// Writes the function's zip: `npm run operator`, or with the path of the zip to write.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { OPERATOR_ZIP } from "../lib/operator/artifact";
import { bundleOperator } from "./bundle";

const ROOT = join(__dirname, "..");
const path = resolve(process.argv[2] ?? join(ROOT, "dist/operator", OPERATOR_ZIP));

const { code, zip } = bundleOperator(ROOT);
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, zip);
// Not on the standard output, which belongs to `npm pack --json`.
console.error(`${relative(process.cwd(), path)}: ${kilobytes(zip)}, unzipped ${kilobytes(code)}`);

function kilobytes({ length }: Uint8Array): string {
  return `${(length / 1024).toFixed(0)} KB`;
}
