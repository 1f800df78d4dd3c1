// Checks a Cloud Control model against its CloudFormation schema, in Cloud Control's own words.
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import type { ResourceSchema } from "./resource-types";
import { AwsError, type JsonObject } from "./wire";

const PROPERTIES = "/properties";

export class ModelValidator {
  // The schemas carry keywords and formats of CloudFormation's own, which ajv would otherwise refuse to compile.
  private readonly ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    unicodeRegExp: false,
  });
  private readonly compiled = new Map<string, ValidateFunction>();

  check(schema: ResourceSchema, model: JsonObject): void {
    const validate = this.compiled.get(schema.typeName) ?? this.ajv.compile(schema);
    this.compiled.set(schema.typeName, validate);
    if (validate(model)) return;
    const reasons = (validate.errors ?? []).filter((error) => error.keyword !== "anyOf").map(reasonOf);
    throw new AwsError("ValidationException", `Model validation failed (${reasons.join(", ")})`);
  }

  refuseReadOnly(schema: ResourceSchema, model: JsonObject): void {
    const given = (schema.readOnlyProperties ?? []).filter((pointer) =>
      has(model, pointer.slice(PROPERTIES.length + 1).split("/")),
    );
    if (given.length > 0) {
      throw new AwsError(
        "ValidationException",
        `Invalid request: readOnlyProperties [${given.join(", ")}] cannot be set`,
      );
    }
  }

  /** Refuses a patch that reaches a property, or anything inside one, that cannot change. */
  refuseImmutable(schema: ResourceSchema, paths: readonly string[]): void {
    for (const kind of ["createOnlyProperties", "readOnlyProperties"] as const) {
      const touched = (schema[kind] ?? []).filter((pointer) => {
        const property = pointer.slice(PROPERTIES.length);
        return paths.some((path) => path === property || path.startsWith(`${property}/`));
      });
      if (touched.length > 0) {
        throw new AwsError(
          "NotUpdatableException",
          `Invalid patch update: ${kind} [${touched.join(", ")}] cannot be updated`,
        );
      }
    }
  }
}

/** Whether there is anything at a path; `*` is any member of a list. */
function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  if (key === "*") return Object.values(value).some((one) => has(one, rest));
  return has((value as JsonObject)[key], rest);
}

function reasonOf({ instancePath, keyword, params, message }: ErrorObject): string {
  const at = `#${instancePath}`;
  const limits = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "required":
      return `${at}: required key [${String(limits["missingProperty"])}] not found`;
    case "additionalProperties":
      return `${at}: extraneous key [${String(limits["additionalProperty"])}] is not permitted`;
    case "maxLength":
    case "minLength":
      return `${at}: expected ${keyword}: ${String(limits["limit"])}`;
    case "pattern":
      return `${at}: failed validation constraint for keyword [pattern]`;
    case "type":
      return `${at}: expected type: ${String(limits["type"])}`;
    default:
      return `${at}: ${message ?? keyword}`;
  }
}
