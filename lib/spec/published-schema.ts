// The JSON Schema that editors complete and check declarations by.
import type { Schema } from "./schema";
import { DECLARATION, SOURCES, TARGETS } from "./shapes";

/** The schema as it is published: draft-07, which editors support best, one branch for each `type`. */
export function publishedSchema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "cdktf-glue-zero-etl declaration",
    ...plain(DECLARATION),
    definitions: {
      source: byType("A source; type says which.", SOURCES, "source"),
      target: byType("A target; type says which.", TARGETS, "target"),
      ...branches(SOURCES, "source"),
      ...branches(TARGETS, "target"),
    },
  };
}

// if/then rather than oneOf: an editor completes and complains by the branch of the type that is written.
function byType(description: string, shapes: Readonly<Record<string, Schema>>, role: string): object {
  const types = Object.keys(shapes);
  return {
    type: "object",
    description,
    required: ["type"],
    properties: { type: { description: `What kind of ${role} it is.`, enum: types } },
    allOf: types.map((type) => ({
      if: { required: ["type"], properties: { type: { const: type } } },
      then: { $ref: `#/definitions/${role}-${type}` },
    })),
  };
}

function branches(shapes: Readonly<Record<string, Schema>>, role: string): Record<string, object> {
  return Object.fromEntries(Object.entries(shapes).map(([type, shape]) => [`${role}-${type}`, plain(shape)]));
}

// `limit` is a word between shapes and validators, not one of JSON Schema.
function plain(schema: Schema): object {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === "limit" && value === true ? undefined : value)),
  ) as object;
}
