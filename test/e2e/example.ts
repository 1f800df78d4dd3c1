// A declaration that is seeded and synthesised once, whichever test of a file asks for it first.
import type { JsonObject } from "../emulator/wire";
import { expectInAccounts, expectOutputs } from "./account-contents";
import { unprotected } from "./declaration-text";
import { type Expected, expectedOf } from "./expected";
import { type Planned, applied, expectAtRest, expectProtected, planned, removed } from "./life";
import { Project, readDeclaration } from "./project";
import { seed } from "./seed";
import { ACCOUNT, type Stage } from "./stage";
import type { Terraform } from "./terraform";

interface Opened {
  readonly project: Project;
  readonly text: string;
  readonly expected: readonly Expected[];
  /** The accounts before anything is applied. */
  readonly before: readonly JsonObject[];
}

export class Example {
  private opened: Promise<Opened> | undefined;
  private readonly plans = new Map<string, Promise<Planned>>();

  constructor(
    private readonly stage: () => Stage,
    private readonly file: string,
  ) {}

  open(): Promise<Opened> {
    return (this.opened ??= this.prepare());
  }

  /** The first plan of a stack. */
  async plan(stack: string): Promise<Planned> {
    const { project } = await this.open();
    const plan = this.plans.get(stack) ?? planned(this.stage(), project.stackDir(stack));
    this.plans.set(stack, plan);
    return plan;
  }

  /** The whole life of every stack, after which the accounts are as they were. */
  async liveAndDie(): Promise<void> {
    const stage = this.stage();
    const { project, text, expected, before } = await this.open();
    const names = await project.stacks();
    const stacks: Terraform[] = [];
    for (const name of names) stacks.push(await applied(stage, await this.plan(name)));
    // What a later stack has done is nothing to an earlier one.
    for (const terraform of stacks.slice(0, -1)) await expectAtRest(terraform);

    await expectInAccounts(stage, expected);
    for (const [index, terraform] of stacks.entries()) {
      await expectOutputs(stage, await terraform.outputs(), expected, names[index] ?? "");
    }
    const last = names.at(-1);
    const ofLast = expected.flatMap(({ integrations }) => integrations.filter(({ stack }) => stack === last));
    // Every stack is protected in the same way, and a plan takes its time.
    await expectProtected(stacks.at(-1) as Terraform, ofLast.length);

    await project.synthesize(unprotected(text));
    await removed(stage, stacks);
    expect(await this.accounts(expected)).toEqual(before);
    expect([...stage.emulator.state.tableProperties.keys()]).toEqual([]);
  }

  private async prepare(): Promise<Opened> {
    const stage = this.stage();
    await stage.reset();
    const { text, declaration } = await seed(stage.at, await readDeclaration(this.file), ACCOUNT);
    const project = new Project(await stage.folder("project"));
    await project.synthesize(text);
    const expected = expectedOf(declaration, ACCOUNT);
    return { project, text, expected, before: await this.accounts(expected) };
  }

  private accounts(expected: readonly Expected[]): Promise<JsonObject[]> {
    return Promise.all(expected.map(({ place }) => this.stage().at(place).snapshot()));
  }
}
