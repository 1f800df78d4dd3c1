// The JSON Schema of what `zero-etl status --json` prints.
import { EXIT_STATUSES } from "./exit-status";
import type { Basis, Deadline, IntegrationStatus, StatusError, StatusReport, TableStatus } from "./report";
import { REPORT_VERSION } from "./report";
import { OUTCOMES } from "./states";

const text = (description: string) => ({ type: "string", description });
const moment = (description: string) => ({ type: "string", format: "date-time", description });
const number = (description: string) => ({ type: "number", description });

/** One schema per member: a member without one, or one that is no member, does not compile. */
type Members<T> = { readonly [K in keyof T]-?: object };

const BASES: Readonly<Record<Basis, string>> = {
  created: "when it was created",
  observed: "seen by this command",
  "first-failure": "the first ingestion that failed after the last one that succeeded",
  "last-success": "the last ingestion that succeeded: the state began later",
};
const BASIS = { enum: Object.keys(BASES), description: "What the moment is known from." };
const OUTCOME = { enum: [...OUTCOMES], description: "What the state means, the worst first." };

const SINCE: Members<NonNullable<IntegrationStatus["since"]>> = {
  at: moment("When the state began, as far as anything tells."),
  basis: BASIS,
};

const DEADLINE: Members<Deadline> = {
  at: moment("When AWS gives up."),
  hoursLeft: number("Whole hours until then; below zero: AWS may give up at any moment."),
  basis: BASIS,
  atLeast: { type: "boolean", description: "Whether it may also be later." },
};

const ERROR: Members<StatusError> = {
  code: text("Code of AWS."),
  message: text("Message of AWS."),
  cause: text("What the error means, where it is known."),
  remedy: text("What helps, where it is known."),
  entry: text("Entry of docs/errors.md."),
};

const LATE = {
  type: "boolean",
  description: "Whether the data is older than three refresh intervals; absent where that is not known.",
};

const TABLE: Members<TableStatus> = {
  table: text("Name of the source table; empty where AWS names none."),
  lastSync: moment("Until when the data of the source is in the target."),
  lagSeconds: number("How long ago that was."),
  late: LATE,
  failingSince: moment("The first ingestion that failed after the last one that succeeded."),
};

const INTEGRATION: Members<IntegrationStatus> = {
  name: text("Name in AWS."),
  from: text("Stack that declares it, or its Terraform address."),
  arn: text("ARN of the integration."),
  api: { enum: ["glue", "redshift"], description: "The API that it was made with." },
  environment: text("Label of its environment."),
  region: text("Region."),
  account: text("Account, 12 digits."),
  source: text("ARN of the source."),
  target: text("ARN of the target."),
  state: text("State as AWS writes it; MISSING: there is none; UNREAD: it could not be read."),
  outcome: OUTCOME,
  passes: {
    const: true,
    description: "UNREAD, and it may be read in a while: AWS throttles, or the network is gone.",
  },
  created: moment("When it was created."),
  since: object(SINCE, ["at", "basis"], "When the state began."),
  errors: { type: "array", items: object(ERROR, ["code", "message"], "An error that AWS reports.") },
  lastSync: moment("Until when the data of every table is in the target: the oldest of its tables."),
  lagSeconds: number("How long ago that was."),
  refreshInterval: number("Minutes between two syncs, where they are known."),
  late: { ...LATE, description: "Whether the data of a table is late; absent where that is not known." },
  tables: { type: "array", items: object(TABLE, ["table"], "A table that AWS has metrics of.") },
  deadline: object(
    DEADLINE,
    ["at", "hoursLeft", "basis", "atLeast"],
    "The end of the days in which AWS tries again.",
  ),
  unknown: { type: "array", items: { type: "string" }, description: "What could not be found out, and why." },
  next: text("What to do."),
};

const REPORT: Members<StatusReport> = {
  version: { const: REPORT_VERSION },
  at: moment("When it was looked at."),
  outcome: { ...OUTCOME, description: "The worst of all integrations." },
  exitStatus: { enum: Object.keys(EXIT_STATUSES).map(Number), description: "Exit status of the command." },
  integrations: {
    type: "array",
    items: object(
      INTEGRATION,
      ["name", "api", "region", "state", "outcome", "errors", "tables", "unknown", "next"],
      "An integration.",
    ),
  },
};

/** The schema as it is published; later versions of the package may add members. */
export function statusSchema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "cdktf-glue-zero-etl status",
    ...object(
      REPORT,
      ["version", "at", "outcome", "exitStatus", "integrations"],
      "The status of some integrations.",
    ),
  };
}

function object(
  properties: Readonly<Record<string, object>>,
  required: readonly string[],
  description: string,
): object {
  return { type: "object", description, properties, required };
}
