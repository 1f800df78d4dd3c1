import { existsSync } from "node:fs";
import { zipSync } from "fflate";
import { WAITS } from "../../../lib/operator/waits";
import { AwsClient } from "../client";
import { Emulator } from "../emulator";
import { ACCOUNT, CATALOG_ARN, FakeAccount, OTHER_ACCOUNT, policy } from "../fake-account";
import { serve } from "../server";
import { type JsonObject, type WireRequest, type WireResponse, jsonOf, jsonResponse } from "../wire";

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/zero-etl-operator`;
const FUNCTION_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:operator`;
const FUNCTIONS = "/2015-03-31/functions";

/** Stands for moto: keeps what functions are configured to be, and a catalog policy. */
class FakeBackend {
  configurations: Record<string, JsonObject> = {};
  concurrency: number | undefined;

  send = async (request: WireRequest): Promise<WireResponse> => {
    const account = request.headers["x-moto-account-id"] ?? "";
    const [path = ""] = request.path.split("?");
    if (request.headers["x-amz-target"] !== undefined) return jsonResponse({ PolicyInJson: "{}" });
    const name = path.split("/")[3] ?? "";
    if (request.method === "GET") return this.described(name);
    const { FunctionName = name, Code, ...changes } = jsonOf(request);
    if (request.method === "DELETE") {
      delete this.configurations[name];
      return jsonResponse({}, 204);
    }
    const configuration = {
      ...this.configurations[String(FunctionName)],
      ...changes,
      FunctionName,
      FunctionArn: `arn:aws:lambda:us-east-1:${account}:function:${String(FunctionName)}`,
    };
    this.configurations[String(FunctionName)] = configuration;
    return jsonResponse(configuration, Code === undefined ? 200 : 201);
  };

  private described(name: string): WireResponse {
    const Configuration = this.configurations[name];
    if (Configuration === undefined) {
      const Message = `Function not found: ${name}`;
      return jsonResponse({ __type: "ResourceNotFoundException", Message }, 404);
    }
    const Concurrency = { ReservedConcurrentExecutions: this.concurrency };
    return jsonResponse({ Configuration, ...(this.concurrency === undefined ? {} : { Concurrency }) });
  }
}

let backend: FakeBackend;
let account: FakeAccount;
let emulator: Emulator;
let client: AwsClient;
let close: () => Promise<void>;

