import * as arns from "../../lib/arn";

const CHINA = { partition: "aws-cn", region: "cn-north-1", account: "111122223333" };

describe("ARN shapes carry the partition of the environment", () => {
  test.each([
    [arns.dynamoDbTableArn(CHINA, "orders"), "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/orders"],
    [arns.glueCatalogArn(CHINA), "arn:aws-cn:glue:cn-north-1:111122223333:catalog"],
    [arns.glueDatabaseArn(CHINA, "lake"), "arn:aws-cn:glue:cn-north-1:111122223333:database/lake"],
    [arns.glueTablesArn(CHINA, "lake"), "arn:aws-cn:glue:cn-north-1:111122223333:table/lake/*"],
    [arns.glueIntegrationsArn(CHINA), "arn:aws-cn:glue:cn-north-1:111122223333:integration:*"],
    [arns.iamRoleArn(CHINA, "writer"), "arn:aws-cn:iam::111122223333:role/writer"],
    [arns.s3BucketArn("aws-cn", "lake"), "arn:aws-cn:s3:::lake"],
  ])("%s", (actual, expected) => {
    expect(actual).toBe(expected);
  });
});
