import type { App } from "cdktf";
import { TerraformVariable } from "cdktf";
import type { RedshiftTargetProps, TargetBinding, ZeroEtlIntegrationProps } from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  RedshiftTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { allows, parsePolicy } from "../support/policy-evaluator";
import type { PolicyRequest } from "../support/policy-evaluator";
import type { Block, StackJson } from "../support/synth";
import { PROD, desiredState, failedSynth, policyOf, synth, synthStack } from "../support/synth";

const PROVISIONED = "arn:aws:redshift:us-east-1:111122223333:namespace:0a1b";
const SERVERLESS = "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/2c3d";
const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";

interface Bound {
  readonly stack: StackJson;
  readonly bindings: TargetBinding[];
}

/** Targets, each bound to the table `orders`. */
function bind(...targets: RedshiftTargetProps[]): Bound {
  const bindings: TargetBinding[] = [];
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    targets.forEach((props, index) => {
      const target = new RedshiftTarget(scope.targets, `warehouse${index}`, props);
      bindings.push(target.bind(scope, { source: "dynamodb", sourceArn: TABLE, sourceKey: "orders" }));
    });
  });
  return { stack, bindings };
}

type Settings = Omit<ZeroEtlIntegrationProps, "source" | "target">;

/** The table `orders` into a warehouse. */
function integrate(target: RedshiftTargetProps, settings: Settings = {}): StackJson {
  return synthStack((app) => integrateIn(new ZeroEtlStack(app, "orders", PROD), target, settings));
}

function integrateIn(stack: ZeroEtlStack, props: RedshiftTargetProps, settings: Settings = {}): void {
  const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
  const target = new RedshiftTarget(stack.targets, "warehouse", props);
  new ZeroEtlIntegration(stack.integrations, "orders-to-warehouse", { source, target, ...settings });
}

/** A Zendesk connection into a warehouse, through the API of Glue. */
function integrateConnection(props: RedshiftTargetProps, settings: Settings = {}): StackJson {
  return synthStack((app) => {
    const stack = new ZeroEtlStack(app, "crm", PROD);
    const source = new ConnectionSource(stack.sources, "crm", { kind: "zendesk", connection: "crm" });
    const target = new RedshiftTarget(stack.targets, "warehouse", props);
    new ZeroEtlIntegration(stack.integrations, "crm-to-warehouse", { source, target, ...settings });
  });
}

const lifecycle = (block: Block | undefined) =>
  block?.["lifecycle"] as Record<string, { condition: string; error_message: string }[]>;
const only = (blocks: Record<string, Block>): Block => {
  const [block, ...more] = Object.values(blocks);
  if (block === undefined || more.length > 0) throw new Error(`expected one, found ${Object.keys(blocks)}`);
  return block;
};
const glueIntegration = (stack: StackJson): Block =>
  only(
    Object.fromEntries(
      Object.entries(stack.resources("aws_cloudcontrolapi_resource")).filter(
        ([, { type_name }]) => type_name === "AWS::Glue::Integration",
      ),
    ),
  );

