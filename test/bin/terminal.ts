// The command line without a process: what it prints, and how it ends.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../lib/commands/program";

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface Around {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly today?: string;
  readonly columns?: number;
  readonly stdin?: string;
}

/** Runs the command line in a folder. */
export async function zeroEtl(argv: readonly string[], around: Around): Promise<Ran> {
  let [out, err] = ["", ""];
  const status = await run(argv, {
    cwd: around.cwd,
    env: around.env ?? {},
    today: around.today ?? "2026-11-23",
    columns: around.columns,
    stdin: () => Buffer.from(around.stdin ?? ""),
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { status, out, err };
}

/** An empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "zero-etl-command-"));
}