beforeEach(async () => {
  backend = new FakeBackend();
  account = new FakeAccount();
  account.roles[ROLE_ARN] = {
    trust: policy({
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
    policies: [],
  };
  emulator = new Emulator({
    backend: backend.send,
    account,
    accounts: { AKIAFIRST: ACCOUNT, AKIAOTHER: OTHER_ACCOUNT },
  });
  client = new AwsClient((request) => emulator.handle(request), { accessKeyId: "AKIAFIRST" });
  ({ close } = await serve(emulator));
});

afterEach(async () => {
  await emulator.reset();
  await close();
});

const zipOf = (code: string, file = "index.js"): string =>
  Buffer.from(zipSync({ [file]: new TextEncoder().encode(code) })).toString("base64");

/** Code whose handler is the body of a function of `event` and `context`. */
const handling = (body: string): string => zipOf(`exports.handler = async (event, context) => { ${body} };`);

const create = (ZipFile: string, changed: JsonObject = {}): Promise<JsonObject> =>
  client.rest("lambda", "POST", FUNCTIONS, {
    FunctionName: "operator",
    Runtime: "nodejs22.x",
    Role: ROLE_ARN,
    Handler: "index.handler",
    Timeout: 30,
    MemorySize: 256,
    Code: { ZipFile },
    ...changed,
  });

/** What comes back, and whether it is an error of the function. */
const invoke = async (
  event: unknown = {},
  query = "",
): Promise<{ payload: unknown; error: string | undefined }> => {
  const response = await emulator.handle({
    method: "POST",
    path: `${FUNCTIONS}/operator/invocations${query}`,
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=AKIAFIRST/20260101/us-east-1/lambda/aws4_request, x",
      "content-type": "application/json",
    },
    body: Buffer.from(JSON.stringify(event)),
  });
  return {
    payload: JSON.parse(response.body.toString("utf8")),
    error: response.headers["x-amz-function-error"],
  };
};

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("what is uploaded", () => {
  test("runs, with the event", async () => {
    await create(handling("return { doubled: event.n * 2 };"));
    expect(await invoke({ n: 21 })).toEqual({ payload: { doubled: 42 }, error: undefined });
  });

  test("runs from any file of the zip", async () => {
    await create(zipOf("exports.run = () => 'here';", "src/main.js"), { Handler: "src/main.run" });
    expect((await invoke()).payload).toBe("here");
  });

  test("answers null where it returns nothing", async () => {
    await create(handling(""));
    expect(await invoke()).toEqual({ payload: null, error: undefined });
  });

  test("is told what Lambda tells", async () => {
    await create(
      handling(
        "const { getRemainingTimeInMillis, ...rest } = context; return { ...rest, left: getRemainingTimeInMillis() };",
      ),
    );
    const { payload } = await invoke({}, "?Qualifier=%24LATEST");
    expect(payload).toMatchObject({
      functionName: "operator",
      functionVersion: "$LATEST",
      invokedFunctionArn: `${FUNCTION_ARN}:$LATEST`,
      memoryLimitInMB: "256",
      logGroupName: "/aws/lambda/operator",
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { left } = payload as { left: number };
    expect(left).toBeGreaterThan(25_000);
    expect(left).toBeLessThanOrEqual(30_000);
  });

  test("finds Lambda's environment, its own and what tests add, and nothing of the machine", async () => {
    process.env["SECRET_OF_THE_MACHINE"] = "x";
    emulator.functions.environment["ADDED"] = "by the test";
    await create(handling("return process.env;"), { Environment: { Variables: { OWN: "1" } } });
    const { payload } = await invoke();
    delete process.env["SECRET_OF_THE_MACHINE"];
    expect(payload).toMatchObject({
      AWS_ENDPOINT_URL: emulator.functions.endpoint,
      AWS_REGION: "us-east-1",
      AWS_LAMBDA_FUNCTION_NAME: "operator",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      OWN: "1",
      ADDED: "by the test",
    });
    expect(payload).not.toHaveProperty("SECRET_OF_THE_MACHINE");
  });

  test("waits no longer than a test can", async () => {
    await create(handling("return process.env;"));
    const environment = (await invoke()).payload as Record<string, string>;
    for (const { variable, seconds } of Object.values(WAITS)) {
      expect(Number(environment[variable])).toBeGreaterThan(0);
      expect(Number(environment[variable])).toBeLessThan(seconds / 5);
    }
  });

  test("leaves its configuration as it was declared", async () => {
    await create(handling("return 1;"), { Environment: { Variables: { OWN: "1" } } });
    await invoke();
    const { Configuration } = await client.rest("lambda", "GET", `${FUNCTIONS}/operator`);
    expect(Configuration).toMatchObject({ Environment: { Variables: { OWN: "1" } } });
  });

  test("is heard", async () => {
    await create(handling("console.log('one'); console.error('two');"));
    await invoke();
    expect(emulator.functions.log.map(({ functionName, line }) => `${functionName}: ${line}`).sort()).toEqual(
      ["operator: one", "operator: two"],
    );
  });

  test("is replaced by what is uploaded later", async () => {
    await create(handling("return 'old';"));
    expect((await invoke()).payload).toBe("old");
    await client.rest("lambda", "PUT", `${FUNCTIONS}/operator/code`, { ZipFile: handling("return 'new';") });
    expect((await invoke()).payload).toBe("new");
  });

  test("stays as it is on a dry run", async () => {
    await create(handling("return 'old';"));
    const ZipFile = handling("return 'new';");
    await client.rest("lambda", "PUT", `${FUNCTIONS}/operator/code`, { ZipFile, DryRun: true });
    expect((await invoke()).payload).toBe("old");
  });

  test("runs anew with another configuration", async () => {
    await create(handling("return process.env.OWN ?? null;"));
    expect((await invoke()).payload).toBeNull();
    const Environment = { Variables: { OWN: "2" } };
    await client.rest("lambda", "PUT", `${FUNCTIONS}/operator/configuration`, { Environment });
    expect((await invoke()).payload).toBe("2");
  });
});

describe("processes", () => {
  const COUNTING = zipOf(
    "let calls = 0; exports.handler = async ({ millis = 0 }) => { calls += 1; await new Promise((r) => setTimeout(r, millis)); return { calls, pid: process.pid, folder: process.cwd() }; };",
  );
  const call = async (event: unknown = {}) =>
    (await invoke(event)).payload as { calls: number; pid: number; folder: string };

  test("one after the other goes to the same", async () => {
    await create(COUNTING);
    const first = await call();
    expect(await call()).toEqual({ ...first, calls: 2 });
  });

  test("at once each has its own", async () => {
    await create(COUNTING);
    const all = await Promise.all([1, 2, 3].map(() => call({ millis: 100 })));
    expect(all.map(({ calls }) => calls)).toEqual([1, 1, 1]);
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(3);
  });

  test("no more than the reserved concurrency", async () => {
    backend.concurrency = 1;
    await create(COUNTING);
    const running = call({ millis: 200 });
    await expect(
      client.rest("lambda", "POST", `${FUNCTIONS}/operator/invocations`, {}),
    ).rejects.toMatchObject({ code: "TooManyRequestsException" });
    expect(await running).toMatchObject({ calls: 1 });
    expect(await call()).toMatchObject({ calls: 2 });
  });

  test.each([
    ["a reset", () => emulator.reset()],
    ["the function's end", () => client.rest("lambda", "DELETE", `${FUNCTIONS}/operator`)],
  ])("and folders are gone after %s", async (_name, end) => {
    await create(COUNTING);
    const { pid, folder } = await call();
    expect(lives(pid)).toBe(true);
    expect(existsSync(folder)).toBe(true);
    await end();
    await emulator.reset();
    expect(lives(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  test("that still run end with a reset, and whoever waits is told", async () => {
    await create(handling("console.log(process.pid); await new Promise(() => setInterval(() => {}, 1000));"));
    const waiting = invoke();
    while (emulator.functions.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const pid = Number(emulator.functions.log[0]?.line);
    await emulator.reset();
    expect(lives(pid)).toBe(false);
    expect(await waiting).toMatchObject({
      error: "Unhandled",
      payload: { errorType: "Runtime.ExitError" },
    });
  });

  test("leave the calls of before an update to their end", async () => {
    await create(COUNTING);
    const running = call({ millis: 200 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.rest("lambda", "PUT", `${FUNCTIONS}/operator/configuration`, { Timeout: 20 });
    const { folder } = await running;
    while (existsSync(folder)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});

describe("errors of a function", () => {
  test("thrown", async () => {
    await create(handling("throw new RangeError('too far');"));
    expect(await invoke()).toEqual({
      error: "Unhandled",
      payload: {
        errorType: "RangeError",
        errorMessage: "too far",
        trace: expect.arrayContaining(["RangeError: too far"]),
      },
    });
  });

  test("thrown, and the next call runs in the same process", async () => {
    await create(
      zipOf("let calls = 0; exports.handler = async () => { if (++calls === 1) throw 1; return calls; };"),
    );
    expect((await invoke()).error).toBe("Unhandled");
    expect(await invoke()).toEqual({ payload: 2, error: undefined });
  });

  test.each([
    ["no such file", { Handler: "other.handler" }, "Runtime.ImportModuleError", /^Error: Cannot find module/],
    [
      "no such export",
      { Handler: "index.other" },
      "Runtime.HandlerNotFound",
      /^index\.other is undefined or not exported$/,
    ],
  ])("%s", async (_name, changed, errorType, message) => {
    await create(handling("return 1;"), changed);
    expect(await invoke()).toMatchObject({
      error: "Unhandled",
      payload: { errorType, errorMessage: expect.stringMatching(message) },
    });
  });

  test("code that is none", async () => {
    await create(zipOf("export {{"));
    expect(await invoke()).toMatchObject({ payload: { errorType: "Runtime.UserCodeSyntaxError" } });
  });

  test("an exit in the middle", async () => {
    await create(handling("process.exit(3);"));
    expect(await invoke()).toMatchObject({
      error: "Unhandled",
      payload: {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          /^RequestId: .+ Error: Runtime exited with error: exit status 3$/,
        ),
      },
    });
  });

  test("a crash that a test asks for", async () => {
    await create(handling("console.log('here'); await new Promise(() => setInterval(() => {}, 1000));"));
    const waiting = invoke();
    while (emulator.functions.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await emulator.functions.crash();
    expect(await waiting).toMatchObject({ payload: { errorType: "Runtime.ExitError" } });
  });

  test("a crash of one call, while others go on", async () => {
    await create(
      handling(
        "console.log('here'); await new Promise((resolve) => setTimeout(resolve, 400)); return event.n;",
      ),
    );
    const calls = [invoke({ n: 1 }), invoke({ n: 2 })];
    while (emulator.functions.log.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await emulator.functions.crash(/"n":1/);
    expect(await Promise.all(calls)).toMatchObject([
      { payload: { errorType: "Runtime.ExitError" } },
      { payload: 2, error: undefined },
    ]);
  });

  test("a run past the timeout, whose seconds can be short", async () => {
    emulator.functions.secondMillis = 10;
    await create(handling("await new Promise(() => setInterval(() => {}, 1000));"));
    const start = Date.now();
    expect(await invoke()).toMatchObject({
      error: "Unhandled",
      payload: {
        errorType: "Sandbox.Timedout",
        errorMessage: expect.stringMatching(/^RequestId: .+ Error: Task timed out after 30\.00 seconds$/),
      },
    });
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  test("an answer that is too large", async () => {
    await create(handling("return 'x'.repeat(6 * 1024 * 1024);"));
    expect(await invoke()).toMatchObject({
      error: "Unhandled",
      payload: { errorType: "Function.ResponseSizeTooLarge" },
    });
  });
});

describe("what Lambda refuses", () => {
  const ZIP = handling("return 1;");

  test.each([
    ["a timeout of 901 seconds", { Timeout: 901 }, /'timeout'.+less than or equal to 900$/],
    ["a timeout of 0 seconds", { Timeout: 0 }, /'timeout'.+greater than or equal to 1$/],
    ["127 MB", { MemorySize: 127 }, /'memorySize'.+greater than or equal to 128$/],
    ["an unknown runtime", { Runtime: "nodejs99.x" }, /'runtime'.+enum value set/],
    ["an unknown architecture", { Architectures: ["riscv"] }, /enum value set: \[x86_64, arm64\]$/],
    ["a name of 65 characters", { FunctionName: "f".repeat(65) }, /length less than or equal to 64$/],
    [
      "a description of 257 characters",
      { Description: "d".repeat(257) },
      /length less than or equal to 256$/,
    ],
  ])("%s", async (_name, changed, message) => {
    await expect(create(ZIP, changed)).rejects.toMatchObject({
      code: "ValidationException",
      message: expect.stringMatching(message),
    });
  });

  test("nothing at the ends of what it takes", async () => {
    await expect(
      create(ZIP, {
        Timeout: 900,
        MemorySize: 10_240,
        FunctionName: "f".repeat(64),
        Description: "d".repeat(256),
      }),
    ).resolves.toMatchObject({ Timeout: 900 });
  });

  test("what is no zip", async () => {
    await expect(create(Buffer.from("no zip").toString("base64"))).rejects.toMatchObject({
      code: "InvalidParameterValueException",
      message: "Could not unzip uploaded file. Please check your file, then try to upload again.",
    });
  });

  test.each([
    ["a role that is not there", `${ROLE_ARN}-later`],
    ["a role for another service", `arn:aws:iam::${ACCOUNT}:role/zero-etl-target`],
  ])("%s", async (_name, Role) => {
    const refusal = {
      code: "InvalidParameterValueException",
      message: "The role defined for the function cannot be assumed by Lambda.",
    };
    await expect(create(ZIP, { Role })).rejects.toMatchObject(refusal);
    await create(ZIP);
    await expect(
      client.rest("lambda", "PUT", `${FUNCTIONS}/operator/configuration`, { Role }),
    ).rejects.toMatchObject(refusal);
  });

  test("to call what is not there", async () => {
    await expect(
      client.rest("lambda", "POST", `${FUNCTIONS}/operator/invocations`, {}),
    ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });
});

describe("the role of a function", () => {
  const READING = handling(
    "const { status } = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body: '{}', headers: {" +
      " 'x-amz-target': 'AWSGlue.GetResourcePolicy', authorization: `AWS4-HMAC-SHA256" +
      " Credential=${process.env.AWS_ACCESS_KEY_ID}/20260101/us-east-1/glue/aws4_request, x` } }); return status;",
  );
  const role = (): { policies: unknown[] } => account.roles[ROLE_ARN] as unknown as { policies: unknown[] };

  test("allows what it allows, and nothing else, at every call", async () => {
    await create(READING);
    expect((await invoke()).payload).toBe(400);
    expect(emulator.log.at(-2)).toMatchObject({
      operation: "GetResourcePolicy",
      account: ACCOUNT,
      principal: ROLE_ARN,
      error: expect.stringMatching(/^AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role\//),
    });
    role().policies.push(
      policy({ Effect: "Allow", Action: "glue:GetResourcePolicy", Resource: CATALOG_ARN }),
    );
    expect((await invoke()).payload).toBe(200);
  });

  test("is of the account that the function is in", async () => {
    const other = client.with({ accessKeyId: "AKIAOTHER" });
    const Role = `arn:aws:iam::${OTHER_ACCOUNT}:role/zero-etl-operator`;
    account.roles[Role] = account.roles[ROLE_ARN] as (typeof account.roles)[string];
    await other.rest("lambda", "POST", FUNCTIONS, {
      FunctionName: "operator",
      Runtime: "nodejs22.x",
      Role,
      Handler: "index.handler",
      Timeout: 30,
      Code: { ZipFile: READING },
    });
    await other.rest("lambda", "POST", `${FUNCTIONS}/operator/invocations`, {});
    const read = emulator.log.find(({ operation }) => operation === "GetResourcePolicy");
    expect(read).toMatchObject({ account: OTHER_ACCOUNT, principal: Role });
  });
});