describe("a cluster", () => {
  test("is a target by the namespace that the account tells at plan", () => {
    const { stack, bindings } = bind({ cluster: "sales" });
    expect(only(stack.data("aws_redshift_cluster"))["cluster_identifier"]).toBe("sales");
    expect(stack.resource("aws_redshift_resource_policy")["resource_arn"]).toBe(
      "${data.aws_redshift_cluster.RedshiftCluster_sales_2FF32838.cluster_namespace_arn}",
    );
    expect(bindings[0]?.key).toBe("111122223333/us-east-1 redshift/cluster/sales");
    expect(bindings[0]?.database).toBeUndefined();
    expect(bindings[0]?.follow).toBeUndefined();
    expect(bindings[0]?.roleArn).toBeUndefined();
  });

  test("is checked at plan: where it is, and that it is encrypted", () => {
    const { stack } = bind({ cluster: "sales" });
    expect(lifecycle(only(stack.data("aws_redshift_cluster")))["postcondition"]).toEqual([
      {
        condition:
          '${(try(join(":", slice(split(":", self.cluster_namespace_arn), 3, 5)), "") == "us-east-1:111122223333")}',
        error_message:
          'the Redshift cluster sales is not in the account and region of its environment: the provider found ${coalesce(self.cluster_namespace_arn, "no namespace")}. Check the account and region that were declared, and the credentials of this run.',
      },
      {
        condition: "${self.encrypted == true}",
        error_message:
          "the Redshift cluster sales is not encrypted, and integrations replicate into encrypted clusters only. Encrypt it: aws redshift modify-cluster --cluster-identifier sales --encrypted",
      },
    ]);
  });

  test("is checked at plan: that its parameter group makes identifiers case-sensitive", () => {
    const group = only(bind({ cluster: "sales" }).stack.data("aws_cloudcontrolapi_resource"));
    expect(group).toMatchObject({
      type_name: "AWS::Redshift::ClusterParameterGroup",
      identifier: "${data.aws_redshift_cluster.RedshiftCluster_sales_2FF32838.cluster_parameter_group_name}",
    });
    expect(lifecycle(group)["postcondition"]).toEqual([
      {
        condition:
          '${anytrue([for p in try(jsondecode(self.properties).Parameters, []) : try(p.ParameterName, "") == "enable_case_sensitive_identifier" && try(lower(p.ParameterValue), "") == "true"])}',
        error_message:
          "the Redshift cluster sales has the parameter group ${self.identifier}, which does not set enable_case_sensitive_identifier to true, and integrations need that. Set it and reboot the cluster, which needs a parameter group of its own where it has the default one: aws redshift modify-cluster-parameter-group --parameter-group-name ${self.identifier} --parameters ParameterName=enable_case_sensitive_identifier,ParameterValue=true",
      },
    ]);
  });

  test("of other nodes than AWS documents is advised against, no more", () => {
    const node = "data.aws_redshift_cluster.RedshiftCluster_sales_2FF32838.node_type";
    expect(bind({ cluster: "sales" }).stack.checks).toEqual([
      {
        condition: `\${try(startswith(${node}, "ra3."), false)}`,
        error_message: `the Redshift cluster sales has nodes of type \${try(coalesce(${node}), "unknown")}: AWS documents zero-ETL integrations for RA3 nodes and for Redshift Serverless. Try it in a test account before you rely on it, or resize the cluster.`,
      },
    ]);
  });
});

describe("a workgroup", () => {
  test("is a target by the namespace behind it", () => {
    const { stack, bindings } = bind({ workgroup: "sales" });
    expect(only(stack.data("aws_redshiftserverless_namespace"))["namespace_name"]).toBe(
      "${jsondecode(data.aws_cloudcontrolapi_resource.RedshiftWorkgroup_sales_4294F0E1.properties).Workgroup.NamespaceName}",
    );
    expect(stack.resource("aws_redshift_resource_policy")["resource_arn"]).toBe(
      "${data.aws_redshiftserverless_namespace.RedshiftWorkgroup_sales_Namespace_539445A6.arn}",
    );
    expect(stack.resources("aws_redshiftserverless_resource_policy")).toEqual({});
    expect(bindings[0]?.key).toBe("111122223333/us-east-1 redshift/workgroup/sales");
  });

  test("is checked at plan: where it is, and that identifiers are case-sensitive", () => {
    const { stack } = bind({ workgroup: "sales" });
    const workgroup = only(stack.data("aws_cloudcontrolapi_resource"));
    expect(workgroup).toMatchObject({
      type_name: "AWS::RedshiftServerless::Workgroup",
      identifier: "sales",
    });
    expect(lifecycle(workgroup)["postcondition"]).toEqual([
      {
        condition:
          '${anytrue([for p in try(jsondecode(self.properties).Workgroup.ConfigParameters, []) : try(p.ParameterKey, "") == "enable_case_sensitive_identifier" && try(lower(p.ParameterValue), "") == "true"])}',
        error_message:
          "the Redshift Serverless workgroup sales does not set enable_case_sensitive_identifier to true, and integrations need that. Set it: aws redshift-serverless update-workgroup --workgroup-name sales --config-parameters parameterKey=enable_case_sensitive_identifier,parameterValue=true",
      },
    ]);
    expect(lifecycle(only(stack.data("aws_redshiftserverless_namespace")))["postcondition"]).toHaveLength(1);
    expect(stack.checks).toEqual([]);
  });
});

