import Ajv from "ajv";
import { DASHBOARD_INTEGRATIONS_MAX, dashboardBody } from "../../../lib/monitoring/dashboard";
import type { DashboardIntegration } from "../../../lib/monitoring/dashboard";
import {
  DASHBOARD_METRICS_MAX,
  DASHBOARD_WIDGETS_MAX,
  GRAPH_METRICS_MAX,
  SEARCHES_PER_GRAPH,
} from "../../../lib/facts/monitoring";
import { DASHBOARD_SCHEMA } from "../../support/dashboard-schema";
import { compute, series } from "../../support/metric-math";

const validate = new Ajv({ allErrors: true, strict: true }).compile(DASHBOARD_SCHEMA);

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly [
      {
        readonly id?: string;
        readonly expression: string;
        readonly label?: string;
        readonly visible?: boolean;
      },
    ])[];
  };
}

const integration = (index: number, alarms = 2): DashboardIntegration => {
  const name = `integration-${String(index).padStart(3, "0")}`;
  return {
    name,
    arn: `arn:aws:glue:us-east-1:111122223333:integration:${index}`,
    alarmArns: Array.from(
      { length: alarms },
      (_, label) => `arn:aws:cloudwatch:us-east-1:111122223333:alarm:zero-etl-${name}-${label}`,
    ),
  };
};

function widgetsOf(integrations: readonly DashboardIntegration[]): Widget[] {
  const body = dashboardBody({ title: "Zero-ETL integrations of shop", region: "us-east-1", integrations });
  expect(validate(body) ? [] : validate.errors).toEqual([]);
  return (body as unknown as { widgets: Widget[] }).widgets;
}

const many = (count: number, alarms = 2): DashboardIntegration[] =>
  Array.from({ length: count }, (_, index) => integration(index, alarms));

test.each([1, 2, 50, DASHBOARD_INTEGRATIONS_MAX])(
  "a dashboard of %d integrations is one that CloudWatch takes",
  (count) => {
    const widgets = widgetsOf(many(count));
    expect(widgets.length).toBe(1 + Math.ceil((count * 2) / 100) + 2 + count * 4);
  },
);

test("the most integrations fit with as many alarms as a region has, and one more would not", () => {
  expect(DASHBOARD_INTEGRATIONS_MAX).toBe(100);
  const widgets = widgetsOf(many(DASHBOARD_INTEGRATIONS_MAX, 4));
  expect(widgets.length).toBeLessThanOrEqual(DASHBOARD_WIDGETS_MAX);
  const searches = widgets.map(({ properties: { metrics = [] } }) => ({
    of: metrics.filter(([{ expression }]) => expression.startsWith("SEARCH(")).length,
    all: metrics.length,
  }));
  expect(Math.max(...searches.map(({ of }) => of))).toBe(SEARCHES_PER_GRAPH);
  expect(Math.max(...searches.map(({ all }) => all))).toBeLessThanOrEqual(GRAPH_METRICS_MAX);
  // With one table and one kind of load each.
  expect(searches.reduce((sum, { of }) => sum + of, 0)).toBeLessThanOrEqual(DASHBOARD_METRICS_MAX);
});

test("no two widgets overlap, none is wider than the grid, and none leaves a hole above it", () => {
  const taken = new Set<string>();
  const widgets = widgetsOf(many(50));
  for (const { x, y, width, height } of widgets) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column += 1) {
      for (let row = y; row < y + height; row += 1) {
        const cell = `${column},${row}`;
        expect(taken.has(cell)).toBe(false);
        taken.add(cell);
      }
    }
  }
  const depth = Math.max(...widgets.map(({ y, height }) => y + height));
  expect(taken.size).toBe(24 * depth);
});

test("the overview of 50 integrations is on the first screen, and each integration has a row of its own", () => {
  const widgets = widgetsOf(many(50));
  const first = widgets.filter(({ y }) => y < 14).map(({ type, properties }) => properties.title ?? type);
  expect(first).toEqual(["text", "Alarms", "Minutes since the last sync", "Failed ingestions"]);
  const names = widgets.filter(({ type, y }) => type === "text" && y > 0);
  expect(names.map(({ y }) => y)).toEqual(Array.from({ length: 50 }, (_, index) => 14 + index * 6));
});

