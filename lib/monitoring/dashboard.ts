// The dashboard of a stack: an overview that fits on one screen, and below it one row for each integration.
import type { MetricName } from "../facts/monitoring";
import { ALARM_WIDGET_MAX, DASHBOARD_COLUMNS, SEARCHES_PER_GRAPH } from "../facts/monitoring";
import type { Json } from "../json";
import { searchExpression } from "./metrics";

/** Seconds of one point of a graph. */
export const DASHBOARD_PERIOD = 300;

/** Integrations of one dashboard: a table of the overview has a search for each. */
export const DASHBOARD_INTEGRATIONS_MAX = SEARCHES_PER_GRAPH;

/** What a dashboard shows of one integration. */
export interface DashboardIntegration {
  readonly name: string;
  readonly arn: string;
  /** ARNs of its alarms. */
  readonly alarmArns: readonly string[];
}

export interface DashboardProps {
  readonly title: string;
  readonly region: string;
  readonly integrations: readonly DashboardIntegration[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const HEADING_HEIGHT = 2;
const ALARMS_HEIGHT = 4;
const TABLE_HEIGHT = 8;
const NAME_HEIGHT = 1;
const ROW_HEIGHT = 5;
const OVERVIEW = [
  "The age of the newest data of each integration, and what failed, come first; a row for each integration follows, by name.",
  "In a row each line is a table and a kind of load. Made by Terraform: a change here is lost at the next apply.",
].join(" ");

/** The body of a dashboard; the order of the integrations is that of their names. */
export function dashboardBody({ title, region, integrations }: DashboardProps): Json {
  const sorted = [...integrations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const alarmArns = inParts(
    sorted.flatMap((integration) => integration.alarmArns),
    ALARM_WIDGET_MAX,
  );
  const tables = HEADING_HEIGHT + alarmArns.length * ALARMS_HEIGHT;
  const half = DASHBOARD_COLUMNS / 2;
  return {
    start: "-P1D",
    periodOverride: "inherit",
    widgets: [
      text({ x: 0, y: 0, width: DASHBOARD_COLUMNS, height: HEADING_HEIGHT }, `# ${title}\n${OVERVIEW}`),
      ...alarmArns.map((part, index) =>
        alarms(
          {
            x: 0,
            y: HEADING_HEIGHT + index * ALARMS_HEIGHT,
            width: DASHBOARD_COLUMNS,
            height: ALARMS_HEIGHT,
          },
          part,
        ),
      ),
      table(
        { x: 0, y: tables, width: half, height: TABLE_HEIGHT },
        { title: "Minutes since the last sync", region, metrics: sorted.flatMap(ageOfNewest) },
      ),
      table(
        { x: half, y: tables, width: half, height: TABLE_HEIGHT },
        { title: "Failed ingestions", region, metrics: sorted.flatMap(failures) },
      ),
      ...sorted.flatMap((integration, index) =>
        row(integration, region, tables + TABLE_HEIGHT + index * (NAME_HEIGHT + ROW_HEIGHT)),
      ),
    ],
  };
}

function row({ name, arn }: DashboardIntegration, region: string, y: number): Json[] {
  const third = DASHBOARD_COLUMNS / 3;
  const box = (column: number): Box => ({
    x: column * third,
    y: y + NAME_HEIGHT,
    width: third,
    height: ROW_HEIGHT,
  });
  const series = (metric: MetricName, label: string): Json => [
    { expression: searchExpression(metric, arn, DASHBOARD_PERIOD), label },
  ];
  return [
    text({ x: 0, y, width: DASHBOARD_COLUMNS, height: NAME_HEIGHT }, `## ${name}`),
    graph(box(0), {
      title: "Freshness (minutes since the last sync)",
      region,
      metrics: [
        [
          {
            id: "sync",
            expression: searchExpression("LastSyncTimestamp", arn, DASHBOARD_PERIOD),
            visible: false,
          },
        ],
        [{ id: "age", expression: AGES, label: "age" }],
      ],
    }),
    graph(box(1), {
      title: "Records",
      region,
      metrics: [
        series("InsertCount", "inserted"),
        series("UpdateCount", "updated"),
        series("DeleteCount", "deleted"),
      ],
    }),
    graph(box(2), {
      title: "Ingestions",
      region,
      metrics: [series("IngestionSucceeded", "succeeded"), series("IngestionFailed", "failed")],
    }),
  ];
}

// Both repeat the last sync until the next one, so that the age grows in between. Before the first one in sight there is nothing to
// repeat, and AWS says that arithmetic takes what is missing for 0: the age would be that of 1970. Of several series it is 0 there,
// since no condition takes several; of one series there is none.
const AGES = "(EPOCH(FIRST(sync)) - FILL(FILL(sync, REPEAT), EPOCH(FIRST(sync)) * 1000) / 1000) / 60";

function ageOf(newest: string): string {
  return `IF(${newest} > 0, (EPOCH(${newest}) - ${newest} / 1000) / 60)`;
}

function ageOfNewest({ name, arn }: DashboardIntegration, index: number): Json[] {
  const [all, newest] = [`all${index}`, `newest${index}`];
  return [
    [{ id: all, expression: searchExpression("LastSyncTimestamp", arn, DASHBOARD_PERIOD), visible: false }],
    [{ id: newest, expression: `FILL(FILL(MAX(${all}), REPEAT), 0)`, visible: false }],
    [{ id: `age${index}`, expression: ageOf(newest), label: name }],
  ];
}

function failures({ name, arn }: DashboardIntegration, index: number): Json[] {
  const all = `all${index}`;
  return [
    [{ id: all, expression: searchExpression("IngestionFailed", arn, DASHBOARD_PERIOD), visible: false }],
    [{ id: `failed${index}`, expression: `SUM(${all})`, label: name }],
  ];
}

interface Chart {
  readonly title: string;
  readonly region: string;
  readonly metrics: readonly Json[];
}

function text(box: Box, markdown: string): Json {
  return { type: "text", ...box, properties: { markdown, background: "transparent" } };
}

function alarms(box: Box, arns: readonly string[]): Json {
  return {
    type: "alarm",
    ...box,
    properties: { title: "Alarms", alarms: arns, sortBy: "stateUpdatedTimestamp" },
  };
}

function table(box: Box, { title, region, metrics }: Chart): Json {
  const shown = {
    view: "table",
    table: { layout: "vertical", stickySummary: true, summaryColumns: ["LATEST", "MAX"] },
  };
  return chart(box, { title, region, metrics, ...shown });
}

function graph(box: Box, { title, region, metrics }: Chart): Json {
  return chart(box, { title, region, metrics, view: "timeSeries", yAxis: { left: { min: 0 } } });
}

function chart(box: Box, properties: { readonly [key: string]: Json }): Json {
  return {
    type: "metric",
    ...box,
    properties: { ...properties, period: DASHBOARD_PERIOD, stat: "Sum" },
  };
}

function inParts<T>(values: readonly T[], size: number): T[][] {
  const parts = Math.ceil(values.length / size);
  return Array.from({ length: parts }, (_, index) => values.slice(index * size, (index + 1) * size));
}
