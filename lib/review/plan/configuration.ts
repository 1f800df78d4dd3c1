// What the configuration of a plan says: which resources refer to which, and which attributes it sets.
import type { Json } from "../../json";
import { isObject } from "../../policy/canonical";
import { sorted } from "../../policy/inbound";
import { MAX_DEPTH } from "./conceal";
import { own } from "./members";
import type { JsonObject } from "./plan";

/** One resource of the configuration. */
export interface Configured {
  /** Addresses without indexes, sorted; `local.x` and `var.x` as they are. */
  readonly references: readonly string[];
  /** Arguments that are set. */
  readonly arguments: ReadonlySet<string>;
}

/** Every resource and data source of the configuration, by its address without indexes. */
export function configurationOf(rootModule: Json | undefined): ReadonlyMap<string, Configured> {
  const found = new Map<string, Configured>();
  readModule(rootModule, "", found, MAX_DEPTH);
  return found;
}

/** The address of the configuration behind one of a plan: without the index of any module or resource. */
export function withoutIndexes(address: string): string {
  if (!address.includes("[")) return address;
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function readModule(
  module: Json | undefined,
  prefix: string,
  found: Map<string, Configured>,
  depth: number,
): void {
  if (!isObject(module) || depth === 0) return;
  for (const resource of entriesOf(own(module, "resources"))) {
    const address = isObject(resource) ? own(resource, "address") : undefined;
    if (!isObject(resource) || typeof address !== "string") continue;
    found.set(`${prefix}${address}`, configuredOf(resource, prefix));
  }
  const calls = own(module, "module_calls");
  for (const [name, call] of isObject(calls) ? Object.entries(calls) : []) {
    if (isObject(call)) readModule(own(call, "module"), `${prefix}module.${name}.`, found, depth - 1);
  }
}

function configuredOf(resource: JsonObject, prefix: string): Configured {
  const expressions = own(resource, "expressions");
  const references = [
    ...referencesIn(expressions, MAX_DEPTH),
    ...referencesIn(own(resource, "for_each_expression"), MAX_DEPTH),
    ...referencesIn(own(resource, "count_expression"), MAX_DEPTH),
    ...entriesOf(own(resource, "depends_on")),
  ];
  const addresses = references.flatMap((reference) =>
    typeof reference === "string" ? addressOf(reference) : [],
  );
  return {
    references: sorted(addresses.map((address) => `${prefix}${address}`)),
    arguments: new Set(isObject(expressions) ? Object.keys(expressions) : []),
  };
}

function referencesIn(expression: Json | undefined, depth: number): Json[] {
  if (depth === 0 || expression === null || typeof expression !== "object") return [];
  if (Array.isArray(expression)) {
    return (expression as readonly Json[]).flatMap((entry) => referencesIn(entry, depth - 1));
  }
  return Object.entries(expression as JsonObject).flatMap(([key, value]) =>
    key === "references" ? [...entriesOf(value)] : referencesIn(value, depth - 1),
  );
}

const NOWHERE = /^(?:each|count|path|terraform|self)\./;

function addressOf(reference: string): string[] {
  if (NOWHERE.test(reference)) return [];
  const match = /^(?:data\.)?[\w-]+\.[\w-]+/.exec(withoutIndexes(reference));
  return match === null ? [] : [match[0]];
}

function entriesOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
