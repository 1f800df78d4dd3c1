// Warehouses and managed catalogs, against the schema of the provider that users run.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type {
  IntegrationTarget,
  RedshiftTargetProps,
  ZeroEtlIntegrationProps,
  ZeroEtlStack as Stack,
} from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  RedshiftManagedStorageTarget,
  RedshiftTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
} from "../../modules";
import type { Fixtures, PlanJson } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import type { ObjectValue } from "../standin/wire/values";
import { allows, parsePolicy } from "../support/policy-evaluator";
import { said, withStacks } from "./plan";

const ENVIRONMENT = { environment: "prod", region: "us-east-1", account: "111122223333" };
const PROVISIONED = "arn:aws:redshift:us-east-1:111122223333:namespace:0a1b";
const SERVERLESS = "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/2c3d";
const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";

/** What differs from an account that has everything integrations need. */
interface Lacks {
  readonly cluster?: ObjectValue;
  readonly clusterParameters?: readonly object[];
  readonly workgroup?: object;
  readonly namespace?: ObjectValue;
  readonly catalog?: object;
}

const CASE_SENSITIVE = "enable_case_sensitive_identifier";

function account(lacks: Lacks = {}, resources: NonNullable<Fixtures["resources"]> = {}): Fixtures {
  const parameters = [
    { ParameterName: "require_ssl", ParameterValue: "true" },
    { ParameterName: CASE_SENSITIVE, ParameterValue: "true" },
  ];
  const ConfigParameters = [{ ParameterKey: CASE_SENSITIVE, ParameterValue: "true" }];
  const properties: Record<string, object> = {
    "AWS::Redshift::ClusterParameterGroup": { Parameters: lacks.clusterParameters ?? parameters },
    "AWS::RedshiftServerless::Workgroup": lacks.workgroup ?? {
      Workgroup: { NamespaceName: "analytics", ConfigParameters },
    },
    "AWS::Glue::Catalog": lacks.catalog ?? { Name: "sales" },
  };
  return {
    dataSources: {
      aws_redshift_cluster: () => ({
        cluster_namespace_arn: PROVISIONED,
        cluster_parameter_group_name: "zero-etl",
        database_name: "dev",
        encrypted: true,
        master_username: "admin",
        node_type: "ra3.large",
        ...lacks.cluster,
      }),
      aws_redshiftserverless_namespace: ({ namespace_name }) => {
        expect(namespace_name).toBe("analytics");
        return { arn: SERVERLESS, db_name: "dev", ...lacks.namespace };
      },
      aws_cloudcontrolapi_resource: ({ type_name }) => ({
        properties: JSON.stringify(properties[String(type_name)]),
      }),
      aws_glue_connection: () => ({ connection_type: "ZENDESK" }),
    },
    resources,
  };
}

type Settings = Omit<ZeroEtlIntegrationProps, "source" | "target">;

function stackWith(build: (stack: Stack) => void) {
  return (outdir: string): void => {
    const app = new App({ outdir });
    build(new ZeroEtlStack(app, "orders", ENVIRONMENT));
    app.synth();
  };
}

/** The table `orders` into a warehouse, by the API of Redshift. */
const table = (props: RedshiftTargetProps, settings: Settings = {}) =>
  stackWith((stack) => {
    const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
    const target = new RedshiftTarget(stack.targets, "warehouse", props);
    addOutputs(new ZeroEtlIntegration(stack.integrations, "orders", { source, target, ...settings }));
  });

/** A Zendesk connection into a target, by the API of Glue. */
const connection = (target: (stack: Stack) => IntegrationTarget, settings: Settings = {}) =>
  stackWith((stack) => {
    const source = new ConnectionSource(stack.sources, "crm", { kind: "zendesk", connection: "crm" });
    new ZeroEtlIntegration(stack.integrations, "crm", { source, target: target(stack), ...settings });
  });
const warehouse = (props: RedshiftTargetProps) => (stack: Stack) =>
  new RedshiftTarget(stack.targets, "warehouse", props);

