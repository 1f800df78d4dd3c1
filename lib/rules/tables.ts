// What AWS refuses in the options of a replicated table.
import {
  MAX_PARTITION_COLUMNS,
  PARTITION_FIELD,
  TABLE_PROPERTIES_TABLE_NAME,
  TARGET_TABLE_NAME,
} from "../facts/limits";
import type { Issue, IssuePath } from "../issues";
import { error, under, warning } from "../issues";
import { didYouMean } from "./suggest";
import { lengthRules, show } from "./text";

export type Unnest = "full" | "top-level" | "none";
export type PartitionFunction = "identity" | "year" | "month" | "day" | "hour";
export type PartitionFormat = "epoch_sec" | "epoch_milli" | "iso";

/** Every way of unnesting, in the words of a declaration. */
export const UNNESTS: readonly Unnest[] = ["full", "top-level", "none"];
/** Every partition function. */
export const PARTITION_FUNCTIONS: readonly PartitionFunction[] = ["identity", "year", "month", "day", "hour"];
/** Every format that a time function reads. */
export const PARTITION_FORMATS: readonly PartitionFormat[] = ["epoch_sec", "epoch_milli", "iso"];

/** One column that the target table is partitioned by. */
export interface PartitionColumn {
  readonly field: string;
  readonly function: PartitionFunction;
  readonly format?: PartitionFormat;
}

/** How one source table or entity is laid out in the target. */
export interface TableOptions {
  /** @default "full", the default of AWS */
  readonly unnest?: Unnest;
  readonly partitionBy?: readonly PartitionColumn[];
  /** @default the name of the source table */
  readonly targetTable?: string;
  /** @default 1 */
  readonly layoutVersion?: number;
}

/** A partition column as far as it is known. */
export type PartitionColumnFacts = { readonly [K in keyof PartitionColumn]?: PartitionColumn[K] | undefined };

/** The options of a table as far as they are known. */
export interface TableFacts {
  readonly unnest?: Unnest | undefined;
  readonly partitionBy?: readonly (PartitionColumnFacts | undefined)[] | undefined;
  readonly targetTable?: string | undefined;
  readonly layoutVersion?: number | undefined;
}

/** What is known of the source whose tables have options. */
export interface TableRuleOptions {
  /** Key columns of the source table. @default not known */
  readonly keyColumns?: readonly string[] | undefined;
  /** Every table or entity that the source replicates. @default not known */
  readonly sourceTables?: readonly string[] | undefined;
}

/** Refuses table options that AWS does not take; paths begin with the name of the table. */
export function tableRules(
  tables: Readonly<Record<string, TableFacts | undefined>> | undefined,
  { keyColumns = [], sourceTables }: TableRuleOptions = {},
): Issue[] {
  return Object.entries(tables ?? {}).flatMap(([table, options = {}]) => [
    ...knownTableRules(table, sourceTables),
    ...lengthRules(
      "table-name-length",
      [table],
      "the name of a table with options",
      table,
      TABLE_PROPERTIES_TABLE_NAME,
    ).map((issue): Issue => ({ ...issue, at: "key" })),
    ...under(
      [table],
      [
        ...partitionRules(options.partitionBy, keyColumns),
        ...lengthRules(
          "target-table-length",
          ["targetTable"],
          "target table name",
          options.targetTable,
          TARGET_TABLE_NAME,
        ),
        ...layoutVersionRules(options.layoutVersion),
      ],
    ),
  ]);
}

function knownTableRules(table: string, sourceTables: readonly string[] | undefined): Issue[] {
  if (sourceTables === undefined || sourceTables.includes(table)) return [];
  return [
    error("unknown-table", [table], `the source has no table ${show(table)}`, {
      at: "key",
      expected: sourceTables.join(", "),
      ...didYouMean(table, sourceTables),
    }),
  ];
}

function layoutVersionRules(version: number | undefined): Issue[] {
  if (version === undefined || (Number.isSafeInteger(version) && version >= 1)) return [];
  return [
    error("layout-version", ["layoutVersion"], "layout version is not a whole number from 1", {
      got: show(version),
      expected: "1, 2, 3 and so on",
    }),
  ];
}

