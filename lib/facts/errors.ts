// What goes wrong with integrations: how it shows, why, what helps, and what in this package prevents it. The operator, the
// status command and docs/errors.md have it from here.
import type { IssueCode } from "../issue-codes";

/** One way in which an integration, or a call that makes or changes one, goes wrong. */
export interface KnownError {
  /** Stable, in kebab-case: the anchor in docs/errors.md. */
  readonly id: string;
  /** What is seen: a state, or words of AWS. */
  readonly symptom: string;
  /** Codes and words of AWS that tell it; absent where AWS says nothing that would. */
  readonly pattern?: RegExp;
  readonly cause: string;
  /** What helps, as an order in lower case and without a full stop. */
  readonly remedy: string;
  /** Whether the remedy is to do the same again. */
  readonly passes?: true;
  /** Rules that refuse it, or warn of it, at synth. */
  readonly rules: readonly IssueCode[];
  /** Checks at plan and after apply, by the name of their file in modules/checks. */
  readonly checks: readonly string[];
  /** What the modules make so that it does not happen. */
  readonly made?: string;
  /** Where it is documented or seen. */
  readonly source: string;
}

const GUIDE = (section: string): string => `AWS Glue user guide, "${section}"`;

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
    rules: [],
    checks: ["integration-status"],
    made: "a target role with every action on both ARNs",
    source: "reports of users",
  },
  {
    id: "lake-formation-permissions",
    symptom:
      "`Insufficient lake formation permissions on Target Glue database.`, `Authorization failed because the target role does not have access to the target database due to Lake Formation permissions`",
    pattern: /lake ?formation/i,
    cause: "Lake Formation governs the target database, and the target role has no grants there",
    remedy: "grant the role Lake Formation permissions on the database, its tables and the data location",
    rules: ["salesforce-lake-formation"],
    checks: ["integration-status"],
    made: "the grants, with `lakeFormation: true`",
    source: GUIDE("Additional Salesforce Configuration"),
  },
  {
    id: "create-inbound-integration",
    symptom: "`User ... is not authorized to perform: glue:CreateInboundIntegration`",
    pattern: /CreateInboundIntegration/,
    cause:
      "the creator's own policy does not allow it or, across accounts, the catalog policy of the target does not",
    remedy: "allow glue:CreateInboundIntegration to whoever creates the integration",
    rules: ["deployer-arn", "catalog-policy-owners"],
    checks: [],
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
    checks: ["integration-status"],
    made: "the statement, merged into what others have there",
    source: GUIDE("Provide Catalog RBAC Policy"),
  },
  {
    id: "point-in-time-recovery",
    symptom: "`NEEDS_ATTENTION` right after the creation, with words of point-in-time recovery",
    pattern: /point[- ]in[- ]time|continuous ?backups|\bPITR\b/i,
    cause: "point-in-time recovery of the DynamoDB table is off, and AWS exports the table with it",
    remedy: "turn point-in-time recovery of the source table on",
    rules: ["point-in-time-recovery-off"],
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
    checks: ["integration-status"],
    made: "the statement, merged into what others have there",
    source: GUIDE("Troubleshooting"),
  },
  {
    id: "aws-managed-table-key",
    symptom: "`NEEDS_ATTENTION` of a DynamoDB source that is encrypted with `aws/dynamodb`",
    pattern: /aws\/dynamodb|AWS managed key/i,
    cause: "AWS Glue zero-ETL does not read tables with the AWS managed key",
    remedy: "encrypt the source table with a key owned by AWS or with a customer managed key",
    rules: ["aws-managed-key"],
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
    checks: ["dynamodb-table-lookup"],
    source: "AWS Glue API reference, CreateIntegration",
  },
  {
    id: "database-name",
    symptom: "`contains invalid characters`",
    pattern: /invalid characters/i,
    cause: "the name of the Glue database has a hyphen or another character that zero-ETL does not take",
    remedy: "name the database with lower-case letters, digits and underscores only",
    rules: ["database-name"],
    checks: [],
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
    checks: ["s3-tables-lookup"],
    made: "the ARN of the catalog from the name of the bucket",
    source: "reports of users",
  },
  {
    id: "target-missing",
    symptom: "`Target Glue database not found.`",
    pattern: /target (glue )?database not found/i,
    cause: "the target database was deleted, or the target role may not see it",
    remedy: "make the database again with its location, or allow glue:GetDatabase to the target role",
    rules: [],
    checks: ["glue-database-lookup"],
    source: GUIDE("Log messages"),
  },
  {
    id: "database-location",
    symptom: "`NEEDS_ATTENTION` of a database without `LocationUri`",
    pattern: /location ?uri|no location/i,
    cause: "a Glue database needs a location before an integration can write into it",
    remedy: "set the location of the database to an S3 URI in its region",
    rules: ["s3-location"],
    checks: ["glue-database-lookup"],
    source: GUIDE("Configuring a general purpose S3 bucket target"),
  },
  {
    id: "case-sensitive-identifiers",
    symptom: "an error about `enable_case_sensitive_identifier`",
    pattern: /case[_ -]sensitiv/i,
    cause: "the warehouse does not tell identifiers by case",
    remedy: "set enable_case_sensitive_identifier to true; a cluster needs a reboot then",
    rules: [],
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
    rules: [],
    checks: ["integration-status"],
    source: GUIDE("Limitations"),
  },
  {
    id: "partition-column",
    symptom: "`NEEDS_ATTENTION`, with words of partitions",
    pattern: /partition ?(column|field|key|spec|function)/i,
    cause: "a partition column is missing in the data, or its timestamps do not parse in the declared format",
    remedy: "correct field, function and format of partitionBy",
    rules: [
      "partition-format-missing",
      "partition-format-unexpected",
      "partition-columns",
      "partition-field",
    ],
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
    checks: [],
    source: "AWS Glue API reference, IntegrationTableProperties",
  },
  {
    id: "data-filter",
    symptom: "`ValidationException` for `DataFilter`",
    pattern: /data ?filter/i,
    cause: "a DynamoDB source takes no data filter, or the filter is not one of the source",
    remedy: "remove dataFilter, or write it in the words of the source",
    rules: ["data-filter-dynamodb", "data-filter-conflict", "data-filter-length"],
    checks: [],
    source: "reports of users",
  },
  {
    id: "quota",
    symptom: "`IntegrationQuotaExceededFault`, `ResourceNumberLimitExceededException`",
    pattern: /IntegrationQuotaExceeded|ResourceNumberLimitExceeded/,
    cause: "25 integrations of an account, 15 of a source or 50 of a target are reached",
    remedy:
      "delete integrations that nobody needs, one-off snapshots too, or have AWS Support raise the quota",
    rules: ["account-quota", "source-quota", "target-quota"],
    checks: [],
    source: GUIDE("Service quotas"),
  },
  {
    id: "catalog-policy-exists",
    symptom: "`Policy already exists`, `ConditionCheckFailureException`",
    pattern: /Policy already exists/,
    cause: "the account has a Glue catalog policy, and `catalogPolicy: own` would write over it",
    remedy: "declare catalogPolicy merge, or import the policy into the stack that shall own it",
    rules: ["catalog-policy-owners", "document-has-two-owners"],
    checks: [],
    made: "merged statements, unless `catalogPolicy` says otherwise",
    source: "seen with the AWS provider",
  },
  {
    id: "parallel-changes",
    symptom: "`Re-try exhausted`, `another operation is in progress`",
    pattern: /re-?try exhausted|another operation is in progress/i,
    cause: "more than about four integrations of one target were made or deleted at once",
    remedy: "apply again: what was made stays, and the rest is made",
    rules: ["target-quota"],
    checks: [],
    made: "a queue for the integrations of one target",
    source: "reports of users",
  },
  {
    id: "throttling",
    symptom:
      "`ThrottlingException`, `TooManyRequestsException`, `RequestLimitExceeded`, `LimitExceededException`",
    pattern: /Throttl|TooManyRequests|LimitExceeded|RequestLimit/,
    cause: "more calls at once than AWS takes",
    remedy: "run it again when there is less going on",
    passes: true,
    rules: [],
    checks: [],
    made: "retries with growing pauses",
    source: "AWS Glue API reference, common errors",
  },
  {
    id: "role-not-assumable",
    symptom: "`role cannot be assumed`, right after the role was made",
    pattern: /cannot be assumed|unable to assume|not authorized to perform:? sts:AssumeRole/i,
    cause:
      "IAM has not told every service of a new role, or its trust policy does not name glue.amazonaws.com",
    remedy: "let glue.amazonaws.com assume the role; a role that was just made is known after a minute",
    rules: ["role-arn"],
    checks: ["integration-status"],
    made: "a wait after every new role, and the trust policy",
    source: "IAM user guide, eventual consistency",
  },
  {
    id: "policy-principal",
    symptom: "`Invalid principal in policy`, `MalformedPolicyDocument`",
    pattern: /principal/i,
    cause: "a policy names a user or role that does not exist, or not yet",
    remedy: "check the principals that the policy names: a user or role may not exist, or no longer",
    rules: ["principal-of-another-stack", "deployer-arn"],
    checks: [],
    source: "AWS Glue developer guide, resource-based policies",
  },
  {
    id: "connection-lost",
    symptom: "`ECONNREFUSED`, `ENOTFOUND`, `ETIMEDOUT`, `TimeoutError`",
    pattern: /^(?:ECONN|ENOTFOUND|ETIMEDOUT|TimeoutError)/,
    cause: "AWS could not be reached",
    remedy: "run it again once AWS can be reached",
    passes: true,
    rules: [],
    checks: [],
    source: "Node.js",
  },
  {
    id: "role-permissions",
    symptom: "`NEEDS_ATTENTION`, with `is not authorized to perform` and the ARN of a role",
    cause: "the source role or the target role lacks an action, or something denies it explicitly",
    remedy: "allow the action to the role that the message names; explicit denials count, too",
    rules: ["role-policy-size"],
    checks: ["integration-status"],
    made: "a role with what its source or target needs, unless `roleArn` names another",
    source: GUIDE("Troubleshooting"),
  },
  {
    id: "connection-credentials",
    symptom: "`NEEDS_ATTENTION` of a SaaS source",
    pattern: /invalid_grant|refresh token|connection credentials/i,
    cause:
      "the credentials of the Glue connection are not valid any more, or the source role may not use the connection",
    remedy: "renew the credentials of the connection, and test it in AWS Glue",
    rules: ["connection-name"],
    checks: ["glue-connection-lookup"],
    source: GUIDE("Troubleshooting"),
  },
  {
    id: "failed-after-seven-days",
    symptom: "`FAILED`, after `NEEDS_ATTENTION`",
    cause: "AWS tried again for seven days, and then gave up for good",
    remedy: "mend the cause, then replace the integration: it does not recover",
    rules: [],
    checks: ["integration-status"],
    made: "alarms and events of `monitoring`",
    source: GUIDE("Integration states"),
  },
  {
    id: "vpc-endpoints",
    symptom: "a target with a `connection` is never written",
    cause:
      "the VPC has no S3 gateway endpoint, no interface endpoints for lambda, glue and sts, or the subnet no route",
    remedy: "add the endpoints, and use a Glue connection of type NETWORK",
    rules: ["connection-name"],
    checks: [],
    source: GUIDE("Zero-ETL prerequisites"),
  },
  {
    id: "unsupported-entity",
    symptom: "an entity of a SaaS source never arrives",
    cause: "the entity is one that AWS does not replicate",
    remedy: "take it out of entities; another entity may hold the data",
    rules: ["unsupported-entity", "unknown-entity", "entity-operations"],
    checks: [],
    source: "AWS Glue user guide, the page of each source",
  },
  {
    id: "sap-delta-token",
    symptom: "an SAP entity misses changes",
    cause: "two integrations share the delta token of one client and entity",
    remedy: "replicate each entity by one integration of a connection's client",
    rules: ["sap-delta-token", "missing-primary-key"],
    checks: [],
    source: GUIDE("Limitations"),
  },
  {
    id: "layout-not-applied",
    symptom: "a change of `unnest` or `partitionBy` shows no effect, or loads a table again",
    cause: "AWS lays a table out when it first loads it",
    remedy: "raise layoutVersion with the change: AWS then loads the table again",
    rules: ["layout-version", "identity-on-key", "identity-on-timestamp"],
    checks: [],
    made: "a refusal of the operator, until `layoutVersion` consents",
    source: GUIDE("Partitioning limitations"),
  },
];

/** The known error that a code and a message of AWS tell. */
export function knownError(code: string, message: string): KnownError | undefined {
  return KNOWN_ERRORS.find(
    ({ pattern }) => pattern !== undefined && (pattern.test(code) || pattern.test(message)),
  );
}
