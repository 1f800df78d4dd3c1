// When each table was last brought up to date, from the metrics that AWS Glue publishes.
import type { DIMENSIONS } from "../facts/monitoring";
import { METRICS } from "../facts/monitoring";
import { MILLISECONDS_FROM } from "../monitoring/alarms";
import type { Metric, MetricQuery, MetricSeries, StatusClients } from "./clients";

/** The dimensions that a status looks at. */
export const INTEGRATION_DIMENSION: Dimension = "integrationArn";
const TABLE_DIMENSION: Dimension = "tableName";
type Dimension = (typeof DIMENSIONS)[number];

/** The metrics that tell when a table was synced, and whether it fails. */
const READ = ["LastSyncTimestamp", "IngestionSucceeded", "IngestionFailed"] as const;
type MetricName = (typeof READ)[number];

/** Days of values that are read: CloudWatch lists the metrics of two weeks. */
const DAYS = 14;
/** Seconds that one value stands for: the shortest refresh interval. */
export const METRIC_PERIOD = 900;
/** Metrics of one call: 14 days of them stay below the 100,800 values that one answer holds. */
const BATCH = 70;

/** What the metrics tell of one table. */
export interface TableSync {
  readonly table: string;
  /** Until when the data of the source is in the target. */
  readonly syncedUntil?: Date;
  readonly lastSuccess?: Date;
  /** The first failure after the last success. */
  readonly failingSince?: Date;
}

/** What is known of the tables of an integration; several kinds of loads of one table are one. */
export async function readTables(
  clients: StatusClients,
  integrationArn: string,
  now: Date,
): Promise<TableSync[]> {
  const queries = queriesOf(await metricsOf(clients, integrationArn));
  const series = new Map<string, Points>();
  for (let from = 0; from < queries.length; from += BATCH) {
    const batch = queries.slice(from, from + BATCH);
    await addSeries(series, clients, batch, now);
  }
  const tables = new Map<string, Record<MetricName, Points>>();
  for (const { id, metric } of queries) {
    const table = dimension(metric, TABLE_DIMENSION) ?? "";
    const points = tables.get(table) ?? {
      LastSyncTimestamp: [],
      IngestionSucceeded: [],
      IngestionFailed: [],
    };
    points[metric.MetricName as MetricName].push(...(series.get(id) ?? []));
    tables.set(table, points);
  }
  return [...tables]
    .map(([table, points]) => syncOf(table, points))
    .sort((a, b) => (a.table < b.table ? -1 : 1));
}

type Points = (readonly [at: Date, value: number])[];

async function metricsOf(clients: StatusClients, integrationArn: string): Promise<Metric[]> {
  const found: Metric[] = [];
  let token: string | undefined;
  do {
    const page = await clients.metrics({ integrationArn, token });
    found.push(...page.metrics);
    token = page.token;
  } while (token !== undefined);
  return found;
}

function queriesOf(metrics: readonly Metric[]): MetricQuery[] {
  return metrics.flatMap((metric, index) => {
    const name = READ.find((read) => read === metric.MetricName);
    return name === undefined ? [] : [{ id: `m${index}`, metric, statistic: METRICS[name] }];
  });
}

async function addSeries(
  series: Map<string, Points>,
  clients: StatusClients,
  queries: readonly MetricQuery[],
  now: Date,
): Promise<void> {
  const start = new Date(now.getTime() - DAYS * 86_400_000);
  let token: string | undefined;
  do {
    const page = await clients.metricData({ queries, start, end: now, token });
    for (const one of page.series) {
      const id = one.Id ?? "";
      series.set(id, [...(series.get(id) ?? []), ...pointsOf(one)]);
    }
    token = page.token;
  } while (token !== undefined);
}

function pointsOf({ Timestamps = [], Values = [] }: MetricSeries): Points {
  return Timestamps.map((at, index) => [at, Values[index] ?? NaN]);
}

function syncOf(table: string, points: Record<MetricName, Points>): TableSync {
  const syncedUntil = latest(points.LastSyncTimestamp.flatMap(([, value]) => momentOf(value)));
  const lastSuccess = latest(happened(points.IngestionSucceeded));
  const failures = happened(points.IngestionFailed).filter(
    (at) => lastSuccess === undefined || at > lastSuccess,
  );
  const failingSince = earliest(failures);
  return {
    table,
    ...(syncedUntil !== undefined && { syncedUntil }),
    ...(lastSuccess !== undefined && { lastSuccess }),
    ...(failingSince !== undefined && { failingSince }),
  };
}

// The documentation does not say the unit: log messages have milliseconds, and no moment of this century in seconds is as large.
function momentOf(value: number): Date[] {
  if (!(value > 0)) return [];
  return [new Date(value > MILLISECONDS_FROM ? value : value * 1000)];
}

function happened(points: Points): Date[] {
  return points.filter(([, count]) => count > 0).map(([at]) => at);
}

export function latest(moments: readonly Date[]): Date | undefined {
  return moments.length === 0 ? undefined : new Date(Math.max(...moments.map(Number)));
}

export function earliest(moments: readonly Date[]): Date | undefined {
  return moments.length === 0 ? undefined : new Date(Math.min(...moments.map(Number)));
}

function dimension({ Dimensions = [] }: Metric, name: string): string | undefined {
  return Dimensions.find(({ Name }) => Name === name)?.Value;
}
