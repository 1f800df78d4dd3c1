import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declaration } from "../../modules";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
  fromSpec,
  parseDeclaration,
} from "../../modules";
import { operatorCalls } from "../support/operator-calls";
import { PROD, desiredState, synth, synthStack } from "../support/synth";

const SAMPLE = readFileSync(join(__dirname, "../../zero-etl.yaml"), "utf8");

function declaration(text: string): Declaration {
  const { declaration: parsed, issues } = parseDeclaration(text, "zero-etl.yaml");
  if (parsed === undefined) throw new Error(JSON.stringify(issues));
  return parsed;
}

const fromText = (text: string) => synthStack((app) => fromSpec(app, declaration(text)));

describe("a declaration and its twin in TypeScript give the same Terraform JSON", () => {
  test("the sample", () => {
    const twin = synthStack((app) => {
      const stack = new ZeroEtlStack(app, "orders", { ...PROD, tags: { team: "data" } });
      const integration = new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
        source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" }),
        target: new GlueDatabaseTarget(stack.targets, "lake", {
          database: "sales_lake",
          location: "s3://acme-lake/sales/",
        }),
        description: "Orders for the lake",
        refreshInterval: "30m",
      });
      addOutputs(integration);
    });
    expect(fromText(SAMPLE).text).toBe(twin.text);
  });

  test("with every option that is supported", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
    const roleArn = "arn:aws:iam::111122223333:role/writer";
    const integrationArns = [
      "arn:aws:glue:us-east-1:111122223333:integration:1a012bba-123a-1bba-ab1c-173de3b12345",
    ];
    const backend = {
      s3: { bucket: "acme-tfstate", key: "orders.tfstate", region: "us-east-1", useLockfile: true },
    };
    const environment = {
      region: "us-east-1",
      profile: "prod",
      assumeRoleArn: "arn:aws:iam::111122223333:role/terraform",
      deployerArn: "arn:aws:iam::111122223333:role/deployer",
    };
    const source = { table: "orders", tablePolicy: "own", integrationArns, kmsKeyArn } as const;
    const target = { database: "sales_lake", location: "s3://acme-lake/sales", create: false, roleArn };
    const modes = { operator: true, catalogPolicy: "own", driftChecks: true } as const;
    const settings = {
      tables: {
        orders: {
          unnest: "top-level",
          partitionBy: [{ field: "created_at", function: "month", format: "iso" }],
          targetTable: "all_orders",
          layoutVersion: 2,
        },
      } as const,
      name: "orders",
      description: "Orders",
      refreshInterval: 360,
      continuousSync: true,
      kmsKeyArn,
      encryptionContext: { team: "data" },
      protect: false,
    };
    const file = {
      version: 1,
      environments: { prod: environment },
      stacks: {
        shop: {
          environment: "prod",
          tags: { team: "data" },
          backend,
          ...modes,
          sources: { s: { type: "dynamodb", ...source } },
          targets: { t: { type: "glue-database", ...target } },
          integrations: { i: { source: "s", target: "t", ...settings } },
        },
      },
    };
    const twin = synthStack((app) => {
      const stack = new ZeroEtlStack(app, "shop", {
        environment: "prod",
        ...environment,
        ...modes,
        tags: { team: "data" },
        backend,
      });
      addOutputs(
        new ZeroEtlIntegration(stack.integrations, "i", {
          source: DynamoDbSource.fromTableName(stack.sources, "s", source),
          target: new GlueDatabaseTarget(stack.targets, "t", target),
          ...settings,
        }),
      );
    });
    expect(fromText(JSON.stringify(file)).text).toBe(twin.text);
  });
});

