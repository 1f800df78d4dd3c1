// Targets, the roles that write them, and what Lake Formation and warehouses ask for.
import { lakeFormationWithoutGrants } from "../../../../lib/review/rules/lake-formation";
import { roleLost } from "../../../../lib/review/rules/roles";
import { regionNotListed, targetRefused } from "../../../../lib/review/rules/target-shapes";
import {
  targetLocationChanged,
  targetLost,
  targetWithoutLocation,
} from "../../../../lib/review/rules/targets";
import { caseSensitivityOff, serverlessPolicy } from "../../../../lib/review/rules/warehouses";
import type { ReviewRule } from "../../../../lib/review/rule";
import type { WrittenResource } from "../../../review/view";
import { said, writtenPlan } from "../../../review/view";
import { arnOf, databaseProperty, integration, newIntegration, policyText } from "../../../review/written";

const reasons = (rule: ReviewRule, ...resources: readonly WrittenResource[]) =>
  said(rule, writtenPlan(resources)).map(({ reason }) => reason);

const lake = {
  name: "lake",
  arn: arnOf.database("lake"),
  catalog_id: "111122223333",
  location_uri: "s3://acme-lake/sales/",
};
const database = (before: object | null, after: object | null): WrittenResource => ({
  address: "aws_glue_catalog_database.lake",
  before,
  after,
});
const bucket = (name: string): WrittenResource => ({
  address: "aws_s3_bucket.data",
  before: { bucket: name },
  after: null,
});

describe("a target that goes", () => {
  const orders = integration("orders");

  test.each<[string, WrittenResource[], string]>([
    [
      "a database",
      [database(lake, null)],
      "destroys the database lake, the target of the integration orders",
    ],
    [
      "the bucket of a database",
      [database(lake, lake), bucket("acme-lake")],
      "destroys the bucket acme-lake, the target of the integration orders",
    ],
  ])("is lost: %s", (_, resources, reason) => {
    expect(reasons(targetLost, orders, ...resources)).toEqual([reason]);
  });

  test("is lost: a table bucket, its catalog, a warehouse", () => {
    const into = (arn: string) => integration("orders", { TargetArn: arn });
    const gone = (type: string, before: object): WrittenResource => ({
      address: `${type}.x`,
      before,
      after: null,
    });
    const tableBucket = into(arnOf.tableBucket("acme-tables"));
    expect(
      reasons(targetLost, tableBucket, gone("aws_s3tables_table_bucket", { name: "acme-tables" })),
    ).toEqual(["destroys the table bucket acme-tables, the target of the integration orders"]);
    const catalog = {
      name: "s3tablescatalog",
      arn: "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog",
    };
    expect(reasons(targetLost, tableBucket, gone("aws_glue_catalog", catalog))).toEqual([
      "destroys the catalog s3tablescatalog, the target of the integration orders",
    ]);
    const cluster = { cluster_identifier: "analytics", cluster_namespace_arn: arnOf.namespace("1") };
    expect(reasons(targetLost, into(arnOf.namespace("1")), gone("aws_redshift_cluster", cluster))).toEqual([
      "destroys the warehouse analytics, the target of the integration orders",
    ]);
  });

  test.each<[string, WrittenResource[]]>([
    ["of nobody", [database({ ...lake, name: "other", arn: arnOf.database("other") }, null)]],
    ["with another bucket", [database(lake, lake), bucket("acme-logs")]],
    ["together with its integration", [{ ...orders, after: null }, database(lake, null)]],
  ])("is no loss: one %s", (_, resources) => {
    const others = resources.some(({ address }) => address === orders.address) ? [] : [orders];
    expect(reasons(targetLost, ...others, ...resources)).toEqual([]);
  });
});

describe("the location of a database", () => {
  test("must not move under an integration", () => {
    const moved = database(lake, { ...lake, location_uri: "s3://acme-lake/all/" });
    const reason = "moves the database lake from s3://acme-lake/sales/ to s3://acme-lake/all/";
    expect(reasons(targetLocationChanged, integration("orders"), moved)).toEqual([reason]);
    expect(reasons(targetLocationChanged, moved)).toEqual([]);
  });

  test("must be there from the start", () => {
    const { location_uri: _, arn: __, ...bare } = lake;
    const orders = newIntegration("orders");
    expect(reasons(targetWithoutLocation, orders, database(null, bare))).toEqual([
      "makes the database lake without a location",
    ]);
    expect(reasons(targetWithoutLocation, orders, database(null, lake))).toEqual([]);
    expect(reasons(targetWithoutLocation, database(null, bare))).toEqual([]);
  });
});

describe("the target of an integration", () => {
  const target = (TargetArn: string) => reasons(targetRefused, newIntegration("orders", { TargetArn }));

  test.each([
    [arnOf.database("sales-lake"), "database name has characters that zero-ETL does not take"],
    [
      arnOf.tableBucket("b/ns"),
      "the target is a namespace in a table bucket, and has to be the catalog of a table bucket",
    ],
    [
      "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog",
      "the target is the catalog of all table buckets, and has to be the catalog of a table bucket",
    ],
    [
      "arn:aws:s3tables:us-east-1:111122223333:bucket/b",
      "the target is the ARN of a table bucket, and has to be that of its catalog",
    ],
  ])("is refused: %s", (arn, reason) => {
    expect(target(arn)).toEqual([`orders: ${reason}`]);
  });

  test.each([
    arnOf.database("sales_lake"),
    arnOf.tableBucket("b"),
    arnOf.namespace("1"),
    "arn:aws:glue:us-east-1:111122223333:catalog/sales",
  ])("is taken: %s", (arn) => {
    expect(target(arn)).toEqual([]);
  });

  test("that is there already is no news", () => {
    expect(reasons(targetRefused, integration("orders", { TargetArn: arnOf.database("a-b") }))).toEqual([]);
  });
});

