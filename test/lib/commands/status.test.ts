// The command as a whole: the real SDK, emulated accounts over loopback, exact output on 80 columns and without colour.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "../../emulator/wire";
import type { StatusStage } from "../../support/status-stage";
import { ACCOUNT, NOW, OTHER_ACCOUNT, restart, statusStage } from "../../support/status-stage";

// A server and real clients: a busy machine takes its time.
jest.setTimeout(60_000);

let stage: StatusStage;

beforeAll(async () => {
  stage = await statusStage();
});
beforeEach(() => restart(stage));
afterAll(() => stage.stop());

const picture = (name: string): string =>
  readFileSync(join(__dirname, "../../fixtures/status", `${name}.txt`), "utf8");

/** One stack with a table and an integration of every name. */
const declaring = (...names: readonly string[]): string => `version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
stacks:
  orders:
    environment: prod
    sources:
${names.map((name) => `      ${name}: { type: dynamodb, table: table_${name} }\n`).join("")}    targets:
      lake: { type: glue-database, database: sales_lake, location: "s3://acme-lake/sales/" }
    integrations:
${names.map((name) => `      ${name}: { source: ${name}, target: lake }\n`).join("")}`;

const DENIED = [
  { ErrorCode: "UNRECOVERABLE_ACCESS_DENIED", ErrorMessage: "AWS Glue cannot access the connection." },
];

const callsOf = (operation: string): readonly object[] =>
  stage.emulator.log.filter((call) => call.operation === operation).map(({ input }) => input);

