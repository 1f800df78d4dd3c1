// What CloudWatch, EventBridge and SNS take, each with its source.

/** Minutes; what the condition of an alarm on a Metrics Insights query can look back (CloudWatch user guide, alarm limits). */
export const QUERY_LOOKBACK = 180;

/** Alarms on Metrics Insights queries in an account and region, by default (CloudWatch user guide, alarm limits). */
export const QUERY_ALARMS_PER_REGION = 200;

/** CloudWatch API, PutMetricAlarm.AlarmName. */
export const ALARM_NAME_MAX = 255;

/** Widgets of a dashboard (CloudWatch API reference, dashboard body structure). */
export const DASHBOARD_WIDGETS_MAX = 500;

/** Columns of a dashboard's grid (CloudWatch API reference, dashboard body structure). */
export const DASHBOARD_COLUMNS = 24;

/** Alarms of one alarm status widget (CloudWatch API reference, dashboard body structure). */
export const ALARM_WIDGET_MAX = 100;

/** Metrics and expressions of one graph, hidden ones included (CloudWatch user guide, metric math). */
export const WIDGET_METRICS_MAX = 500;

/** CloudWatch API, pattern of PutDashboard.DashboardName. */
export const DASHBOARD_NAME_PATTERN = /^[A-Za-z0-9_-]{1,255}$/;

/** EventBridge API, pattern of PutRule.Name. */
export const RULE_NAME_PATTERN = /^[.\-_A-Za-z0-9]{1,64}$/;

/** Characters of InputTransformer.InputTemplate (EventBridge API). */
export const INPUT_TEMPLATE_MAX = 8192;

/** Days for which AWS Glue retries before a broken integration is `FAILED` (user guide, "Integration states"). */
export const RETRY_DAYS = 7;
