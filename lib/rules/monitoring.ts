// What AWS refuses in the monitoring of a stack.
import { LOG_RETENTION_DAYS } from "../facts/limits";
import type { Issue } from "../issues";
import { error } from "../issues";
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
    ...staleAfterRules(alarms.staleAfter),
    ...arnRules(ARN_SHAPES.topic, ["events", "topicArn"], "topicArn", events.topicArn),
    ...retentionRules(logRetentionDays),
  ];
}

function staleAfterRules(value: number | string | undefined): Issue[] {
  if (value === undefined) return [];
  const minutes = parseRefreshInterval(value);
  if (minutes !== undefined && minutes > 0) return [];
  return [
    error("stale-after", ["alarms", "staleAfter"], "staleAfter is not a duration", {
      got: show(value),
      expected: "whole minutes as a number, or a text like 30m, 6h, 2d, above zero",
      ...(minutes === undefined && nearestInterval(value)),
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
