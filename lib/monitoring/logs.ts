// Where AWS Glue writes the logs of integrations.

/**
 * The log group of every integration of an account and region, which AWS makes where it is missing. The user guide prints the name
 * with a slash at its end, and the path of a stream as group, slash and integration id; users have the group without it. Nobody
 * documents which it is, and an empty group costs nothing.
 */
export const LOG_GROUPS = {
  WithoutSlash: "/aws-glue/zeroETL-integrations/logs",
  WithSlash: "/aws-glue/zeroETL-integrations/logs/",
} as const;
