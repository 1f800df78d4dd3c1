// Which file is the declaration.
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, isAbsolute, join, relative, resolve } from "node:path";
import type { Issue, IssueDetails } from "../issues";
import { error } from "../issues";
import { show } from "../rules/text";
import type { LocatedIssue } from "./located";
import { aboutFile } from "./located";
import type { ParsedDeclaration } from "./parse";
import { parseDeclaration } from "./parse";

/** The file that is read when nothing names another. */
export const DEFAULT_DECLARATION_FILE = "zero-etl.yaml";
/** The environment variable that names the declaration. */
export const CONFIG_VARIABLE = "ZERO_ETL_CONFIG";
/** The CDKTF context key that names the declaration. */
export const CONFIG_CONTEXT_KEY = "zeroEtlConfig";

// How cdktf hands the context of cdktf.json to the app.
const CONTEXT_VARIABLE = "CDKTF_CONTEXT_JSON";
const COMMAND = "the command line";
const EXTENSIONS = [".yaml", ".yml", ".json"];

/** The declaration's path, or why there is none. */
export interface FoundDeclaration {
  /** Absolute. */
  readonly path?: string;
  readonly issues: readonly LocatedIssue[];
}

/**
 * Finds the declaration: the file that a command was given, then `ZERO_ETL_CONFIG`, then the context key `zeroEtlConfig`, then
 * `zero-etl.yaml`.
 */
export function findDeclaration(env: NodeJS.ProcessEnv, cwd: string, given?: string): FoundDeclaration {
  const context = given === undefined ? contextOf(env) : {};
  if ("fault" in context) return { issues: [aboutFile("cdktf.json", context.fault)] };
  const variable = env[CONFIG_VARIABLE];
  const asked =
    given !== undefined
      ? { by: COMMAND, name: given }
      : variable !== undefined && variable !== ""
        ? { by: `the environment variable ${CONFIG_VARIABLE}`, name: variable }
        : context.name !== undefined
          ? { by: `the context key ${CONFIG_CONTEXT_KEY}`, name: context.name }
          : undefined;
  const path = resolve(cwd, asked?.name ?? DEFAULT_DECLARATION_FILE);
  const file = fileName(path, cwd);
  if (!existsSync(path)) return { issues: [aboutFile(file, notFound(cwd, asked))] };
  if (!statSync(path).isDirectory() && !EXTENSIONS.includes(extname(path).toLowerCase())) {
    return {
      issues: [
        aboutFile(
          file,
          error("declaration-file-type", [], "the declaration is neither YAML nor JSON by its name", {
            got: show(extname(path)),
            expected: EXTENSIONS.join(", "),
          }),
        ),
      ],
    };
  }
  return { path, issues: [] };
}

/** Finds, reads and parses the declaration. */
export function loadDeclaration(
  env: NodeJS.ProcessEnv,
  cwd: string,
  given?: string,
): ParsedDeclaration & { readonly path?: string } {
  const { path, issues } = findDeclaration(env, cwd, given);
  if (path === undefined) return { issues };
  const file = fileName(path, cwd);
  const read = readText(path);
  if ("fault" in read) return { path, issues: [aboutFile(file, read.fault)] };
  return { path, ...parseDeclaration(read.text, file) };
}

function contextOf(env: NodeJS.ProcessEnv): { readonly name?: string } | { readonly fault: Issue } {
  const text = env[CONTEXT_VARIABLE];
  if (text === undefined || text === "") return {};
  const details = { expected: `a mapping with the path of the declaration under ${CONFIG_CONTEXT_KEY}` };
  let context: unknown;
  try {
    context = JSON.parse(text);
  } catch {
    return { fault: error("context-unreadable", [], `${CONTEXT_VARIABLE} is not JSON`, details) };
  }
  const name =
    context !== null && typeof context === "object"
      ? (context as Record<string, unknown>)[CONFIG_CONTEXT_KEY]
      : undefined;
  if (name === undefined) return {};
  if (typeof name === "string" && name !== "") return { name };
  return {
    fault: error("context-unreadable", [], `the context key ${CONFIG_CONTEXT_KEY} is not a path`, {
      got: show(name),
      ...details,
    }),
  };
}

function notFound(cwd: string, asked: { readonly by: string; readonly name: string } | undefined): Issue {
  if (asked !== undefined) {
    return error("declaration-not-found", [], `${asked.by} names a file that does not exist`, {
      got: show(asked.name),
      expected:
        asked.by === COMMAND
          ? "the path of the declaration, relative to this folder"
          : "the path of the declaration, relative to the folder of cdktf.json",
    });
  }
  const beside = [".yml", ".json"]
    .map((extension) => `zero-etl${extension}`)
    .find((name) => existsSync(join(cwd, name)));
  return error("declaration-not-found", [], "there is no declaration", {
    expected: `a file named by ${CONFIG_VARIABLE}, by the context key ${CONFIG_CONTEXT_KEY}, or ${DEFAULT_DECLARATION_FILE} beside cdktf.json`,
    remedy:
      beside === undefined
        ? `write ${DEFAULT_DECLARATION_FILE}, or set ${CONFIG_VARIABLE}`
        : `set ${CONFIG_VARIABLE}=${beside}, or rename ${beside} to ${DEFAULT_DECLARATION_FILE}`,
  });
}

function readText(path: string): { readonly text: string } | { readonly fault: Issue } {
  const unreadable = (message: string, details: IssueDetails) => ({
    fault: error("declaration-unreadable", [], message, details),
  });
  if (statSync(path).isDirectory())
    return unreadable("the declaration is a folder", { remedy: "name the file in it" });
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    return unreadable("the declaration cannot be read", {
      got: (cause as NodeJS.ErrnoException).code ?? String(cause),
    });
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return unreadable("the declaration is not UTF-8 text", { remedy: "save it as UTF-8" });
  }
}

// A path outside the working directory is clearer as it is than as a row of dots.
function fileName(path: string, cwd: string): string {
  const name = relative(cwd, path);
  return name === "" || name.startsWith("..") || isAbsolute(name) ? path : name;
}
