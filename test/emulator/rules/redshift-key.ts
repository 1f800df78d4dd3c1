// The customer's key of an integration that Redshift's own API makes: Redshift must be allowed to pass it on.
import { allows } from "../../support/policy-evaluator";
import { type Account, arnOf } from "../account";
import { parseArn } from "../arns";
import type { IntegrationError } from "../state";
import { problem } from "./rule";

interface EncryptedIntegration {
  readonly arn: string;
  readonly account: string;
  readonly kmsKeyId?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

const GRANT_OPERATIONS = ["Decrypt", "GenerateDataKey", "CreateGrant"];

export async function redshiftKeyProblems(
  account: Account,
  { arn, account: owner, kmsKeyId, encryptionContext }: EncryptedIntegration,
): Promise<IntegrationError[]> {
  // An id or an alias is taken as it is: only an ARN says where the key lives.
  if (kmsKeyId === undefined || parseArn(kmsKeyId) === undefined) return [];
  const denied = problem(
    "KMS_KEY_ACCESS_DENIED",
    `The policy of key ${kmsKeyId} does not allow redshift.amazonaws.com: kms:CreateGrant.`,
  );
  const policy = await account.keyPolicy(arnOf(kmsKeyId));
  if (policy === undefined) return [denied];
  const allowed = allows("resource", [policy], {
    principal: { Service: "redshift.amazonaws.com" },
    action: "kms:CreateGrant",
    resource: kmsKeyId,
    context: {
      "aws:SourceAccount": owner,
      "aws:SourceArn": arn,
      "kms:GrantOperations": GRANT_OPERATIONS,
      ...contextKeys(encryptionContext),
    },
  });
  return allowed ? [] : [denied];
}

/** The condition keys under which an encryption context is compared. */
export function contextKeys(
  encryptionContext: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const pairs = Object.entries(encryptionContext);
  return Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value]));
}
