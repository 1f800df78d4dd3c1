import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Surroundings } from "../../../lib/operator/handle";
import { handle } from "../../../lib/operator/handle";
import type { Clock } from "../../../lib/operator/patience";
import { glueDatabaseResources, inboundStatements } from "../../../lib/policy/catalog";
import type { FakeAccount } from "./fakes";
import {
  ADDRESS,
  CONNECTION,
  DATABASE,
  FUNCTION_ARN,
  FakeFunction,
  INTEGRATION,
  TABLE,
  awsError,
} from "./fakes";

const TABLE_INPUT = { kind: "table-properties", resourceArn: DATABASE, tableName: "orders", unnest: "none" };
const KEY_INPUT = { kind: "table-properties", resourceArn: CONNECTION, tableName: "E", primaryKey: ["a"] };
const SETTINGS_INPUT = { kind: "integration-settings", integrationArn: INTEGRATION, refreshInterval: "30" };
const STATEMENTS = inboundStatements({
  targetKey: "lake",
  resources: glueDatabaseResources(ADDRESS, "lake"),
  sources: [{ arn: TABLE }],
  deployerArns: [],
});
const CATALOG_INPUT = { kind: "catalog-policy", statements: STATEMENTS };
const TABLE_POLICY_INPUT = { kind: "table-policy", tableArn: TABLE, statements: [] };
const PROPAGATION_INPUT = { kind: "propagation", subjects: { "target role": "1", "table policy": "2" } };
const INPUTS = [TABLE_INPUT, KEY_INPUT, SETTINGS_INPUT, CATALOG_INPUT, TABLE_POLICY_INPUT, PROPAGATION_INPUT];

const OUT_OF_TIME = "change attempt to run it again";

let operator: FakeFunction;
let account: FakeAccount;

beforeEach(() => {
  operator = new FakeFunction();
  account = operator.account;
});

