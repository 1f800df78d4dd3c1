// How many integrations there are after the plans, and how many are made or taken away at once.
import { PARALLEL_INTEGRATIONS_PER_TARGET } from "../../facts/limits";
import type { Issue, IssueCode } from "../../issues";
import {
  INTEGRATIONS_PER_ACCOUNT,
  INTEGRATIONS_PER_SOURCE,
  INTEGRATIONS_PER_TARGET,
} from "../../facts/limits";
import type { FleetMember } from "../../rules/fleet";
import { fleetRules } from "../../rules/fleet";
import type { Observation } from "../finding";
import type { Integration, PlanView } from "../plan-view";
import { known } from "../plan-view";
import type { ReviewRule } from "../rule";
import { arnParts, sourceArn } from "./arns";
import { rule } from "./declare";
import { fieldOf, staying } from "./integrations";

/** The integrations after the plans, those first that were there before, so that a quota is broken by a new one. */
function fleetOf(all: readonly PlanView[]): FleetMember[] {
  const members = all.flatMap((view) =>
    staying([view]).map((integration) => ({ ...integration, stack: view.stack })),
  );
  const byAge = members.sort((a, b) => Number(a.before === undefined) - Number(b.before === undefined));
  return byAge.flatMap(({ stack, resource, after }): FleetMember[] => {
    const source = after && known(after.sourceArn);
    const target = after && known(after.targetArn);
    const parts = source === undefined ? undefined : arnParts(source);
    if (after === undefined || source === undefined || target === undefined || parts === undefined) return [];
    const name = known(after.name);
    const from = sourceArn(source);
    return [
      {
        path: [stack, resource.address],
        environmentKey: `${parts.account} ${parts.region}`,
        sourceKey: source,
        targetKey: target,
        ...(name !== undefined && { name }),
        ...(from?.kind === "dynamodb" && { tables: [{ table: from.table }] }),
      },
    ];
  });
}

// Four rules look at one fleet, and each at that of every plan: it is made once for the plans of a review.
const ISSUES = new WeakMap<readonly PlanView[], readonly Issue[]>();

function issuesOf(all: readonly PlanView[]): readonly Issue[] {
  const issues = ISSUES.get(all) ?? fleetRules(fleetOf(all));
  ISSUES.set(all, issues);
  return issues;
}

/** A rule about what the rules of a declaration say of all integrations together. */
function fleetRule(
  parts: Pick<ReviewRule, "id" | "levels" | "title">,
  codes: readonly IssueCode[],
  consequence: string,
): ReviewRule {
  return rule({
    ...parts,
    check: (view, all) =>
      issuesOf(all).flatMap(({ code, path, message, remedy, got }): Observation[] => {
        const [stack, address = ""] = path.map(String);
        const own = view.integrations.find(({ resource }) => resource.address === address);
        // What was there before is no news.
        if (!codes.includes(code) || stack !== view.stack || own?.before !== undefined) return [];
        const count = code.endsWith("-quota") && got !== undefined ? ` (${got})` : "";
        return [
          { address, reason: `${message}${count}`, consequence, remedy: remedy ?? "take one of them out" },
        ];
      }),
  });
}

const REFUSED = "AWS refuses to create more (IntegrationQuotaExceededFault): the apply fails halfway";

export const accountQuota = fleetRule(
  {
    id: "account-quota",
    levels: ["warn"],
    title: `an account and region gets more than ${INTEGRATIONS_PER_ACCOUNT} integrations`,
  },
  ["account-quota"],
  REFUSED,
);

export const sourceQuota = fleetRule(
  {
    id: "source-quota",
    levels: ["warn"],
    title: `a source gets more than ${INTEGRATIONS_PER_SOURCE} integrations`,
  },
  ["source-quota"],
  REFUSED,
);

export const targetQuota = fleetRule(
  {
    id: "target-quota",
    levels: ["warn"],
    title: `a target gets more than ${INTEGRATIONS_PER_TARGET} integrations`,
  },
  ["target-quota"],
  REFUSED,
);

export const integrationsCollide = fleetRule(
  {
    id: "integrations-collide",
    levels: ["block"],
    title: "two integrations have one name, or replicate one table into one target",
  },
  ["duplicate-integration-name", "duplicate-table", "duplicate-target-table"],
  "AWS refuses the second one, or both write the same table",
);

const BUSY: ReadonlySet<string> = new Set(["create", "delete", "replace"]);

/** How many of the integrations wait for none of the others, directly or through what is between. */
function unordered(integrations: readonly Integration[], view: PlanView): number {
  const addresses = new Set(integrations.map(({ resource }) => resource.address));
  const waits = new Map<string, boolean>();
  const waitsForOne = (address: string): boolean => {
    const known = waits.get(address);
    if (known !== undefined) return known;
    // Set first, so that a circle, which Terraform refuses, would end.
    waits.set(address, false);
    const result = view.references(address).some((other) => addresses.has(other) || waitsForOne(other));
    waits.set(address, result);
    return result;
  };
  return integrations.filter(({ resource }) => !waitsForOne(resource.address)).length;
}

export const manyOnOneTarget = rule({
  id: "many-on-one-target",
  levels: ["warn"],
  title: `more than ${PARALLEL_INTEGRATIONS_PER_TARGET} integrations of one target are made or destroyed at once`,
  check: (view) => {
    const busy = view.integrations.filter(({ resource }) => BUSY.has(resource.action));
    const byTarget = new Map<string, Integration[]>();
    for (const integration of busy) {
      const target = known(fieldOf(integration, "targetArn"));
      if (target !== undefined) byTarget.set(target, [...(byTarget.get(target) ?? []), integration]);
    }
    return [...byTarget].flatMap(([target, integrations]): Observation[] => {
      if (integrations.length <= PARALLEL_INTEGRATIONS_PER_TARGET) return [];
      const count = unordered(integrations, view);
      const [first] = integrations;
      if (count <= PARALLEL_INTEGRATIONS_PER_TARGET || first === undefined) return [];
      return [
        {
          address: first.resource.address,
          reason: `makes or destroys ${count} integrations of ${target} at once`,
          consequence: `users report that AWS gives up on more than ${PARALLEL_INTEGRATIONS_PER_TARGET} at once (Re-try exhausted), which leaves some of them undone`,
          remedy: `order them in lanes with depends_on, as this library does, or apply with -parallelism=${PARALLEL_INTEGRATIONS_PER_TARGET}`,
        },
      ];
    });
  },
});
