// What the checks of a configuration say in a plan.
import type { Level, Observation } from "../finding";
import type { Check, PlanView } from "../plan-view";
import { rule } from "./declare";

export const checkFailed = rule({
  id: "check-failed",
  levels: ["warn"],
  title: "a check of the configuration fails",
  check: ({ checks }) =>
    checks
      .filter(({ status }) => status === "fail" || status === "error")
      .map(({ address, problems, status }): Observation => ({
        address,
        reason: `${status === "fail" ? "the check fails" : "the check cannot be made"}: ${problems.join("; ") || "it gives no reason"}`,
        consequence: "what the check guards is not as it should be, before anything is changed",
        remedy: "mend what the check says, in this plan or before it",
      })),
});

/**
 * Why a check of a plan is not known. Of what does not exist yet nothing can be checked; of what changes AWS has not reported what it
 * will be. A check is named after what it is of: CDKTF adds a hash to both names.
 */
function causeOf({ address }: Check, view: PlanView): "create" | "change" | undefined {
  const name = address.slice(address.indexOf(".") + 1);
  const own = view.changes.find(
    ({ address: one, action }) =>
      action !== "delete" && name.startsWith(nameOf(one)) && /^(?:_|$)/.test(name.slice(nameOf(one).length)),
  );
  if (own !== undefined) return own.before === undefined ? "create" : "change";
  const changed = view.changes.filter(({ action }) => action !== "delete");
  return changed.length > 0 && changed.every(({ action }) => action === "create") ? "create" : undefined;
}

function nameOf(address: string): string {
  return address.slice(address.lastIndexOf(".") + 1).replace(/_[0-9A-F]{8}$/, "");
}

export const checkUnknown = rule({
  id: "check-unknown",
  levels: ["warn", "info"],
  title: "a check of the configuration cannot be made before the apply",
  check: (view) =>
    view.checks.flatMap((check): Observation[] => {
      // A condition of a resource that changes is checked when it has changed, and stops the apply.
      if (check.kind !== "check" || check.status !== "unknown") return [];
      const cause = causeOf(check, view);
      if (cause === "create") return [];
      const level: Level = cause === undefined ? "warn" : "info";
      return [
        {
          level,
          address: check.address,
          reason: "the check is not known before the apply",
          consequence:
            cause === undefined
              ? "nothing says that what it guards is well"
              : "what it guards changes in this plan, and is only checked after it",
          remedy: "read what the next plan says of it",
        },
      ];
    }),
});
