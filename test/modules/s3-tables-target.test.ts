import type { S3TablesTargetProps, TargetBinding } from "../../modules";
import { S3TablesTarget, ZeroEtlStack } from "../../modules";
import type { StackJson } from "../support/synth";
import { PROD, desiredState, policyOf, synthStack } from "../support/synth";

const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const BUCKET = "arn:aws:s3tables:us-east-1:111122223333:bucket/acme-tables";

interface Bound {
  readonly stack: StackJson;
  readonly bindings: TargetBinding[];
}

function bind(...targets: Partial<S3TablesTargetProps>[]): Bound {
  const bindings: TargetBinding[] = [];
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "orders", PROD);
    targets.forEach((props, index) => {
      const target = new S3TablesTarget(scope.targets, `tables${index}`, {
        tableBucket: "acme-tables",
        ...props,
      });
      bindings.push(target.bind(scope, { source: "dynamodb", sourceArn: SOURCE }));
    });
  });
  return { stack, bindings };
}

const lookups = (stack: StackJson) =>
  Object.values(stack.data("aws_cloudcontrolapi_resource")).map(({ type_name, identifier }) => [
    type_name,
    identifier,
  ]);

describe("a table bucket", () => {
  test("is a target by its catalog in the Data Catalog, never by its own ARN", () => {
    const [binding] = bind({}).bindings;
    expect(binding?.arn).toBe("arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/acme-tables");
    expect(binding?.key).toBe("111122223333/us-east-1 s3-tables/s3tablescatalog/acme-tables");
    expect(binding?.database).toBeUndefined();
  });

  test("is looked up with its catalog, and not made", () => {
    const { stack } = bind({});
    expect(lookups(stack)).toEqual([
      ["AWS::Glue::Catalog", "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog"],
      ["AWS::S3Tables::TableBucket", BUCKET],
    ]);
    expect(stack.resources("aws_s3tables_table_bucket")).toEqual({});
  });

  test("is made where that is asked for; its catalog is looked up all the same", () => {
    const { stack } = bind({ create: true });
    expect(stack.resource("aws_s3tables_table_bucket")["name"]).toBe("acme-tables");
    expect(lookups(stack)).toEqual([
      ["AWS::Glue::Catalog", "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog"],
    ]);
  });

  test("fails a plan where the catalog is another one", () => {
    const { stack } = bind({ catalog: "tables" });
    const catalog = Object.values(stack.data("aws_cloudcontrolapi_resource")).find(
      ({ type_name }) => type_name === "AWS::Glue::Catalog",
    );
    expect((catalog?.["lifecycle"] as { postcondition: unknown }).postcondition).toEqual([
      {
        condition:
          '${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") == "aws:s3tables"}',
        error_message:
          "the Glue catalog tables is not the catalog of S3 Tables. Enable the integration of S3 Tables with AWS analytics services in this account and region, or name the catalog that it made.",
      },
    ]);
  });
});

describe("the role", () => {
  test("may use the bucket and what is in it, and no other", () => {
    const { stack } = bind({});
    const { Statement } = policyOf(stack.resource("aws_iam_role_policy"));
    const write = Statement.find(({ Sid }) => Sid === "WriteTableBucket");
    expect(write?.["Action"]).toHaveLength(15);
    expect(write?.["Resource"]).toEqual([BUCKET, `${BUCKET}/*`]);
    expect(stack.resource("aws_iam_role")["name"]).toBe("zero-etl-target-acme-tables-us-east-1");
  });

  test("reaches AWS Glue by the resource property of the same ARN", () => {
    const { stack, bindings } = bind({});
    expect(desiredState(stack.resource("aws_cloudcontrolapi_resource"))).toEqual({
      ResourceArn: bindings[0]?.arn,
      TargetProcessingProperties: {
        RoleArn: "arn:aws:iam::111122223333:role/zero-etl-target-acme-tables-us-east-1",
      },
    });
  });
});

describe("several table buckets", () => {
  test("share one lookup of the catalog and one statement of its policy, for AWS documents no narrower one", () => {
    const { stack } = bind({}, { tableBucket: "other-tables" });
    expect(lookups(stack).filter(([type]) => type === "AWS::Glue::Catalog")).toHaveLength(1);
    const { Statement } = policyOf(stack.resource("aws_glue_resource_policy"));
    expect(Statement).toHaveLength(1);
    expect(Statement[0]?.["Resource"]).toEqual([
      "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/*",
    ]);
    expect(Object.keys(stack.resources("aws_iam_role"))).toHaveLength(2);
  });

  test("fails where two targets make one", () => {
    expect(() => bind({ create: true }, { create: true })).toThrow(
      "the table bucket acme-tables would be written by two owners",
    );
  });
});

test("fails with every error of the target at once", () => {
  expect(() => bind({ tableBucket: "Acme", eventBusArn: "bus" })).toThrow(
    /\[table-bucket-name\][\s\S]*\[event-bus-arn\]/,
  );
});
