// Another team's project: the packed package is installed into it as npm does it for everybody.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");
const NOT_SOURCES = new Set(["node_modules", ".git", "dist", "cdktf.out", "coverage"]);
/** Half a gigabyte that npm would fetch: the project gets them as links, which module resolution follows to one copy. */
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];

/** What `npm pack` says of the package. */
export interface Packed {
  readonly tarball: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly string[];
}

/** A folder that is removed at the end. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "zero-etl-package-"));
}

/** Packs a copy of the repository: the build replaces `dist`, which others may be using. */
export function pack(folder: string): Packed {
  const copy = join(folder, "repository");
  cpSync(ROOT, copy, {
    recursive: true,
    filter: (from) => !(dirname(from) === ROOT && NOT_SOURCES.has(nameOf(from))),
  });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const [packed] = JSON.parse(npm(copy, ["pack", "--json", "--pack-destination", folder])) as [
    { filename: string; size: number; files: { path: string }[] },
  ];
  return {
    tarball: join(folder, packed.filename),
    size: packed.size,
    files: packed.files.map(({ path }) => path),
  };
}

/** A project with nothing but the package and its peers in it. */
export function createProject(folder: string, tarball: string): Project {
  const home = join(folder, "project");
  mkdirSync(home);
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({ name: "consumer", version: "1.0.0", private: true }),
  );
  npm(home, ["install", "--prefer-offline", "--no-audit", "--no-fund", "--legacy-peer-deps", tarball]);
  for (const peer of [...PEERS, "@types/node"]) {
    const link = join(home, "node_modules", peer);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { recursive: true, force: true });
    symlinkSync(join(ROOT, "node_modules", peer), link);
  }
  return new Project(home);
}

export class Project {
  constructor(readonly home: string) {}

  path(...parts: string[]): string {
    return join(this.home, ...parts);
  }

  write(file: string, text: string): void {
    writeFileSync(this.path(file), text);
  }

  /** Compiles strictly and returns what the compiler has to say. */
  compile(file: string, options: ts.CompilerOptions): string[] {
    const program = ts.createProgram([this.path(file)], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      esModuleInterop: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      types: ["node"],
      typeRoots: [this.path("node_modules/@types")],
      ...options,
    });
    const { diagnostics } = program.emit();
    return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(
      ({ file: source, messageText }) =>
        `${source?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  }

  /** Runs a program in the project's folder and returns what it prints; throws when it fails. */
  run(command: string, args: readonly string[]): string {
    return execFileSync(command, args, { cwd: this.home, encoding: "utf8", stdio: "pipe" });
  }
}

// A script of npm sets variables that change what an npm within it does.
function npm(cwd: string, args: readonly string[]): string {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command)/.test(name)),
  );
  return execFileSync("npm", args, { cwd, env, encoding: "utf8", stdio: "pipe" });
}

function nameOf(path: string): string {
  return path.slice(dirname(path).length + 1);
}
