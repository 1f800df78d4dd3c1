// The function's code as a file: packed into the published package, and bundled when it is asked for in a clone.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";

/** The zip that Lambda gets. */
export interface OperatorArtifact {
  /** Absolute path of the zip. */
  readonly path: string;
  /** The SHA-256 of the zip in base64, as `source_code_hash` and Lambda's `CodeSha256` have it. */
  readonly base64Sha256: string;
}

/** Name of the zip in `dist/operator`. */
export const OPERATOR_ZIP = "zero-etl-operator.zip";

/** Of the package, or of the clone; compiled code is one folder deeper, in `dist`. */
const ROOT = join(__dirname, "../..");

// The source does not change under a running synth, and hundreds of stacks may ask.
let artifact: OperatorArtifact | undefined;

/** The zip of the function, the same bytes on every machine for the same source. */
export function operatorArtifact(): OperatorArtifact {
  artifact ??= artifactAt(zipPath());
  return artifact;
}

function artifactAt(path: string): OperatorArtifact {
  return { path, base64Sha256: createHash("sha256").update(readFileSync(path)).digest("base64") };
}

function zipPath(): string {
  const packed = join(ROOT, "operator", OPERATOR_ZIP);
  if (existsSync(packed)) return packed;
  if (existsSync(join(ROOT, "operator/build.ts"))) return bundledPath();
  throw new Error(`the code of the operator is not where the package has it: ${packed}`);
}

// In a clone there is no step between `npm ci` and a synth, and no zip that could be older than its source: the folder of the
// zip says what it was made of, and its name is the published one, because it shows in what is synthesised.
function bundledPath(): string {
  const folder = join(ROOT, "node_modules/.cache/cdktf-glue-zero-etl", sourceDigest());
  const zip = join(folder, OPERATOR_ZIP);
  if (existsSync(zip)) return zip;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${zip}.${process.pid}`;
  execFileSync(process.execPath, ["--import", "tsx", "operator/build.ts", unfinished], {
    cwd: ROOT,
    // What it has to say of a failure is in the error that is then thrown.
    stdio: ["ignore", "ignore", "pipe"],
  });
  // Several synths may bundle at once; each leaves a whole file.
  renameSync(unfinished, zip);
  return zip;
}

function sourceDigest(): string {
  const digest = createHash("sha256");
  for (const file of [...filesIn("lib"), ...filesIn("operator"), "package-lock.json"]) {
    digest
      .update(`${file}\n`)
      .update(readFileSync(join(ROOT, file)))
      .update("\n");
  }
  return digest.digest("hex").slice(0, 32);
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|json)$/.test(file))
    .map((file) => join(folder, file))
    .sort();
}
