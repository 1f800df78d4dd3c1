// Makes the plans that the rules of the review are tested on: the real Terraform and the real provider against the emulated
// account. `node --import tsx test/review/make.ts [name ...]` writes all plans, or those whose names are given.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { EmulatedAccount } from "../e2e/account";
import { Stage } from "../e2e/stage";
import type { Outcome, Terraform } from "../e2e/terraform";
import type { Base, BaseName } from "./bases";
import { ACCOUNT, BASES } from "./bases";
import type { Case } from "./cases";
import { CASES } from "./cases";
import { pruned } from "./prune";
import { editStack } from "./stack-json";

const PLANS = join(__dirname, "plans");
const wanted = process.argv.slice(2);

async function make(stage: Stage, name: BaseName): Promise<void> {
  const cases = CASES.filter(
    ({ base, file }) => base === name && (wanted.length === 0 || wanted.includes(file)),
  );
  if (cases.length === 0) return;
  const base: Base = BASES[name];
  await stage.reset();
  const account = new EmulatedAccount(stage.options.endpoint, ACCOUNT);
  await base.seed?.(account);
  const outdir = join(await stage.folder(name), "cdktf.out");
  const directory = join(outdir, "stacks", base.stack);
  const terraform = await stage.terraform(directory);
  const write = (one: Pick<Case, "options" | "edit">): void => {
    base.write(outdir, one.options ?? {});
    editStack(directory, (stack) => {
      for (const provider of stack.provider["aws"] ?? []) provider["s3_use_path_style"] = true;
      base.edit?.(stack);
      one.edit?.(stack);
    });
  };
  const first = cases.filter(({ unapplied }) => unapplied);
  write({});
  expectDone(await terraform.init());
  for (const one of first) await plan(terraform, write, one);
  const changes = cases.filter(({ unapplied }) => !unapplied);
  if (changes.length === 0) return;
  write({});
  expectDone(await terraform.plan());
  expectDone(await terraform.apply());
  for (const one of changes) await plan(terraform, write, one);
}

async function plan(terraform: Terraform, write: (one: Case) => void, one: Case): Promise<void> {
  write(one);
  const { code, output } = await terraform.plan();
  if (code === 1) {
    console.error(`${one.file}: no plan\n${output}`);
    process.exitCode = 1;
    return;
  }
  const text = JSON.stringify(pruned(await terraform.planJson()));
  const path = join(PLANS, `${one.file}.json`);
  writeFileSync(
    path,
    await prettier.format(text, { ...(await prettier.resolveConfig(path)), parser: "json" }),
  );
  console.log(`${one.file}: ${readFileSync(path).length} bytes`);
}

function expectDone({ code, output }: Outcome): void {
  if (code === 1) throw new Error(output);
}

async function main(): Promise<void> {
  mkdirSync(PLANS, { recursive: true });
  const stage = await Stage.open();
  try {
    for (const name of Object.keys(BASES) as BaseName[]) await make(stage, name);
  } finally {
    await stage.close();
  }
}

void main();
