// zero-etl review as a command: its arguments, its files, its exit status. What it finds is tested where the rules are.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { QUIET } from "./plan-json";
import type { Around } from "./terminal";
import { emptyFolder, zeroEtl } from "./terminal";

const PLANS = join(__dirname, "../review/plans");
const REPLACED = readFileSync(join(PLANS, "integration-replaced.json"), "utf8");
const WIDENED = readFileSync(join(PLANS, "principal-widened.json"), "utf8");
const INTEGRATION = "aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71";

let cwd = "";
beforeEach(() => {
  cwd = emptyFolder();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text);
}

const read = (file: string) => readFileSync(join(cwd, file), "utf8");
const review = (argv: readonly string[], around: Partial<Around> = {}) =>
  zeroEtl(["review", ...argv], { cwd, ...around });
const json = async (argv: readonly string[], around: Partial<Around> = {}) => {
  const { out, err } = await review([...argv, "--format", "json"], around);
  if (err !== "") throw new Error(err);
  return JSON.parse(out) as {
    plans: { stack: string }[];
    findings: { rule: string; location?: unknown; acknowledgement?: unknown }[];
    acknowledgements: { state: string }[];
  };
};

describe("the exit status", () => {
  beforeEach(() => {
    write("replaced.json", REPLACED);
    write("widened.json", WIDENED);
    write("quiet.json", QUIET);
  });

  test.each([
    ["quiet.json", "block", 0],
    ["quiet.json", "info", 0],
    ["widened.json", "block", 0],
    ["widened.json", "warn", 2],
    ["widened.json", "never", 0],
    ["replaced.json", "block", 2],
    ["replaced.json", "info", 2],
    ["replaced.json", "never", 0],
  ])("of %s with --fail-on %s is %d", async (plan, failOn, status) => {
    expect(await review([plan, "--fail-on", failOn])).toMatchObject({ status, err: "" });
  });

  test("is that of the gravest of several plans", async () => {
    expect((await review(["quiet.json", "replaced.json"])).status).toBe(2);
  });

  test("blocks by default", async () => {
    expect((await review(["widened.json"])).status).toBe(0);
    expect((await review(["replaced.json"])).status).toBe(2);
  });
});

describe("stacks", () => {
  test.each([
    ["orders.json", "orders"],
    ["orders.tfplan.json", "orders"],
    ["orders.plan.json", "orders"],
    ["orders-plan.json", "orders"],
    ["cdktf.out/stacks/orders/plan.json", "orders"],
    ["cdktf.out/stacks/orders/tfplan.json", "orders"],
    ["plan.json", "plan"],
    ["orders", "orders"],
  ])("%s is the plan of %s", async (file, stack) => {
    write(file, QUIET);
    expect((await json([file])).plans.map((plan) => plan.stack)).toEqual([stack]);
  });

  test("an argument names one", async () => {
    write("a.json", QUIET);
    expect((await json(["orders=a.json"])).plans.map(({ stack }) => stack)).toEqual(["orders"]);
  });

  test("unless it is the name of a file", async () => {
    write("orders=a.json", QUIET);
    expect((await json(["orders=a.json"])).plans.map(({ stack }) => stack)).toEqual(["orders=a"]);
  });

  test("standard input is a plan", async () => {
    expect((await json(["-"], { stdin: QUIET })).plans.map(({ stack }) => stack)).toEqual(["plan"]);
    expect((await json(["orders=-"], { stdin: QUIET })).plans.map(({ stack }) => stack)).toEqual(["orders"]);
  });

  test("two of one name cannot be told apart", async () => {
    write("a/orders.json", QUIET);
    write("b/orders.json", QUIET);
    expect(await review(["a/orders.json", "b/orders.json"])).toEqual({
      status: 1,
      out: "",
      err: "error: two plans would be of the stack orders: a/orders.json, b/orders.json; name the stack of each: orders=b/orders.json\n",
    });
  });
});