test("a cluster and a workgroup of one name are two targets", () => {
  const { bindings, stack } = bind({ cluster: "sales" }, { workgroup: "sales" });
  expect(new Set(bindings.map(({ key }) => key)).size).toBe(2);
  expect(Object.keys(stack.resources("aws_redshift_resource_policy"))).toHaveLength(2);
});

describe("a namespace", () => {
  test.each([PROVISIONED, SERVERLESS])("is a target by its ARN, and nothing is looked up: %s", (arn) => {
    const { stack, bindings } = bind({ namespaceArn: arn });
    const id = arn.split(":").slice(5).join(":");
    expect(bindings[0]).toMatchObject({ arn, key: `111122223333/us-east-1 redshift/namespace/${id}` });
    expect(stack.json["data"]).toBeUndefined();
    expect(stack.resource("aws_redshift_resource_policy")["resource_arn"]).toBe(arn);
  });
});

describe("targets of one warehouse", () => {
  test("share its lookups and its policy, whatever their databases", () => {
    const { stack } = bind({ cluster: "sales", database: "a" }, { cluster: "sales", database: "b" });
    expect(Object.keys(stack.data("aws_redshift_cluster"))).toHaveLength(1);
    expect(Object.keys(stack.data("aws_cloudcontrolapi_resource"))).toHaveLength(1);
    expect(Object.keys(stack.resources("aws_redshift_resource_policy"))).toHaveLength(1);
    expect(stack.checks).toHaveLength(1);
  });

  test("are apart where a cluster and a workgroup have one name", () => {
    const { stack } = bind({ cluster: "sales" }, { workgroup: "sales" }, { namespaceArn: PROVISIONED });
    expect(Object.keys(stack.resources("aws_redshift_resource_policy")).sort()).toEqual([
      "RedshiftNamespacePolicy_cluster_sales_8223E41E",
      "RedshiftNamespacePolicy_namespace_namespace0a1b_6A79AE62",
      "RedshiftNamespacePolicy_workgroup_sales_D65A7876",
    ]);
  });

  test("fail in two stacks, which would each write its policy", () => {
    const { message, written } = failedSynth((app) => {
      for (const id of ["orders", "crm"]) {
        integrateIn(new ZeroEtlStack(app, id, PROD), { cluster: "sales" }, { name: id });
      }
    });
    expect(message).toContain(
      [
        "crm/RedshiftNamespacePolicy/cluster/sales: error: the resource policy of the Redshift cluster sales would be written by two owners, and the second overwrites the first [document-has-two-owners]",
        "  got:      orders/RedshiftNamespacePolicy/cluster/sales and crm/RedshiftNamespacePolicy/cluster/sales",
        "  expected: one owner",
        "  remedy:   put the integrations into one warehouse into one stack",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });
});

describe("the policy of the namespace", () => {
  const policyFor = (sources: readonly string[], deployerArn?: string) =>
    String(
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", {
          ...PROD,
          ...(deployerArn !== undefined && { deployerArn }),
        });
        const target = new RedshiftTarget(scope.targets, "warehouse", { namespaceArn: SERVERLESS });
        for (const sourceArn of sources)
          target.bind(scope, { source: "dynamodb", sourceArn, sourceKey: sourceArn });
      }).resource("aws_redshift_resource_policy")["policy"],
    );
  const inbound = {
    principal: { Service: "redshift.amazonaws.com" },
    action: "redshift:AuthorizeInboundIntegration",
    resource: SERVERLESS,
    context: { "aws:SourceArn": TABLE },
  } satisfies PolicyRequest;
  const deployer = "arn:aws:iam::111122223333:role/deployer";
  const creation = {
    principal: { AWS: deployer },
    action: "redshift:CreateInboundIntegration",
    resource: SERVERLESS,
  } satisfies PolicyRequest;
  const allowed = (policy: string, request: PolicyRequest) =>
    allows("resource", [parsePolicy(policy)], request);

  test("lets the declared source in", () => {
    expect(allowed(policyFor([TABLE]), inbound)).toBe(true);
  });

  test.each<[string, Partial<PolicyRequest>]>([
    ["another table", { context: { "aws:SourceArn": `${TABLE}2` } }],
    [
      "the table of another account",
      { context: { "aws:SourceArn": TABLE.replace("111122223333", "444455556666") } },
    ],
    ["a caller that names no source", { context: {} }],
    ["another service", { principal: { Service: "glue.amazonaws.com" } }],
    ["an account", { principal: { AWS: "arn:aws:iam::111122223333:root" } }],
    ["another namespace", { resource: `${SERVERLESS}4` }],
    ["the namespace of another account", { resource: SERVERLESS.replace("111122223333", "444455556666") }],
    ["another action", { action: "redshift:PutResourcePolicy" }],
    ["creation, which an identity policy allows within one account", creation],
  ])("refuses %s", (_, other) => {
    expect(allowed(policyFor([TABLE]), { ...inbound, ...other })).toBe(false);
  });

  test("lets every source in that integrations read, in one statement, in any order", () => {
    const other = TABLE.replace("orders", "customers");
    const policy = policyFor([TABLE, other]);
    expect(policyFor([other, TABLE, other])).toBe(policy);
    expect(parsePolicy(policy).Statement).toHaveLength(1);
    expect(allowed(policy, inbound)).toBe(true);
    expect(allowed(policy, { ...inbound, context: { "aws:SourceArn": other } })).toBe(true);
  });

  test("lets the named deployer create, and nobody else", () => {
    const policy = policyFor([TABLE], deployer);
    expect(allowed(policy, creation)).toBe(true);
    expect(allowed(policy, { ...creation, principal: { AWS: `${deployer}2` } })).toBe(false);
    expect(allowed(policy, { ...creation, resource: PROVISIONED })).toBe(false);
  });
});