describe("the output", () => {
  test("has exactly the resources of one integration", () => {
    const stack = fromText(SAMPLE);
    const { json } = stack;
    const count = (blocks: object = {}) =>
      Object.fromEntries(Object.entries(blocks).map(([type, byName]) => [type, Object.keys(byName).length]));
    expect(count(json["resource"])).toEqual({
      aws_cloudcontrolapi_resource: 2,
      aws_cloudwatch_log_group: 1,
      aws_glue_catalog_database: 1,
      aws_iam_role: 2,
      aws_iam_role_policy: 2,
      aws_lambda_function: 1,
      aws_lambda_invocation: 4,
    });
    expect(operatorCalls(stack).map(({ address, input }) => [address, input["kind"]])).toEqual([
      ["DynamoDbTablePolicy_orders", "table-policy"],
      ["GlueCatalogPolicy", "catalog-policy"],
      ["Integrations_orders-to-lake_Settings", "integration-settings"],
      ["Propagation", "propagation"],
    ]);
    expect(count(json["data"])).toEqual({ aws_dynamodb_table: 1, aws_kms_key: 1 });
    expect(Object.keys(json["check"] ?? {})).toHaveLength(1);
    expect(Object.keys(json["output"] ?? {})).toEqual([
      "orders-to-lake_integration_arn",
      "orders-to-lake_target_database",
      "orders-to-lake_target_role_arn",
    ]);
  });

  test("orders the integration after everything it needs", () => {
    const { json } = fromText(SAMPLE);
    const integrations = Object.entries(json["resource"]?.["aws_cloudcontrolapi_resource"] ?? {});
    const [, integration] = integrations.find(([name]) => name.startsWith("Integrations_")) ?? [];
    expect(integration?.["depends_on"]).toEqual([
      expect.stringMatching(/^aws_lambda_invocation\.DynamoDbTablePolicy_orders_\w+$/),
      expect.stringMatching(/^data\.aws_dynamodb_table\.DynamoDbTable_orders_\w+$/),
      expect.stringMatching(/^data\.aws_kms_key\.DynamoDbTable_orders_Key_\w+$/),
      expect.stringMatching(/^aws_cloudcontrolapi_resource\.IntegrationResourceProperty_\S+$/),
      expect.stringMatching(/^aws_lambda_invocation\.GlueCatalogPolicy_\w+$/),
    ]);
  });

  test("does not depend on the order of the file", () => {
    const stack = (labels: string[]) => ({
      environment: "prod",
      sources: Object.fromEntries(
        labels.map((label) => [label, { type: "dynamodb", table: `table-${label}` }]),
      ),
      targets: { lake: { type: "glue-database", database: "lake", location: "s3://acme-lake" } },
      integrations: Object.fromEntries(labels.map((label) => [label, { source: label, target: "lake" }])),
    });
    const file = (labels: string[]) =>
      JSON.stringify({
        version: 1,
        environments: { prod: { region: "us-east-1" } },
        stacks: { shop: stack(labels) },
      });
    expect(fromText(file(["b", "a", "c"])).text).toBe(fromText(file(["c", "b", "a"])).text);
  });

  test("holds nothing of this machine", () => {
    expect(fromText(SAMPLE).text).not.toContain(process.cwd());
  });

  test("has no annotations: warnings were printed with their place in the file", () => {
    const text = SAMPLE.replace("us-east-1", "us-west-1").replace("30m", "2d");
    expect(synth((app) => fromSpec(app, declaration(text))).annotations).toEqual([]);
  });
});

describe("a label or a table with a name that JavaScript objects have of their own", () => {
  test.each(["toString", "constructor", "valueOf", "hasOwnProperty"])(
    "is a name like any other: %s",
    (name) => {
      const stack = fromText(
        JSON.stringify({
          version: 1,
          environments: { [name]: { region: "us-east-1" } },
          stacks: {
            [name]: {
              environment: name,
              sources: { [name]: { type: "dynamodb", table: name } },
              targets: { [name]: { type: "glue-database", database: "lake", location: "s3://acme-lake" } },
              integrations: { [name]: { source: name, target: name } },
            },
          },
        }),
      );
      const states = Object.values(stack.resources("aws_cloudcontrolapi_resource")).map((r) =>
        String(r["desired_state"]),
      );
      expect(states.filter((state) => state.includes(`"IntegrationName" = "${name}"`))).toHaveLength(1);
      expect(Object.values(stack.data("aws_dynamodb_table"))).toMatchObject([{ name }]);
    },
  );
});

describe("text of a file is text", () => {
  test("what looks like a Terraform template reaches AWS as it stands", () => {
    const description = '"${file(\\"/etc/passwd\\")} %{ if true }"';
    const stack = fromText(SAMPLE.replace("Orders for the lake", description));
    const integration = Object.values(stack.resources("aws_cloudcontrolapi_resource")).find((resource) =>
      String(resource["type_name"]).endsWith("::Integration"),
    );
    expect(desiredState(integration ?? {})["Description"]).toBe('$${file("/etc/passwd")} %%{ if true }');
  });
});
