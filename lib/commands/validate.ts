// zero-etl validate: the checks of a declaration without a synth.
import { formatLocatedIssues, loadDeclaration } from "../spec";
import type { Declaration } from "../spec";
import type { ExitStatus, Terminal } from "./terminal";
import { CLEAN, FAILED } from "./terminal";

/** Prints everything that is wrong with a declaration, or the stacks that it declares. */
export function validate(file: string | undefined, terminal: Terminal): ExitStatus {
  const declaration = declarationOf(file, terminal);
  if (declaration === undefined) return FAILED;
  terminal.out(`${Object.keys(declaration.stacks).join(", ")}: valid\n`);
  return CLEAN;
}

/** The declaration that the user names, or that `cdktf synth` would find; its issues are printed. */
export function declarationOf(file: string | undefined, terminal: Terminal): Declaration | undefined {
  const { env, cwd } = terminal;
  const { declaration, issues } = loadDeclaration(env, cwd, file);
  if (issues.length > 0) terminal.err(`${formatLocatedIssues(issues)}\n`);
  return declaration;
}
