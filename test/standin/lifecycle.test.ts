import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeWithTerraform, plannedActions, type StandIn, standIn, succeeded } from "./kit";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "glue.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** A hand-written stack in the form in which CDKTF writes one. */
const stack = (overrides: { roleName?: string; description?: string } = {}) => ({
  "//": { metadata: { backend: "local", stackName: "orders", version: "0.21.0" }, outputs: {} },
  terraform: {
    backend: { local: { path: "/nowhere/terraform.orders.tfstate" } },
    required_providers: { aws: { source: "aws", version: "~> 6.0" } },
  },
  provider: {
    aws: [
      {
        region: "us-east-1",
        allowed_account_ids: ["111122223333"],
        default_tags: [{ tags: { team: "data" } }],
      },
      {
        alias: "lake",
        region: "us-west-2",
        allowed_account_ids: ["444455556666"],
        assume_role: [{ role_arn: "arn:aws:iam::444455556666:role/deployer" }],
      },
    ],
  },
  data: {
    aws_caller_identity: { lake: { provider: "aws.lake" } },
    aws_region: { lake: { provider: "aws.lake" } },
    aws_dynamodb_table: { orders: { name: "orders" } },
  },
  resource: {
    aws_iam_role: {
      source: { name: overrides.roleName ?? "source", assume_role_policy: trust, tags: { role: "source" } },
    },
    aws_iam_role_policy: {
      source: { name: "read", role: "${aws_iam_role.source.name}", policy: trust },
    },
    aws_dynamodb_resource_policy: {
      orders: { resource_arn: "${data.aws_dynamodb_table.orders.arn}", policy: trust },
    },
    aws_glue_catalog_database: {
      lake: { provider: "aws.lake", name: "lake", location_uri: "s3://lake/orders/" },
    },
    aws_cloudcontrolapi_resource: {
      integration: {
        type_name: "AWS::Glue::Integration",
        desired_state: JSON.stringify({
          IntegrationName: "orders-to-lake",
          Description: overrides.description ?? "orders",
          SourceArn: "${data.aws_dynamodb_table.orders.arn}",
          TargetArn: "arn:aws:glue:us-west-2:444455556666:database/lake",
        }),
        depends_on: ["aws_dynamodb_resource_policy.orders", "aws_glue_catalog_database.lake"],
      },
    },
    terraform_data: { settings: { input: "${aws_cloudcontrolapi_resource.integration.id}" } },
  },
  output: {
    account: { value: "${data.aws_caller_identity.lake.account_id}" },
    region: { value: "${data.aws_region.lake.region}" },
    properties: { value: "${aws_cloudcontrolapi_resource.integration.properties}" },
  },
});

