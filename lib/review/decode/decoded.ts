// Both sides of a resource, decoded in one way.
import type { Decoded, PlanObject, Resource } from "../plan-view";

/** Decodes what exists of a resource, once where both sides are the same. */
export function decoded<T>(resource: Resource, decode: (attributes: PlanObject) => T): Decoded<T> {
  const { before, after } = resource;
  const earlier = before && { before: decode(before) };
  const later = after && (after === before && earlier ? { after: earlier.before } : { after: decode(after) });
  return { resource, ...earlier, ...later };
}
