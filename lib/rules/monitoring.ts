// What AWS refuses in the monitoring of a stack.
import type { IntegrationApi } from "../facts/compatibility";
import { LOG_RETENTION_DAYS } from "../facts/limits";
import { QUERY_LOOKBACK } from "../facts/monitoring";
import type { Issue, IssuePath } from "../issues";
import { error, under, warning } from "../issues";
import { defaultStaleAfter } from "../monitoring/alarms";
import { ARN_SHAPES, arnRules } from "./arns";
import { nearestInterval, parseRefreshInterval } from "./refresh-interval";
import { show } from "./text";

/** The members of monitoring that rules look at. */
export interface MonitoringFacts {
  readonly alarms?:
    { readonly topicArn?: string | undefined; readonly staleAfter?: number | string | undefined } | undefined;
  readonly events?: { readonly topicArn?: string | undefined } | undefined;
  readonly logRetentionDays?: number | undefined;
}

/** Refuses monitoring that cannot be set up. */
export function monitoringRules({ alarms = {}, events = {}, logRetentionDays }: MonitoringFacts): Issue[] {
  return [
    ...arnRules(ARN_SHAPES.topic, ["alarms", "topicArn"], "topicArn", alarms.topicArn),
    ...under(["alarms", "staleAfter"], staleAfterRules(alarms.staleAfter)),
    ...arnRules(ARN_SHAPES.topic, ["events", "topicArn"], "topicArn", events.topicArn),
    ...retentionRules(logRetentionDays),
  ];
}

/** Refuses an age that no alarm can measure; the issues are about the age itself. */
export function staleAfterRules(value: number | string | undefined): Issue[] {
  if (value === undefined) return [];
  const minutes = parseRefreshInterval(value);
  if (minutes === undefined || minutes <= 0) {
    return [
      error("stale-after", [], "staleAfter is not a duration", {
        got: show(value),
        expected: "whole minutes as a number, or a text like 30m, 3h, above zero",
        ...(minutes === undefined && nearestInterval(value)),
      }),
    ];
  }
  if (minutes <= QUERY_LOOKBACK) return [];
  return [
    error("stale-after", [], "staleAfter is longer than CloudWatch looks back for an alarm", {
      got: `${minutes} minutes`,
      expected: `1 to ${QUERY_LOOKBACK} minutes (3 hours)`,
      remedy: `use 3h at most: AWS fails an integration after seven days, and the alarm on failed ingestions comes at the first`,
    }),
  ];
}

/** What is known of an integration that is watched. */
export interface WatchedFacts {
  readonly integrationName?: string | undefined;
  readonly api?: IntegrationApi | undefined;
  /** Minutes between two syncs. */
  readonly interval?: number | undefined;
  /** Whether changes follow the first load. */
  readonly continuous?: boolean | undefined;
  readonly staleAfter?: number | string | undefined;
}

/** Warns of alarms that cannot be had, or would go off all the time. */
export function staleAlarmRules(facts: WatchedFacts): Issue[] {
  const { integrationName, api = "glue", interval, continuous = true, staleAfter } = facts;
  if (api === "redshift" || !continuous) return [];
  const name = integrationName === undefined ? "" : ` ${integrationName}`;
  if (staleAfter === undefined) {
    if (defaultStaleAfter(interval) !== undefined) return [];
    return [
      warning("no-stale-alarm", [], `no alarm can tell when the data of the integration${name} is stale`, {
        got:
          interval === undefined
            ? "a refresh interval that is not known"
            : `a refresh interval of ${interval} minutes`,
        expected: "at most 120 minutes: CloudWatch looks back 3 hours for an alarm",
        remedy: "look at the dashboard; the alarm on failed ingestions and the events are made as usual",
      }),
    ];
  }
  const minutes = parseRefreshInterval(staleAfter);
  if (minutes === undefined || interval === undefined || minutes > interval) return [];
  return [
    warning("stale-after-interval", [], `the data of the integration${name} is stale between any two syncs`, {
      got: `staleAfter of ${minutes} minutes, and a refresh interval of ${interval} minutes`,
      expected: "staleAfter longer than the refresh interval",
      ...(interval * 1.5 <= QUERY_LOOKBACK && {
        remedy: `use ${defaultStaleAfter(interval) ?? QUERY_LOOKBACK}m`,
      }),
    }),
  ];
}

/** Warns of an integration that AWS Glue reports nothing of. */
export function unwatchedRules(integrationName: string | undefined, api: IntegrationApi): Issue[] {
  if (api !== "redshift") return [];
  return [
    warning(
      "unwatched-integration",
      [],
      `nothing watches the integration ${integrationName ?? ""}: it is one of Redshift's own, of which AWS Glue reports nothing`,
      { remedy: "watch it with the metrics and events of Amazon Redshift" },
    ),
  ];
}

/** Refuses a number of failures that no alarm takes. */
export function failuresRules(path: IssuePath, failures: number): Issue[] {
  if (Number.isSafeInteger(failures) && failures >= 1) return [];
  return [
    error("failure-threshold", path, "failures is not a number of ingestions", {
      got: show(failures),
      expected: "a whole number from 1",
    }),
  ];
}

/** Refuses a topic in another region than what is sent to it. */
export function topicPlaceRules(
  path: IssuePath,
  topicArn: string | undefined,
  region: string | undefined,
): Issue[] {
  const place = topicArn?.split(":")[3];
  if (place === undefined || place === "" || region === undefined || place === region) return [];
  return [
    error("topic-region", path, "the topic is in another region than what is sent to it", {
      got: place,
      expected: region,
      remedy: `name a topic of ${region}: neither alarms nor rules reach another region`,
    }),
  ];
}

function retentionRules(days: number | undefined): Issue[] {
  if (days === undefined || LOG_RETENTION_DAYS.includes(days)) return [];
  const longer = LOG_RETENTION_DAYS.find((known) => known > days);
  return [
    error("log-retention-days", ["logRetentionDays"], `CloudWatch Logs does not keep logs for ${days} days`, {
      got: show(days),
      expected: LOG_RETENTION_DAYS.join(", "),
      ...(longer !== undefined && { remedy: `use ${longer}` }),
    }),
  ];
}
