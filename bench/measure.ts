// Runs one side in a process of its own, in a folder of its own, and returns what it took.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP, compiled } from "./compile";
import { STACK, declarationOf, fleet } from "./fleet";

export const SIDES = ["library", "handWritten"] as const;
export type Side = (typeof SIDES)[number];

export interface Measurement {
  /** Wall time of the whole app process, in seconds. */
  readonly wall: number;
  /** Peak of its resident memory, in megabytes. */
  readonly memory: number;
  /** Construct and synth within a process, in milliseconds. */
  readonly synth: number;
}

interface Run {
  readonly wall: number;
  readonly reported: number;
  readonly stack: string;
}

/** The whole process and, in a second one, its construct-and-synth part. */
export function measure(side: Side, size: number): Measurement {
  const app = side === "library" ? [APP] : [compiled("measured/hand-written-app.js"), String(size)];
  const whole = run(size, ["--require", compiled("measured/report-peak-memory.js"), ...app]);
  const synth = side === "library" ? "measured/library-synth.js" : "measured/hand-written-synth.js";
  const part = run(size, [compiled(synth), String(size)]);
  return { wall: whole.wall, memory: whole.reported / 1024, synth: part.reported };
}

/** The Terraform JSON that a side writes. */
export function outputOf(side: Side, size: number): string {
  const app = side === "library" ? "measured/library-synth.js" : "measured/hand-written-synth.js";
  return run(size, [compiled(app), String(size)]).stack;
}

function run(size: number, args: readonly string[]): Run {
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-bench-"));
  try {
    writeFileSync(join(folder, "zero-etl.yaml"), declarationOf(fleet(size)));
    const start = performance.now();
    const child = spawnSync(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    const wall = (performance.now() - start) / 1000;
    if (child.status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${child.stderr.toString()}`);
    const stack = readFileSync(join(folder, "cdktf.out/stacks", STACK, "cdk.tf.json"), "utf8");
    return { wall, reported: Number(child.output[3]?.toString()), stack };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
