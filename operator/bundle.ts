// Makes the function's zip out of its source, with the AWS SDK in it: the one of the runtime is too old.
import { join } from "node:path";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";
import { OPERATOR_NODE_TARGET } from "../lib/operator/runtime";

/** The function's code, plain and packed. */
export interface Bundle {
  /** `index.js`, CommonJS. */
  readonly code: Uint8Array;
  readonly zip: Uint8Array;
  /** What went into it: paths from the root, with `/`. */
  readonly inputs: readonly string[];
}

/** The file in the zip, which `OPERATOR_HANDLER` names. */
const FILE = "index.js";

/** Readable by everybody and nothing else, as on Unix: Lambda keeps what the zip says. */
const READABLE = 0o644 << 16;
const UNIX = 3;

/** The earliest time that a zip can hold, in local time as the zip has it. */
const NO_TIME = new Date(1980, 0, 1);

/** Bundles and packs the function of the repository at `root`: the same bytes everywhere for the same source. */
export function bundleOperator(root: string): Bundle {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [join("lib/operator", "index.ts")],
    outfile: FILE,
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: "node",
    target: OPERATOR_NODE_TARGET,
    format: "cjs",
    // Modules as their packages offer them to bundlers: half the size, and a third of the time to start.
    mainFields: ["module", "main"],
    // Not what a tsconfig or the environment of the machine says.
    tsconfigRaw: {},
    charset: "utf8",
    sourcemap: false,
    logLevel: "warning",
  });
  const [code] = outputFiles.map(({ contents }) => contents) as [Uint8Array];
  // fflate compresses the same way on every machine; zlib depends on the version and the processor.
  const zip = zipSync({ [FILE]: [code, { mtime: NO_TIME, os: UNIX, attrs: READABLE, level: 9 }] });
  return { code, zip, inputs: Object.keys(metafile.inputs).sort() };
}
