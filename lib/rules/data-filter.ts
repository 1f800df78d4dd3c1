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

/** Which tables of which pluggable database an Oracle source replicates. */
export interface OracleSelection {
  readonly pluggableDatabase: string;
  /** `schema.table` each. @default every table */
  readonly include?: readonly string[] | undefined;
  /** `schema.table` each. @default none */
  readonly exclude?: readonly string[] | undefined;
}

/** The data filter of an Oracle source, of exactly one pluggable database: the same for the same tables in any order. */
export function oracleDataFilterOf({ pluggableDatabase, include, exclude = [] }: OracleSelection): string {
  const filters = (keyword: string, tables: readonly string[]): string[] =>
    [...new Set(tables)].sort().map((table) => `${keyword}: ${pluggableDatabase}.${table}`);
  // AWS starts from nothing and evaluates in order, a later filter overriding an earlier one (RDS user guide, "Data filtering",
  // to which the guide of Oracle Database@AWS refers): an exclude takes away from what an include before it gave.
  return [...filters("include", include ?? ["*.*"]), ...filters("exclude", exclude)].join(", ");
}

/** Refuses an Oracle source that selects more than a data filter holds. */
export function oracleFilterLengthRules(selection: OracleSelection): Issue[] {
  const { max } = DATA_FILTER;
  const length = lengthOf(oracleDataFilterOf(selection));
  if (length <= max) return [];
  return [
    error("data-filter-length", [], `include and exclude make a data filter longer than ${max} characters`, {
      got: `${length} characters`,
      expected: `at most ${max} characters`,
      remedy: "name whole schemas, like SALES.*, or divide the tables among several integrations",
    }),
  ];
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
