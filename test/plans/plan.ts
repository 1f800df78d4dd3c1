// Synthesises a declaration or a program and hands its stacks to Terraform with the stand-in provider.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { fromSpec, parseDeclaration } from "../../modules";
import type { Fixtures, StandIn } from "../standin/kit";
import { standIn, succeeded } from "../standin/kit";

export const ROOT = join(__dirname, "../..");

/** One synthesised stack and the Terraform to run on it. */
export interface PlannedStack {
  readonly name: string;
  readonly directory: string;
  readonly terraform: StandIn;
}

/** Writes an app's stacks with `build`, initialises each and calls `use` with it. */
export async function withStacks(
  build: (outdir: string) => void,
  fixtures: Fixtures,
  use: (stack: PlannedStack) => Promise<void>,
): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), "zero-etl-plan-"));
  const terraform = await standIn({ fixtures });
  try {
    const outdir = join(project, "cdktf.out");
    build(outdir);
    for (const name of readdirSync(join(outdir, "stacks"))) {
      const directory = join(outdir, "stacks", name);
      succeeded(await terraform.init(directory));
      await use({ name, directory, terraform });
    }
  } finally {
    await terraform.close();
    rmSync(project, { recursive: true, force: true });
  }
}

/** Writes the stacks of a declaration in this process. */
export function declared(text: string): (outdir: string) => void {
  return (outdir) => {
    const { declaration, issues } = parseDeclaration(text, "zero-etl.yaml");
    if (declaration === undefined) throw new Error(JSON.stringify(issues, null, 2));
    const app = new App({ outdir });
    fromSpec(app, declaration);
    app.synth();
  };
}

/** Runs a program that writes stacks. */
export function program(file: string): (outdir: string) => void {
  return (outdir) => {
    execFileSync(process.execPath, ["--import", require.resolve("tsx"), file], {
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      stdio: ["ignore", "ignore", "inherit"],
    });
  };
}

/** The diagnostics of Terraform, without their frames and line breaks. */
export function said({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const text = `${stdout}${stderr}`.replace(/[│╷╵\s]+/g, " ");
  return text.slice(text.search(/Error:|Warning:/));
}