const withoutHash = (actions: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(actions).map(([key, value]) => [key.replace(/_[0-9A-F]{8}$/, ""), value]),
  );

function planned(plan: PlanJson, type: string): Readonly<Record<string, unknown>> {
  const [change, ...more] = (plan.resource_changes ?? []).filter((resource) => resource.type === type);
  if (change === undefined || more.length > 0) throw new Error(`expected one ${type} in the plan`);
  return change.change.after ?? {};
}

const checks = (plan: PlanJson) =>
  Object.fromEntries(
    (plan.checks ?? [])
      .filter(({ address }) => address.kind === "check")
      .map(({ address, status }) => [address.to_display.replace(/_[0-9A-F]{8}$/, ""), status]),
  );

const CASES: readonly [string, RedshiftTargetProps, string][] = [
  ["a cluster", { cluster: "sales" }, PROVISIONED],
  ["a workgroup", { workgroup: "sales" }, SERVERLESS],
  ["a provisioned namespace", { namespaceArn: PROVISIONED }, PROVISIONED],
  ["a serverless namespace", { namespaceArn: SERVERLESS }, SERVERLESS],
];

describeWithTerraform("a warehouse", () => {
  test.each(CASES)("is planned with its ARN known: %s", async (_, props, arn) => {
    await withStacks(table(props), account(), async ({ directory, terraform }) => {
      succeeded(await terraform.validate(directory));
      const plan = await terraform.planJson(directory);
      expect(Object.keys(withoutHash(plannedActions(plan))).sort()).toEqual([
        "aws_cloudwatch_log_group.Operator_Logs",
        "aws_iam_role.Operator_Role",
        "aws_iam_role_policy.Operator_Policy",
        "aws_lambda_function.Operator",
        "aws_lambda_invocation.DynamoDbTablePolicy_orders",
        "aws_redshift_integration.Integrations_orders",
        expect.stringMatching(/^aws_redshift_resource_policy\.RedshiftNamespacePolicy_/),
      ]);
      expect(planned(plan, "aws_redshift_integration")).toMatchObject({ source_arn: TABLE, target_arn: arn });
      expect(planned(plan, "aws_redshift_resource_policy")["resource_arn"]).toBe(arn);
    });
  });

  test.each(CASES)("lets in what the plan declares, and nothing else: %s", async (_, props, arn) => {
    await withStacks(table(props), account(), async ({ directory, terraform }) => {
      const { policy } = planned(await terraform.planJson(directory), "aws_redshift_resource_policy");
      const may = (service: string, resource: string, source: string) =>
        allows("resource", [parsePolicy(String(policy))], {
          principal: { Service: service },
          action: "redshift:AuthorizeInboundIntegration",
          resource,
          context: { "aws:SourceArn": source },
        });
      expect(may("redshift.amazonaws.com", arn, TABLE)).toBe(true);
      expect(may("redshift.amazonaws.com", `${arn}4`, TABLE)).toBe(false);
      expect(may("redshift.amazonaws.com", arn, `${TABLE}2`)).toBe(false);
      expect(may("redshift.amazonaws.com", arn, TABLE.replace("111122223333", "444455556666"))).toBe(false);
      expect(may("glue.amazonaws.com", arn, TABLE)).toBe(false);
    });
  });

  test("is planned where account and region are known to the provider only", async () => {
    const bare = (outdir: string): void => {
      const app = new App({ outdir });
      const stack = new ZeroEtlStack(app, "orders", { environment: "prod", region: "us-east-1" });
      const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
      const target = new RedshiftTarget(stack.targets, "warehouse", { cluster: "sales", database: "orders" });
      new ZeroEtlIntegration(stack.integrations, "orders", { source, target });
      app.synth();
    };
    await withStacks(bare, account(), async ({ directory, terraform }) => {
      expect(planned(await terraform.planJson(directory), "aws_redshift_integration")["target_arn"]).toBe(
        PROVISIONED,
      );
    });
    const elsewhere = account({ cluster: { cluster_namespace_arn: PROVISIONED.replace("1111", "9999") } });
    await withStacks(bare, elsewhere, async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(said(result)).toContain(
        "the Redshift cluster sales is not in the account and region of its environment",
      );
    });
  });

  test("is the target of an integration of Glue with its whole desired state known", async () => {
    await withStacks(
      connection(warehouse({ workgroup: "sales" })),
      account(),
      async ({ directory, terraform }) => {
        const { resource_changes = [] } = await terraform.planJson(directory);
        const states = resource_changes.map(({ change }) =>
          JSON.parse(String(change.after?.["desired_state"] ?? "{}")),
        );
        expect(states.filter(({ IntegrationName }) => IntegrationName !== undefined)).toEqual([
          {
            IntegrationName: "crm",
            SourceArn: "arn:aws:glue:us-east-1:111122223333:connection/crm",
            TargetArn: SERVERLESS,
          },
        ]);
      },
    );
  });
});

