// What the provider and Cloud Control make of the resources that the library relies on, without the library: if one of
// these facts changes with a provider version, it is told here and not somewhere in a scenario.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import integrationSchema from "../../lib/facts/cloudformation/aws-glue-integration.json";
import propertySchema from "../../lib/facts/cloudformation/aws-glue-integrationresourceproperty.json";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import type { Terraform } from "./terraform";

const TABLE_ARN = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
const DATABASE_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:database/sales_lake`;
const CATALOG_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:catalog`;
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/zero-etl-sales_lake`;

interface Variations {
  readonly description?: string;
  readonly refreshInterval?: string;
  readonly continuousSync?: boolean;
}

/** By hand, the stack that the library is to write: literal ARNs, so that everything is known at plan. */
function configuration({ description, refreshInterval, continuousSync }: Variations = {}): object {
  const allow = (Principal: object, Action: unknown, Resource: unknown, Condition: object): object => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action, Resource, Condition }],
  });
  const glue = { Service: "glue.amazonaws.com" };
  const config = {
    ...(refreshInterval === undefined ? {} : { RefreshInterval: refreshInterval }),
    ...(continuousSync === undefined ? {} : { ContinuousSync: continuousSync }),
  };
  const integration = {
    IntegrationName: "orders-to-lake",
    SourceArn: TABLE_ARN,
    TargetArn: DATABASE_ARN,
    ...(description === undefined ? {} : { Description: description }),
    ...(Object.keys(config).length === 0 ? {} : { IntegrationConfig: config }),
  };
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0" } } },
    provider: { aws: { region: "us-east-1", allowed_account_ids: [ACCOUNT] } },
    resource: {
      aws_dynamodb_resource_policy: {
        orders: {
          resource_arn: TABLE_ARN,
          policy: JSON.stringify(
            allow(
              glue,
              ["dynamodb:DescribeExport", "dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
              "*",
              {
                StringEquals: { "aws:SourceAccount": ACCOUNT },
                ArnLike: { "aws:SourceArn": `arn:aws:glue:us-east-1:${ACCOUNT}:integration:*` },
              },
            ),
          ),
        },
      },
      aws_glue_catalog_database: { lake: { name: "sales_lake", location_uri: "s3://acme-lake/sales/" } },
      aws_iam_role: {
        lake: {
          name: "zero-etl-sales_lake",
          assume_role_policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: glue, Action: "sts:AssumeRole" }],
          }),
        },
      },
      aws_iam_role_policy: {
        lake: {
          name: "target",
          role: "${aws_iam_role.lake.name}",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Action: ["s3:*", "glue:*", "logs:*", "cloudwatch:*"], Resource: "*" },
            ],
          }),
        },
      },
      aws_glue_resource_policy: {
        catalog: {
          policy: JSON.stringify(
            allow(glue, "glue:AuthorizeInboundIntegration", [CATALOG_ARN, DATABASE_ARN], {
              StringEquals: { "aws:SourceArn": TABLE_ARN },
            }),
          ),
        },
      },
      aws_cloudcontrolapi_resource: {
        property: {
          type_name: "AWS::Glue::IntegrationResourceProperty",
          schema: JSON.stringify(propertySchema),
          desired_state: JSON.stringify({
            ResourceArn: DATABASE_ARN,
            TargetProcessingProperties: { RoleArn: ROLE_ARN },
          }),
          depends_on: ["aws_glue_catalog_database.lake", "aws_iam_role_policy.lake"],
        },
        integration: {
          type_name: "AWS::Glue::Integration",
          schema: JSON.stringify(integrationSchema),
          desired_state: JSON.stringify(integration),
          depends_on: [
            "aws_cloudcontrolapi_resource.property",
            "aws_dynamodb_resource_policy.orders",
            "aws_glue_resource_policy.catalog",
          ],
        },
      },
    },
    check: {
      status: {
        assert: {
          condition:
            '${!contains(["FAILED", "NEEDS_ATTENTION"], jsondecode(aws_cloudcontrolapi_resource.integration.properties).Status)}',
          error_message: "the integration needs attention",
        },
      },
    },
  };
}

describe("Cloud Control through the provider", () => {
  let stage: Stage;
  let terraform: Terraform;

  const write = (variations: Variations): Promise<void> =>
    writeFile(join(terraform.dir, "main.tf.json"), JSON.stringify(configuration(variations)));

  const step = async (variations: Variations): Promise<{ plan: number; apply: number; output: string }> => {
    await write(variations);
    const plan = await terraform.plan();
    if (plan.code === 1) return { plan: 1, apply: 1, output: plan.output };
    const apply = await terraform.apply();
    return { plan: plan.code, apply: apply.code, output: apply.output };
  };

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.account.createTable("orders");
    terraform = await stage.terraform(await stage.folder("cloud-control"));
    await write({ refreshInterval: "30" });
    expect(await terraform.init()).toMatchObject({ code: 0 });
  }, 2 * MINUTES);

  afterAll(() => stage.close());

  test(
    "create, change in place, refuse what cannot change, delete",
    async () => {
      expect(await step({ refreshInterval: "30" })).toMatchObject({ plan: 2, apply: 0 });
      const [created] = await stage.account.integrations();
      expect(created).toMatchObject({ IntegrationName: "orders-to-lake", Status: "ACTIVE" });

      expect(await step({ refreshInterval: "30", description: "Orders" })).toMatchObject({
        plan: 2,
        apply: 0,
      });
      const [described] = await stage.account.integrations();
      expect(described).toMatchObject({ IntegrationArn: created?.["IntegrationArn"], Description: "Orders" });

      const refused = await step({ refreshInterval: "30", description: "Orders", continuousSync: true });
      expect(refused).toMatchObject({ plan: 2, apply: 1 });
      expect(refused.output).toContain("NotUpdatableException: Invalid patch update: createOnlyProperties");

      // The provider keeps what it could not do: nothing is left to plan, although nothing was done.
      expect(await terraform.plan()).toMatchObject({ code: 0 });

      expect(await terraform.destroy()).toMatchObject({ code: 0 });
      expect(await stage.account.integrations()).toEqual([]);
      expect(await stage.account.resourceProperties()).toEqual([]);
      expect(stage.emulator.operations()).not.toContain("cloudformation.DescribeType");
    },
    4 * MINUTES,
  );
});
