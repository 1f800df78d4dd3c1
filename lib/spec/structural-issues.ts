// What ajv finds, one issue for each fault, in the words of a declaration.
import type { ErrorObject, ValidateFunction } from "ajv";
import Ajv from "ajv";
import type { Issue, IssuePath } from "../issues";
import { error } from "../issues";
import { suggest } from "../rules/suggest";
import { show } from "../rules/text";
import { homesOf } from "./key-homes";
import type { Schema } from "./schema";
import { structureOf } from "./schema";

/** Reads a scalar as it is written, to quote it in a remedy. */
export type Written = (path: IssuePath) => string | undefined;

// The type decides what a source or target may hold, so here it is only known to be a mapping.
const UNTYPED = { source: { type: "object" }, target: { type: "object" } };

// The shapes are ours: checking them against the meta schema at every start would cost more than all validation.
const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  verbose: true,
  ownProperties: true,
  meta: false,
  validateSchema: false,
  // Each validator runs a few times at most: optimising its code costs more than that saves.
  code: { optimize: false },
});
const validators = new WeakMap<Schema, ValidateFunction>();

/** The faults of a value in keys, types and choices; paths are relative to the value. */
export function structuralIssues(shape: Schema, value: unknown, written: Written): Issue[] {
  const validate = validatorOf(shape);
  if (validate(value)) return [];
  const faults = (validate.errors ?? []).map((fault) => ({ fault, path: pathOf(fault.instancePath, value) }));
  const unknown = faults.flatMap(({ fault, path }) =>
    fault.keyword === "additionalProperties" ? [unknownKey(fault, path)] : [],
  );
  const rest = faults.flatMap(({ fault, path }) => {
    switch (fault.keyword) {
      case "additionalProperties":
        return [];
      case "required":
        return missingKey(fault, path, unknown);
      case "type":
        return [wrongType(fault, path, written)];
      default:
        return [unknownValue(fault, path)];
    }
  });
  return [...unknown.map(({ issue }) => issue), ...rest];
}

function validatorOf(shape: Schema): ValidateFunction {
  const known = validators.get(shape);
  if (known !== undefined) return known;
  const validate = ajv.compile({ ...structureOf(shape), definitions: UNTYPED });
  validators.set(shape, validate);
  return validate;
}

// ajv writes indexes and keys alike; the value tells them apart.
function pathOf(pointer: string, value: unknown): IssuePath {
  let at = value;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const key = part.replace(/~1/g, "/").replace(/~0/g, "~");
      const step = Array.isArray(at) ? Number(key) : key;
      at = (at as Record<string | number, unknown> | undefined)?.[step];
      return step;
    });
}

interface UnknownKey {
  readonly parent: IssuePath;
  readonly meant: string | undefined;
  readonly issue: Issue;
}

function unknownKey(fault: ErrorObject, parent: IssuePath): UnknownKey {
  const key = String((fault.params as { additionalProperty: unknown }).additionalProperty);
  const known = Object.keys((fault.parentSchema as Schema | undefined)?.properties ?? {});
  const meant = suggest(key, known);
  const homes = homesOf(key);
  return {
    parent,
    meant,
    issue: error("unknown-key", [...parent, key], `key ${JSON.stringify(key)} is not known here`, {
      at: "key",
      expected: known.filter((name) => name !== "$schema").join(", "),
      ...(meant !== undefined && { remedy: `did you mean ${JSON.stringify(meant)}?` }),
      ...(meant === undefined && homes.length > 0 && { remedy: `it belongs to ${homes.join(" or ")}` }),
    }),
  };
}

function missingKey(fault: ErrorObject, path: IssuePath, unknown: readonly UnknownKey[]): Issue[] {
  const key = String((fault.params as { missingProperty: unknown }).missingProperty);
  // One fault, one issue: the misspelt key has been reported with its correction.
  const misspelt = unknown.some(
    ({ parent, meant }) => meant === key && parent.join("\n") === path.join("\n"),
  );
  if (misspelt) return [];
  return [error("missing-key", path, `${key} is missing`, { at: "key", remedy: `add ${key}` })];
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
};

function wrongType(fault: ErrorObject, path: IssuePath, written: Written): Issue {
  const types = [(fault.params as { type: string | readonly string[] }).type].flat();
  const expected = types.map((type) => TYPES[type] ?? type).join(" or ");
  const value: unknown = fault.data;
  return error("wrong-type", path, `${nounOf(path)} is not ${expected}`, {
    got: gotOf(value, written(path)),
    expected,
    ...remedyFor(types, value, written(path)),
  });
}

function gotOf(value: unknown, written: string | undefined): string {
  if (typeof value === "number") return `${written ?? show(value)}, a number`;
  if (typeof value === "boolean") return `${show(value)}, not a text`;
  return show(value);
}

function remedyFor(
  types: readonly string[],
  value: unknown,
  written: string | undefined,
): { readonly remedy?: string } {
  if (value === null) return { remedy: "give it a value, or remove the key" };
  if (types.includes("string") && (typeof value === "number" || typeof value === "boolean")) {
    return { remedy: `put it in quotes: ${JSON.stringify(written ?? String(value))}` };
  }
  if (types.includes("boolean") && typeof value === "string") {
    const yes = /^(true|yes|on)$/i.test(value);
    if (yes || /^(false|no|off)$/i.test(value))
      return { remedy: `write ${yes ? "true" : "false"}, without quotes` };
  }
  if (types.includes("number") && typeof value === "string" && /^\d+$/.test(value)) {
    return { remedy: `write ${value}, without quotes` };
  }
  if (types.includes("array") && typeof value === "string") return { remedy: `make it a list: [${value}]` };
  return {};
}

function unknownValue(fault: ErrorObject, path: IssuePath): Issue {
  const { allowedValues, allowedValue } = fault.params as {
    allowedValues?: readonly unknown[];
    allowedValue?: unknown;
  };
  const choices = (allowedValues ?? [allowedValue]).map(String);
  const value: unknown = fault.data;
  const meant = typeof value === "string" ? suggest(value, choices) : undefined;
  return error("unknown-value", path, `${nounOf(path)} is none of the possible values`, {
    got: show(value),
    expected: choices.join(", "),
    ...(meant !== undefined && { remedy: `did you mean ${JSON.stringify(meant)}?` }),
  });
}

function nounOf(path: IssuePath): string {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  return typeof last === "number"
    ? `an entry of ${path.at(-2) ?? "the list"}`
    : JSON.stringify(last).slice(1, -1);
}