describe("a warehouse in another account", () => {
  const foreign = SERVERLESS.replace("111122223333", "444455556666");
  const twoAccounts = (app: App) => {
    const stack = new ZeroEtlStack(app, "orders", PROD);
    const environment = stack.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
    integrateIn(stack, { namespaceArn: foreign, environment });
  };

  test("has its policy written by its own provider, and lets the source's account create", () => {
    const policy = synthStack(twoAccounts).resource("aws_redshift_resource_policy");
    expect(policy["provider"]).toBe("aws.lake");
    expect(policyOf(policy).Statement).toMatchObject([
      { Action: ["redshift:AuthorizeInboundIntegration"] },
      {
        Action: ["redshift:CreateInboundIntegration"],
        Principal: { AWS: ["arn:aws:iam::111122223333:root"] },
        Resource: [foreign],
      },
    ]);
  });

  test("is looked up, and given its database, by that provider as well", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const environment = scope.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
      integrateIn(scope, { cluster: "sales", database: "orders", environment });
    });
    expect(only(stack.data("aws_redshift_cluster"))["provider"]).toBe("aws.lake");
    expect(only(stack.data("aws_cloudcontrolapi_resource"))["provider"]).toBe("aws.lake");
    expect(stack.resource("aws_redshiftdata_statement")["provider"]).toBe("aws.lake");
    expect(stack.resource("aws_redshift_integration")["provider"]).toBeUndefined();
  });

  test("fails where the ARN says another account than the environment", () => {
    expect(() => bind({ namespaceArn: foreign })).toThrow(
      [
        "orders/Targets/warehouse0: namespaceArn: error: namespaceArn is in another account or region than the target's environment [namespace-place]",
        "  got:      account 444455556666, us-east-1",
        "  expected: account 111122223333, us-east-1",
      ].join("\n"),
    );
  });
});

