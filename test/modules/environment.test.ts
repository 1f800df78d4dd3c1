import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { App } from "cdktf";
import { TerraformStack } from "cdktf";
import type { EnvironmentAddress, EnvironmentProps } from "../../modules";
import {
  DEFAULT_PROVIDER_VERSION,
  DynamoDbSource,
  Environment,
  GlueDatabaseTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import type { StackJson } from "../support/synth";
import { OWNING, PROD, desiredState, policyOf, synthStack } from "../support/synth";

const provider = (stack: StackJson) =>
  (stack.json["provider"] as unknown as { aws: Record<string, unknown>[] }).aws;
const terraform = (stack: StackJson) => stack.json["terraform"] as unknown as Record<string, never>;

/** Everything that an integration needs is written as whole documents, without the operator. */
const { catalogPolicy, operator } = OWNING;
const owning: EnvironmentAddress = { catalogPolicy, operator };

function integrate(stack: TerraformStack, environment?: Environment): void {
  const place = environment && { environment };
  const source = DynamoDbSource.fromTableName(stack, "orders", {
    table: "orders",
    tablePolicy: "own",
    ...place,
  });
  const location = "s3://acme-lake/sales/";
  const target = new GlueDatabaseTarget(stack, "lake", { database: "sales_lake", location, ...place });
  new ZeroEtlIntegration(stack, "orders-to-lake", { source, target, ...place });
}

function declared(props: Partial<EnvironmentProps> = {}): StackJson {
  return synthStack((app) =>
    integrate(
      new ZeroEtlStack(app, "orders", { ...owning, environment: "prod", region: "us-east-1", ...props }),
    ),
  );
}

describe("an environment with a provider of its own", () => {
  test("asks nothing where the account is written down, and refuses any other account", () => {
    const stack = declared({ account: "111122223333" });
    expect(provider(stack)).toEqual([{ region: "us-east-1", allowed_account_ids: ["111122223333"] }]);
    expect(stack.data("aws_caller_identity")).toEqual({});
    expect(stack.data("aws_partition")).toEqual({});
    expect(stack.data("aws_region")).toEqual({});
  });

  test("asks once who is calling where it is not", () => {
    const stack = declared();
    expect(provider(stack)).toEqual([{ region: "us-east-1" }]);
    expect(Object.keys(stack.data("aws_caller_identity"))).toEqual(["prod_Account_38D83B4C"]);
    expect(stack.resource("aws_dynamodb_resource_policy")["resource_arn"]).toBe(
      "arn:aws:dynamodb:us-east-1:${data.aws_caller_identity.prod_Account_38D83B4C.account_id}:table/orders",
    );
  });

  test("passes the profile and the role to assume to the provider", () => {
    const assumeRoleArn = "arn:aws:iam::111122223333:role/deployer";
    expect(provider(declared({ profile: "prod", assumeRoleArn }))).toEqual([
      { region: "us-east-1", profile: "prod", assume_role: [{ role_arn: assumeRoleArn }] },
    ]);
  });

  test("asks for a range of provider versions, which can be overridden", () => {
    expect(terraform(declared())["required_providers"]).toEqual({
      aws: { source: "hashicorp/aws", version: DEFAULT_PROVIDER_VERSION },
    });
    expect(terraform(declared({ providerVersion: "6.25.0" }))["required_providers"]).toEqual({
      aws: { source: "hashicorp/aws", version: "6.25.0" },
    });
  });

  test("puts its tags on everything that takes tags", () => {
    const stack = declared({ account: "111122223333", tags: { team: "data" } });
    for (const type of ["aws_iam_role", "aws_glue_catalog_database"]) {
      expect(stack.resource(type)["tags"]).toEqual({ team: "data" });
    }
    const tags = Object.values(stack.resources("aws_cloudcontrolapi_resource")).map(
      (r) => desiredState(r)["Tags"],
    );
    expect(tags).toEqual([[{ Key: "team", Value: "data" }], [{ Key: "team", Value: "data" }]]);
  });

  test("fails with every error at once", () => {
    expect(() => declared({ account: "1111", assumeRoleArn: "deployer" })).toThrow(/\[account-format\]/);
  });

  test("fails in a partition that Cloud Control refuses", () => {
    expect(() => declared({ region: "cn-north-1" })).toThrow(/\[region-partition\]/);
  });
});

describe("a stack with the user's own provider", () => {
  const own = (build: (stack: TerraformStack, aws: AwsProvider) => void) =>
    synthStack((app: App) => {
      const stack = new TerraformStack(app, "own");
      build(stack, new AwsProvider(stack, "aws", { region: "eu-west-1" }));
    });

  test("gets account, region and partition from data sources, one each", () => {
    const stack = own((scope) => integrate(scope));
    for (const type of ["aws_caller_identity", "aws_region", "aws_partition"]) {
      expect(Object.keys(stack.data(type))).toHaveLength(1);
    }
    expect(provider(stack)).toEqual([{ region: "eu-west-1" }]);
    expect(stack.resource("aws_dynamodb_resource_policy")["resource_arn"]).toMatch(
      /^arn:\$\{data\.aws_partition\.\w+\.partition\}:dynamodb:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:table\/orders$/,
    );
  });

  test("leaves JSON with such values to Terraform", () => {
    const stack = own((scope, aws) => integrate(scope, Environment.fromProvider(scope, "here", aws, owning)));
    expect(stack.resource("aws_glue_resource_policy")["policy"]).toMatch(/^\$\{jsonencode\(/);
    expect(stack.resource("aws_dynamodb_resource_policy")["policy"]).toMatch(/^\$\{jsonencode\(/);
  });

  test("can put everything into the account of an aliased provider", () => {
    const stack = own((scope) => {
      const lake = new AwsProvider(scope, "lake-provider", { alias: "lake", region: "eu-west-1" });
      const address = { ...owning, account: "444455556666", region: "eu-west-1" };
      integrate(scope, Environment.fromProvider(scope, "catalogs", lake, address));
    });
    const blocks = [
      ...Object.values(stack.json["resource"] ?? {}).flatMap((byName) => Object.values(byName)),
      ...Object.values(stack.json["data"] ?? {}).flatMap((byName) => Object.values(byName)),
    ] as Record<string, unknown>[];
    expect(blocks).toHaveLength(9);
    for (const block of blocks) expect(block["provider"]).toBe("aws.lake");
    expect(policyOf(stack.resource("aws_glue_resource_policy")).Statement[0]?.["Resource"]).toEqual([
      "arn:aws:glue:eu-west-1:444455556666:catalog",
      "arn:aws:glue:eu-west-1:444455556666:database/sales_lake",
    ]);
  });
});

describe("the state", () => {
  test("is a local file of the project, by a relative path", () => {
    expect(terraform(declared())["backend"]).toEqual({
      local: { path: "../../../terraform.orders.tfstate" },
    });
  });

  test("is in S3 where a backend is declared", () => {
    const s3 = { bucket: "acme-tfstate", key: "zero-etl/orders.tfstate", region: "us-east-1" };
    const backend = (useLockfile?: boolean) =>
      terraform(
        synthStack((app) => {
          new ZeroEtlStack(app, "orders", {
            ...PROD,
            backend: { s3: { ...s3, ...(useLockfile !== undefined && { useLockfile }) } },
          });
        }),
      )["backend"];
    expect(backend()).toEqual({ s3 });
    expect(backend(true)).toEqual({ s3: { ...s3, use_lockfile: true } });
  });
});
