import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { aws, initialised, role, said, withStandIn } from "./harness";
import { describeWithTerraform, type Fixtures, plannedActions, succeeded } from "./kit";

describeWithTerraform("a Cloud Control resource", () => {
  const schema = JSON.stringify({
    typeName: "AWS::Glue::Integration",
    properties: {
      IntegrationName: { type: "string", maxLength: 20 },
      Description: { type: "string" },
      IntegrationConfig: {
        type: "object",
        properties: { RefreshInterval: { type: "string" }, ContinuousSync: { type: "boolean" } },
      },
    },
    additionalProperties: false,
    createOnlyProperties: [
      "/properties/IntegrationName",
      "/properties/IntegrationConfig",
      "/properties/IntegrationConfig/RefreshInterval",
    ],
  });
  const resource = (desired: object) => ({
    ...aws,
    resource: {
      aws_cloudcontrolapi_resource: {
        x: { type_name: "AWS::Glue::Integration", schema, desired_state: JSON.stringify(desired) },
      },
    },
  });
  const before = { IntegrationName: "x", IntegrationConfig: { RefreshInterval: "60", ContinuousSync: true } };

  test.each<[string, object, string]>([
    ["is replaced when a create-only property changes", { ...before, IntegrationName: "y" }, "delete,create"],
    [
      "is replaced when a nested create-only property changes",
      { ...before, IntegrationConfig: { RefreshInterval: "90", ContinuousSync: true } },
      "delete,create",
    ],
    [
      "is updated in place when something below a create-only property changes",
      { ...before, IntegrationConfig: { RefreshInterval: "60", ContinuousSync: false } },
      "update",
    ],
    ["is updated in place when another property changes", { ...before, Description: "x" }, "update"],
  ])("%s", (_what, after, actions) =>
    withStandIn({}, async (terraform) => {
      const directory = await initialised(terraform, resource(before));
      succeeded(await terraform.apply(directory));
      await writeFile(join(directory, "cdk.tf.json"), JSON.stringify(resource(after)));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({
        "aws_cloudcontrolapi_resource.x": actions,
      });
    }),
  );

  test("is refused at plan when its desired state does not fit the schema of its type", () =>
    withStandIn({}, async (terraform) => {
      const result = await terraform.plan(
        await initialised(terraform, resource({ IntegrationName: "x".repeat(21) })),
      );
      expect(result.code).toBe(1);
      expect(said(result)).toContain("/IntegrationName must NOT have more than 20 characters");
    }));
});

describeWithTerraform("a Lambda invocation", () => {
  const invocation = (input: object) => ({
    ...aws,
    resource: {
      aws_lambda_invocation: {
        x: {
          function_name: "operator",
          lifecycle_scope: "CRUD",
          input: JSON.stringify(input),
          lifecycle: {
            postcondition: [
              { condition: "${jsondecode(self.result).ok}", error_message: "the operator refused" },
            ],
          },
        },
      },
    },
  });
  const answer: Fixtures["resources"] = {
    aws_lambda_invocation: ({ operation, state }) =>
      operation === "read"
        ? undefined
        : { result: JSON.stringify({ ok: !String(state["input"]).includes("bad") }) },
  };

  test("that is refused stays refused, until a new input heals it in place", () =>
    withStandIn({ resources: answer }, async (terraform) => {
      const directory = await initialised(terraform, invocation({ layout: 1 }));
      const use = (input: object) =>
        writeFile(join(directory, "cdk.tf.json"), JSON.stringify(invocation(input)));
      succeeded(await terraform.apply(directory));
      await use({ layout: "bad" });
      expect(plannedActions(await terraform.planJson(directory))).toEqual({
        "aws_lambda_invocation.x": "update",
      });
      expect(said(await terraform.apply(directory))).toContain("the operator refused");
      expect(said(await terraform.plan(directory))).toContain("the operator refused");
      await use({ layout: 2 });
      succeeded(await terraform.apply(directory));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    }));
});

describeWithTerraform("fixtures of resources", () => {
  const configuration = role({ name: "x", assume_role_policy: "{}" });

  test("put values in place of the made-up ones", () =>
    withStandIn(
      {
        resources: {
          aws_iam_role: ({ operation }) => (operation === "create" ? { unique_id: "AROA" } : undefined),
        },
      },
      async (terraform) => {
        const directory = await initialised(terraform, configuration);
        succeeded(await terraform.apply(directory));
        expect(
          (await terraform.stateJson(directory)).values?.root_module?.resources?.[0]?.values,
        ).toMatchObject({ unique_id: "AROA" });
        expect(plannedActions(await terraform.planJson(directory))).toEqual({});
      },
    ));

  test("let an apply fail", () =>
    withStandIn(
      {
        resources: {
          aws_iam_role: () => {
            throw new Error("EntityAlreadyExists");
          },
        },
      },
      async (terraform) => {
        const result = await terraform.apply(await initialised(terraform, configuration));
        expect(result.code).toBe(1);
        expect(said(result)).toContain("EntityAlreadyExists");
      },
    ));

  test("let a resource vanish, or drift", () => {
    let found: { description: string } | null | undefined;
    return withStandIn(
      { resources: { aws_iam_role: ({ operation }) => (operation === "read" ? found : undefined) } },
      async (terraform) => {
        const directory = await initialised(terraform, configuration);
        succeeded(await terraform.apply(directory));
        found = null;
        expect(plannedActions(await terraform.planJson(directory))).toEqual({
          "aws_iam_role.role": "create",
        });
        found = { description: "changed by hand" };
        expect(plannedActions(await terraform.planJson(directory))).toEqual({
          "aws_iam_role.role": "update",
        });
      },
    );
  });
});
