// What a plan does.
import type { PlanJson } from "../standin/plan-json";

/** Actions by address without its digest, of what is managed and not left alone. */
export function plannedActions({ resource_changes = [] }: PlanJson): Record<string, string> {
  return Object.fromEntries(
    resource_changes
      .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
      .map(({ address, change }) => [address.replace(/_[0-9A-F]{8}$/, ""), change.actions.join()]),
  );
}