test("integrations come by name, whatever the order they are given in", () => {
  const three = many(3);
  expect(widgetsOf([...three].reverse())).toEqual(widgetsOf(three));
  const headings = widgetsOf(three).flatMap(
    ({ properties: { markdown = "" } }) => markdown.match(/^## .*/) ?? [],
  );
  expect(headings).toEqual(["## integration-000", "## integration-001", "## integration-002"]);
});

test("a row shows every metric, by table, of its own integration only", () => {
  const row = widgetsOf([integration(7)]).slice(4);
  const expressions = row.flatMap(({ properties: { metrics = [] } }) => metrics.map(([entry]) => entry));
  expect(row.map(({ properties }) => properties.title ?? properties.markdown)).toEqual([
    "## integration-007",
    "Freshness (minutes since the last sync)",
    "Records",
    "Ingestions",
  ]);
  const search = (metric: string, statistic = "Sum"): string =>
    `SEARCH('{AWS/Glue/ZeroETL,integrationArn,loadType,tableName} MetricName="${metric}" integrationArn="arn:aws:glue:us-east-1:111122223333:integration:7"', '${statistic}', 300)`;
  expect(expressions).toEqual([
    { id: "sync", expression: search("LastSyncTimestamp", "Maximum"), visible: false },
    {
      id: "age",
      expression: "(EPOCH(FIRST(sync)) - FILL(FILL(sync, REPEAT), EPOCH(FIRST(sync)) * 1000) / 1000) / 60",
      label: "age",
    },
    { expression: search("InsertCount"), label: "inserted" },
    { expression: search("UpdateCount"), label: "updated" },
    { expression: search("DeleteCount"), label: "deleted" },
    { expression: search("IngestionSucceeded"), label: "succeeded" },
    { expression: search("IngestionFailed"), label: "failed" },
  ]);
});

describe("the minutes since the last sync", () => {
  // Twenty minutes from 1000 on: nothing in sight, then a sync of the second before, then a gap.
  const range = { start: 1000, period: 300, count: 4 };
  const syncs = series([undefined, 1_299_000, undefined, undefined]);
  const expressionsOf = (widget: number): string[] =>
    (widgetsOf([integration(7, 0)])[widget]?.properties.metrics ?? []).map(([{ expression }]) => expression);

  test("grow in the overview from the first sync in sight, and are none before it", () => {
    const [search = "", newest = "", age = ""] = expressionsOf(1);
    expect(search).toMatch(/^SEARCH\(/);
    // The largest of several series is a series.
    const largest = compute(newest.replace("MAX(all0)", "all0"), { all0: syncs }, range);
    expect(compute(age, { newest0: largest }, range)).toEqual(
      series([undefined, 1 / 60, 301 / 60, 601 / 60]),
    );
  });

  test("grow for each table, and are 0 before the first sync in sight, not those since 1970", () => {
    const [, age = ""] = expressionsOf(4);
    expect(compute(age.replaceAll("FIRST(sync)", "sync"), { sync: syncs }, range)).toEqual(
      series([0, 1 / 60, 301 / 60, 601 / 60]),
    );
  });
});

test("a table of the overview has a line for each integration, and an id once", () => {
  for (const { properties } of widgetsOf(many(50)).slice(2, 4)) {
    const entries = (properties.metrics ?? []).map(([entry]) => entry);
    expect(entries.filter(({ visible }) => visible !== false).map(({ label }) => label)).toEqual(
      many(50).map(({ name }) => name),
    );
    const ids = entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test("without alarms there is no widget of them", () => {
  const widgets = widgetsOf(many(2, 0));
  expect(widgets.map(({ type }) => type)).not.toContain("alarm");
  expect(widgets[1]?.y).toBe(2);
});
