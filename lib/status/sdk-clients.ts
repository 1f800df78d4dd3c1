// The services as the AWS SDK calls them, with its standard chain of credentials. It is loaded when a status is read, and by
// nothing else: it takes longer to load than everything else together.
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeIntegrationsCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  DescribeIntegrationsCommand as DescribeRedshiftIntegrationsCommand,
  RedshiftClient,
} from "@aws-sdk/client-redshift";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { Metric, Place, StatusClients } from "./clients";
import { METRIC_NAMESPACE } from "../policy/observability";
import { INTEGRATION_DIMENSION, METRIC_PERIOD } from "./metrics";

// The SDK of this version runs on the Node.js that runs it, whatever later ones will need.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** Times a request is made before throttling, an outage or the network are an error. */
const ATTEMPTS = 6;

/** Milliseconds. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

/** Clients of one place; nothing is sent before the first call. */
export function sdkClients(place: Place): StatusClients {
  const own = {
    region: place.region,
    ...(place.profile !== undefined && { profile: place.profile }),
    maxAttempts: ATTEMPTS,
    retryMode: "adaptive",
    requestHandler: TIMEOUTS,
  };
  const { assumeRoleArn } = place;
  const options = {
    ...own,
    ...(assumeRoleArn !== undefined && { credentials: assumed(assumeRoleArn, own) }),
  };
  const glue = new GlueClient(options);
  const redshift = new RedshiftClient(options);
  const cloudwatch = new CloudWatchClient(options);
  const sts = new STSClient(options);
  return {
    account: async () => {
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      return Account ?? "unknown";
    },
    integrations: async ({ api, arn, marker }) => {
      if (api === "redshift") {
        const { Integrations, Marker } = await redshift.send(
          new DescribeRedshiftIntegrationsCommand({ IntegrationArn: arn, Marker: marker }),
        );
        return { integrations: Integrations ?? [], marker: textOf(Marker) };
      }
      const { Integrations, Marker } = await glue.send(
        new DescribeIntegrationsCommand({ IntegrationIdentifier: arn, Marker: marker }),
      );
      return { integrations: Integrations ?? [], marker: textOf(Marker) };
    },
    metrics: async ({ integrationArn, token }) => {
      const { Metrics = [], NextToken } = await cloudwatch.send(
        new ListMetricsCommand({
          Namespace: METRIC_NAMESPACE,
          Dimensions: [{ Name: INTEGRATION_DIMENSION, Value: integrationArn }],
          NextToken: token,
        }),
      );
      return { metrics: Metrics, token: textOf(NextToken) };
    },
    metricData: async ({ queries, start, end, token }) => {
      const { MetricDataResults = [], NextToken } = await cloudwatch.send(
        new GetMetricDataCommand({
          MetricDataQueries: queries.map(({ id, metric, statistic }) => ({
            Id: id,
            MetricStat: { Metric: metricOf(metric), Period: METRIC_PERIOD, Stat: statistic },
          })),
          StartTime: start,
          EndTime: end,
          NextToken: token,
        }),
      );
      return { series: MetricDataResults, token: textOf(NextToken) };
    },
  };
}

// An empty text is no page to ask for.
function textOf(token: string | undefined): string | undefined {
  return token === "" ? undefined : token;
}

function metricOf({ MetricName, Dimensions = [] }: Metric) {
  return {
    Namespace: METRIC_NAMESPACE,
    MetricName,
    Dimensions: Dimensions.map(({ Name, Value }) => ({ Name, Value })),
  };
}

/** Credentials of a role, as the AWS provider of the environment gets them. */
function assumed(RoleArn: string, own: STSClientConfig) {
  const sts = new STSClient(own);
  return async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "zero-etl-status" }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration !== undefined && { expiration: Expiration }),
    };
  };
}
