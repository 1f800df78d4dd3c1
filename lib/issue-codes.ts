// Every issue code, declared once: tests and documentation list them, `Issue.code` allows no other.

/** What can be wrong with finding and opening the declaration file. */
export const FILE_ISSUES = {
  "declaration-not-found": "there is no declaration file where it was looked for",
  "declaration-unreadable": "the declaration file cannot be read",
  "declaration-file-type": "the declaration file is neither YAML nor JSON by its name",
  "context-unreadable": "the CDKTF context does not name the declaration file",
} as const;

/** What can be wrong with a declaration, or with the same values in TypeScript. */
export const DECLARATION_ISSUES = {
  // The text
  "yaml-syntax": "the file is not YAML",
  "yaml-alias": "an alias or a merge key stands for nothing usable",
  "yaml-tag": "a YAML tag is not known",
  "duplicate-key": "a key appears twice in one mapping",
  "several-documents": "the file holds more than one YAML document",
  "empty-file": "the file holds nothing",
  // The structure
  "wrong-type": "a value is of another type than expected",
  "missing-key": "a required key is missing",
  "unknown-key": "a key is not known here",
  "unknown-value": "a value is none of the possible ones",
  "unknown-version": "the version of the file format is not known",
  "invalid-label": "a label does not have the form of a label",
  "unknown-label": "a label is used that nothing has",
  "unused-label": "a source or target is declared and not used",
  "empty-stack": "a stack makes nothing",
  "no-stacks": "there is no stack",
  "empty-text": "a text is empty",
  "empty-list": "a list is empty",
  "duplicate-entry": "a list holds the same entry twice",
  "not-supported-yet": "the declaration asks for what a later version brings",
  "needs-operator": "the declaration asks for what only the operator can do",
  // Environments, tags, backend and monitoring
  "account-format": "an account id is not 12 digits",
  "account-mismatch": "the role to assume is in another account",
  "region-partition": "the region is in a partition that Cloud Control refuses",
  "region-not-listed": "the region is not listed for zero-ETL integrations",
  "role-arn": "a role ARN does not have the form of one",
  "role-arn-length": "a role ARN is too long",
  "deployer-arn": "the deployer ARN names no role, user or account",
  "kms-key-arn": "a KMS key ARN does not have the form of one",
  "kms-key-arn-length": "a KMS key ARN is too long for Cloud Control",
  "too-many-tags": "there are more tags than AWS takes",
  "tag-key": "a tag key is not one that AWS takes",
  "tag-value": "a tag value is not one that AWS takes",
  "backend-bucket": "the name of the state bucket is not a bucket name",
  "backend-key": "the state key is not one that Terraform takes",
  "duplicate-state": "two stacks would write the same state file",
  "stale-after": "the staleness of an alarm is not a duration",
  "topic-arn": "a topic ARN does not have the form of one",
  "log-retention-days": "CloudWatch Logs does not take the retention",
  // Integrations
  "integration-name-length": "an integration name is too long or empty",
  "redshift-integration-name": "an integration name is not one that Redshift takes",
  "description-length": "a description is too long",
  "refresh-interval-format": "a refresh interval cannot be read",
  "refresh-interval-range": "a refresh interval is out of range",
  "refresh-interval-daily-batches": "DynamoDB data comes in sequential daily batches",
  "refresh-interval-redshift": "the refresh interval of a Redshift target cannot be changed here",
  "continuous-sync": "the source has no one-off snapshot",
  "data-filter-dynamodb": "a DynamoDB source takes no data filter",
  "data-filter-conflict": "the data filter and the source both select the data",
  "data-filter-length": "a data filter is too long or empty",
  "encryption-context-without-key": "an encryption context needs a key",
  "impossible-pair": "the source cannot replicate into the target",
  "undocumented-pair": "AWS does not document the pair of source and target by name",
  // Sources
  "dynamodb-table-name": "a DynamoDB table name is not one",
  "long-table-name": "a table with a name this long cannot have table options",
  "integration-arn": "an integration ARN does not have the form of one",
  "connection-name": "a connection name is not one that Glue takes",
  "primary-key-entity": "only some SAP entities take a primary key",
  "oracle-arn": "the ARN of an Oracle VM cluster does not have the form of one",
  "pluggable-database": "the pluggable database is not exactly one",
  "oracle-table": "a table pattern is not schema.table",
  "secret-arn": "a secret ARN does not have the form of one",
  // Targets
  "database-name": "a database name is not one that zero-ETL takes",
  "s3-location": "a location is not an S3 URI that a database can have",
  "event-bus-arn": "an event bus ARN does not have the form of one",
  "event-bus-arn-length": "an event bus ARN is too long for Cloud Control",
  "table-bucket-name": "a table bucket name is not one",
  "namespace-name": "a namespace name is not one that zero-ETL takes",
  "catalog-name": "a catalog name is not one that Glue takes",
  "long-catalog-name": "a managed catalog name may be too long",
  "redshift-target": "a Redshift target names not exactly one warehouse",
  "cluster-identifier": "a cluster identifier is not one",
  "workgroup-name": "a workgroup name is not one",
  "namespace-arn": "a Redshift namespace ARN does not have the form of one",
  // Table options
  "unknown-table": "table options are given for a table that the source does not have",
  "table-options-target": "the target takes no table options",
  "table-name-length": "a table name is too long for table options",
  "target-table-length": "a target table name is too long or empty",
  "partition-columns": "there are more partition columns than AWS takes",
  "partition-field": "the name of a partition column is too long or empty",
  "partition-format-missing": "a time function has no format",
  "partition-format-unexpected": "a partition by identity has a format",
  "duplicate-partition-column": "a column is partitioned by the same function twice",
  "two-time-functions": "a column is partitioned by two time functions",
  "identity-on-timestamp": "a partition by a timestamp makes a partition per item",
  "layout-version": "a layout version is not a whole number from 1",
  // What exists once, and how many there may be
  "duplicate-integration-name": "two integrations of an account have one name",
  "duplicate-table": "two integrations replicate the same table name into one target",
  "duplicate-target-table": "two tables become one target table",
  "duplicate-target": "a stack declares the same target twice",
  "conflicting-sources": "a stack declares the same source twice with different settings",
  "catalog-policy-owners": "two stacks would own one catalog policy",
  "table-policy-owners": "two stacks would own the policy of one table",
  "resource-property-owners": "two stacks would own the resource property of one database",
  "account-quota": "there are more integrations than the default quota of an account",
  "source-quota": "there are more integrations than the quota of a source",
  "target-quota": "there are more integrations than the quota of a target",
} as const;

/** What a declaration cannot show: it is found where constructs know more, or meet. */
export const CONSTRUCT_ISSUES = {
  "identity-on-key": "a partition by a key column makes a partition per item",
  "point-in-time-recovery-off": "a table of the app has no point-in-time recovery",
  "aws-managed-key": "a table of the app is encrypted with the AWS managed key",
  "unknown-at-synth": "a value that must be written out is known only to Terraform",
  "conflicting-contributions": "two constructs ask for different settings of one document",
  "document-has-two-owners": "two constructs would write one document",
  "catalog-policy-size": "the Glue catalog policy is larger than AWS takes",
  "table-policy-size": "a table policy is larger than AWS takes",
} as const;

/** Every code with its one-line title. */
export const ISSUE_CODES = { ...FILE_ISSUES, ...DECLARATION_ISSUES, ...CONSTRUCT_ISSUES } as const;

/** Stable identifier of an issue, in kebab-case; messages may be reworded, a code is never reused. */
export type IssueCode = keyof typeof ISSUE_CODES;
