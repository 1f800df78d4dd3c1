// What AWS refuses in the options of a replicated table.

export type Unnest = "full" | "top-level" | "none";
export type PartitionFunction = "identity" | "year" | "month" | "day" | "hour";
export type PartitionFormat = "epoch_sec" | "epoch_milli" | "iso";

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