describe("a call that is not understood", () => {
  const tf = { action: "create", prev_input: null };

  test.each<[string, unknown, string, string]>([
    ["nothing", undefined, "malformed-input", "the event is not an object: nothing"],
    ["a text", "create", "malformed-input", 'the event is not an object: "create"'],
    ["no action", { version: 1, ...TABLE_INPUT }, "unknown-action", "the operator knows no action nothing"],
    [
      "another action",
      { version: 1, ...TABLE_INPUT, action: "create" },
      "unknown-action",
      'the operator knows no action "create"',
    ],
    [
      "another action of Terraform",
      { version: 1, ...TABLE_INPUT, tf: { action: "read" } },
      "unknown-action",
      'the operator knows no action "read"',
    ],
    [
      "two actions",
      { version: 1, ...TABLE_INPUT, tf, action: "read" },
      "unknown-action",
      'the operator knows no action "read"',
    ],
    [
      "no version",
      { ...TABLE_INPUT, tf },
      "protocol-version",
      "the function understands inputs of version 1, and got nothing",
    ],
    [
      "another version",
      { ...TABLE_INPUT, version: 2, tf },
      "protocol-version",
      "the function understands inputs of version 1, and got 2",
    ],
    ["no kind", { version: 1, tf }, "unknown-kind", "the operator manages no nothing"],
    [
      "another kind",
      { version: 1, kind: "toString", tf },
      "unknown-kind",
      'the operator manages no "toString"',
    ],
    [
      "a kind that was another one",
      { version: 1, ...TABLE_INPUT, tf: { action: "update", prev_input: PROPAGATION_INPUT } },
      "kind-changed",
      'what was "propagation" cannot become "table-properties"',
    ],
  ])("%s", async (_, event, code, message) => {
    await expect(operator.call(event)).resolves.toMatchObject({ ok: false, code, message });
    expect(account.calls).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      "an unknown member",
      { ...TABLE_INPUT, unnesting: "none" },
      '"table-properties" has no member "unnesting"',
    ],
    ["an attempt that is no text", { ...TABLE_INPUT, attempt: 2 }, "attempt is not a text: 2"],
    ["no resource", { ...TABLE_INPUT, resourceArn: undefined }, "resourceArn is not a text: nothing"],
    [
      "a resource of another service",
      { ...TABLE_INPUT, resourceArn: TABLE },
      `resourceArn is not an ARN that can be managed here: "${TABLE}"`,
    ],
    [
      "a Glue table",
      { ...TABLE_INPUT, resourceArn: DATABASE.replace("database", "table") },
      `resourceArn is not an ARN that can be managed here: "${DATABASE.replace("database", "table")}"`,
    ],
    [
      "an empty table name",
      { ...TABLE_INPUT, tableName: "" },
      'tableName is not 1 to 128 characters long: ""',
    ],
    ["another unnest", { ...TABLE_INPUT, unnest: "FULL" }, 'unnest is none of full, top-level, none: "FULL"'],
    [
      "partitions that are no list",
      { ...TABLE_INPUT, partitionBy: {} },
      "partitionBy is not a list: a mapping",
    ],
    [
      "no partition columns",
      { ...TABLE_INPUT, partitionBy: [] },
      "partitionBy: partitionBy is an empty list",
    ],
    [
      "a partition column that is no object",
      { ...TABLE_INPUT, partitionBy: ["region"] },
      'partitionBy.0 is not an object: "region"',
    ],
    [
      "an unknown member of a partition column",
      { ...TABLE_INPUT, partitionBy: [{ field: "a", function: "identity", by: 1 }] },
      'partitionBy.0 has no member "by"',
    ],
    [
      "a partition by time without a format",
      { ...TABLE_INPUT, partitionBy: [{ field: "a", function: "month" }] },
      "partitionBy.0: a partition by month needs the format of the column",
    ],
    [
      "an unknown partition function",
      { ...TABLE_INPUT, partitionBy: [{ field: "a", function: "week", format: "iso" }] },
      'partitionBy.0.function is none of identity, year, month, day, hour: "week"',
    ],
    [
      "a long target table",
      { ...TABLE_INPUT, targetTable: "x".repeat(129) },
      `targetTable is not 1 to 128 characters long: "${"x".repeat(80)}..."`,
    ],
    [
      "half a version",
      { ...TABLE_INPUT, layoutVersion: 1.5 },
      "layoutVersion: layout version is not a whole number from 1",
    ],
    [
      "a version that is a text",
      { ...TABLE_INPUT, layoutVersion: "2" },
      'layoutVersion is not a number: "2"',
    ],
    [
      "a key in a target",
      { ...TABLE_INPUT, primaryKey: ["a"] },
      "primaryKey is a setting of a connection, and resourceArn is none",
    ],
    [
      "a layout in a connection",
      { ...KEY_INPUT, unnest: "none" },
      "unnest is a setting of a target, and resourceArn is a connection",
    ],
    [
      "a connection without a key",
      { ...KEY_INPUT, primaryKey: undefined },
      "resourceArn is a connection, and there is no primaryKey",
    ],
    [
      "an empty key",
      { ...KEY_INPUT, primaryKey: [] },
      "resourceArn is a connection, and there is no primaryKey",
    ],
    ["a key of a number", { ...KEY_INPUT, primaryKey: [1] }, "primaryKey.0 is not a text: 1"],
    [
      "an integration by its id",
      { ...SETTINGS_INPUT, integrationArn: "6f2c" },
      'integrationArn is not an ARN that can be managed here: "6f2c"',
    ],
    [
      "an interval as a number",
      { ...SETTINGS_INPUT, refreshInterval: 30 },
      "refreshInterval is not a text: 30",
    ],
    [
      "an interval of 14 minutes",
      { ...SETTINGS_INPUT, refreshInterval: "14" },
      'refreshInterval is not 15 to 8640 minutes as a text: "14"',
    ],
    [
      "an interval of 8641 minutes",
      { ...SETTINGS_INPUT, refreshInterval: "8641" },
      'refreshInterval is not 15 to 8640 minutes as a text: "8641"',
    ],
    [
      "an interval with a unit",
      { ...SETTINGS_INPUT, refreshInterval: "30m" },
      'refreshInterval is not 15 to 8640 minutes as a text: "30m"',
    ],
    ["no statements", { kind: "catalog-policy" }, "statements is not a list: nothing"],
    [
      "a statement that is none",
      { ...CATALOG_INPUT, statements: [null] },
      "statements.0 is not an object: nothing",
    ],
    [
      "a statement without Sid",
      { ...CATALOG_INPUT, statements: [{}] },
      "statements.0.Sid is not a text: nothing",
    ],
    [
      "a Sid that is there twice",
      { ...CATALOG_INPUT, statements: [...STATEMENTS, ...STATEMENTS] },
      `two statements have the Sid "${STATEMENTS[0]?.Sid}"`,
    ],
    [
      "a table by its name",
      { ...TABLE_POLICY_INPUT, tableArn: "orders" },
      'tableArn is not an ARN that can be managed here: "orders"',
    ],
    [
      "an index of a table",
      { ...TABLE_POLICY_INPUT, tableArn: `${TABLE}/index/a` },
      `tableArn is not an ARN that can be managed here: "${TABLE}/index/a"`,
    ],
    ["no subjects", { kind: "propagation" }, "subjects is not an object: nothing"],
    [
      "a subject that is no text",
      { ...PROPAGATION_INPUT, subjects: { role: 1 } },
      "subjects.role is not a text: 1",
    ],
  ])("%s", async (_, input, message) => {
    await expect(operator.create(input)).resolves.toMatchObject({
      ok: false,
      code: "malformed-input",
      message,
    });
    await expect(operator.delete(input)).rejects.toThrow(`${message} [malformed-input]`);
    expect(account.calls).toEqual([]);
  });

  test.each(["15", "8640"])("an interval of %s minutes is understood", async (refreshInterval) => {
    await expect(operator.read({ ...SETTINGS_INPUT, refreshInterval })).resolves.toMatchObject({ ok: true });
  });

  test("a malformed input never crashes the function", async () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue(),
        fc.constantFrom(...INPUTS.flatMap(Object.values)),
        tie("value"),
      ),
    })).value;
    const mutated = fc
      .tuple(fc.constantFrom(...INPUTS), fc.string(), anything)
      .chain(([input, stray, value]) =>
        fc.constantFrom(...Object.keys(input), stray).map((key) => ({ ...input, [key]: value })),
      );
    const event = fc.oneof(
      anything,
      fc
        .tuple(
          mutated,
          fc.constantFrom(1, 2, "1"),
          fc.constantFrom("create", "update", "delete", "read"),
          anything,
        )
        .map(([input, version, action, prev_input]) =>
          action === "read"
            ? { version, ...input, action }
            : { version, ...input, tf: { action, prev_input } },
        ),
    );
    await fc.assert(
      fc.asyncProperty(event, async (sent) => {
        const fresh = new FakeFunction();
        const result = await fresh.call(sent).catch((error: Error) => {
          expect(error.name).toBe("ZeroEtlOperatorError");
          return { ok: false, code: "thrown" };
        });
        expect(result).not.toMatchObject({ code: "internal" });
        expect(typeof result.ok).toBe("boolean");
      }),
      { numRuns: 500 },
    );
  });
});

