// What a declaration declares as a picture: accounts, in them stacks, in them sources, integrations and targets.
import { partsOf } from "../spec/references";
import type { Declaration, IntegrationSpec, SourceSpec, StackSpec, TargetSpec } from "../spec/types";
import type { NodeRole, Picture, PictureEdge, PictureGroup, PictureNode } from "./picture";

interface Placed {
  /** Label of the environment. */
  readonly environment: string;
  readonly stack: string;
  readonly node: PictureNode;
}

/** The picture, in the order of the declaration. */
export function topology(declaration: Declaration): Picture {
  const stacks = Object.entries(declaration.stacks);
  const placed = stacks.flatMap(([label, stack]) => placedIn(label, stack));
  return {
    groups: groupsOf(declaration, placed),
    nodes: [],
    edges: stacks.flatMap(([label, { integrations }]) =>
      Object.entries(integrations).flatMap(([name, integration]) => edgesOf(label, name, integration)),
    ),
  };
}

function placedIn(stack: string, spec: StackSpec): Placed[] {
  const at = (environment: string, role: NodeRole, label: string, details: readonly string[]): Placed => ({
    environment,
    stack,
    node: { key: keyOf(role, stack, label), role, lines: [label, ...details] },
  });
  return [
    ...Object.entries(spec.sources).map(([label, source]) =>
      at(source.environment ?? spec.environment, "source", label, [source.type, sourceName(source)]),
    ),
    ...Object.entries(spec.integrations).map(([label, integration]) =>
      at(spec.environment, "integration", label, integrationDetails(integration)),
    ),
    ...Object.entries(spec.targets).map(([label, target]) =>
      at(target.environment ?? spec.environment, "target", label, [target.type, targetName(target)]),
    ),
  ];
}

// Environments may share an account and region: what lies together in AWS lies together in the picture.
function groupsOf({ environments }: Declaration, placed: readonly Placed[]): PictureGroup[] {
  const titleOf = (label: string) => {
    const { account, region } = environments[label] ?? {};
    return account === undefined ? `${label}: ${region}` : `account ${account}, ${region}`;
  };
  return groupBy(placed, ({ environment }) => titleOf(environment)).map(([title, there]) => ({
    title,
    nodes: [],
    groups: groupBy(there, ({ stack }) => `stack ${stack}`).map(([stack, members]) => ({
      title: stack,
      nodes: members.map(({ node }) => node),
    })),
  }));
}

function groupBy<T>(members: readonly T[], keyOf: (member: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const key = keyOf(member);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups];
}

function edgesOf(stack: string, label: string, { source, target }: IntegrationSpec): PictureEdge[] {
  const from = partsOf(source, stack);
  const to = partsOf(target, stack);
  const integration = keyOf("integration", stack, label);
  return [
    { from: keyOf("source", from.stack, from.label), to: integration },
    { from: integration, to: keyOf("target", to.stack, to.label) },
  ];
}

function keyOf(role: NodeRole, stack: string, label: string): string {
  return `${role} ${stack}/${label}`;
}

function integrationDetails({ refreshInterval, continuousSync }: IntegrationSpec): string[] {
  if (continuousSync === false) return ["once"];
  if (refreshInterval === undefined) return [];
  return [`every ${typeof refreshInterval === "number" ? `${refreshInterval}m` : refreshInterval}`];
}

function sourceName(source: SourceSpec): string {
  switch (source.type) {
    case "dynamodb":
      return source.table;
    case "oracle":
      return source.pluggableDatabase;
    default:
      return source.connection;
  }
}

function targetName(target: TargetSpec): string {
  switch (target.type) {
    case "glue-database":
      return target.database;
    case "s3-tables":
      return target.namespace === undefined
        ? target.tableBucket
        : `${target.tableBucket}/${target.namespace}`;
    case "redshift-managed-storage":
      return target.catalog;
    case "redshift":
      return target.cluster ?? target.workgroup ?? target.namespaceArn ?? "";
  }
}
