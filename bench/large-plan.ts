// A plan as large as they come: real changes, repeated under other names.
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Change {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[] };
}

interface Plan {
  readonly resource_changes: readonly Change[];
  readonly configuration: {
    readonly root_module: { readonly resources: readonly { readonly name: string }[] };
  };
}

const PLANS = join(__dirname, "../test/review/plans");
// Of a first plan, in which everything is made, and of one that replaces.
const FILES = ["clean-lake-first.json", "integration-replaced.json"];

/** JSON text of a plan with that many changes: new integrations, and some that are replaced. */
export function largePlan(count: number): string {
  const plans = FILES.map((file) => JSON.parse(readFileSync(join(PLANS, file), "utf8")) as Plan);
  const [first] = plans;
  if (first === undefined) throw new Error("there is no plan to repeat");
  const changes = plans.flatMap(({ resource_changes }) => resource_changes.filter(isChange));
  const resources = plans.flatMap(({ configuration }) => configuration.root_module.resources);
  const copies = Math.ceil(count / changes.length);
  const names = anyOf(resources.map(({ name }) => name));
  const repeated = <T>(values: readonly T[]): T[] =>
    Array.from({ length: copies }, (_, copy) => values.map((value) => renamed(value, copy, names))).flat();
  return JSON.stringify({
    ...first,
    resource_changes: repeated(changes).slice(0, count),
    configuration: { root_module: { ...first.configuration.root_module, resources: repeated(resources) } },
  });
}

function isChange({ mode, change }: Change): boolean {
  return mode === "managed" && !change.actions.includes("no-op");
}

// Every copy is of tables, databases and resources of its own, which refer to each other and to no other copy.
function renamed<T>(value: T, copy: number, names: RegExp): T {
  const text = JSON.stringify(value)
    .replace(names, `$&_${copy}`)
    .replace(/(?<![\w-])(orders|customers|sales_lake)(?![\w-])/g, `$1_${copy}`);
  return JSON.parse(text) as T;
}

// The longest first: one name may begin with another.
function anyOf(names: readonly string[]): RegExp {
  const sorted = [...new Set(names)].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\w-])(?:${sorted.join("|")})(?![\\w-])`, "g");
}
