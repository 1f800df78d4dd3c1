// What users get is the packed package, not this repository: it is packed, installed and used as they do it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { operatorArtifact } from "../../lib/operator/artifact";
import { QUIET } from "../bin/plan-json";
import type { Packed, Project } from "./project";
import { createProject, pack, temporaryFolder } from "./project";

const MAX_BYTES = 1_000_000;

const MAIN = `
import { App } from "cdktf";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  type IntegrationSource,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
} from "cdktf-glue-zero-etl";

const app = new App();
const stack = new ZeroEtlStack(app, "orders", {
  environment: "prod",
  region: "us-east-1",
  account: "111122223333",
});
const source: IntegrationSource = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
const target = new GlueDatabaseTarget(stack.targets, "lake", {
  database: "sales_lake",
  location: "s3://acme-lake/sales/",
});
addOutputs(new ZeroEtlIntegration(stack.integrations, "orders-to-lake", { source, target, refreshInterval: "30m" }));
app.synth();
`;

const DECLARATION = `
version: 1
environments:
  prod: { region: us-east-1, account: "111122223333" }
stacks:
  declared:
    environment: prod
    sources:
      orders: { type: dynamodb, table: orders }
    targets:
      lake: { type: glue-database, database: sales_lake, location: "s3://acme-lake/sales/" }
    integrations:
      orders-to-lake:
        source: orders
        target: lake
        refreshInterval: 30m
        tables: { orders: { unnest: top-level } }
`;

interface StackJson {
  readonly resource: {
    readonly aws_cloudcontrolapi_resource: Readonly<Record<string, { readonly type_name: string }>>;
    readonly aws_lambda_function: Readonly<
      Record<string, { readonly filename: string; readonly source_code_hash: string }>
    >;
    readonly aws_lambda_invocation: Readonly<Record<string, { readonly input: string }>>;
  };
}

let folder: string;
let packed: Packed;
let project: Project;

