// What is wrong with the code in our documentation: each block is used as a reader would use it.
import { parseDocument } from "yaml";
import { DECLARATION_ISSUES, FILE_ISSUES } from "../../lib/issue-codes";
import { formatLocatedIssues, parseDeclaration } from "../../lib/spec";
import { commandProblem } from "./documented-commands";
import { programProblems } from "./documented-programs";
import type { CodeBlock } from "./markdown";

/** One thing that would fail for a reader. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Languages that say by themselves that nothing can be run. */
const PROSE = new Set(["text"]);

/** Checks the blocks of every file together, because the compiler starts once. */
export function documentationProblems(blocks: readonly CodeBlock[]): Problem[] {
  const programs = blocks.filter(({ language }) => language === "ts");
  const others = blocks.flatMap((block) => messagesOf(block).map((message) => at(block, message)));
  return [...others, ...programProblems(programs).map(({ block, message }) => at(block, message))];
}

function at({ file, line }: CodeBlock, message: string): Problem {
  return { file, line, message };
}

function messagesOf({ language, code }: CodeBlock): string[] {
  switch (language) {
    case "ts":
      return [];
    case "yaml":
      return yamlMessages(code);
    case "json":
      return jsonMessages(code);
    case "bash":
      return commandMessages(code.split("\n"));
    case "console":
      return consoleMessages(code.split("\n"));
    default:
      return PROSE.has(language) ? [] : [`nothing checks blocks of the language "${language}"`];
  }
}

function yamlMessages(code: string): string[] {
  if (!/^version:/m.test(code)) return parseDocument(code).errors.map(({ message }) => message);
  const errors = parseDeclaration(code, "declaration").issues.filter(({ severity }) => severity === "error");
  return errors.length === 0 ? [] : [formatLocatedIssues(errors)];
}

function jsonMessages(code: string): string[] {
  try {
    JSON.parse(code);
    return [];
  } catch (cause) {
    return [String(cause)];
  }
}

function commandMessages(lines: readonly string[]): string[] {
  const text = lines.join("\n").replaceAll("\\\n", " ");
  const commands = text
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, ""))
    .flatMap((line) => line.split(/&&|\|\||[;|]/))
    .map((command) => command.trim())
    .filter((command) => command !== "");
  return commands.flatMap((command) => commandProblem(command) ?? []);
}

/** A session: what follows a prompt is a command, the rest is what it printed. */
function consoleMessages(lines: readonly string[]): string[] {
  const commands = lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
  const printed = lines.filter((line) => !line.startsWith("$ "));
  const codes = printed.flatMap((line) => /: (?:error|warning|note): .*\[([\w-]+)\]$/.exec(line)?.[1] ?? []);
  const known = { ...FILE_ISSUES, ...DECLARATION_ISSUES };
  return [
    ...commandMessages(commands),
    ...codes.filter((code) => !(code in known)).map((code) => `there is no issue code ${code}`),
  ];
}
