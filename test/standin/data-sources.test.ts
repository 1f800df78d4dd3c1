import { aws, initialised, said, withStandIn } from "./harness";
import { describeWithTerraform, type Fixtures } from "./kit";

describeWithTerraform("data sources", () => {
  test("have defaults that fit their schemas", () =>
    withStandIn({}, async (terraform) => {
      const data = {
        aws_caller_identity: { x: {} },
        aws_dynamodb_table: { x: { name: "orders" } },
        aws_iam_policy_document: {
          x: {
            statement: [
              {
                actions: ["s3:GetObject"],
                resources: ["a", "b"],
                principals: [{ type: "Service", identifiers: ["glue.amazonaws.com"] }],
              },
            ],
          },
        },
        aws_kms_key: { x: { key_id: "arn:aws:kms:us-east-1:111122223333:key/1234" } },
        aws_partition: { x: {} },
        aws_region: { x: {} },
      };
      const output = {
        found: {
          value: [
            "${data.aws_caller_identity.x.account_id}",
            "${data.aws_dynamodb_table.x.arn}",
            "${data.aws_kms_key.x.arn}",
            "${data.aws_partition.x.dns_suffix}",
            "${data.aws_region.x.region}",
            "${length(data.aws_dynamodb_table.x.server_side_encryption)}",
          ],
        },
        policy: { value: "${jsondecode(data.aws_iam_policy_document.x.json)}" },
      };
      const plan = await terraform.planJson(await initialised(terraform, { ...aws, data, output }));
      expect(plan.planned_values.outputs?.["found"]?.value).toEqual([
        "111122223333",
        "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
        "arn:aws:kms:us-east-1:111122223333:key/1234",
        "amazonaws.com",
        "us-east-1",
        0,
      ]);
      expect(plan.planned_values.outputs?.["policy"]?.value).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: ["a", "b"],
            Principal: { Service: "glue.amazonaws.com" },
          },
        ],
      });
    }));

  const integration = {
    ...aws,
    data: { aws_cloudcontrolapi_resource: { x: { type_name: "AWS::Glue::Integration", identifier: "x" } } },
  };

  test.each<[string, Fixtures, string]>([
    ["without an answer are an error", {}, "no answer for data source aws_cloudcontrolapi_resource"],
    [
      "report the error of a fixture",
      {
        dataSources: {
          aws_cloudcontrolapi_resource: () => {
            throw new Error("couldn't find resource");
          },
        },
      },
      "couldn't find resource",
    ],
    [
      "refuse a fixture that strays from the schema",
      { dataSources: { aws_cloudcontrolapi_resource: () => ({ property: "{}" }) } },
      "the schema knows no property",
    ],
  ])("%s", (_what, fixtures, message) =>
    withStandIn(fixtures, async (terraform) => {
      const result = await terraform.plan(await initialised(terraform, integration));
      expect(result.code).toBe(1);
      expect(said(result)).toContain(message);
    }),
  );

  test("answer what the fixture says", () =>
    withStandIn(
      {
        dataSources: {
          aws_cloudcontrolapi_resource: ({ identifier }) => ({
            properties: `{"Arn":"${String(identifier)}"}`,
          }),
        },
      },
      async (terraform) => {
        const output = {
          arn: { value: "${jsondecode(data.aws_cloudcontrolapi_resource.x.properties).Arn}" },
        };
        const plan = await terraform.planJson(await initialised(terraform, { ...integration, output }));
        expect(plan.planned_values.outputs?.["arn"]?.value).toBe("x");
        expect(terraform.calls).toContainEqual({
          rpc: "ReadDataSource",
          type: "aws_cloudcontrolapi_resource",
        });
      },
    ));
});
