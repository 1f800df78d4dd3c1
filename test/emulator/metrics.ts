// CloudWatch as far as metrics of integrations are read: what AWS Glue would have published, as tests put it there.
import { placed, type Caller, type Operations } from "./operation";
import { AwsError, type JsonObject } from "./wire";

export interface MetricDimension {
  readonly Name: string;
  readonly Value: string;
}

/** Values of one metric, in the order in which they were put. */
interface Series {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly MetricDimension[];
  readonly points: { readonly at: Date; readonly value: number }[];
}

/** Most queries of one GetMetricData, by the API reference. */
const MAX_QUERIES = 500;
const LISTED_MILLIS = 14 * 86_400_000;

export class Metrics {
  /** Metrics of one page of ListMetrics. */
  listPage = 500;
  /** Results of one page of GetMetricData. */
  dataPage = 500;
  /** When it is. */
  now: () => Date = () => new Date();
  private readonly series = new Map<string, Series[]>();

  /** A value of a metric of a table. */
  put(
    at: Pick<Caller, "account" | "region">,
    MetricName: string,
    dimensions: Readonly<Record<string, string>>,
    ...points: readonly (readonly [at: Date, value: number])[]
  ): void {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const known = this.at(at);
    const series = known.find((one) => one.MetricName === MetricName && same(one.Dimensions, Dimensions)) ?? {
      Namespace: "AWS/Glue/ZeroETL",
      MetricName,
      Dimensions,
      points: [],
    };
    if (!known.includes(series)) known.push(series);
    series.points.push(...points.map(([moment, value]) => ({ at: moment, value })));
  }

  clear(): void {
    this.series.clear();
    this.listPage = this.dataPage = 500;
    this.now = () => new Date();
  }

  get operations(): Operations {
    return {
      "monitoring.ListMetrics": ({ caller, input }) => this.list(caller, input),
      "monitoring.GetMetricData": ({ caller, input }) => this.data(caller, input),
    };
  }

  private list(caller: Caller, input: JsonObject): JsonObject {
    const wanted = (input["Dimensions"] ?? []) as readonly Partial<MetricDimension>[];
    const oldest = this.now().getTime() - LISTED_MILLIS;
    const found = this.at(caller)
      .filter(({ Namespace }) => input["Namespace"] === undefined || Namespace === input["Namespace"])
      .filter(({ Dimensions }) => wanted.every((filter) => Dimensions.some((one) => fits(one, filter))))
      .filter(({ points }) => points.some(({ at }) => at.getTime() >= oldest));
    const { page, token } = paged(found, input, this.listPage);
    const Metrics = page.map(({ Namespace, MetricName, Dimensions }) => ({
      Namespace,
      MetricName,
      Dimensions,
    }));
    return { Metrics, ...token };
  }

  private data(caller: Caller, input: JsonObject): JsonObject {
    const queries = (input["MetricDataQueries"] ?? []) as readonly Query[];
    if (queries.length === 0 || queries.length > MAX_QUERIES)
      throw new AwsError(
        "ValidationError",
        `The parameter MetricDataQueries must have 1 to ${MAX_QUERIES} members.`,
      );
    const ids = queries.map(({ Id }) => Id);
    const wrong = ids.find((id, index) => !/^[a-z][a-zA-Z0-9_]*$/.test(id) || ids.indexOf(id) !== index);
    if (wrong !== undefined)
      throw new AwsError(
        "ValidationError",
        `The value ${wrong} for parameter MetricDataQueries.Id is not valid.`,
      );
    const range = [input["StartTime"], input["EndTime"]].map((time) => Number(time) * 1000);
    const { page, token } = paged(queries, input, this.dataPage);
    return { MetricDataResults: page.map((query) => this.result(caller, query, range)), ...token };
  }

  private result(
    caller: Caller,
    { Id, MetricStat }: Query,
    [start = 0, end = 0]: readonly number[],
  ): JsonObject {
    const { Metric, Period, Stat } = MetricStat;
    if (Period % 60 !== 0) throw new AwsError("ValidationError", `Period ${Period} is not a multiple of 60.`);
    const series = this.at(caller).find(
      (one) =>
        one.Namespace === Metric.Namespace &&
        one.MetricName === Metric.MetricName &&
        same(one.Dimensions, Metric.Dimensions),
    );
    const buckets = new Map<number, number[]>();
    for (const { at, value } of series?.points ?? []) {
      const time = at.getTime();
      if (time < start || time >= end) continue;
      const bucket = Math.floor(time / 1000 / Period) * Period;
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), value]);
    }
    // The newest first, as AWS does unless it is told otherwise.
    const times = [...buckets.keys()].sort((a, b) => b - a);
    return {
      Id,
      Label: Metric.MetricName,
      StatusCode: "Complete",
      Timestamps: times,
      Values: times.map((time) => combined(Stat, buckets.get(time) ?? [])),
    };
  }

  private at(place: Pick<Caller, "account" | "region">): Series[] {
    const key = placed(place, "metrics");
    const known = this.series.get(key) ?? [];
    this.series.set(key, known);
    return known;
  }
}

interface Query {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: Pick<Series, "Namespace" | "MetricName" | "Dimensions">;
    readonly Period: number;
    readonly Stat: string;
  };
}

function combined(stat: string, values: readonly number[]): number {
  if (stat === "Maximum") return Math.max(...values);
  if (stat === "Sum") return values.reduce((sum, value) => sum + value, 0);
  throw new AwsError("ValidationError", `The value ${stat} for parameter Stat is not supported.`);
}

function fits(one: MetricDimension, { Name, Value }: Partial<MetricDimension>): boolean {
  return one.Name === Name && (Value === undefined || one.Value === Value);
}

// A metric is all of its dimensions, in any order.
function same(some: readonly MetricDimension[], others: readonly MetricDimension[] = []): boolean {
  return some.length === others.length && some.every((one) => others.some((other) => fits(one, other)));
}

function paged<T>(all: readonly T[], input: JsonObject, size: number): { page: readonly T[]; token: object } {
  const start = Number(input["NextToken"] ?? "0");
  const end = start + size;
  return { page: all.slice(start, end), token: end < all.length ? { NextToken: String(end) } : {} };
}
