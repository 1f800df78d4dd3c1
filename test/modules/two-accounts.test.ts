import type { App } from "cdktf";
import type { Environment, EnvironmentProps } from "../../modules";
import { DynamoDbSource, GlueDatabaseTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { catalogPolicy, operatorCalls, statementsIn } from "../support/operator-calls";
import type { Block, StackJson } from "../support/synth";
import { PROD, synth, synthStack } from "../support/synth";

const LAKE = { region: "us-east-1", account: "444455556666" };
const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const TARGET = "arn:aws:glue:us-east-1:444455556666:database/sales_lake";

function target(stack: ZeroEtlStack, environment?: Environment): GlueDatabaseTarget {
  const place = environment && { environment };
  return new GlueDatabaseTarget(stack.targets, "lake", {
    database: "sales_lake",
    location: "s3://acme-lake",
    ...place,
  });
}

function integrate(stack: ZeroEtlStack, into: GlueDatabaseTarget): void {
  const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
  new ZeroEtlIntegration(stack.integrations, "orders-to-lake", { source, target: into });
}

const oneStack = (lake: Partial<EnvironmentProps> = {}, prod: Partial<EnvironmentProps> = {}) =>
  synthStack((app) => {
    const stack = new ZeroEtlStack(app, "orders", { ...PROD, ...prod });
    integrate(stack, target(stack, stack.addEnvironment("lake", { ...LAKE, ...lake })));
  });

function providers(stack: StackJson): Record<string, unknown> {
  const blocks = Object.entries({ ...stack.json["resource"], ...stack.json["data"] }).flatMap(
    ([type, byName]) =>
      Object.entries(byName as unknown as Record<string, Block>).map(
        ([name, block]) => [`${type}.${name}`, block] as const,
      ),
  );
  return Object.fromEntries(
    blocks.map(([address, block]) => [address.replace(/_[0-9A-F]{8}$/, ""), block["provider"]]),
  );
}

describe("one stack with two providers", () => {
  test("puts what belongs to the target into its account, and the rest where the source is", () => {
    const stack = oneStack();
    expect(providers(stack)).toEqual({
      "aws_cloudcontrolapi_resource.Integrations_orders-to-lake": undefined,
      "aws_cloudcontrolapi_resource.lake_IntegrationResourceProperty_glue-database_sales_lake": "aws.lake",
      "aws_cloudwatch_log_group.Operator_Logs": undefined,
      "aws_cloudwatch_log_group.lake_Operator_Logs": "aws.lake",
      "aws_dynamodb_table.DynamoDbTable_orders": undefined,
      "aws_glue_catalog_database.Targets_lake_Database": "aws.lake",
      "aws_iam_role.Operator_Role": undefined,
      "aws_iam_role.Targets_lake_Role": "aws.lake",
      "aws_iam_role.lake_Operator_Role": "aws.lake",
      "aws_iam_role_policy.Operator_Policy": undefined,
      "aws_iam_role_policy.Targets_lake_Role_Policy": "aws.lake",
      "aws_iam_role_policy.lake_Operator_Policy": "aws.lake",
      "aws_kms_key.DynamoDbTable_orders_Key": undefined,
      "aws_lambda_function.Operator": undefined,
      "aws_lambda_function.lake_Operator": "aws.lake",
      "aws_lambda_invocation.DynamoDbTablePolicy_orders": undefined,
      "aws_lambda_invocation.lake_GlueCatalogPolicy": "aws.lake",
      "aws_lambda_invocation.lake_Propagation": "aws.lake",
    });
    expect(stack.json["provider"]).toEqual({
      aws: [
        { region: "us-east-1", allowed_account_ids: ["111122223333"] },
        { alias: "lake", region: "us-east-1", allowed_account_ids: ["444455556666"] },
      ],
    });
  });

  const creations = (stack: StackJson) =>
    statementsIn(catalogPolicy(stack)).filter(({ Action }) =>
      String(Action).includes("CreateInboundIntegration"),
    );

  test("lets the source's account create integrations from its source only, whoever runs the plan", () => {
    const [creation, ...more] = creations(oneStack());
    expect(more).toEqual([]);
    expect(creation).toMatchObject({
      Principal: { AWS: ["arn:aws:iam::111122223333:root"] },
      Resource: ["arn:aws:glue:us-east-1:444455556666:catalog", TARGET],
      Condition: { StringEquals: { "aws:SourceArn": [SOURCE] } },
    });
  });

  test("or only the deployer that the target's environment names", () => {
    const deployerArn = "arn:aws:iam::111122223333:role/deployer";
    expect(creations(oneStack({ deployerArn }))).toMatchObject([{ Principal: { AWS: [deployerArn] } }]);
  });

  test("says nothing of creation in another region of the same account", () => {
    expect(creations(oneStack({ region: "us-east-2", account: "111122223333" }))).toEqual([]);
  });

  test("fails where an account is not written out, for nobody can tell then whether it is another one", () => {
    const { environment, region } = PROD;
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "orders", { environment, region });
        integrate(stack, target(stack, stack.addEnvironment("lake", LAKE)));
      }),
    ).toThrow("orders/prod: account: error: account is known only to Terraform [unknown-at-synth]");
  });
});

describe("two stacks, the target's first", () => {
  const build = (app: App) => {
    const lake = new ZeroEtlStack(app, "lake", { environment: "lake", ...LAKE });
    integrate(new ZeroEtlStack(app, "orders", PROD), target(lake));
  };

  test("hold each side's documents in its own stack, in order, with no remote state between them", () => {
    const { stacks, dependencies } = synth(build);
    const types = (stack: string) => Object.keys(stacks[stack]?.json["resource"] ?? {});
    const operator = [
      "aws_cloudwatch_log_group",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
      "aws_lambda_invocation",
    ];
    expect(types("lake")).toEqual(
      ["aws_cloudcontrolapi_resource", "aws_glue_catalog_database", ...operator].sort(),
    );
    expect(types("orders")).toEqual(["aws_cloudcontrolapi_resource", ...operator].sort());
    const calls = (stack: string) => operatorCalls(stacks[stack] as StackJson).map(({ address }) => address);
    expect(calls("lake")).toEqual(["GlueCatalogPolicy", "Propagation"]);
    expect(calls("orders")).toEqual(["DynamoDbTablePolicy_orders"]);
    expect(dependencies).toEqual({ lake: [], orders: ["lake"] });
    for (const stack of Object.values(stacks)) expect(stack.text).not.toContain("terraform_remote_state");
  });
});