test.each([
  ["eu-west-3", 1],
  ["ap-south-1", 0],
  ["us-west-2", 0],
])("the region %s", (region, findings) => {
  const at = { SourceArn: arnOf.table("orders").replace("us-east-1", region) };
  expect(reasons(regionNotListed, newIntegration("orders", at))).toHaveLength(findings);
  expect(reasons(regionNotListed, integration("orders", at))).toEqual([]);
});

describe("a role", () => {
  const trust = (service: string) =>
    policyText({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
  const writer = (before: object, after: object | null): WrittenResource => ({
    address: "aws_iam_role.writer",
    before: { name: "writer", arn: arnOf.role("writer"), ...before },
    after: after && { name: "writer", arn: arnOf.role("writer"), ...after },
  });
  const use = [integration("orders"), databaseProperty("lake", "writer")];
  const glue = { assume_role_policy: trust("glue.amazonaws.com") };
  const lambda = { assume_role_policy: trust("lambda.amazonaws.com") };

  test("is lost when it goes, and when it no longer trusts AWS Glue", () => {
    expect(reasons(roleLost, ...use, writer(glue, null))).toEqual([
      "destroys the role writer of the integration orders",
    ]);
    expect(reasons(roleLost, ...use, writer(glue, lambda))).toEqual([
      "the role of the integration orders no longer trusts AWS Glue",
    ]);
  });

  test("of nobody may go", () => {
    expect(reasons(roleLost, integration("orders"), writer(glue, null))).toEqual([]);
    expect(reasons(roleLost, ...use, writer(glue, { ...glue, description: "writes" }))).toEqual([]);
  });
});

describe("Lake Formation", () => {
  const registered: WrittenResource = {
    address: "aws_lakeformation_resource.lake",
    after: { arn: "arn:aws:s3:::acme-lake/sales" },
  };
  const granted = (principal: string): WrittenResource => ({
    address: "aws_lakeformation_permissions.writer",
    after: { principal, permissions: ["ALL"] },
  });
  const use = [integration("orders"), databaseProperty("lake", "writer"), database(lake, lake)];

  test("asks for grants to the role of the target", () => {
    expect(reasons(lakeFormationWithoutGrants, ...use, registered)).toEqual([
      "registers acme-lake/sales with Lake Formation, and the plan grants nothing to the role of the integration orders",
    ]);
    expect(
      reasons(lakeFormationWithoutGrants, ...use, registered, granted(arnOf.role("reader"))),
    ).toHaveLength(1);
    expect(reasons(lakeFormationWithoutGrants, ...use, registered, granted(arnOf.role("writer")))).toEqual(
      [],
    );
  });

  test("of another place has nothing to do with it", () => {
    const elsewhere = { ...registered, after: { arn: "arn:aws:s3:::acme-lake/sal" } };
    expect(reasons(lakeFormationWithoutGrants, ...use, elsewhere)).toEqual([]);
  });

  test("takes over where the defaults of IAM go", () => {
    const settings = (before: object[], after: object[]): WrittenResource => ({
      address: "aws_lakeformation_data_lake_settings.all",
      before: { create_table_default_permissions: before },
      after: { create_table_default_permissions: after },
    });
    const iam = [{ permissions: ["ALL"], principal: "IAM_ALLOWED_PRINCIPALS" }];
    expect(reasons(lakeFormationWithoutGrants, ...use, settings(iam, []))).toHaveLength(1);
    expect(reasons(lakeFormationWithoutGrants, ...use, settings(iam, iam))).toEqual([]);
  });
});

describe("a warehouse", () => {
  const into = integration("orders", { TargetArn: arnOf.namespace("1") });
  const group = (before: string | null, after?: string): WrittenResource => {
    const of = (value: string | undefined) => ({
      parameter: value === undefined ? [] : [{ name: "enable_case_sensitive_identifier", value }],
    });
    return {
      address: "aws_redshift_parameter_group.g",
      before: before === null ? null : of(before),
      after: of(after),
    };
  };

  test.each([
    ["true", "false", 1],
    ["true", undefined, 1],
    [null, undefined, 1],
    [null, "true", 0],
    ["false", "true", 0],
    ["false", undefined, 0],
  ])("with case sensitivity from %s to %s", (before, after, findings) => {
    expect(reasons(caseSensitivityOff, into, group(before, after))).toHaveLength(findings);
    expect(reasons(caseSensitivityOff, integration("orders"), group(before, after))).toEqual([]);
  });

  test("without servers has its parameters in the workgroup", () => {
    const workgroup = (parameter_value: string) => ({
      config_parameter: [{ parameter_key: "enable_case_sensitive_identifier", parameter_value }],
    });
    const change = {
      address: "aws_redshiftserverless_workgroup.w",
      before: workgroup("true"),
      after: workgroup("false"),
    };
    expect(reasons(caseSensitivityOff, into, change)).toHaveLength(1);
  });

  test("is not authorised by a policy of the other API", () => {
    const policy = (Action: string): WrittenResource => ({
      address: "aws_redshiftserverless_resource_policy.p",
      after: { policy: policyText({ Effect: "Allow", Principal: "*", Action, Resource: "*" }) },
    });
    expect(reasons(serverlessPolicy, policy("redshift:AuthorizeInboundIntegration"))).toHaveLength(1);
    expect(reasons(serverlessPolicy, policy("redshift-serverless:RestoreFromSnapshot"))).toEqual([]);
  });
});
