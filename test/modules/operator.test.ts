import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { ZeroEtlStackProps } from "../../modules";
import { Environment, OracleSource, RedshiftTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { TablePolicy } from "../../modules/shared/table-policy";
import { operatorCalls } from "../support/operator-calls";
import { integrate, ordersToLake } from "../support/orders-to-lake";
import type { Block, StackJson } from "../support/synth";
import { PROD, synth, synthStack } from "../support/synth";

const ROLE = { roleArn: "arn:aws:iam::111122223333:role/writer" };
const NAME = "zero-etl-operator-orders-prod";

const role = (stack: StackJson) =>
  Object.values(stack.resources("aws_iam_role")).find(({ name }) => String(name).startsWith(NAME)) ?? {};

describe("the function", () => {
  test("is one for a stack and an environment, whatever it manages", () => {
    const stack = ordersToLake({
      integration: { refreshInterval: "2h", tables: { orders: { unnest: "top-level" } } },
    });
    expect(Object.keys(stack.resources("aws_lambda_function"))).toHaveLength(1);
    expect(operatorCalls(stack).map(({ input }) => input["kind"])).toEqual([
      "table-policy",
      "catalog-policy",
      "table-properties",
      "integration-settings",
      "propagation",
    ]);
    for (const { block } of operatorCalls(stack)) expect(block["function_name"]).toBe(NAME);
  });

  test("is another in each environment, with the provider of what it manages there", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const environment = scope.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
      integrate(scope, { target: { environment } });
    });
    const functions = Object.values(stack.resources("aws_lambda_function"));
    expect(functions.map((block) => [block["function_name"], block["provider"]])).toEqual([
      [NAME, undefined],
      ["zero-etl-operator-orders-lake", "aws.lake"],
    ]);
    expect(
      operatorCalls(stack).map(({ address, block }) => [address, block["function_name"], block["provider"]]),
    ).toEqual([
      ["DynamoDbTablePolicy_orders", NAME, undefined],
      ["lake_GlueCatalogPolicy", "zero-etl-operator-orders-lake", "aws.lake"],
      ["lake_Propagation", "zero-etl-operator-orders-lake", "aws.lake"],
    ]);
  });

  describe("is told which accounts it may let in", () => {
    const accounts = (stack: StackJson): unknown[] =>
      Object.values(stack.resources("aws_lambda_function")).map(
        (block) => (block["environment"] as { variables: Record<string, string> }).variables,
      );

    test("its own, where nothing comes from elsewhere", () => {
      expect(accounts(ordersToLake())).toEqual([{ ZERO_ETL_ACCOUNTS: "111122223333" }]);
    });

    test("and those of sources and deployers in the catalog policy that it writes", () => {
      const stack = synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const deployerArn = "arn:aws:iam::777788889999:role/deployer";
        const place = { region: "us-east-1", account: "444455556666", deployerArn };
        integrate(scope, { target: { environment: scope.addEnvironment("lake", place) } });
      });
      expect(accounts(stack)).toEqual([
        { ZERO_ETL_ACCOUNTS: "111122223333" },
        { ZERO_ETL_ACCOUNTS: "111122223333,444455556666,777788889999" },
      ]);
    });

    test("even where Terraform alone knows the deployer", () => {
      const stack = synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const { stringValue } = new TerraformVariable(scope, "deployer", {});
        const place = { region: "us-east-1", account: "444455556666", deployerArn: stringValue };
        integrate(scope, { target: { environment: scope.addEnvironment("lake", place) } });
      });
      expect(accounts(stack)[1]).toEqual({
        ZERO_ETL_ACCOUNTS: '${element(split(":", var.deployer), 4)},111122223333,444455556666',
      });
    });
  });

  test("is another in each stack of an account", () => {
    const { stacks } = synth((app) => {
      for (const id of ["orders", "crm"]) {
        const environment = new ZeroEtlStack(app, id, PROD).environment;
        TablePolicy.of(environment, "orders").allow(environment, [], "merge");
      }
    });
    const names = Object.values(stacks).map(
      (stack) => stack.resource("aws_lambda_function")["function_name"],
    );
    expect(names.sort()).toEqual(["zero-etl-operator-crm-prod", NAME]);
  });

  test.each<[string, Partial<ZeroEtlStackProps>]>([
    ["documents are owned", { catalogPolicy: "own" }],
    ["documents are left to others", { catalogPolicy: "external" }],
  ])("is not made where %s, roles are brought along and nothing else is asked for", (_, place) => {
    const tablePolicy = place.catalogPolicy ?? "merge";
    const stack = ordersToLake({ source: { tablePolicy }, target: ROLE }, { ...PROD, ...place });
    expect(stack.json["resource"]).not.toHaveProperty("aws_lambda_function");
    expect(stack.text).not.toContain("operator");
    expect(stack.json["variable"]).toBeUndefined();
  });

  test("is not made for an integration into Redshift whose source needs nothing of it", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "finance", PROD);
      const source = new OracleSource(scope.sources, "ledger", {
        arn: "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/exadb_1",
        pluggableDatabase: "LEDGER",
        secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:odb-AbCdEf",
      });
      const target = new RedshiftTarget(scope.targets, "warehouse", { workgroup: "analytics" });
      new ZeroEtlIntegration(scope.integrations, "i", { source, target });
    });
    expect(stack.text).not.toContain("operator");
  });

  test("runs the bundle for arm64, after its role and its log group", () => {
    const { "//": _, filename, source_code_hash, ...lambda } = ordersToLake().resource("aws_lambda_function");
    expect(lambda).toEqual({
      function_name: NAME,
      description: "Manages what no Terraform resource can for AWS Glue zero-ETL integrations",
      environment: { variables: { ZERO_ETL_ACCOUNTS: "111122223333" } },
      role: `arn:aws:iam::111122223333:role/${NAME}-us-east-1`,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      timeout: 600,
      memory_size: 512,
      depends_on: ["aws_iam_role.Operator_Role_AEBC3A52", "aws_cloudwatch_log_group.Operator_Logs_EAA6EA6F"],
    });
    expect([typeof filename, typeof source_code_hash]).toEqual(["string", "string"]);
  });

  test("keeps its log for 90 days in a group that is there before it", () => {
    expect(ordersToLake().resource("aws_cloudwatch_log_group")).toMatchObject({
      name: `/aws/lambda/${NAME}`,
      retention_in_days: 90,
    });
  });

  test("carries the tags of its environment, as its role and its log do", () => {
    const stack = ordersToLake({}, { ...PROD, tags: { team: "data" } });
    const tagged = [
      stack.resource("aws_lambda_function"),
      stack.resource("aws_cloudwatch_log_group"),
      role(stack),
    ];
    for (const { tags } of tagged) expect(tags).toEqual({ team: "data" });
  });

  test("has a name that is known where the region is not, and a role's name that holds it", () => {
    const stack = synthStack((app) => {
      const scope = new TerraformStack(app, "orders");
      new AwsProvider(scope, "aws", { region: "eu-west-1" });
      const environment = Environment.of(scope);
      TablePolicy.of(environment, "orders").allow(environment, [], "merge");
    });
    expect(stack.resource("aws_lambda_function")["function_name"]).toBe(
      "zero-etl-operator-orders-Environment",
    );
    expect(stack.resource("aws_iam_role")["name"]).toMatch(
      /^zero-etl-operator-orders-Environment-\$\{data\.aws_region\.\w+\.id\}$/,
    );
  });
});

describe("the zip", () => {
  function written<T>(use: (folder: string, lambda: Block) => T): T {
    const outdir = mkdtempSync(join(tmpdir(), "zero-etl-operator-"));
    try {
      const app = new App({ outdir, stackTraces: false });
      integrate(new ZeroEtlStack(app, "orders", PROD));
      app.synth();
      const folder = join(outdir, "stacks/orders");
      const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
      return use(folder, Object.values<Block>(json.resource.aws_lambda_function)[0] ?? {});
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  }

  test("lies beside the stack's Terraform, under a relative path, and has the declared hash", () => {
    written((folder, { filename, source_code_hash }) => {
      expect(isAbsolute(String(filename))).toBe(false);
      const zip = readFileSync(join(folder, String(filename)));
      expect(createHash("sha256").update(zip).digest("base64")).toBe(source_code_hash);
      expect(zip.length).toBeLessThan(1_500_000);
    });
  });

  test("is the same in two folders", () => {
    const look = () =>
      written((folder, lambda) => ({ lambda, zip: readFileSync(join(folder, String(lambda["filename"]))) }));
    const [one, other] = [look(), look()];
    expect(other.lambda).toEqual(one.lambda);
    expect(other.zip.equals(one.zip)).toBe(true);
  });
});
