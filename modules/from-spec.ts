// A declaration to stacks. No AWS knowledge of its own: every value goes to the construct of its kind.
import type { App } from "cdktf";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { byLabel } from "../lib/labels";
import { partsOf } from "../lib/spec/references";
import type { Declaration, MonitoringSpec, SourceSpec, StackSpec, TargetSpec } from "../lib/spec/types";
import type { IntegrationSource, IntegrationTarget } from "./contracts";
import type { Environment, EnvironmentProps } from "./environment";
import { ZeroEtlIntegration } from "./integration";
import { notifyTopic, sendToTopic } from "./monitoring/actions";
import type { AlarmsProps } from "./monitoring/integration-alarms";
import { ZeroEtlMonitoring } from "./monitoring/monitoring";
import { NotificationTopic } from "./monitoring/topic";
import { addMonitoringOutputs, addOutputs } from "./outputs";
import { escapeTemplate } from "./tokens";
import { ConnectionSource } from "./sources/connection-source";
import { DynamoDbSource } from "./sources/dynamodb-source";
import { OracleSource } from "./sources/oracle-source";
import { constructId } from "./shared/namespace";
import { ZeroEtlStack } from "./stack";
import { GlueDatabaseTarget } from "./targets/glue-database-target";
import { RedshiftManagedStorageTarget } from "./targets/redshift-managed-storage-target";
import { RedshiftTarget } from "./targets/redshift-target";
import { S3TablesTarget } from "./targets/s3-tables-target";

export interface FromSpecOptions {
  /** Version constraint of hashicorp/aws. @default DEFAULT_PROVIDER_VERSION */
  readonly providerVersion?: string | undefined;
}

/** Makes one Terraform stack per entry of `stacks`; the declaration has passed every rule of `lib/spec`. */
export function fromSpec(app: App, declaration: Declaration, options: FromSpecOptions = {}): ZeroEtlStack[] {
  const { environments, stacks } = escapeTemplates(declaration);
  const built = build(stacks, (label, spec) => new BuiltStack(app, label, spec, environments, options));
  // Sources and targets of every stack are there before the first integration, which may use those of another stack.
  for (const [label, stack] of byLabel(built)) {
    const find = <T>(reference: string, membersOf: (of: BuiltStack) => Readonly<Record<string, T>>): T => {
      const parts = partsOf(reference, label);
      return member(membersOf(member(built, parts.stack)), parts.label);
    };
    const integrations: Record<string, ZeroEtlIntegration> = {};
    for (const [id, { source, target, ...settings }] of byLabel(member(stacks, label).integrations)) {
      const integration = new ZeroEtlIntegration(stack.stack.integrations, constructId(id), {
        name: id,
        ...settings,
        source: find(source, ({ sources }) => sources),
        target: find(target, ({ targets }) => targets),
      });
      addOutputs(integration);
      integrations[id] = integration;
    }
    const { monitoring } = member(stacks, label);
    if (monitoring !== undefined) {
      const environmentLabel = (id: string): string => {
        const parts = partsOf(member(member(stacks, label).integrations, id).target, label);
        const home = member(stacks, parts.stack);
        return member(home.targets, parts.label).environment ?? home.environment;
      };
      watch(stack, monitoring, integrations, environmentLabel);
    }
  }
  return byLabel(built).map(([, { stack }]) => stack);
}

/** A stack of the declaration with its sources and targets. */
class BuiltStack {
  readonly stack: ZeroEtlStack;
  readonly sources: Readonly<Record<string, IntegrationSource>>;
  readonly targets: Readonly<Record<string, IntegrationTarget>>;
  private readonly further = new Map<string, Environment>();

  constructor(
    app: App,
    label: string,
    private readonly spec: StackSpec,
    private readonly environments: Declaration["environments"],
    { providerVersion }: FromSpecOptions,
  ) {
    const { environment, backend } = spec;
    this.stack = new ZeroEtlStack(app, constructId(label), {
      ...member(environments, environment),
      ...this.settings,
      environment: constructId(environment),
      issuesReported: true,
      ...(backend !== undefined && { backend }),
      ...(providerVersion !== undefined && { providerVersion }),
    });
    this.sources = build(spec.sources, (id, source) =>
      buildSource(this.stack.sources, constructId(id), source, this.environmentOf(source)),
    );
    this.targets = build(spec.targets, (id, target) =>
      buildTarget(this.stack.targets, constructId(id), target, this.environmentOf(target)),
    );
  }

  // What a stack says of all its environments.
  private get settings(): Pick<EnvironmentProps, "catalogPolicy" | "driftChecks" | "operator" | "tags"> {
    const { tags, operator, catalogPolicy, driftChecks } = this.spec;
    return {
      ...(tags !== undefined && { tags }),
      ...(operator !== undefined && { operator }),
      ...(catalogPolicy !== undefined && { catalogPolicy }),
      ...(driftChecks !== undefined && { driftChecks }),
    };
  }

