// What the role that writes into a target must be allowed, per kind of target.
import type { AwsAddress } from "../arn";
import { glueCatalogArn, glueDatabaseArn, glueTablesArn, s3BucketArn } from "../arn";
import { GLUE_SERVICE } from "./principals";
import type { Statement } from "./statement";

/** CloudWatch namespace of every zero-ETL metric. */
export const METRIC_NAMESPACE = "AWS/Glue/ZeroETL";

/** Lets AWS Glue assume the role. AWS documents no condition here, and none is known to be safe. */
export const TARGET_ROLE_TRUST: Statement = {
  Effect: "Allow",
  Principal: { Service: [GLUE_SERVICE] },
  Action: ["sts:AssumeRole"],
};

/** A Glue database and the place in S3 that its data goes to. */
export interface GlueDatabaseAccess {
  readonly address: AwsAddress;
  readonly database: string;
  readonly bucket: string;
  /** Without slashes at its ends; empty: the whole bucket. */
  readonly prefix: string;
}

/** The user guide's permissions of the role for a Glue database on a general purpose S3 bucket. */
export function glueDatabaseRoleStatements({
  address,
  database,
  bucket,
  prefix,
}: GlueDatabaseAccess): Statement[] {
  const bucketArn = s3BucketArn(address.partition, bucket);
  const catalog = glueCatalogArn(address);
  const databaseArn = glueDatabaseArn(address, database);
  return [
    { Sid: "ListBucket", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucketArn] },
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: [prefix === "" ? `${bucketArn}/*` : `${bucketArn}/${prefix}/*`],
    },
    { Sid: "ReadDatabase", Effect: "Allow", Action: ["glue:GetDatabase"], Resource: [catalog, databaseArn] },
    {
      Sid: "WriteTables",
      Effect: "Allow",
      Action: [
        "glue:CreateTable",
        "glue:DeleteTable",
        "glue:GetResourcePolicy",
        "glue:GetTable",
        "glue:GetTables",
        "glue:GetTableVersion",
        "glue:GetTableVersions",
        "glue:UpdateTable",
      ],
      Resource: [catalog, databaseArn, glueTablesArn(address, database)],
    },
    ...observability(),
  ];
}

/** Metrics and logs of the writer; AWS documents `*` for both, and CloudWatch metrics have no ARN to name. */
function observability(): Statement[] {
  return [
    {
      Sid: "PutMetrics",
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringEquals: { "cloudwatch:namespace": [METRIC_NAMESPACE] } },
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: ["*"],
    },
  ];
}
