// The kinds of source and target that AWS Glue zero-ETL integrations document.

/** Sources that are reached through a Glue connection. */
export const CONNECTION_SOURCE_KINDS = [
  "salesforce",
  "salesforce-account-engagement",
  "sap-odata",
  "servicenow",
  "zendesk",
  "zoho-crm",
  "facebook-ads",
  "instagram-ads",
] as const;

/** Every source that the user guide lists. */
export const SOURCE_KINDS = ["dynamodb", ...CONNECTION_SOURCE_KINDS, "oracle"] as const;

/** Every target that the user guide lists. */
export const TARGET_KINDS = ["glue-database", "s3-tables", "redshift-managed-storage", "redshift"] as const;

export type ConnectionSourceKind = (typeof CONNECTION_SOURCE_KINDS)[number];
export type SourceKind = (typeof SOURCE_KINDS)[number];
export type TargetKind = (typeof TARGET_KINDS)[number];
