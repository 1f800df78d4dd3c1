// What watches integrations: alarms, events, logs and a dashboard.
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Issue } from "../../lib/issues";
import { error, warning } from "../../lib/issues";
import { byLabel } from "../../lib/labels";
import { DASHBOARD_INTEGRATIONS_MAX, dashboardBody } from "../../lib/monitoring/dashboard";
import {
  DASHBOARD_NAME_PATTERN,
  QUERY_ALARMS_PER_REGION,
  RULE_NAME_PATTERN,
} from "../../lib/facts/monitoring";
import { sid } from "../../lib/names";
import type { DocumentRequirements } from "../../lib/policy/requirement";
import { mergeRequirements } from "../../lib/policy/requirement";
import { idleMonitoringRules, monitoringRules, unwatchedRules } from "../../lib/rules/monitoring";
import type { WatchedIntegration } from "../contracts";
import type { Environment } from "../environment";
import type { ZeroEtlIntegration } from "../integration";
import { report } from "../report";
import { constructId, namespace } from "../shared/namespace";
import { isUnresolved, json, literal } from "../tokens";
import type { AlarmsProps } from "./integration-alarms";
import { IntegrationAlarms } from "./integration-alarms";
import type { EventsProps } from "./integration-events";
import { IntegrationEvents } from "./integration-events";
import { IntegrationLogs } from "./integration-logs";

export interface ZeroEtlMonitoringProps {
  /** What is watched, by a label; all are of the stack of this construct. */
  readonly integrations: Readonly<Record<string, ZeroEtlIntegration>>;
  /** Alarms on each integration. @default none */
  readonly alarms?: AlarmsProps;
  /** Events of the integrations' accounts and regions. @default none */
  readonly events?: EventsProps;
  /** Whether a dashboard shows the integrations. @default false */
  readonly dashboard?: boolean;
  /** Days for which logs are kept (CloudWatch Logs API, PutRetentionPolicy). @default for ever, as AWS makes the log group */
  readonly logRetentionDays?: number;
  /**
   * Environments of this stack for the metrics and logs of targets that another stack has in another account or region.
   * @default none: such integrations have neither alarms nor a place on the dashboard
   */
  readonly targetEnvironments?: readonly Environment[];
}

/** An integration with the environment of this stack in which its metrics arrive. */
interface Placed {
  readonly label: string;
  readonly watched: WatchedIntegration;
  /** @default none: the stack has no provider for it */
  readonly metrics: Environment | undefined;
}

/** Watches integrations. Metrics are looked at where the target is, whose role writes them; events where the integration is. */
export class ZeroEtlMonitoring extends Construct {
  /** What documents that others may write must say before notifications arrive, and how sure that is. */
  readonly requirements: readonly DocumentRequirements[];
  private readonly placed: readonly Placed[];

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ZeroEtlMonitoringProps,
  ) {
    super(scope, id);
    const { logRetentionDays, alarms, dashboard = false } = props;
    report(this, [
      ...monitoringRules({ logRetentionDays: literal(logRetentionDays) }),
      ...idleMonitoringRules(props),
    ]);
    this.placed = this.place();
    if (logRetentionDays !== undefined) this.keepLogs(logRetentionDays);
    const alarmed = alarms === undefined ? new Map<string, IntegrationAlarms>() : this.addAlarms(alarms);
    const events = this.addEvents();
    if (dashboard) this.addDashboards(alarmed);
    this.requirements = mergeRequirements(
      [...alarmed.values(), ...events].flatMap(({ requirements }) => requirements),
    );
  }

  private place(): Placed[] {
    const { integrations, alarms, dashboard = false, logRetentionDays } = this.props;
    return byLabel(integrations).flatMap(([label, integration]): Placed[] => {
      const { watched } = integration;
      report(this, [
        ...stackRules(TerraformStack.of(this), integration),
        ...unwatchedRules(watched.integrationName, watched.api),
      ]);
      if (watched.api === "redshift") return [];
      const metrics = this.environmentOf(watched);
      if (metrics === undefined && (alarms !== undefined || dashboard || logRetentionDays !== undefined)) {
        report(this, [metricsElsewhere(watched)]);
      }
      return [{ label, watched, metrics }];
    });
  }

  // A provider of this stack for the place of the target.
  private environmentOf({ environment, targetEnvironment }: WatchedIntegration): Environment | undefined {
    const stack = TerraformStack.of(this);
    const here = [targetEnvironment, environment, ...(this.props.targetEnvironments ?? [])];
    return here.find(
      (candidate) => TerraformStack.of(candidate) === stack && candidate.key === targetEnvironment.key,
    );
  }

  private keepLogs(days: number): void {
    const scope = namespace(this, "Logs");
    const written = this.placed.map(({ watched, metrics }) => ({
      watched,
      environments: distinct([watched.environment, ...(metrics === undefined ? [] : [metrics])]),
    }));
    const logs = new Map(
      distinct(written.flatMap(({ environments }) => environments)).map((environment) => [
        environment.key,
        new IntegrationLogs(scope, environment.node.id, environment, days),
      ]),
    );
    for (const { watched, environments } of written) {
      watched.waitFor(environments.flatMap(({ key }) => logs.get(key)?.dependencies ?? []));
    }
  }

  private addAlarms(alarms: AlarmsProps): Map<string, IntegrationAlarms> {
    const scope = namespace(this, "Alarms");
    const made = new Map<string, IntegrationAlarms>();
    for (const { label, watched, metrics } of this.placed) {
      if (metrics !== undefined)
        made.set(label, new IntegrationAlarms(scope, constructId(label), watched, metrics, alarms));
    }
    for (const environment of distinct(this.placed.flatMap(({ metrics }) => metrics ?? []))) {
      const here = this.placed.filter(({ metrics }) => metrics?.key === environment.key);
      report(this, quotaRules(here.flatMap(({ label }) => made.get(label)?.alarmArns ?? []).length));
    }
    return made;
  }

  private addEvents(): IntegrationEvents[] {
    const { events } = this.props;
    // A rule without a target does nothing, and one without a kind of event hears nothing.
    if (events === undefined || Object.keys(events.targets).length === 0) return [];
    if (events.detailTypes?.length === 0) return [];
    const scope = namespace(this, "Events");
    const name = nameFor(this, "", RULE_NAME_PATTERN);
    return distinct(this.placed.map(({ watched }) => watched.environment)).map(
      (environment) => new IntegrationEvents(scope, environment.node.id, environment, name, events),
    );
  }

  // Dashboards are global in an account, so that the region is part of the name.
  private addDashboards(alarmed: ReadonlyMap<string, IntegrationAlarms>): void {
    const scope = namespace(this, "Dashboard");
    const placed = this.placed.flatMap(({ metrics, ...rest }) =>
      metrics === undefined ? [] : [{ ...rest, metrics }],
    );
    for (const environment of distinct(placed.map(({ metrics }) => metrics))) {
      const integrations = placed
        .filter(({ metrics }) => metrics.key === environment.key)
        .map(({ label, watched: { integrationName: name, arn } }) => ({
          name,
          arn,
          alarmArns: alarmed.get(label)?.alarmArns ?? [],
        }));
      report(this, dashboardRules(integrations.length));
      const title = `Zero-ETL integrations of ${TerraformStack.of(this).node.id}`;
      const { region } = environment;
      const suffix = isUnresolved(region) ? `-${environment.node.id}` : `-${region}`;
      new CloudwatchDashboard(scope, environment.node.id, {
        ...environment.providerConfig,
        dashboardName: nameFor(this, suffix, DASHBOARD_NAME_PATTERN),
        dashboardBody: json(dashboardBody({ title, region, integrations })),
      });
    }
  }
}

