#!/usr/bin/env node
// Command line: argv, streams and exit code. What it does lives in lib.
import { readFileSync } from "node:fs";
import { faultText } from "../lib/commands/fault";
import { run } from "../lib/commands/program";
import { FAILED } from "../lib/commands/terminal";

/** What a shell reports of a program that nobody listens to any more: 128 and SIGPIPE. */
const UNHEARD = 141;

// Whoever reads the output may stop before its end: head, a pager. A command that has ended keeps its status, and one that still
// looks has nobody to look for.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (fault: NodeJS.ErrnoException) => {
    if (fault.code !== "EPIPE") throw fault;
    setImmediate(() => process.exit(process.exitCode ?? UNHEARD));
  });

async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    cwd: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    // A window may change while a command watches.
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined;
    },
    get rows() {
      return process.stdout.isTTY ? process.stdout.rows : undefined;
    },
    stdin: () => readFileSync(0),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}

main().catch((fault: unknown) => {
  process.exitCode = FAILED;
  process.stderr.write(faultText(fault, process.env));
});
