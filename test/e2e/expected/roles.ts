// What the roles of sources and targets may do.
import type { ConnectionSourceSpec, GlueDatabaseTargetSpec, TargetSpec } from "../../../lib/spec";
import { type Grant, lineOf } from "../grants";
import { arnAt, targetArn } from "./arns";
import { sortedLines } from "./inbound-policies";
import type { Place } from "./pairs";

export const TRUST_GRANTS = [lineOf({ principal: "Service:glue.amazonaws.com", action: "sts:AssumeRole" })];

/** User guide, "Setting up the source role for integration". */
export function sourceRoleGrants({ connection }: ConnectionSourceSpec, place: Place): string[] {
  const read = [arnAt(place, "glue", "catalog"), arnAt(place, "glue", `connection/${connection}`)];
  return sortedLines([
    ...grants(["glue:GetConnection", "glue:GetConnections"], read),
    ...grants(["glue:ListEntities", "glue:RefreshOAuth2Tokens"], ["*"]),
    ...LOGS,
  ]);
}

/** User guide, "Creating a target IAM role" for each kind of target, and what its options ask for. */
export function targetRoleGrants(target: TargetSpec, place: Place): string[] {
  return sortedLines([...kindGrants(target, place), ...optionGrants(target, place), ...METRICS, ...LOGS]);
}

function kindGrants(target: TargetSpec, place: Place): Grant[] {
  switch (target.type) {
    case "glue-database":
      return databaseGrants(target, place);
    case "s3-tables": {
      const bucket = arnAt(place, "s3tables", `bucket/${target.tableBucket}`);
      return grants(S3_TABLES, [bucket, `${bucket}/*`]);
    }
    case "redshift-managed-storage": {
      // Said in words only: the tables of the catalog, with the actions that the guide prints for a database.
      const { catalog } = target;
      const arn = targetArn(target, place);
      const within = [`database/${catalog}/*`, `table/${catalog}/*`].map((one) => arnAt(place, "glue", one));
      return grants(TABLES, [arnAt(place, "glue", "catalog"), arn, `${arn}/*`, ...within]);
    }
    case "redshift":
      return [];
  }
}

function databaseGrants(
  { database, location, lakeFormation }: GlueDatabaseTargetSpec,
  place: Place,
): Grant[] {
  const { bucket, prefix } = placeInS3(location);
  const databases = [arnAt(place, "glue", "catalog"), arnAt(place, "glue", `database/${database}`)];
  return [
    ...grants(["s3:ListBucket"], [`arn:aws:s3:::${bucket}`]),
    ...grants(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], [`arn:aws:s3:::${bucket}/${prefix}*`]),
    ...grants(["glue:GetDatabase"], databases),
    ...grants(TABLES, [...databases, arnAt(place, "glue", `table/${database}/*`)]),
    ...(lakeFormation === true ? grants(["lakeformation:GetDataAccess"], ["*"]) : []),
  ];
}

function optionGrants({ kmsKeyArn, connection }: TargetSpec, place: Place): Grant[] {
  const network = [arnAt(place, "glue", "catalog"), arnAt(place, "glue", `connection/${connection ?? ""}`)];
  return [
    ...(kmsKeyArn === undefined ? [] : grants(["kms:Decrypt", "kms:GenerateDataKey"], [kmsKeyArn])),
    ...(connection === undefined
      ? []
      : [...grants(["glue:GetConnection"], network), ...grants(NETWORK_INTERFACES, ["*"])]),
  ];
}

/** Bucket and, with a slash at its end, the part before the keys of an S3 URI. */
export function placeInS3(location: string): { bucket: string; prefix: string } {
  const [, bucket = "", path = ""] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(location) ?? [];
  return { bucket, prefix: path === "" ? "" : `${path}/` };
}

function grants(actions: readonly string[], resources: readonly string[]): Grant[] {
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
}

const METRICS: readonly Grant[] = [
  {
    action: "cloudwatch:PutMetricData",
    resource: "*",
    conditions: ["StringEquals cloudwatch:namespace=AWS/Glue/ZeroETL"],
  },
];

const LOGS = grants(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], ["*"]);

const TABLES = [
  "glue:CreateTable",
  "glue:DeleteTable",
  "glue:GetResourcePolicy",
  "glue:GetTable",
  "glue:GetTables",
  "glue:GetTableVersion",
  "glue:GetTableVersions",
  "glue:UpdateTable",
];

const S3_TABLES = [
  "s3tables:ListTableBuckets",
  "s3tables:GetTableBucket",
  "s3tables:GetTableBucketEncryption",
  "s3tables:GetNamespace",
  "s3tables:CreateNamespace",
  "s3tables:ListNamespaces",
  "s3tables:CreateTable",
  "s3tables:DeleteTable",
  "s3tables:GetTable",
  "s3tables:GetTableEncryption",
  "s3tables:ListTables",
  "s3tables:GetTableMetadataLocation",
  "s3tables:UpdateTableMetadataLocation",
  "s3tables:GetTableData",
  "s3tables:PutTableData",
];

/** An older edition of the user guide, "Setting up the target role for the VPC". */
const NETWORK_INTERFACES = [
  "ec2:CreateNetworkInterface",
  "ec2:CreateTags",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteTags",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcEndpoints",
];
