// The command as a process: its arguments, its exit status, and what it loads.
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { millis } from "../../../lib/commands/status-command";
import { EXIT_STATUSES } from "../../../lib/status/exit-status";
import type { Run, StatusStage } from "../../support/status-stage";
import { ACCOUNT, OTHER_ACCOUNT, restart, statusStage } from "../../support/status-stage";

const ROOT = join(__dirname, "../../..");

// A server and real clients: a busy machine takes its time.
jest.setTimeout(60_000);

let stage: StatusStage;
beforeAll(async () => {
  stage = await statusStage();
});
beforeEach(() => restart(stage));
afterAll(() => stage.stop());

const PROGRAM = join(ROOT, "bin/zero-etl.ts");

function start(args: readonly string[], program = PROGRAM): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ["--import", require.resolve("tsx"), program, ...args], {
    cwd: stage.folder,
    env: process.env,
  });
}

/** Runs it beside the server, which answers from this process. */
function run(args: readonly string[], program = PROGRAM): Promise<Run> {
  const child = start(args, program);
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end();
  return new Promise((resolve) => child.once("close", (exit) => resolve({ out, err, exit: exit ?? -1 })));
}

test("prints how an integration is, ends with its exit status, and says nothing else", async () => {
  const arn = stage.integration("orders-to-lake", "FAILED");
  const { out, err, exit } = await run(["status", "--arn", arn]);
  expect(out).toContain("orders-to-lake                       FAILED           -                 -\n");
  expect(out).toContain("1 integration: 1 failed");
  expect({ err, exit }).toEqual({ err: "", exit: 2 });
});

test("waits as long as it is told", async () => {
  const arn = stage.integration("orders-to-lake", "CREATING");
  const { err, exit } = await run([
    "status",
    "--arn",
    arn,
    "--wait",
    "active",
    "--timeout",
    "2s",
    "--interval",
    "1s",
  ]);
  expect(err).toMatch(
    /^\d\d:\d\d:\d\d orders-to-lake: CREATING\nerror: not every integration was active after 2 seconds\n$/,
  );
  expect(exit).toBe(3);
});

test("ends with a message where it stops at what nobody foresaw", async () => {
  const broken = join(stage.folder, "broken.cjs");
  writeFileSync(broken, 'Date.prototype.toISOString = () => { throw new Error("no time"); };');
  process.env["NODE_OPTIONS"] = `--require ${broken}`;
  try {
    expect(await run(["status"])).toEqual({
      out: "",
      err: "error: zero-etl stopped at what it did not expect: no time\n  remedy:   report it with what NODE_DEBUG=zero-etl prints for the same command\n",
      exit: 1,
    });
  } finally {
    delete process.env["NODE_OPTIONS"];
  }
});

test("ends where nobody listens any more", async () => {
  const arn = stage.integration("orders-to-lake", "CREATING");
  const child = start(["status", "--arn", arn, "--watch", "--interval", "1s"]);
  child.stderr.once("data", () => {
    child.stderr.destroy();
    stage.emulator.setStatus("orders-to-lake", "MODIFYING");
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(141);
});

test("uses the profile of an environment", async () => {
  stage.integration("orders-to-lake", "ACTIVE", { account: OTHER_ACCOUNT });
  writeFileSync(
    join(stage.folder, "credentials"),
    "[lake]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = s\n",
  );
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(stage.folder, "credentials");
  stage.declare(`version: 1
environments:
  lake: { region: us-east-1, account: "${OTHER_ACCOUNT}", profile: lake }
stacks:
  orders:
    environment: lake
    sources: { orders: { type: dynamodb, table: orders } }
    targets: { lake: { type: glue-database, database: sales_lake, location: "s3://acme-lake/sales/" } }
    integrations: { orders-to-lake: { source: orders, target: lake } }
`);
  expect(OTHER_ACCOUNT).not.toBe(ACCOUNT);
  const { out, exit } = await run(["status"]);
  expect(out).toContain(`lake: us-east-1, account ${OTHER_ACCOUNT}`);
  expect(out).toContain("1 integration: 1 active");
  expect(exit).toBe(0);
});

test("its help tells every exit status, and other commands load no SDK", async () => {
  const { out } = await run(["status", "--help"]);
  const text = out.replace(/\s+/g, " ");
  for (const [exit, meaning] of Object.entries(EXIT_STATUSES)) expect(text).toContain(`${exit} ${meaning}`);
  const program = join(stage.folder, "loaded.cjs");
  const command = JSON.stringify(join(ROOT, "lib/commands/status-command.ts"));
  writeFileSync(
    program,
    `require(${command}); console.log(Object.keys(require.cache).filter((file) => /@aws-sdk|ajv/.test(file)).length)`,
  );
  expect(await run([], program)).toEqual({ out: "0\n", err: "", exit: 0 });
});

test.each([
  ["1s", 1_000],
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["2h", 7_200_000],
])("%s are %d milliseconds", (word, time) => {
  expect(millis(word)).toBe(time);
});

test.each(["0s", "30", "m", "1d", "-1s", "1.5h", ""])("%j is no time", (word) => {
  expect(() => millis(word)).toThrow(InvalidArgumentError);
  expect(() => millis(word)).toThrow("use a time above zero like 90s, 30m, 2h");
});