describe("a resource of another place", () => {
  test.each([
    [
      "account",
      { ...TABLE_INPUT, resourceArn: DATABASE.replace("111122223333", "444455556666") },
      "resourceArn is of account 444455556666 in us-east-1",
    ],
    [
      "region",
      { ...SETTINGS_INPUT, integrationArn: INTEGRATION.replace("us-east-1", "eu-west-1") },
      "integrationArn is of account 111122223333 in eu-west-1",
    ],
    [
      "partition",
      { ...TABLE_POLICY_INPUT, tableArn: TABLE.replace("arn:aws:", "arn:aws-cn:") },
      "tableArn is of account 111122223333 in us-east-1",
    ],
  ])("is refused: another %s", async (_, input, message) => {
    await expect(operator.create(input)).resolves.toEqual({
      ok: false,
      code: "foreign-resource",
      message: `${message}, and the function of account 111122223333 in us-east-1`,
      remedy: "manage it with the operator of its own environment",
    });
    expect(account.calls).toEqual([]);
  });

  test("the place of the function is that of the alias it is called by", async () => {
    await expect(
      new FakeFunction(account, `${FUNCTION_ARN}:live`).create(TABLE_INPUT),
    ).resolves.toMatchObject({
      ok: true,
    });
  });

  test("a function that does not know its place answers so", async () => {
    await expect(new FakeFunction(account, "operator").create(TABLE_INPUT)).resolves.toEqual({
      ok: false,
      code: "internal",
      message: "the operator has a fault: Error: the ARN of the function cannot be read: operator",
      remedy: "report it with the input and the log of the function",
    });
  });
});