describe("what is shown", () => {
  test("every state, and what to do about each", async () => {
    const states = [
      "ACTIVE",
      "CREATING",
      "DELETING",
      "FAILED",
      "MODIFYING",
      "NEEDS_ATTENTION",
      "SYNCING",
    ] as const;
    stage.declare(declaring(...states.map((state) => state.toLowerCase()), "nowhere"));
    for (const state of states) {
      const errors = state === "FAILED" || state === "NEEDS_ATTENTION" ? DENIED : [];
      const arn = stage.integration(state.toLowerCase(), state, { fixed: { status: state, errors } });
      if (state !== "CREATING") stage.synced(arn, state.toLowerCase(), 12);
    }
    expect(await stage.run()).toEqual({ out: picture("states"), err: "", exit: 2 });
  });

  test("the tables of an integration of which one fails, and the time that is left", async () => {
    stage.declare(declaring("crm-to-lake", "orders-to-lake"));
    stage.synced(stage.integration("orders-to-lake", "ACTIVE"), "orders", 12);
    const failing = stage.integration("crm-to-lake", "NEEDS_ATTENTION", {
      fixed: { status: "NEEDS_ATTENTION", errors: DENIED },
    });
    stage.synced(failing, "Account", 53 * 60, 52 * 60);
    stage.synced(failing, "Opportunity", 14);
    expect(await stage.run()).toEqual({ out: picture("needs-attention"), err: "", exit: 2 });
  });

  test("how much time is left, from what each can be known", async () => {
    stage.declare(declaring("a-success", "b-young", "c-old", "d-overdue"));
    stage.synced(stage.integration("a-success", "NEEDS_ATTENTION"), "orders", 60);
    stage.integration("b-young", "NEEDS_ATTENTION", { createTime: Date.UTC(2026, 8, 30, 10) / 1000 });
    stage.integration("c-old", "NEEDS_ATTENTION");
    stage.synced(stage.integration("d-overdue", "NEEDS_ATTENTION"), "orders", 9 * 1440, 8 * 1440);
    expect(await stage.run()).toEqual({ out: picture("time-left"), err: "", exit: 2 });
  });

  test("two regions, each asked for its own", async () => {
    stage.declare(`version: 1
environments:
  us: { region: us-east-1, account: "${ACCOUNT}" }
  eu: { region: eu-west-1, account: "${ACCOUNT}" }
stacks:
${["us", "eu"]
  .map(
    (label) => `  orders-${label}:
    environment: ${label}
    sources: { orders: { type: dynamodb, table: orders } }
    targets: { lake: { type: glue-database, database: sales_lake, location: "s3://acme-lake-${label}/sales/" } }
    integrations: { orders-to-lake: { source: orders, target: lake } }
`,
  )
  .join("")}`);
    stage.synced(stage.integration("orders-to-lake", "ACTIVE"), "orders", 12);
    stage.synced(stage.integration("orders-to-lake", "ACTIVE", { region: "eu-west-1" }), "orders", 8 * 60);
    expect(await stage.run()).toEqual({ out: picture("two-regions"), err: "", exit: 0 });
  });

  test("data that is late, by the interval of each, without another exit status", async () => {
    const settings = (RefreshInterval: string) => ({ config: { RefreshInterval } });
    const hourly = stage.integration("hourly", "ACTIVE", settings("60"));
    stage.synced(hourly, "in-time", 180);
    stage.synced(hourly, "late", 181);
    stage.synced(stage.integration("daily", "ACTIVE", settings("1440")), "orders", 181);
    stage.synced(stage.integration("ailing", "NEEDS_ATTENTION", settings("60")), "orders", 181);
    const named = ["hourly", "daily", "ailing"].map(
      (name) => `arn:aws:glue:us-east-1:${ACCOUNT}:integration:${name}`,
    );
    const { out, exit } = await stage.run({ arn: named.slice(0, 2) });
    expect(out).toContain("2 integrations: 2 active (1 late)");
    expect(out).toContain("  hourly                               ACTIVE, late     2026-09-30 08:59  3 h\n");
    expect(out).toContain("    in-time                                             2026-09-30 09:00  3 h\n");
    expect(out).toContain("    late                               late             2026-09-30 08:59  3 h\n");
    expect(out).toContain(
      "\n  late     the data of 1 of 2 tables is older than 3 refresh intervals of 60\n           minutes\n",
    );
    expect(out).toContain("  daily                                ACTIVE           2026-09-30 08:59  3 h\n");
    expect(exit).toBe(0);
    expect(JSON.parse((await stage.run({ arn: named, json: true })).out).integrations).toMatchObject([
      { refreshInterval: 60, late: true, tables: [{ late: false }, { late: true }] },
      { refreshInterval: 1440, late: false },
      { refreshInterval: 60, late: true, state: "NEEDS_ATTENTION" },
    ]);
  });

  test("names of two columns a character in their place", async () => {
    const arn = stage.integration("受注", "ACTIVE", {
      arn: `arn:aws:glue:us-east-1:${ACCOUNT}:integration:1`,
    });
    stage.synced(arn, "orders", 12);
    expect((await stage.run({ arn: [arn] })).out).toContain(
      "  受注                                 ACTIVE           2026-09-30 11:48  12 min\n",
    );
  });

  test("colours for a person who wants them, and the width of the terminal", async () => {
    stage.declare(declaring("orders-to-lake"));
    stage.integration("orders-to-lake", "ACTIVE");
    const green = "\u001b[32mACTIVE         \u001b[0m";
    expect((await stage.run({}, { columns: 90 })).out).toContain(green);
    expect((await stage.run({}, { columns: 90 })).out.split("\n")[0]).toHaveLength(90);
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
      expect((await stage.run({}, { columns: 90, env })).out).not.toContain("\u001b");
    expect((await stage.run()).out).not.toContain("\u001b");
  });

  test("no line is wider than the terminal, however long a name is and whatever AWS says", async () => {
    const name = "n".repeat(128);
    const message = "\u001b[31mline one\nline two \u0007" + "word ".repeat(60);
    const arn = stage.integration(name, "NEEDS_ATTENTION", {
      arn: `arn:aws:glue:us-east-1:${ACCOUNT}:integration:1`,
      fixed: { status: "NEEDS_ATTENTION", errors: [{ ErrorCode: "client_error", ErrorMessage: message }] },
    });
    const { out } = await stage.run({ arn: [arn] });
    expect(out).not.toContain("\u001b");
    expect(out).toContain("client_error: [31mline one line two word word");
    for (const line of out.split("\n")) if (!/n{128}/.test(line)) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe("what is asked of AWS", () => {
  test("every page of integrations, metrics and values, once for all integrations of a place", async () => {
    for (let index = 0; index < 230; index += 1) stage.integration(`other-${index}`, "ACTIVE");
    stage.declare(declaring("a-first", "z-last"));
    for (const name of ["a-first", "z-last"]) {
      const arn = stage.integration(name, "ACTIVE");
      for (const table of ["t1", "t2"]) stage.synced(arn, table, 12);
    }
    stage.emulator.metrics.listPage = 3;
    stage.emulator.metrics.dataPage = 1;
    const { integrations, exitStatus } = JSON.parse((await stage.run({ json: true })).out);
    expect(exitStatus).toBe(0);
    for (const one of integrations)
      expect(one).toMatchObject({
        state: "ACTIVE",
        lagSeconds: 720,
        tables: [
          { table: "t1", lagSeconds: 720 },
          { table: "t2", lagSeconds: 720 },
        ],
      });
    expect(callsOf("DescribeIntegrations")).toEqual([{}, { Marker: "100" }, { Marker: "200" }]);
    expect(callsOf("ListMetrics")).toHaveLength(4);
    expect(callsOf("GetMetricData")).toHaveLength(8);
  });

  test("again, where AWS throttles", async () => {
    stage.declare(declaring("orders-to-lake"));
    stage.synced(stage.integration("orders-to-lake", "ACTIVE"), "orders", 12);
    stage.emulator.faults.throttle("glue.DescribeIntegrations", 2);
    stage.emulator.faults.throttle("monitoring.ListMetrics", 1);
    stage.emulator.faults.throttle("monitoring.GetMetricData", 1);
    const { out, exit } = await stage.run();
    expect(out).toContain("orders-to-lake                       ACTIVE           2026-09-30 11:48  12 min\n");
    expect(exit).toBe(0);
    expect(callsOf("DescribeIntegrations")).toHaveLength(3);
  });

  test("the state of an integration of the Redshift API from that", async () => {
    stage.declare(
      declaring("orders-to-warehouse").replace(
        /lake: \{.*\}/,
        `lake: { type: redshift, namespaceArn: "arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:11111111-2222-3333-4444-555555555555" }`,
      ),
    );
    const arn = `arn:aws:redshift:us-east-1:${ACCOUNT}:integration:11111111-2222-3333-4444-666666666666`;
    stage.emulator.state.redshiftIntegrations.set(arn, {
      arn,
      account: ACCOUNT,
      region: "us-east-1",
      name: "orders-to-warehouse",
      sourceArn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`,
      targetArn: `arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:11111111-2222-3333-4444-555555555555`,
      createTime: "2026-09-01T08:00:00Z",
      tags: [],
      busy: { status: "CREATING", reads: 100, until: 0 },
    });
    for (const request of [{}, { arn: [arn] }]) {
      const { out, exit } = await stage.run({ ...request, json: true });
      expect(JSON.parse(out).integrations).toMatchObject([
        { arn, state: "CREATING", since: { at: "2026-09-01T08:00:00.000Z", basis: "created" } },
      ]);
      expect(exit).toBe(3);
    }
    expect(callsOf("ListMetrics")).toEqual([]);
  });
});

describe("what may not be read", () => {
  const ALWAYS = { times: Infinity };

  test("metrics: states are shown, and the missing actions are said once and asked for once", async () => {
    stage.declare(declaring("a", "b"));
    for (const name of ["a", "b"]) stage.synced(stage.integration(name, "ACTIVE"), name, 12);
    stage.emulator.faults.deny("monitoring.ListMetrics", ALWAYS);
    expect(await stage.run()).toEqual({ out: picture("metrics-denied"), err: "", exit: 0 });
    expect(callsOf("ListMetrics")).toHaveLength(1);
  });

  test("values of metrics", async () => {
    stage.declare(declaring("a"));
    stage.synced(stage.integration("a", "ACTIVE"), "a", 12);
    stage.emulator.faults.deny("monitoring.GetMetricData", ALWAYS);
    expect((await stage.run()).out).toContain(
      "  a: last sync: access denied: allow cloudwatch:ListMetrics and\n    cloudwatch:GetMetricData\n",
    );
  });

  test("integrations: nothing could be read", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "ACTIVE");
    stage.emulator.faults.deny("glue.DescribeIntegrations", ALWAYS);
    const { out, exit } = await stage.run();
    expect(out).toContain("1 integration: 1 not read");
    expect(out).toContain("  a: its state: access denied: allow glue:DescribeIntegrations\n");
    expect(exit).toBe(1);
  });

  test("integrations of one account of two: the others are shown", async () => {
    const mine = stage.integration("mine", "ACTIVE");
    const theirs = stage.integration("theirs", "ACTIVE", { account: OTHER_ACCOUNT });
    stage.synced(mine, "orders", 12);
    const { out, exit } = await stage.run({ arn: [mine, theirs] });
    expect(out).toContain("2 integrations: 1 active, 1 not read");
    expect(out).toContain(
      `its state: the\n    credentials are of account ${ACCOUNT}, not of ${OTHER_ACCOUNT}; run it with\n    credentials of that account\n`,
    );
    expect(exit).toBe(3);
    expect(callsOf("DescribeIntegrations")).toHaveLength(1);
  });

  test("an error that nobody knows is told in AWS's words", async () => {
    stage.declare(declaring("a"));
    stage.emulator.faults.fail(
      "glue.DescribeIntegrations",
      new AwsError("ValidationException", "No."),
      ALWAYS,
    );
    expect((await stage.run()).out).toContain(
      "  a: its state: reading the integrations of us-east-1 failed:\n    ValidationException: No\n",
    );
  });
});

describe("several accounts", () => {
  const declared = (settings: string): string => `version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
  lake: { region: us-east-1, account: "${OTHER_ACCOUNT}"${settings} }
stacks:
  orders:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders } }
    targets:
      lake: { type: glue-database, environment: lake, database: sales_lake, location: "s3://acme-lake/sales/" }
    integrations: { orders-to-lake: { source: orders, target: lake } }
`;
  const targetArn = `arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:database/sales_lake`;
  beforeEach(() => stage.synced(stage.integration("orders-to-lake", "ACTIVE", { targetArn }), "orders", 12));

  test("metrics of the target's account are read with the role of its environment", async () => {
    stage.declare(declared(`, assumeRoleArn: "arn:aws:iam::${OTHER_ACCOUNT}:role/reader"`));
    const { out, exit } = await stage.run();
    expect(out).toContain("ACTIVE           2026-09-30 11:48  12 min");
    expect(exit).toBe(0);
    expect(callsOf("AssumeRole")).toEqual(
      callsOf("AssumeRole").map(() =>
        expect.objectContaining({ RoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` }),
      ),
    );
    expect(stage.emulator.log.filter(({ service }) => service === "monitoring")).toEqual(
      [0, 1].map(() => expect.objectContaining({ account: OTHER_ACCOUNT })),
    );
  });

  test("without a way into it, that is said and the state is shown", async () => {
    stage.declare(declared(""));
    const { out, exit } = await stage.run();
    expect(out).toContain(
      [
        `  orders-to-lake: last sync: the credentials are of account ${ACCOUNT}, not`,
        `    of ${OTHER_ACCOUNT}; give the environment lake a profile or an assumeRoleArn, or`,
        "    run it with credentials of that account\n",
      ].join("\n"),
    );
    expect(exit).toBe(0);
  });

  test("by ARN, where the account of the target is seen only then", async () => {
    const arn = `arn:aws:glue:us-east-1:${ACCOUNT}:integration:orders-to-lake`;
    expect((await stage.run({ arn: [arn] })).out).toContain(
      `last sync: metrics are in account ${OTHER_ACCOUNT} of the\n    target, and these credentials are of ${ACCOUNT}\n`,
    );
  });

  test("a role of another account than the environment's", async () => {
    stage.declare(declared(`, assumeRoleArn: "arn:aws:iam::${OTHER_ACCOUNT}:role/reader"`));
    stage.emulator.faults.deny("sts.AssumeRole", { times: Infinity });
    const { out, exit } = await stage.run();
    expect(out).toContain("authorized to perform: sts:AssumeRole");
    expect(exit).toBe(0);
  });
});

