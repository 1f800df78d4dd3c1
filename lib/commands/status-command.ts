// The status command as the command line has it. What it does is loaded when it runs.
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { loaded } from "./loaded";
import type { StatusRequest } from "./status";
import type { ExitStatus, Terminal } from "./terminal";

const HELP = `
Exit status:
  0  every integration is ACTIVE, or there is none
  1  nothing could be read: wrong arguments, no credentials, no permission
  2  an integration needs attention, has failed, is being deleted or is missing
  3  an integration is still being created or changed, or could not be read;
     with --wait: the time is up

Examples:
  zero-etl status
  zero-etl status --watch
  zero-etl status --wait active --timeout 30m
  terraform show -json | zero-etl status --state - --json`;

/** Adds the command to a program; `end` is called when it has ended, which is later. */
export function addStatusCommand(
  program: Command,
  terminal: Terminal,
  end: (status: ExitStatus) => void,
): void {
  program
    .command("status")
    .description("show how integrations are, live: states, errors with their remedy, lag, and what to do")
    .argument("[file]", "declaration file; absent: found as cdktf synth finds it")
    .option("--arn <arn...>", "integrations, instead of a declaration")
    .option(
      "--state <file...>",
      "Terraform states, instead of a declaration: terraform.tfstate or terraform show -json; - is standard input",
    )
    .option("--watch", "look again until every integration is active, or one has failed")
    .addOption(new Option("--wait <state>", "wait for a state, for pipelines").choices(["active"]))
    .addOption(
      new Option("--timeout <time>", "how long to wait: 90s, 30m, 2h (default: 30m with --wait)").argParser(
        millis,
      ),
    )
    .addOption(new Option("--interval <time>", "between two looks (default: 15s)").argParser(millis))
    .option("--json", "print the report as JSON (schema/zero-etl-status.schema.json)")
    .option("--docs <url>", "where errors link to (default: the pages of this version)")
    .addHelpText("after", HELP)
    .action(async (file: string | undefined, request: StatusRequest) => {
      const means = { clientsOf: loaded.sdkClients().sdkClients, clock: CLOCK };
      end(await loaded.status().status(file, request, terminal, means));
    });
}

const CLOCK = {
  now: () => new Date(),
  sleep: (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time)),
};

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90s`, `30m`, `2h`. */
export function millis(word: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,6})([smh])$/.exec(word) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined || Number(digits) === 0)
    throw new InvalidArgumentError("use a time above zero like 90s, 30m, 2h");
  return Number(digits) * factor;
}
