// How often an integration brings new data.
import type { SourceKind } from "../facts/kinds";
import { DAILY_BATCHES_FROM, REFRESH_INTERVAL } from "../facts/limits";
import type { Issue } from "../issues";
import { error, note } from "../issues";
import { show } from "./text";

const MINUTES_OF: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** The minutes of a duration: a number, or a text like `30m`, `6h`, `2d`; nothing when it is neither. */
export function parseRefreshInterval(value: number | string): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  const match = /^(\d{1,9})([mhd])$/.exec(value);
  return match === null ? undefined : Number(match[1]) * (MINUTES_OF[match[2] ?? ""] ?? NaN);
}

/** Refuses an interval that AWS does not take; the issues are about the interval itself. */
export function refreshIntervalRules(
  value: number | string | undefined,
  sourceKind: SourceKind | undefined,
): Issue[] {
  if (value === undefined) return [];
  const minutes = parseRefreshInterval(value);
  if (minutes === undefined) {
    return [
      error("refresh-interval-format", [], "refresh interval cannot be read", {
        got: show(value),
        expected: "whole minutes as a number, or a text like 30m, 6h, 2d",
        ...nearestInterval(value),
      }),
    ];
  }
  const { min, max } = REFRESH_INTERVAL;
  if (minutes < min || minutes > max) {
    const fault = minutes < min ? `shorter than ${min} minutes` : `longer than ${max} minutes`;
    return [
      error("refresh-interval-range", [], `refresh interval is ${fault}`, {
        got: `${minutes} minutes`,
        expected: `${min} to ${max} minutes (6 days)`,
      }),
    ];
  }
  if (sourceKind === "dynamodb" && minutes >= DAILY_BATCHES_FROM) {
    return [
      note(
        "refresh-interval-daily-batches",
        [],
        `from ${DAILY_BATCHES_FROM} minutes on, DynamoDB waits for the whole interval and then exports it in sequential batches of a day`,
        { got: `${minutes} minutes` },
      ),
    ];
  }
  return [];
}

/** The remedy for a duration in other words: `30 minutes`, `30`, `1w`. */
export function nearestInterval(value: number | string): { readonly remedy?: string } {
  if (typeof value === "number") return { remedy: "use whole minutes" };
  const [, digits, unit = ""] = /^\s*(\d{1,9})\s*([a-z]*)\s*$/i.exec(value) ?? [];
  if (digits === undefined) return {};
  const amount = Number(digits);
  const meant = ((): string | undefined => {
    if (unit === "") return `${amount}m`;
    switch (unit[0]?.toLowerCase()) {
      case "m":
        return /^mo/i.test(unit) ? undefined : `${amount}m`;
      case "h":
        return `${amount}h`;
      case "d":
        return `${amount}d`;
      case "w":
        return `${amount * 7}d`;
      case "s":
        return amount % 60 === 0 ? `${amount / 60}m` : undefined;
      default:
        return undefined;
    }
  })();
  return meant === undefined ? {} : { remedy: `did you mean ${JSON.stringify(meant)}?` };
}
