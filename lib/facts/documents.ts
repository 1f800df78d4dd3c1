// Size limits of the policy documents that we write.

/** Bytes of a DynamoDB table's resource policy, white space included (DynamoDB API, PutResourcePolicy). */
export const TABLE_POLICY_MAX_BYTES = 20 * 1024;

/** Bytes of the Glue catalog policy (AWS Glue Developer Guide, resource policies); not confirmed by the API model. */
export const CATALOG_POLICY_MAX_BYTES = 10 * 1024;
