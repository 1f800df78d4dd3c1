// Lints texts as if they were files of the repository. ESLint imports its configuration as an ES module, which jest's
// sandbox refuses, so this runs in a process of its own: one for all texts, because its start is what costs.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ESLint } from "eslint";

export interface LintedText {
  /** Where the text would live, relative to the repository. */
  readonly file: string;
  readonly code: string;
}

const ROOT = join(__dirname, "../..");

/** For each text, what the import rules say against it. */
export function importRefusals(texts: readonly LintedText[]): string[][] {
  const output = execFileSync(process.execPath, ["--import", "tsx", __filename], {
    cwd: ROOT,
    input: JSON.stringify(texts),
    encoding: "utf8",
  });
  return JSON.parse(output) as string[][];
}

async function lint(eslint: ESLint, { file, code }: LintedText): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) });
  if (result === undefined) throw new Error(`the linter ignores ${file}`);
  const fatal = result.messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(`${file}: ${fatal.message}`);
  return result.messages
    .filter(({ ruleId }) => ruleId === "no-restricted-imports" || ruleId === "no-restricted-syntax")
    .map(({ message }) => message);
}

async function main(): Promise<void> {
  const texts = JSON.parse(readFileSync(0, "utf8")) as LintedText[];
  const eslint = new ESLint({ cwd: ROOT });
  const refusals: string[][] = [];
  for (const text of texts) refusals.push(await lint(eslint, text));
  process.stdout.write(JSON.stringify(refusals));
}

if (require.main === module) void main();
