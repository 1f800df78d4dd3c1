import * as arns from "../../lib/arn";

const CHINA = { partition: "aws-cn", region: "cn-north-1", account: "111122223333" };

describe("ARN shapes carry the partition of the environment", () => {
  test.each([
    [arns.dynamoDbTableArn(CHINA, "orders"), "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/orders"],
    [arns.glueCatalogArn(CHINA), "arn:aws-cn:glue:cn-north-1:111122223333:catalog"],
    [arns.glueDatabaseArn(CHINA, "lake"), "arn:aws-cn:glue:cn-north-1:111122223333:database/lake"],
    [arns.glueTablesArn(CHINA, "lake"), "arn:aws-cn:glue:cn-north-1:111122223333:table/lake/*"],
    [arns.glueIntegrationsArn(CHINA), "arn:aws-cn:glue:cn-north-1:111122223333:integration:*"],
    [
      arns.dynamoDbExportsArn(CHINA, "orders"),
      "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/orders/export/*",
    ],
    [arns.glueNestedCatalogArn(CHINA, "sales"), "arn:aws-cn:glue:cn-north-1:111122223333:catalog/sales"],
    [
      arns.s3TablesCatalogArn(CHINA, "lake"),
      "arn:aws-cn:glue:cn-north-1:111122223333:catalog/s3tablescatalog/lake",
    ],
    [
      arns.s3TablesCatalogArn(CHINA, "lake", "shared"),
      "arn:aws-cn:glue:cn-north-1:111122223333:catalog/shared/lake",
    ],
    [arns.glueConnectionArn(CHINA, "crm"), "arn:aws-cn:glue:cn-north-1:111122223333:connection/crm"],
    [arns.redshiftNamespaceArn(CHINA, "0f1e"), "arn:aws-cn:redshift:cn-north-1:111122223333:namespace:0f1e"],
    [
      arns.redshiftServerlessNamespaceArn(CHINA, "0f1e"),
      "arn:aws-cn:redshift-serverless:cn-north-1:111122223333:namespace/0f1e",
    ],
    [arns.redshiftIntegrationsArn(CHINA), "arn:aws-cn:redshift:cn-north-1:111122223333:integration:*"],
    [arns.accountRootArn(CHINA), "arn:aws-cn:iam::111122223333:root"],
    [arns.tableBucketArn(CHINA, "lake"), "arn:aws-cn:s3tables:cn-north-1:111122223333:bucket/lake"],
    [arns.iamRoleArn(CHINA, "writer"), "arn:aws-cn:iam::111122223333:role/writer"],
    [arns.s3BucketArn("aws-cn", "lake"), "arn:aws-cn:s3:::lake"],
  ])("%s", (actual, expected) => {
    expect(actual).toBe(expected);
  });
});
