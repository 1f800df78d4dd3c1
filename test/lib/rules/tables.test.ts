import type { PartitionColumnFacts, TableFacts } from "../../../lib/rules/tables";
import { tableRules } from "../../../lib/rules/tables";
import { codesOf, lines, said } from "./said";

const rules = (options: TableFacts) => tableRules({ orders: options });
const partitioned = (...partitionBy: PartitionColumnFacts[]) => rules({ partitionBy });

test("takes nothing, what is not known, and a whole table", () => {
  expect(tableRules(undefined)).toEqual([]);
  expect(tableRules({})).toEqual([]);
  expect(tableRules({ orders: {} })).toEqual([]);
  expect(tableRules({ orders: undefined })).toEqual([]);
  expect(
    rules({
      unnest: "top-level",
      partitionBy: [
        { field: "region", function: "identity" },
        { field: "created_at", function: "month", format: "epoch_milli" },
      ],
      targetTable: "orders_v2",
      layoutVersion: 2,
    }),
  ).toEqual([]);
});

test("the name of a table with options has 128 characters at most", () => {
  expect(tableRules({ ["t".repeat(128)]: {} })).toEqual([]);
  expect(said(tableRules({ ["t".repeat(129)]: {} }))).toBe(
    lines(
      `${"t".repeat(129)}: error: the name of a table with options is longer than 128 characters [table-name-length]`,
      "  got:      129 characters",
      "  expected: 1 to 128 characters",
    ),
  );
});

test("fails for a table that the source does not have", () => {
  expect(tableRules({ orders: {} }, { sourceTables: ["orders"] })).toEqual([]);
  expect(said(tableRules({ order: {} }, { sourceTables: ["orders"] }))).toBe(
    lines(
      'order: error: the source has no table "order" [unknown-table]',
      "  expected: orders",
      '  remedy:   did you mean "orders"?',
    ),
  );
});

test("the target table has 1 to 128 characters", () => {
  expect(rules({ targetTable: "t" })).toEqual([]);
  expect(rules({ targetTable: "t".repeat(128) })).toEqual([]);
  expect(said(rules({ targetTable: "" }))).toBe(
    lines(
      "orders.targetTable: error: target table name is empty [target-table-length]",
      "  got:      0 characters",
      "  expected: 1 to 128 characters",
    ),
  );
  expect(said(rules({ targetTable: "t".repeat(129) }))).toMatch(
    /target table name is longer than 128 characters/,
  );
});

describe("layoutVersion", () => {
  test.each([1, 2, 1000])("takes %p", (layoutVersion) => {
    expect(rules({ layoutVersion })).toEqual([]);
  });

  test.each([0, -1, 1.5, NaN])("fails for %p", (layoutVersion) => {
    expect(said(rules({ layoutVersion }))).toBe(
      lines(
        "orders.layoutVersion: error: layout version is not a whole number from 1 [layout-version]",
        `  got:      ${layoutVersion}`,
        "  expected: 1, 2, 3 and so on",
      ),
    );
  });
});

