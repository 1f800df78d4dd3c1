// What changes in each resource of a plan.
import type { FindingLocation } from "../finding";
import type { PlanView, Policy, PolicyDocument, Resource } from "../plan-view";
import type { Counts, PolicyDifference, ResourceChange } from "../report";
import { differences } from "./differences";
import { forcedBy } from "./forcing";
import { readable } from "./readable";
import { changeId } from "./relations";
import { titlesOf } from "./titles";

/** The changes of a plan, by address. */
export function changesOf(view: PlanView): ResourceChange[] {
  const titles = titlesOf(view);
  const policies = new Map<Resource, Policy[]>();
  for (const policy of view.policies) {
    policies.set(policy.resource, [...(policies.get(policy.resource) ?? []), policy]);
  }
  return view.changes.map((resource) => {
    const location = view.location(resource.address);
    const title = titles.get(resource.address) ?? resource.type;
    return changeOf(view, resource, title, policies.get(resource) ?? [], location);
  });
}

/** How many resources of a plan change in each way; what is also moved or imported counts as what else happens to it. */
export function countsOf(view: PlanView): Counts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, forget: 0, move: 0, import: 0 };
  for (const { action } of view.changes) if (action !== "no-op" && action !== "read") counts[action] += 1;
  return counts;
}

function changeOf(
  view: PlanView,
  resource: Resource,
  title: string,
  policies: readonly Policy[],
  location: FindingLocation | undefined,
): ResourceChange {
  const { address, type, action, replaceOrder, reason, movedFrom, isImported } = resource;
  const { before, after } = readable(view, resource);
  return {
    id: changeId(view.stack, resource),
    stack: view.stack,
    address,
    type,
    title,
    action,
    ...(replaceOrder !== undefined && { replaceOrder }),
    forcedBy: forcedBy(resource),
    ...(reason !== undefined && { reason }),
    ...(movedFrom !== undefined && { movedFrom }),
    isImported,
    // What goes is told by its title: its fields would only repeat what everybody knows.
    fields: action === "delete" || action === "forget" ? [] : differences(before, after),
    policies: policies.flatMap(policyDifference),
    ...(location !== undefined && { location }),
  };
}

function policyDifference({ attribute, kind, subject, before, after, changes }: Policy): PolicyDifference[] {
  const state = stateOf(after) ?? stateOf(before) ?? "known";
  if (state === "known" && changes.length === 0) return [];
  return [{ attribute, kind, subject: String(subject ?? ""), state, statements: changes }];
}

function stateOf(document: PolicyDocument): Exclude<PolicyDifference["state"], "known"> | undefined {
  if (document.state === "hidden") return document.hidden;
  return document.state === "unreadable" ? "unreadable" : undefined;
}
