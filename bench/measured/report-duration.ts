// How a measured process hands a number to the bench: beside its own output, on the channel that the bench opened.
import { writeSync } from "node:fs";

/** File descriptor of the channel. */
export const CHANNEL = 3;

/** Runs once, as an app does, and reports the milliseconds that it took. */
export function reportDuration(work: () => void): void {
  const start = performance.now();
  work();
  writeSync(CHANNEL, String(performance.now() - start));
}
