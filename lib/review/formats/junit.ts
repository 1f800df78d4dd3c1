// A report as JUnit results: a suite for each stack, a test for each finding and for each rule that found nothing.
import type { Report, ReviewedFinding } from "../report";
import type { Format, FormatOptions } from "./format";
import { fails } from "./format";

/** What fails the run fails here; what is accepted is skipped; everything else passes with what it says. */
export const junit: Format = (report, options) => {
  const suites = report.plans.map(({ stack }) => suite(stack, report, options));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="zero-etl review" ${countsOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(({ stack, cases }) => [
      `  <testsuite name="${xml(stack)}" ${countsOf(cases)} skipped="${count(cases, "skipped")}">`,
      ...cases.map(({ text }) => text),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
};

interface Case {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly text: string;
}

function suite(stack: string, { findings }: Report, options: FormatOptions) {
  const own = findings.filter((finding) => finding.stack === stack);
  const silent = options.rules.filter(({ id }) => own.every(({ rule }) => rule !== id));
  return {
    stack,
    cases: [
      ...own.map((finding) => caseOf(finding, options)),
      ...silent.map(({ id }): Case => ({
        outcome: "passed",
        text: `    <testcase name="${xml(id)}" classname="${xml(stack)}"/>`,
      })),
    ],
  };
}

function caseOf(finding: ReviewedFinding, options: FormatOptions): Case {
  const { rule, stack, address, attribute, level, reason, acknowledgement } = finding;
  const name = [rule, address, attribute].filter((part) => part !== undefined && part !== "").join(" ");
  const text = (content: string) =>
    [
      `    <testcase name="${xml(name)}" classname="${xml(stack)}">`,
      `      ${content}`,
      "    </testcase>",
    ].join("\n");
  if (acknowledgement !== undefined) {
    const because = `${acknowledgement.reason} (until ${acknowledgement.expires})`;
    return { outcome: "skipped", text: text(`<skipped message="${xml(because)}"/>`) };
  }
  const details = xml(detailsOf(finding, options));
  return fails(finding, options.failOn)
    ? {
        outcome: "failed",
        text: text(`<failure type="${level}" message="${xml(reason)}">${details}</failure>`),
      }
    : { outcome: "passed", text: text(`<system-out>${xml(`${level}: `)}${details}</system-out>`) };
}

function detailsOf({ reason, consequence, remedy, page }: ReviewedFinding, { docs }: FormatOptions): string {
  return [reason, `data: ${consequence}`, `instead: ${remedy}`, `see: ${docs}${page}`].join("\n");
}

// The schema of Jenkins allows `skipped` for a suite only.
function countsOf(cases: readonly Case[]): string {
  return `tests="${cases.length}" failures="${count(cases, "failed")}" errors="0"`;
}

function count(cases: readonly Case[], outcome: Case["outcome"]): number {
  return cases.filter((one) => one.outcome === outcome).length;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

// XML 1.0 has no way to write the others.
const NO_CHARACTERS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text that stands for itself in content and in attributes. */
export function xml(text: string): string {
  return text
    .replace(NO_CHARACTERS, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
