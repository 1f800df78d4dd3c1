// A report as workflow commands, which GitHub shows as annotations of the run and of the changed lines.
import type { Level } from "../finding";
import type { ReviewedFinding } from "../report";
import type { Format, FormatOptions } from "./format";
import { acknowledgementFault, oneLine } from "./wording";

const COMMANDS: Readonly<Record<Level, string>> = { block: "error", warn: "warning", info: "notice" };

/** A line for each finding, the gravest first, because GitHub shows ten of each kind; what is accepted is a notice. */
export const github: Format = (report, options) =>
  [
    ...report.findings.map((finding) => findingCommand(finding, options)),
    ...report.acknowledgements.flatMap((acknowledgement) => {
      const fault = acknowledgementFault(acknowledgement);
      const { rule, address, state, location } = acknowledgement;
      if (fault === undefined) return [];
      const properties = { ...placeOf(location), title: `acknowledgement of ${rule}` };
      const kind = state === "expired" ? "warning" : "notice";
      return [command(kind, properties, `the acknowledgement of ${rule} on ${address} ${fault}`)];
    }),
  ]
    .map((line) => `${line}\n`)
    .join("");

function findingCommand(finding: ReviewedFinding, { docs }: FormatOptions): string {
  const { level, rule, stack, address, reason, consequence, remedy, page, location, acknowledgement } =
    finding;
  const kind = acknowledgement === undefined ? COMMANDS[level] : "notice";
  const lines = [
    oneLine([stack, address, reason].filter((part) => part !== "").join(": ")),
    `data: ${oneLine(consequence)}`,
    `instead: ${oneLine(remedy)}`,
    acknowledgement === undefined
      ? `see: ${docs}${page}`
      : `acknowledged: ${oneLine(acknowledgement.reason)} (until ${acknowledgement.expires})`,
  ];
  return command(kind, { ...placeOf(location), title: `${rule} (${level})` }, lines.join("\n"));
}

function placeOf(location: ReviewedFinding["location"]): Record<string, string> {
  if (location?.file === undefined) return {};
  return { file: location.file, ...(location.line !== undefined && { line: String(location.line) }) };
}

function command(kind: string, properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${kind} ${written.join(",")}::${escapeData(message)}`;
}

// As the runner's own toolkit escapes them.
function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
