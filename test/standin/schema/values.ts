import { isObject, type ObjectValue, UNKNOWN, type Value } from "../wire/values";
import type { Attribute, Block, CtyType } from "./types";

/** Maps every attribute of a value and of its blocks; blocks that are unknown as a whole stay as they are. */
export function mapAttributes(
  block: Block,
  value: ObjectValue,
  change: (current: Value, attribute: Attribute, name: string, depth: number) => Value,
  depth = 0,
): ObjectValue {
  const result: ObjectValue = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes))
    result[name] = change(value[name] ?? null, attribute, name, depth);
  for (const [name, { block: inner, nesting }] of Object.entries(block.blocks)) {
    const into = (item: Value): Value =>
      isObject(item) ? mapAttributes(inner, item, change, depth + 1) : item;
    const nested = value[name] ?? null;
    if (Array.isArray(nested)) result[name] = nested.map(into);
    else if (isObject(nested)) result[name] = nesting === "map" ? mapValues(nested, into) : into(nested);
  }
  return result;
}

const mapValues = (object: ObjectValue, change: (value: Value) => Value): ObjectValue =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

/** Completes a value to its schema: what is absent becomes null, or no block. A name the schema lacks is an error. */
export function complete(block: Block, value: ObjectValue): ObjectValue {
  const result: ObjectValue = {};
  for (const name of Object.keys(value)) {
    if (!(name in block.attributes) && !(name in block.blocks))
      throw new Error(`the schema knows no ${name}`);
  }
  for (const [name, { type }] of Object.entries(block.attributes))
    result[name] = conform(type, value[name] ?? null);
  for (const [name, { block: inner, nesting }] of Object.entries(block.blocks)) {
    const into = (item: Value): Value => (isObject(item) ? complete(inner, item) : item);
    const nested = value[name] ?? null;
    if (nesting === "single") result[name] = into(nested);
    else if (nesting === "map") result[name] = isObject(nested) ? mapValues(nested, into) : {};
    else result[name] = Array.isArray(nested) ? nested.map(into) : nested === UNKNOWN ? UNKNOWN : [];
  }
  return result;
}

function conform(type: CtyType, value: Value): Value {
  if (value === null || value === UNKNOWN || typeof type === "string") return value;
  if (type[0] === "object") {
    if (!isObject(value)) throw new Error(`an object is expected, not ${JSON.stringify(value)}`);
    const stranger = Object.keys(value).find((name) => !(name in type[1]));
    if (stranger !== undefined) throw new Error(`the schema knows no ${stranger}`);
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, inner]) => [name, conform(inner, value[name] ?? null)]),
    );
  }
  const [, element] = type;
  if (Array.isArray(value)) return value.map((item) => conform(element, item));
  return isObject(value) ? mapValues(value, (item) => conform(element, item)) : value;
}
