// How a source table is laid out in its target, in the words of a declaration and in those of the API.
import type { PartitionColumn, TableOptions, Unnest } from "../rules/tables";
import type { IntegrationPartition, TableConfigs, TargetTableConfig, UnnestSpec } from "./clients";

/** Glue API, UnnestSpec; the user guide spells two of them with underscores, which the API refuses. */
export const UNNEST_SPECS: Readonly<Record<Unnest, UnnestSpec>> = {
  full: "FULL",
  "top-level": "TOPLEVEL",
  none: "NOUNNEST",
};

/** What AWS does where nothing is said (user guide, "Default unnesting & partitioning behavior"). */
const DEFAULT_UNNEST: Unnest = "full";

/** The part of a layout whose change loads a table again. */
export interface Layout {
  readonly unnest: UnnestSpec;
  readonly partition: readonly IntegrationPartition[];
}

/** The layout that a table has without properties, buckets of its key. */
export const DEFAULT_LAYOUT: Layout = { unnest: UNNEST_SPECS[DEFAULT_UNNEST], partition: [] };

/** The declared layout. */
export function declaredLayout({ unnest = DEFAULT_UNNEST, partitionBy = [] }: TableOptions): Layout {
  return { unnest: UNNEST_SPECS[unnest], partition: partitionBy.map(partitionOf) };
}

/** The layout of a record of AWS, of none too. */
export function liveLayout(record: TableConfigs | undefined): Layout {
  const { UnnestSpec = DEFAULT_LAYOUT.unnest, PartitionSpec = [] } = record?.TargetTableConfig ?? {};
  return { unnest: UnnestSpec, partition: PartitionSpec };
}

/** Whether a table of the one layout can stay as it is under the other. */
export function sameLayout(one: Layout, other: Layout): boolean {
  return one.unnest === other.unnest && partitionText(one) === partitionText(other);
}

/**
 * Whether the live name is the declared one, upper and lower case alike. Where none is declared it is what AWS makes of the name
 * of the source table, which may be shown or not, and lacks what a table name must not have.
 */
export function sameTargetTable(
  { tableName, targetTable }: { readonly tableName: string; readonly targetTable?: string | undefined },
  live: string | undefined,
): boolean {
  if (targetTable !== undefined) return live?.toLowerCase() === targetTable.toLowerCase();
  return live === undefined || plainly(live) === plainly(tableName);
}

function plainly(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/**
 * What is sent to AWS for a layout in the place of a record: what the record says and is no longer wanted is sent as empty, and
 * the integration that owns the record stays its owner.
 */
export function targetConfig(
  layout: Layout,
  targetTable: string | undefined,
  record: TableConfigs | undefined,
): TargetTableConfig {
  const clears = liveLayout(record).partition.length > 0;
  const owner = record?.TargetTableConfig?.IntegrationArn;
  return {
    UnnestSpec: layout.unnest,
    ...((layout.partition.length > 0 || clears) && { PartitionSpec: [...layout.partition] }),
    ...(targetTable !== undefined && { TargetTableName: targetTable }),
    ...(owner !== undefined && { IntegrationArn: owner }),
  };
}

/** What changes from one layout to another, in the words of a declaration: `unnest from full to none`. */
export function layoutChange(from: Layout, to: Layout): string {
  const changes = [
    ...(from.unnest === to.unnest ? [] : [`unnest from ${unnestWord(from)} to ${unnestWord(to)}`]),
    ...(partitionText(from) === partitionText(to)
      ? []
      : [`partitionBy from ${partitionText(from)} to ${partitionText(to)}`]),
  ];
  return changes.join(" and ");
}

/** A layout in the words of a declaration: `unnest full and partitionBy year(created_at, iso)`. */
export function layoutText(layout: Layout): string {
  const partition = layout.partition.length === 0 ? "no partitionBy" : `partitionBy ${partitionText(layout)}`;
  return `unnest ${unnestWord(layout)} and ${partition}`;
}

function partitionOf({ field, function: by, format }: PartitionColumn): IntegrationPartition {
  return { FieldName: field, FunctionSpec: by, ...(format !== undefined && { ConversionSpec: format }) };
}

function unnestWord({ unnest }: Layout): string {
  const known = Object.entries(UNNEST_SPECS).find(([, spec]) => spec === unnest);
  return known?.[0] ?? unnest;
}

function partitionText({ partition }: Layout): string {
  if (partition.length === 0) return "nothing";
  return partition
    .map(({ FieldName, FunctionSpec, ConversionSpec }) => {
      const format = ConversionSpec === undefined ? "" : `, ${ConversionSpec}`;
      return `${FunctionSpec ?? ""}(${FieldName ?? ""}${format})`;
    })
    .join(", ");
}
