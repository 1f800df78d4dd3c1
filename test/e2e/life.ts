// The steps of a stack's life, each with what must hold after it.
import type { Stage } from "./stage";
import type { PlanJson } from "../standin/plan-json";
import { type Terraform, result, texts } from "./terraform";

/** Documents that a reviewer has to be able to read in a plan. */
const REVIEWED = ["desired_state", "policy", "assume_role_policy"];

/** From nothing to an applied stack that has nothing left to plan. */
export async function brought(stage: Stage, dir: string): Promise<Terraform> {
  const terraform = await stage.terraform(dir);
  expect(await terraform.init()).toMatchObject({ code: 0 });
  const [validated, planned] = await Promise.all([terraform.validate(), terraform.plan()]);
  expect(result(validated)).toEqual({ code: 0, said: [] });
  expect(result(planned)).toEqual({ code: 2, said: [] });
  expect(unknownDocuments(await terraform.planJson())).toEqual([]);
  expect(result(await terraform.apply())).toEqual({ code: 0, said: [] });
  expect(result(await terraform.plan())).toEqual({ code: 0, said: [] });
  // The schema is part of the configuration, so nobody needs the permission to ask for it.
  expect(stage.emulator.operations()).not.toContain("cloudformation.DescribeType");
  return terraform;
}

export async function expectProtected(terraform: Terraform): Promise<void> {
  const refused = await terraform.planDestroy();
  expect({ code: refused.code, errors: texts(refused, "error") }).toEqual({
    code: 1,
    errors: expect.arrayContaining([
      expect.stringMatching(/^Instance cannot be destroyed: .*prevent_destroy/),
    ]),
  });
}

export async function removed(stage: Stage, stacks: readonly Terraform[]): Promise<void> {
  for (const terraform of [...stacks].reverse()) {
    stage.emulator.log.length = 0;
    expect(result(await terraform.destroy())).toEqual({ code: 0, said: [] });
    expect(await terraform.stateList()).toEqual([]);
    expectIntegrationsFirst(stage);
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

const WRITES = /^(Create|Put|Update|Delete|Attach|Detach)/;

/** An integration that outlives its role or its policies can hang, so nothing may be taken from under it. */
function expectIntegrationsFirst(stage: Stage): void {
  const writes = stage.emulator.log.filter(({ operation }) => WRITES.test(operation));
  const kinds = writes.map(({ input, operation }) =>
    input["TypeName"] === "AWS::Glue::Integration" ? "integration" : operation,
  );
  const last = kinds.lastIndexOf("integration");
  expect(kinds.slice(0, last + 1).filter((kind) => kind !== "integration")).toEqual([]);
}