describe("what is looked at", () => {
  const arn = (name: string): string => `arn:aws:glue:us-east-1:${ACCOUNT}:integration:${name}`;
  const resource = { type: "aws_cloudcontrolapi_resource", mode: "managed" };
  const values = { type_name: "AWS::Glue::Integration", id: `${arn("a")}|a` };
  const shown = {
    format_version: "1.0",
    values: {
      root_module: { child_modules: [{ resources: [{ ...resource, address: "module.x.a", values }] }] },
    },
  };
  const stored = { version: 4, resources: [{ ...resource, name: "a", instances: [{ attributes: values }] }] };

  test.each([
    ["a state file", stored, "aws_cloudcontrolapi_resource.a"],
    ["what terraform show prints", shown, "module.x.a"],
  ])("%s", async (_what, state, from) => {
    stage.integration("a", "FAILED");
    writeFileSync(join(stage.folder, "state.json"), JSON.stringify(state));
    const { out, exit } = await stage.run({ state: ["state.json", "state.json"], json: true });
    expect(JSON.parse(out).integrations).toMatchObject([{ name: "a", from, state: "FAILED" }]);
    expect(exit).toBe(2);
  });

  test("an integration of a state that is not there any more has the name of the state", async () => {
    writeFileSync(join(stage.folder, "state.json"), JSON.stringify(stored));
    const { out } = await stage.run({ state: ["state.json"], json: true });
    expect(JSON.parse(out).integrations).toMatchObject([{ name: "a", arn: arn("a"), state: "MISSING" }]);
  });

  test("standard input", async () => {
    stage.integration("a", "ACTIVE");
    const stdin = () => new TextEncoder().encode(JSON.stringify(shown));
    expect(await stage.run({ state: ["-"] }, { stdin })).toMatchObject({ exit: 0 });
  });

  test("a state without integrations, and one that was applied to nothing", async () => {
    for (const state of [{ version: 4, resources: [] }, { format_version: "1.0" }]) {
      writeFileSync(join(stage.folder, "state.json"), JSON.stringify(state));
      expect(await stage.run({ state: ["state.json"] })).toEqual({
        out: "no integrations\n",
        err: "",
        exit: 0,
      });
    }
  });

  test("integrations that are not there: declared, of a state, and by ARN", async () => {
    stage.declare(declaring("a"));
    const next = async (request: object): Promise<string> => {
      const { out, exit } = await stage.run({ ...request, json: true });
      expect(exit).toBe(2);
      const [one] = JSON.parse(out).integrations;
      expect(one).toMatchObject({ state: "MISSING", outcome: "gone" });
      return one.next;
    };
    expect(await next({})).toBe("apply the stack orders: AWS has no such integration");
    writeFileSync(join(stage.folder, "state.json"), JSON.stringify(shown));
    expect(await next({ state: ["state.json"] })).toBe(
      "look whether it was deleted; terraform apply makes it",
    );
    expect(await next({ arn: [arn("a")] })).toBe("look whether it was deleted");
  });

  test("an ARN with a slash, as log messages have it", async () => {
    stage.integration("a", "ACTIVE");
    expect(await stage.run({ arn: [arn("a").replace("integration:", "integration/")] })).toMatchObject({
      exit: 0,
    });
  });

  test.each([
    [{ arn: ["arn:aws:s3:::bucket"] }, "error: arn:aws:s3:::bucket is not the ARN of an integration\n"],
    [{ state: ["nothing.json"] }, "error: nothing.json cannot be read: there is no such file\n"],
    [
      { state: ["text"] },
      "error: text is not JSON; a binary plan or state is read through terraform show -json\n",
    ],
    [{ state: ["plan"] }, "error: plan is a plan; take the state: terraform show -json without a file\n"],
    [
      { state: ["list"] },
      "error: list is not JSON; a binary plan or state is read through terraform show -json\n",
    ],
    [
      { state: ["other"] },
      "error: other is not a Terraform state; one is terraform.tfstate, or what terraform show -json or terraform state pull prints\n",
    ],
    [{ state: ["template"] }, "error: template is not a Terraform state; "],
    [
      { state: ["backend"] },
      "error: backend names a backend, and holds no state; take the output of terraform state pull\n",
    ],
    [{ state: ["-"] }, "error: standard input is not JSON; "],
    [{}, "[declaration-not-found]"],
  ])("refuses %j", async (request, message) => {
    for (const [name, text] of Object.entries({
      text: "x",
      plan: '{"planned_values":{}}',
      list: "[]",
      other: "{}",
      template: '{"contentVersion":"1.0.0.0","resources":[]}',
      backend: '{"version":3,"backend":{"type":"s3"}}',
    }))
      writeFileSync(join(stage.folder, name), text);
    const { out, err, exit } = await stage.run(request);
    expect(err).toContain(message);
    expect({ out, exit }).toEqual({ out: "", exit: 1 });
    expect(stage.emulator.log).toEqual([]);
  });

  test("refuses a declaration that is not there, and a time without anything to wait for", async () => {
    expect(await stage.run({}, {}, "nowhere.yaml")).toEqual({
      out: "",
      err: [
        "nowhere.yaml: error: the command line names a file that does not exist [declaration-not-found]",
        '  got:      "nowhere.yaml"',
        "  expected: the path of the declaration, relative to this folder",
        "1 error",
        "",
      ].join("\n"),
      exit: 1,
    });
    for (const [request, option] of [
      [{ timeout: 1_000 }, "--timeout"],
      [{ interval: 1_000 }, "--interval"],
      [{ interval: 1_000, timeout: 1_000 }, "--timeout"],
    ] as const)
      expect(await stage.run({ ...request, arn: [arn("a")] })).toEqual({
        out: "",
        err: `error: ${option} is about waiting, and nothing says what to wait for\n  remedy:   add --wait active, or --watch\n`,
        exit: 1,
      });
  });

  test("refuses a declaration beside ARNs", async () => {
    const { err, exit } = await stage.run({ arn: [arn("a")] }, {}, "zero-etl.yaml");
    expect(err).toContain(
      "error: zero-etl.yaml is a declaration, and --arn and --state name integrations without one",
    );
    expect(exit).toBe(1);
  });
});

