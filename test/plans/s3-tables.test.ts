// Table buckets and their catalog, against the schema of the provider that users run.
import { App } from "cdktf";
import type { S3TablesTargetProps } from "../../modules";
import { DynamoDbSource, S3TablesTarget, ZeroEtlIntegration, ZeroEtlStack, addOutputs } from "../../modules";
import type { Fixtures } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { said, withStacks } from "./plan";

const ENVIRONMENT = { environment: "prod", region: "us-east-1", account: "111122223333" };
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";

/** Replicates one table into each target. */
function into(...targets: Partial<S3TablesTargetProps>[]) {
  return (outdir: string): void => {
    const app = new App({ outdir });
    const stack = new ZeroEtlStack(app, "orders", ENVIRONMENT);
    targets.forEach((props, index) => {
      const id = `tables${index}`;
      const source = DynamoDbSource.fromTableName(stack.sources, id, { table: `orders${index}` });
      const target = new S3TablesTarget(stack.targets, id, { tableBucket: `acme-${id}`, ...props });
      addOutputs(new ZeroEtlIntegration(stack.integrations, id, { source, target, protect: false }));
    });
    app.synth();
  };
}

const account = (properties: (type: string) => object): Fixtures => ({
  dataSources: {
    aws_cloudcontrolapi_resource: ({ type_name }) => ({
      properties: JSON.stringify(properties(String(type_name))),
    }),
  },
});
const integrated = account(() => ({ FederatedCatalog: { ConnectionName: "aws:s3tables" } }));

const EVERYTHING = { create: true, createCatalog: true, kmsKeyArn: KEY };

describeWithTerraform("table buckets", () => {
  test("are planned, applied, and planned empty, with their catalog and their key", async () => {
    await withStacks(into(EVERYTHING, { create: true }), {}, async ({ directory, terraform }) => {
      succeeded(await terraform.validate(directory));
      const actions = plannedActions(await terraform.planJson(directory));
      const made = Object.keys(actions).filter((address) => /FederatedCatalog|table_bucket/.test(address));
      expect(made.map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
        "aws_cloudcontrolapi_resource.FederatedCatalog_s3tablescatalog",
        "aws_s3tables_table_bucket.Targets_tables0_TableBucket",
        "aws_s3tables_table_bucket.Targets_tables1_TableBucket",
      ]);
      succeeded(await terraform.apply(directory));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });

  test("tell the namespace of each integration once its id is known", async () => {
    await withStacks(into(EVERYTHING), {}, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const { outputs = {} } = (await terraform.stateJson(directory)).values ?? {};
      const id = String(outputs["tables0_integration_arn"]?.value).split(":")[6];
      expect(id).toMatch(/^[0-9a-f]+(-[0-9a-f]+)+$/);
      expect(outputs["tables0_target_database"]?.value).toBe(`zetl_${id?.replaceAll("-", "_")}`);
    });
  });

  test("keep their catalog whatever a plan would destroy", async () => {
    await withStacks(into(EVERYTHING), {}, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const result = await terraform.run(directory, "plan", "-destroy", "-input=false");
      expect(result.code).toBe(1);
      expect(said(result)).toContain("aws_cloudcontrolapi_resource.FederatedCatalog_s3tablescatalog");
      expect(said(result)).toContain("has lifecycle.prevent_destroy set");
    });
  });

  test("that exist are planned", async () => {
    await withStacks(into({}), integrated, async ({ directory, terraform }) => {
      const actions = plannedActions(await terraform.planJson(directory));
      expect(Object.keys(actions).filter((address) => address.includes("table_bucket"))).toEqual([]);
    });
  });

  test.each<[string, Fixtures, string]>([
    [
      "where the catalog leads elsewhere",
      account(() => ({ FederatedCatalog: { ConnectionName: "snowflake" } })),
      "the Glue catalog s3tablescatalog is not the catalog of S3 Tables.",
    ],
    [
      "where nothing is known of the catalog",
      account(() => ({})),
      "the Glue catalog s3tablescatalog is not the catalog of S3 Tables.",
    ],
    [
      "where the catalog is missing",
      account((type) => {
        if (type === "AWS::Glue::Catalog") throw new Error("couldn't find the catalog");
        return {};
      }),
      "couldn't find the catalog",
    ],
    [
      "where the table bucket is missing",
      account((type) => {
        if (type === "AWS::S3Tables::TableBucket") throw new Error("couldn't find the table bucket");
        return { FederatedCatalog: { ConnectionName: "aws:s3tables" } };
      }),
      "couldn't find the table bucket",
    ],
  ])("stop the plan %s", async (_, fixtures, message) => {
    await withStacks(into({}), fixtures, async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain(message);
    });
  });
});
