// What goes wrong with integrations: how it shows, why, what helps, and what in this package prevents it. The operator, the
// status command and docs/errors.md have it from here.
import { CALL_ERRORS } from "./call-errors";
import type { KnownError } from "./known-error";
import { GUIDE } from "./known-error";
import { SILENT_ERRORS } from "./silent-errors";
import { TERRAFORM_ERRORS } from "./terraform-errors";

export type { KnownError } from "./known-error";

/** Every error that is known; the first whose pattern matches is the one. */
export const KNOWN_ERRORS: readonly KnownError[] = [
  {
    id: "unrecoverable-access-denied",
    symptom: "`UNRECOVERABLE_ACCESS_DENIED`",
    pattern: /UNRECOVERABLE_ACCESS_DENIED/,
    cause:
      "the source connection or the target has no resource property, or one with a role that AWS Glue cannot assume",
    remedy:
      "give the source connection and the target a resource property with a role that AWS Glue can assume",
    rules: ["role-arn", "resource-property-owners"],
    reviews: ["role-lost", "shared-property-changed"],
    checks: ["integration-status"],
    made: "a resource property with a role for every connection and target, before the integration",
    source: "reports of users",
  },
  {
    id: "target-namespace-access-denied",
    symptom: "`TARGET_NAMESPACE_ACCESS_DENIED`",
    pattern: /TARGET_NAMESPACE_ACCESS_DENIED/,
    cause: "the target role lacks `s3tables:GetNamespace`, or has it on the table bucket alone",
    remedy: "allow s3tables:GetNamespace to the target role, on the table bucket and on what is in it",
    reviews: ["required-statement-lost"],
    checks: ["integration-status"],
    made: "a target role with every action on both ARNs",
    source: "reports of users",
  },
  {
    id: "lake-formation-permissions",
    symptom:
      "`Insufficient lake formation permissions on Target Glue database.`, `Authorization failed because the target role does not have access to the target database due to Lake Formation permissions`",
    pattern: /lake ?formation permission|(insufficient|missing|required|due to)\b.{0,40}\blake ?formation/i,
    cause: "Lake Formation governs the target database, and the target role has no grants there",
    remedy: "grant the role Lake Formation permissions on the database, its tables and the data location",
    rules: ["salesforce-lake-formation"],
    reviews: ["lake-formation-without-grants"],
    checks: ["integration-status"],
    made: "the grants, with `lakeFormation: true`",
    source: GUIDE("Additional Salesforce Configuration"),
  },
  {
    id: "create-inbound-integration",
    symptom:
      "`User ... is not authorized to perform: glue:CreateInboundIntegration`, or `redshift:CreateInboundIntegration`",
    pattern: /CreateInboundIntegration/,
    cause:
      "the creator's own policy does not allow it or, across accounts, the catalog policy of the target does not",
    remedy:
      "allow CreateInboundIntegration to whoever creates the integration; a target of another account allows it in its own policy, too",
    rules: ["deployer-arn", "catalog-policy-owners"],
    reviews: ["required-statement-lost"],
    made: "both statements in the catalog policy; docs/permissions.md has the creator's",
    source: GUIDE("Provide Catalog RBAC Policy"),
  },
  {
    id: "authorize-inbound-integration",
    symptom: "`NEEDS_ATTENTION`, with words of `glue:AuthorizeInboundIntegration`",
    pattern: /AuthorizeInboundIntegration/,
    cause:
      "the policy of the catalog or of the namespace does not let the service write what comes from this source",
    remedy:
      "let the service principal AuthorizeInboundIntegration from the ARN of the source, in the policy of the target",
    rules: ["catalog-policy-owners", "namespace-policy-owners"],
    reviews: ["required-statement-lost", "foreign-statements-lost", "serverless-policy"],
    checks: ["integration-status"],
    made: "the statement, merged into what others have there",
    source: GUIDE("Provide Catalog RBAC Policy"),
  },
  {
    id: "point-in-time-recovery",
    symptom: "`NEEDS_ATTENTION` right after the creation, with words of point-in-time recovery",
    pattern: /point[- ]in[- ]time|PointInTimeRecovery|continuous ?backups|\bPITR\b/i,
    cause: "point-in-time recovery of the DynamoDB table is off, and AWS exports the table with it",
    remedy: "turn point-in-time recovery of the source table on",
    rules: ["point-in-time-recovery-off"],
    reviews: ["source-recovery-off"],
    checks: ["dynamodb-table-lookup"],
    source: GUIDE("Troubleshooting"),
  },
  {
    id: "table-policy",
    symptom:
      "`NEEDS_ATTENTION`, with words of `dynamodb:ExportTableToPointInTime`, `DescribeTable` or `DescribeExport`",
    pattern: /ExportTableToPointInTime|DescribeExport|dynamodb:DescribeTable/,
    cause: "the policy of the DynamoDB table lacks an action, or has the ARN of another integration",
    remedy:
      "allow the service the three actions in the policy of the table, for integrations of this account",
    rules: ["no-exporting-integration", "table-policy-owners", "table-policy-size"],
    reviews: ["required-statement-lost", "foreign-statements-lost"],
    checks: ["integration-status"],
    made: "the statement, merged into what others have there",
    source: GUIDE("Troubleshooting"),
  },
  {
    id: "aws-managed-table-key",
    symptom: "`NEEDS_ATTENTION` of a DynamoDB source that is encrypted with `aws/dynamodb`",
    pattern: /alias\/aws\/dynamodb|\b(dynamodb|source table)\b.{0,80}\bAWS[- ]managed (KMS )?key/i,
    cause: "AWS Glue zero-ETL does not read tables with the AWS managed key",
    remedy: "encrypt the source table with a key owned by AWS or with a customer managed key",
    rules: ["aws-managed-key"],
    reviews: ["source-aws-managed-key"],
    checks: ["dynamodb-table-lookup"],
    source: GUIDE("Limitations"),
  },
  {
    id: "kms-key-not-accessible",
    symptom: "`KMSKeyNotAccessibleFault`",
    pattern: /KMSKeyNotAccessible/,
    cause: "the key is disabled, does not exist, or its policy does not let AWS Glue use it",
    remedy: "let AWS Glue use the key in the key's policy",
    rules: ["kms-key-arn", "encryption-context-without-key", "key-policy-lockout"],
    reviews: ["key-lost"],
    checks: ["dynamodb-table-lookup"],
    source: "AWS Glue API reference, CreateIntegration",
  },
  {
    id: "database-name",
    symptom: "`contains invalid characters`",
    pattern: /database\b.{0,300}\binvalid characters|invalid characters\b.{0,40}\bdatabase/i,
    cause: "the name of the Glue database has a hyphen or another character that zero-ETL does not take",
    remedy: "name the database with lower-case letters, digits and underscores only",
    rules: ["database-name"],
    reviews: ["target-refused"],
    source: "reports of users",
  },
  {
    id: "target-arn",
    symptom: "`Provided target id is not valid`",
    pattern: /target id is not valid/i,
    cause:
      "the ARN of a table bucket or of a namespace is given, where the ARN of the bucket's Glue catalog is wanted",
    remedy: "name the Glue catalog of the table bucket as the target: catalog/s3tablescatalog/<bucket>",
    rules: ["table-bucket-name"],
    reviews: ["target-refused"],
    checks: ["s3-tables-lookup"],
    made: "the ARN of the catalog from the name of the bucket",
    source: "reports of users",
  },
  {
    id: "target-missing",
    symptom: "`Target Glue database not found.`, `TargetResourceNotFound`",
    pattern: /target (glue )?database not found|TargetResourceNotFound/i,
    cause: "the target database was deleted, or the target role may not see it",
    remedy: "make the database again with its location, or allow glue:GetDatabase to the target role",
    reviews: ["target-lost"],
    checks: ["glue-database-lookup"],
    source: GUIDE("Log messages"),
  },
  {
    id: "source-missing",
    symptom: "`TableNotFoundException`, or `NEEDS_ATTENTION` with words of a source that is not there",
    pattern:
      /TableNotFoundException|source (table|connection)\b.{0,300}\b(not found|(does not|no longer) exist)/i,
    cause: "the source table or connection was deleted or replaced, or is in another account or region",
    remedy:
      "name the source that exists; one that was made again needs its policy and its recovery again, too",
    reviews: ["source-table-lost"],
    checks: ["dynamodb-table-lookup", "glue-connection-lookup"],
    source: GUIDE("Integration states"),
  },
  {
    id: "database-location",
    symptom: "`NEEDS_ATTENTION` of a database without `LocationUri`",
    pattern:
      /location ?uri\b.{0,60}\b(missing|empty|null|required|not (set|specified|provided)|must)|(database\b.{0,300}\bhas no|without a|missing|empty|null) location/i,
    cause: "a Glue database needs a location before an integration can write into it",
    remedy: "set the location of the database to an S3 URI in its region",
    rules: ["s3-location"],
    reviews: ["target-without-location"],
    checks: ["glue-database-lookup"],
    source: GUIDE("Configuring a general purpose S3 bucket target"),
  },
  {
    id: "case-sensitive-identifiers",
    symptom: "an error about `enable_case_sensitive_identifier`",
    pattern: /enable_case_sensitive_identifier|case[- ]sensitiv\w+ (of )?identifier/i,
    cause: "the warehouse does not tell identifiers by case",
    remedy: "set enable_case_sensitive_identifier to true; a cluster needs a reboot then",
    reviews: ["case-sensitivity-off"],
    checks: ["redshift-cluster-lookup", "redshift-workgroup-lookup"],
    source: "Amazon Redshift management guide, zero-ETL integrations",
  },
  {
    id: "schema-limits",
    symptom: "`FAILED`, with words of columns, of the size of the schema, or of `:` in a name",
    pattern:
      /1,?000 columns|column limit|too many columns|schema (size )?(exceeds|larger)|unsupported column name/i,
    cause: "a table has more than 1000 columns, a schema over 10 MB, or an attribute with `:` in its name",
    remedy: "unnest top-level or none and rename such attributes, then replace the integration",
    checks: ["integration-status"],
    source: GUIDE("Limitations"),
  },
  {
    id: "partition-column",
    symptom: "`NEEDS_ATTENTION`, with words of partitions",
    pattern: /partition(ing)? ?(column|field|spec|function)|\b(Function|Conversion)Spec\b/i,
    cause: "a partition column is missing in the data, or its timestamps do not parse in the declared format",
    remedy: "correct field, function and format of partitionBy",
    rules: [
      "partition-format-missing",
      "partition-format-unexpected",
      "partition-columns",
      "partition-field",
    ],
    reviews: ["table-layout-changed"],
    checks: ["dynamodb-table-lookup"],
    source: GUIDE("Error handling"),
  },
  {
    id: "table-owner",
    symptom: "two integrations want one target table",
    pattern: /already owned|owned by (another|a different) integration|duplicate TargetTableName/i,
    cause: "one integration owns a source table's place in a target, and another wants it",
    remedy: "give one of them another targetTable, or remove one",
    rules: ["duplicate-table", "duplicate-target-table"],
    reviews: ["integrations-collide", "conflicting-properties"],
    source: "AWS Glue API reference, IntegrationTableProperties",
  },
  {
    id: "data-filter",
    symptom: "`ValidationException` for `DataFilter`",
    pattern: /data ?filter/i,
    cause: "a DynamoDB source takes no data filter, or the filter is not one of the source",
    remedy: "remove dataFilter, or write it in the words of the source",
    rules: ["data-filter-dynamodb", "data-filter-conflict", "data-filter-length"],
    reviews: ["setting-refused"],
    source: "reports of users",
  },
  ...TERRAFORM_ERRORS,
  ...CALL_ERRORS,
  ...SILENT_ERRORS,
];

/** The known error that a code and a message of AWS tell. */
export function knownError(code: string, message: string): KnownError | undefined {
  return KNOWN_ERRORS.find(
    ({ pattern }) => pattern !== undefined && (pattern.test(code) || pattern.test(message)),
  );
}