describe("waiting", () => {
  const WAIT = { wait: "active", interval: 15_000 } as const;

  test("until every integration is active: what changed goes to standard error, the end to standard output", async () => {
    stage.declare(declaring("a", "b"));
    stage.integration("a", "CREATING");
    stage.integration("b", "ACTIVE");
    stage.onSleep = (times) => times === 2 && stage.emulator.setStatus("a", "ACTIVE");
    const { out, err, exit } = await stage.run(WAIT);
    expect(err).toBe("12:00:00 a: CREATING\n12:00:00 b: ACTIVE\n12:00:30 a: CREATING, now ACTIVE\n");
    expect(out).toContain("2 integrations: 2 active");
    expect(exit).toBe(0);
  });

  test("no longer than it may", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "CREATING");
    const { err, exit } = await stage.run({ ...WAIT, timeout: 100_000 });
    expect(err).toBe("12:00:00 a: CREATING\nerror: not every integration was active after 100 seconds\n");
    expect(stage.now.getTime() - NOW.getTime()).toBe(100_000);
    expect(exit).toBe(3);
  });

  test("tells integrations of one name apart", async () => {
    const arns = (["us-east-1", "eu-west-1"] as const).map((region) =>
      stage.integration("orders", "ACTIVE", { region }),
    );
    expect((await stage.run({ ...WAIT, arn: arns })).err).toBe(
      "12:00:00 orders (us-east-1): ACTIVE\n12:00:00 orders (eu-west-1): ACTIVE\n",
    );
  });

  test("half an hour, unless it is told", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "CREATING");
    await stage.run({ ...WAIT, interval: 600_000 });
    expect(stage.now.getTime() - NOW.getTime()).toBe(1_800_000);
  });

  test("not for one that has failed", async () => {
    stage.declare(declaring("a", "b"));
    stage.integration("a", "CREATING");
    stage.integration("b", "FAILED");
    expect(await stage.run(WAIT)).toMatchObject({ exit: 2 });
    expect(stage.now).toEqual(NOW);
  });

  test("for one that needs attention, which heals; when it began is known from then on", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "ACTIVE", { fixed: { status: "SYNCING", errors: [] } });
    const seen: (string | undefined)[] = [];
    stage.onSleep = (times) => {
      if (times === 1) stage.emulator.setStatus("a", "NEEDS_ATTENTION", DENIED);
      if (times === 3) stage.emulator.setStatus("a", "ACTIVE");
      seen.push(stage.now.toISOString().slice(11, 19));
    };
    const { err, exit } = await stage.run(WAIT);
    expect(err).toBe(
      "12:00:00 a: SYNCING\n12:00:15 a: SYNCING, now NEEDS_ATTENTION\n12:00:45 a: NEEDS_ATTENTION, now ACTIVE\n",
    );
    expect(exit).toBe(0);
    await restart(stage);
    stage.declare(declaring("a"));
    stage.integration("a", "CREATING");
    stage.onSleep = (times) => times === 1 && stage.emulator.setStatus("a", "NEEDS_ATTENTION", DENIED);
    const { out } = await stage.run({ ...WAIT, timeout: 60_000, json: true });
    expect(JSON.parse(out).integrations).toMatchObject([
      {
        since: { at: "2026-09-30T12:00:15.000Z", basis: "observed" },
        deadline: { at: "2026-10-07T12:00:15.000Z", hoursLeft: 167, atLeast: false },
      },
    ]);
  });

  test("looks once more where AWS did not answer in between", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "CREATING");
    stage.onSleep = (times) => {
      if (times === 1) stage.emulator.faults.deny("glue.DescribeIntegrations", 1);
      if (times === 2) stage.emulator.setStatus("a", "ACTIVE");
    };
    const { err, exit } = await stage.run(WAIT);
    expect(err).toBe(
      "12:00:00 a: CREATING\n12:00:15 a: CREATING, now UNREAD (its state: access denied: allow glue:DescribeIntegrations)\n12:00:30 a: UNREAD, now ACTIVE\n",
    );
    expect(exit).toBe(0);
  });

  test("watching redraws one picture for a person, and ends with the last", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "CREATING");
    stage.onSleep = () => stage.emulator.setStatus("a", "ACTIVE");
    const { out, err, exit } = await stage.run({ watch: true }, { columns: 80, env: { NO_COLOR: "1" } });
    const [first = "", second = ""] = out.split(/\u001b\[\d+A\u001b\[J/);
    expect(out).toContain(`\u001b[${first.split("\n").length - 1}A\u001b[J`);
    expect(first).toContain("1 in progress");
    expect(second).toContain("1 active");
    expect({ err, exit }).toEqual({ err: "", exit: 0 });
  });

  test("watching into a file prints what changes, and the last picture", async () => {
    stage.declare(declaring("a"));
    stage.integration("a", "CREATING");
    stage.onSleep = () => stage.emulator.setStatus("a", "FAILED");
    const { out, err, exit } = await stage.run({ watch: true });
    expect(err).toBe("12:00:00 a: CREATING\n12:00:15 a: CREATING, now FAILED\n");
    expect(out).toContain("1 integration: 1 failed");
    expect(out).not.toContain("\u001b");
    expect(exit).toBe(2);
  });
});

test.each(["README.md", "docs/status.md"])("the picture in %s is what is printed", (file) => {
  const text = readFileSync(join(__dirname, "../../..", file), "utf8");
  expect(text).toContain(`\`\`\`text\n${picture("needs-attention")}\`\`\``);
});
