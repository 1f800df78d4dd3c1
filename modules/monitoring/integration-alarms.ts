// The alarms of one integration.
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { alarmArn } from "../../lib/arn";
import { under } from "../../lib/issues";
import { byLabel } from "../../lib/labels";
import type { AlarmBody, AlarmKind } from "../../lib/monitoring/alarms";
import {
  ALARM_PREFIX,
  FAILURES,
  FIRST_SYNC_WITHIN,
  alarmName,
  defaultStaleAfter,
  failedAlarm,
  staleAlarm,
} from "../../lib/monitoring/alarms";
import {
  alarmActionsRules,
  alarmLabelRules,
  failuresRules,
  firstSyncRules,
  staleAfterRules,
  staleAlarmRules,
} from "../../lib/rules/monitoring";
import { parseRefreshInterval } from "../../lib/rules/refresh-interval";
import type { WatchedIntegration } from "../contracts";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { literalRules, report } from "../report";
import type { Needs } from "../shared/needs";
import { allNeeds } from "../shared/needs";
import { constructId, namespace } from "../shared/namespace";
import { Registry } from "../shared/registry";
import { literal } from "../tokens";
import type { AlarmActions } from "./actions";
import { NO_ACTIONS } from "./actions";
import { FirstSync } from "./first-sync";

interface Threshold {
  /** What the alarm does. @default the actions of all alarms */
  readonly actions?: AlarmActions;
}

/** When failed ingestions are too many. */
export interface FailedThreshold extends Threshold {
  /** Failed ingestions within five minutes. @default FAILURES */
  readonly failures?: number;
}

/** When data is stale. */
export interface StaleThreshold extends Threshold {
  /**
   * How old the newest data may become: minutes as a number, or a text like `45m`, `3h`; up to 3 hours, which is as far as the
   * condition of such an alarm looks back (CloudWatch user guide). @default three refresh intervals, at most 3 hours; no alarm for
   * an integration whose interval is longer than 2 hours or not known
   */
  readonly after?: number | string;
}

/** The alarms of each integration; the labels are parts of their names. */
export interface AlarmsProps {
  /** What the alarms do. @default nothing: they are seen on the dashboard and in the console */
  readonly actions?: AlarmActions;
  /** Alarms on failed ingestions. @default one of the label failed, at the first failure */
  readonly failed?: Readonly<Record<string, FailedThreshold>>;
  /** Alarms on stale data. @default one of the label stale, at three refresh intervals */
  readonly stale?: Readonly<Record<string, StaleThreshold>>;
  /**
   * How long a first load may take: no data is stale before. Minutes as a number, or a text like `6h`, `2d`.
   * @default FIRST_SYNC_WITHIN
   */
  readonly firstSyncWithin?: number | string;
}

/** Alarms on one integration, where its metrics arrive. */
export class IntegrationAlarms extends Construct {
  /** ARNs of the alarms, built from their names. */
  readonly alarmArns: readonly string[];
  /** What the documents of what the alarms call must say. */
  readonly requirements: Needs["requirements"];
  private readonly needs: Needs[] = [];
  private readonly names: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly watched: WatchedIntegration,
    private readonly environment: Environment,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    const { failed = { failed: {} }, stale = { stale: {} }, firstSyncWithin } = props;
    report(this, [...literalRules({ firstSyncWithin }), ...firstSyncRules(literal(firstSyncWithin))]);
    for (const [label, { failures = FAILURES, actions }] of byLabel(failed)) {
      report(this, [
        ...alarmLabelRules("failed", label),
        ...failuresRules(["failed", label, "failures"], literal(failures) ?? FAILURES),
      ]);
      this.add("failed", label, failedAlarm(watched.arn, failures, watched.interval), actions);
    }
    const late = byLabel(stale).flatMap(([label, { after, actions }]) => {
      report(this, [
        ...alarmLabelRules("stale", label),
        ...under(["stale", label], literalRules({ after })),
        ...under(["stale", label, "after"], staleAfterRules(literal(after))),
        ...staleAlarmRules({ ...watched, staleAfter: literal(after) }),
      ]);
      const minutes = after === undefined ? defaultStaleAfter(watched.interval) : parseRefreshInterval(after);
      return minutes === undefined || !watched.continuous ? [] : [{ label, minutes, actions }];
    });
    if (late.length > 0) {
      const within = firstSyncWithin === undefined ? undefined : parseRefreshInterval(firstSyncWithin);
      const firstSync = new FirstSync(this, "FirstSync", watched.arn, within ?? FIRST_SYNC_WITHIN);
      for (const { label, minutes, actions } of late) {
        this.add("stale", label, staleAlarm(watched.arn, minutes, firstSync.due), actions);
      }
    }
    this.alarmArns = this.names.map((name) => alarmArn(environment, name));
    this.requirements = allNeeds(...this.needs).requirements;
  }

  private add(kind: AlarmKind, label: string, body: AlarmBody, own?: AlarmActions): void {
    const { environment, watched } = this;
    const name = alarmName(watched.integrationName, kind, label);
    const actions = (own ?? this.props.actions ?? NO_ACTIONS).bind(this, {
      kind: "alarms",
      address: environment,
      place: environment.key,
      prefix: ALARM_PREFIX,
    });
    report(this, under([kind, label], alarmActionsRules(actions)));
    if (literal(name) !== undefined) {
      Registry.of(this).claim({
        document: `the alarm ${name}`,
        key: environment.key,
        owner: this,
        remedy: "watch an integration once, with several thresholds",
      });
    }
    const { metricQuery, ...condition } = body;
    const alarm = new CloudwatchMetricAlarm(namespace(this, NAMESPACES[kind]), constructId(label), {
      ...environment.providerConfig,
      ...environment.tagsConfig,
      ...condition,
      alarmName: name,
      alarmDescription: DESCRIPTIONS[kind](watched.integrationName, body.threshold),
      metricQuery: [...metricQuery],
      ...(actions.alarmArns.length > 0 && { alarmActions: [...actions.alarmArns] }),
      ...(actions.okArns.length > 0 && { okActions: [...actions.okArns] }),
    });
    waitFor(alarm, actions.dependencies);
    this.needs.push(actions);
    this.names.push(name);
  }
}

const NAMESPACES = { failed: "Failed", stale: "Stale" } as const;

const DESCRIPTIONS = {
  failed: (name: string): string =>
    `An ingestion of the zero-ETL integration ${name} failed. AWS retries for seven days; the reason: aws glue describe-integrations`,
  stale: (name: string, minutes: number): string =>
    `The newest data of the zero-ETL integration ${name} is older than ${minutes} minutes`,
} as const;