describeWithTerraform("a plan is refused", () => {
  const IDENTIFIERS =
    "the Redshift cluster sales has the parameter group zero-etl, which does not set enable_case_sensitive_identifier to true, and integrations need that. Set it and reboot the cluster, which needs a parameter group of its own where it has the default one: aws redshift modify-cluster-parameter-group --parameter-group-name zero-etl --parameters ParameterName=enable_case_sensitive_identifier,ParameterValue=true";
  const WORKGROUP =
    "the Redshift Serverless workgroup sales does not set enable_case_sensitive_identifier to true, and integrations need that. Set it: aws redshift-serverless update-workgroup --workgroup-name sales --config-parameters parameterKey=enable_case_sensitive_identifier,parameterValue=true";
  const cluster: RedshiftTargetProps = { cluster: "sales" };
  const workgroup: RedshiftTargetProps = { workgroup: "sales" };
  const off = (value: string) => [{ ParameterName: CASE_SENSITIVE, ParameterValue: value }];
  const config = (...ConfigParameters: object[]) => ({
    workgroup: { Workgroup: { NamespaceName: "analytics", ConfigParameters } },
  });

  test.each<[string, RedshiftTargetProps, Lacks, string]>([
    [
      "for a cluster that is not encrypted",
      cluster,
      { cluster: { encrypted: false } },
      "the Redshift cluster sales is not encrypted, and integrations replicate into encrypted clusters only. Encrypt it: aws redshift modify-cluster --cluster-identifier sales --encrypted",
    ],
    [
      "where nothing is known of its encryption",
      cluster,
      { cluster: { encrypted: null } },
      "the Redshift cluster sales is not encrypted",
    ],
    ["with case sensitivity off", cluster, { clusterParameters: off("false") }, IDENTIFIERS],
    ["without the parameter", cluster, { clusterParameters: [] }, IDENTIFIERS],
    [
      "where the parameter has no value",
      cluster,
      { clusterParameters: [{ ParameterName: CASE_SENSITIVE }] },
      IDENTIFIERS,
    ],
    [
      "where another parameter is on",
      cluster,
      { clusterParameters: [{ ParameterName: "require_ssl", ParameterValue: "true" }] },
      IDENTIFIERS,
    ],
    [
      "for a cluster of another account",
      cluster,
      { cluster: { cluster_namespace_arn: PROVISIONED.replace("111122223333", "999999999999") } },
      "the Redshift cluster sales is not in the account and region of its environment: the provider found arn:aws:redshift:us-east-1:999999999999:namespace:0a1b. Check the account and region that were declared, and the credentials of this run.",
    ],
    [
      "for a cluster without a namespace",
      cluster,
      { cluster: { cluster_namespace_arn: null } },
      "the Redshift cluster sales is not in the account and region of its environment: the provider found no namespace.",
    ],
    [
      "for a workgroup with case sensitivity off",
      workgroup,
      config({ ParameterKey: CASE_SENSITIVE, ParameterValue: "false" }),
      WORKGROUP,
    ],
    ["for a workgroup without the parameter", workgroup, config(), WORKGROUP],
    [
      "for a workgroup that reports no parameters",
      workgroup,
      { workgroup: { Workgroup: { NamespaceName: "analytics" } } },
      WORKGROUP,
    ],
    [
      "for a workgroup of another region",
      workgroup,
      { namespace: { arn: SERVERLESS.replace("us-east-1", "eu-west-1") } },
      "the Redshift Serverless workgroup sales is not in the account and region of its environment: the provider found arn:aws:redshift-serverless:eu-west-1:111122223333:namespace/2c3d.",
    ],
  ])("%s", async (_, props, lacks, message) => {
    await withStacks(table(props), account(lacks), async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain(message);
    });
  });

  test.each([
    ["cluster", "aws_redshift_cluster"],
    ["workgroup", "aws_cloudcontrolapi_resource"],
  ])("for a missing %s", async (key, type) => {
    const { dataSources } = account();
    const missing = () => {
      throw new Error("couldn't find resource");
    };
    const fixtures = { dataSources: { ...dataSources, [type]: missing } };
    await withStacks(table({ [key]: "sales" }), fixtures, async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain("couldn't find resource");
    });
  });
});

