// The steps of a stack's life, each with what must hold after it.
import type { LoggedCall } from "../emulator/emulator";
import type { Integration } from "../emulator/state";
import type { PlanJson } from "../standin/plan-json";
import type { Stage } from "./stage";
import { type Terraform, result, texts } from "./terraform";

/** Documents that a reviewer has to be able to read in a plan. */
const REVIEWED = ["desired_state", "policy", "assume_role_policy"];

export interface Planned {
  readonly terraform: Terraform;
  readonly plan: PlanJson;
}

/** From nothing to a first plan that hides nothing. */
export async function planned(stage: Stage, dir: string): Promise<Planned> {
  const terraform = await stage.terraform(dir);
  expect(await terraform.init()).toMatchObject({ code: 0 });
  const [validated, first] = await Promise.all([terraform.validate(), terraform.plan()]);
  expect(result(validated)).toEqual({ code: 0, said: [] });
  expect(result(first)).toEqual({ code: 2, said: [] });
  const plan = await terraform.planJson();
  expect(unknownDocuments(plan)).toEqual([]);
  return { terraform, plan };
}

/** From that plan to an applied stack that has nothing left to plan. */
export async function applied(stage: Stage, { terraform }: Planned): Promise<Terraform> {
  expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
  await expectAtRest(terraform);
  // The schema is part of the configuration, so nobody needs the permission to ask for it.
  expect(stage.emulator.operations()).not.toContain("cloudformation.DescribeType");
  return terraform;
}

export async function expectAtRest(terraform: Terraform): Promise<void> {
  expect(result(await terraform.plan())).toEqual({ code: 0, said: [] });
}

/** Every integration of a stack refuses to be destroyed. */
export async function expectProtected(terraform: Terraform, integrations: number): Promise<void> {
  const refused = await terraform.planDestroy();
  const errors = texts(refused, "error").filter((text) =>
    /^Instance cannot be destroyed: .*prevent_destroy/.test(text),
  );
  expect({ code: refused.code, errors: errors.length }).toEqual({ code: 1, errors: integrations });
}

export async function removed(stage: Stage, stacks: readonly Terraform[]): Promise<void> {
  for (const terraform of [...stacks].reverse()) {
    stage.emulator.log.length = 0;
    const before = integrationsOf(stage);
    expect(result(await terraform.destroy())).toEqual({ code: 0, said: [] });
    expect(await terraform.stateList()).toEqual([]);
    const left = new Set(integrationsOf(stage).map(({ arn }) => arn));
    expectIntegrationsFirst(
      stage,
      before.filter(({ arn }) => !left.has(arn)),
    );
  }
}

/** Reviewed documents that are not known before an apply, by address. */
function unknownDocuments(plan: PlanJson): string[] {
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change }) =>
      REVIEWED.filter((name) => change.after_unknown[name] === true).map((name) => `${address}.${name}`),
    );
}

/** By name, or by method and path where a service has no names. */
const WRITES = /^(Create|Put|Update|Delete|Attach|Detach|PUT|DELETE|POST \/(Grant|Revoke))/;

type Ends = Pick<Integration, "arn" | "sourceArn" | "targetArn">;

function integrationsOf({ emulator }: Stage): Ends[] {
  const { integrations, redshiftIntegrations } = emulator.state;
  return [...integrations.values(), ...redshiftIntegrations.values()];
}

/** An integration that outlives its role or its policies can hang, so nothing may be taken from under it. */
function expectIntegrationsFirst({ emulator }: Stage, removed: readonly Ends[]): void {
  const writes = emulator.log.filter(({ operation }) => WRITES.test(operation));
  const taken = removed.flatMap((integration) => {
    const end = writes.findIndex((call) => isDeletion(call, integration));
    expect(end).not.toBe(-1);
    return writes.slice(0, end).filter((call) => takesFrom(call, integration));
  });
  expect(taken).toEqual([]);
}

function isDeletion({ operation, input }: LoggedCall, { arn }: Ends): boolean {
  if (operation === "DeleteIntegration") return input["IntegrationArn"] === arn;
  return operation === "DeleteResource" && String(input["Identifier"]).startsWith(`${arn}|`);
}

const ROLES = ["source", "target", "bucket", "catalog"];

/** Whether a write is about the source or the target, or about the catalog policy that lets data in. */
function takesFrom({ service, operation, account, region, input }: LoggedCall, ends: Ends): boolean {
  const text = JSON.stringify(input);
  const [, , , targetRegion, targetAccount] = ends.targetArn.split(":");
  const isCatalogPolicy = service === "glue" && operation.endsWith("ResourcePolicy");
  if (isCatalogPolicy) return account === targetAccount && region === targetRegion;
  return [ends.sourceArn, ends.targetArn].some((arn) => {
    const name = arn.split(/[:/]/).at(-1) ?? "";
    return [`"${arn}"`, `"${name}"`, ...ROLES.map((role) => `"zero-etl-${role}-${name}-`)].some((one) =>
      text.includes(one),
    );
  });
}