describe("a target of another stack", () => {
  const across = (props: RedshiftTargetProps) => (app: App) => {
    const warehouse = new ZeroEtlStack(app, "warehouse", { ...PROD, environment: "warehouse" });
    const orders = new ZeroEtlStack(app, "orders", PROD);
    const target = new RedshiftTarget(warehouse.targets, "sales", props);
    const source = DynamoDbSource.fromTableName(orders.sources, "orders", { table: "orders" });
    new ZeroEtlIntegration(orders.integrations, "orders-to-warehouse", { source, target });
  };

  test("keeps the policy in its own stack, which comes first, with no remote state between them", () => {
    const { stacks, dependencies } = synth(across({ namespaceArn: PROVISIONED }));
    expect(Object.keys(stacks["warehouse"]?.resources("aws_redshift_resource_policy") ?? {})).toHaveLength(1);
    expect(stacks["orders"]?.resource("aws_redshift_integration")["target_arn"]).toBe(PROVISIONED);
    expect(dependencies).toEqual({ warehouse: [], orders: ["warehouse"] });
    for (const stack of Object.values(stacks)) expect(stack.text).not.toContain("terraform_remote_state");
  });

  test.each([{ cluster: "sales" }, { workgroup: "sales" }])(
    "fails for %j, whose ARN is known there only",
    (props) => {
      const [key] = Object.keys(props);
      expect(() => synth(across(props))).toThrow(
        [
          `warehouse/Targets/sales: ${key}: error: integrations of another stack cannot use a Redshift target that is named by its ${key} [redshift-target-stack]`,
          '  got:      "sales"',
          "  expected: namespaceArn",
          "  remedy:   name the warehouse by namespaceArn, or declare the target in the stack of the integration",
        ].join("\n"),
      );
    },
  );
});

describe("an integration of DynamoDB", () => {
  test("is Redshift's own, and waits for the policies of both sides", () => {
    const stack = integrate({ cluster: "sales" });
    expect(stack.resources("aws_cloudcontrolapi_resource")).toEqual({});
    expect(stack.resource("aws_redshift_integration")).toMatchObject({
      integration_name: "orders-to-warehouse",
      source_arn: TABLE,
      target_arn: "${data.aws_redshift_cluster.RedshiftCluster_sales_2FF32838.cluster_namespace_arn}",
      lifecycle: { prevent_destroy: true },
      depends_on: expect.arrayContaining([
        expect.stringMatching(/^aws_lambda_invocation\.DynamoDbTablePolicy_orders_/),
        expect.stringMatching(/^aws_redshift_resource_policy\./),
      ]),
    });
    expect(stack.resource("aws_redshift_resource_policy")["depends_on"]).toEqual([
      "data.aws_redshift_cluster.RedshiftCluster_sales_2FF32838",
      "data.aws_cloudcontrolapi_resource.RedshiftCluster_sales_Parameters_69AC8EF6",
    ]);
  });

  test("carries every setting, and needs no trigger: the provider replaces what cannot change", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1";
    const stack = synthStack((app) =>
      integrateIn(
        new ZeroEtlStack(app, "orders", { ...PROD, tags: { team: "data" } }),
        { namespaceArn: PROVISIONED },
        {
          name: "orders",
          description: "Orders",
          kmsKeyArn,
          encryptionContext: { team: "data" },
          protect: false,
        },
      ),
    );
    const { depends_on, ...integration } = stack.resource("aws_redshift_integration");
    delete integration["//"];
    expect(integration).toEqual({
      integration_name: "orders",
      source_arn: TABLE,
      target_arn: PROVISIONED,
      description: "Orders",
      kms_key_id: kmsKeyArn,
      additional_encryption_context: { team: "data" },
      tags: { team: "data" },
    });
    expect(depends_on).toHaveLength(4);
  });

  test("fails with a refresh interval, also with one that only Terraform knows", () => {
    expect(() => integrate({ cluster: "sales" }, { refreshInterval: "1h" })).toThrow(
      [
        "orders/Integrations/orders-to-warehouse: refreshInterval: error: an integration of DynamoDB into a Redshift warehouse takes no refresh interval [no-refresh-interval]",
        "  remedy:   remove refreshInterval, and run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL 3600",
      ].join("\n"),
    );
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "orders", PROD);
        const refreshInterval = new TerraformVariable(stack, "minutes", { type: "number" }).numberValue;
        integrateIn(stack, { cluster: "sales" }, { refreshInterval });
      }),
    ).toThrow(
      [
        "orders/Integrations/orders-to-warehouse: refreshInterval: error: an integration of DynamoDB into a Redshift warehouse takes no refresh interval [no-refresh-interval]",
        "  remedy:   remove refreshInterval, and run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL seconds",
      ].join("\n"),
    );
  });

  test("has no state to check", () => {
    expect(integrate({ namespaceArn: PROVISIONED }).checks).toEqual([]);
  });
});

