// What a status says, as data: this is what --json prints, and what every other form of output is made from.
import type { IntegrationApi } from "../facts/compatibility";
import type { Outcome } from "./states";

/** Version of the report's shape; members may be added within one. */
export const REPORT_VERSION = 1;

/** The status of some integrations at one moment. Moments are ISO 8601 in UTC. */
export interface StatusReport {
  readonly version: typeof REPORT_VERSION;
  readonly at: string;
  /** The worst of all integrations; `active` where there are none. */
  readonly outcome: Outcome;
  readonly exitStatus: number;
  readonly integrations: readonly IntegrationStatus[];
}

/** How a moment was found out. */
export type Basis =
  /** AWS tells when the integration was made. */
  | "created"
  /** The state changed while this command looked. */
  | "observed"
  /** The first ingestion that failed after the last one that succeeded, to a quarter of an hour. */
  | "first-failure"
  /** The last ingestion that succeeded: the state began later than that. */
  | "last-success";

/** One integration. */
export interface IntegrationStatus {
  readonly name: string;
  /** Stack that declares it, or its Terraform address. */
  readonly from?: string;
  readonly arn?: string;
  readonly api: IntegrationApi;
  readonly environment?: string;
  readonly region: string;
  readonly account?: string;
  readonly source?: string;
  readonly target?: string;
  /** As AWS writes it; `MISSING` and `UNREAD` are ours. */
  readonly state: string;
  readonly outcome: Outcome;
  /** Of what could not be read: it may be read in a while, since AWS throttles or the network is gone. */
  readonly passes?: true;
  readonly created?: string;
  /** When the state began, as far as anything tells. */
  readonly since?: { readonly at: string; readonly basis: Basis };
  readonly errors: readonly StatusError[];
  /** Until when the data of every table is in the target: the oldest of its tables. */
  readonly lastSync?: string;
  readonly lagSeconds?: number;
  /** Minutes between two syncs, where they are known. */
  readonly refreshInterval?: number;
  /** Whether the data of a table is older than three of those intervals; absent where that cannot be known. */
  readonly late?: boolean;
  readonly tables: readonly TableStatus[];
  /** When AWS gives up, where the integration needs attention and the beginning of that is known. */
  readonly deadline?: Deadline;
  /** What could not be found out, and why. */
  readonly unknown: readonly string[];
  readonly next: string;
}

/** The end of the seven days in which AWS tries again. */
export interface Deadline {
  readonly at: string;
  /** Below zero: AWS may give up at any moment. */
  readonly hoursLeft: number;
  readonly basis: Basis;
  /** Whether it may also be later, because the state began after the moment it is counted from. */
  readonly atLeast: boolean;
}

/** An error that AWS reports, with what is known of it. */
export interface StatusError {
  readonly code: string;
  readonly message: string;
  readonly cause?: string;
  readonly remedy?: string;
  /** Entry of docs/errors.md. */
  readonly entry?: string;
}

export interface TableStatus {
  readonly table: string;
  readonly lastSync?: string;
  readonly lagSeconds?: number;
  readonly late?: boolean;
  /** Since when its ingestions fail. */
  readonly failingSince?: string;
}
