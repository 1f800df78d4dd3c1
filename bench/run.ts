// Prints what a synth costs, and what the same Terraform costs when it is written by hand.
import { missedAims } from "./aims";
import { assertEqualCensus, census } from "./census";
import { compile, removeCompiledBench } from "./compile";
import type { Measurement, Side, Subject } from "./measure";
import { SIDES, measure, outputOf } from "./measure";
import type { Row } from "./row";
import { medianOf } from "./row";
import { table } from "./table";

const SUBJECTS: readonly Subject[] = [
  ...[1, 25, 100, 400].map((size): Subject => ({ fleet: "uniform", size })),
  { fleet: "mixed", size: 400 },
];
const RUNS = Number(process.env["BENCH_RUNS"] ?? 7);

function bench(subject: Subject): Row {
  // This first run also warms the disk cache for all that follow.
  const library = census(outputOf("library", subject));
  assertEqualCensus(library, census(outputOf("handWritten", subject)));
  const runs: Record<Side, Measurement[]> = { library: [], handWritten: [] };
  for (let run = 0; run < RUNS; run++) {
    // In turns, and with turns changing, so that what else the machine does hits both sides alike.
    const turn = run % 2 === 0 ? SIDES : [...SIDES].reverse();
    for (const side of turn) runs[side].push(measure(side, subject));
  }
  const { library: ours, handWritten: theirs } = runs;
  return { ...subject, census: library, medians: { library: medianOf(ours), handWritten: medianOf(theirs) } };
}

try {
  compile();
  const rows = SUBJECTS.map(bench);
  console.log(table(rows));
  const missed = missedAims(rows);
  console.log(missed.length === 0 ? "every aim is met" : ["missed:", ...missed].join("\n  "));
} finally {
  removeCompiledBench();
}