describe("partitionBy", () => {
  const columns = (count: number) =>
    Array.from({ length: count }, (_, index): PartitionColumnFacts => ({
      field: `column${index}`,
      function: "identity",
    }));

  test("fails when it is empty", () => {
    expect(said(partitioned())).toBe(
      lines(
        "orders.partitionBy: error: partitionBy is an empty list [empty-list]",
        "  got:      an empty list",
        "  remedy:   remove the key to keep the default of AWS, buckets by the primary key",
      ),
    );
  });

  test("has 10 columns at most", () => {
    expect(partitioned(...columns(1))).toEqual([]);
    expect(partitioned(...columns(10))).toEqual([]);
    expect(said(partitioned(...columns(11)))).toBe(
      lines(
        "orders.partitionBy: error: partitionBy has more than 10 columns [partition-columns]",
        "  got:      11 columns",
        "  expected: 1 to 10 columns",
      ),
    );
  });

  test("names columns of 1 to 128 characters", () => {
    expect(partitioned({ field: "c".repeat(128), function: "identity" })).toEqual([]);
    expect(codesOf(partitioned({ field: "c".repeat(129), function: "identity" }))).toEqual([
      "partition-field",
    ]);
    expect(said(partitioned({ field: "", function: "identity" }))).toBe(
      lines(
        "orders.partitionBy.0.field: error: the name of a partition column is empty [partition-field]",
        "  got:      0 characters",
        "  expected: 1 to 128 characters",
      ),
    );
  });

  test.each(["year", "month", "day", "hour"] as const)("%s needs a format", (by) => {
    for (const format of ["epoch_sec", "epoch_milli", "iso"] as const) {
      expect(partitioned({ field: "created_at", function: by, format })).toEqual([]);
    }
    expect(said(partitioned({ field: "created_at", function: by }))).toBe(
      lines(
        `orders.partitionBy.0: error: a partition by ${by} needs the format of the column [partition-format-missing]`,
        "  expected: format: epoch_sec, epoch_milli, iso",
        "  remedy:   say how the source writes the time",
      ),
    );
  });

  test("identity takes no format", () => {
    expect(said(partitioned({ field: "region", function: "identity", format: "iso" }))).toBe(
      lines(
        "orders.partitionBy.0.format: error: a partition by identity takes no format [partition-format-unexpected]",
        '  got:      "iso"',
        "  remedy:   remove the format, or partition by year, month, day or hour",
      ),
    );
  });

  test("says nothing about a column of which nothing is known", () => {
    expect(partitioned({}, { field: "a" }, { function: "identity" })).toEqual([]);
    expect(rules({ partitionBy: [undefined] })).toEqual([]);
  });

  test("fails for two time functions on one column", () => {
    expect(
      said(
        partitioned(
          { field: "created_at", function: "year", format: "iso" },
          { field: "region", function: "identity" },
          { field: "created_at", function: "month", format: "iso" },
        ),
      ),
    ).toBe(
      lines(
        "orders.partitionBy.2: error: created_at is partitioned by two time functions [two-time-functions]",
        "  also:     orders.partitionBy.0",
        "  got:      year and month",
        "  expected: one time function for a column",
        "  remedy:   keep the finer one: readers prune by the coarser through it",
      ),
    );
    expect(
      partitioned(
        { field: "created_at", function: "year", format: "iso" },
        { field: "shipped_at", function: "month", format: "iso" },
      ),
    ).toEqual([]);
  });

  test("fails for one column by one function twice, and only once", () => {
    expect(
      said(
        partitioned(
          { field: "created_at", function: "day", format: "iso" },
          { field: "created_at", function: "day", format: "epoch_sec" },
        ),
      ),
    ).toBe(
      lines(
        "orders.partitionBy.1: error: created_at is partitioned by day twice [duplicate-partition-column]",
        "  also:     orders.partitionBy.0",
        "  remedy:   remove one of the two",
      ),
    );
  });

  test("warns of identity on a key column", () => {
    const tables = { orders: { partitionBy: [{ field: "id", function: "identity" }] } } as const;
    expect(tableRules(tables)).toEqual([]);
    expect(said(tableRules(tables, { keyColumns: ["id"] }))).toBe(
      lines(
        "orders.partitionBy.0.field: warning: id is a key column, and a partition by identity makes a partition for each of its values [identity-on-key]",
        "  remedy:   partition by a column with few values",
      ),
    );
  });

  test.each([
    "created_at",
    "createdAt",
    "timestamp",
    "event.timestamp",
    "order_ts",
    "eventTime",
    "datetime",
    "epoch",
  ])("warns of identity on %s", (field) => {
    expect(said(partitioned({ field, function: "identity" }))).toBe(
      lines(
        `orders.partitionBy.0.field: warning: ${field} looks like a timestamp, and a partition by identity makes a partition for each of its values [identity-on-timestamp]`,
        "  remedy:   partition by year, month, day or hour",
      ),
    );
  });

  test.each(["date", "order_date", "flat", "status", "timezone", "format", "AT"])(
    "says nothing about identity on %s",
    (field) => {
      expect(partitioned({ field, function: "identity" })).toEqual([]);
    },
  );
});
