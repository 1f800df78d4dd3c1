#!/usr/bin/env node
// Command line: argv, streams and exit code. What it does lives in lib.
import { Command } from "commander";
import { version } from "../package.json";
import { formatLocatedIssues, loadDeclaration } from "../lib/spec";

const program = new Command("zero-etl")
  .description("AWS Glue zero-ETL integrations as code")
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError("(zero-etl --help lists the commands)");

program
  .command("validate")
  .description("check a declaration file without writing anything; exit status 1 when it has errors")
  .argument("[file]", "declaration file; absent: found as cdktf synth finds it")
  .action((file: string | undefined) => {
    const env = file === undefined ? process.env : { ...process.env, ZERO_ETL_CONFIG: file };
    const { declaration, issues } = loadDeclaration(env, process.cwd());
    if (issues.length > 0) console.error(formatLocatedIssues(issues));
    if (declaration === undefined) process.exitCode = 1;
    else console.log(`${Object.keys(declaration.stacks).join(", ")}: valid`);
  });

program.parse();