beforeAll(() => {
  folder = temporaryFolder();
  packed = pack(folder);
  project = createProject(folder, packed.tarball);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function resourcesOf(stack: string): StackJson["resource"] {
  const text = readFileSync(project.path("cdktf.out/stacks", stack, "cdk.tf.json"), "utf8");
  return (JSON.parse(text) as StackJson).resource;
}

function typesIn(stack: string): string[] {
  return Object.values(resourcesOf(stack).aws_cloudcontrolapi_resource).map(({ type_name }) => type_name);
}

/** The digest of each function's code, as it lies beside the stack and as the stack has it. */
function codeOf(stack: string): { readonly written: string; readonly declared: string }[] {
  return Object.values(resourcesOf(stack).aws_lambda_function).map(({ filename, source_code_hash }) => {
    const zip = readFileSync(project.path("cdktf.out/stacks", stack, filename));
    return { written: createHash("sha256").update(zip).digest("base64"), declared: source_code_hash };
  });
}

describe("the tarball", () => {
  test.each([
    "package.json",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "UPGRADING.md",
    "schema/zero-etl.schema.json",
    "schema/zero-etl-acknowledgements.schema.json",
    "schema/zero-etl-review.schema.json",
    "docs/pull-requests.md",
    "schema/zero-etl-status.schema.json",
    "docs/errors.md",
    "dist/main.js",
    "dist/modules/index.js",
    "dist/modules/index.d.ts",
    "dist/bin/zero-etl.js",
    "dist/operator/zero-etl-operator.zip",
  ])("holds %s", (file) => {
    expect(packed.files).toContain(file);
  });

  test("holds nothing that only the repository needs", () => {
    const expected =
      /^(dist\/|schema\/[\w.-]+\.json$|docs\/[\w-]+\.md$|(package\.json|README\.md|LICENSE|CHANGELOG\.md|UPGRADING\.md)$)/;
    expect(packed.files.filter((file) => !expected.test(file))).toEqual([]);
    expect(packed.files.filter((file) => /^dist\/(test|bench|examples|schema)\//.test(file))).toEqual([]);
    expect(packed.files.filter((file) => /(?<!\.d)\.ts$|\.test\.|\.map$|\.tsbuildinfo$/.test(file))).toEqual(
      [],
    );
  });

  test("is small", () => {
    expect(packed.size).toBeLessThan(MAX_BYTES);
  });
});

describe("another CDKTF project", () => {
  // With skipLibCheck a type that is missing from the package's own declaration files would not show.
  test("compiles strictly against the package, checking its types, and synthesises with its constructs", () => {
    project.write("main.ts", MAIN);
    expect(project.compile("main.ts", { skipLibCheck: false })).toEqual([]);
    project.run(process.execPath, ["main.js"]);
    expect(typesIn("orders").sort()).toEqual([
      "AWS::Glue::Integration",
      "AWS::Glue::IntegrationResourceProperty",
    ]);
    const { base64Sha256: digest } = operatorArtifact();
    expect(codeOf("orders")).toEqual([{ written: digest, declared: digest }]);
  }, 60_000);

  test("synthesises a declaration with the package's app", () => {
    project.write("zero-etl.yaml", DECLARATION);
    project.run(process.execPath, ["-e", 'require("cdktf-glue-zero-etl/app")']);
    expect(typesIn("declared")).toContain("AWS::Glue::Integration");
    const { base64Sha256: digest } = operatorArtifact();
    expect(codeOf("declared")).toEqual([{ written: digest, declared: digest }]);
    const kinds = Object.values(resourcesOf("declared").aws_lambda_invocation).map(
      ({ input }) => /"kind" = "([\w-]+)"/.exec(input)?.[1],
    );
    expect(kinds.sort()).toEqual([
      "catalog-policy",
      "integration-settings",
      "propagation",
      "table-policy",
      "table-properties",
    ]);
  });

  test("finds the JSON Schema of the declaration", () => {
    const script = 'console.log(require("cdktf-glue-zero-etl/schema.json").$schema)';
    expect(project.run(process.execPath, ["-e", script])).toMatch(/^https?:\/\/json-schema\.org\//);
  });

  test("reviews a plan", () => {
    project.write("orders.json", QUIET);
    const command = project.path("node_modules/.bin/zero-etl");
    expect(project.run(command, ["review", "orders.json"])).toBe(
      "zero-ETL review: nothing to say (no findings)\n  orders: no changes\n",
    );
  });

  // Without credentials nothing is asked of AWS; the package brings the clients that would.
  test("asks how integrations are", () => {
    project.write("zero-etl.yaml", DECLARATION);
    const nowhere = project.path("nowhere");
    const env = {
      PATH: process.env["PATH"],
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: nowhere,
      AWS_SHARED_CREDENTIALS_FILE: nowhere,
    };
    const command = project.path("node_modules/.bin/zero-etl");
    const { status, stdout } = spawnSync(command, ["status"], { cwd: project.home, env, encoding: "utf8" });
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringContaining("there are no AWS credentials") as unknown,
    });
  });

  test("has the command", () => {
    project.write("zero-etl.yaml", DECLARATION);
    const command = project.path("node_modules/.bin/zero-etl");
    expect(existsSync(command)).toBe(true);
    expect(project.run(command, ["validate"])).toBe("declared: valid\n");
    expect(project.run(command, ["--version"]).trim()).toBe(
      (
        JSON.parse(readFileSync(project.path("node_modules/cdktf-glue-zero-etl/package.json"), "utf8")) as {
          version: string;
        }
      ).version,
    );
  });

  test("has the code of the operator, the same as a clone makes it", () => {
    const artifact = project.path("node_modules/cdktf-glue-zero-etl/dist/lib/operator/artifact.js");
    const script = `console.log(require(${JSON.stringify(artifact)}).operatorArtifact().base64Sha256)`;
    expect(project.run(process.execPath, ["-e", script]).trim()).toBe(operatorArtifact().base64Sha256);
  });

  test("loads the package without the whole provider package, and one copy of cdktf", () => {
    const script = `
      require("cdktf-glue-zero-etl");
      const files = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
      console.log(JSON.stringify({
        root: files.filter((file) => file.endsWith("/@cdktf/provider-aws/lib/index.js")),
        resources: files.filter((file) => file.includes("/@cdktf/provider-aws/lib/")).length,
        cdktf: files.filter((file) => file.endsWith("/cdktf/lib/index.js")).length,
      }));`;
    const loaded = JSON.parse(project.run(process.execPath, ["-e", script])) as Record<string, unknown>;
    expect(loaded).toEqual({ root: [], resources: expect.any(Number), cdktf: 1 });
    expect(loaded["resources"]).toBeGreaterThan(0);
  });
});
