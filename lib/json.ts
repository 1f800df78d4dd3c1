// JSON text that is the same on every machine and whatever the order in which a value was built.

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A copy with the keys of every object sorted and members without a value left out; lists keep their order. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sortKeys(member)]),
  );
}

/** JSON text with sorted keys and no white space. */
export function stableJson(value: Json): string {
  return JSON.stringify(sortKeys(value));
}
