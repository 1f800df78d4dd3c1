// How alarms and dashboards ask for the metrics of an integration.
import type { MetricName } from "../facts/monitoring";
import { DIMENSIONS, METRICS } from "../facts/monitoring";
import { METRIC_NAMESPACE } from "../policy/observability";

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
