// From a Terraform address to the construct that makes it, and to the line that declares that, as far as files tell.
import { isMapping } from "../mapping";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { FindingLocation } from "../review/finding";
import { constructPathOf, readConstructPaths } from "../review/plan/construct-paths";
import { loaded } from "./loaded";
import type { PlanArgument } from "./plan-arguments";
import { STDIN } from "./plan-arguments";

/** Finds where the resource of an address comes from. */
export type Locate = (address: string) => FindingLocation | undefined;

const STACK_FILE = "cdk.tf.json";
const OUTPUT = "cdktf.out";

/** The file that cdktf wrote for the stack of a plan: in the folder that is given, beside the plan, or in `cdktf.out`. */
export function stackFile(
  { stack, file }: PlanArgument,
  synth: string | undefined,
  cwd: string,
): string | undefined {
  const inFolder = (folder: string) => join(resolve(cwd, folder), "stacks", stack, STACK_FILE);
  const beside = file === STDIN ? [] : [join(dirname(resolve(cwd, file)), STACK_FILE)];
  const candidates = synth === undefined ? [...beside, inFolder(OUTPUT)] : [inFolder(synth)];
  return candidates.find((candidate) => existsSync(candidate));
}

/** Reads the paths of constructs from what cdktf wrote; a file that is not what cdktf writes says nothing. */
export function locator(stack: string, file: string, declaration: DeclarationLines | undefined): Locate {
  const paths = readConstructPaths(readFileSync(file));
  return (address) => {
    const constructPath = constructPathOf(paths, address);
    if (constructPath === undefined) return undefined;
    const line = declaration?.lineOf(stack, constructPath);
    return { constructPath, ...(line !== undefined && { file: declaration?.file ?? "", line }) };
  };
}

function memberOf(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return isMapping(value) ? Object.entries(value) : [];
}

/** The lines of a declaration file. */
export interface DeclarationLines {
  /** Relative to the working directory. */
  readonly file: string;
  /** The line that declares a construct, or the stack of it; nothing where the file does not declare the stack. */
  lineOf(stack: string, constructPath: string): number | undefined;
}

const ROOMS: Readonly<Record<string, string>> = {
  Integrations: "integrations",
  Sources: "sources",
  Targets: "targets",
};
// Shared documents are named by what they belong to in AWS.
const NAMED_BY: Readonly<Record<string, readonly [room: string, key: string]>> = {
  DynamoDbTable: ["sources", "table"],
  DynamoDbTablePolicy: ["sources", "table"],
  IntegrationResourceProperty: ["targets", "database"],
};

/** Reads where things are declared, without judging them; nothing where the file is not there or is not YAML. */
export function declarationLines(env: NodeJS.ProcessEnv, cwd: string): DeclarationLines | undefined {
  const name = env["ZERO_ETL_CONFIG"];
  const path = resolve(cwd, name === undefined || name === "" ? "zero-etl.yaml" : name);
  if (!existsSync(path)) return undefined;
  const { source } = loaded.yaml().readYaml(readFileSync(path, "utf8"));
  if (source === undefined) return undefined;
  const stacks = memberOf(source.value, "stacks");
  return {
    file: relative(cwd, path).replaceAll("\\", "/"),
    lineOf: (stack, constructPath) => {
      const declared = memberOf(stacks, stack);
      if (declared === undefined) return undefined;
      const [room = "", label = "", name = ""] = constructPath.split("/");
      const below = partOf(declared, room, label, name);
      return source.placeOf(["stacks", stack, ...below], "key").line;
    },
  };
}

function partOf(stack: unknown, room: string, label: string, name: string): string[] {
  const members = ROOMS[room];
  if (members !== undefined && memberOf(memberOf(stack, members), label) !== undefined)
    return [members, label];
  const [role, key] = NAMED_BY[room] ?? [];
  if (role === undefined || key === undefined) return [];
  const found = entriesOf(memberOf(stack, role)).find(([, value]) =>
    [label, name].includes(String(memberOf(value, key))),
  );
  return found === undefined ? [] : [role, found[0]];
}
