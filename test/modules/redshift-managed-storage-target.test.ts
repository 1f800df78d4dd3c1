import { TerraformVariable } from "cdktf";
import { MANAGED_STORAGE_UNPUBLISHED } from "../../lib/policy/target-role";
import type { RedshiftManagedStorageTargetProps, TargetBinding, ZeroEtlStackProps } from "../../modules";
import { RedshiftManagedStorageTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { FakeSource } from "../support/doubles";
import { catalogPolicy } from "../support/operator-calls";
import type { PolicyRequest } from "../support/policy-evaluator";
import { allows, parsePolicy } from "../support/policy-evaluator";
import type { StackJson } from "../support/synth";
import { OWNING, PROD, desiredState, synth, synthStack } from "../support/synth";

const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const CATALOG = "arn:aws:glue:us-east-1:111122223333:catalog/sales";

interface Bound {
  readonly stack: StackJson;
  readonly bindings: TargetBinding[];
}

function bind(...targets: Partial<RedshiftManagedStorageTargetProps>[]): Bound {
  return bindIn(OWNING, ...targets);
}

function bindIn(place: ZeroEtlStackProps, ...targets: Partial<RedshiftManagedStorageTargetProps>[]): Bound {
  const bindings: TargetBinding[] = [];
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", place);
    targets.forEach((props, index) => {
      const target = new RedshiftManagedStorageTarget(scope.targets, `catalog${index}`, {
        catalog: "sales",
        ...props,
      });
      bindings.push(target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" }));
    });
  });
  return { stack, bindings };
}

const policyText = (stack: StackJson, type: string) => String(stack.resource(type)["policy"]);