describeWithTerraform("a plan is accepted", () => {
  test.each<[string, RedshiftTargetProps, Lacks]>([
    [
      "whatever the case of the value",
      { cluster: "sales" },
      { clusterParameters: [{ ParameterName: CASE_SENSITIVE, ParameterValue: "TRUE" }] },
    ],
    [
      "for a namespace of which nothing can be checked",
      { namespaceArn: PROVISIONED },
      { cluster: { encrypted: false }, clusterParameters: [] },
    ],
  ])("%s", async (_, props, lacks) => {
    await withStacks(table(props), account(lacks), async ({ directory, terraform }) => {
      succeeded(await terraform.plan(directory));
    });
  });

  test.each([
    ["ra3.large", "pass"],
    ["ra3.16xlarge", "pass"],
    ["dc2.large", "fail"],
    [null, "fail"],
  ])("on nodes of type %s: the check says %s", async (node_type, status) => {
    await withStacks(
      table({ cluster: "sales" }),
      account({ cluster: { node_type } }),
      async ({ directory, terraform }) => {
        expect(checks(await terraform.planJson(directory))).toEqual({
          "check.RedshiftCluster_sales_NodeType": status,
        });
        const text = said(succeeded(await terraform.plan(directory)));
        const advice = `the Redshift cluster sales has nodes of type ${node_type ?? "unknown"}: AWS documents zero-ETL integrations for RA3 nodes and for Redshift Serverless.`;
        expect(text.includes(advice)).toBe(status === "fail");
      },
    );
  });
});

/** Applies one program, writes another over it, and looks at the next plan; the first may be applied again. */
async function change(
  before: (outdir: string) => void,
  after: (outdir: string) => void,
  fixtures: Fixtures,
  look: (actions: Record<string, string>) => void,
): Promise<void> {
  let output = "";
  const first = (outdir: string) => {
    output = outdir;
    before(outdir);
  };
  await withStacks(first, fixtures, async ({ directory, terraform }) => {
    succeeded(await terraform.apply(directory));
    expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    const state = readdirSync(directory).filter((file) => file.endsWith(".tfstate"));
    rmSync(join(directory, "cdk.tf.json"));
    after(output);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(state));
    look(withoutHash(plannedActions(await terraform.planJson(directory))));
  });
}

