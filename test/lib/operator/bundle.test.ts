// The function as it is uploaded: what is in the zip, that it is the same everywhere, and that it starts.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { operatorArtifact } from "../../../lib/operator/artifact";
import { OPERATOR_HANDLER, OPERATOR_NODE_TARGET, OPERATOR_RUNTIME } from "../../../lib/operator/runtime";
import { FUNCTION_ARN } from "./fakes";

const ROOT = join(__dirname, "../../..");
const MAX_BYTES = 1_500_000;

let folder: string;
let code: Uint8Array;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zero-etl-operator-"));
  const files = unzipSync(readFileSync(operatorArtifact().path));
  expect(Object.keys(files)).toEqual(["index.js"]);
  code = files["index.js"] as Uint8Array;
  writeFileSync(join(folder, "index.js"), code);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bundles in a copy of what a clean clone holds, in another time zone and by another user's habits. */
function bundledElsewhere(name: string, zone: string): Buffer {
  const clone = join(folder, name);
  mkdirSync(clone);
  for (const part of ["lib", "operator", "package.json", "package-lock.json"]) {
    cpSync(join(ROOT, part), join(clone, part), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
  writeFileSync(join(clone, "tsconfig.json"), '{ "compilerOptions": { "target": "ES5", "jsx": "react" } }');
  const zip = join(clone, "function.zip");
  const env = { ...process.env, TZ: zone, NODE_ENV: name };
  execFileSync(process.execPath, ["--import", "tsx", "operator/build.ts", zip], {
    cwd: clone,
    env,
    stdio: "pipe",
  });
  return readFileSync(zip);
}

test("the zip is the same from two clones, whatever the path, the time zone and the environment", () => {
  const here = readFileSync(operatorArtifact().path);
  expect(bundledElsewhere("one", "Pacific/Kiritimati").equals(here)).toBe(true);
  expect(bundledElsewhere("another-one", "America/Los_Angeles").equals(here)).toBe(true);
}, 120_000);

test("the artifact is a file with its hash as Lambda computes it", () => {
  const { path, base64Sha256 } = operatorArtifact();
  expect(existsSync(path)).toBe(true);
  // It shows in what is synthesised, so it must not depend on where the zip comes from.
  expect(basename(path)).toBe("zero-etl-operator.zip");
  expect(createHash("sha256").update(readFileSync(path)).digest("base64")).toBe(base64Sha256);
  expect(operatorArtifact()).toEqual({ path, base64Sha256 });
});

test("the code is small, and holds neither CDKTF nor a path of this machine", () => {
  const text = new TextDecoder().decode(code);
  expect(code.length).toBeLessThan(MAX_BYTES);
  expect(text).not.toMatch(/cdktf\/lib|jsii|sourceMappingURL/);
  expect(text).not.toContain(ROOT);
});

test("Lambda can read the file that is unpacked", () => {
  const zip = readFileSync(operatorArtifact().path);
  const directory = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  // High byte of "version made by": Unix, so that the permissions count.
  expect(zip.readUInt8(directory + 5)).toBe(3);
  expect((zip.readUInt32LE(directory + 38) >>> 16) & 0o777).toBe(0o644);
});

test("runtime, target of the compiler and handler are of one version and one file", () => {
  expect(OPERATOR_RUNTIME).toBe(`nodejs${OPERATOR_NODE_TARGET.replace("node", "")}.x`);
  expect(OPERATOR_HANDLER).toBe("index.handler");
});

interface Started {
  readonly result?: unknown;
  readonly thrown?: { readonly name: string; readonly message: string };
}

/** Starts the bundle as Lambda does: by its path, in a process of its own, with the environment of a function. */
async function start(event: unknown, environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const script = `
    const context = { invokedFunctionArn: ${JSON.stringify(FUNCTION_ARN)}, getRemainingTimeInMillis: () => 60000 };
    console.log = () => undefined;
    require("./index.js").handler(JSON.parse(process.argv[1]), context).then(
      (result) => ({ result }),
      ({ name, message }) => ({ thrown: { name, message } }),
    ).then((started) => process.stdout.write(JSON.stringify(started)));
  `;
  const { PATH = "" } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script, JSON.stringify(event)], {
    cwd: folder,
    env: {
      PATH,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example",
      ...environment,
    },
  });
  return JSON.parse(stdout) as Started;
}

