// A change of a plan to a resource with typed action and concealed values.
import type { Json } from "../../json";
import type { Action, PlanObject, Resource } from "../plan-view";
import { conceal } from "./conceal";
import { PlanMalformed } from "./members";
import type { WrittenChange, WrittenData } from "./plan";
import { isPlanObject } from "./value";

/** What Terraform writes for each action; one that is not listed could do anything, and is refused. */
const ACTIONS: Readonly<Record<string, Pick<Resource, "action" | "replaceOrder">>> = {
  "no-op": { action: "no-op" },
  read: { action: "read" },
  create: { action: "create" },
  update: { action: "update" },
  delete: { action: "delete" },
  forget: { action: "forget" },
  "delete,create": { action: "replace", replaceOrder: "delete-first" },
  "create,delete": { action: "replace", replaceOrder: "create-first" },
  // The old one stays, and Terraform no longer knows of it.
  "create,forget": { action: "replace", replaceOrder: "create-first" },
  "forget,create": { action: "replace", replaceOrder: "create-first" },
};

/** The resource of a change; throws `PlanMalformed` for an action that is not known. */
export function resourceOf(change: WrittenChange): Resource {
  const { address, mode, type, provider, deposed, reason, previousAddress, isImported } = change;
  const actions = change.actions.join(",");
  const known = Object.hasOwn(ACTIONS, actions) ? ACTIONS[actions] : undefined;
  if (known === undefined)
    throw new PlanMalformed(`the action of ${address}`, "one that Terraform 1.x plans");
  const movedFrom = previousAddress === address ? undefined : previousAddress;
  const { before, after } = concealedSides(change);
  return {
    address,
    mode,
    type,
    provider,
    action: known.action === "no-op" ? quietAction(movedFrom, isImported) : known.action,
    ...(known.replaceOrder !== undefined && { replaceOrder: known.replaceOrder }),
    forcedBy: forcedBy(change.replacePaths),
    ...(reason !== undefined && { reason }),
    ...(movedFrom !== undefined && { movedFrom }),
    isImported,
    ...(deposed !== undefined && { deposed }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** A data source that was read for the plan. */
export function readData({ address, type, provider, values, sensitive }: WrittenData): Resource {
  const { after } = concealedSides({
    before: undefined,
    after: values,
    afterUnknown: undefined,
    beforeSensitive: undefined,
    afterSensitive: sensitive,
  });
  return {
    address,
    mode: "data",
    type,
    provider,
    action: "no-op",
    forcedBy: [],
    isImported: false,
    ...(after !== undefined && { before: after, after }),
  };
}

function quietAction(movedFrom: string | undefined, isImported: boolean): Action {
  if (isImported) return "import";
  return movedFrom === undefined ? "no-op" : "move";
}

function concealedSides(
  change: Pick<WrittenChange, "before" | "after" | "afterUnknown" | "beforeSensitive" | "afterSensitive">,
): { readonly before: PlanObject | undefined; readonly after: PlanObject | undefined } {
  const { before, after } = conceal(change);
  return {
    before: isPlanObject(before) ? before : undefined,
    after: isPlanObject(after) ? after : undefined,
  };
}

function forcedBy(paths: readonly Json[]): string[] {
  const attributes = paths.map((path) => (Array.isArray(path) ? (path as readonly Json[])[0] : undefined));
  return [...new Set(attributes.filter((name): name is string => typeof name === "string"))].sort();
}
