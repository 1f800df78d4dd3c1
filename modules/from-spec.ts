// A declaration to stacks. No AWS knowledge of its own: every value goes to the construct of its kind.
import type { App } from "cdktf";
import type { Construct } from "constructs";
import type { Declaration, SourceSpec, StackSpec, TargetSpec } from "../lib/spec/types";
import type { IntegrationSource, IntegrationTarget } from "./contracts";
import { ZeroEtlIntegration } from "./integration";
import { addOutputs } from "./outputs";
import { escapeTemplate } from "./tokens";
import { DynamoDbSource } from "./sources/dynamodb-source";
import { constructId } from "./shared/namespace";
import { ZeroEtlStack } from "./stack";
import { GlueDatabaseTarget } from "./targets/glue-database-target";

export interface FromSpecOptions {
  /** Version constraint of hashicorp/aws. @default DEFAULT_PROVIDER_VERSION */
  readonly providerVersion?: string | undefined;
}

/** Makes one Terraform stack per entry of `stacks`; the declaration has passed every rule of `lib/spec`. */
export function fromSpec(app: App, declaration: Declaration, options: FromSpecOptions = {}): ZeroEtlStack[] {
  const { environments, stacks } = escapeTemplates(declaration);
  return labels(stacks).map(([label, spec]) => buildStack(app, label, spec, environments, options));
}

function buildStack(
  app: App,
  label: string,
  spec: StackSpec,
  environments: Declaration["environments"],
  { providerVersion }: FromSpecOptions,
): ZeroEtlStack {
  const { environment, tags, backend } = spec;
  const stack = new ZeroEtlStack(app, constructId(label), {
    ...member(environments, environment),
    environment: constructId(environment),
    issuesReported: true,
    ...(tags !== undefined && { tags }),
    ...(backend !== undefined && { backend }),
    ...(providerVersion !== undefined && { providerVersion }),
  });
  const sources = build(spec.sources, (id, source) => buildSource(stack.sources, constructId(id), source));
  const targets = build(spec.targets, (id, target) => buildTarget(stack.targets, constructId(id), target));
  for (const [id, integration] of labels(spec.integrations)) {
    const { source, target, ...settings } = integration;
    addOutputs(
      new ZeroEtlIntegration(stack.integrations, constructId(id), {
        name: id,
        ...settings,
        source: member(sources, source),
        target: member(targets, target),
      }),
    );
  }
  return stack;
}

function buildSource(scope: Construct, id: string, spec: SourceSpec): IntegrationSource {
  switch (spec.type) {
    case "dynamodb": {
      const { table, integrationArns, kmsKeyArn } = spec;
      return DynamoDbSource.fromTableName(scope, id, {
        table,
        ...(integrationArns !== undefined && { integrationArns }),
        ...(kmsKeyArn !== undefined && { kmsKeyArn }),
      });
    }
    default:
      throw new Error(
        `${scope.node.path}/${id}: the rules let a source of type ${spec.type} pass, which nothing builds`,
      );
  }
}

function buildTarget(scope: Construct, id: string, spec: TargetSpec): IntegrationTarget {
  switch (spec.type) {
    case "glue-database": {
      const { database, location, create, roleArn } = spec;
      return new GlueDatabaseTarget(scope, id, {
        database,
        location,
        ...(create !== undefined && { create }),
        ...(roleArn !== undefined && { roleArn }),
      });
    }
    default:
      throw new Error(
        `${scope.node.path}/${id}: the rules let a target of type ${spec.type} pass, which nothing builds`,
      );
  }
}

// Labels in order, so that the order in a file never shows in the output.
function labels<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function build<S, T>(
  specs: Readonly<Record<string, S>>,
  make: (id: string, spec: S) => T,
): Record<string, T> {
  return Object.fromEntries(labels(specs).map(([id, spec]) => [id, make(id, spec)]));
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
