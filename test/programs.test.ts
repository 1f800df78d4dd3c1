// The app and the command line as processes: what they print, what they write, and how they end.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../package.json";

const ROOT = join(__dirname, "..");
const SAMPLE = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8");
const WRONG = SAMPLE.replace("sales_lake", "sales-lake").replace("30m", "5m");
const ERRORS = [
  "zero-etl.yaml:20:46: error: database name has characters that zero-ETL does not take [database-name]",
  '  got:      "sales-lake"',
  "  expected: lower-case letters, digits and underscore",
  '  remedy:   did you mean "sales_lake"?',
  "zero-etl.yaml:27:26: error: refresh interval is shorter than 15 minutes [refresh-interval-range]",
  "  got:      5 minutes",
  "  expected: 15 to 8640 minutes (6 days)",
  "2 errors",
  "",
].join("\n");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zero-etl-programs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", require.resolve("tsx"), join(ROOT, program), ...args],
    { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } },
  );
  return { status, stdout, stderr };
}

describe("the app", () => {
  test("writes one stack per entry, and prints nothing where all is well", () => {
    writeFileSync(join(folder, "zero-etl.yaml"), SAMPLE);
    expect(run("main.ts")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(existsSync(join(folder, "cdktf.out/stacks/orders/cdk.tf.json"))).toBe(true);
  });

  test("prints every error with its place, writes nothing, and ends with status 1", () => {
    writeFileSync(join(folder, "zero-etl.yaml"), WRONG);
    expect(run("main.ts")).toEqual({ status: 1, stdout: "", stderr: ERRORS });
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  test("says where it looked when there is no declaration", () => {
    const { status, stderr } = run("main.ts");
    expect(status).toBe(1);
    expect(stderr).toContain("[declaration-not-found]");
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  test("finds the file that the CDKTF context names", () => {
    mkdirSync(join(folder, "config"));
    writeFileSync(join(folder, "config/orders.yaml"), SAMPLE);
    const context = JSON.stringify({ zeroEtlConfig: "config/orders.yaml" });
    expect(run("main.ts", [], { CDKTF_CONTEXT_JSON: context }).status).toBe(0);
  });

  test("prints what only its constructs can tell as an error like any other, without a trace", () => {
    const labels = Array.from({ length: 124 }, (_, index) => `orders-${index}`);
    const each = (text: (label: string) => string) =>
      labels.map((label) => `${label}: ${text(label)}`).join(", ");
    writeFileSync(
      join(folder, "zero-etl.yaml"),
      `version: 1
environments: { prod: { region: us-east-1, account: "111122223333" } }
stacks:
  orders:
    environment: prod
    sources: { ${each((label) => `{ type: dynamodb, table: ${label} }`)} }
    targets: { lake: { type: glue-database, database: sales_lake, location: "s3://acme-lake/sales/" } }
    integrations: { ${each((label) => `{ source: ${label}, target: lake }`)} }
    monitoring: { dashboard: true }
`,
    );
    const { status, stdout, stderr } = run("main.ts");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /\n2 warnings\norders\/Monitoring: dashboard: error: a dashboard has more integrations than a graph takes searches \[dashboard-size\]\n {2}got: .*\n {2}expected: .*\n {2}remedy: .*\n$/,
    );
    expect(readdirSync(join(folder, "cdktf.out/stacks"))).toEqual([]);
  });

  test("asks for the provider versions that the environment names", () => {
    writeFileSync(join(folder, "zero-etl.yaml"), SAMPLE);
    run("main.ts", [], { ZERO_ETL_PROVIDER_VERSION: "6.25.0" });
    const stack = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/orders/cdk.tf.json"), "utf8"));
    expect(stack.terraform.required_providers.aws.version).toBe("6.25.0");
  });
});

describe("zero-etl validate", () => {
  test("names the stacks of a valid file and writes nothing", () => {
    writeFileSync(join(folder, "zero-etl.yaml"), SAMPLE);
    expect(run("bin/zero-etl.ts", ["validate"])).toEqual({
      status: 0,
      stdout: "orders: valid\n",
      stderr: "",
    });
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  test("takes a file, prints its errors, and ends with status 1", () => {
    writeFileSync(join(folder, "zero-etl.yaml"), WRONG);
    expect(run("bin/zero-etl.ts", ["validate", "zero-etl.yaml"])).toEqual({
      status: 1,
      stdout: "",
      stderr: ERRORS,
    });
  });

  test("suggests the nearest command", () => {
    expect(run("bin/zero-etl.ts", ["valdate"])).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "error: unknown command 'valdate'\n(Did you mean validate?)\n(zero-etl --help lists the commands)\n",
    });
  });

  test("knows its version", () => {
    expect(run("bin/zero-etl.ts", ["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });
});
