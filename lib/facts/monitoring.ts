// What AWS Glue reports of integrations, and what CloudWatch and EventBridge take.

/** Days for which AWS Glue retries before a broken integration is `FAILED` (user guide, "Integration states"). */
export const RETRY_DAYS = 7;

/** Dimensions of every metric. AWS documents no value of `loadType`, so that no metric can be named by all three. */
export const DIMENSIONS = ["integrationArn", "loadType", "tableName"] as const;

/** Every metric, with the statistic that means something (user guide, "Viewing Amazon CloudWatch metrics for an integration"). */
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

/** What the source of every event begins with (user guide, "Managing event notifications with Amazon EventBridge"). */
export const EVENT_SOURCE = "aws.glue-zero-etl";

/** Every kind of event, and whether somebody should hear of it. */
export const DETAIL_TYPES = {
  "AWS Glue Zero ETL Ingestion Completed": false,
  "AWS Glue Zero ETL Ingestion Failed": true,
  "AWS Glue Zero ETL Ingestion In Progress": false,
  "AWS Glue Zero ETL Integration Failed": true,
  "AWS Glue Zero ETL Integration Needs Attention": true,
  "AWS Glue Zero ETL Integration Resynced": true,
} as const;

export type DetailType = keyof typeof DETAIL_TYPES;

/** The kinds of events that somebody should hear of. */
export const NOTIFIED_DETAIL_TYPES = (Object.keys(DETAIL_TYPES) as DetailType[]).filter(
  (type) => DETAIL_TYPES[type],
);

/**
 * The log group of every integration of an account and region, which AWS makes where it is missing. The user guide prints the name
 * with a slash at its end, and the path of a stream as group, slash and integration id; users have the group without it. Nobody
 * documents which it is, and an empty group costs nothing.
 */
export const LOG_GROUPS = {
  WithoutSlash: "/aws-glue/zeroETL-integrations/logs",
  WithSlash: "/aws-glue/zeroETL-integrations/logs/",
} as const;

/** Minutes; what the condition of an alarm on a Metrics Insights query can look back (CloudWatch user guide, alarm limits). */
export const QUERY_LOOKBACK = 180;

/** Alarms on Metrics Insights queries in an account and region, by default (CloudWatch user guide, alarm limits). */
export const QUERY_ALARMS_PER_REGION = 200;

/** CloudWatch API, PutMetricAlarm.AlarmName. */
export const ALARM_NAME_MAX = 255;

/** Actions of an alarm for one state (CloudWatch API, PutMetricAlarm.AlarmActions and OKActions). */
export const ALARM_ACTIONS_MAX = 5;

/** Widgets of a dashboard (CloudWatch API reference, dashboard body structure). */
export const DASHBOARD_WIDGETS_MAX = 500;

/** Columns of a dashboard's grid (CloudWatch API reference, dashboard body structure). */
export const DASHBOARD_COLUMNS = 24;

/** Alarms of one alarm status widget (CloudWatch API reference, dashboard body structure). */
export const ALARM_WIDGET_MAX = 100;

/** Searches of one graph (CloudWatch user guide, search expression syntax). */
export const SEARCHES_PER_GRAPH = 100;

/** Metrics and expressions of one graph, hidden ones included (CloudWatch user guide, metric math). */
export const GRAPH_METRICS_MAX = 500;

/** Metrics of a dashboard, all that searches find included (CloudWatch user guide, service quotas). */
export const DASHBOARD_METRICS_MAX = 2500;

/** CloudWatch API, pattern of PutDashboard.DashboardName. */
export const DASHBOARD_NAME_PATTERN = /^[A-Za-z0-9_-]{1,255}$/;

/** EventBridge API, pattern of PutRule.Name. */
export const RULE_NAME_PATTERN = /^[.\-_A-Za-z0-9]{1,64}$/;

/** Targets of a rule (EventBridge API, PutTargets). */
export const TARGETS_PER_RULE = 5;

/** EventBridge API, pattern of Target.Id. */
export const TARGET_ID_PATTERN = /^[.\-_A-Za-z0-9]{1,64}$/;

/** Key of AWS for encrypted topics, whose policy nobody can change (SNS developer guide, "Encryption at rest"). */
export const AWS_TOPIC_KEY = "alias/aws/sns";

/** Characters of InputTransformer.InputTemplate (EventBridge API). */
export const INPUT_TEMPLATE_MAX = 8192;