describeWithTerraform("a life cycle", () => {
  let terraform: StandIn;
  beforeAll(async () => {
    terraform = await standIn();
  });
  afterAll(() => terraform.close());

  test("goes from init to destroy, with nothing to do in between", async () => {
    const directory = await terraform.workspace(stack());
    expect(succeeded(await terraform.init(directory)).stderr).toBe("");
    succeeded(await terraform.validate(directory));

    const plan = await terraform.planJson(directory);
    expect(plannedActions(plan)).toEqual({
      "aws_cloudcontrolapi_resource.integration": "create",
      "aws_dynamodb_resource_policy.orders": "create",
      "aws_glue_catalog_database.lake": "create",
      "aws_iam_role.source": "create",
      "aws_iam_role_policy.source": "create",
      "terraform_data.settings": "create",
    });
    const change = (address: string) =>
      plan.resource_changes?.find((item) => item.address === address)?.change;
    expect(change("aws_glue_catalog_database.lake")).toMatchObject({
      after: { region: "us-west-2", tags_all: {} },
      after_unknown: { arn: true, id: true },
    });
    expect(change("aws_iam_role.source")?.after).toMatchObject({
      tags_all: { role: "source", team: "data" },
    });
    expect(change("aws_cloudcontrolapi_resource.integration")).toMatchObject({
      after: {
        desired_state: expect.stringContaining("arn:aws:dynamodb:us-east-1:111122223333:table/orders"),
        region: "us-east-1",
      },
      after_unknown: { id: true, properties: true },
    });

    succeeded(await terraform.apply(directory));
    const { outputs, root_module } = (await terraform.stateJson(directory)).values ?? {};
    expect(outputs).toMatchObject({ account: { value: "444455556666" }, region: { value: "us-west-2" } });
    expect(JSON.parse(String(outputs?.["properties"]?.value))).toEqual({
      IntegrationName: "orders-to-lake",
      Description: "orders",
      SourceArn: "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
      TargetArn: "arn:aws:glue:us-west-2:444455556666:database/lake",
      IntegrationArn: expect.stringMatching(
        /^arn:aws:glue:us-east-1:111122223333:integration:[0-9a-f-]{36}$/,
      ),
      CreateTime: expect.any(String),
      Status: "ACTIVE",
    });
    const role = root_module?.resources?.find(({ address }) => address === "aws_iam_role.source");
    expect(role?.values).toMatchObject({ id: "source", arn: "arn:aws:iam::111122223333:role/source" });

    expect(plannedActions(await terraform.planJson(directory))).toEqual({});

    succeeded(await terraform.destroy(directory));
    expect((await terraform.stateJson(directory)).values).toBeUndefined();
  });

  test("makes up the same values in every run", async () => {
    const states = [];
    for (const directory of [await terraform.workspace(stack()), await terraform.workspace(stack())]) {
      succeeded(await terraform.init(directory));
      succeeded(await terraform.apply(directory));
      const resources = (await terraform.stateJson(directory)).values?.root_module?.resources ?? [];
      states.push(resources.filter(({ type }) => type.startsWith("aws_")));
    }
    expect(states[0]).not.toHaveLength(0);
    expect(states[1]).toEqual(states[0]);
  });

  test("replaces a resource whose name changes, and what names it", async () => {
    const directory = await terraform.workspace(stack());
    succeeded(await terraform.init(directory));
    succeeded(await terraform.apply(directory));
    await rewrite(directory, stack({ roleName: "renamed" }));
    const plan = await terraform.planJson(directory);
    expect(plannedActions(plan)).toEqual({
      "aws_iam_role.source": "delete,create",
      "aws_iam_role_policy.source": "delete,create",
    });
    expect(plan.resource_changes?.find(({ address }) => address === "aws_iam_role.source")).toMatchObject({
      action_reason: "replace_because_cannot_update",
      change: { replace_paths: [["name"]] },
    });
    succeeded(await terraform.apply(directory));
    expect(plannedActions(await terraform.planJson(directory))).toEqual({});
  });

  test("updates in place what is not create-only, and then has nothing to do", async () => {
    const directory = await terraform.workspace(stack());
    succeeded(await terraform.init(directory));
    succeeded(await terraform.apply(directory));
    await rewrite(directory, stack({ description: "changed" }));
    const plan = await terraform.planJson(directory);
    expect(plannedActions(plan)).toEqual({ "aws_cloudcontrolapi_resource.integration": "update" });
    succeeded(await terraform.apply(directory));
    expect(plannedActions(await terraform.planJson(directory))).toEqual({});
  });

  test("destroys what was taken out of the configuration, though nothing names its type any more", async () => {
    const directory = await terraform.workspace(stack());
    succeeded(await terraform.init(directory));
    succeeded(await terraform.apply(directory));
    const { terraform: settings, provider } = stack();
    await rewrite(directory, { terraform: settings, provider });
    const another = await standIn();
    try {
      const actions = plannedActions(await another.planJson(directory));
      expect(new Set(Object.values(actions))).toEqual(new Set(["delete"]));
      expect(Object.keys(actions)).toHaveLength(6);
    } finally {
      await another.close();
    }
  });
});

const rewrite = (directory: string, configuration: object): Promise<void> =>
  writeFile(join(directory, "cdk.tf.json"), JSON.stringify(configuration, null, 2));
