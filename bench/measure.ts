// Runs one side in a process of its own, in a folder of its own, and returns what it took.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP, compiled } from "./compile";
import { declarationOf } from "./declaration";
import type { FleetName } from "./fleets";
import { fleet } from "./fleets";

export const SIDES = ["library", "handWritten"] as const;
export type Side = (typeof SIDES)[number];

export interface Measurement {
  /** Wall time of the whole app process, in seconds. */
  readonly wall: number;
  /** Its processor time, in seconds: more than the wall time where threads run side by side, and hardly more on a busy machine. */
  readonly cpu: number;
  /** Peak of its resident memory, in megabytes. */
  readonly memory: number;
  /** Construct and synth within a process, in milliseconds. */
  readonly synth: number;
}

/** What is measured: a fleet of that many integrations. */
export interface Subject {
  readonly fleet: FleetName;
  readonly size: number;
}

interface Run {
  readonly wall: number;
  readonly reported: readonly number[];
  readonly stacks: readonly string[];
}

/** The whole process and, in a second one, its construct-and-synth part. */
export function measure(side: Side, subject: Subject): Measurement {
  const app = side === "library" ? APP : compiled("measured/hand-written-app.js");
  const whole = run(subject, ["--require", compiled("measured/report-usage.js"), app]);
  const part = run(subject, [synthOf(side)]);
  const [peak = Number.NaN, cpu = Number.NaN] = whole.reported;
  const [synth = Number.NaN] = part.reported;
  return { wall: whole.wall, cpu, memory: peak / 1024, synth };
}

/** The Terraform JSON that a side writes, stack by stack. */
export function outputOf(side: Side, subject: Subject): readonly string[] {
  return run(subject, [synthOf(side)]).stacks;
}

function synthOf(side: Side): string {
  return compiled(side === "library" ? "measured/library-synth.js" : "measured/hand-written-synth.js");
}

function run({ fleet: name, size }: Subject, args: readonly string[]): Run {
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-bench-"));
  try {
    writeFileSync(join(folder, "zero-etl.yaml"), declarationOf(fleet(name, size)));
    const start = performance.now();
    const child = spawnSync(process.execPath, [...args, name, String(size)], {
      cwd: folder,
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    const wall = (performance.now() - start) / 1000;
    if (child.status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${child.stderr.toString()}`);
    const written = join(folder, "cdktf.out/stacks");
    const stacks = readdirSync(written).map((stack) =>
      readFileSync(join(written, stack, "cdk.tf.json"), "utf8"),
    );
    return { wall, reported: (child.output[3]?.toString() ?? "").split(" ").map(Number), stacks };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
