// A report for a terminal.
import { counted } from "../../counted";
import type { Level } from "../finding";
import type { Action } from "../plan-view";
import type { Report, ResourceChange, ReviewedFinding } from "../report";
import type { Format, FormatOptions } from "./format";
import {
  VERDICTS,
  acknowledgementFault,
  changeCounts,
  findingCounts,
  oneLine,
  outcome,
  placeText,
  shortened,
  valueText,
} from "./wording";
import { directionSign, statementText } from "./statements";

// A reader scrolls back as far as this; the rest is for the other formats.
const MOST_CHANGES = 40;
const MOST_FIELDS = 12;
const LONGEST_TEXT = 2_000;

const SIGNS: Readonly<Record<Action, string>> = {
  create: "+",
  update: "~",
  replace: "!",
  delete: "-",
  forget: "?",
  move: ">",
  import: "<",
  read: "=",
  "no-op": "=",
};

type Style = "bold" | "red" | "yellow" | "cyan" | "dim";
type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, string>> = { bold: "1", red: "31", yellow: "33", cyan: "36", dim: "2" };
const LEVEL_STYLES: Readonly<Record<Level, Style>> = { block: "red", warn: "yellow", info: "cyan" };

/** The report in lines of the terminal's width; addresses and other words longer than that are left whole. */
export const text: Format = (report, options) => {
  const paint: Paint = (style, words) =>
    options.color === true ? `\u001b[${CODES[style]}m${words}\u001b[0m` : words;
  const sections = [
    summary(report, paint),
    ...report.findings.map((finding) => findingText(finding, options, paint)),
    acknowledgements(report, options),
    changes(report, options, paint),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
};

function summary(report: Report, paint: Paint): string {
  const style: Style =
    report.verdict === "clean" || report.verdict === "info" ? "bold" : LEVEL_STYLES[report.verdict];
  const width = Math.max(0, ...report.plans.map(({ stack }) => stack.length + 1));
  return [
    `${paint("bold", "zero-ETL review:")} ${paint(style, VERDICTS[report.verdict])} (${findingCounts(report)})`,
    ...report.plans.map(
      ({ stack, counts }) => `  ${`${oneLine(stack)}:`.padEnd(width)} ${changeCounts(counts)}`,
    ),
  ].join("\n");
}

function findingText(finding: ReviewedFinding, { columns, docs }: FormatOptions, paint: Paint): string {
  const { acknowledgement, location } = finding;
  const level = acknowledgement === undefined ? finding.level.toUpperCase() : "acknowledged";
  const style = acknowledgement === undefined ? LEVEL_STYLES[finding.level] : "dim";
  const address = finding.address === "" ? "the whole plan" : oneLine(finding.address);
  const details: [string, string | undefined][] = [
    ["field:", finding.attribute],
    ["plan:", finding.reason],
    ["data:", finding.consequence],
    ["instead:", finding.remedy],
    ["where:", location && placeText(location)],
    ["because:", acknowledgement && `${acknowledgement.reason} (until ${acknowledgement.expires})`],
    ["see:", acknowledgement === undefined ? `${docs}${finding.page}` : undefined],
  ];
  return [
    `${paint(style, level)} ${paint("bold", finding.rule)}`,
    `  ${oneLine(finding.stack)}: ${address}`,
    ...details.flatMap(([label, words]) => (words === undefined ? [] : labelled(label, words, columns))),
  ].join("\n");
}

function acknowledgements({ acknowledgements: all }: Report, { columns }: FormatOptions): string {
  return all
    .flatMap((acknowledgement) => {
      const fault = acknowledgementFault(acknowledgement);
      if (fault === undefined) return [];
      const { rule, address, location } = acknowledgement;
      const place = location && placeText(location);
      const words = `${rule} on ${address}${place === undefined ? "" : ` (${place})`} ${fault}`;
      return wrapped(`acknowledgement of ${words}`, columns, "  ");
    })
    .join("\n");
}

function changes({ changes: all }: Report, { columns = 80 }: FormatOptions, paint: Paint): string {
  if (all.length === 0) return "";
  const left = all.length - MOST_CHANGES;
  return [
    paint("bold", "Changes"),
    ...all.slice(0, MOST_CHANGES).flatMap((change) => changeLines(change, columns)),
    ...(left > 0 ? [`  ... and ${counted(left, "more change")}: --format json has them all`] : []),
  ].join("\n");
}

function changeLines(change: ResourceChange, columns: number): string[] {
  const fields = change.fields.map(({ path, before, after }) => {
    if (change.action === "create") return `${path}: ${valueText(after, columns)}`;
    const space = Math.max(32, columns - path.length - 12);
    const [was, is] = [valueText(before, space), valueText(after, space)];
    // Each value has half of the line, and what the other leaves of it.
    const half = Math.floor(space / 2);
    const room = (other: string) => Math.max(half, space - other.length);
    return `${path}: ${shortened(was, room(is))} -> ${shortened(is, room(was))}`;
  });
  const statements = change.policies.flatMap(({ attribute, state, statements: rows }) =>
    state === "known"
      ? rows.map((row) => `${attribute}: ${directionSign(row)} ${statementText(row)}`)
      : [`${attribute}: ${state}`],
  );
  const lines = [...fields, ...statements];
  const left = lines.length - MOST_FIELDS;
  return [
    oneLine(`${SIGNS[change.action]} ${change.stack}: ${change.title}: ${outcome(change, (name) => name)}`),
    ...lines.slice(0, MOST_FIELDS).map((line) => `    ${shortened(oneLine(line), columns - 6)}`),
    ...(left > 0 ? [`    ... and ${left} more`] : []),
  ].map((line) => `  ${line}`);
}

function labelled(label: string, words: string, columns = 80): string[] {
  const indent = " ".repeat(11);
  const [first = "", ...rest] = wrapped(words, columns, indent);
  return [`  ${label.padEnd(9)}${first.trimStart()}`, ...rest];
}

/** Lines of words, all but the first indented; the first leaves room for the same indent. */
function wrapped(words: string, columns = 80, indent = ""): string[] {
  const room = Math.max(20, columns - indent.length);
  const lines: string[] = [];
  for (const word of shortened(oneLine(words), LONGEST_TEXT).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, index) => (index === 0 ? line : `${indent}${line}`));
}
