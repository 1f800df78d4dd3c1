#!/usr/bin/env node
// Command line: argv, streams and exit code. What it does lives in lib.
import { readFileSync } from "node:fs";
import { run } from "../lib/commands/program";

// Whoever reads the output may stop before its end: head, a pager.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code !== "EPIPE") throw fault;
});

void run(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  stdin: () => readFileSync(0),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}).then((status) => (process.exitCode = status));
