// From what was read to what it means.
import { knownError } from "../facts/errors";
import { LOG_GROUPS, RETRY_DAYS } from "../facts/monitoring";
import { deniedAction, reportedErrors } from "../operator/aws-error";
import type { ReportedError } from "../operator/protocol";
import type { DescribedIntegration } from "./clients";
import { exitStatusOf } from "./exit-status";
import { isLate, refreshInterval } from "./lateness";
import { earliest } from "./metrics";
import type { TableSync } from "./metrics";
import type { Reading, Unread } from "./read";
import { REPORT_VERSION } from "./report";
import type { Basis, Deadline, IntegrationStatus, StatusError, StatusReport, TableStatus } from "./report";
import type { Outcome } from "./states";
import { stateFacts, worstOf } from "./states";

/** What readings mean now; a report of a minute ago tells which states began meanwhile. */
export function assess(readings: readonly Reading[], now: Date, before?: StatusReport): StatusReport {
  const integrations = readings.map((reading, index) =>
    assessOne(reading, now, before === undefined ? undefined : before.integrations[index]),
  );
  const outcome = worstOf(integrations.map((one) => one.outcome));
  return {
    version: REPORT_VERSION,
    at: now.toISOString(),
    outcome,
    exitStatus: exitStatusOf(integrations),
    integrations,
  };
}

function assessOne(reading: Reading, now: Date, before: IntegrationStatus | undefined): IntegrationStatus {
  const { wanted, account, integration, unread } = reading;
  const { name, from, arn, api, place } = wanted;
  const common = {
    name,
    ...(from !== undefined && { from }),
    api,
    ...(place.environment !== undefined && { environment: place.environment }),
    region: place.region,
    ...((place.account ?? account) !== undefined && { account: place.account ?? account ?? "" }),
  };
  if (integration === undefined) {
    return {
      ...common,
      ...(arn !== undefined && { arn }),
      errors: [],
      tables: [],
      ...(unread === undefined ? missing(from, arn) : unreadStatus(unread)),
    };
  }
  const state = (integration.Status ?? "UNKNOWN").toUpperCase();
  const { outcome, next } = stateFacts(state);
  const tables = reading.tables ?? [];
  const interval = refreshInterval(integration);
  const told = tables.map((table) => tableOf(table, now, interval));
  const late = lateOf(told);
  const since = sinceOf(state, reading, now, before);
  const oldest = tables.every(({ syncedUntil }) => syncedUntil !== undefined)
    ? earliest(tables.flatMap(({ syncedUntil }) => syncedUntil ?? []))
    : undefined;
  const deadline = state === "NEEDS_ATTENTION" ? deadlineOf(since, now) : undefined;
  return {
    ...common,
    name: integration.IntegrationName ?? name,
    ...(integration.IntegrationArn !== undefined && { arn: integration.IntegrationArn }),
    ...(integration.SourceArn !== undefined && { source: integration.SourceArn }),
    ...(integration.TargetArn !== undefined && { target: integration.TargetArn }),
    state,
    outcome,
    ...(integration.CreateTime !== undefined && { created: integration.CreateTime.toISOString() }),
    ...(since !== undefined && { since }),
    errors: reportedErrors(integration.Errors).map(errorOf),
    ...syncedUntil(oldest, now),
    ...(interval !== undefined && { refreshInterval: interval }),
    ...(late !== undefined && { late }),
    tables: told,
    ...(deadline !== undefined && { deadline }),
    unknown: unknownOf(state, reading, deadline),
    next: nextOf({ outcome, next, late }, integration),
  };
}

/** What helps where AWS reports no error (user guide, "General troubleshooting guide"). */
const READ_LOGS = `read the log stream of the integration in the log group ${LOG_GROUPS.WithoutSlash}, because AWS reports no error here`;

function nextOf(
  { outcome, next, late }: { outcome: Outcome; next: string; late: boolean | undefined },
  integration: DescribedIntegration,
): string {
  if (isUnexplained(outcome, integration)) return `${READ_LOGS}; ${next}`;
  return outcome === "active" && late === true ? READ_LOGS : next;
}

// One late table makes an integration late; it is in time where every table is.
function lateOf(tables: readonly TableStatus[]): boolean | undefined {
  if (tables.some(({ late }) => late === true)) return true;
  return tables.length > 0 && tables.every(({ late }) => late === false) ? false : undefined;
}

