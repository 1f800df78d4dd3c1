// What the figures are held against.
import type { Measurement } from "./measure";
import type { Row } from "./row";
import { ratio } from "./row";

const RATIO_MAX = 1.15;
/** Size from which on the cost of loading the library no longer hides the cost of using it. */
const RATIO_FROM = 100;
const WALL_MAX_AT_25 = 0.35;
const MEMORY_MAX_AT_25 = 110;
/** Four times the integrations may take a little more than four times as long: machines are not quiet. */
const GROWTH_MAX = 4.4;

/** The aims that the figures miss, in words; a busy machine misses some, so run again before believing it. */
export function missedAims(rows: readonly Row[]): string[] {
  const at = (size: number): Row | undefined =>
    rows.find((row) => row.fleet === "uniform" && row.size === size);
  const missed: string[] = [];
  const expect = (what: string, got: number | undefined, max: number): void => {
    if (got !== undefined && got > max) missed.push(`${what}: ${got.toFixed(2)}, aim: at most ${max}`);
  };
  for (const row of rows.filter(({ size }) => size >= RATIO_FROM)) {
    for (const name of ["wall", "memory", "synth"] satisfies (keyof Measurement)[]) {
      expect(
        `${name} against hand-written, ${row.size} ${row.fleet} integrations`,
        ratio(row, name),
        RATIO_MAX,
      );
    }
  }
  expect("wall time in seconds, 25 integrations", at(25)?.medians.library.wall, WALL_MAX_AT_25);
  expect("peak memory in MB, 25 integrations", at(25)?.medians.library.memory, MEMORY_MAX_AT_25);
  const [hundred, fourHundred] = [at(100), at(400)].map((row) => row?.medians.library.synth);
  expect(
    "growth of construct and synth from 100 to 400 integrations",
    hundred !== undefined && fourHundred !== undefined ? fourHundred / hundred : undefined,
    GROWTH_MAX,
  );
  return missed;
}
