// The action: nothing from outside becomes a part of a script, and its steps do what they say with a stand-in for gh.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { COMMENT_MARKER } from "../../lib/review/formats/markdown";
import { QUIET } from "./plan-json";
import { emptyFolder } from "./terminal";

const ROOT = join(__dirname, "../..");
const TEXT = readFileSync(join(ROOT, "action.yml"), "utf8");

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { description: string; required?: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(TEXT) as Action;
const { steps } = action.runs;
const step = (name: string): Step => {
  const found = steps.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
};

/** Every text below a value, with the keys that lead to it. */
function texts(value: unknown, path: readonly string[] = []): [readonly string[], string][] {
  if (typeof value === "string") return [[path, value]];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => texts(member, [...path, key]));
}

describe("action.yml", () => {
  test("is a composite action", () => {
    expect(action.runs.using).toBe("composite");
  });

  test("has expressions only where no shell reads them", () => {
    const places = texts(action).filter(([, text]) => text.includes("${{"));
    expect(places.length).toBeGreaterThan(10);
    for (const [path] of places) {
      const allowed =
        (path[0] === "runs" && ["env", "with", "if", "working-directory"].includes(path[3] ?? "")) ||
        (path[0] === "outputs" && path[2] === "value") ||
        path.join(".") === "inputs.github-token.default";
      expect([path.join("."), allowed]).toEqual([path.join("."), true]);
    }
  });

  test("uses every input, and no other", () => {
    const used = new Set(
      texts(action.runs).flatMap(([, text]) =>
        [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name),
      ),
    );
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test("pins the actions of others to a commit", () => {
    const uses = steps.flatMap((one) => one.uses ?? []);
    expect(uses).toHaveLength(1);
    for (const one of uses) expect(one).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
  });

  test.each(steps.filter(({ run }) => run !== undefined).map((one) => [one.name, one] as const))(
    "the script of %s is bash",
    (_, { shell, run }) => {
      expect(shell).toBe("bash");
      expect(spawnSync("bash", ["-n"], { input: run, encoding: "utf8" })).toMatchObject({
        status: 0,
        stderr: "",
      });
    },
  );

  test("looks for the marker that the comment begins with", () => {
    expect(step("Comment").run).toContain(`startswith("${COMMENT_MARKER}")`);
  });

  test("is described in the documentation, input by input", () => {
    const docs = readFileSync(join(ROOT, "docs/pull-requests.md"), "utf8");
    for (const input of Object.keys(action.inputs)) expect(docs).toContain(`\`${input}\``);
  });
});

describe("its steps", () => {
  let cwd = "";
  beforeEach(() => {
    cwd = emptyFolder();
    const program = (name: string, lines: readonly string[]) => {
      mkdirSync(join(cwd, "bin"), { recursive: true });
      const file = join(cwd, "bin", name);
      writeFileSync(file, ["#!/usr/bin/env bash", ...lines, ""].join("\n"));
      chmodSync(file, 0o755);
    };
    program("npx", [
      '[ "$1 $2" = "--no-install zero-etl" ] || exit 99',
      "shift 2",
      `exec "${process.execPath}" --import "${require.resolve("tsx")}" "${join(ROOT, "bin/zero-etl.ts")}" "$@"`,
    ]);
    program("gh", [
      `printf '%s\\n' "$*" >> "${join(cwd, "gh.log")}"`,
      'case "$*" in *--paginate*) printf "%s" "${FAKE_IDS:-}" ;; esac',
    ]);
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const path = (file: string) => join(cwd, file);
  const read = (file: string) => (existsSync(path(file)) ? readFileSync(path(file), "utf8") : "");

  function run(name: string, env: Readonly<Record<string, string>>) {
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step(name).run ?? ""],
      {
        cwd,
        encoding: "utf8",
        env: {
          PATH: [join(cwd, "bin"), process.env["PATH"]].join(delimiter),
          GITHUB_OUTPUT: path("output"),
          GITHUB_STEP_SUMMARY: path("summary.md"),
          ...env,
        },
      },
    );
    return { status, stdout, stderr };
  }

  const review = (env: Readonly<Record<string, string>>) =>
    run("Review", {
      PLANS: "plans/*.json",
      FAIL_ON: "block",
      ACKNOWLEDGEMENTS: "",
      FORMATS: "",
      SYNTH: "",
      REPORTS: path("reports"),
      ...env,
    });

  function plans(...files: readonly (readonly [string, string])[]): void {
    mkdirSync(path("plans"), { recursive: true });
    for (const [file, text] of files) writeFileSync(path(`plans/${file}`), text);
  }

  const REPLACED = readFileSync(join(ROOT, "test/review/plans/integration-replaced.json"), "utf8");

  test("Review writes the comment, the summary and the outputs", () => {
    plans(["orders.json", QUIET], ["lake.json", QUIET]);
    expect(review({})).toMatchObject({ status: 0, stderr: "" });
    expect(read("output").split("\n")).toEqual([
      "status=0",
      `comment-file=${path("reports/comment.md")}`,
      `sarif-file=${path("reports/review.sarif")}`,
      "",
    ]);
    expect(read("reports/comment.md")).toContain("| lake | no changes |\n| orders | no changes |");
    expect(read("summary.md")).toBe(read("reports/comment.md"));
    expect(JSON.parse(read("reports/review.sarif"))).toMatchObject({ version: "2.1.0" });
  });

  test("Review leaves the verdict to the last step, so that the comment is written", () => {
    plans(["orders.json", REPLACED]);
    const { status, stdout } = review({});
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::error title=integration-replaced \(block\)::/);
    expect(read("output")).toMatch(/^status=2\n/);
    expect(run("Verdict", { STATUS: "2" }).status).toBe(2);
    expect(run("Verdict", { STATUS: "0" }).status).toBe(0);
  });

  test("Review fails at once where it cannot run", () => {
    plans(["orders.json", "{"]);
    const { status, stderr } = review({});
    expect(status).toBe(1);
    expect(stderr).toContain("[plan-truncated]");
    expect(read("summary.md")).toBe("");
  });

  test("Review passes on what it is given", () => {
    plans(["a.json", REPLACED]);
    writeFileSync(path("acks.yaml"), "version: 1\nacknowledgements: []\n");
    const { status } = review({
      PLANS: "orders=plans/a.json",
      FAIL_ON: "never",
      ACKNOWLEDGEMENTS: "acks.yaml",
      FORMATS: "junit=review.xml\njson=review.json",
    });
    expect(status).toBe(0);
    expect(read("output")).toMatch(/^status=0\n/);
    expect(read("review.xml")).toMatch(/^<\?xml/);
    expect(JSON.parse(read("review.json"))).toMatchObject({ plans: [{ stack: "orders" }] });
  });

  test.each([
    "$(touch owned)",
    "`touch owned`",
    "; touch owned",
    '"; touch owned; "',
    "--help",
    "plans/*.nothing",
  ])("Review takes %s for a file that is not there", (word) => {
    plans(["orders.json", QUIET]);
    const { status, stdout } = review({ PLANS: word });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error title=zero-ETL plan review::no file matches /);
    expect(existsSync(path("owned"))).toBe(false);
  });

  test("a file whose name is an option is a file", () => {
    plans();
    writeFileSync(path("--fail-on"), QUIET);
    expect(review({ PLANS: "--fail-on" }).status).toBe(0);
  });

  const comment = (ids: string) =>
    run("Comment", {
      GH_TOKEN: "token",
      REPOSITORY: "acme/lake",
      NUMBER: "7",
      AUTHOR: "github-actions[bot]",
      COMMENT: path("comment.md"),
      FAKE_IDS: ids,
    });

  test("Comment makes a comment where there is none", () => {
    expect(comment("")).toMatchObject({ status: 0, stderr: "" });
    expect(read("gh.log").split("\n")[1]).toBe(
      `api --method POST repos/acme/lake/issues/7/comments --field body=@${path("comment.md")} --silent`,
    );
  });

  test("Comment updates the first of its own", () => {
    expect(comment("11\n12\n")).toMatchObject({ status: 0, stderr: "" });
    const [list, update, ...rest] = read("gh.log").split("\n");
    expect(list).toMatch(/^api --paginate repos\/acme\/lake\/issues\/7\/comments --jq /);
    expect(update).toBe(
      `api --method PATCH repos/acme/lake/issues/comments/11 --field body=@${path("comment.md")} --silent`,
    );
    expect(rest).toEqual([""]);
  });
});
