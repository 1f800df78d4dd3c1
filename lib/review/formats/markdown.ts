// A report as the one comment of a pull request: what matters first, the rest as far as there is room.
import { counted } from "../../counted";
import { mermaid } from "../../graph/mermaid";
import type { FindingLocation } from "../finding";
import type { IntegrationReport, Report, ResourceChange, ReviewedFinding, Verdict } from "../report";
import { changeBlock, changeLine } from "./markdown-changes";
import { code, folded, prose, table } from "./markdown-text";
import type { Format, FormatOptions } from "./format";
import { reportPicture } from "./report-picture";
import { OUTCOMES, VERDICTS, acknowledgementFault, changeCounts, findingCounts, placeText } from "./wording";

/** First line of the comment, by which it is found again and updated; nobody sees it. */
export const COMMENT_MARKER = "<!-- zero-etl-review -->";
/** Characters that a comment of GitHub may have. */
export const COMMENT_LIMIT = 65_536;

// For the last lines of sections, which say what was left out.
const RESERVE = 1_500;

const SIGNS: Readonly<Record<Verdict, string>> = { block: "🛑", warn: "⚠️", info: "ℹ️", clean: "✅" };

/** A part of the comment; entries are kept from the first one on, as many as there is room for. */
interface Section {
  readonly heading?: string;
  /** Written only while there is room. */
  readonly entries: readonly (() => string)[];
  /** What an entry is called when some are left out. */
  readonly noun: string;
}

export const markdown: Format = (report, options) => {
  const head = [COMMENT_MARKER, ...verdict(report)].join("\n\n");
  const foot = `<sub>zero-etl ${options.version}</sub>\n`;
  const sections: readonly Section[] = [
    findings(report, options),
    acknowledged(report),
    faults(report),
    checks(report),
    picture(report),
    ...integrations(report),
    unrelated(report),
  ];
  let room = COMMENT_LIMIT - RESERVE - head.length - foot.length;
  const parts = sections.flatMap((section) => {
    const { text, spent } = fitted(section, room);
    room -= spent;
    return text;
  });
  return [head, ...parts, foot].join("\n\n");
};

function fitted({ heading, entries, noun }: Section, room: number): { text: string[]; spent: number } {
  if (entries.length === 0) return { text: [], spent: 0 };
  const kept: string[] = [];
  let spent = heading === undefined ? 0 : heading.length + 2;
  for (const write of entries) {
    const entry = write();
    if (spent + entry.length + 2 > room) break;
    kept.push(entry);
    spent += entry.length + 2;
  }
  const left = entries.length - kept.length;
  const note = left === 0 ? [] : [`*Left out, because a comment has no more room: ${counted(left, noun)}.*`];
  if (kept.length === 0) return { text: note, spent: 0 };
  return { text: [...(heading === undefined ? [] : [heading]), ...kept, ...note], spent };
}

function verdict(report: Report): string[] {
  return [
    `## ${SIGNS[report.verdict]} zero-ETL review: ${VERDICTS[report.verdict]}`,
    `${findingCounts(report)}`,
    table(
      ["stack", "plan"],
      report.plans.slice(0, 50).map(({ stack, counts }) => [prose(stack), changeCounts(counts)]),
    ),
    ...(report.plans.length > 50 ? [`... and ${report.plans.length - 50} more stacks`] : []),
  ];
}

function findings({ findings: all }: Report, { docs }: FormatOptions): Section {
  return {
    heading: "### Findings",
    noun: "finding",
    entries: all
      .filter(({ acknowledgement }) => acknowledgement === undefined)
      .map((finding) => () => findingBlock(finding, docs)),
  };
}

function findingBlock(finding: ReviewedFinding, docs: string): string {
  const { level, rule, stack, address, attribute, reason, consequence, remedy, page } = finding;
  const about = [
    prose(stack),
    ...(address === "" ? [] : [code(address)]),
    ...(attribute === undefined ? [] : [code(attribute)]),
  ];
  return [
    `${SIGNS[level]} **[${rule}](${docs}${page})** on ${about.join(" ")}`,
    `- **Plan:** ${prose(reason)}`,
    `- **Data:** ${prose(consequence)}`,
    `- **Instead:** ${prose(remedy)}`,
    ...placeLine(finding.location),
  ].join("\n");
}

function placeLine(location: FindingLocation | undefined): string[] {
  const place = location && placeText(location);
  return place === undefined ? [] : [`- **Where:** ${code(place)}`];
}

