// A status for a terminal: a table of everything, then what to do about whatever is not active.
import { counted } from "../counted";
import { RETRY_DAYS } from "../facts/monitoring";
import { STALE_INTERVALS } from "../monitoring/alarms";
import type { Basis, Deadline, IntegrationStatus, StatusReport, TableStatus } from "./report";
import type { Outcome } from "./states";
import { OUTCOMES } from "./states";
import { columnsOf, duration, moment, padded, plain, wrap } from "./words";

export interface TextOptions {
  /** Characters of a line, from 40; below 60 there is no room for the moment of the last sync. @default 80 */
  readonly columns?: number;
  readonly color?: boolean;
  /** Where docs/errors.md is, with a slash at its end. */
  readonly docs: string;
}

const STATE_WIDTH = 15;
const MOMENT_WIDTH = 16;
const LAG_WIDTH = 6;
const GAP = "  ";
const MIN_COLUMNS = 40;
/** Below it the lag has to do. */
const MOMENT_FROM = 60;

/** The status as text, with a line break at its end. */
export function statusText(report: StatusReport, options: TextOptions): string {
  const { integrations } = report;
  if (integrations.length === 0) return "no integrations\n";
  const columns = Math.max(MIN_COLUMNS, options.columns ?? 80);
  const page = { columns, color: options.color === true, docs: options.docs };
  const blocks = [
    headline(report, page),
    ...places(integrations).map(([place, members]) => placeTable(place, members, page)),
    ...integrations.filter(hasDetails).map((one) => details(one, page)),
    unknowns(integrations, page),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

// What is well, and what nothing is known of, is told by its line.
function hasDetails({ outcome, late }: IntegrationStatus): boolean {
  return outcome === "active" ? late === true : outcome !== "unread";
}

interface Page {
  readonly columns: number;
  readonly color: boolean;
  readonly docs: string;
}

const COUNTED: Readonly<Record<Outcome, string>> = {
  active: "active",
  progress: "in progress",
  attention: "needs attention",
  failed: "failed",
  gone: "gone",
  unread: "not read",
};

function headline({ integrations, at }: StatusReport, { columns }: Page): string[] {
  const parts = [...OUTCOMES].reverse().flatMap((outcome) => {
    const many = integrations.filter((one) => one.outcome === outcome).length;
    if (many === 0) return [];
    const late = integrations.filter(isLateActive).length;
    const counted = `${many} ${many > 1 && outcome === "attention" ? "need attention" : COUNTED[outcome]}`;
    return [outcome === "active" && late > 0 ? `${counted} (${late} late)` : counted];
  });
  const left = `${counted(integrations.length, "integration")}: ${parts.join(", ")}`;
  const right = `${moment(at)} UTC`;
  const room = columns - right.length;
  return left.length + 2 > room ? [...wrap(left, columns), right] : [`${left.padEnd(room)}${right}`];
}

function isLateActive({ outcome, late }: IntegrationStatus): boolean {
  return outcome === "active" && late === true;
}

function places(integrations: readonly IntegrationStatus[]): [string, IntegrationStatus[]][] {
  const byPlace = new Map<string, IntegrationStatus[]>();
  for (const one of integrations) {
    const { environment, region, account } = one;
    const where = `${region}, account ${account ?? "unknown"}`;
    const place = environment === undefined ? where : `${environment}: ${where}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
  }
  return [...byPlace];
}

function placeTable(place: string, members: readonly IntegrationStatus[], page: Page): string[] {
  return [
    place,
    "",
    ...row(["integration", "state", "last sync", "lag"], page),
    ...members.flatMap((one) => [
      ...row([plain(one.name), stateText(one), syncText(one), lagText(one)], page, toneOf(one)),
      ...tableRows(one.tables).flatMap((table) =>
        row(
          [
            `  ${tableName(table)}`,
            table.failingSince !== undefined ? "failing" : table.late === true ? "late" : "",
            syncText(table),
            lagText(table),
          ],
          page,
        ),
      ),
    ]),
  ];
}

function stateText(one: IntegrationStatus): string {
  return isLateActive(one) ? `${plain(one.state)}, late` : plain(one.state);
}

// Late data is no state of AWS, and worth a look all the same.
function toneOf(one: IntegrationStatus): Outcome {
  return isLateActive(one) ? "attention" : one.outcome;
}

// A single table that is well says nothing more than its integration.
function tableRows(tables: readonly TableStatus[]): readonly TableStatus[] {
  return tables.length > 1 || tables.some(({ failingSince }) => failingSince !== undefined) ? tables : [];
}

function tableName({ table }: TableStatus): string {
  return table === "" ? "(every table)" : plain(table);
}

function syncText({ lastSync }: { readonly lastSync?: string }): string {
  return lastSync === undefined ? "-" : moment(lastSync);
}

function lagText({ lagSeconds }: { readonly lagSeconds?: number }): string {
  return lagSeconds === undefined ? "-" : duration(lagSeconds);
}

function row(
  [name, state, sync, lag]: [string, string, string, string],
  page: Page,
  outcome?: Outcome,
): string[] {
  const shown = state.padEnd(STATE_WIDTH);
  const columns = [
    [outcome === undefined ? shown : painted(shown, outcome, page), STATE_WIDTH],
    ...(page.columns < MOMENT_FROM ? [] : [[sync.padEnd(MOMENT_WIDTH), MOMENT_WIDTH] as const]),
    [lag.padEnd(LAG_WIDTH), LAG_WIDTH],
  ] as const;
  const cells = columns.map(([text]) => text).join(GAP);
  const width = columns.reduce((left, [, taken]) => left - taken - GAP.length, page.columns - 2);
  const line = (first: string) => `  ${padded(first, width)}${GAP}${cells}`.trimEnd();
  return columnsOf(name) <= width ? [line(name)] : [`  ${name}`, line("")];
}

const COLORS: Readonly<Record<Outcome, number>> = {
  active: 32,
  progress: 36,
  attention: 33,
  failed: 31,
  gone: 31,
  unread: 35,
};

function painted(text: string, outcome: Outcome, { color }: Page): string {
  return color ? `\u001b[${COLORS[outcome]}m${text}\u001b[0m` : text;
}

function details(one: IntegrationStatus, page: Page): string[] {
  const facts: [string, string][] = [
    ...(one.from === undefined ? [] : [fact("from", one.from)]),
    ...(one.arn === undefined ? [] : [fact("arn", one.arn)]),
    ...(one.since === undefined ? [] : [fact("since", sinceText(one.since, one.state))]),
    ...one.errors.flatMap(({ code, message, cause, remedy, entry }) => [
      fact("error", message === "" ? code : `${code}: ${message}`),
      ...(cause === undefined ? [] : [fact("cause", cause)]),
      ...(remedy === undefined ? [] : [fact("remedy", remedy)]),
      ...(entry === undefined ? [] : [fact("see", `${page.docs}errors.md#${entry}`)]),
    ]),
    ...(isLateActive(one)
      ? [fact("late", lateText(one)), fact("see", `${page.docs}errors.md#late-data`)]
      : []),
    ...(one.deadline === undefined ? [] : [fact("left", leftText(one.deadline))]),
    ...one.unknown.map((text) => fact("unknown", text)),
    fact("next", one.next),
  ];
  const heading = `${plain(one.name)}: ${painted(stateText(one), toneOf(one), page)}`;
  return [heading, ...facts.flatMap(([label, text]) => labelled(label, text, page))];
}

function fact(label: string, text: string): [string, string] {
  return [label, text];
}

function labelled(label: string, text: string, { columns }: Page): string[] {
  return wrap(text, columns - 11).map((line, index) => `  ${(index === 0 ? label : "").padEnd(9)}${line}`);
}

function lateText({ tables, refreshInterval = 0 }: IntegrationStatus): string {
  const late = tables.filter((table) => table.late === true).length;
  const what = tables.length === 1 ? "the data is" : `the data of ${late} of ${tables.length} tables is`;
  return `${what} older than ${STALE_INTERVALS} refresh intervals of ${counted(refreshInterval, "minute")}`;
}

const HOW: Readonly<Record<Basis, string>> = {
  created: "when it was created",
  observed: "seen by this command",
  "first-failure": "the first ingestion that failed after the last one that succeeded",
  "last-success": "the last ingestion that succeeded",
};

function sinceText({ at, basis }: NonNullable<IntegrationStatus["since"]>, state: string): string {
  const isLater = basis === "last-success" || (basis === "created" && state !== "CREATING");
  const word = isLater ? "after " : basis === "first-failure" ? "about " : "";
  return `${word}${moment(at)} UTC (${HOW[basis]})`;
}

function leftText({ at, hoursLeft, basis, atLeast }: Deadline): string {
  const tries = `AWS tries for ${RETRY_DAYS} days`;
  if (hoursLeft < 0)
    return `nothing that is certain: ${tries}, they ended ${moment(at)} UTC as far as is known, and it may give up at any moment`;
  const word = atLeast ? "at least " : basis === "observed" ? "" : "about ";
  const end = atLeast ? "not before " : basis === "observed" ? "at " : "about ";
  return `${word}${counted(hoursLeft, "hour")}: ${tries}, and gives up for good ${end}${moment(at)} UTC`;
}

// What is not known of several for one reason is said once.
function unknowns(integrations: readonly IntegrationStatus[], page: Page): string[] {
  const byText = new Map<string, string[]>();
  for (const one of integrations) {
    if (hasDetails(one)) continue;
    const { name, unknown } = one;
    for (const text of unknown) byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  if (byText.size === 0) return [];
  return [
    "not known",
    ...[...byText].flatMap(([text, names]) =>
      wrap(`${names.join(", ")}: ${text}`, page.columns - 4).map(
        (line, index) => `  ${index === 0 ? "" : "  "}${line}`,
      ),
    ),
  ];
}
