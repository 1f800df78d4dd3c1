// Catalogs below the default one as targets: the catalog of a table bucket, and Redshift Managed Storage.
import type { PolicyRequest } from "../../support/policy-evaluator";
import { arnOf } from "../account";
import { type Arn, catalogArn, nameIn } from "../arns";
import type { Caller } from "../operation";
import { AwsError } from "../wire";
import { authorizationProblems, refuseForeignCaller } from "./inbound";
import { PUT_METRICS, on, writeLogs } from "./roles";
import { type Rule, type Side, problem } from "./rule";
import { targetPropertyProblems } from "./target-property";

/** The fifteen actions that the user guide gives the role of a table bucket. */
const S3_TABLES_ACTIONS = [
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

/** The catalog of one table bucket, below the catalog of all of them. */
export const S3_TABLES_TARGET: Rule = {
  async refuse(side: Side, caller: Caller) {
    const { arn, account } = side;
    const { parent, bucket } = bucketCatalog(arn);
    const catalog = await account.catalog(parent);
    if (catalog === undefined) return catalogNotFound(parent);
    if (catalog.kind !== "s3-tables") return targetNotValid(arn);
    if (!(await account.tableBucket(bucket))) {
      return new AwsError("EntityNotFoundException", `Table bucket ${bucket.text} not found.`);
    }
    return refuseForeignCaller(side, caller, [arn.text]);
  },

  async problems(side: Side) {
    const { arn, account } = side;
    const { parent, bucket } = bucketCatalog(arn);
    if ((await account.catalog(parent)) === undefined || !(await account.tableBucket(bucket))) {
      return [problem("TARGET_NOT_FOUND", `Target catalog ${arn.text} does not exist.`)];
    }
    const requests: PolicyRequest[] = [
      ...on([bucket.text, `${bucket.text}/table/0a1b2c3d`], ...S3_TABLES_ACTIONS),
      PUT_METRICS,
      ...writeLogs(arn),
    ];
    return [
      ...(await authorizationProblems(side, [arn.text])),
      ...(await targetPropertyProblems(side, requests)),
    ];
  },
};

/** A catalog of Redshift Managed Storage. AWS publishes no list of actions for its role beyond metrics and logs. */
export const MANAGED_STORAGE_TARGET: Rule = {
  async refuse(side: Side, caller: Caller) {
    const { arn, account } = side;
    const catalog = await account.catalog(arn);
    if (catalog === undefined) return catalogNotFound(arn);
    if (catalog.kind !== "redshift") return targetNotValid(arn);
    return refuseForeignCaller(side, caller, [arn.text]);
  },

  async problems(side: Side) {
    const { arn, account } = side;
    if ((await account.catalog(arn)) === undefined) {
      return [problem("TARGET_NOT_FOUND", `Target catalog ${arn.text} does not exist.`)];
    }
    return [
      ...(await authorizationProblems(side, [arn.text])),
      ...(await targetPropertyProblems(side, [PUT_METRICS, ...writeLogs(arn)])),
    ];
  },
};

export function targetNotValid(arn: Arn | undefined): AwsError {
  return new AwsError("ValidationException", `Provided target id is not valid: ${arn?.text ?? "not an ARN"}`);
}

function catalogNotFound(arn: Arn): AwsError {
  const name = nameIn(arn, "glue", "catalog/") ?? "";
  return new AwsError("EntityNotFoundException", `Catalog ${name} not found.`);
}

/** `catalog/s3tablescatalog/sales` is the table bucket `sales`, seen through the catalog `s3tablescatalog`. */
function bucketCatalog(arn: Arn): { parent: Arn; bucket: Arn } {
  const [catalog = "", bucket = ""] = (nameIn(arn, "glue", "catalog/") ?? "").split("/");
  return {
    parent: arnOf(`${catalogArn(arn)}/${catalog}`),
    bucket: arnOf(`arn:${arn.partition}:s3tables:${arn.region}:${arn.account}:bucket/${bucket}`),
  };
}