describe("a plan that cannot be read is one error, and status 1", () => {
  const whole = Buffer.from(QUIET);

  test.each<[string, string | Uint8Array, string]>([
    ["empty", "", "plan-empty"],
    ["cut off", whole.subarray(0, whole.length - 20), "plan-truncated"],
    ["no JSON", "{nope}", "plan-json"],
    ["text", "Terraform will perform the following actions:", "plan-text"],
    ["the plan itself", Buffer.from("PK\u0003\u0004xxxx", "latin1"), "plan-binary"],
    ["of another version", QUIET.replace('"1.2"', '"2.0"'), "plan-version"],
    ["a state", '{"format_version":"1.0","values":{}}', "plan-of-state"],
    ["other JSON", "[]", "not-a-plan"],
    ["malformed", QUIET.replace('"resource_changes":[]', '"resource_changes":[1]'), "plan-malformed"],
  ])("%s", async (_, text, issue) => {
    write("orders.json", text);
    const { status, out, err } = await review(["orders.json"]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(new RegExp(`^orders\\.json: error: .* \\[${issue}\\]\n(  \\w+: .*\n)*$`));
  });

  test("and nothing is written, also where another plan is fine", async () => {
    write("orders.json", QUIET);
    write("lake.json", "");
    const { status } = await review(["orders.json", "lake.json", "--format", "json=report.json"]);
    expect(status).toBe(1);
    expect(existsSync(join(cwd, "report.json"))).toBe(false);
  });

  test.each([
    ["nowhere.json", "nowhere.json cannot be read: there is no such file"],
    [".", ". cannot be read: it is a folder"],
  ])("%s", async (file, message) => {
    expect(await review([file])).toEqual({ status: 1, out: "", err: `error: ${message}\n` });
  });

  test("standard input is called so", async () => {
    expect((await review(["-"], { stdin: "" })).err).toMatch(
      /^standard input: error: the file holds nothing \[plan-empty\]/,
    );
  });
});

describe("formats", () => {
  beforeEach(() => write("orders.json", REPLACED));

  test("text is the default, without colours where nobody looks", async () => {
    const { out } = await review(["orders.json"]);
    expect(out).toMatch(/^zero-ETL review: blocked/);
    expect(out).not.toContain("\u001b");
  });

  test.each<[string, NodeJS.ProcessEnv, boolean]>([
    ["colours where a person looks", {}, true],
    ["none with NO_COLOR", { NO_COLOR: "1" }, false],
    ["colours with an empty NO_COLOR", { NO_COLOR: "" }, true],
    ["none on a dumb terminal", { TERM: "dumb" }, false],
  ])("%s", async (_, env, isColored) => {
    expect((await review(["orders.json"], { columns: 80, env })).out.includes("\u001b[")).toBe(isColored);
  });

  test("several are written at once, files without colours, in folders that are made", async () => {
    const { status, out } = await review(
      [
        "orders.json",
        "--format",
        "markdown=out/comment.md",
        "--format",
        "text",
        "--format",
        "sarif=out/a.sarif",
      ],
      { columns: 80 },
    );
    expect(status).toBe(2);
    expect(out).toContain("zero-ETL review:");
    expect(read("out/comment.md")).toMatch(/^<!-- zero-etl-review -->\n/);
    expect(JSON.parse(read("out/a.sarif"))).toMatchObject({ version: "2.1.0" });
  });

  test.each([
    [
      ["--format", "json", "--format", "sarif"],
      "standard output takes one format: json, sarif; write the others into files: sarif=report",
    ],
    [["--format", "json=a", "--format", "sarif=a"], "two formats would be written into a"],
  ])("%j is refused", async (argv, message) => {
    expect(await review(["orders.json", ...argv])).toEqual({
      status: 1,
      out: "",
      err: `error: ${message}\n`,
    });
  });

  test("a misspelt one suggests the nearest", async () => {
    const { status, err } = await review(["orders.json", "--format", "markdwon=x.md"]);
    expect(status).toBe(1);
    expect(err).toContain("argument 'markdwon=x.md' is invalid. did you mean markdown?");
  });

  test("a file that cannot be written is an error", async () => {
    write("folder/x", "");
    expect(await review(["orders.json", "--format", "json=folder"])).toEqual({
      status: 1,
      out: "",
      err: "error: folder cannot be written: it is a folder\n",
    });
  });

  test("links lead where --docs says", async () => {
    const { out } = await review([
      "orders.json",
      "--format",
      "markdown",
      "--docs",
      "https://example.com/docs",
    ]);
    expect(out).toMatch(/\[integration-replaced\]\(https:\/\/example\.com\/docs\/[\w-]+\.md#[\w-]+\)/);
  });
});

describe("acknowledgements", () => {
  const file = (rule: string, expires = "2026-12-31") =>
    `version: 1\nacknowledgements:\n  - { rule: ${rule}, address: ${INTEGRATION}, reason: the rename is wanted, expires: ${expires} }\n`;
  beforeEach(() => write("orders.json", REPLACED));

  test("are found by their name, and let the run pass", async () => {
    write("zero-etl-acknowledgements.yaml", file("integration-replaced"));
    const { status, out } = await review(["orders.json"]);
    expect(status).toBe(0);
    expect(out).toContain("because: the rename is wanted (until 2026-12-31)");
  });

  test("are read from the file that is named", async () => {
    write("acks.yml", file("integration-replaced"));
    expect((await review(["orders.json"])).status).toBe(2);
    expect((await review(["orders.json", "--acknowledge", "acks.yml"])).status).toBe(0);
  });

  test("that are expired let nothing pass, and are told", async () => {
    write("zero-etl-acknowledgements.yaml", file("integration-replaced", "2026-11-22"));
    const { status, out } = await review(["orders.json"], { today: "2026-11-23" });
    expect(status).toBe(2);
    expect(out.replace(/\s+/g, " ")).toContain("(zero-etl-acknowledgements.yaml:3) expired on 2026-11-22");
    expect((await review(["orders.json"], { today: "2026-11-22" })).status).toBe(0);
  });

  test("of a misspelt rule are told on standard error, and accept nothing", async () => {
    write("zero-etl-acknowledgements.yaml", file("integration-replcaed"));
    const { status, err } = await review(["orders.json"]);
    expect(status).toBe(2);
    expect(err).toContain('did you mean "integration-replaced"?');
  });

  test("that cannot be read end the run", async () => {
    write("zero-etl-acknowledgements.yaml", "version: 1\n");
    expect(await review(["orders.json"])).toMatchObject({
      status: 1,
      out: "",
      err: "zero-etl-acknowledgements.yaml:1:1: error: acknowledgements is missing [missing-key]\n  remedy:   add acknowledgements\n1 error\n",
    });
    expect(await review(["orders.json", "--acknowledge", "nowhere.yaml"])).toEqual({
      status: 1,
      out: "",
      err: "error: nowhere.yaml cannot be read: there is no such file\n",
    });
  });
});

describe("places", () => {
  const stack = JSON.stringify({
    resource: {
      aws_cloudcontrolapi_resource: {
        "Integrations_orders-to-lake_CC333D71": {
          "//": { metadata: { path: "orders/Integrations/orders-to-lake/Resource" } },
        },
      },
    },
  });
  const location = async (argv: readonly string[]) =>
    (await json(argv)).findings.find(({ rule }) => rule === "integration-replaced")?.location;
  const CONSTRUCT = { constructPath: "Integrations/orders-to-lake/Resource" };

  test("are none where cdktf has written nothing", async () => {
    write("orders.json", REPLACED);
    expect(await location(["orders.json"])).toBeUndefined();
  });

  test("are construct paths where cdktf.out is there", async () => {
    write("orders.json", REPLACED);
    write("cdktf.out/stacks/orders/cdk.tf.json", stack);
    expect(await location(["orders.json"])).toEqual(CONSTRUCT);
  });

  test("or where the plan is beside what cdktf wrote", async () => {
    write("elsewhere/stacks/orders/plan.json", REPLACED);
    write("elsewhere/stacks/orders/cdk.tf.json", stack);
    expect(await location(["elsewhere/stacks/orders/plan.json"])).toEqual(CONSTRUCT);
  });

  test("or where --synth says", async () => {
    write("orders.json", REPLACED);
    write("out/stacks/orders/cdk.tf.json", stack);
    expect(await location(["orders.json", "--synth", "out"])).toEqual(CONSTRUCT);
    expect(await review(["orders.json", "--synth", "nowhere"])).toEqual({
      status: 1,
      out: "",
      err: "error: nowhere is not what cdktf synth wrote: it has no folder stacks\n",
    });
  });

  test("have the line of the declaration, where there is one", async () => {
    write("orders.json", REPLACED);
    write("cdktf.out/stacks/orders/cdk.tf.json", stack);
    write(
      "zero-etl.yaml",
      "version: 1\nstacks:\n  orders:\n    integrations:\n      orders-to-lake: { source: a, target: b }\n",
    );
    expect(await location(["orders.json"])).toEqual({ ...CONSTRUCT, file: "zero-etl.yaml", line: 5 });
  });

  test("a file that cdktf did not write says nothing", async () => {
    write("orders.json", REPLACED);
    write("cdktf.out/stacks/orders/cdk.tf.json", '{"resource": [1');
    expect(await location(["orders.json"])).toBeUndefined();
  });
});

describe("the help", () => {
  test("documents arguments and exit status", async () => {
    const { status, out } = await review(["--help"]);
    expect(status).toBe(0);
    for (const part of [
      "<plan...>",
      "--fail-on <level>",
      "--format <format[=file]>",
      "Exit status:",
      "Examples:",
    ]) {
      expect(out).toContain(part);
    }
  });

  test.each([
    [["--fial-on", "warn"], "error: unknown option '--fial-on'\n(Did you mean --fail-on?)\n"],
    [
      ["--fail-on", "warning"],
      "error: option '--fail-on <level>' argument 'warning' is invalid. Allowed choices are block, warn, info, never.\n",
    ],
  ])("%j suggests what was meant", async (argv, err) => {
    const ran = await review(["orders.json", ...argv]);
    expect(ran.status).toBe(1);
    expect(ran.err.startsWith(err)).toBe(true);
  });

  test("a review of nothing is no review", async () => {
    expect(await review([])).toMatchObject({ status: 1, out: "" });
  });
});
