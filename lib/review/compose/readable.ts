// The attributes of a resource as a reader wants them: documents decoded, noise left out.
import type { PlanObject, PlanValue, PlanView, Resource } from "../plan-view";
import { UNKNOWN } from "../plan-view";
import { parseObject, tagsAt } from "../decode/document";
import { CLOUD_CONTROL } from "../decode/integrations";
import { operatorCallOf } from "../decode/operator-calls";
import { POLICY_PLACES } from "../decode/policies";

/** Attributes that repeat others, or that AWS reports in its own time. */
const NOISE: Readonly<Record<string, readonly string[]>> = {
  [CLOUD_CONTROL]: ["schema", "properties", "id", "type_name"],
  aws_lambda_invocation: ["result", "id"],
};

/** Both sides of a resource, ready to be compared. */
export function readable(
  view: PlanView,
  resource: Resource,
): { readonly before?: PlanObject; readonly after?: PlanObject } {
  const { before, after, address } = resource;
  const set = view.arguments(address);
  const isNoise = (key: string): boolean =>
    (NOISE[resource.type] ?? []).includes(key) ||
    (key === "tags_all" &&
      [before, after].some((side) => side !== undefined && Object.hasOwn(side, "tags"))) ||
    // What AWS fills in is unknown in every change.
    (after !== undefined && after[key] === UNKNOWN && set !== undefined && !set.has(key));
  const documents = documentsOf(resource);
  return {
    ...(before && { before: side(before, isNoise, documents) }),
    ...(after && { after: side(after, isNoise, documents) }),
  };
}

function side(
  attributes: PlanObject,
  isNoise: (key: string) => boolean,
  { inlined, omitted }: Documents,
): PlanObject {
  const entries = Object.entries(attributes).flatMap(([key, value]): [string, PlanValue][] => {
    if (isNoise(key) || value === undefined) return [];
    if (key === inlined?.attribute) return inline(value, inlined);
    return omitted?.includes(key) ? [] : [[key, decodedText(value)]];
  });
  return Object.fromEntries(entries);
}

/** Documents of a resource that are shown otherwise than as text. */
interface Documents {
  /** Whose members stand in its place, but for some. */
  readonly inlined?: { readonly attribute: string; readonly without: readonly string[] };
  /** Attributes that the statement table shows. */
  readonly omitted?: readonly string[];
}

function documentsOf(resource: Resource): Documents {
  if (resource.type === CLOUD_CONTROL) return { inlined: { attribute: "desired_state", without: [] } };
  const call = operatorCallOf(resource);
  if (call !== undefined) {
    // Merged statements are in the statement table.
    return { inlined: { attribute: "input", without: ["version", "statements"] } };
  }
  const place = Object.hasOwn(POLICY_PLACES, resource.type) ? POLICY_PLACES[resource.type] : undefined;
  return place === undefined ? {} : { omitted: [place.attribute, "inline_policy"] };
}

function inline(
  value: PlanValue,
  { attribute, without }: NonNullable<Documents["inlined"]>,
): [string, PlanValue][] {
  const document = typeof value === "string" ? (parseObject(value) as PlanObject | undefined) : undefined;
  if (document === undefined) return [[attribute, value]];
  return Object.entries(document).flatMap(([key, entry]): [string, PlanValue][] => {
    if (without.includes(key) || entry === undefined) return [];
    const tags = key === "Tags" ? tagsAt(document, key) : undefined;
    return [[key, tags ?? entry]];
  });
}

// A document in any other attribute is easier to read member by member, too.
function decodedText(value: PlanValue): PlanValue {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  const document = parseObject(value) as PlanObject | undefined;
  return document !== undefined && Object.keys(document).length > 0 ? document : value;
}
