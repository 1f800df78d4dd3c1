// Plans as rules read them: stored ones, and small ones that are written in a test.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../lib/json";
import type { Observation } from "../../lib/review/finding";
import { planOf, readPlan } from "../../lib/review/plan/read";
import type { PlanView } from "../../lib/review/plan-view";
import type { ReviewRule } from "../../lib/review/rule";
import { REVIEW_RULES } from "../../lib/review/rules";
import { viewOf } from "../../lib/review/view";

const PLANS = join(__dirname, "plans");

/** Names of the stored plans, those that were written by hand under `hand-written/`. */
export function planNames(): string[] {
  const inFolder = (folder: string) =>
    readdirSync(join(PLANS, folder))
      .filter((file) => file.endsWith(".json"))
      .map((file) => join(folder, file.replace(/\.json$/, "")));
  return [...inFolder(""), ...inFolder("hand-written")].sort();
}

/** A stored plan as a view. */
export function storedPlan(name: string): PlanView {
  const { value, issue } = readPlan(readFileSync(join(PLANS, `${name}.json`)));
  if (value === undefined) throw new Error(`${name}: ${issue.message}`);
  return viewed(name, value);
}

/** A resource of a plan that is written in a test. */
export interface WrittenResource {
  readonly address: string;
  /** @default as `before` and `after` say */
  readonly actions?: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  /** Attributes that are known after apply. */
  readonly unknown?: object;
  readonly replacePaths?: readonly (readonly string[])[];
  /** What the configuration refers to. */
  readonly references?: readonly string[];
  readonly deposed?: string;
}

/** A plan that is written in a test. */
export function writtenPlan(
  resources: readonly WrittenResource[],
  { stack = "written", checks = [] }: { readonly stack?: string; readonly checks?: readonly object[] } = {},
): PlanView {
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: resources.map(changeOf),
    checks,
    configuration: {
      root_module: {
        resources: resources.map(({ address, after, unknown, references = [] }) => ({
          address,
          mode: "managed",
          type: address.split(".")[0],
          name: address.split(".")[1],
          expressions: Object.fromEntries(Object.keys({ ...after, ...unknown }).map((name) => [name, {}])),
          depends_on: references,
        })),
      },
    },
  };
  const { value, issue } = planOf(plan as unknown as Json);
  if (value === undefined) throw new Error(issue.message);
  return viewed(stack, value);
}

function changeOf(written: WrittenResource): object {
  const { address, before = null, after = null, unknown = {}, replacePaths, deposed } = written;
  const [type, name] = address.split(".");
  const same = JSON.stringify(before) === JSON.stringify(after) && Object.keys(unknown).length === 0;
  const actions =
    written.actions ??
    (before === null ? ["create"] : after === null ? ["delete"] : same ? ["no-op"] : ["update"]);
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    ...(deposed !== undefined && { deposed }),
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      ...(replacePaths && { replace_paths: replacePaths }),
    },
  };
}

function viewed(stack: string, plan: Parameters<typeof viewOf>[1]): PlanView {
  const { value, issue } = viewOf(stack, plan);
  if (value === undefined) throw new Error(issue.message);
  return value;
}

/** What a rule says of a plan, alone or among others. */
export function said(rule: ReviewRule, view: PlanView, all: readonly PlanView[] = [view]): Observation[] {
  return [...rule.check(view, all)];
}

/** What every rule says of plans that are reviewed together: `rule level address: reason`. */
export function everythingSaid(...all: readonly PlanView[]): string[] {
  return all.flatMap((view) =>
    REVIEW_RULES.flatMap((rule) =>
      rule
        .check(view, all)
        .map(({ level = rule.levels[0], address, reason }) => `${rule.id} ${level} ${address}: ${reason}`),
    ),
  );
}
