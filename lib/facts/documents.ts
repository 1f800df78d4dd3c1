// Size limits of the documents that we write.
import type { Length } from "./limits";
import { CONNECTION_NAME, EVENT_BUS_ARN, ROLE_ARN, TARGET_KMS_KEY_ARN } from "./limits";

/** Bytes of a DynamoDB table's resource policy, white space included (DynamoDB API, PutResourcePolicy). */
export const TABLE_POLICY_MAX_BYTES = 20 * 1024;

/** Bytes of the Glue catalog policy (AWS Glue Developer Guide, "Considerations for using resource-based policies with AWS Glue"). */
export const CATALOG_POLICY_MAX_BYTES = 10 * 1024;

/**
 * Bytes of the policy of a KMS key (KMS developer guide, "Resource quotas", in editions up to 2025; later ones do not list it,
 * and the API model says no more than that a longer policy is refused).
 */
export const KEY_POLICY_MAX_BYTES = 32 * 1024;

/** Characters of the policy of a secret, white space included (Secrets Manager API, PutResourcePolicy.ResourcePolicy). */
export const SECRET_POLICY_MAX_CHARACTERS = 20_480;

/** Bytes of the policy of a topic (SNS API, SetTopicAttributes: a policy larger than 30 KB is refused). */
export const TOPIC_POLICY_MAX_BYTES = 30 * 1024;

/** Characters of all inline policies of a role together, white space not counted (IAM user guide, "IAM and AWS STS quotas"). */
export const ROLE_POLICIES_MAX_CHARACTERS = 10_240;

/** Characters of each field of a resource property (CloudFormation schema of AWS::Glue::IntegrationResourceProperty). */
export const RESOURCE_PROPERTY_FIELDS = {
  ConnectionName: CONNECTION_NAME,
  EventBusArn: EVENT_BUS_ARN,
  KmsArn: TARGET_KMS_KEY_ARN,
  RoleArn: ROLE_ARN,
} as const satisfies Readonly<Record<string, Length>>;