function partitionRules(columns: TableFacts["partitionBy"], keyColumns: readonly string[]): Issue[] {
  if (columns === undefined) return [];
  const path: IssuePath = ["partitionBy"];
  if (columns.length === 0) {
    return [
      error("empty-list", path, "partitionBy is an empty list", {
        got: show(columns),
        remedy: "remove the key to keep the default of AWS, buckets by the primary key",
      }),
    ];
  }
  const known = columns.map((column) => column ?? {});
  const tooMany = columns.length > MAX_PARTITION_COLUMNS;
  return [
    ...(tooMany
      ? [
          error("partition-columns", path, `partitionBy has more than ${MAX_PARTITION_COLUMNS} columns`, {
            at: "key",
            got: `${columns.length} columns`,
            expected: `1 to ${MAX_PARTITION_COLUMNS} columns`,
          }),
        ]
      : []),
    ...known.flatMap((column, index) =>
      under(
        [...path, index],
        [...formatRules(column), ...fieldRules(column), ...identityRules(column, keyColumns)],
      ),
    ),
    ...known.flatMap((column, index) => repeatedColumnRules(path, known, column, index)),
  ];
}

function fieldRules({ field }: PartitionColumnFacts): Issue[] {
  return lengthRules("partition-field", ["field"], "the name of a partition column", field, PARTITION_FIELD);
}

function formatRules({ function: by, format }: PartitionColumnFacts): Issue[] {
  if (by === "identity" && format !== undefined) {
    return [
      error("partition-format-unexpected", ["format"], "a partition by identity takes no format", {
        got: show(format),
        remedy: "remove the format, or partition by year, month, day or hour",
      }),
    ];
  }
  if (by !== undefined && by !== "identity" && format === undefined) {
    return [
      error("partition-format-missing", [], `a partition by ${by} needs the format of the column`, {
        expected: `format: ${PARTITION_FORMATS.join(", ")}`,
        remedy: "say how the source writes the time",
      }),
    ];
  }
  return [];
}

// Names that hold a point in time more often than not. A plain date stays out: it partitions well as it is.
const TIMESTAMP_NAME =
  /(^|[_.-])(timestamp|datetime|epoch|ts|time)$|_at$|[a-z](At|Ts|Time|Timestamp|DateTime|Epoch)$/;

function identityRules(
  { field, function: by }: PartitionColumnFacts,
  keyColumns: readonly string[],
): Issue[] {
  if (by !== "identity" || field === undefined) return [];
  if (keyColumns.includes(field)) {
    return [
      warning(
        "identity-on-key",
        ["field"],
        `${field} is a key column, and a partition by identity makes a partition for each of its values`,
        {
          remedy: "partition by a column with few values",
        },
      ),
    ];
  }
  if (TIMESTAMP_NAME.test(field)) {
    return [
      warning(
        "identity-on-timestamp",
        ["field"],
        `${field} looks like a timestamp, and a partition by identity makes a partition for each of its values`,
        {
          remedy: "partition by year, month, day or hour",
        },
      ),
    ];
  }
  return [];
}

function repeatedColumnRules(
  path: IssuePath,
  columns: readonly PartitionColumnFacts[],
  { field, function: by }: PartitionColumnFacts,
  index: number,
): Issue[] {
  if (field === undefined || by === undefined) return [];
  const before = columns.slice(0, index);
  const same = before.findIndex((other) => other.field === field && other.function === by);
  if (same !== -1) {
    return [
      error("duplicate-partition-column", [...path, index], `${field} is partitioned by ${by} twice`, {
        remedy: "remove one of the two",
        related: [[...path, same]],
      }),
    ];
  }
  const isTime = (other: PartitionColumnFacts) =>
    other.function !== undefined && other.function !== "identity";
  const first = before.findIndex((other) => other.field === field && isTime(other));
  if (first === -1 || by === "identity") return [];
  return [
    error("two-time-functions", [...path, index], `${field} is partitioned by two time functions`, {
      got: `${before[first]?.function} and ${by}`,
      expected: "one time function for a column",
      remedy: "keep the finer one: readers prune by the coarser through it",
      related: [[...path, first]],
    }),
  ];
}
