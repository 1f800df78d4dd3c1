// The rules of lib/rules, put to each part of a declaration.
import type { Issue, IssuePath } from "../issues";
import { under } from "../issues";
import { s3BackendRules } from "../rules/backend";
import { environmentRules } from "../rules/environment";
import { integrationRules } from "../rules/integration";
import { alarmTopicRules, idleMonitoringRules, monitoringRules } from "../rules/monitoring";
import { connectionSourceRules, dynamoDbSourceRules, oracleSourceRules } from "../rules/sources";
import { tagRules } from "../rules/tags";
import {
  glueDatabaseTargetRules,
  managedStorageTargetRules,
  redshiftTargetRules,
  s3TablesTargetRules,
} from "../rules/targets";
import type { DraftDeclaration, DraftIntegration, DraftSource, DraftStack, DraftTarget } from "./draft";
import { entriesOf } from "./draft";
import { resolveSource, resolveTarget } from "./references";

/** Everything that is wrong with a part of a declaration by itself. */
export function partRules(declaration: DraftDeclaration): Issue[] {
  return [
    ...entriesOf(declaration.environments).flatMap(([label, environment]) =>
      under(["environments", label], environmentRules(environment)),
    ),
    ...entriesOf(declaration.stacks).flatMap(([label, stack]) =>
      under(["stacks", label], stackRules(declaration, label, stack)),
    ),
  ];
}

function stackRules(declaration: DraftDeclaration, label: string, stack: DraftStack): Issue[] {
  const each = <T>(
    role: string,
    mapping: Readonly<Record<string, T | undefined>> | undefined,
    rules: (value: T, label: string) => Issue[],
  ) =>
    entriesOf(mapping).flatMap(([name, value]) =>
      under([role, name] satisfies IssuePath, rules(value, name)),
    );
  return [
    ...under(["tags"], tagRules(stack.tags)),
    ...under(["backend", "s3"], s3BackendRules(stack.backend?.s3 ?? {})),
    ...under(["monitoring"], monitoringRules(stack.monitoring ?? {})),
    ...under(["monitoring"], alarmTopicRules(stack.monitoring?.alarms)),
    ...under(["monitoring"], stack.monitoring === undefined ? [] : idleMonitoringRules(stack.monitoring)),
    ...each("sources", stack.sources, sourceRules),
    ...each("targets", stack.targets, targetRules),
    ...each("integrations", stack.integrations, (integration, name) =>
      pairedRules(declaration, label, name, integration),
    ),
  ];
}

function sourceRules(source: DraftSource): Issue[] {
  switch (source.type) {
    case undefined:
      return [];
    case "dynamodb":
      return dynamoDbSourceRules(source);
    case "oracle":
      return oracleSourceRules(source);
    default:
      return connectionSourceRules(source.type, source);
  }
}

function targetRules(target: DraftTarget): Issue[] {
  switch (target.type) {
    case undefined:
      return [];
    case "glue-database":
      return glueDatabaseTargetRules(target);
    case "s3-tables":
      return s3TablesTargetRules(target);
    case "redshift-managed-storage":
      return managedStorageTargetRules(target);
    case "redshift":
      return redshiftTargetRules(target);
  }
}

function pairedRules(
  declaration: DraftDeclaration,
  stack: string,
  label: string,
  integration: DraftIntegration,
): Issue[] {
  const source = resolveSource(declaration, stack, integration.source)?.value;
  const target = resolveTarget(declaration, stack, integration.target)?.value;
  return integrationRules({
    ...integration,
    name: integration.name ?? label,
    sourceKind: source?.type,
    targetKind: target?.type,
    lakeFormation: target?.type === "glue-database" ? (target.lakeFormation ?? false) : undefined,
    entities: entitiesOf(source),
    sourceTables: tablesOf(source),
  });
}

/** The entities that a source selects, where it selects any. */
export function entitiesOf(source: DraftSource | undefined): readonly string[] | undefined {
  return source !== undefined && "entities" in source ? source.entities : undefined;
}

/** Every table that a source replicates, where the declaration says it. */
export function tablesOf(source: DraftSource | undefined): readonly string[] | undefined {
  if (source?.type !== "dynamodb") return entitiesOf(source);
  return source.table === undefined ? undefined : [source.table];
}
