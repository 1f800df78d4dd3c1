// What flows where, and what becomes of it.
import { arnParts, sourceArn, tableBucketOf, targetArn } from "../rules/arns";
import type { Action, Field, Integration, PlanView } from "../plan-view";
import { isKnown } from "../plan-view";
import type { Topology, TopologyChange, TopologyFlow, TopologyNode } from "../report";
import { endKeys, identityKeys } from "./keys";

type End = TopologyNode["kind"];

/** The picture of all integrations that exist before or after. */
export function topologyOf(views: readonly PlanView[]): Topology {
  const changes = changesOfThings(views);
  const nodes = new Map<string, TopologyNode>();
  const flows: TopologyFlow[] = [];
  for (const view of views) {
    for (const integration of view.integrations) {
      const { resource, label, before, after } = integration;
      const [source, target] = (["source", "target"] as const).map((end) => {
        const field = end === "source" ? "sourceArn" : "targetArn";
        const node = nodeOf(view.stack, integration, end, after?.[field] ?? before?.[field], changes);
        nodes.set(node.id, node);
        return node.id;
      }) as [string, string];
      const change = CHANGES[resource.action];
      flows.push({ stack: view.stack, address: resource.address, label, source, target, change });
    }
  }
  return {
    nodes: [...nodes.values()].sort((one, other) => compare(one.id, other.id)),
    flows: flows.sort(
      (one, other) =>
        compare(one.source, other.source) ||
        compare(one.target, other.target) ||
        compare(one.stack, other.stack) ||
        compare(one.address, other.address),
    ),
  };
}

/** What each action does to the picture. */
const CHANGES: Readonly<Record<Action, TopologyChange>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  // Terraform lets go of it, and it stays.
  forget: "none",
  read: "none",
  move: "none",
  import: "none",
  "no-op": "none",
};

function changesOfThings(views: readonly PlanView[]): ReadonlyMap<string, TopologyChange> {
  return new Map(
    views
      .flatMap((view) => view.changes)
      .filter(({ mode }) => mode === "managed")
      .flatMap((resource) =>
        identityKeys(resource).map((key): [string, TopologyChange] => [key, CHANGES[resource.action]]),
      ),
  );
}

function nodeOf(
  stack: string,
  { resource }: Integration,
  kind: End,
  arn: Field<string>,
  changes: ReadonlyMap<string, TopologyChange>,
): TopologyNode {
  if (!isKnown(arn)) {
    const label = String(arn ?? "(not set)");
    return { id: `${stack}/${resource.address}/${kind}`, kind, label, noun: kind, change: "none" };
  }
  const change = endKeys(arn)
    .map((key) => changes.get(key))
    .find((found) => found !== undefined);
  const named = kind === "source" ? sourceName(arn) : targetName(arn);
  return { id: arn, kind, ...named, change: change ?? "none" };
}

type Named = Pick<TopologyNode, "label" | "noun">;

function sourceName(arn: string): Named {
  const source = sourceArn(arn);
  if (source?.kind === "dynamodb") return { label: source.table, noun: "DynamoDB table" };
  if (source?.kind === "connection") return { label: source.connection, noun: "Glue connection" };
  return { label: lastOf(arn), noun: source?.kind === "oracle" ? "Oracle VM cluster" : "source" };
}

function targetName(arn: string): Named {
  const target = targetArn(arn);
  if (target === undefined) return { label: lastOf(arn), noun: "target" };
  const { kind, name } = target;
  switch (kind) {
    case "glue-database":
      return { label: name, noun: "Glue database" };
    case "s3-tables":
      return { label: tableBucketOf(target) ?? name, noun: "S3 table bucket" };
    case "redshift-managed-storage":
      return { label: name, noun: "Redshift managed catalog" };
    case "redshift":
      return { label: name, noun: "Redshift namespace" };
  }
}

function lastOf(arn: string): string {
  return arnParts(arn)?.resource ?? arn;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
