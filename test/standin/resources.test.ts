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

describeWithTerraform("the function of the operator", () => {
  const call = (input: object, function_name = "zero-etl-operator-orders-prod") => ({
    ...aws,
    resource: {
      aws_lambda_invocation: {
        x: { function_name, lifecycle_scope: "CRUD", input: JSON.stringify(input) },
      },
    },
    data: {
      aws_lambda_invocation: { x: { function_name, input: JSON.stringify({ ...input, action: "read" }) } },
    },
    output: {
      call: { value: "${jsondecode(aws_lambda_invocation.x.result)}" },
      read: { value: "${jsondecode(data.aws_lambda_invocation.x.result)}" },
    },
  });
  const wait = { version: 1, kind: "propagation", subjects: { role: "1" } };
  const statement = {
    Sid: "ZeroEtlAuthorize1",
    Effect: "Allow",
    Principal: { Service: ["glue.amazonaws.com"] },
    Action: ["glue:AuthorizeInboundIntegration"],
    Resource: ["arn:aws:glue:us-east-1:111122223333:catalog"],
    Condition: {
      StringEquals: { "aws:SourceArn": ["arn:aws:dynamodb:us-east-1:111122223333:table/orders"] },
    },
  };
  const policy = (changed: object = {}) => ({
    version: 1,
    kind: "catalog-policy",
    statements: [{ ...statement, ...changed }],
  });
  const answers = (configuration: object) => {
    let found: unknown;
    return withStandIn({}, async (terraform) => {
      const directory = await initialised(terraform, configuration);
      succeeded(await terraform.apply(directory));
      const { outputs } = (await terraform.stateJson(directory)).values ?? {};
      found = { call: outputs?.["call"]?.value, read: outputs?.["read"]?.value };
    }).then(() => found);
  };

  test.each([wait, policy()])("takes what the real one takes: %j", async (input) => {
    expect(await answers(call(input))).toMatchObject({
      call: { ok: true, changed: true },
      read: { ok: true, drift: [] },
    });
  });

  test.each<[object, string]>([
    [{ ...wait, version: 2 }, "protocol-version"],
    [{ ...wait, kind: "waits" }, "unknown-kind"],
    [{ ...wait, subjects: [] }, "malformed-input"],
    [policy({ Action: ["glue:*"] }), "refused-statement"],
    [policy({ Resource: ["arn:aws:glue:us-east-1:444455556666:catalog"] }), "refused-statement"],
  ])("refuses what the real one refuses: %j", async (input, code) => {
    expect(await answers(call(input))).toMatchObject({
      call: { ok: false, code },
      read: { ok: false, code },
    });
  });

  test("is told by its name from those of others", async () => {
    expect(await answers(call({}, "other"))).toEqual({ call: {}, read: {} });
  });
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