describe("the function", () => {
  test("starts, and answers what it does not know", async () => {
    const event = { version: 1, kind: "teapot", tf: { action: "create", prev_input: null } };
    await expect(start(event)).resolves.toEqual({
      result: {
        ok: false,
        code: "unknown-kind",
        message: 'the operator manages no "teapot"',
        remedy:
          "use one of table-properties, integration-settings, catalog-policy, table-policy, propagation",
        // Of {"kind":"teapot","version":1}.
        request: "b5a74c1d5b0a41ab8f17eb28f68586b4ab04f6eff407aa5abfdf214a7b940b48",
      },
    });
    await expect(start({ ...event, tf: { action: "delete" } })).resolves.toMatchObject({
      thrown: { name: "ZeroEtlOperatorError", message: expect.stringContaining("[unknown-kind]") as string },
    });
  });

  describe("with AWS behind AWS_ENDPOINT_URL", () => {
    const targets: string[] = [];
    let answers: (readonly [status: number, body: object])[];
    const server = createServer((request, response) => {
      void drained(request).then(() => {
        targets.push(String(request.headers["x-amz-target"]));
        const [status, body] = answers.shift() ?? [500, {}];
        response
          .writeHead(status, { "Content-Type": "application/x-amz-json-1.1" })
          .end(JSON.stringify(body));
      });
    });

    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    beforeEach(() => {
      targets.length = 0;
    });
    afterAll(() => server.close());

    const call = (event: object): Promise<Started> => {
      const { port } = server.address() as AddressInfo;
      return start({ version: 1, ...event }, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    };

    test("reads AWS Glue, and takes its errors by their names", async () => {
      answers = [[400, { __type: "EntityNotFoundException", Message: "Policy not found" }]];
      await expect(call({ kind: "catalog-policy", statements: [], action: "read" })).resolves.toEqual({
        result: { ok: true, drift: [] },
      });
      expect(targets).toEqual(["AWSGlue.GetResourcePolicy"]);
    });

    test("reads DynamoDB, and takes its errors by their names", async () => {
      const type = "com.amazonaws.dynamodb.v20120810#PolicyNotFoundException";
      answers = [[400, { __type: type, message: "Resource-based policy not found" }]];
      const tableArn = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
      await expect(call({ kind: "table-policy", tableArn, statements: [], action: "read" })).resolves.toEqual(
        {
          result: { ok: true, drift: [] },
        },
      );
      expect(targets).toEqual(["DynamoDB_20120810.GetResourcePolicy"]);
    });

    test("tries throttled requests again", async () => {
      const throttled = [400, { __type: "ThrottlingException", Message: "Rate exceeded" }] as const;
      answers = [throttled, throttled, [200, { PolicyInJson: '{"Statement":[]}', PolicyHash: "1" }]];
      await expect(call({ kind: "catalog-policy", statements: [], action: "read" })).resolves.toEqual({
        result: { ok: true, drift: [] },
      });
      expect(targets).toHaveLength(3);
    });

    test("reports what AWS says", async () => {
      answers = [[400, { __type: "InvalidInputException", Message: "Not so." }]];
      await expect(call({ kind: "catalog-policy", statements: [], action: "read" })).resolves.toEqual({
        result: {
          ok: false,
          code: "aws-error",
          message: "reading the Glue catalog policy failed: InvalidInputException: Not so",
          awsCode: "InvalidInputException",
        },
      });
    });
  });
});

async function drained(request: IncomingMessage): Promise<void> {
  for await (const chunk of request) void chunk;
}