  // One provider for each environment that a stack names, beside its own.
  environmentOf({ environment: label }: Pick<SourceSpec, "environment">): Environment {
    if (label === undefined || label === this.spec.environment) return this.stack.environment;
    const known = this.further.get(label);
    if (known !== undefined) return known;
    const environment = this.stack.addEnvironment(constructId(label), {
      ...member(this.environments, label),
      ...this.settings,
    });
    this.further.set(label, environment);
    return environment;
  }
}

function watch(
  built: BuiltStack,
  { alarms, events, dashboard, logRetentionDays }: MonitoringSpec,
  integrations: Readonly<Record<string, ZeroEtlIntegration>>,
  environmentLabel: (id: string) => string,
): void {
  const { stack } = built;
  // The metrics of a target of another stack arrive where a provider of this one has to lead first.
  const elsewhere = Object.entries(integrations).filter(
    ([, { watched }]) =>
      TerraformStack.of(watched.targetEnvironment) !== stack &&
      watched.targetEnvironment.key !== watched.environment.key,
  );
  const monitoring = new ZeroEtlMonitoring(stack, "Monitoring", {
    integrations,
    targetEnvironments: elsewhere.map(([id]) => built.environmentOf({ environment: environmentLabel(id) })),
    ...(alarms !== undefined && { alarms: alarmsOf(alarms) }),
    ...(events !== undefined && {
      events: { targets: { Topic: sendToTopic(topicOf(events.topicArn, events)) } },
    }),
    ...(dashboard !== undefined && { dashboard }),
    ...(logRetentionDays !== undefined && { logRetentionDays }),
  });
  addMonitoringOutputs(monitoring);
}

function topicOf(topicArn: string, { kmsKeyArn }: { readonly kmsKeyArn?: string }): NotificationTopic {
  return NotificationTopic.fromTopicArn(topicArn, { ...(kmsKeyArn !== undefined && { kmsKeyArn }) });
}

function alarmsOf(alarms: NonNullable<MonitoringSpec["alarms"]>): AlarmsProps {
  const { topicArn, staleAfter } = alarms;
  return {
    ...(topicArn !== undefined && { actions: notifyTopic(topicOf(topicArn, alarms)) }),
    ...(staleAfter !== undefined && { stale: { stale: { after: staleAfter } } }),
  };
}

function buildSource(
  scope: Construct,
  id: string,
  spec: SourceSpec,
  environment: Environment,
): IntegrationSource {
  switch (spec.type) {
    case "dynamodb": {
      const { type, ...props } = spec;
      return DynamoDbSource.fromTableName(scope, id, { ...props, environment });
    }
    case "oracle": {
      const { type, ...props } = spec;
      return new OracleSource(scope, id, { ...props, environment });
    }
    default: {
      const { type: kind, ...props } = spec;
      return new ConnectionSource(scope, id, { ...props, kind, environment });
    }
  }
}

function buildTarget(
  scope: Construct,
  id: string,
  spec: TargetSpec,
  environment: Environment,
): IntegrationTarget {
  switch (spec.type) {
    case "glue-database": {
      const { type, ...props } = spec;
      return new GlueDatabaseTarget(scope, id, { ...props, environment });
    }
    case "s3-tables": {
      const { type, namespace, ...props } = spec;
      return new S3TablesTarget(scope, id, { ...props, environment });
    }
    case "redshift-managed-storage": {
      const { type, ...props } = spec;
      return new RedshiftManagedStorageTarget(scope, id, { ...props, environment });
    }
    case "redshift": {
      const { type, ...props } = spec;
      return new RedshiftTarget(scope, id, { ...props, environment });
    }
  }
}

function build<S, T>(
  specs: Readonly<Record<string, S>>,
  make: (id: string, spec: S) => T,
): Record<string, T> {
  return Object.fromEntries(byLabel(specs).map(([id, spec]) => [id, make(id, spec)]));
}

function member<T>(record: Readonly<Record<string, T>>, label: string): T {
  const value = record[label];
  if (value === undefined) throw new Error(`the rules let the label ${label} pass, which nothing defines`);
  return value;
}

// Text of a file is text: what looks like a Terraform template in it must reach AWS as it stands, never be evaluated.
function escapeTemplates<T>(value: T): T {
  if (typeof value === "string") return escapeTemplate(value) as T;
  if (Array.isArray(value)) return value.map(escapeTemplates) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, entry]) => [escapeTemplate(key), escapeTemplates(entry)]);
  return Object.fromEntries(entries) as T;
}
