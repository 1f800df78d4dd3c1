import schema from "../../lib/facts/cloudformation/aws-glue-catalog.json";
import type { S3TablesTargetProps } from "../../modules";
import { S3TablesTarget, ZeroEtlStack } from "../../modules";
import type { StackJson } from "../support/synth";
import { PROD, desiredState, failedSynth, synth, synthStack } from "../support/synth";

const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const BUCKET = "arn:aws:s3tables:us-east-1:111122223333:bucket/acme-tables";

const use = (...targets: Partial<S3TablesTargetProps>[]): StackJson =>
  synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    targets.forEach((props, index) => {
      const target = new S3TablesTarget(scope, `tables${index}`, { tableBucket: "acme-tables", ...props });
      target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" });
    });
  });

const lookups = (stack: StackJson) =>
  Object.values(stack.data("aws_cloudcontrolapi_resource")).map(({ type_name, identifier }) => [
    type_name,
    identifier,
  ]);

const catalogs = (stack: StackJson) =>
  Object.values(stack.resources("aws_cloudcontrolapi_resource")).filter(
    ({ type_name }) => type_name === "AWS::Glue::Catalog",
  );

describe("a catalog of table buckets that is made", () => {
  test("is that of the analytics integration, and no plan destroys it", () => {
    const stack = use({ createCatalog: true });
    const [catalog = {}, ...more] = catalogs(stack);
    expect(more).toEqual([]);
    expect(desiredState(catalog)).toEqual({
      Name: "s3tablescatalog",
      FederatedCatalog: {
        Identifier: "arn:aws:s3tables:us-east-1:111122223333:bucket/*",
        ConnectionName: "aws:s3tables",
      },
    });
    expect(catalog["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(lookups(stack)).toEqual([["AWS::S3Tables::TableBucket", BUCKET]]);
  });

  test("says nothing of what is read-only in its schema", () => {
    const [catalog = {}] = catalogs(use({ createCatalog: true }));
    const readOnly = new Set(
      schema.readOnlyProperties.map((pointer) => pointer.split("/")[2]).filter((name) => name !== undefined),
    );
    expect(readOnly).toContain("CreateTableDefaultPermissions");
    for (const property of Object.keys(desiredState(catalog))) {
      expect(Object.keys(schema.properties)).toContain(property);
      expect(readOnly).not.toContain(property);
    }
  });

  test("has no tags of a stack, for it is the account's", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", { ...PROD, tags: { team: "data" } });
      const target = new S3TablesTarget(scope, "tables", { tableBucket: "acme-tables", createCatalog: true });
      target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" });
    });
    const [catalog = {}] = catalogs(stack);
    expect(desiredState(catalog)).not.toHaveProperty("Tags");
  });

  test("comes before the resource property of every table bucket", () => {
    const stack = use({ createCatalog: true, create: true }, { tableBucket: "other-tables" });
    const resources = Object.entries(stack.resources("aws_cloudcontrolapi_resource"));
    const [catalog] = resources.find(([, { type_name }]) => type_name === "AWS::Glue::Catalog") ?? [];
    const properties = resources.filter(([name]) => name !== catalog).map(([, block]) => block);
    expect(properties).toHaveLength(2);
    for (const { depends_on } of properties) {
      expect(depends_on).toContain(`aws_cloudcontrolapi_resource.${catalog}`);
    }
  });

  test.each([
    ["the first target", [{ createCatalog: true }, { tableBucket: "other-tables" }]],
    ["the last target", [{}, { tableBucket: "other-tables", createCatalog: true }]],
    ["every target", [{ createCatalog: true }, { tableBucket: "other-tables", createCatalog: true }]],
  ])("is made once where %s asks for it, and looked up by none", (_, targets) => {
    const stack = use(...targets);
    expect(catalogs(stack)).toHaveLength(1);
    expect(lookups(stack).filter(([type]) => type === "AWS::Glue::Catalog")).toEqual([]);
    expect(stack.text).not.toContain("FederatedCatalog_s3tablescatalog_Lookup");
  });

  test("is the same whichever target is used first", () => {
    const asked = { tableBucket: "other-tables", createCatalog: true };
    const build = (order: readonly string[]) =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", PROD);
        const targets: Record<string, S3TablesTarget> = {
          asked: new S3TablesTarget(scope.targets, "asked", asked),
          other: new S3TablesTarget(scope.targets, "other", { tableBucket: "acme-tables" }),
        };
        for (const id of order)
          targets[id]?.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" });
      }).text;
    expect(build(["other", "asked"])).toBe(build(["asked", "other"]));
  });

  test("is not made for a target that nothing uses", () => {
    const { stacks } = synth((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      new S3TablesTarget(scope, "tables", { tableBucket: "acme-tables", createCatalog: true });
    });
    expect(stacks["orders"]?.resources("aws_cloudcontrolapi_resource")).toEqual({});
  });

  test("fails where two stacks make it, naming both and the way out", () => {
    const { message, written } = failedSynth((app) => {
      for (const id of ["orders", "crm"]) {
        const scope = new ZeroEtlStack(app, id, PROD);
        const target = new S3TablesTarget(scope, "tables", {
          tableBucket: `acme-${id}`,
          createCatalog: true,
        });
        target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" });
      }
    });
    expect(message).toContain(
      [
        "crm/FederatedCatalog/s3tablescatalog: error: the catalog s3tablescatalog of S3 Tables would be written by two owners, and the second overwrites the first [document-has-two-owners]",
        "  got:      orders/FederatedCatalog/s3tablescatalog and crm/FederatedCatalog/s3tablescatalog",
        "  expected: one owner",
        "  remedy:   set createCatalog in one stack only: the others find the catalog once that stack is applied",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });

  test("is made in each account and region", () => {
    const { stacks } = synth((app) => {
      for (const region of ["us-east-1", "eu-west-1"]) {
        const scope = new ZeroEtlStack(app, region, { ...PROD, region });
        const target = new S3TablesTarget(scope, "tables", {
          tableBucket: "acme-tables",
          createCatalog: true,
        });
        target.bind(scope, { source: "dynamodb", sourceArn: SOURCE, sourceKey: "orders" });
      }
    });
    expect(Object.values(stacks).map((stack) => catalogs(stack).length)).toEqual([1, 1]);
  });

  test("has no other name", () => {
    expect(() => use({ createCatalog: true, catalog: "shared-tables" })).toThrow(
      "orders/tables0: createCatalog: error: only the catalog s3tablescatalog can be made here [create-catalog]",
    );
  });
});