describeWithTerraform("the database of an integration", () => {
  const database = { cluster: "sales", database: "orders" };

  test("is made of the integration's id, and the next plan is empty", async () => {
    await withStacks(table(database), account(), async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const { outputs = {}, root_module } = (await terraform.stateJson(directory)).values ?? {};
      const id = String(outputs["orders_integration_arn"]?.value).split(":")[6];
      const statement = root_module?.resources?.find(({ type }) => type === "aws_redshiftdata_statement");
      expect(id).toMatch(/^[0-9a-f]+(-[0-9a-f]+)+$/);
      expect(statement?.values).toMatchObject({
        cluster_identifier: "sales",
        database: "dev",
        db_user: "admin",
        sql: `CREATE DATABASE "orders" FROM INTEGRATION '${id}'`,
        workgroup_name: null,
      });
      expect(outputs["orders_target_database"]?.value).toBe("orders");
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });

  test("is made in a workgroup", async () => {
    const props = { workgroup: "sales", database: "orders" };
    await withStacks(table(props), account(), async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const { root_module } = (await terraform.stateJson(directory)).values ?? {};
      const statement = root_module?.resources?.find(({ type }) => type === "aws_redshiftdata_statement");
      expect(statement?.values).toMatchObject({
        workgroup_name: "sales",
        database: "dev",
        db_user: null,
        cluster_identifier: null,
      });
    });
  });

  test("is not made anew once AWS has forgotten the statement", async () => {
    let forgotten = false;
    // What the provider reads of a statement that has expired (issue 37301 of hashicorp/terraform-provider-aws).
    const fixtures = account(
      {},
      {
        aws_redshiftdata_statement: ({ operation }) =>
          operation === "read" && forgotten ? { sql: null, cluster_identifier: null } : undefined,
      },
    );
    await withStacks(table(database), fixtures, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      forgotten = true;
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });

  test("is left alone by a change of the integration in place", async () => {
    const settings = { protect: false };
    await change(
      table(database, settings),
      table(database, { ...settings, description: "Orders" }),
      account(),
      (actions) => expect(actions).toEqual({ "aws_redshift_integration.Integrations_orders": "update" }),
    );
    const crm = warehouse({ workgroup: "sales", database: "crm" });
    await change(
      connection(crm, settings),
      connection(crm, { ...settings, description: "Customers" }),
      account(),
      (actions) => expect(actions).toEqual({ "aws_cloudcontrolapi_resource.Integrations_crm": "update" }),
    );
  });

  test("is made anew with another name, and with another integration", async () => {
    await change(table(database), table({ ...database, database: "sales" }), account(), (actions) =>
      expect(actions).toEqual({
        "aws_redshiftdata_statement.Integrations_orders_Database": "delete,create",
        "terraform_data.Integrations_orders_Database_Sql": "update",
      }),
    );
    const crm = warehouse({ workgroup: "sales", database: "crm" });
    await change(
      connection(crm, { protect: false }),
      connection(crm, { protect: false, refreshInterval: "6h" }),
      account(),
      (actions) =>
        expect(actions).toEqual({
          "aws_cloudcontrolapi_resource.Integrations_crm": "delete,create",
          "aws_redshiftdata_statement.Integrations_crm_Database": "delete,create",
          "terraform_data.Integrations_crm_Database_Sql": "update",
        }),
    );
  });

  const reporting = (Status: () => string) =>
    account(
      {},
      {
        aws_cloudcontrolapi_resource: ({ state }) => ({
          properties: JSON.stringify({ ...JSON.parse(String(state["desired_state"])), Status: Status() }),
        }),
      },
    );
  const crm = connection(warehouse({ workgroup: "sales", database: "crm" }));

  test("waits for an integration that AWS still creates, and is made by the next apply", async () => {
    let status = "CREATING";
    await withStacks(
      crm,
      reporting(() => status),
      async ({ directory, terraform }) => {
        const result = await terraform.apply(directory);
        expect(result.code).toBe(1);
        expect(said(result)).toContain(
          "the integration crm is still being created, and Redshift makes a database of an active integration only. Wait until it is active, and apply again.",
        );
        status = "ACTIVE";
        expect(withoutHash(plannedActions(await terraform.planJson(directory)))).toEqual({
          "aws_redshiftdata_statement.Integrations_crm_Database": "create",
        });
        succeeded(await terraform.apply(directory));
      },
    );
  });

  test.each(["NEEDS_ATTENTION", "FAILED", "SYNCING", "MODIFYING"])(
    "stops no plan while the integration is in state %s",
    async (later) => {
      let status = "ACTIVE";
      await withStacks(
        crm,
        reporting(() => status),
        async ({ directory, terraform }) => {
          succeeded(await terraform.apply(directory));
          status = later;
          succeeded(await terraform.plan(directory));
        },
      );
    },
  );

  test("goes from Terraform with the integration, which is not protected", async () => {
    await withStacks(table(database, { protect: false }), account(), async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      succeeded(await terraform.destroy(directory));
      expect((await terraform.stateJson(directory)).values?.root_module?.resources ?? []).toEqual([]);
    });
  });
});

