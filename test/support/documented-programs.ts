// TypeScript in documentation: compiled against the sources of this repository, and run where it is a whole app.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import ts from "typescript";
import type { CodeBlock } from "./markdown";

const ROOT = join(__dirname, "../..");

interface ProgramProblem {
  readonly block: CodeBlock;
  readonly message: string;
}

/** What the compiler says of each block and, where it says nothing, how the block fails when it is run. */
export function programProblems(blocks: readonly CodeBlock[]): ProgramProblem[] {
  if (blocks.length === 0) return [];
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "zero-etl-documentation-")));
  try {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig()));
    const files = blocks.map((block, index) => ({ block, path: join(folder, `block-${index}.ts`) }));
    // Without the marker a block that imports nothing would share its names with the others.
    for (const { block, path } of files) writeFileSync(path, `${block.code}\nexport {};\n`);
    const messages = compilerMessages(
      folder,
      files.map(({ path }) => path),
    );
    return files.flatMap(({ block, path }) => {
      const found = messages.get(path) ?? [];
      const failed =
        found.length === 0 && block.code.includes("app.synth()") ? failureOf(folder, path) : undefined;
      return [...found, ...(failed === undefined ? [] : [failed])].map((message) => ({ block, message }));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tsconfig(): object {
  return {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: true,
      // A fragment shows how to make something; what is done with it is the reader's business.
      noUnusedLocals: false,
      noUnusedParameters: false,
      paths: { "cdktf-glue-zero-etl": [join(ROOT, "modules/index.ts")] },
    },
    include: ["block-*.ts"],
    exclude: [],
  };
}

function compilerMessages(folder: string, files: readonly string[]): Map<string, string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(folder, "tsconfig.json"),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
      },
    },
  );
  const program = ts.createProgram(files, {
    ...config?.options,
    typeRoots: [join(ROOT, "node_modules/@types")],
  });
  const messages = new Map<string, string[]>();
  for (const file of files) {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    messages.set(
      file,
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    );
  }
  return messages;
}

function failureOf(folder: string, file: string): string | undefined {
  const outdir = join(folder, `${basename(file)}.out`);
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", file], {
    cwd: folder,
    env: { ...process.env, CDKTF_OUTDIR: outdir },
    encoding: "utf8",
  });
  if (status !== 0) return `the program fails: ${stderr}`;
  return existsSync(join(outdir, "stacks")) ? undefined : "the program writes no stack";
}