function stackRules(stack: TerraformStack, { node, watched }: ZeroEtlIntegration): Issue[] {
  const own = watched.environment;
  if (TerraformStack.of(own) === stack) return [];
  return [
    error(
      "watched-elsewhere",
      ["integrations"],
      `the integration ${watched.integrationName} is of another stack`,
      {
        got: node.path,
        expected: `an integration of the stack ${stack.node.path}`,
        remedy: `make a ZeroEtlMonitoring for it in the stack ${TerraformStack.of(own).node.path}`,
      },
    ),
  ];
}

function quotaRules(alarms: number): Issue[] {
  if (alarms <= QUERY_ALARMS_PER_REGION) return [];
  return [
    warning("query-alarms", ["alarms"], "there are more alarms than the default quota of a region", {
      got: `${alarms} alarms`,
      expected: `up to ${QUERY_ALARMS_PER_REGION} alarms on Metrics Insights queries`,
      remedy: "ask AWS for a higher quota before the apply",
    }),
  ];
}

function metricsElsewhere({ integrationName, targetEnvironment }: WatchedIntegration): Issue {
  return warning(
    "metrics-elsewhere",
    ["integrations"],
    `the metrics of the integration ${integrationName} and the logs of its target arrive in the account and region of the target, for which this stack has no provider: they have no alarms, no place on the dashboard and no retention`,
    {
      got: targetEnvironment.node.path,
      remedy: "pass an environment of this stack for that account and region in targetEnvironments",
    },
  );
}

function dashboardRules(integrations: number): Issue[] {
  if (integrations <= DASHBOARD_INTEGRATIONS_MAX) return [];
  return [
    error("dashboard-size", ["dashboard"], "a dashboard has more integrations than a graph takes searches", {
      got: `${integrations} integrations`,
      expected: `up to ${DASHBOARD_INTEGRATIONS_MAX}`,
      remedy: "divide them among several stacks, or several ZeroEtlMonitoring",
    }),
  ];
}

// The stack is in every name, since account and region are shared with other stacks.
function nameFor(scope: Construct, suffix: string, pattern: RegExp): string {
  const stack = TerraformStack.of(scope);
  const { id, path } = scope.node;
  // A digest tells the monitoring of a stack by another name from that of a stack of such a name.
  const own = path === `${stack.node.path}/Monitoring` ? stack.node.id : sid(`${stack.node.id}-${id}-`, path);
  const name = `zero-etl-${own}${suffix}`;
  return pattern.test(name) ? name : `zero-etl-${sid("", own)}${suffix}`;
}

// Of several environments of one place the first by its label, whose integrations others may join without an address that moves.
function distinct(environments: readonly Environment[]): Environment[] {
  const byLabelBackwards = [...environments].sort((a, b) => (a.node.id > b.node.id ? -1 : 1));
  return [...new Map(byLabelBackwards.map((environment) => [environment.key, environment])).values()];
}
