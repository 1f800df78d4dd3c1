// A plan to what rules read.
import type { Issue } from "../issues";
import { integrationOf } from "./decode/integrations";
import { integrationSettingsOf, operatorCallOf, tablePropertiesOf } from "./decode/operator-calls";
import { mergedPolicyOf, policiesOf } from "./decode/policies";
import { resourcePropertyOf } from "./decode/resource-properties";
import type { FindingLocation } from "./finding";
import { configurationOf, withoutIndexes } from "./plan/configuration";
import { PlanMalformed } from "./plan/members";
import type { Plan, WrittenChange, WrittenCheck } from "./plan/plan";
import { readData, resourceOf } from "./plan/resource";
import type { Read } from "./plan/text";
import { refuse } from "./plan/text";
import type { Check, PlanView, Resource } from "./plan-view";

export interface ViewOptions {
  /** Where the resource of an address comes from. @default nothing is known */
  readonly locate?: (address: string) => FindingLocation | undefined;
}

/** Decodes a plan; the one thing that can be wrong with it is an action that Terraform 1.x does not plan. */
export function viewOf(stack: string, plan: Plan, options: ViewOptions = {}): Read<PlanView> {
  try {
    return { value: build(stack, plan, options) };
  } catch (thrown) {
    if (!(thrown instanceof PlanMalformed)) throw thrown;
    const issue: { readonly issue: Issue } = refuse("plan-malformed", thrown.message, {
      remedy: "use a version of zero-etl that knows the Terraform that made the plan",
    });
    return issue;
  }
}

function build(stack: string, plan: Plan, { locate = () => undefined }: ViewOptions): PlanView {
  const resources = byAddress([...plan.resourceChanges.map(resourceOf), ...plan.readData.map(readData)]);
  const configuration = configurationOf(plan.configuration);
  const types = byType(resources);
  const addresses = new Map(resources.map((resource) => [resource.address, resource]));
  // A deposed object stands beside its resource, under the same address.
  for (const resource of resources) {
    if (resource.deposed === undefined) addresses.set(resource.address, resource);
  }
  const operatorCalls = present(resources, operatorCallOf);
  return {
    stack,
    terraformVersion: plan.terraformVersion,
    resources,
    changes: resources.filter(({ action }) => action !== "no-op" && action !== "read"),
    integrations: present(resources, integrationOf),
    resourceProperties: present(resources, resourcePropertyOf),
    tableProperties: present(operatorCalls, tablePropertiesOf),
    integrationSettings: present(operatorCalls, integrationSettingsOf),
    operatorCalls,
    policies: [
      ...resources.flatMap((resource) => {
        const configured = configuration.get(withoutIndexes(resource.address));
        return policiesOf(resource, (attribute) => configured?.arguments.has(attribute) ?? true);
      }),
      ...present(operatorCalls, mergedPolicyOf),
    ],
    checks: plan.checks.map(checkOf),
    drift: byAddress(plan.resourceDrift.map((change: WrittenChange) => resourceOf(change))),
    ofType: (type) => types.get(type) ?? [],
    resource: (address) => addresses.get(address),
    references: (address) => configuration.get(withoutIndexes(address))?.references ?? [],
    arguments: (address) => configuration.get(withoutIndexes(address))?.arguments,
    location: locate,
  };
}

function byType(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const types = new Map<string, Resource[]>();
  for (const resource of resources) {
    const alike = types.get(resource.type);
    if (alike === undefined) types.set(resource.type, [resource]);
    else alike.push(resource);
  }
  return types;
}

function present<T, U>(values: readonly T[], read: (value: T) => U | undefined): U[] {
  return values.flatMap((value) => read(value) ?? []);
}

function byAddress(resources: readonly Resource[]): Resource[] {
  return [...resources].sort((one, other) =>
    one.address < other.address ? -1 : one.address > other.address ? 1 : 0,
  );
}

const KINDS: Readonly<Record<string, Check["kind"]>> = {
  check: "check",
  resource: "resource",
  output_value: "output",
  var: "variable",
  input_variable: "variable",
};

const STATUSES: readonly Check["status"][] = ["pass", "fail", "error", "unknown"];

function checkOf({ address, kind, status, problems }: WrittenCheck): Check {
  return {
    address,
    kind: (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined) ?? "check",
    // What is not known never counts as passed.
    status: STATUSES.find((known) => known === status) ?? "unknown",
    problems,
  };
}
