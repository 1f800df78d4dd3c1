// Alarms of an integration: what they compute, and over how long.
import { CONNECTION_DEFAULT_REFRESH_INTERVAL, DYNAMODB_DEFAULT_REFRESH_INTERVAL } from "../facts/limits";
import { QUERY_LOOKBACK } from "../facts/monitoring";
import type { SourceKind } from "../facts/kinds";
import { querySql } from "./metrics";

/** What the names of our alarms begin with, and what a topic lets in. */
export const ALARM_PREFIX = "zero-etl-";

/** Seconds of one data point. */
export const ALARM_PERIOD = 300;

/** Refresh intervals after which data is stale. */
export const STALE_INTERVALS = 3;

/** Minutes in which a first load is given time to end: nothing is stale before. */
export const FIRST_SYNC_WITHIN = 1440;

/** Failed ingestions of one data point that are too many. */
export const FAILURES = 1;

// A timestamp above is in milliseconds: as seconds it would be in the year 5138.
export const MILLISECONDS_FROM = 100_000_000_000;

/** What an alarm is about; the default label of each. */
export const ALARM_KINDS = ["failed", "stale"] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

/** What the label of an alarm may be: without a hyphen no two alarms get one name. Up to 64 characters leave room in the name. */
export const ALARM_LABEL_PATTERN = /^[A-Za-z0-9_]{1,64}$/;

/** Name of an alarm; different whenever integration, kind or label are. */
export function alarmName(integrationName: string, kind: AlarmKind, label: string): string {
  return `${ALARM_PREFIX}${integrationName}-${label === kind ? kind : `${kind}-${label}`}`;
}

/** One entry of an alarm's metric query; the words are those of CloudWatch. */
export interface MetricQuery {
  readonly id: string;
  readonly expression: string;
  /** Seconds; only of what fetches data. */
  readonly period?: number;
  readonly label?: string;
  readonly returnData: boolean;
}

/** What an alarm compares, how often, and what it makes of missing data. */
export interface AlarmBody {
  readonly metricQuery: readonly MetricQuery[];
  readonly comparisonOperator: "GreaterThanOrEqualToThreshold" | "GreaterThanThreshold";
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: "ignore" | "notBreaching";
}

/** The minutes between two syncs where a declaration does not say them; nothing where AWS documents none. */
export function defaultInterval(source: SourceKind): number | undefined {
  if (source === "oracle") return undefined;
  return source === "dynamodb" ? DYNAMODB_DEFAULT_REFRESH_INTERVAL : CONNECTION_DEFAULT_REFRESH_INTERVAL;
}

/**
 * Minutes after which data is stale, unless told otherwise: three intervals, as far as an alarm can look back; nothing where that is
 * not even one interval and a half, since the alarm would go off between two syncs.
 */
export function defaultStaleAfter(interval: number | undefined): number | undefined {
  if (interval === undefined || interval * 1.5 > QUERY_LOOKBACK) return undefined;
  return Math.min(interval * STALE_INTERVALS, QUERY_LOOKBACK);
}

/** An alarm on failed ingestions, which stays until a whole interval has passed without one. */
export function failedAlarm(
  integrationArn: string,
  failures: number,
  interval: number | undefined,
): AlarmBody {
  const periods = Math.ceil(((interval ?? QUERY_LOOKBACK) * 60) / ALARM_PERIOD) + 1;
  return {
    metricQuery: [
      {
        id: "failed",
        expression: querySql("IngestionFailed", integrationArn),
        period: ALARM_PERIOD,
        label: "failed ingestions",
        returnData: true,
      },
    ],
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: failures,
    evaluationPeriods: Math.min(periods, LOOKBACK_PERIODS),
    datapointsToAlarm: 1,
    treatMissingData: "notBreaching",
  };
}

const LOOKBACK_PERIODS = (QUERY_LOOKBACK * 60) / ALARM_PERIOD;

/**
 * An alarm on the age of the newest sync in minutes. Where no sync is in sight, the age is counted from the instant by which the first
 * one should have happened, in seconds since 1970: before it there is no age and the alarm keeps its state, and afterwards silence is
 * staleness.
 */
export function staleAlarm(integrationArn: string, staleAfter: number, firstSyncDue: string): AlarmBody {
  // The maximum of one series is a number: a later sync also explains the gaps before it. AWS advises against it in alarms, which look
  // at more periods than they are asked to: here those can only show a sync that is older than the newest.
  const newest = "MAX(seconds)";
  const dueWithoutSync = `(${newest} < 1) * ${firstSyncDue}`;
  return {
    metricQuery: [
      {
        id: "sync",
        expression: querySql("LastSyncTimestamp", integrationArn),
        period: ALARM_PERIOD,
        returnData: false,
      },
      // First of all, because AWS says that arithmetic takes what is missing for 0.
      { id: "filled", expression: "FILL(sync, 0)", returnData: false },
      {
        id: "seconds",
        expression: `IF(filled > ${MILLISECONDS_FROM}, filled / 1000, filled)`,
        returnData: false,
      },
      {
        id: "age",
        expression: `IF(EPOCH(seconds) > ${dueWithoutSync}, (EPOCH(seconds) - ${newest} - ${dueWithoutSync}) / 60)`,
        label: "minutes since the last sync",
        returnData: true,
      },
    ],
    comparisonOperator: "GreaterThanThreshold",
    threshold: staleAfter,
    // As far as a query can look back, so that the last sync is still in sight when it gets stale.
    evaluationPeriods: LOOKBACK_PERIODS,
    datapointsToAlarm: 1,
    treatMissingData: "ignore",
  };
}
