// A project folder as a user has one: a declaration, and what the app writes for it.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Finished, run } from "./processes";

export const REPOSITORY = resolve(__dirname, "../..");

/** Version constraint that the provider of the tests meets; users run the next major version. */
export const PROVIDER_VERSION = ">= 5.100.0, < 7.0";

/** Flag that lets node run the app without a build, from any folder. */
export const TSX = pathToFileURL(createRequire(__filename).resolve("tsx")).href;

export class Project {
  constructor(readonly dir: string) {}

  get declarationPath(): string {
    return join(this.dir, "zero-etl.yaml");
  }

  /** Runs the app over a declaration, as `cdktf synth` does. */
  async synthesize(declaration: string): Promise<void> {
    await writeFile(this.declarationPath, declaration);
    const finished = await this.app(join(REPOSITORY, "main.ts"));
    if (finished.code !== 0) throw new Error(`the app failed: ${finished.stderr}`);
  }

  /** Runs a program that uses the library from TypeScript, and lets its stacks take the provider of the tests. */
  async synthesizeProgram(program: string): Promise<void> {
    const finished = await this.app(program);
    if (finished.code !== 0) throw new Error(`${program} failed: ${finished.stderr}`);
    await this.rewrite((stack) => {
      const providers = stack.terraform["required_providers"] as Record<string, Record<string, string>>;
      for (const provider of Object.values(providers)) provider["version"] = PROVIDER_VERSION;
    });
  }

  /** Takes away the protection of everything, where a program and not a declaration has set it. */
  async unprotect(): Promise<void> {
    await this.rewrite((stack) => {
      for (const { lifecycle } of resourcesOf(stack)) delete lifecycle?.["prevent_destroy"];
    });
  }

  /** Names of the written stacks, with those that others depend on first. */
  async stacks(): Promise<string[]> {
    const manifest = JSON.parse(await readFile(join(this.dir, "cdktf.out", "manifest.json"), "utf8")) as {
      stacks: Record<string, { dependencies?: string[] }>;
    };
    const ordered: string[] = [];
    const visit = (name: string): void => {
      if (ordered.includes(name)) return;
      manifest.stacks[name]?.dependencies?.forEach(visit);
      ordered.push(name);
    };
    Object.keys(manifest.stacks).sort().forEach(visit);
    return ordered;
  }

  stackDir(stack: string): string {
    return join(this.dir, "cdktf.out", "stacks", stack);
  }

  /** Changes what the app has written, in every stack. */
  async rewrite(change: (stack: StackJson) => void): Promise<void> {
    for (const stack of await readdir(join(this.dir, "cdktf.out", "stacks"))) {
      const path = join(this.stackDir(stack), "cdk.tf.json");
      const json = JSON.parse(await readFile(path, "utf8")) as StackJson;
      change(json);
      await writeFile(path, JSON.stringify(json));
    }
  }

  private app(program: string): Promise<Finished> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CDKTF_)/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      ZERO_ETL_CONFIG: this.declarationPath,
      ZERO_ETL_PROVIDER_VERSION: PROVIDER_VERSION,
    };
    return run(process.execPath, ["--import", TSX, program], { cwd: this.dir, env });
  }
}

interface StackJson {
  readonly terraform: Record<string, unknown>;
  readonly resource: Record<string, Record<string, ResourceJson>>;
}

interface ResourceJson extends Record<string, unknown> {
  readonly lifecycle?: Record<string, unknown>;
  depends_on?: string[];
}

/** The resources of a written stack, of one type or of all. */
export function resourcesOf({ resource }: StackJson, type?: string): ResourceJson[] {
  const byName = type === undefined ? Object.values(resource) : [resource[type] ?? {}];
  return byName.flatMap((one) => Object.values(one));
}

export function readDeclaration(path: string): Promise<string> {
  return readFile(join(REPOSITORY, path), "utf8");
}
