// Which changes touch which integrations.
import type { Integration, PlanView, Resource } from "../plan-view";
import { isKnown } from "../plan-view";
import { withoutIndexes } from "../plan/configuration";
import { decodedKeys, integrationKeys, resourceKeys } from "./keys";

/** The id of a resource in a report that holds several stacks. */
export function changeId(stack: string, { address, deposed }: Pick<Resource, "address" | "deposed">): string {
  return `${stack}/${address}${deposed === undefined ? "" : ` (deposed ${deposed})`}`;
}

/** The ids of the changes that touch an integration, its own first, then sorted. */
export type Relations = (view: PlanView, integration: Integration) => readonly string[];

/** Finds the changes of integrations by what they name and by what the configuration refers to. */
export function relationsOf(views: readonly PlanView[]): Relations {
  const byKey = changesByKey(views);
  const roles = rolesByResource(views);
  const nets = new Map(views.map((view) => [view, referenceNet(view)]));
  const others = new Set(
    views.flatMap(({ stack, integrations }) => integrations.map(({ resource }) => changeId(stack, resource))),
  );
  return (view, integration) => {
    const { resource } = integration;
    const keys = integrationKeys(view.stack, integration, (arn) => roles.get(arn) ?? []);
    const ids = new Set([
      ...keys.flatMap((key) => byKey.get(key) ?? []),
      ...(nets.get(view)?.(resource.address) ?? []),
    ]);
    const own = changeId(view.stack, resource);
    const related = [...ids].filter((id) => !others.has(id)).sort();
    return resource.action === "no-op" ? related : [own, ...related];
  };
}

function changesByKey(views: readonly PlanView[]): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, string[]>();
  for (const view of views) {
    const keys = decodedKeys(view);
    for (const change of view.changes) {
      for (const key of new Set([...resourceKeys(change), ...(keys.get(change.address) ?? [])])) {
        add(byKey, key, changeId(view.stack, change));
      }
    }
  }
  return byKey;
}

function rolesByResource(views: readonly PlanView[]): ReadonlyMap<string, readonly string[]> {
  const roles = new Map<string, string[]>();
  for (const { before, after } of views.flatMap(({ resourceProperties }) => resourceProperties)) {
    for (const side of [before, after]) {
      if (side === undefined || !isKnown(side.resourceArn)) continue;
      add(roles, side.resourceArn, ...[side.sourceRoleArn, side.targetRoleArn].filter(isKnown));
    }
  }
  return roles;
}

/**
 * The changes that an integration refers to, directly or through others, and those that refer to it. What the operator itself is made
 * of belongs to no integration, and one integration that waits for another is no part of it.
 */
function referenceNet(view: PlanView): (address: string) => readonly string[] {
  const configured = new Map<string, Resource[]>();
  for (const change of view.changes) {
    add(configured, withoutIndexes(change.address), change);
  }
  const ends = new Set([
    ...view.integrations.map(({ resource }) => withoutIndexes(resource.address)),
    ...view.operatorCalls.map(({ resource }) => withoutIndexes(resource.address)),
  ]);
  const referring = new Map<string, string[]>();
  for (const { address } of view.changes) {
    for (const reference of view.references(address)) {
      add(referring, reference, withoutIndexes(address));
    }
  }
  return (address) => {
    const start = withoutIndexes(address);
    const reached = new Set<string>(referring.get(start) ?? []);
    const waiting = [...view.references(start)];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (reached.has(next) || next === start) continue;
      reached.add(next);
      if (!ends.has(next)) waiting.push(...view.references(next));
    }
    return [...reached].flatMap((name) =>
      (configured.get(name) ?? []).map((change) => changeId(view.stack, change)),
    );
  };
}

// In place: of thousands of changes, many refer to the same function.
function add<T>(lists: Map<string, T[]>, key: string, ...values: readonly T[]): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...values]);
  else list.push(...values);
}