describe("a catalog of Redshift Managed Storage", () => {
  test("is a target by its ARN in the Data Catalog", () => {
    const [binding] = bind({}).bindings;
    expect(binding).toMatchObject({
      arn: CATALOG,
      key: "111122223333/us-east-1 redshift-managed-storage/sales",
      roleArn: "arn:aws:iam::111122223333:role/zero-etl-catalog-sales-us-east-1",
    });
    expect(binding?.database).toBeUndefined();
  });

  test("is looked up at plan, once however many targets name it, and never made", () => {
    const { stack } = bind({}, {});
    expect(Object.values(stack.data("aws_cloudcontrolapi_resource"))).toMatchObject([
      {
        type_name: "AWS::Glue::Catalog",
        identifier: CATALOG,
        lifecycle: {
          postcondition: [
            {
              condition:
                '${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") != "aws:s3tables"}',
              error_message:
                "the Glue catalog sales is the catalog of S3 Tables, not one of Redshift Managed Storage. Name a catalog of Redshift, or use a target for S3 Tables.",
            },
          ],
        },
      },
    ]);
    expect(Object.keys(stack.data("aws_cloudcontrolapi_resource"))).toHaveLength(1);
  });

  test("has a resource property with its role, which waits for the lookup", () => {
    const property = bind({}).stack.resource("aws_cloudcontrolapi_resource");
    expect(desiredState(property)).toEqual({
      ResourceArn: CATALOG,
      TargetProcessingProperties: {
        RoleArn: "arn:aws:iam::111122223333:role/zero-etl-catalog-sales-us-east-1",
      },
    });
    expect(property["depends_on"]).toEqual([
      "data.aws_cloudcontrolapi_resource.ManagedCatalog_sales_0176E22B",
      expect.stringMatching(/^aws_iam_role\./),
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
  });

  test("takes every option of a catalog target", () => {
    const options = {
      roleArn: "arn:aws:iam::111122223333:role/writer",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b",
      connection: "lake-vpc",
      eventBusArn: "arn:aws:events:us-east-1:111122223333:event-bus/zero-etl",
    };
    const { stack } = bind(options);
    expect(stack.resources("aws_iam_role")).toEqual({});
    expect(desiredState(stack.resource("aws_cloudcontrolapi_resource"))).toEqual({
      ResourceArn: CATALOG,
      TargetProcessingProperties: {
        RoleArn: options.roleArn,
        KmsArn: options.kmsKeyArn,
        ConnectionName: options.connection,
        EventBusArn: options.eventBusArn,
      },
    });
  });

  test("is no target that AWS documents for every source, which is a warning and no error", () => {
    const { annotations } = synth((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const target = new RedshiftManagedStorageTarget(scope.targets, "catalog", { catalog: "sales" });
      new ZeroEtlIntegration(scope.integrations, "i", { source: new FakeSource(scope), target });
    });
    expect(annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining("[undocumented-pair]"),
    ]);
  });
});

describe("the role", () => {
  const role = (extra: Partial<RedshiftManagedStorageTargetProps> = {}) => {
    const policy = policyText(bind(extra).stack, "aws_iam_role_policy");
    return (request: PolicyRequest) => allows("identity", [parsePolicy(policy)], request);
  };

  test.each(["glue:CreateTable", "glue:GetTables", "glue:UpdateTable", "glue:GetResourcePolicy"])(
    "may %s in its catalog, and in no other",
    (action) => {
      const may = role();
      const table = "arn:aws:glue:us-east-1:111122223333:table/sales/dev/public";
      expect(may({ action, resource: CATALOG })).toBe(true);
      expect(may({ action, resource: table })).toBe(true);
      expect(may({ action, resource: `${CATALOG}2` })).toBe(false);
      expect(may({ action, resource: table.replace("/sales/", "/finance/") })).toBe(false);
      expect(may({ action, resource: CATALOG.replace("111122223333", "444455556666") })).toBe(false);
    },
  );

  test("may put metrics of zero-ETL, and no others", () => {
    const request = (namespace: string) => ({
      action: "cloudwatch:PutMetricData",
      resource: "*",
      context: { "cloudwatch:namespace": namespace },
    });
    expect(role()(request("AWS/Glue/ZeroETL"))).toBe(true);
    expect(role()(request("AWS/EC2"))).toBe(false);
  });

  test("has nothing that AWS does not publish: that is for extra statements", () => {
    expect(MANAGED_STORAGE_UNPUBLISHED).toHaveLength(2);
    const credentials = {
      action: "redshift:GetClusterCredentials",
      resource: "arn:aws:redshift:us-east-1:111122223333:dbname:sales/dev",
    };
    const data = { action: "lakeformation:GetDataAccess", resource: "*" };
    expect([role()(credentials), role()(data)]).toEqual([false, false]);
    const extraStatements = [
      { Effect: "Allow", Action: [credentials.action], Resource: [credentials.resource] },
      { Effect: "Allow", Action: [data.action], Resource: ["*"] },
    ] as const;
    const wider = role({ extraStatements });
    expect([wider(credentials), wider(data)]).toEqual([true, true]);
  });
});

describe.each([
  ["owned", OWNING],
  ["merged", PROD],
])("the policy of the Data Catalog, %s,", (_mode, place) => {
  const inbound = {
    principal: { Service: "glue.amazonaws.com" },
    action: "glue:AuthorizeInboundIntegration",
    resource: CATALOG,
    context: { "aws:SourceArn": SOURCE },
  } satisfies PolicyRequest;
  const allowed = (request: PolicyRequest) =>
    allows("resource", [catalogPolicy(bindIn(place, {}).stack)], request);

  test("lets the source into the catalog", () => {
    expect(allowed(inbound)).toBe(true);
  });

  test.each<[string, Partial<PolicyRequest>]>([
    ["another source", { context: { "aws:SourceArn": `${SOURCE}2` } }],
    ["another catalog", { resource: `${CATALOG}2` }],
    ["the whole Data Catalog", { resource: CATALOG.replace("/sales", "") }],
    ["the catalog of another account", { resource: CATALOG.replace("111122223333", "444455556666") }],
    ["another service", { principal: { Service: "redshift.amazonaws.com" } }],
    ["another action", { action: "glue:CreateInboundIntegration" }],
  ])("refuses %s", (_, other) => {
    expect(allowed({ ...inbound, ...other })).toBe(false);
  });

  test("has one statement for each catalog", () => {
    const { stack } = bindIn(place, {}, {}, { catalog: "finance" });
    expect(catalogPolicy(stack).Statement).toHaveLength(2);
  });
});

describe("fails", () => {
  test("with every error of the target at once", () => {
    expect(() => bind({ catalog: "a/b", eventBusArn: "bus" })).toThrow(
      /\[catalog-name\][\s\S]*\[event-bus-arn\]/,
    );
  });

  test("where the catalog is known only to Terraform", () => {
    expect(() =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const catalog = new TerraformVariable(scope, "catalog", { type: "string" }).stringValue;
        new RedshiftManagedStorageTarget(scope.targets, "catalog", { catalog });
      }),
    ).toThrow("catalog is known only to Terraform [unknown-at-synth]");
  });

  test("not for a long name, which is a warning", () => {
    const { annotations } = synth((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      new RedshiftManagedStorageTarget(scope.targets, "catalog", { catalog: "c".repeat(20) });
    });
    expect(annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining("[long-catalog-name]"),
    ]);
  });
});
