// What every role may report about its integrations.
import type { Statement } from "./statement";

/** CloudWatch namespace of every zero-ETL metric. */
export const METRIC_NAMESPACE = "AWS/Glue/ZeroETL";

/** Lets a role write metrics: they have no ARN to name, so AWS binds them to the namespace. */
export const PUT_METRICS: Statement = {
  Sid: "PutMetrics",
  Effect: "Allow",
  Action: ["cloudwatch:PutMetricData"],
  Resource: ["*"],
  Condition: { StringEquals: { "cloudwatch:namespace": [METRIC_NAMESPACE] } },
};

/** Lets a role write logs: AWS documents `*`, and its own spellings of the log group disagree. */
export const WRITE_LOGS: Statement = {
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: ["*"],
};