describe("a deletion that fails", () => {
  test("is thrown as one text, without a stack", async () => {
    account.fail("glue:getIntegrationTableProperties", awsError("ThrottlingException", "Rate exceeded"));
    const error = await operator.delete(TABLE_INPUT).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(Error);
    const message = `reading the properties of orders in ${DATABASE} failed: ThrottlingException: Rate exceeded [aws-error]; remedy: run it again when there is less going on (docs/errors.md#throttling)`;
    expect(error).toMatchObject({
      name: "ZeroEtlOperatorError",
      message,
      // Terraform prints it after the message.
      stack: "ZeroEtlOperatorError",
    });
  });

  test("is thrown for another version, too", async () => {
    await expect(operator.delete({ ...TABLE_INPUT, version: 2 })).rejects.toThrow(
      "the function understands inputs of version 1, and got 2 [protocol-version]; remedy: apply the function and what it manages from one version of the library",
    );
  });
});

describe("denied access", () => {
  const denial = awsError(
    "AccessDeniedException",
    "User: arn:aws:sts::111122223333:assumed-role/operator/f is not authorized to perform: glue:GetResourcePolicy on resource: x",
  );

  test("that heals after seconds is waited for", async () => {
    account.fail("glue:getResourcePolicy", denial, denial, denial);
    await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({ ok: true, changed: true });
    expect(operator.clock.sleeps).toEqual([500, 1000, 2000, 10_000]);
  });

  test("that does not heal is reported with AWS's words and what to allow", async () => {
    account.failAlways("glue:getResourcePolicy", denial);
    await expect(operator.create(CATALOG_INPUT)).resolves.toEqual({
      ok: false,
      code: "access-denied",
      message: `reading the Glue catalog policy failed: AccessDeniedException: ${denial.message}`,
      awsCode: "AccessDeniedException",
      remedy:
        "allow glue:GetResourcePolicy to the role of the function; service control policies, permissions boundaries and explicit denials count, too",
    });
    expect(operator.clock.slept).toBeGreaterThan(55_000);
    expect(operator.clock.slept).toBeLessThanOrEqual(60_000);
  });

  test("uses up one patience over all calls", async () => {
    account.fail("glue:getResourcePolicy", ...Array.from({ length: 12 }, () => denial));
    account.failAlways("glue:putResourcePolicy", denial);
    await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({ code: "access-denied" });
    expect(operator.clock.slept).toBeLessThanOrEqual(60_000);
  });

  test("has a known remedy where AWS's words tell one", async () => {
    const message = "Insufficient Lake Formation permission(s): Required Describe on sales_lake";
    account.failAlways("glue:getIntegrationTableProperties", awsError("AccessDeniedException", message));
    await expect(operator.create(TABLE_INPUT)).resolves.toMatchObject({
      code: "access-denied",
      remedy:
        "grant the role Lake Formation permissions on the database, its tables and the data location (docs/errors.md#lake-formation-permissions)",
    });
  });

  test("is not waited for by a read, which a plan waits for", async () => {
    account.failAlways("glue:getResourcePolicy", denial);
    await expect(operator.read(CATALOG_INPUT)).resolves.toMatchObject({ code: "access-denied" });
    expect(operator.clock.sleeps).toEqual([]);
  });

  test("lets a deletion throw", async () => {
    operator.environment["ZERO_ETL_DENIAL_SECONDS"] = "0";
    account.fail("glue:getResourcePolicy", denial);
    await expect(operator.delete(CATALOG_INPUT)).rejects.toThrow(
      /\[access-denied\]; remedy: allow glue:GetResource/,
    );
  });
});

