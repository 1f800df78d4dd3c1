// One line of the result: what one fleet costs on both sides.
import type { Census } from "./census";
import type { Measurement, Side, Subject } from "./measure";

export interface Row extends Subject {
  readonly census: Census;
  readonly medians: Readonly<Record<Side, Measurement>>;
}

/** How much dearer the library is than the hand-written side. */
export function ratio({ medians }: Row, name: keyof Measurement): number {
  return medians.library[name] / medians.handWritten[name];
}

export function medianOf(runs: readonly Measurement[]): Measurement {
  const median = (name: keyof Measurement): number => {
    const values = runs.map((run) => run[name]).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? Number.NaN;
  };
  return { wall: median("wall"), cpu: median("cpu"), memory: median("memory"), synth: median("synth") };
}
