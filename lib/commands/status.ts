// zero-etl status: how integrations are, live.
import { counted } from "../counted";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatLocatedIssues, loadDeclaration } from "../spec";
import { assess } from "../status/assess";
import { changeLines } from "../status/changes";
import type { ClientsOf } from "../status/clients";
import type { StatusExit } from "../status/exit-status";
import type { Clock } from "../status/follow";
import { follow } from "../status/follow";
import { readStatus } from "../status/read";
import type { StatusReport } from "../status/report";
import { statusText } from "../status/text";
import type { Wanted } from "../status/wanted";
import { wantedOfArn, wantedOfDeclaration } from "../status/wanted";
import { wantedOfState } from "../status/terraform-state";
import { pagesOf } from "./pages";
import { Screen } from "./screen";
import type { Terminal } from "./terminal";
import { FAILED, wantsColor } from "./terminal";

/** What the user asks of a status. */
export interface StatusRequest {
  /** ARNs of integrations, instead of a declaration. */
  readonly arn?: readonly string[];
  /** Terraform states, instead of a declaration; `-` is standard input. */
  readonly state?: readonly string[];
  readonly json?: boolean;
  /** Looks again and shows it, until there is nothing to wait for. */
  readonly watch?: boolean;
  /** Waits without showing anything but changes. */
  readonly wait?: "active";
  /** Milliseconds. @default for ever with `watch`, DEFAULT_TIMEOUT with `wait` */
  readonly timeout?: number;
  /** Milliseconds between two looks. @default DEFAULT_INTERVAL */
  readonly interval?: number;
  /** Where the pages of the documentation are. @default those of this version */
  readonly docs?: string;
}

/** What reaches AWS and tells the time; tests have their own. */
export interface StatusMeans {
  readonly clientsOf: ClientsOf;
  readonly clock: Clock;
}

/** Milliseconds between two looks: AWS takes minutes, and every look is a few calls. */
export const DEFAULT_INTERVAL = 15_000;
/** Milliseconds that a pipeline waits. */
export const DEFAULT_TIMEOUT = 30 * 60_000;

/** Prints how integrations are, and says by its exit status how the worst of them is. */
export async function status(
  file: string | undefined,
  request: StatusRequest,
  terminal: Terminal,
  means: StatusMeans,
): Promise<StatusExit> {
  const wanted = idle(request) ?? wantedOf(file, request, terminal);
  if (typeof wanted === "string") {
    terminal.err(`${wanted}\n`);
    return FAILED;
  }
  const look = async (before: StatusReport | undefined) => {
    const now = means.clock.now();
    return assess(await readStatus(wanted, means.clientsOf, now), now, before);
  };
  if (request.watch !== true && request.wait === undefined) {
    const report = await look(undefined);
    print(report, request, terminal);
    return report.exitStatus as StatusExit;
  }
  return followed(look, request, terminal, means.clock);
}

// Whoever gives a time expects to wait.
function idle({ watch, wait, timeout, interval }: StatusRequest): string | undefined {
  if (watch === true || wait !== undefined || (timeout ?? interval) === undefined) return undefined;
  const option = timeout === undefined ? "--interval" : "--timeout";
  return `error: ${option} is about waiting, and nothing says what to wait for\n  remedy:   add --wait active, or --watch`;
}

async function followed(
  look: (before: StatusReport | undefined) => Promise<StatusReport>,
  request: StatusRequest,
  terminal: Terminal,
  clock: Clock,
): Promise<StatusExit> {
  const { interval = DEFAULT_INTERVAL, wait } = request;
  const timeout = request.timeout ?? (wait === undefined ? undefined : DEFAULT_TIMEOUT);
  // A person watches one picture; a log gets what changed, and then the last picture.
  const redraws =
    request.watch === true &&
    request.json !== true &&
    terminal.columns !== undefined &&
    terminal.env["TERM"] !== "dumb";
  const screen = new Screen(terminal);
  const { report, ending } = await follow({
    look,
    interval,
    ...(timeout !== undefined && { timeout }),
    clock,
    seen: (seen, before) => {
      if (redraws) screen.show(textOf(seen, request, terminal));
      else for (const line of changeLines(seen, before)) terminal.err(`${line}\n`);
    },
  });
  if (redraws) screen.end();
  else print(report, request, terminal);
  if (ending === "timeout" && timeout !== undefined)
    terminal.err(
      `error: not every integration was active after ${counted(Math.round(timeout / 1000), "second")}\n`,
    );
  return report.exitStatus as StatusExit;
}

function print(report: StatusReport, request: StatusRequest, terminal: Terminal): void {
  terminal.out(
    request.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : textOf(report, request, terminal),
  );
}

function textOf(report: StatusReport, { docs }: StatusRequest, terminal: Terminal): string {
  return statusText(report, {
    ...(terminal.columns !== undefined && { columns: Math.min(terminal.columns, 120) }),
    color: wantsColor(terminal),
    docs: pagesOf(docs),
  });
}

/** The integrations to look at, or what is wrong with how they are named. */
function wantedOf(
  file: string | undefined,
  { arn = [], state = [] }: StatusRequest,
  terminal: Terminal,
): readonly Wanted[] | string {
  if (arn.length === 0 && state.length === 0) return declared(file, terminal);
  if (file !== undefined)
    return `error: ${file} is a declaration, and --arn and --state name integrations without one; leave one of them out`;
  const wanted: Wanted[] = [];
  for (const one of arn) {
    const named = wantedOfArn(one);
    if (named === undefined)
      return `error: ${one} is not the ARN of an integration\n  expected: arn:aws:glue:us-east-1:111122223333:integration:<id>`;
    wanted.push(named);
  }
  for (const path of state) {
    const read = stateText(path, terminal);
    const file = path === "-" ? "standard input" : path;
    if (typeof read !== "string") return `error: ${file} cannot be read: ${read.why}`;
    const found = wantedOfState(read);
    if (typeof found === "string") return `error: ${file} ${found}`;
    wanted.push(...found);
  }
  return wanted.filter((one, index) => wanted.findIndex((other) => other.arn === one.arn) === index);
}

// Warnings of a declaration are what validate and synth are for.
function declared(file: string | undefined, { env, cwd }: Terminal): readonly Wanted[] | string {
  const { declaration, issues } = loadDeclaration(env, cwd, file);
  return declaration === undefined ? formatLocatedIssues(issues) : wantedOfDeclaration(declaration);
}

function stateText(path: string, { stdin, cwd }: Terminal): string | { readonly why: string } {
  try {
    return path === "-" ? new TextDecoder().decode(stdin()) : readFileSync(resolve(cwd, path), "utf8");
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    return { why: code === "ENOENT" ? "there is no such file" : message };
  }
}
