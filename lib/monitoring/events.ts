// Which events of integrations a rule matches, and what it makes of them.
import type { DetailType } from "../facts/monitoring";
import { EVENT_SOURCE, NOTIFIED_DETAIL_TYPES, RETRY_DAYS } from "../facts/monitoring";
import type { Json } from "../json";

/**
 * The pattern of a rule: events of every integration of the account and region, because AWS does not document where an event
 * names its integration. The names begin with `AWS`: the pattern that the user guide prints matches none of them.
 */
export function eventPattern(detailTypes: readonly DetailType[] = NOTIFIED_DETAIL_TYPES): Json {
  return { source: [{ prefix: EVENT_SOURCE }], "detail-type": [...detailTypes].sort() };
}

/** Variables of a message and where they come from, and the message: lines of text, each between quotes. */
export interface EventMessage {
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

// A path that an event does not have leaves its variable empty. AWS publishes no sample of an event: the names are those of the
// log messages, and the whole detail follows them.
const INPUT_PATHS = {
  account: "$.account",
  arn: "$.detail.integrationArn",
  code: "$.detail.details.error_code",
  detail: "$.detail",
  error: "$.detail.details.errorMessage",
  kind: "$.detail-type",
  reason: "$.detail.errorMessage",
  region: "$.region",
  resources: "$.resources",
  table: "$.detail.details.tableName",
  tableName: "$.detail.tableName",
  time: "$.time",
} as const;

const LINES = [
  "<kind>",
  "integration: <arn> <resources>",
  "table: <table> <tableName>",
  "reason: <code> <error> <reason>",
  "when and where: <time>, account <account>, <region>",
  `If it needs attention: at the first such event exactly ${RETRY_DAYS * 24} hours are left. AWS retries until they are over, and then fails the integration for good. Mend the cause before; it heals by itself.`,
  "If the integration failed: it cannot be recovered. Delete it and create it again: all data is loaded anew.",
  "Look: aws glue describe-integrations --region <region>",
  "all that the event says: <detail>",
] as const;

/** A message that a person can read. */
export const EVENT_MESSAGE: EventMessage = {
  inputPaths: INPUT_PATHS,
  inputTemplate: LINES.map((line) => `"${line}"`).join("\n"),
};