test("an integration of a connection is one of Glue, and may have an interval from the start", () => {
  const stack = integrateConnection({ namespaceArn: SERVERLESS }, { refreshInterval: "1h" });
  expect(stack.resources("aws_redshift_integration")).toEqual({});
  expect(desiredState(glueIntegration(stack))).toMatchObject({
    TargetArn: SERVERLESS,
    IntegrationConfig: { RefreshInterval: "60" },
  });
  expect(glueIntegration(stack)["depends_on"]).toContainEqual(
    expect.stringMatching(/^aws_redshift_resource_policy\./),
  );
});

describe("the database of an integration", () => {
  test("is made once the integration of Redshift is there, as the master user of the cluster", () => {
    const stack = integrate({ cluster: "sales", database: "orders" });
    const [name] = Object.keys(stack.resources("aws_redshift_integration"));
    const cluster = "data.aws_redshift_cluster.RedshiftCluster_sales_2FF32838";
    const { lifecycle: settings, ...statement } = stack.resource("aws_redshiftdata_statement");
    delete statement["//"];
    expect(statement).toEqual({
      cluster_identifier: "sales",
      database: `\${${cluster}.database_name}`,
      db_user: `\${${cluster}.master_username}`,
      sql: `CREATE DATABASE "orders" FROM INTEGRATION '\${split(":", aws_redshift_integration.${name}.arn)[6]}'`,
      depends_on: [`aws_redshift_integration.${name}`],
    });
    expect(settings).not.toHaveProperty("precondition");
  });

  test("is made in a workgroup by whoever runs Terraform, once AWS does not say that it still creates", () => {
    const stack = integrateConnection({ workgroup: "sales", database: "crm" });
    const [[name] = []] = Object.entries(stack.resources("aws_cloudcontrolapi_resource")).filter(
      ([, { type_name }]) => type_name === "AWS::Glue::Integration",
    );
    const statement = stack.resource("aws_redshiftdata_statement");
    expect(statement).toMatchObject({
      workgroup_name: "sales",
      database: "${data.aws_redshiftserverless_namespace.RedshiftWorkgroup_sales_Namespace_539445A6.db_name}",
      sql: `CREATE DATABASE "crm" FROM INTEGRATION '\${split(":", split("|", aws_cloudcontrolapi_resource.${name}.id)[0])[6]}'`,
    });
    expect(statement).not.toHaveProperty("db_user");
    expect(lifecycle(statement)["precondition"]).toEqual([
      {
        condition: `\${try(jsondecode(aws_cloudcontrolapi_resource.${name}.properties).Status != "CREATING", true)}`,
        error_message:
          "the integration crm-to-warehouse is still being created, and Redshift makes a database of an active integration only. Wait until it is active, and apply again.",
      },
    ]);
  });

  test("is made anew for another text only, for the provider forgets statements that AWS has forgotten", () => {
    const stack = integrate({ cluster: "sales", database: "orders" });
    const statement = stack.resource("aws_redshiftdata_statement");
    const [[name, trigger] = []] = Object.entries(stack.resources("terraform_data"));
    expect(statement["lifecycle"]).toEqual({
      ignore_changes: "all",
      replace_triggered_by: [`terraform_data.${name}`],
    });
    expect(trigger?.["input"]).toEqual({ sql: statement["sql"] });
  });

  test("is the one that the integration tells", () => {
    const [binding] = bind({ cluster: "sales", database: "orders" }).bindings;
    expect(binding?.database).toBe("orders");
    expect(integrate({ cluster: "sales" }).resources("aws_redshiftdata_statement")).toEqual({});
  });

  test("names the database within the source, where it has several", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "erp", PROD);
      const target = new RedshiftTarget(scope.targets, "warehouse", { workgroup: "sales", database: "erp" });
      const arn = "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/exadb";
      const { follow } = target.bind(scope, { source: "oracle", sourceArn: arn, sourceKey: arn });
      const dependency = new TerraformVariable(scope, "integration", { type: "string" });
      follow?.(scope.integrations, {
        integrationName: "erp",
        integrationId: "0a1b",
        status: undefined,
        dependency,
        sourceDatabase: "PDB1",
      });
    });
    expect(stack.resource("aws_redshiftdata_statement")["sql"]).toBe(
      `CREATE DATABASE "erp" FROM INTEGRATION '0a1b' DATABASE "PDB1"`,
    );
  });

  test("fails for two integrations, because each has one of its own", () => {
    const { message } = failedSynth((app) => {
      const stack = new ZeroEtlStack(app, "orders", PROD);
      const target = new RedshiftTarget(stack.targets, "warehouse", { cluster: "sales", database: "sales" });
      for (const table of ["orders", "customers"]) {
        const source = DynamoDbSource.fromTableName(stack.sources, table, { table });
        new ZeroEtlIntegration(stack.integrations, table, { source, target });
      }
    });
    expect(message).toContain(
      'orders/Integrations/customers: error: two integrations would make the database "sales" in one warehouse [duplicate-destination-database]',
    );
  });
});

