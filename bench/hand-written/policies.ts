// The documents, as the guides of AWS print them.
import { Fn } from "cdktf";
import type { Place } from "./place";

const WRITE_LOGS = {
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: ["*"],
};
const PUT_METRICS = {
  Sid: "PutMetrics",
  Effect: "Allow",
  Action: ["cloudwatch:PutMetricData"],
  Resource: ["*"],
  Condition: { StringEquals: { "cloudwatch:namespace": ["AWS/Glue/ZeroETL"] } },
};
const TABLE_ACTIONS = [
  "glue:CreateTable",
  "glue:DeleteTable",
  "glue:GetResourcePolicy",
  "glue:GetTable",
  "glue:GetTables",
  "glue:GetTableVersion",
  "glue:GetTableVersions",
  "glue:UpdateTable",
];

export function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const trust = (service: string): string =>
  policy([{ Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"] }]);

export const GLUE_TRUST = trust("glue.amazonaws.com");
export const LAMBDA_TRUST = trust("lambda.amazonaws.com");

export function catalogStatement(
  Sid: string,
  Resource: readonly string[],
  sources: readonly string[],
): object {
  return {
    Sid,
    Effect: "Allow",
    Principal: { Service: ["glue.amazonaws.com"] },
    Action: ["glue:AuthorizeInboundIntegration"],
    Resource,
    Condition: { StringEquals: { "aws:SourceArn": sources } },
  };
}

/** The ARN is known to Terraform only. */
export function namespacePolicy(namespaceArn: string, sources: readonly string[]): string {
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ZeroEtlAuthorize",
        Effect: "Allow",
        Principal: { Service: ["redshift.amazonaws.com"] },
        Action: ["redshift:AuthorizeInboundIntegration"],
        Resource: [namespaceArn],
        Condition: { StringEquals: { "aws:SourceArn": sources } },
      },
    ],
  });
}

export function exportToGlue(place: Place): object[] {
  return [
    {
      Sid: "ZeroEtlExport",
      Effect: "Allow",
      Principal: { Service: ["glue.amazonaws.com"] },
      Action: ["dynamodb:DescribeExport", "dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
      Resource: ["*"],
      Condition: {
        StringEquals: { "aws:SourceAccount": [place.account] },
        ArnLike: { "aws:SourceArn": [place.arn("glue", "integration:*")] },
      },
    },
  ];
}

export function exportToRedshift(place: Place, tableArn: string): object[] {
  const statement = (Sid: string, Action: readonly string[], resource: string): object => ({
    Sid,
    Effect: "Allow",
    Principal: { Service: ["redshift.amazonaws.com"] },
    Action,
    Resource: [resource],
    Condition: {
      StringEquals: { "aws:SourceAccount": [place.account] },
      ArnEquals: { "aws:SourceArn": [place.arn("redshift", "integration:*")] },
    },
  });
  return [
    statement("ZeroEtlRedshiftDescribeExport", ["dynamodb:DescribeExport"], `${tableArn}/export/*`),
    statement(
      "ZeroEtlRedshiftExport",
      ["dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
      tableArn,
    ),
  ];
}

export function readConnection(place: Place, connectionArn: string): object[] {
  return [
    {
      Sid: "ReadConnection",
      Effect: "Allow",
      Action: ["glue:GetConnection", "glue:GetConnections"],
      Resource: [place.catalog, connectionArn],
    },
    {
      Sid: "ReadEntities",
      Effect: "Allow",
      Action: ["glue:ListEntities", "glue:RefreshOAuth2Tokens"],
      Resource: ["*"],
    },
    WRITE_LOGS,
  ];
}

export interface Lake {
  readonly database: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly lakeFormation: boolean;
}

export function writeDatabase(place: Place, { database, bucket, prefix, lakeFormation }: Lake): object[] {
  const arn = place.arn("glue", `database/${database}`);
  return [
    { Sid: "ListBucket", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [`arn:aws:s3:::${bucket}`] },
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: [`arn:aws:s3:::${bucket}/${prefix}/*`],
    },
    { Sid: "ReadDatabase", Effect: "Allow", Action: ["glue:GetDatabase"], Resource: [place.catalog, arn] },
    {
      Sid: "WriteTables",
      Effect: "Allow",
      Action: TABLE_ACTIONS,
      Resource: [place.catalog, arn, place.arn("glue", `table/${database}/*`)],
    },
    PUT_METRICS,
    WRITE_LOGS,
    ...(lakeFormation
      ? [
          {
            Sid: "GetLakeFormationData",
            Effect: "Allow",
            Action: ["lakeformation:GetDataAccess"],
            Resource: ["*"],
          },
        ]
      : []),
  ];
}

export function writeTableBucket(place: Place, tableBucket: string): object[] {
  const arn = place.arn("s3tables", `bucket/${tableBucket}`);
  return [
    {
      Sid: "WriteTableBucket",
      Effect: "Allow",
      Action: [
        "s3tables:CreateNamespace",
        "s3tables:CreateTable",
        "s3tables:DeleteTable",
        "s3tables:GetNamespace",
        "s3tables:GetTable",
        "s3tables:GetTableBucket",
        "s3tables:GetTableBucketEncryption",
        "s3tables:GetTableData",
        "s3tables:GetTableEncryption",
        "s3tables:GetTableMetadataLocation",
        "s3tables:ListNamespaces",
        "s3tables:ListTableBuckets",
        "s3tables:ListTables",
        "s3tables:PutTableData",
        "s3tables:UpdateTableMetadataLocation",
      ],
      Resource: [arn, `${arn}/*`],
    },
    PUT_METRICS,
    WRITE_LOGS,
  ];
}

export function writeManagedCatalog(place: Place, catalog: string): object[] {
  const arn = place.arn("glue", `catalog/${catalog}`);
  return [
    {
      Sid: "WriteTables",
      Effect: "Allow",
      Action: TABLE_ACTIONS,
      Resource: [
        place.catalog,
        arn,
        `${arn}/*`,
        place.arn("glue", `database/${catalog}/*`),
        place.arn("glue", `table/${catalog}/*`),
      ],
    },
    PUT_METRICS,
    WRITE_LOGS,
  ];
}
