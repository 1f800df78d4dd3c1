import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CHECKS } from "../../../docs/error-sections";
import { KNOWN_ERRORS, knownError } from "../../../lib/facts/errors";
import { ISSUE_CODES } from "../../../lib/issue-codes";
import { REVIEW_RULES } from "../../../lib/review/rules";

const CHECK_FILES = join(__dirname, "../../../modules/checks");

test("every error has an id of its own, in the form of an anchor", () => {
  const ids = KNOWN_ERRORS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test.each(KNOWN_ERRORS.map((error) => [error.id, error] as const))(
  "%s names rules and checks that exist, and reads as part of a sentence",
  (_id, { symptom, cause, remedy, rules = [], reviews = [], checks = [], source }) => {
    for (const rule of rules) expect(Object.keys(ISSUE_CODES)).toContain(rule);
    for (const rule of reviews) expect(REVIEW_RULES.map(({ id: known }) => known)).toContain(rule);
    for (const check of checks) {
      expect(existsSync(join(CHECK_FILES, `${check}.ts`))).toBe(true);
      expect(Object.keys(CHECKS)).toContain(check);
    }
    for (const text of [cause, remedy])
      expect(text).toMatch(/^[^A-Z\s](?!.*\.$)|^(AWS|IAM|Lake Formation|25) /);
    for (const text of [symptom, source]) expect(text).not.toBe("");
  },
);

test("every check that the documentation describes is one", () => {
  const files = readdirSync(CHECK_FILES);
  for (const check of Object.keys(CHECKS)) expect(files).toContain(`${check}.ts`);
});

// Words of AWS, as its documentation or a user has them.
test.each([
  ["UNRECOVERABLE_ACCESS_DENIED", "", "unrecoverable-access-denied"],
  ["client_error", "TARGET_NAMESPACE_ACCESS_DENIED: no access", "target-namespace-access-denied"],
  [
    "client_error",
    "Insufficient lake formation permissions on Target Glue database.",
    "lake-formation-permissions",
  ],
  [
    "AccessDeniedException",
    "Authorization failed because the target role does not have access to the target database due to Lake Formation permissions",
    "lake-formation-permissions",
  ],
  [
    "AccessDeniedException",
    "User: arn:aws:iam::111122223333:user/x is not authorized to perform: glue:CreateInboundIntegration",
    "create-inbound-integration",
  ],
  ["ValidationException", "Database name sales-lake contains invalid characters.", "database-name"],
  ["ValidationException", "Provided target id is not valid", "target-arn"],
  ["client_error", "Failed to ingest data with error: Target Glue database not found.", "target-missing"],
  ["KMSKeyNotAccessibleFault", "", "kms-key-not-accessible"],
  ["IntegrationQuotaExceededFault", "", "quota"],
  ["ResourceNumberLimitExceededException", "", "quota"],
  ["ConditionCheckFailureException", "Policy already exists", "catalog-policy-exists"],
  [
    "IntegrationConflictOperationFault",
    "Re-try exhausted: another operation is in progress",
    "parallel-changes",
  ],
  ["ThrottlingException", "Rate exceeded", "throttling"],
  ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1", "connection-lost"],
  ["InvalidInputException", "Invalid principal in policy", "policy-principal"],
  ["ValidationException", "DataFilter is not supported for DynamoDB sources.", "data-filter"],
  ["client_error", "Point-in-time recovery is not enabled on the table orders", "point-in-time-recovery"],
  [
    "AccessDeniedException",
    "User: arn:aws:iam::111122223333:user/x is not authorized to perform: redshift:CreateInboundIntegration on resource: y",
    "create-inbound-integration",
  ],
  ["PointInTimeRecoveryUnavailableException", "", "point-in-time-recovery"],
  [
    "client_error",
    "Source table is encrypted with the AWS managed key alias/aws/dynamodb.",
    "aws-managed-table-key",
  ],
  ["TARGET_LOCATION_MISSING", "Target database arn:aws:glue:x has no location.", "database-location"],
  ["InvalidInputException", "LocationUri must be set for the database sales_lake", "database-location"],
  ["TargetResourceNotFound", "", "target-missing"],
  [
    "TableNotFoundException",
    "A source table with the name orders does not currently exist",
    "source-missing",
  ],
  [
    "AccessDeniedException",
    "Insufficient Lake Formation permission(s): Required Create Table on sales_lake",
    "lake-formation-permissions",
  ],
  ["ValidationException", "enable_case_sensitive_identifier must be true", "case-sensitive-identifiers"],
  ["client_error", "Partition column created_at does not exist in the source.", "partition-column"],
  ["MalformedPolicyDocument", "Syntax errors in policy.", "policy-principal"],
  [
    "InvalidInputException",
    "The resource policy is invalid: principal arn:aws:iam::111122223333:role/new does not exist",
    "policy-principal",
  ],
  ["LimitExceededException", "Maximum policy size of 10240 bytes exceeded for role zero-etl", "policy-size"],
  ["ResourceNumberLimitExceededException", "The resource policy exceeds the size limit", "policy-size"],
  ["InvalidInputException", "EnableHybrid must be TRUE", "hybrid-catalog-policy"],
  [
    "NotUpdatableException",
    "Invalid patch update: createOnlyProperties [/properties/IntegrationConfig] cannot be updated",
    "immutable-setting",
  ],
  [
    "ValidationException",
    "Model validation failed (#/RoleArn: expected maxLength: 128)",
    "desired-state-refused",
  ],
  ["Error", "Provider produced inconsistent final plan", "inconsistent-plan"],
  ["Error", "resource aws_cloudcontrolapi_resource doesn't support import", "import-refused"],
  [
    "ValidationException",
    "1 validation error detected: Value 'x' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 128",
    "table-name-length",
  ],
  [
    "IntegrationConflictOperationFault",
    "The requested operation conflicts with another operation.",
    "parallel-changes",
  ],
  ["EAI_AGAIN", "getaddrinfo EAI_AGAIN glue.us-east-1.amazonaws.com", "connection-lost"],
  ["client_error", "error: invalid_grant: expired authorization code", "connection-credentials"],
  ["client_error", "Unable to assume role arn:aws:iam::111122223333:role/x", "role-not-assumable"],
])("%s %j is known", (code, message, id) => {
  expect(knownError(code, message)?.id).toBe(id);
});

test.each([
  ["InternalServerException", "An internal error occurred."],
  ["ValidationException", "arn:aws:glue:us-east-1:111122223333:database/partitions is not an ARN"],
  // Words that stand in messages about something else.
  ["AccessDeniedException", "The security token of principal AIDAEXAMPLE may not call this operation."],
  ["AccessDeniedException", "No resource policy lets the Lake Formation console in."],
  ["InvalidInputException", "Session tag value contains invalid characters."],
  ["InvalidInputException", "LocationUri s3://acme-lake/sales/ is in another region."],
  ["ValidationException", "The provided partition key element does not match the schema"],
  ["AccessDeniedException", "An object is encrypted with the AWS managed key aws/s3."],
  ["ValidationException", "Tag keys are case sensitive."],
  ["", ""],
])("%s %j is not", (code, message) => {
  expect(knownError(code, message)).toBeUndefined();
});
