// Entities as the text of a data filter.
import { DATA_FILTER } from "../facts/limits";
import type { Issue } from "../issues";
import { error } from "../issues";
import { lengthOf } from "./text";

/**
 * The data filter that selects the entities: the same for the same entities in any order, because a change of the text is a
 * change of the integration.
 */
export function dataFilterOf(entities: readonly string[]): string {
  // Maxwell's grammar repeats the keyword for each name; AWS publishes no other for connections.
  return [...new Set(entities)]
    .sort()
    .map((entity) => `include: ${entity}`)
    .join(", ");
}

/** Refuses more entities than a data filter holds; the issue is about the list. */
export function entitiesLengthRules(entities: readonly string[]): Issue[] {
  const { max } = DATA_FILTER;
  const length = lengthOf(dataFilterOf(entities));
  if (length <= max) return [];
  const fitting = entities.filter(
    (_, index) => lengthOf(dataFilterOf(entities.slice(0, index + 1))) <= max,
  ).length;
  return [
    error("data-filter-length", [], `the entities make a data filter longer than ${max} characters`, {
      got: `${length} characters`,
      expected: `at most ${max} characters: ${fitting === 0 ? "none" : `the first ${fitting}`} of ${entities.length} entities`,
      remedy: "remove the key to replicate every entity, or divide them among several integrations",
    }),
  ];
}
