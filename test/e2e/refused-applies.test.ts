// What an apply refuses that no plan can know, and how the next one goes on from there.
import type { JsonObject } from "../emulator/wire";
import { statesOf } from "./account-contents";
import { Example } from "./example";
import { Project, readDeclaration, resourcesOf } from "./project";
import { ACCOUNT, MINUTES, OTHER_ACCOUNT, Stage } from "./stage";
import { texts } from "./terraform";

const FOREIGN_POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Analysts",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      Action: "glue:GetTable",
      Resource: `arn:aws:glue:us-east-1:${ACCOUNT}:catalog`,
    },
  ],
};

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, MINUTES);

beforeEach(() => stage.reset());
afterAll(() => stage.close());

test(
  "a catalog policy that is there already is not overwritten by a stack that wants to own it",
  async () => {
    const { account } = stage;
    await account.createTable("orders");
    await account.putCatalogPolicy(FOREIGN_POLICY);
    const project = new Project(await stage.folder("refused"));
    const sample = await readDeclaration("zero-etl.yaml");
    await project.synthesize(
      sample.replace("environment: prod\n", "environment: prod\n    catalogPolicy: own\n"),
    );
    const terraform = await stage.terraform(project.stackDir("orders"));
    expect(await terraform.init()).toMatchObject({ code: 0 });
    expect(await terraform.plan()).toMatchObject({ code: 2 });
    const apply = await terraform.apply();
    expect(apply.code).toBe(1);
    expect(texts(apply, "error")).toEqual([expect.stringContaining("Policy already exists")]);
    expect(await account.catalogPolicy()).toEqual(FOREIGN_POLICY);
    expect(await account.integrations()).toEqual([]);

    // Once the policy is out of the way, the next apply goes on where this one stopped.
    await account.deleteCatalogPolicy();
    expect(await terraform.plan()).toMatchObject({ code: 2 });
    expect(await terraform.apply()).toMatchObject({ code: 0 });
    expect(await account.integrations()).toMatchObject([{ Status: "ACTIVE" }]);
  },
  2 * MINUTES,
);

test(
  "another account's target that does not let this one create integrations",
  async () => {
    const lake = stage.at({ account: OTHER_ACCOUNT, region: "us-east-1" });
    const example = new Example(() => stage, "examples/two-accounts.yaml");
    const { project, text } = await example.open();
    const grantedTo = (): Promise<string[]> => lake.catalogPolicy().then(actionsOf);
    await project.rewrite((stack) => {
      const calls = resourcesOf(stack, "aws_lambda_invocation");
      const merges = calls.filter(({ input }) => String(input).includes('"kind" = "catalog-policy"'));
      expect(merges).toHaveLength(1);
      merges.forEach(withoutCreation);
    });
    const { terraform } = await example.plan("orders");
    const refused = await terraform.apply();
    expect(refused.code).toBe(1);
    const denied =
      "waiting for Cloud Control API (AWS::Glue::Integration) Resource () create: unexpected state 'FAILED', wanted target " +
      `'SUCCESS'. last error: AccessDenied: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: ` +
      `glue:CreateInboundIntegration on resource: arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:database/sales_lake (Service: ` +
      "Glue, Error Code: AccessDeniedException): ";
    expect(texts(refused, "error")).toEqual([denied, denied]);
    expect(await grantedTo()).toEqual(["glue:AuthorizeInboundIntegration"]);
    expect(await stage.account.integrations()).toEqual([]);

    // With the statement, the next apply makes what is missing.
    await project.synthesize(text);
    expect(await terraform.plan()).toMatchObject({ code: 2 });
    expect(await terraform.apply()).toMatchObject({ code: 0 });
    expect(await grantedTo()).toEqual(["glue:AuthorizeInboundIntegration", "glue:CreateInboundIntegration"]);
    expect(await statesOf(stage.account)).toEqual({ "crm-to-lake": "ACTIVE", "orders-to-lake": "ACTIVE" });
  },
  3 * MINUTES,
);

interface Statement {
  readonly Action: readonly string[];
}

/** The input is an expression of Terraform's, for it has a variable in it. */
const CREATION = /, \{"Action" = \["glue:CreateInboundIntegration"\].*?"Sid" = "ZeroEtlCreate\w+"\}/;

function withoutCreation(resource: Record<string, unknown>): void {
  const input = String(resource["input"]);
  expect(input).toMatch(CREATION);
  resource["input"] = input.replace(CREATION, "");
}

function actionsOf(policy: JsonObject | undefined): string[] {
  return ((policy?.["Statement"] ?? []) as Statement[]).flatMap(({ Action }) => Action).sort();
}
