// Whole stacks, compared letter by letter with what is committed: a difference is a change of behaviour, to be reviewed as
// one. `UPDATE_GOLDEN=1 npm test` writes them anew.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const ROOT = join(__dirname, "..");
const GOLDEN = join(__dirname, "golden");
const DECLARATIONS = [
  join(ROOT, "zero-etl.yaml"),
  ...readdirSync(join(ROOT, "examples"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(ROOT, "examples", file)),
  // One of each family; the others differ from these by data.
  ...["dynamodb", "oracle", "salesforce"].map((kind) => join(ROOT, "examples/sources", `${kind}.yaml`)),
];

/** Every file that the app writes for a declaration, run as `cdktf synth` runs it, in a folder of its own. */
function output(declaration: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-golden-"));
  try {
    execFileSync(process.execPath, ["--import", require.resolve("tsx"), join(ROOT, "main.ts")], {
      cwd: folder,
      env: { ...process.env, ZERO_ETL_CONFIG: declaration },
      stdio: ["ignore", "ignore", "ignore"],
    });
    const files = readdirSync(join(folder, "cdktf.out"), { recursive: true }).map(String);
    return Object.fromEntries(
      files
        .filter((file) => file.endsWith(".json"))
        .map((file) => [file, readFileSync(join(folder, "cdktf.out", file), "utf8")]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The function's code is bundled from the sources: its digest changes with them, and says nothing of a stack.
function withoutCodeDigest(stack = ""): string {
  return stack
    .replace(/("filename": "assets\/\w+\/)[0-9a-f]{32}(?=\/)/g, "$1digest-of-the-code")
    .replace(/("source_code_hash": ")[\w+/]{43}=(?=")/g, "$1digest-of-the-code");
}

describe.each(DECLARATIONS)("%s", (declaration) => {
  const first = output(declaration);
  const stacks = Object.keys(first).filter((file) => file.endsWith("cdk.tf.json"));

  test("is the same, byte for byte, in another folder", () => {
    expect(stacks.length).toBeGreaterThan(0);
    expect(output(declaration)).toEqual(first);
  });

  test.each(stacks)("%s is as committed", (file) => {
    const stack = file.split("/").at(-2);
    const golden = join(GOLDEN, `${basename(declaration, ".yaml")}.${stack}.tf.json`);
    const written = withoutCodeDigest(first[file]);
    if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(golden, written);
    expect(existsSync(golden)).toBe(true);
    expect(written).toBe(readFileSync(golden, "utf8"));
  });
});
