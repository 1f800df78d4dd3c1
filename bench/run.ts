// Prints what a synth costs, and what the same Terraform costs when it is written by hand.
import { missedAims } from "./aims";
import { assertEqualCensus, census } from "./census";
import { compile, removeCompiledBench } from "./compile";
import type { Measurement, Side } from "./measure";
import { SIDES, measure, outputOf } from "./measure";
import type { Row } from "./row";
import { medianOf } from "./row";
import { table } from "./table";

const SIZES = [1, 25, 100, 400];
const RUNS = Number(process.env["BENCH_RUNS"] ?? 7);

function bench(size: number): Row {
  // This first run also warms the disk cache for all that follow.
  const library = census(outputOf("library", size));
  assertEqualCensus(library, census(outputOf("handWritten", size)));
  const runs: Record<Side, Measurement[]> = { library: [], handWritten: [] };
  for (let run = 0; run < RUNS; run++) {
    // In turns, and with turns changing, so that what else the machine does hits both sides alike.
    const turn = run % 2 === 0 ? SIDES : [...SIDES].reverse();
    for (const side of turn) runs[side].push(measure(side, size));
  }
  const { library: ours, handWritten: theirs } = runs;
  return { size, census: library, medians: { library: medianOf(ours), handWritten: medianOf(theirs) } };
}

try {
  compile();
  const rows = SIZES.map(bench);
  console.log(table(rows));
  const missed = missedAims(rows);
  console.log(missed.length === 0 ? "every aim is met" : ["missed:", ...missed].join("\n  "));
} finally {
  removeCompiledBench();
}
