import { aws, initialised, role, said, withStandIn } from "./harness";
import { describeWithTerraform, type StandIn, standIn, succeeded } from "./kit";

describeWithTerraform("validate refuses", () => {
  let terraform: StandIn;
  beforeAll(async () => {
    terraform = await standIn();
  });
  afterAll(() => terraform.close());

  const policy = "{}";
  test.each<[string, object, string]>([
    [
      "an attribute that does not exist",
      role({ assume_role_policy: policy, nmae: "x" }),
      "Extraneous JSON object property",
    ],
    [
      "a value of the wrong type",
      role({ assume_role_policy: policy, tags: "x" }),
      "Incorrect attribute value type",
    ],
    ["a missing required argument", role({ name: "x" }), "Missing required argument"],
    [
      "an attribute that only the provider sets",
      role({ assume_role_policy: policy, arn: "x" }),
      "unconfigurable attribute: arn",
    ],
    ["a policy that is no JSON", role({ assume_role_policy: "{" }), "invalid JSON document"],
    [
      "a type that does not exist",
      { ...aws, resource: { aws_glue_integration: { x: {} } } },
      "Invalid resource type",
    ],
    [
      "a reference to nothing",
      role({ assume_role_policy: "${aws_iam_role.other.id}" }),
      "undeclared resource",
    ],
    [
      "an unknown provider argument",
      { ...aws, provider: { aws: [{ regoin: "us-east-1" }] }, data: { aws_region: { x: {} } } },
      "Extraneous JSON object property",
    ],
    [
      "two blocks where one is the most",
      {
        ...aws,
        resource: {
          aws_glue_catalog_database: {
            x: { name: "x", target_database: [1, 2].map(() => ({ catalog_id: "x", database_name: "x" })) },
          },
        },
      },
      "Too many target_database blocks",
    ],
  ])("%s", async (_what, configuration, message) => {
    const result = await terraform.validate(await initialised(terraform, configuration));
    expect(result.code).toBe(1);
    expect(said(result)).toContain(message);
  });
});

describeWithTerraform("the provider configuration", () => {
  test("is refused when its account is not among those allowed", () =>
    withStandIn({}, async (terraform) => {
      const provider = {
        aws: [
          {
            region: "us-east-1",
            allowed_account_ids: ["111122223333"],
            assume_role: [{ role_arn: "arn:aws:iam::444455556666:role/deployer" }],
          },
        ],
      };
      const result = await terraform.plan(
        await initialised(terraform, { ...aws, provider, data: { aws_region: { x: {} } } }),
      );
      expect(result.code).toBe(1);
      expect(said(result)).toContain("AWS account ID not allowed: 444455556666");
    }));

  test("decides the partition of what is made up", () =>
    withStandIn({}, async (terraform) => {
      const directory = await initialised(terraform, {
        ...role({ name: "x", assume_role_policy: "{}" }),
        provider: { aws: [{ region: "cn-north-1" }] },
      });
      succeeded(await terraform.apply(directory));
      expect(
        (await terraform.stateJson(directory)).values?.root_module?.resources?.[0]?.values,
      ).toMatchObject({
        arn: "arn:aws-cn:iam::111122223333:role/x",
      });
    }));
});
