import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findDeclaration, formatLocatedIssues, loadDeclaration } from "../../../lib/spec";

const text = `version: 1
environments:
  prod: { region: us-east-1 }
stacks:
  orders:
    environment: prod
    sources:
      orders: { type: dynamodb, table: orders }
    targets:
      lake: { type: glue-database, database: lake, location: "s3://acme-lake/" }
    integrations:
      orders-to-lake: { source: orders, target: lake }
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "declaration-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array = text): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const context = (value: unknown) => ({
  CDKTF_CONTEXT_JSON: JSON.stringify({ zeroEtlConfig: value, other: "x" }),
});
const said = (env: NodeJS.ProcessEnv) => formatLocatedIssues(loadDeclaration(env, folder).issues);

describe("the declaration is found", () => {
  test("by the environment variable first", () => {
    const path = write("a.yaml");
    write("b.yaml");
    write("zero-etl.yaml");
    expect(findDeclaration({ ZERO_ETL_CONFIG: "a.yaml", ...context("b.yaml") }, folder)).toEqual({
      path,
      issues: [],
    });
  });

  test("by the context of cdktf.json next", () => {
    const path = write("config/b.yml");
    write("zero-etl.yaml");
    expect(findDeclaration(context("config/b.yml"), folder)).toEqual({ path, issues: [] });
    expect(findDeclaration({ ZERO_ETL_CONFIG: "", ...context("config/b.yml") }, folder)).toEqual({
      path,
      issues: [],
    });
  });

  test("beside cdktf.json last", () => {
    const path = write("zero-etl.yaml");
    expect(findDeclaration({}, folder)).toEqual({ path, issues: [] });
    expect(findDeclaration({ CDKTF_CONTEXT_JSON: "{}" }, folder)).toEqual({ path, issues: [] });
  });

  test("by an absolute path", () => {
    const path = write("c.json");
    expect(findDeclaration({ ZERO_ETL_CONFIG: path }, folder)).toEqual({ path, issues: [] });
  });
});

describe("the declaration is not found", () => {
  test("where nothing names one", () => {
    expect(said({})).toBe(
      [
        "zero-etl.yaml: error: there is no declaration [declaration-not-found]",
        "  expected: a file named by ZERO_ETL_CONFIG, by the context key zeroEtlConfig, or zero-etl.yaml beside cdktf.json",
        "  remedy:   write zero-etl.yaml, or set ZERO_ETL_CONFIG",
        "1 error",
      ].join("\n"),
    );
  });

  test("where it has another name", () => {
    write("zero-etl.yml");
    expect(said({})).toMatch(
      /remedy: {3}set ZERO_ETL_CONFIG=zero-etl\.yml, or rename zero-etl\.yml to zero-etl\.yaml\n/,
    );
  });

  test("where the variable names what does not exist, whatever else exists", () => {
    write("zero-etl.yaml");
    expect(said({ ZERO_ETL_CONFIG: "config/missing.yaml" })).toBe(
      [
        "config/missing.yaml: error: the environment variable ZERO_ETL_CONFIG names a file that does not exist [declaration-not-found]",
        '  got:      "config/missing.yaml"',
        "  expected: the path of the declaration, relative to the folder of cdktf.json",
        "1 error",
      ].join("\n"),
    );
  });

  test("where the context names what does not exist", () => {
    expect(said(context("missing.yaml"))).toMatch(
      /^missing\.yaml: error: the context key zeroEtlConfig names a file that does not exist \[declaration-not-found\]/,
    );
  });

  test.each([[5], [""], [null], [["a.yaml"]]])("where the context holds %p", (value) => {
    expect(said(context(value))).toMatch(
      /^cdktf\.json: error: the context key zeroEtlConfig is not a path \[context-unreadable\]/,
    );
  });

  test("where the context is not JSON", () => {
    expect(said({ CDKTF_CONTEXT_JSON: "{" })).toBe(
      [
        "cdktf.json: error: CDKTF_CONTEXT_JSON is not JSON [context-unreadable]",
        "  expected: a mapping with the path of the declaration under zeroEtlConfig",
        "1 error",
      ].join("\n"),
    );
  });
});

describe("the declaration is not read", () => {
  test("where it is a folder", () => {
    mkdirSync(join(folder, "config"));
    expect(said({ ZERO_ETL_CONFIG: "config" })).toBe(
      [
        "config: error: the declaration is a folder [declaration-unreadable]",
        "  remedy:   name the file in it",
        "1 error",
      ].join("\n"),
    );
  });

  test("where it is neither YAML nor JSON by its name", () => {
    write("zero-etl.ts");
    expect(said({ ZERO_ETL_CONFIG: "zero-etl.ts" })).toBe(
      [
        "zero-etl.ts: error: the declaration is neither YAML nor JSON by its name [declaration-file-type]",
        '  got:      ".ts"',
        "  expected: .yaml, .yml, .json",
        "1 error",
      ].join("\n"),
    );
  });

  test("where it is not UTF-8", () => {
    write("zero-etl.yaml", Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(said({})).toBe(
      [
        "zero-etl.yaml: error: the declaration is not UTF-8 text [declaration-unreadable]",
        "  remedy:   save it as UTF-8",
        "1 error",
      ].join("\n"),
    );
  });
});

test("the declaration is read, and its issues name the file relative to the folder", () => {
  const path = write("config/zero.yaml");
  const {
    declaration,
    issues,
    path: read,
  } = loadDeclaration({ ZERO_ETL_CONFIG: "config/zero.yaml" }, folder);
  expect(read).toBe(path);
  expect(issues).toEqual([]);
  expect(Object.keys(declaration?.stacks ?? {})).toEqual(["orders"]);
  write("config/zero.yaml", text.replace("us-east-1", "cn-north-1"));
  expect(said({ ZERO_ETL_CONFIG: "config/zero.yaml" })).toMatch(
    /^config\/zero\.yaml:3:19: error: region cn-north-1/,
  );
});
