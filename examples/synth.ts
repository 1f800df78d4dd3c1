// Synthesises every example into a folder that is gone afterwards: `npm run examples`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const here = __dirname;
const declarations = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .sort();
const programs = readdirSync(join(here, "typescript")).filter((file) => file.endsWith(".ts"));
const app = resolve(here, "../main.ts");

function synthesise(name: string, program: string, env: NodeJS.ProcessEnv = {}): boolean {
  const outdir = mkdtempSync(join(tmpdir(), "zero-etl-example-"));
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", program], {
    env: { ...process.env, ...env, CDKTF_OUTDIR: outdir },
    encoding: "utf8",
  });
  const stacks = status === 0 ? readdirSync(join(outdir, "stacks")) : [];
  rmSync(outdir, { recursive: true, force: true });
  console.log(`${stacks.length > 0 ? "ok    " : "FAILED"} ${name}: ${stacks.join(", ")}`);
  if (stacks.length === 0) console.error(stderr);
  return stacks.length > 0;
}

const results = [
  ...declarations.map((file) => synthesise(file, app, { ZERO_ETL_CONFIG: join(here, file) })),
  ...programs.map((file) => synthesise(`typescript/${file}`, join(here, "typescript", file))),
];
const failed = results.filter((passed) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
