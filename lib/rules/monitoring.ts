// What AWS refuses in the monitoring of a stack.
import type { IntegrationApi } from "../facts/compatibility";
import { LOG_RETENTION_DAYS } from "../facts/limits";
import {
  ALARM_ACTIONS_MAX,
  AWS_TOPIC_KEY,
  QUERY_LOOKBACK,
  TARGETS_PER_RULE,
  TARGET_ID_PATTERN,
} from "../facts/monitoring";
import type { Issue, IssuePath } from "../issues";
import { error, under, warning } from "../issues";
import type { AlarmKind } from "../monitoring/alarms";
import { ALARM_KINDS, ALARM_LABEL_PATTERN, defaultStaleAfter } from "../monitoring/alarms";
import { ARN_SHAPES, arnRules, kmsKeyArnRules } from "./arns";
import { nearestInterval, parseRefreshInterval } from "./refresh-interval";
import { show } from "./text";

interface TopicFacts {
  readonly topicArn?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
}

/** The members of monitoring that rules look at. */
export interface MonitoringFacts {
  readonly alarms?: (TopicFacts & { readonly staleAfter?: number | string | undefined }) | undefined;
  readonly events?: TopicFacts | undefined;
  readonly logRetentionDays?: number | undefined;
}

/** Refuses monitoring that cannot be set up. */
export function monitoringRules({ alarms = {}, events = {}, logRetentionDays }: MonitoringFacts): Issue[] {
  return [
    ...under(["alarms"], topicRules(alarms)),
    ...under(["alarms", "staleAfter"], staleAfterRules(alarms.staleAfter)),
    ...under(["events"], topicRules(events)),
    ...retentionRules(logRetentionDays),
  ];
}

function topicRules({ topicArn, kmsKeyArn }: TopicFacts): Issue[] {
  return [
    ...arnRules(ARN_SHAPES.topic, ["topicArn"], "topicArn", topicArn),
    ...kmsKeyArnRules(["kmsKeyArn"], "kmsKeyArn", kmsKeyArn),
  ];
}

/** Refuses the key of a topic where alarms go to none; events have one always. */
export function alarmTopicRules({ topicArn, kmsKeyArn }: TopicFacts = {}): Issue[] {
  if (kmsKeyArn === undefined || topicArn !== undefined) return [];
  return [
    error("missing-key", ["alarms", "kmsKeyArn"], "kmsKeyArn is given, but no topic", {
      at: "key",
      remedy: "give the topicArn of the topic that it encrypts, or remove kmsKeyArn",
    }),
  ];
}

/** Warns of monitoring that asks for nothing. */
export function idleMonitoringRules(asked: {
  readonly alarms?: object | undefined;
  readonly events?: object | undefined;
  readonly dashboard?: boolean | undefined;
  readonly logRetentionDays?: number | undefined;
}): Issue[] {
  const { alarms, events, dashboard, logRetentionDays } = asked;
  if (alarms !== undefined || events !== undefined || dashboard === true || logRetentionDays !== undefined)
    return [];
  return [
    warning("idle-monitoring", [], "monitoring makes nothing", {
      expected: "alarms, events, dashboard: true or logRetentionDays",
      remedy: "ask for one of them, or remove monitoring",
    }),
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
  if (staleAfterRules(staleAfter).length > 0) return [];
  return [
    warning("stale-after-interval", [], `the data of the integration${name} is stale between any two syncs`, {
      got: `staleAfter of ${minutes} minutes, and a refresh interval of ${interval} minutes`,
      expected: "staleAfter longer than the refresh interval",
      remedy: remedyOf(defaultStaleAfter(interval)),
    }),
  ];
}

function remedyOf(staleAfter: number | undefined): string {
  return staleAfter === undefined
    ? "leave staleAfter out: an integration of such an interval then has no alarm on stale data"
    : `use ${staleAfter}m`;
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

/** Refuses a label that would make the name of an alarm too long, or that of another alarm. */
export function alarmLabelRules(kind: AlarmKind, label: string): Issue[] {
  const others = ALARM_KINDS.filter((other) => other !== kind);
  if (ALARM_LABEL_PATTERN.test(label) && !others.includes(label as AlarmKind)) return [];
  return [
    error("alarm-label", [kind], "the name of an alarm cannot hold the label", {
      got: show(label),
      expected: `1 to 64 letters, digits and underscores, and not ${others.join(", ")}`,
    }),
  ];
}

/** Refuses more actions than an alarm takes. */
export function alarmActionsRules(actions: {
  readonly alarmArns: readonly string[];
  readonly okArns: readonly string[];
}): Issue[] {
  const most = Math.max(actions.alarmArns.length, actions.okArns.length);
  if (most <= ALARM_ACTIONS_MAX) return [];
  return [
    error("alarm-actions", ["actions"], "an alarm calls more actions than CloudWatch takes", {
      got: `${most} actions`,
      expected: `up to ${ALARM_ACTIONS_MAX} for each state`,
      remedy: "notify a topic, and subscribe to it whatever is to happen",
    }),
  ];
}

/** Refuses a time for the first sync that is none. */
export function firstSyncRules(value: number | string | undefined): Issue[] {
  const minutes = value === undefined ? 0 : parseRefreshInterval(value);
  if (value === undefined || (minutes !== undefined && minutes >= 0)) return [];
  return [
    error("first-sync-within", ["firstSyncWithin"], "firstSyncWithin is not a duration", {
      got: show(value),
      expected: "whole minutes as a number, or a text like 6h, 2d",
      ...(minutes === undefined && nearestInterval(value)),
    }),
  ];
}

/** Refuses targets that a rule does not take; their labels are their ids in EventBridge. */
export function eventTargetRules(labels: readonly string[]): Issue[] {
  return [
    ...labels
      .filter((label) => !TARGET_ID_PATTERN.test(label))
      .map((label) =>
        error("event-targets", ["targets"], "the label of a target is not an id that EventBridge takes", {
          got: show(label),
          expected: "1 to 64 letters, digits, periods, hyphens and underscores",
        }),
      ),
    ...(labels.length <= TARGETS_PER_RULE
      ? []
      : [
          error("event-targets", ["targets"], "a rule has more targets than EventBridge takes", {
            got: `${labels.length} targets`,
            expected: `up to ${TARGETS_PER_RULE}`,
            remedy: "send the events to a bus or a topic, and from there to the rest",
          }),
        ]),
  ];
}

/** Refuses a topic whose key lets nothing in, and warns of a key of which not enough is known to say what its policy needs. */
export function topicKeyRules(masterKeyId: string | undefined, kmsKeyArn: string | undefined): Issue[] {
  if (masterKeyId === AWS_TOPIC_KEY) {
    return [
      error(
        "topic-key",
        ["kmsMasterKeyId"],
        "the topic is encrypted with the key of AWS, which lets nothing in",
        {
          got: masterKeyId,
          expected: "a customer managed key, or none",
          remedy: "make a key, and its policy with KeyPolicy: neither alarms nor events arrive otherwise",
        },
      ),
    ];
  }
  if (masterKeyId === undefined || kmsKeyArn !== undefined) return [];
  return [
    warning("topic-key", ["kmsMasterKeyId"], "the topic is encrypted with a key whose ARN is not known", {
      got: masterKeyId,
      remedy: "give the ARN as kmsKeyArn, and what the policy of the key must say is told",
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
