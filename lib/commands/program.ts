// The command line: which commands there are, and what they take.
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "../../package.json";
import type { FormatArgument } from "./format-arguments";
import { FORMAT_NAMES, formatArgument } from "./format-arguments";
import { loaded } from "./loaded";
import { addStatusCommand } from "./status-command";
import type { ExitStatus, Terminal } from "./terminal";
import { CLEAN, FAILED } from "./terminal";

const DECLARATION = "declaration file; absent: found as cdktf synth finds it";
const THRESHOLDS = ["block", "warn", "info", "never"] as const;

interface ReviewFlags {
  readonly format?: readonly FormatArgument[];
  readonly failOn: (typeof THRESHOLDS)[number];
  readonly acknowledge?: string;
  readonly synth?: string;
  readonly docs?: string;
}

/** Runs what the arguments ask for; `argv` is without the program's own name. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = CLEAN;
  const program = commands(terminal, (ended) => (status = ended));
  try {
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0 ? CLEAN : FAILED;
  }
}

function commands(terminal: Terminal, end: (status: ExitStatus) => void): Command {
  const program = new Command("zero-etl")
    .description("AWS Glue zero-ETL integrations as code")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => terminal.columns ?? 80,
      getErrHelpWidth: () => terminal.columns ?? 80,
    })
    .showSuggestionAfterError()
    .showHelpAfterError("(zero-etl --help lists the commands)");

  program
    .command("validate")
    .description("check a declaration file without writing anything; exit status 1 when it has errors")
    .argument("[file]", DECLARATION)
    .action((file: string | undefined) => end(loaded.validate().validate(file, terminal)));

  program
    .command("graph")
    .description("draw what a declaration file declares; exit status 1 when it has errors")
    .argument("[file]", DECLARATION)
    .addOption(
      new Option("--format <format>", "language of the picture")
        .choices(["mermaid", "dot"])
        .default("mermaid"),
    )
    .action((file: string | undefined, { format }: { format: "mermaid" | "dot" }) =>
      end(loaded.graph().graph(file, format, terminal)),
    );

  program
    .command("review")
    .description("say what plans mean for zero-ETL data")
    .argument(
      "<plan...>",
      "output of terraform show -json, - is standard input; orders=plan.json names its stack",
    )
    .addOption(
      new Option(
        "--format <format[=file]>",
        `${FORMAT_NAMES.join(", ")}; into the file, else to standard output; can be given several times (default: text)`,
      ).argParser(collectFormats),
    )
    .addOption(
      new Option("--fail-on <level>", "findings of this level and above end with status 2")
        .choices(THRESHOLDS)
        .default("block"),
    )
    .option(
      "--acknowledge <file>",
      "findings that are accepted (default: zero-etl-acknowledgements.yaml, where it exists)",
    )
    .option(
      "--synth <folder>",
      "what cdktf synth wrote, for construct paths (default: cdktf.out, where it exists)",
    )
    .option("--docs <url>", "where findings link to (default: the pages of this version)")
    .addHelpText("after", REVIEW_HELP)
    .action((plans: string[], { format, ...flags }: ReviewFlags) =>
      end(loaded.review().review(plans, { ...flags, formats: format ?? [{ format: "text" }] }, terminal)),
    );
  addStatusCommand(program, terminal, end);
  return program;
}

const REVIEW_HELP = `
Exit status:
  0  no finding at or above the level of --fail-on that nobody acknowledged
  1  the review could not run: a plan or another file cannot be read
  2  at least one such finding

Examples:
  terraform show -json orders.tfplan | zero-etl review orders=-
  zero-etl review orders.json lake.json --fail-on warn
  zero-etl review plans/*.json --format text --format markdown=comment.md --format sarif=review.sarif`;

function collectFormats(word: string, before: readonly FormatArgument[] | undefined): FormatArgument[] {
  const format = formatArgument(word);
  if (typeof format === "string") throw new InvalidArgumentError(format);
  return [...(before ?? []), format];
}
