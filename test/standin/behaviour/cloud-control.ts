import { isDeepStrictEqual } from "node:util";
import Ajv, { type ValidateFunction } from "ajv";
import type { ObjectValue, Value } from "../wire/values";
import { uuid } from "./digest";
import type { ProviderSettings } from "./settings";

type Document = Record<string, unknown>;

const CREATED = "2025-01-01T00:00:00Z";

/** What AWS adds to the properties, per type of Cloud Control. */
const readOnly: Readonly<Record<string, (desired: Document, provider: ProviderSettings) => Document>> = {
  "AWS::Glue::Integration": (desired, { account, partition, region }) => ({
    IntegrationArn: `arn:${partition}:glue:${region}:${account}:integration:${uuid(account, region, desired["IntegrationName"])}`,
    CreateTime: CREATED,
    Status: "ACTIVE",
  }),
  "AWS::Glue::IntegrationResourceProperty": (desired, { account, partition, region }) => ({
    ResourcePropertyArn: `arn:${partition}:glue:${region}:${account}:integrationresourceproperty/${uuid(desired["ResourceArn"])}`,
  }),
};

/** The parts of the identifier, which Cloud Control joins with a bar. */
const identifiers: Readonly<Record<string, readonly string[]>> = {
  "AWS::Glue::Integration": ["IntegrationArn", "IntegrationName"],
  "AWS::Glue::IntegrationResourceProperty": ["ResourceArn", "ResourcePropertyArn"],
};

export function computedByCloudControl(state: ObjectValue, provider: ProviderSettings): ObjectValue {
  const type = String(state["type_name"]);
  const desired = parse(state["desired_state"]) ?? {};
  const properties: Document = { ...desired, ...readOnly[type]?.(desired, provider) };
  const id = identifiers[type]?.map((name) => String(properties[name])).join("|") ?? uuid(type, desired);
  // Without a schema the provider asks AWS for it; the stand-in then knows of no rule.
  return { id, properties: JSON.stringify(properties), schema: "{}" };
}

/** The provider checks a desired state against the schema of its type, once the whole of it is known. */
export function refuseInvalidDesiredState(planned: ObjectValue): void {
  const { schema } = planned;
  const desired = parse(planned["desired_state"]);
  if (typeof schema !== "string" || !desired) return;
  const validate = validator(schema);
  if (validate(desired)) return;
  const problems = (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, (params as { additionalProperty?: string }).additionalProperty]
      .filter(Boolean)
      .join(" "),
  );
  throw new Error(`validating desired_state: ${problems.join(", ")}`);
}

const validators = new Map<string, ValidateFunction>();

function validator(schema: string): ValidateFunction {
  const compiled =
    validators.get(schema) ??
    new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, logger: false }).compile(
      JSON.parse(schema) as Document,
    );
  validators.set(schema, compiled);
  return compiled;
}

/**
 * The provider replaces a resource only where the path of a change is exactly a create-only property of the given schema:
 * a change below one is planned in place, and refused by Cloud Control.
 */
export function replacedByCloudControl(prior: ObjectValue, planned: ObjectValue): string[] {
  const [schema, before, after] = [
    parse(planned["schema"]),
    parse(prior["desired_state"]),
    parse(planned["desired_state"]),
  ];
  if (!schema || !before || !after) return [];
  const createOnly = (schema["createOnlyProperties"] as string[] | undefined) ?? [];
  const changed = changedPaths(before, after, "/properties");
  return createOnly.some((path) => changed.includes(path)) ? ["desired_state"] : [];
}

function changedPaths(before: unknown, after: unknown, path: string): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isDocument(before) || !isDocument(after)) return [path];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changedPaths(before[name], after[name], `${path}/${name}`));
}

const isDocument = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parse = (value: Value | undefined): Document | undefined =>
  typeof value === "string" ? (JSON.parse(value) as Document) : undefined;
