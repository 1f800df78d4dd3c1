// Which commands documentation may show: those that exist.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const CDKTF = ["deploy", "destroy", "diff", "get", "init", "list", "login", "output", "provider", "synth"];
const TERRAFORM = ["apply", "destroy", "import", "init", "output", "plan", "show", "state", "validate"];

/** Why a command would fail for a reader; `undefined` where it is known. */
export function commandProblem(command: string): string | undefined {
  const words = command.split(/\s+/).filter((word, index, all) => !isAssignment(word, all.slice(0, index)));
  const [program = "", ...rest] = words[0] === "npx" ? words.slice(1) : words;
  const [subcommand = ""] = rest;
  const oneOf = (known: readonly string[]): string | undefined =>
    known.includes(subcommand) ? undefined : `${program} has no command "${subcommand}": ${command}`;
  switch (program) {
    case "npm":
      return npmProblem(rest, command);
    case "cdktf":
      return oneOf(CDKTF);
    case "terraform":
      return oneOf(TERRAFORM);
    case "zero-etl":
      return oneOf(zeroEtlCommands());
    default:
      return `not a command that documentation may show: ${command}`;
  }
}

function npmProblem([subcommand = "", script = ""]: readonly string[], command: string): string | undefined {
  if (["ci", "install"].includes(subcommand)) return undefined;
  const name = subcommand === "run" ? script : subcommand;
  if (subcommand !== "run" && name !== "test") return `npm has no documented use "${subcommand}": ${command}`;
  return name in npmScripts() ? undefined : `package.json has no script "${name}": ${command}`;
}

function npmScripts(): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  return manifest.scripts;
}

let commands: string[] | undefined;

/** Asks the command itself, once. */
function zeroEtlCommands(): string[] {
  if (commands === undefined) {
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "bin/zero-etl.ts", "--help"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const listed = stdout.split("Commands:\n")[1] ?? "";
    commands = [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = ""]) => name);
  }
  return commands;
}

function isAssignment(word: string, before: readonly string[]): boolean {
  return /^[A-Z_]+=/.test(word) && before.every((earlier) => /^[A-Z_]+=/.test(earlier));
}