test("a principal that AWS does not know yet is waited for, and another invalid input is not", async () => {
  const unknown = awsError(
    "InvalidInputException",
    "Invalid principal in policy: AWS:arn:aws:iam::1:role/new",
  );
  account.fail("glue:putResourcePolicy", unknown);
  await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({ ok: true });
  account.failAlways("glue:putResourcePolicy", unknown);
  const input = { ...CATALOG_INPUT, statements: [] };
  await expect(operator.update(input, CATALOG_INPUT)).resolves.toMatchObject({ ok: true });
  account.catalogPolicy = undefined;
  await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({
    code: "aws-error",
    awsCode: "InvalidInputException",
    remedy:
      "check the principals that the policy names: a user or role may not exist, or no longer (docs/errors.md#policy-principal)",
  });
});

describe("errors of the network", () => {
  test.each<[string, object, string]>([
    ["connect refused", { code: "ECONNREFUSED" }, "ECONNREFUSED: connect refused"],
    ["", { name: "AggregateError", code: "ECONNREFUSED" }, "ECONNREFUSED: ECONNREFUSED"],
    ["socket hang up", { name: "TimeoutError" }, "TimeoutError: socket hang up"],
  ])("are reported by their code: %j of %j", async (message, properties, text) => {
    account.fail("glue:getResourcePolicy", Object.assign(new Error(message), properties));
    await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({
      ok: false,
      code: "aws-error",
      message: `reading the Glue catalog policy failed: ${text}`,
      remedy: "change attempt to run it again once AWS can be reached (docs/errors.md#connection-lost)",
    });
  });

  test("what is thrown and is no error is reported, too", async () => {
    account.clients.glue.getResourcePolicy = () => Promise.reject("odd");
    await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({
      code: "aws-error",
      awsCode: "Unknown",
    });
  });
});

describe("the time of the function", () => {
  test.each<[string, object, string]>([
    ["propagation", PROPAGATION_INPUT, "waiting for table policy, target role to be known everywhere"],
    ["denied access", CATALOG_INPUT, "waiting for services to act on the Glue catalog policy"],
  ])("is kept: %s", async (_, input, doing) => {
    operator.timeout = 10_000;
    await expect(operator.create(input)).resolves.toEqual({
      ok: false,
      code: "timeout",
      message: `the function ran out of time while ${doing}`,
      remedy: OUT_OF_TIME,
    });
  });

  test("is kept where an integration is busy", async () => {
    operator.timeout = 60_000;
    account.integrations = [{ IntegrationArn: INTEGRATION, Status: "CREATING" }];
    await expect(operator.create(SETTINGS_INPUT)).resolves.toMatchObject({
      code: "timeout",
      message: `the function ran out of time while waiting for ${INTEGRATION} to be ready for a change`,
    });
    expect(operator.clock.now()).toBeLessThanOrEqual(55_000);
  });

  test("is kept where a request hangs", async () => {
    account.clients.glue.getResourcePolicy = () => {
      operator.clock.pass(595_000);
      return new Promise(() => undefined);
    };
    await expect(operator.create(CATALOG_INPUT)).resolves.toMatchObject({
      code: "timeout",
      message: "the function ran out of time while reading the Glue catalog policy",
    });
  });

  test("is kept where the timer is a moment ahead of the clock, and the request ends with it", async () => {
    let abort = (): void => undefined;
    const { clock } = operator;
    const early: Clock = {
      now: () => clock.now(),
      sleep: (milliseconds) => clock.sleep(milliseconds),
      random: () => clock.random(),
      after: (_, run) => {
        abort = run;
        return () => undefined;
      },
    };
    const surroundings: Surroundings = {
      clients: (signal) => ({
        ...account.clients,
        glue: {
          ...account.clients.glue,
          getResourcePolicy: () => {
            clock.pass(24_999);
            abort();
            return Promise.reject(signal.reason as Error);
          },
        },
      }),
      clock: early,
      environment: {},
      log: () => undefined,
    };
    await expect(
      handle(
        surroundings,
        { version: 1, ...CATALOG_INPUT, action: "read" },
        { invokedFunctionArn: FUNCTION_ARN, getRemainingTimeInMillis: () => 30_000 },
      ),
    ).resolves.toMatchObject({
      code: "timeout",
      message: "the function ran out of time while reading the Glue catalog policy",
    });
  });

  test("ends the requests that are under way", async () => {
    let signal: AbortSignal | undefined;
    const surroundings: Surroundings = {
      clients: (given) => {
        signal = given;
        return account.clients;
      },
      clock: operator.clock,
      environment: {},
      log: () => undefined,
    };
    const call = handle(
      surroundings,
      { version: 1, ...CATALOG_INPUT, action: "read" },
      { invokedFunctionArn: FUNCTION_ARN, getRemainingTimeInMillis: () => 30_000 },
    );
    operator.clock.pass(24_999);
    expect(signal?.aborted).toBe(false);
    operator.clock.pass(1);
    expect(signal?.aborted).toBe(true);
    await call;
  });

  test("leaves no timer behind", async () => {
    await operator.create(CATALOG_INPUT);
    await operator.create({});
    expect(operator.clock.pendingTimers).toBe(0);
  });
});

