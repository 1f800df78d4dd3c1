// The metrics of integrations (user guide, "Viewing Amazon CloudWatch metrics for an integration").
import { METRIC_NAMESPACE } from "../policy/observability";

/** Dimensions of every metric. AWS documents no value of `loadType`, so that no metric can be named by all three. */
export const DIMENSIONS = ["integrationArn", "loadType", "tableName"] as const;

/** Every metric, with the statistic that means something. */
export const METRICS = {
  /** Records inserted in the target table. */
  InsertCount: "Sum",
  /** Records updated in the target table. */
  UpdateCount: "Sum",
  /** Records deleted from the target table. */
  DeleteCount: "Sum",
  /** 1 for each ingestion that succeeded. */
  IngestionSucceeded: "Sum",
  /** 1 for each ingestion that failed. */
  IngestionFailed: "Sum",
  /** Up to when the source has arrived in the target; the logs have it in milliseconds, and of the metric AWS says no unit. */
  LastSyncTimestamp: "Maximum",
} as const;

export type MetricName = keyof typeof METRICS;

/** One series over every table and load of an integration: a Metrics Insights query, since an alarm takes no search. */
export function querySql(metric: MetricName, integrationArn: string): string {
  const aggregate = METRICS[metric] === "Sum" ? "SUM" : "MAX";
  return `SELECT ${aggregate}(${metric}) FROM "${METRIC_NAMESPACE}" WHERE integrationArn = '${integrationArn}'`;
}

/** A series for each table and load of an integration: a search, since a dashboard finds what appears later. */
export function searchExpression(metric: MetricName, integrationArn: string, period: number): string {
  const schema = [METRIC_NAMESPACE, ...DIMENSIONS].join(",");
  return `SEARCH('{${schema}} MetricName="${metric}" integrationArn="${integrationArn}"', '${METRICS[metric]}', ${period})`;
}
