// Compiled JavaScript for what is measured: users run compiled code, and a loader would be measured along with it.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..");
const DIST = join(ROOT, "dist");

/** The compiled app of the package. */
export const APP = join(DIST, "main.js");

/** Path of a compiled file of the bench. */
export function compiled(file: string): string {
  return join(DIST, "bench", file);
}

/** Builds the package and, beside it, what the bench measures; the package's own build removes both. */
export function compile(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });
  const fleets = ["fleet.ts", "fleets.ts", "mixed-fleet.ts", "uniform-fleet.ts"];
  const sources = [...fleets, ...inFolder("hand-written"), ...inFolder("measured")];
  for (const source of sources) transpile(join(__dirname, source), compiled(source.replace(/\.ts$/, ".js")));
}

export function removeCompiledBench(): void {
  rmSync(compiled(""), { recursive: true, force: true });
}

function inFolder(folder: string): string[] {
  return readdirSync(join(__dirname, folder)).map((file) => join(folder, file));
}

function transpile(from: string, to: string): void {
  const { outputText } = ts.transpileModule(readFileSync(from, "utf8"), {
    fileName: from,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  });
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, outputText);
}