describe("propagation", () => {
  test("is waited for, at create and at update", async () => {
    const done = { ok: true, changed: false, message: "waited for table policy, target role" };
    await expect(operator.create(PROPAGATION_INPUT)).resolves.toEqual(done);
    await expect(operator.update(PROPAGATION_INPUT, PROPAGATION_INPUT)).resolves.toEqual(done);
    expect(operator.clock.sleeps).toEqual([30_000, 30_000]);
  });

  test("of nothing is not", async () => {
    await expect(operator.create({ kind: "propagation", subjects: {} })).resolves.toEqual({
      ok: true,
      changed: false,
      message: "there is nothing to wait for",
    });
    expect(operator.clock.sleeps).toEqual([]);
  });

  test("is not waited for by a deletion or a read", async () => {
    await expect(operator.delete(PROPAGATION_INPUT)).resolves.toMatchObject({ ok: true, changed: false });
    await expect(operator.read(PROPAGATION_INPUT)).resolves.toEqual({ ok: true, drift: [] });
    expect(operator.clock.sleeps).toEqual([]);
  });

  test("takes as long as the environment says", async () => {
    operator.environment["ZERO_ETL_PROPAGATION_SECONDS"] = "0.5";
    await operator.create(PROPAGATION_INPUT);
    expect(operator.clock.sleeps).toEqual([500]);
  });
});

test("an attempt means nothing to what is done", async () => {
  await operator.create({ ...TABLE_INPUT, attempt: "1" });
  await expect(
    operator.update({ ...TABLE_INPUT, attempt: "2" }, { ...TABLE_INPUT, attempt: "1" }),
  ).resolves.toMatchObject({
    ok: true,
    changed: false,
  });
});

describe("an answer says which input it answers", () => {
  // Text for text what Terraform 1.11.4 makes of it: sha256(jsonencode(jsondecode(input))).
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

  test("good or not, and without what Terraform adds", async () => {
    const text = '{"kind":"propagation","subjects":{"table policy":"2","target role":"1"},"version":1}';
    await operator.update(PROPAGATION_INPUT, KEY_INPUT);
    expect(operator.request).toBe(sha256(text));
    await operator.call({ version: 1, ...PROPAGATION_INPUT, tf: { action: "explode" } });
    expect(operator.request).toBe(sha256(text));
  });

  test("with keys in the order of their characters, and escaped as Terraform escapes", async () => {
    await operator.call({ b: ["<&>\u2028\u2029", { "10": 1, "9": true, Ä: null }], a: 'é"\n', tf: {} });
    expect(operator.request).toBe(
      sha256('{"a":"é\\"\\n","b":["\\u003c\\u0026\\u003e\\u2028\\u2029",{"10":1,"9":true,"Ä":null}]}'),
    );
  });

  test.each([[undefined], [null], ["create"], [[]], [{ version: 1, ...TABLE_INPUT, action: "read" }]])(
    "unless %j is none",
    async (event) => {
      await operator.call(event);
      expect(operator.request).toBeUndefined();
    },
  );
});

test("each call is one line of the log, without the input", async () => {
  await operator.create(TABLE_INPUT);
  await operator.read(CATALOG_INPUT);
  await operator.call(null);
  expect(operator.log.map((line) => JSON.parse(line) as unknown)).toEqual([
    { kind: "table-properties", action: "create", result: expect.objectContaining({ ok: true }) as unknown },
    { kind: "catalog-policy", action: "read", result: { ok: true, drift: [expect.any(String) as unknown] } },
    { result: expect.objectContaining({ code: "malformed-input" }) as unknown },
  ]);
});
