/** What the user guide lets the role of a table bucket do ("Creating a target IAM role" for S3 Tables). */
export const S3_TABLES_ACTIONS = [
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
] as const;
