// The little of JSON Schema that shapes are written in, and what is made of it.
import type { Length } from "../facts/limits";

/** A JSON Schema, as far as shapes use it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly const?: string | number;
  readonly enum?: readonly (string | number)[];
  readonly default?: boolean | number | string;
  readonly examples?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** The enum or const is a limit, which a rule explains better than a list can. */
  readonly limit?: boolean;
}

/** A mapping with these keys and no others. */
export function mapping(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  return { type: "object", description, properties, required, additionalProperties: false };
}

/** A mapping with keys of the user's own. */
export function record(description: string, item: Schema): Schema {
  return { type: "object", description, additionalProperties: item };
}

/** A list of these. */
export function list(
  description: string,
  items: Schema,
  limits: Pick<Schema, "minItems" | "maxItems"> = {},
): Schema {
  return { type: "array", description, items, ...limits };
}

/** A text. */
export function text(description: string, more: Schema = {}): Schema {
  return { type: "string", description, ...more };
}

/** True or false. */
export function flag(description: string, byDefault: boolean): Schema {
  return { type: "boolean", description, default: byDefault };
}

/** One of a few words. */
export function oneOf(values: readonly string[], description: string): Schema {
  return { enum: values, description };
}

/** Minutes as a number, or a text with a unit. */
export function duration(
  description: string,
  { min, max }: { readonly min: number; readonly max?: number },
): Schema {
  return {
    type: ["integer", "string"],
    description,
    minimum: min,
    ...(max !== undefined && { maximum: max }),
    pattern: "^[0-9]+[mhd]$",
    examples: ["30m", "6h", "2d"],
  };
}

/** The ARN of one kind of thing. */
export function arnOf(
  { pattern, expected }: { readonly pattern: RegExp; readonly expected: string },
  description: string,
): Schema {
  return text(description, { pattern: pattern.source, examples: [expected.replace(/,.*/, "")] });
}

/** The limits of a text, as a schema. */
export function bounded({ min, max }: Length): Schema {
  return { ...(min > 0 && { minLength: min }), maxLength: max };
}

/** A definition of its own, because what stands there depends on its `type`. */
export function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

/** A schema of the structure alone: keys, types and choices, without the limits, which are the business of rules. */
export function structureOf(schema: Schema): Schema {
  const { properties, additionalProperties, items, type } = schema;
  return {
    ...(schema.$ref !== undefined && { $ref: schema.$ref }),
    ...(type !== undefined && { type: withoutInteger(type) }),
    ...(schema.const !== undefined && schema.limit !== true && { const: schema.const }),
    ...(schema.enum !== undefined && schema.limit !== true && { enum: schema.enum }),
    ...(schema.required !== undefined && { required: schema.required }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, member]) => [key, structureOf(member)]),
      ),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "boolean" ? additionalProperties : structureOf(additionalProperties),
    }),
    ...(items !== undefined && { items: structureOf(items) }),
  };
}

// That a number is whole is a limit like any other.
function withoutInteger(type: string | readonly string[]): string | readonly string[] {
  if (typeof type !== "string") return type.map((one) => (one === "integer" ? "number" : one));
  return type === "integer" ? "number" : type;
}