function isUnexplained(outcome: Outcome, { Errors = [] }: DescribedIntegration): boolean {
  return (outcome === "attention" || outcome === "failed") && Errors.length === 0;
}

function missing(from: string | undefined, arn: string | undefined): Omission {
  const apply = from === undefined ? "" : "; terraform apply makes it";
  return {
    state: "MISSING",
    outcome: "gone",
    unknown: [],
    next:
      arn === undefined
        ? `apply the stack ${from ?? ""}: AWS has no such integration`
        : `look whether it was deleted${apply}`,
  };
}

function unreadStatus({ why, passes }: Unread): Omission {
  return {
    state: "UNREAD",
    outcome: "unread",
    ...(passes && { passes: true as const }),
    unknown: [`its state: ${why}`],
    next: passes ? "look again in a minute" : "see that it can be read",
  };
}

type Omission = Pick<IntegrationStatus, "state" | "outcome" | "passes" | "unknown" | "next">;

/** When the state began: AWS does not say, so the closest thing that is known. */
function sinceOf(
  state: string,
  { integration, tables = [] }: Reading,
  now: Date,
  before: IntegrationStatus | undefined,
): IntegrationStatus["since"] {
  const since = (at: Date, basis: Basis) => ({ at: at.toISOString(), basis });
  if (before !== undefined && before.outcome !== "unread") {
    if (before.state !== state) return since(now, "observed");
    if (before.since?.basis === "observed") return before.since;
  }
  const created = integration?.CreateTime;
  if (state === "CREATING") return created === undefined ? undefined : since(created, "created");
  if (state !== "NEEDS_ATTENTION") return undefined;
  const failing = earliest(tables.flatMap(({ failingSince }) => failingSince ?? []));
  if (failing !== undefined) return since(failing, "first-failure");
  const worked = earliest(tables.flatMap(({ lastSuccess }) => lastSuccess ?? []));
  if (worked !== undefined) return since(worked, "last-success");
  const isYoung = created !== undefined && now.getTime() - created.getTime() < RETRY_DAYS * DAY;
  return isYoung ? since(created, "created") : undefined;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function deadlineOf(since: IntegrationStatus["since"], now: Date): Deadline | undefined {
  if (since === undefined) return undefined;
  const end = Date.parse(since.at) + RETRY_DAYS * DAY;
  return {
    at: new Date(end).toISOString(),
    hoursLeft: Math.floor((end - now.getTime()) / HOUR),
    basis: since.basis,
    atLeast: since.basis === "last-success" || since.basis === "created",
  };
}

function errorOf({ code, message }: ReportedError): StatusError {
  const known = knownError(code, message);
  if (known !== undefined) {
    const { id, cause, remedy } = known;
    return { code, message, cause, remedy, entry: id };
  }
  const action = deniedAction(message);
  if (action === undefined) return { code, message };
  return {
    code,
    message,
    remedy: `allow ${action} to the role that the message names`,
    entry: "role-permissions",
  };
}

function syncedUntil(until: Date | undefined, now: Date): { lastSync?: string; lagSeconds?: number } {
  if (until === undefined) return {};
  // Clocks differ by a little; nothing is ahead of its source.
  const seconds = Math.max(0, Math.round((now.getTime() - until.getTime()) / 1000));
  return { lastSync: until.toISOString(), lagSeconds: seconds };
}

function tableOf(
  { table, syncedUntil: until, failingSince }: TableSync,
  now: Date,
  interval: number | undefined,
): TableStatus {
  const sync = syncedUntil(until, now);
  const late = isLate(sync.lagSeconds, interval);
  return {
    table,
    ...sync,
    ...(late !== undefined && { late }),
    ...(failingSince !== undefined && { failingSince: failingSince.toISOString() }),
  };
}

function unknownOf(state: string, reading: Reading, deadline: Deadline | undefined): string[] {
  const { tables, tablesUnread } = reading;
  const silent = (tables ?? []).filter(({ syncedUntil: until }) => until === undefined);
  return [
    ...(tablesUnread === undefined ? [] : [`last sync: ${tablesUnread}`]),
    ...(tables?.length === 0 && state !== "CREATING"
      ? ["last sync: there are no metrics of the last two weeks"]
      : []),
    ...silent.map(
      ({ table }) => `last sync of ${table}: no table of that name was synced in the last two weeks`,
    ),
    ...(state === "NEEDS_ATTENTION" && deadline === undefined
      ? ["time left: AWS does not tell when the state began, and no metric does"]
      : []),
  ];
}
