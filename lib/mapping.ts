// Objects of JSON and YAML, before anybody knows what is in them.

export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither a list nor null. */
export function isMapping(value: unknown): value is Mapping {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
