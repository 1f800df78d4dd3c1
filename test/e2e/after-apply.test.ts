// What a plan tells of an integration that was applied long ago, and what a change of the account does to plan and destroy.
import { Project, readDeclaration } from "./project";
import { unprotected } from "./declaration-text";
import { MINUTES, Stage } from "./stage";
import { type Terraform, result, texts } from "./terraform";

let stage: Stage;
let sample: string;
let project: Project;
let terraform: Terraform;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.account.createTable("orders");
  sample = await readDeclaration("zero-etl.yaml");
  project = new Project(await stage.folder("applied"));
  await project.synthesize(sample);
  terraform = await stage.terraform(project.stackDir("orders"));
  expect(await terraform.init()).toMatchObject({ code: 0 });
  expect(await terraform.plan()).toMatchObject({ code: 2 });
  expect(await terraform.apply()).toMatchObject({ code: 0 });
}, 2 * MINUTES);

afterAll(() => stage.close());

async function replanned(declaration: string): Promise<{ code: number; actions: Record<string, string> }> {
  await project.synthesize(declaration);
  const { code } = await terraform.plan();
  const changes = code === 1 ? [] : ((await terraform.planJson()).resource_changes ?? []);
  const changed = changes.filter(({ change }) => !["no-op", "read"].includes(change.actions.join()));
  return {
    code,
    actions: Object.fromEntries(changed.map(({ type, change }) => [type, change.actions.join()])),
  };
}

test(
  "an integration that needs attention fails a check, which warns and blocks nothing",
  async () => {
    stage.emulator.setStatus("orders-to-lake", "NEEDS_ATTENTION", [
      { ErrorCode: "X", ErrorMessage: "no export" },
    ]);
    const plan = await terraform.plan();
    expect(plan.code).toBe(0);
    expect(texts(plan, "error")).toEqual([]);
    expect(texts(plan, "warning")).toEqual([
      expect.stringMatching(
        /^Check block assertion failed: the integration orders-to-lake is in state NEEDS_ATTENTION\..*--integration-identifier arn:aws:glue:/,
      ),
    ]);
    const { checks = [] } = await terraform.planJson();
    expect(checks.filter(({ status }) => status !== "pass")).toEqual([
      expect.objectContaining({ address: expect.objectContaining({ kind: "check" }), status: "fail" }),
    ]);
  },
  MINUTES,
);

test(
  "an integration that is still being made is no reason to worry",
  async () => {
    stage.emulator.setStatus("orders-to-lake", "CREATING");
    expect(result(await terraform.plan())).toEqual({ code: 0, said: [] });
  },
  MINUTES,
);

test(
  "a description changes in place, a name would replace and is stopped",
  async () => {
    stage.emulator.freeStatus("orders-to-lake");
    const [before] = await stage.account.integrations();
    expect(await replanned(sample.replace("Orders for the lake", "All orders"))).toEqual({
      code: 2,
      actions: { aws_cloudcontrolapi_resource: "update" },
    });
    expect(await terraform.apply()).toMatchObject({ code: 0 });
    expect(await stage.account.integrations()).toMatchObject([
      { IntegrationArn: before?.["IntegrationArn"], Description: "All orders" },
    ]);

    await project.synthesize(sample.replace("description:", "name: all-orders\n        description:"));
    const refused = await terraform.plan();
    expect({ code: refused.code, errors: texts(refused, "error") }).toEqual({
      code: 1,
      errors: [expect.stringMatching(/^Instance cannot be destroyed/)],
    });
  },
  2 * MINUTES,
);

test(
  "an integration that was renamed behind Terraform's back is taken for gone, and protection does not stop its twin",
  async () => {
    await project.synthesize(sample.replace("Orders for the lake", "All orders"));
    const [{ IntegrationArn } = {}] = await stage.account.integrations();
    const rename = (IntegrationName: string): Promise<void> =>
      stage.account.modifyIntegration({ IntegrationIdentifier: IntegrationArn, IntegrationName });
    await rename("orders-renamed");
    expect(await replanned(sample)).toEqual({
      code: 2,
      // The interval is set of the twin, too.
      actions: { aws_cloudcontrolapi_resource: "create", aws_lambda_invocation: "update" },
    });
    await rename("orders-to-lake");
  },
  2 * MINUTES,
);

test(
  "a table that loses point-in-time recovery stops a plan with the remedy, and not a destroy",
  async () => {
    await project.synthesize(unprotected(sample));
    await stage.account.setPointInTimeRecovery("orders", false);
    const plan = await terraform.plan();
    expect(plan.code).toBe(1);
    expect(texts(plan, "error")).toEqual([expect.stringContaining("point-in-time recovery is off")]);
    expect(await terraform.destroy()).toMatchObject({ code: 0 });
    expect(await stage.account.integrations()).toEqual([]);
    expect(await stage.account.catalogPolicy()).toBeUndefined();
  },
  2 * MINUTES,
);

test(
  "a table that is gone stops even a destroy, unless Terraform is told not to look",
  async () => {
    await stage.account.setPointInTimeRecovery("orders", true);
    expect(await terraform.plan()).toMatchObject({ code: 2 });
    expect(await terraform.apply()).toMatchObject({ code: 0 });
    await stage.account.deleteTable("orders");
    const gone = { code: 1, said: ["error: reading Dynamodb Table (orders): couldn't find resource: "] };
    expect(result(await terraform.destroy())).toEqual(gone);
    expect(result(await terraform.destroy("-refresh=false"))).toEqual({ code: 0, said: [] });
    expect(await stage.account.integrations()).toEqual([]);
    expect(await stage.account.catalogPolicy()).toBeUndefined();
  },
  2 * MINUTES,
);
