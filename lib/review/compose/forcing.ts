// What forces a replacement, in the words of the document where the plan names the document as a whole.
import integration from "../../facts/cloudformation/aws-glue-integration.json";
import resourceProperty from "../../facts/cloudformation/aws-glue-integrationresourceproperty.json";
import { at, jsonAttribute, textAt } from "../decode/document";
import { CLOUD_CONTROL } from "../decode/integrations";
import type { PlanValue, Resource } from "../plan-view";
import { differs, isPlanObject } from "../plan-view";

/** Paths of the properties that only a replacement changes, by type. */
const CREATE_ONLY: Readonly<Record<string, readonly string[]>> = {
  "AWS::Glue::Integration": integration.createOnlyProperties,
  "AWS::Glue::IntegrationResourceProperty": resourceProperty.createOnlyProperties,
};

/** The properties or attributes that force a replacement; none where the plan names none. */
export function forcedBy(resource: Resource): readonly string[] {
  if (resource.action !== "replace") return [];
  const properties = resource.type === CLOUD_CONTROL ? createOnly(resource) : [];
  return properties.length === 0 ? resource.forcedBy : properties;
}

function createOnly({ before, after }: Resource): string[] {
  const type = textAt(after, "type_name");
  const pointers =
    typeof type === "string" && Object.hasOwn(CREATE_ONLY, type) ? CREATE_ONLY[type] : undefined;
  const [was, is] = [jsonAttribute(before, "desired_state"), jsonAttribute(after, "desired_state")];
  // A document that is hidden as a whole tells nothing about its properties.
  if (pointers === undefined || !isPlanObject(was) || !isPlanObject(is)) return [];
  const forcing = pointers.flatMap((pointer) => {
    const path = pointer.split("/").slice(2);
    return changedWithin(path, at(was, ...path), at(is, ...path));
  });
  return [...new Set(forcing)].sort();
}

// A property that is an object on both sides forces by the members that differ.
function changedWithin(
  path: readonly string[],
  before: PlanValue | undefined,
  after: PlanValue | undefined,
): string[] {
  if (!differs(before ?? null, after ?? null)) return [];
  if (!isPlanObject(before) || !isPlanObject(after)) return [path.join(".")];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .filter((key) => differs(before[key] ?? null, after[key] ?? null))
    .map((key) => [...path, key].join("."));
}
