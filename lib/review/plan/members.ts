// The members of a plan, each with the form that Terraform gives it.
import type { Json } from "../../json";
import { isObject } from "../../policy/canonical";
import type { JsonObject, WrittenChange, WrittenCheck, WrittenData } from "./plan";

/** A member has another form. The message holds no value, because that may be sensitive. */
export class PlanMalformed extends Error {
  constructor(
    readonly path: string,
    readonly expected: string,
  ) {
    super(`${path} is not ${expected}`);
  }
}

/** Modules in modules that are looked into. */
const DEPTH = 100;

/** A list, or none where the member is absent or null. */
export function listMember(object: JsonObject, key: string, path = key): readonly Json[] {
  const value = own(object, key);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as readonly Json[];
  throw new PlanMalformed(path, "a list");
}

/** An entry of `resource_changes` or `resource_drift`. */
export function changeOf(value: Json, path: string): WrittenChange {
  const entry = object(value, path);
  const change = object(own(entry, "change"), `${path}.change`);
  const mode = own(entry, "mode");
  if (mode !== "managed" && mode !== "data") throw new PlanMalformed(`${path}.mode`, '"managed" or "data"');
  const actions = listMember(change, "actions", `${path}.change.actions`);
  if (actions.length === 0 || actions.some((action) => typeof action !== "string")) {
    throw new PlanMalformed(`${path}.change.actions`, "a list of actions");
  }
  return {
    address: text(entry, "address", path),
    previousAddress: optionalText(entry, "previous_address", path),
    mode,
    type: text(entry, "type", path),
    provider: optionalText(entry, "provider_name", path) ?? "unknown",
    deposed: optionalText(entry, "deposed", path),
    reason: optionalText(entry, "action_reason", path),
    actions: actions as readonly string[],
    before: attributes(change, "before", path),
    after: attributes(change, "after", path),
    afterUnknown: own(change, "after_unknown"),
    beforeSensitive: own(change, "before_sensitive"),
    afterSensitive: own(change, "after_sensitive"),
    replacePaths: listMember(change, "replace_paths", `${path}.change.replace_paths`),
    isImported: isObject(own(change, "importing")),
  };
}

/** An entry of `checks`. */
export function checkOf(value: Json, path: string): WrittenCheck {
  const check = object(value, path);
  const address = object(own(check, "address"), `${path}.address`);
  const instances = listMember(check, "instances", `${path}.instances`);
  return {
    kind: text(address, "kind", `${path}.address`),
    address: text(address, "to_display", `${path}.address`),
    status: text(check, "status", path),
    problems: instances.flatMap((instance) =>
      isObject(instance)
        ? listMember(instance, "problems", `${path}.instances.problems`).flatMap(messageOf)
        : [],
    ),
  };
}

function messageOf(problem: Json): string[] {
  const message = isObject(problem) ? own(problem, "message") : undefined;
  return typeof message === "string" ? [message] : [];
}

/** The data sources of the prior state; what has another form is left out, because nothing depends on it. */
export function dataOf(priorState: Json | undefined): WrittenData[] {
  const values = isObject(priorState) ? own(priorState, "values") : undefined;
  return isObject(values) ? dataOfModule(own(values, "root_module"), DEPTH) : [];
}

function dataOfModule(module: Json | undefined, depth: number): WrittenData[] {
  if (!isObject(module) || depth === 0) return [];
  const [resources, children] = [own(module, "resources"), own(module, "child_modules")];
  return [
    ...(Array.isArray(resources) ? (resources as readonly Json[]).flatMap(dataResource) : []),
    ...(Array.isArray(children)
      ? (children as readonly Json[]).flatMap((child) => dataOfModule(child, depth - 1))
      : []),
  ];
}

function dataResource(resource: Json): WrittenData[] {
  if (!isObject(resource) || resource["mode"] !== "data") return [];
  const { address, type, provider_name: provider, values, sensitive_values: sensitive } = resource;
  if (typeof address !== "string" || typeof type !== "string") return [];
  return [
    { address, type, provider: typeof provider === "string" ? provider : "unknown", values, sensitive },
  ];
}

function attributes(change: JsonObject, key: string, path: string): Json | undefined {
  const value = own(change, key);
  if (value === undefined || value === null || isObject(value)) return value;
  throw new PlanMalformed(`${path}.change.${key}`, "an object or null");
}

function object(value: Json | undefined, path: string): JsonObject {
  if (isObject(value)) return value;
  throw new PlanMalformed(path, "an object");
}

function text(object: JsonObject, key: string, path: string): string {
  const value = own(object, key);
  if (typeof value === "string") return value;
  throw new PlanMalformed(`${path}.${key}`, "a text");
}

function optionalText(object: JsonObject, key: string, path: string): string | undefined {
  const value = own(object, key);
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw new PlanMalformed(`${path}.${key}`, "a text");
}

/** The member itself: a key such as `constructor` finds nothing that is not in the plan. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