function acknowledged({ findings: all }: Report): Section {
  const rows = all.flatMap(({ rule, stack, address, reason, acknowledgement }) =>
    acknowledgement === undefined
      ? []
      : [
          [
            rule,
            `${prose(stack)} ${address === "" ? "the whole plan" : code(address)}`,
            prose(reason),
            prose(acknowledgement.reason),
            acknowledgement.expires,
          ],
        ],
  );
  if (rows.length === 0) return { entries: [], noun: "acknowledged finding" };
  const chunks = tablesOf(["rule", "resource", "plan", "accepted because", "until"], rows);
  return {
    noun: "table of acknowledged findings",
    entries: chunks.map(
      (content) => () => folded(`Acknowledged: ${counted(rows.length, "finding")}`, content),
    ),
  };
}

// A table is kept or left out whole, so a long one is cut into several.
function tablesOf(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const tables: string[] = [];
  for (let start = 0; start < rows.length; start += 25)
    tables.push(table(headings, rows.slice(start, start + 25)));
  return tables;
}

function faults({ acknowledgements }: Report): Section {
  return {
    heading: "### Acknowledgements",
    noun: "acknowledgement",
    entries: acknowledgements.flatMap((acknowledgement) => {
      const fault = acknowledgementFault(acknowledgement);
      const { rule, address } = acknowledgement;
      return fault === undefined ? [] : [() => `- ${code(rule)} on ${code(address)} ${fault}`];
    }),
  };
}

// Rules say what a check means; here are the words of the configuration.
function checks({ checks: all }: Report): Section {
  const open = all.filter(({ status }) => status !== "pass");
  const rows = open.map(({ stack, address, status, problems }) => [
    status,
    `${prose(stack)} ${code(address)}`,
    problems.map((problem) => prose(problem)).join("<br>"),
  ]);
  return {
    noun: "table of checks",
    entries: tablesOf(["", "check", "problems"], rows).map(
      (content) => () => folded(`Checks that did not pass, or not yet: ${open.length}`, content),
    ),
  };
}

function picture({ topology }: Report): Section {
  const drawn = reportPicture(topology);
  if (drawn === undefined) return { entries: [], noun: "picture" };
  const { unchanged, tooMany } = drawn;
  const missing = [
    ...(unchanged > 0 ? [`${counted(unchanged, "integration")} without changes`] : []),
    ...(tooMany > 0 ? [`${counted(tooMany, "changed integration")} more`] : []),
  ];
  return {
    heading: "### What flows where",
    noun: "picture",
    entries: [
      () =>
        [
          "```mermaid",
          `${mermaid(drawn.picture)}\`\`\``,
          ...(missing.length === 0 ? [] : ["", `*Not drawn: ${missing.join(", ")}.*`]),
        ].join("\n"),
    ],
  };
}

function integrations(report: Report): Section[] {
  const byId = new Map(report.changes.map((change) => [change.id, change]));
  const shown = new Set<string>();
  const touched = report.integrations.filter(({ changes }) => changes.length > 0);
  const untouched = report.integrations.length - touched.length;
  return [
    {
      heading: "### Changes",
      noun: "integration",
      entries: touched.map((integration) => () => integrationBlock(integration, byId, shown)),
    },
    {
      noun: "line",
      entries:
        untouched === 0
          ? []
          : [
              () =>
                `${counted(untouched, "integration")} ${untouched === 1 ? "stays as it is" : "stay as they are"}.`,
            ],
    },
  ];
}

// A change that touches several integrations is shown once.
function integrationBlock(
  { stack, label, action, source, target, changes }: IntegrationReport,
  byId: ReadonlyMap<string, ResourceChange>,
  shown: Set<string>,
): string {
  const own = changes.flatMap((id) => byId.get(id) ?? []);
  const blocks = own.map((change) => {
    const block = shown.has(change.id) ? `${changeLine(change)} (shown above)` : changeBlock(change);
    shown.add(change.id);
    return block;
  });
  const words = action === "no-op" ? "" : `: ${OUTCOMES[action]}`;
  return folded(
    `<b>${prose(label)}</b> (${prose(stack)})${words}, ${counted(own.length, "change")}`,
    [`${code(source)} to ${code(target)}`, ...blocks].join("\n\n"),
  );
}

function unrelated({ unrelated: ids, changes }: Report): Section {
  const others = new Set(ids);
  const rows = changes
    .filter(({ id }) => others.has(id))
    .map(({ stack, address, title, action }) => [
      OUTCOMES[action],
      prose(title),
      `${prose(stack)} ${code(address)}`,
    ]);
  return {
    noun: "table of other changes",
    entries: tablesOf(["", "what", "resource"], rows).map(
      (content) => () => folded(`Other changes: ${rows.length}`, content),
    ),
  };
}
