// zero-etl review: what plans mean for zero-ETL data.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { version } from "../../package.json";
import { formatIssue } from "../issues";
import { formatLocatedIssues } from "../spec/format";
import type { FailOn, FormatOptions } from "../review/formats";
import { FORMATS, failing } from "../review/formats";
import { readPlan } from "../review/plan/read";
import type { PlanView } from "../review/plan-view";
import type { Acknowledgement, Report } from "../review/report";
import { review as reviewPlans } from "../review/review";
import { REVIEW_RULES } from "../review/rules";
import { viewOf } from "../review/view";
import { declarationLines, locator, stackFile } from "./construct-places";
import type { DeclarationLines } from "./construct-places";
import type { FormatArgument } from "./format-arguments";
import { formatFault } from "./format-arguments";
import { loaded } from "./loaded";
import { pagesOf } from "./pages";
import type { PlanArgument } from "./plan-arguments";
import { STDIN, planArguments } from "./plan-arguments";
import type { ExitStatus, Terminal } from "./terminal";
import { CLEAN, FAILED, FOUND, wantsColor } from "./terminal";

/** What the user asks of a review. */
export interface ReviewRequest {
  readonly formats: readonly FormatArgument[];
  readonly failOn: FailOn;
  /** File of acknowledgements. @default `zero-etl-acknowledgements.yaml`, where it exists */
  readonly acknowledge?: string;
  /** Folder that cdktf synth wrote. @default beside the plan or `cdktf.out`, where they exist */
  readonly synth?: string;
  /** Where the pages of the documentation are. @default those of this version */
  readonly docs?: string;
}

const ACKNOWLEDGEMENTS = "zero-etl-acknowledgements.yaml";
/** What ends a review before there is a report; it has been printed. */
class CannotReview extends Error {}

/** Reviews plans together and writes the report in every format that is asked for. */
export function review(words: readonly string[], request: ReviewRequest, terminal: Terminal): ExitStatus {
  try {
    const plans = argumentsOf(words, request, terminal);
    const acknowledgements = acknowledgementsOf(request, terminal);
    const views = plans.views.map((view) => view());
    const report = reviewPlans(views, acknowledgements, { today: terminal.today });
    writeReport(report, optionsOf(plans.files, request, terminal), request, terminal);
    return failing(report, request.failOn).length > 0 ? FOUND : CLEAN;
  } catch (thrown) {
    if (!(thrown instanceof CannotReview)) throw thrown;
    return FAILED;
  }
}

function refuse(terminal: Terminal, message: string): never {
  terminal.err(`error: ${message}\n`);
  throw new CannotReview(message);
}

interface Plans {
  /** Each is read when it is asked for, so that one text at a time is in memory. */
  readonly views: readonly (() => PlanView)[];
  readonly files: Readonly<Record<string, string>>;
}

function argumentsOf(words: readonly string[], request: ReviewRequest, terminal: Terminal): Plans {
  const { plans, fault } = planArguments(words, terminal.cwd);
  const wrong = fault ?? formatFault(request.formats) ?? synthFault(request, terminal);
  if (wrong !== undefined) return refuse(terminal, wrong);
  let lines: DeclarationLines | undefined | "unread" = "unread";
  const declaration = () =>
    lines === "unread" ? (lines = declarationLines(terminal.env, terminal.cwd)) : lines;
  return {
    files: Object.fromEntries(
      plans.map(({ stack, file }) => [stack, file === STDIN ? `${stack}.json` : file]),
    ),
    views: plans.map((plan) => () => readView(plan, request, declaration, terminal)),
  };
}

function synthFault({ synth }: ReviewRequest, { cwd }: Terminal): string | undefined {
  if (synth === undefined || existsSync(resolve(cwd, synth, "stacks"))) return undefined;
  return `${synth} is not what cdktf synth wrote: it has no folder stacks`;
}

function readView(
  plan: PlanArgument,
  { synth }: ReviewRequest,
  declaration: () => DeclarationLines | undefined,
  terminal: Terminal,
): PlanView {
  const name = plan.file === STDIN ? "standard input" : plan.file;
  const read = readPlan(bytesOf(plan.file, terminal));
  if (read.issue === undefined) {
    const written = stackFile(plan, synth, terminal.cwd);
    const view = viewOf(
      plan.stack,
      read.value,
      written === undefined ? {} : { locate: locator(plan.stack, written, declaration()) },
    );
    if (view.issue === undefined) return view.value;
    terminal.err(`${formatIssue(view.issue, name)}\n`);
  } else {
    terminal.err(`${formatIssue(read.issue, name)}\n`);
  }
  throw new CannotReview(name);
}

function bytesOf(file: string, terminal: Terminal): Uint8Array {
  try {
    return file === STDIN ? terminal.stdin() : readFileSync(resolve(terminal.cwd, file));
  } catch (thrown) {
    return refuse(terminal, `${file} cannot be read: ${reasonOf(thrown)}`);
  }
}

function acknowledgementsOf({ acknowledge }: ReviewRequest, terminal: Terminal): readonly Acknowledgement[] {
  const file = acknowledge ?? ACKNOWLEDGEMENTS;
  const path = resolve(terminal.cwd, file);
  if (acknowledge === undefined && !existsSync(path)) return [];
  const text = new TextDecoder().decode(bytesOf(file, terminal));
  const { parseAcknowledgements } = loaded.acknowledgements();
  const { acknowledgements, issues } = parseAcknowledgements(
    text,
    file,
    REVIEW_RULES.map(({ id }) => id),
  );
  if (issues.length > 0) terminal.err(`${formatLocatedIssues(issues)}\n`);
  if (acknowledgements === undefined) throw new CannotReview(file);
  return acknowledgements;
}

function optionsOf(
  planFiles: FormatOptions["planFiles"],
  { failOn, docs }: ReviewRequest,
  terminal: Terminal,
): FormatOptions {
  return {
    version,
    failOn,
    planFiles,
    rules: REVIEW_RULES,
    docs: pagesOf(docs),
    ...(terminal.columns !== undefined && { columns: Math.min(terminal.columns, 120) }),
  };
}

function writeReport(
  report: Report,
  options: FormatOptions,
  { formats }: ReviewRequest,
  terminal: Terminal,
): void {
  for (const { format, file } of formats) {
    if (file === undefined)
      terminal.out(FORMATS[format](report, { ...options, color: wantsColor(terminal) }));
    else writeFile(file, FORMATS[format](report, { ...options, columns: 80 }), terminal);
  }
}

function writeFile(file: string, text: string, terminal: Terminal): void {
  const path = resolve(terminal.cwd, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (thrown) {
    refuse(terminal, `${file} cannot be written: ${reasonOf(thrown)}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "a part of its path is no folder",
};

function reasonOf(thrown: unknown): string {
  const { code = "", message } = thrown as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
