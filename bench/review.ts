// Prints what a review of a large plan costs, and what of that is reading JSON.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, compiled, removeCompiledBench } from "./compile";
import { largePlan } from "./large-plan";

const CHANGES = 2_000;
const RUNS = Number(process.env["BENCH_RUNS"] ?? 7);
const WALL_MAX = 0.5;
const MEMORY_MAX = 200;

interface Cost {
  /** Wall time of the process, in seconds. */
  readonly wall: number;
  /** Its processor time, in seconds. */
  readonly cpu: number;
  /** Peak of its resident memory, in megabytes. */
  readonly memory: number;
}

const PARSE = 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))';
const COMMANDS: Readonly<Record<string, (plan: string) => readonly string[]>> = {
  "node alone": () => ["--eval", "0"],
  "JSON.parse alone": (plan) => ["--eval", PARSE, plan],
  "review --format json": (plan) => [compiled("../bin/zero-etl.js"), "review", plan, "--format", "json"],
  "review --format markdown": (plan) => [
    compiled("../bin/zero-etl.js"),
    "review",
    plan,
    "--format",
    "markdown",
  ],
  "review (text)": (plan) => [compiled("../bin/zero-etl.js"), "review", plan],
};

function run(args: readonly string[], cwd: string): Cost {
  const start = performance.now();
  const child = spawnSync(process.execPath, ["--require", compiled("measured/report-usage.js"), ...args], {
    cwd,
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const wall = (performance.now() - start) / 1000;
  if (child.status === 1 || child.status === null) throw new Error(child.stderr.toString());
  const [peak = Number.NaN, cpu = Number.NaN] = (child.output[3]?.toString() ?? "").split(" ").map(Number);
  return { wall, cpu, memory: peak / 1024 };
}

function medianOf(costs: readonly Cost[]): Cost {
  const middle = (key: keyof Cost) =>
    costs.map((cost) => cost[key]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
  return { wall: middle("wall"), cpu: middle("cpu"), memory: middle("memory") };
}

const folder = mkdtempSync(join(tmpdir(), "zero-etl-bench-"));
try {
  compile();
  const text = largePlan(CHANGES);
  const plan = join(folder, "orders.json");
  writeFileSync(plan, text);
  console.log(`a plan of ${CHANGES} changes, ${(text.length / 1e6).toFixed(1)} MB, median of ${RUNS} runs\n`);
  console.log("| process | wall s | cpu s | peak MB |\n| --- | ---: | ---: | ---: |");
  const missed = Object.entries(COMMANDS).flatMap(([name, argsOf]) => {
    const { wall, cpu, memory } = medianOf(Array.from({ length: RUNS }, () => run(argsOf(plan), folder)));
    console.log(`| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} |`);
    return [
      ...(wall > WALL_MAX ? [`${name}: ${wall.toFixed(2)} s, aim: at most ${WALL_MAX}`] : []),
      ...(memory > MEMORY_MAX ? [`${name}: ${memory.toFixed(0)} MB, aim: at most ${MEMORY_MAX}`] : []),
    ];
  });
  console.log(missed.length === 0 ? "\nevery aim is met" : ["\nmissed:", ...missed].join("\n  "));
} finally {
  removeCompiledBench();
  rmSync(folder, { recursive: true, force: true });
}
