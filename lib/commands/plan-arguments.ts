// Which plans a review is asked for, and what their stacks are called.
import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** Stands for standard input. */
export const STDIN = "-";

/** A plan that is to be read. */
export interface PlanArgument {
  /** Label of its stack. */
  readonly stack: string;
  /** As the user named it; `-` is standard input. */
  readonly file: string;
}

const LABEL = /^([A-Za-z][\w-]*)=(.+)$/s;
// What says that it is a plan, and not of what.
const PLAN_WORDS = /([._-](tf)?plan|\.show)$/i;
const NAMELESS = /^(tf)?plan$/i;

/** The plans of the arguments, or why two of them cannot be told apart. */
export function planArguments(
  words: readonly string[],
  cwd: string,
): { readonly plans: readonly PlanArgument[]; readonly fault?: string } {
  const plans = words.map((word) => planArgument(word, cwd));
  const stacks = plans.map(({ stack }) => stack);
  const twice = plans.find(({ stack }, index) => stacks.indexOf(stack) !== index);
  if (twice === undefined) return { plans };
  const files = plans.filter(({ stack }) => stack === twice.stack).map(({ file }) => file);
  return {
    plans,
    fault: `two plans would be of the stack ${twice.stack}: ${files.join(", ")}; name the stack of each: orders=${twice.file}`,
  };
}

// `orders=plan.json`, unless a file has that very name.
function planArgument(word: string, cwd: string): PlanArgument {
  const [, label, file] = LABEL.exec(word) ?? [];
  if (label !== undefined && file !== undefined && !existsSync(resolve(cwd, word)))
    return { stack: label, file };
  return { stack: stackOf(word, cwd), file: word };
}

// `orders.tfplan.json` is of orders, and so is `stacks/orders/plan.json`.
function stackOf(file: string, cwd: string): string {
  if (file === STDIN) return "plan";
  const name = basename(file)
    .replace(/\.json$/i, "")
    .replace(PLAN_WORDS, "");
  if (name !== "" && !NAMELESS.test(name)) return name;
  const path = resolve(cwd, file);
  const folder = dirname(path);
  return folder === resolve(cwd) || basename(folder) === "" ? "plan" : basename(folder);
}
