import type { GlueDatabaseTargetProps, TargetBinding, ZeroEtlStackProps } from "../../modules";
import { GlueDatabaseTarget, ZeroEtlStack } from "../../modules";
import type { StackJson } from "../support/synth";
import { catalogPolicy, statementsIn } from "../support/operator-calls";
import { OWNING, PROD, desiredState, policyOf, synthStack } from "../support/synth";

const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const ROLE = "arn:aws:iam::111122223333:role/writer";

interface Bound {
  readonly stack: StackJson;
  readonly bindings: TargetBinding[];
}

function bind(
  props: Partial<GlueDatabaseTargetProps> = {},
  sources = [SOURCE],
  place: Partial<ZeroEtlStackProps> = OWNING,
): Bound {
  const bindings: TargetBinding[] = [];
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", { ...PROD, ...place });
    const location = "s3://acme-lake/sales/";
    const target = new GlueDatabaseTarget(scope.targets, "lake", {
      database: "sales_lake",
      location,
      ...props,
    });
    for (const sourceArn of sources)
      bindings.push(target.bind(scope, { source: "dynamodb", sourceArn, sourceKey: sourceArn }));
  });
  return { stack, bindings };
}

const rolePolicy = (stack: StackJson) => policyOf(stack.resource("aws_iam_role_policy")).Statement;
const resourcesOf = (stack: StackJson, sid: string) =>
  rolePolicy(stack).find(({ Sid }) => Sid === sid)?.["Resource"];

describe("a database made here", () => {
  test("has its name and location", () => {
    expect(bind().stack.resource("aws_glue_catalog_database")).toMatchObject({
      name: "sales_lake",
      location_uri: "s3://acme-lake/sales/",
    });
  });

  test("is bound as an ARN made of names, with what the outputs need", () => {
    const [binding] = bind().bindings;
    expect(binding).toMatchObject({
      arn: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
      key: "111122223333/us-east-1 glue-database/sales_lake",
      database: "sales_lake",
      roleArn: "arn:aws:iam::111122223333:role/zero-etl-target-sales_lake-us-east-1",
    });
    expect(binding?.dependencies).toHaveLength(2);
  });

  test("makes nothing until an integration uses it", () => {
    expect(bind({}, []).stack.json["resource"]).toBeUndefined();
  });

  test("is made once for many integrations, with one role, one resource property and one statement of the catalog policy", () => {
    const { stack } = bind({}, [SOURCE, `${SOURCE}2`, `${SOURCE}3`]);
    expect(Object.keys(stack.resources("aws_glue_catalog_database"))).toHaveLength(1);
    expect(Object.keys(stack.resources("aws_iam_role"))).toHaveLength(1);
    expect(Object.keys(stack.resources("aws_cloudcontrolapi_resource"))).toHaveLength(1);
    const Statement = statementsIn(catalogPolicy(stack));
    expect(Statement).toHaveLength(1);
    expect(Statement[0]?.["Condition"]).toEqual({
      StringEquals: { "aws:SourceArn": [SOURCE, `${SOURCE}2`, `${SOURCE}3`] },
    });
  });
});

describe("the resource property", () => {
  test("hands the role to AWS Glue, after database, role and permissions exist", () => {
    const property = bind().stack.resource("aws_cloudcontrolapi_resource");
    expect(property["type_name"]).toBe("AWS::Glue::IntegrationResourceProperty");
    expect(desiredState(property)).toEqual({
      ResourceArn: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
      TargetProcessingProperties: {
        RoleArn: "arn:aws:iam::111122223333:role/zero-etl-target-sales_lake-us-east-1",
      },
    });
    expect(property["depends_on"]).toEqual([
      "aws_glue_catalog_database.Targets_lake_Database_8B9E126F",
      "aws_iam_role.Targets_lake_Role_192E614A",
      "aws_iam_role_policy.Targets_lake_Role_Policy_F6C6143A",
    ]);
  });
});

describe("the role", () => {
  test.each([
    ["s3://acme-lake/sales/", "arn:aws:s3:::acme-lake/sales/*"],
    ["s3://acme-lake/sales", "arn:aws:s3:::acme-lake/sales/*"],
    ["s3://acme-lake/a/b", "arn:aws:s3:::acme-lake/a/b/*"],
    ["s3://acme-lake/", "arn:aws:s3:::acme-lake/*"],
    ["s3://acme-lake", "arn:aws:s3:::acme-lake/*"],
  ])("may write where %s says, and nowhere else", (location, objects) => {
    const { stack } = bind({ location });
    expect(resourcesOf(stack, "WriteObjects")).toEqual([objects]);
    expect(resourcesOf(stack, "ListBucket")).toEqual(["arn:aws:s3:::acme-lake"]);
  });

  test("is not made where one is brought along", () => {
    const { stack, bindings } = bind({ roleArn: ROLE });
    expect(stack.resources("aws_iam_role")).toEqual({});
    expect(stack.resources("aws_iam_role_policy")).toEqual({});
    expect(bindings[0]?.roleArn).toBe(ROLE);
    expect(
      desiredState(stack.resource("aws_cloudcontrolapi_resource"))["TargetProcessingProperties"],
    ).toEqual({
      RoleArn: ROLE,
    });
  });
});

