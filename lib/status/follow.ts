// Looking again until there is nothing to wait for.
import type { StatusReport } from "./report";

/** Time, as a process or a test has it. */
export interface Clock {
  now(): Date;
  sleep(millis: number): Promise<void>;
}

export interface Following {
  /** Looks once; what was seen before tells what changed. */
  readonly look: (before: StatusReport | undefined) => Promise<StatusReport>;
  /** Between two looks, in milliseconds. */
  readonly interval: number;
  /** In milliseconds. @default for ever */
  readonly timeout?: number;
  readonly clock: Clock;
  /** Called after every look. */
  readonly seen: (report: StatusReport, before: StatusReport | undefined) => void;
}

/** Why it ended. */
export type Ending = "settled" | "timeout";

/**
 * Looks until every integration that can be read is ACTIVE, or one is FAILED, missing or being deleted. One that needs
 * attention is waited for, since it heals when its cause is mended, and so is one that AWS throttles or the network keeps away.
 */
export async function follow(
  following: Following,
): Promise<{ readonly report: StatusReport; readonly ending: Ending }> {
  const { look, interval, timeout = Infinity, clock, seen } = following;
  const end = clock.now().getTime() + timeout;
  let before: StatusReport | undefined;
  for (;;) {
    const report = await look(before);
    seen(report, before);
    if (isSettled(report, before)) return { report, ending: "settled" };
    const left = end - clock.now().getTime();
    if (left <= 0) return { report, ending: "timeout" };
    before = report;
    await clock.sleep(Math.min(interval, left));
  }
}

function isSettled({ integrations }: StatusReport, before: StatusReport | undefined): boolean {
  if (integrations.some(({ outcome }) => outcome === "failed" || outcome === "gone")) return true;
  // What could be read a moment ago is looked at once more, whatever it says.
  const isLost = (index: number) => ![undefined, "unread"].includes(before?.integrations[index]?.outcome);
  return integrations.every(
    ({ outcome, passes }, index) =>
      outcome === "active" || (outcome === "unread" && passes !== true && !isLost(index)),
  );
}