describe("fails", () => {
  test("with every error of the target at once", () => {
    expect(() => bind({ cluster: "Sales", namespaceArn: "sales", database: 'x"' })).toThrow(
      /\[redshift-target\][\s\S]*\[cluster-identifier\][\s\S]*\[namespace-arn\][\s\S]*\[destination-database-name\][\s\S]*\[destination-database-warehouse\]/,
    );
  });

  test("for settings of a resource property, which only JavaScript can pass", () => {
    const props = { cluster: "sales", roleArn: "arn:aws:iam::111122223333:role/writer" };
    expect(() => bind(props)).toThrow(
      "orders/Targets/warehouse0: roleArn: error: roleArn of a Redshift target would do nothing [redshift-target-option]",
    );
  });

  test.each(["cluster", "workgroup", "namespaceArn"])("where %s is known only to Terraform", (key) => {
    expect(() =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const value = new TerraformVariable(scope, "name", { type: "string" }).stringValue;
        new RedshiftTarget(scope.targets, "warehouse", { [key]: value });
      }),
    ).toThrow(
      new Error(
        [
          `orders/Targets/warehouse: ${key}: error: ${key} is known only to Terraform [unknown-at-synth]`,
          "  expected: a literal text",
          "  remedy:   write it out: names and permissions derive from it",
        ].join("\n"),
      ),
    );
  });
});