describe("the catalog policy", () => {
  test.each([
    ["owned", OWNING],
    ["merged", PROD],
  ])("%s authorises the service only, unless the environment names a deployer", (_, place) => {
    const actions = (deployer: Partial<ZeroEtlStackProps>) =>
      statementsIn(catalogPolicy(bind({}, [SOURCE], { ...place, ...deployer }).stack)).flatMap(
        ({ Action }) => Action,
      );
    expect(actions({})).toEqual(["glue:AuthorizeInboundIntegration"]);
    expect(actions({ deployerArn: "arn:aws:iam::111122223333:role/deployer" })).toEqual([
      "glue:AuthorizeInboundIntegration",
      "glue:CreateInboundIntegration",
    ]);
  });
});

describe("an existing database", () => {
  test("is looked up and not made", () => {
    const { stack } = bind({ create: false });
    expect(stack.resources("aws_glue_catalog_database")).toEqual({});
    const [lookup, ...more] = Object.values(stack.data("aws_cloudcontrolapi_resource"));
    expect(more).toEqual([]);
    expect(lookup).toMatchObject({ type_name: "AWS::Glue::Database", identifier: "sales_lake" });
  });

  test("must have the declared location, with or without a slash at its end", () => {
    const [lookup] = Object.values(bind({ create: false }).stack.data("aws_cloudcontrolapi_resource"));
    const found = 'try(trimsuffix(jsondecode(self.properties).DatabaseInput.LocationUri, "/"), "")';
    expect((lookup?.["lifecycle"] as { postcondition: unknown }).postcondition).toEqual([
      {
        condition: `\${${found} != ""}`,
        error_message:
          "the Glue database sales_lake has no location, and an integration cannot write without one. Set it: LocationUri = s3://acme-lake/sales/",
      },
      {
        condition: `\${contains(["", "s3://acme-lake/sales"], ${found})}`,
        error_message: `the Glue database sales_lake is located at \${${found}}, not at s3://acme-lake/sales/ as declared. Declare the location that it has: the permissions of the target role are made from it.`,
      },
    ]);
  });
});

describe("fails", () => {
  test("with every error of the target at once", () => {
    expect(() => bind({ database: "sales-lake", location: "acme-lake/sales", roleArn: "writer" })).toThrow(
      /\[database-name\][\s\S]*\[s3-location\][\s\S]*\[role-arn\]/,
    );
  });

  test("where two targets make one database", () => {
    expect(() =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        for (const id of ["lake", "pond"]) {
          const target = new GlueDatabaseTarget(scope.targets, id, {
            database: "sales_lake",
            location: "s3://acme-lake/",
          });
          target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" });
        }
      }),
    ).toThrow("use one target for all integrations that write into a database");
  });
});

describe("the options of a target", () => {
  const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
  const BUS = "arn:aws:events:us-east-1:111122223333:event-bus/zero-etl";

  test("reach AWS Glue by the resource property, and the role is allowed what they need", () => {
    const { stack } = bind({ kmsKeyArn: KEY, connection: "lake-vpc", eventBusArn: BUS });
    expect(
      desiredState(stack.resource("aws_cloudcontrolapi_resource"))["TargetProcessingProperties"],
    ).toEqual({
      RoleArn: "arn:aws:iam::111122223333:role/zero-etl-target-sales_lake-us-east-1",
      KmsArn: KEY,
      ConnectionName: "lake-vpc",
      EventBusArn: BUS,
    });
    expect(resourcesOf(stack, "UseTargetKey")).toEqual([KEY]);
    expect(resourcesOf(stack, "ReadNetworkConnection")).toEqual([
      "arn:aws:glue:us-east-1:111122223333:catalog",
      "arn:aws:glue:us-east-1:111122223333:connection/lake-vpc",
    ]);
  });

  test("give the role nothing where they are not used", () => {
    const sids = rolePolicy(bind().stack).map(({ Sid }) => Sid);
    expect(sids).toEqual([
      "ListBucket",
      "PutMetrics",
      "ReadDatabase",
      "WriteLogs",
      "WriteObjects",
      "WriteTables",
    ]);
  });

  test("add statements of the user's own", () => {
    const extra = {
      Sid: "Extra",
      Effect: "Allow" as const,
      Action: ["s3:GetBucketLocation"],
      Resource: ["*"],
    };
    expect(resourcesOf(bind({ extraStatements: [extra] }).stack, "Extra")).toEqual(["*"]);
  });
});

describe("a database that Lake Formation guards", () => {
  test("grants the role the database, its tables and the location, before the resource property", () => {
    const { stack } = bind({ lakeFormation: true });
    const grants = Object.values(stack.resources("aws_lakeformation_permissions"));
    expect(grants).toHaveLength(3);
    for (const grant of grants) {
      expect(grant["principal"]).toBe("arn:aws:iam::111122223333:role/zero-etl-target-sales_lake-us-east-1");
      expect(grant["depends_on"]).toEqual([
        "aws_glue_catalog_database.Targets_lake_Database_8B9E126F",
        "aws_iam_role.Targets_lake_Role_192E614A",
        "aws_iam_role_policy.Targets_lake_Role_Policy_F6C6143A",
      ]);
    }
    expect(grants.map(({ permissions }) => permissions)).toEqual([
      ["DATA_LOCATION_ACCESS"],
      ["ALTER", "CREATE_TABLE", "DESCRIBE", "DROP"],
      ["ALL"],
    ]);
    expect(resourcesOf(stack, "GetLakeFormationData")).toEqual(["*"]);
    const dependencies = stack.resource("aws_cloudcontrolapi_resource")["depends_on"] as string[];
    expect(dependencies.filter((name) => name.startsWith("aws_lakeformation_permissions."))).toHaveLength(3);
  });

  test("is granted nothing where it is not said", () => {
    expect(bind().stack.resources("aws_lakeformation_permissions")).toEqual({});
  });
});
