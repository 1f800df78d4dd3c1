import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { GlueDatabaseTargetProps } from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { operatorCall, operatorCalls } from "../support/operator-calls";
import { LAKE, ordersToLake } from "../support/orders-to-lake";
import { PROD, synthStack } from "../support/synth";

const ROLE = { roleArn: "arn:aws:iam::111122223333:role/writer" };

/** A Zendesk connection into each of the databases. */
const into = (...databases: string[]) =>
  synthStack((app) => {
    const stack = new ZeroEtlStack(app, "crm", PROD);
    const source = new ConnectionSource(stack.sources, "crm", { kind: "zendesk", connection: "crm" });
    for (const database of databases) {
      const location = `s3://acme-lake/${database}`;
      const target = new GlueDatabaseTarget(stack.targets, database, { database, location });
      new ZeroEtlIntegration(stack.integrations, database, { source, target });
    }
  });

const subjects = (target: Partial<GlueDatabaseTargetProps> = {}) =>
  operatorCall(ordersToLake({ target }), "propagation").input["subjects"] as Record<string, string>;

test("the roles of an environment are waited for together", () => {
  const { block, input } = operatorCall(into("a", "b"), "propagation");
  expect(input).toEqual({
    version: 1,
    kind: "propagation",
    attempt: "${var.zero_etl_attempt}",
    subjects: {
      "zero-etl-source-crm-us-east-1": expect.stringMatching(/^[0-9a-f]{16}$/),
      "zero-etl-target-a-us-east-1": expect.stringMatching(/^[0-9a-f]{16}$/),
      "zero-etl-target-b-us-east-1": expect.stringMatching(/^[0-9a-f]{16}$/),
    },
  });
  const made = (block["depends_on"] as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, ""));
  expect(made.slice(2)).toEqual([
    "aws_iam_role.SourceRole_crm",
    "aws_iam_role_policy.SourceRole_crm_Policy",
    "aws_iam_role.Targets_a_Role",
    "aws_iam_role_policy.Targets_a_Role_Policy",
    "aws_iam_role.Targets_b_Role",
    "aws_iam_role_policy.Targets_b_Role_Policy",
  ]);
});

test("the order in which roles are asked for does not show", () => {
  expect(into("b", "a", "c").text).toBe(into("c", "b", "a").text);
});

test("each environment waits for its own", () => {
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    const environment = scope.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
    const source = DynamoDbSource.fromTableName(scope.sources, "orders", { table: "orders" });
    for (const [id, place] of Object.entries({ here: {}, there: { environment } })) {
      const target = new GlueDatabaseTarget(scope.targets, id, { ...LAKE, ...place });
      new ZeroEtlIntegration(scope.integrations, id, { source, target });
    }
  });
  const waits = operatorCalls(stack, "propagation").map(({ address, block, input }) => [
    address,
    block["provider"],
    Object.keys(input["subjects"] as object),
  ]);
  expect(waits).toEqual([
    ["Propagation", undefined, ["zero-etl-target-sales_lake-us-east-1"]],
    ["lake_Propagation", "aws.lake", ["zero-etl-target-sales_lake-us-east-1"]],
  ]);
});

test("a changed policy is waited for again, and nothing else is", () => {
  const [before] = Object.values(subjects());
  expect(Object.values(subjects())).toEqual([before]);
  expect(Object.values(subjects({ create: false }))).toEqual([before]);
  expect(Object.values(subjects({ location: "s3://acme-lake/all" }))).not.toEqual([before]);
});

test("what hands the role to AWS Glue waits for the wait", () => {
  const property = ordersToLake().resources("aws_cloudcontrolapi_resource");
  const [handed] = Object.entries(property).filter(([name]) =>
    name.startsWith("IntegrationResourceProperty"),
  );
  expect(handed?.[1]["depends_on"]).toContainEqual(
    expect.stringMatching(/^aws_lambda_invocation\.Propagation_/),
  );
});

test("a role that is brought along is there already", () => {
  expect(operatorCalls(ordersToLake({ target: ROLE }), "propagation")).toEqual([]);
});

test("what only Terraform knows of a policy and of a role's name is left to it", () => {
  const stack = synthStack((app) => {
    const scope = new TerraformStack(app, "orders");
    new AwsProvider(scope, "aws", { region: "eu-west-1" });
    const source = DynamoDbSource.fromTableName(scope, "orders", { table: "orders" });
    new ZeroEtlIntegration(scope, "i", { source, target: new GlueDatabaseTarget(scope, "lake", LAKE) });
  });
  expect(operatorCall(stack, "propagation").input["subjects"]).toEqual({
    "orders/lake/Role": expect.stringMatching(
      /^\$\{sha256\(aws_iam_role_policy\.lake_Role_Policy_\w+\.policy\)\}$/,
    ),
  });
});
