// validate and graph as commands, and what each command loads.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { QUIET } from "./plan-json";
import { emptyFolder, zeroEtl } from "./terminal";

const ROOT = join(__dirname, "../..");
const SAMPLE = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8");

let cwd = "";
beforeEach(() => {
  cwd = emptyFolder();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe("zero-etl graph", () => {
  beforeEach(() => writeFileSync(join(cwd, "zero-etl.yaml"), SAMPLE));

  test("draws Mermaid by default, and DOT where it is asked for", async () => {
    expect((await zeroEtl(["graph"], { cwd })).out).toMatch(/^flowchart LR\n/);
    expect((await zeroEtl(["graph", "zero-etl.yaml", "--format", "dot"], { cwd })).out).toMatch(
      /^digraph \{\n/,
    );
  });

  test("is the same at every run", async () => {
    expect(await zeroEtl(["graph"], { cwd })).toEqual(await zeroEtl(["graph"], { cwd }));
  });

  test("of a wrong file prints what is wrong, and ends with status 1", async () => {
    writeFileSync(join(cwd, "zero-etl.yaml"), SAMPLE.replace("30m", "5m"));
    const { status, out, err } = await zeroEtl(["graph"], { cwd });
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toContain("[refresh-interval-range]");
  });

  test("knows no other language", async () => {
    expect(await zeroEtl(["graph", "--format", "svg"], { cwd })).toMatchObject({
      status: 1,
      err: expect.stringContaining("Allowed choices are mermaid, dot.") as unknown,
    });
  });
});

describe("zero-etl", () => {
  test("lists its commands", async () => {
    const { status, out } = await zeroEtl(["--help"], { cwd });
    expect(status).toBe(0);
    expect([...out.matchAll(/^ {2}(\w+)[ ]/gm)].map(([, name]) => name)).toEqual(
      expect.arrayContaining(["validate", "graph", "review"]),
    );
  });

  test.each([
    ["reveiw", "(Did you mean review?)"],
    ["grpah", "(Did you mean graph?)"],
  ])("%s suggests the nearest command", async (command, suggestion) => {
    const { status, err } = await zeroEtl([command], { cwd });
    expect(status).toBe(1);
    expect(err).toContain(suggestion);
  });

  test("without a command says which there are, and is not done", async () => {
    const { status, err } = await zeroEtl([], { cwd });
    expect(status).toBe(1);
    expect(err).toContain("Usage: zero-etl");
  });
});

describe("as a process", () => {
  /** The modules that a command has loaded when it ends, by their path below the repository or node_modules. */
  function modulesOf(argv: readonly string[]): readonly string[] {
    const script = `
      process.argv = [process.argv[0], "zero-etl", ...${JSON.stringify(argv)}];
      process.stdout.write = () => true;
      require(${JSON.stringify(join(ROOT, "bin/zero-etl.ts"))});
      require("node:fs").writeSync(3, Object.keys(require.cache).join("\\n"));
    `;
    const { output, stderr } = spawnSync(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), "--eval", script],
      { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] },
    );
    const loaded = String(output[3] ?? "").split("\n");
    if (loaded.length < 5) throw new Error(stderr);
    return loaded;
  }
  const packagesOf = (modules: readonly string[]) => [
    ...new Set(modules.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])),
  ];

  test("a review loads no package but the parser of its arguments and the one that suggests", () => {
    writeFileSync(join(cwd, "orders.json"), QUIET);
    const modules = modulesOf(["review", "orders.json"]);
    expect(modules).toContain(join(ROOT, "lib/review/review.ts"));
    expect(
      packagesOf(modules)
        .filter((name) => !["tsx", "esbuild", "get-tsconfig", "resolve-pkg-maps"].includes(name))
        .sort(),
    ).toEqual(["commander", "fastest-levenshtein"]);
    expect(
      modules.filter((file) => /\/lib\/spec\/(?!located|format)|\/modules\//.test(file.slice(ROOT.length))),
    ).toEqual([]);
  });

  test("with acknowledgements it also loads the parser of YAML, and still no validator", () => {
    writeFileSync(join(cwd, "orders.json"), QUIET);
    writeFileSync(join(cwd, "zero-etl-acknowledgements.yaml"), "version: 1\nacknowledgements: []\n");
    const packages = packagesOf(modulesOf(["review", "orders.json"]));
    expect(packages).toContain("yaml");
    expect(packages).not.toContain("ajv");
  });

  test("no command loads cdktf or a provider", () => {
    writeFileSync(join(cwd, "zero-etl.yaml"), SAMPLE);
    for (const argv of [["--help"], ["validate"], ["graph"]]) {
      const packages = packagesOf(modulesOf(argv));
      expect(packages).toContain("commander");
      for (const heavy of ["cdktf", "constructs", "@cdktf/provider-aws"])
        expect(packages).not.toContain(heavy);
    }
  });

  test("reads standard input, and ends with the status of the review", () => {
    const run = (input: string) =>
      spawnSync(
        process.execPath,
        ["--import", require.resolve("tsx"), join(ROOT, "bin/zero-etl.ts"), "review", "-"],
        {
          cwd,
          input,
          encoding: "utf8",
        },
      );
    expect(run(QUIET)).toMatchObject({ status: 0, stderr: "" });
    expect(run("{")).toMatchObject({ status: 1, stdout: "" });
  });

  test("does not mind a reader who stops", () => {
    writeFileSync(
      join(cwd, "orders.json"),
      readFileSync(join(ROOT, "test/review/plans/integration-replaced.json")),
    );
    const command = `"${process.execPath}" --import "${require.resolve("tsx")}" "${join(ROOT, "bin/zero-etl.ts")}" review orders.json --format json | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command], { cwd, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "2\n", stderr: "" });
  });
});