describeWithTerraform("a change of an integration of Redshift", () => {
  const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
  const action = (settings: Settings, other: Settings) => {
    const into = { namespaceArn: PROVISIONED };
    const seen: string[] = [];
    return change(
      table(into, { protect: false, ...settings }),
      table(into, { protect: false, ...settings, ...other }),
      account(),
      (actions) => seen.push(actions["aws_redshift_integration.Integrations_orders"] ?? "none"),
    ).then(() => seen[0]);
  };

  test.each<[string, Settings, Settings, string]>([
    ["its name is made in place", {}, { name: "renamed" }, "update"],
    ["its description is made in place", {}, { description: "Orders" }, "update"],
    ["its key replaces it", {}, { kmsKeyArn: KEY }, "delete,create"],
    [
      "its encryption context replaces it",
      { kmsKeyArn: KEY, encryptionContext: { team: "data" } },
      { encryptionContext: { team: "sales" } },
      "delete,create",
    ],
  ])("%s", async (_, settings, other, expected) => {
    expect(await action(settings, other)).toBe(expected);
  });

  test("is stopped where it would replace a protected one", async () => {
    let output = "";
    const first = (outdir: string) => {
      output = outdir;
      table({ namespaceArn: PROVISIONED })(outdir);
    };
    await withStacks(first, account(), async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      rmSync(join(directory, "cdk.tf.json"));
      table({ namespaceArn: PROVISIONED.replace("0a1b", "4e5f") })(output);
      expect(said(await terraform.plan(directory))).toContain("Instance cannot be destroyed");
    });
  });
});

describeWithTerraform("a catalog of Redshift Managed Storage", () => {
  const catalog = (stack: Stack) =>
    new RedshiftManagedStorageTarget(stack.targets, "catalog", { catalog: "sales" });

  test("is planned, applied, and planned empty", async () => {
    await withStacks(connection(catalog), account(), async ({ directory, terraform }) => {
      succeeded(await terraform.validate(directory));
      expect(Object.keys(withoutHash(plannedActions(await terraform.planJson(directory))))).toContain(
        "aws_cloudcontrolapi_resource.IntegrationResourceProperty_redshift-managed-storage_sales",
      );
      succeeded(await terraform.apply(directory));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });

  test("is refused where it is the catalog of S3 Tables", async () => {
    const tables = account({ catalog: { FederatedCatalog: { ConnectionName: "aws:s3tables" } } });
    await withStacks(connection(catalog), tables, async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain(
        "the Glue catalog sales is the catalog of S3 Tables, not one of Redshift Managed Storage. Name a catalog of Redshift, or use a target for S3 Tables.",
      );
    });
  });

  test.each([{ FederatedCatalog: { ConnectionName: "aws:redshift" } }, { CatalogProperties: {} }, {}])(
    "may be any other: %j",
    async (properties) => {
      await withStacks(
        connection(catalog),
        account({ catalog: properties }),
        async ({ directory, terraform }) => {
          succeeded(await terraform.plan(directory));
        },
      );
    },
  );
});
