// The calls to AWS that a status needs, in the words of the APIs; tests answer them without a network.
import type { IntegrationApi } from "../facts/compatibility";

/** Account and region with the credentials that reach them: an environment of a declaration, or those of the shell. */
export interface Place {
  readonly region: string;
  /** 12 digits. @default whatever account the credentials are of */
  readonly account?: string;
  /** Profile of the shared configuration files. @default what the shell says */
  readonly profile?: string;
  readonly assumeRoleArn?: string;
  /** Label of the environment, where a declaration says it. */
  readonly environment?: string;
}

/** An integration as both APIs describe it. */
export interface DescribedIntegration {
  readonly IntegrationArn?: string | undefined;
  readonly IntegrationName?: string | undefined;
  readonly SourceArn?: string | undefined;
  readonly TargetArn?: string | undefined;
  readonly Status?: string | undefined;
  readonly CreateTime?: Date | undefined;
  readonly Errors?:
    | readonly { readonly ErrorCode?: string | undefined; readonly ErrorMessage?: string | undefined }[]
    | undefined;
  readonly IntegrationConfig?:
    | {
        /** Minutes. */
        readonly RefreshInterval?: string | undefined;
        readonly ContinuousSync?: boolean | undefined;
      }
    | undefined;
}

export interface Dimension {
  readonly Name?: string | undefined;
  readonly Value?: string | undefined;
}

/** A metric of one table of an integration. */
export interface Metric {
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly Dimension[] | undefined;
}

export interface MetricQuery {
  readonly id: string;
  readonly metric: Metric;
  readonly statistic: "Maximum" | "Sum";
}

export interface MetricSeries {
  readonly Id?: string | undefined;
  readonly Timestamps?: readonly Date[] | undefined;
  readonly Values?: readonly number[] | undefined;
}

/** The services of one place, page by page. */
export interface StatusClients {
  /** The account of the credentials. */
  account(): Promise<string>;
  /** By ARN, or all of the account and region. */
  integrations(request: {
    readonly api: IntegrationApi;
    readonly arn?: string | undefined;
    readonly marker?: string | undefined;
  }): Promise<{
    readonly integrations: readonly DescribedIntegration[];
    readonly marker?: string | undefined;
  }>;
  /** Metrics of an integration that had a value in the last two weeks. */
  metrics(request: {
    readonly integrationArn: string;
    readonly token?: string | undefined;
  }): Promise<{ readonly metrics: readonly Metric[]; readonly token?: string | undefined }>;
  /** Values of at most 500 metrics. */
  metricData(request: {
    readonly queries: readonly MetricQuery[];
    readonly start: Date;
    readonly end: Date;
    readonly token?: string | undefined;
  }): Promise<{ readonly series: readonly MetricSeries[]; readonly token?: string | undefined }>;
}

export type ClientsOf = (place: Place) => StatusClients;
