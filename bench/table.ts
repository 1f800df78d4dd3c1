// The result as a table for people.
import type { Measurement } from "./measure";
import type { Row } from "./row";
import { ratio } from "./row";

type Column = readonly [heading: string, cell: (row: Row) => string];

const COLUMNS: readonly Column[] = [
  ["fleet", ({ fleet }) => fleet],
  ["integrations", ({ size }) => String(size)],
  ["stacks", ({ census }) => String(census.stacks)],
  ...compared("wall", "wall s", 2),
  ...compared("cpu", "cpu s", 2),
  ...compared("memory", "peak MB", 0),
  ...compared("synth", "synth ms", 0),
  ["resources", ({ census, size }) => (census.resources / size).toFixed(2)],
  ["data", ({ census, size }) => (census.dataSources / size).toFixed(2)],
  ["checks", ({ census, size }) => (census.checks / size).toFixed(2)],
  ["KB", ({ census }) => (census.bytes / 1000).toFixed(1)],
];

export function table(rows: readonly Row[]): string {
  const lines = [
    COLUMNS.map(([heading]) => heading),
    ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function compared(name: keyof Measurement, heading: string, decimals: number): Column[] {
  return [
    [heading, ({ medians }) => medians.library[name].toFixed(decimals)],
    ["by hand", ({ medians }) => medians.handWritten[name].toFixed(decimals)],
    ["ratio", (row) => ratio(row, name).toFixed(2)],
  ];
}
