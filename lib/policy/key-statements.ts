// The forms that statements of a key's policy take.
import { byLabel } from "../labels";
import type { AwsAddress } from "../arn";
import { accountRootArn } from "../arn";
import { stableJson } from "../json";
import { sid } from "../names";
import { sorted } from "./inbound";
import type { Conditions, IdentifiedStatement } from "./statement";

/** The additional encryption context of an integration. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** Conditions that hold only for an integration's own encryption context; none without one. */
export function contextConditions(encryptionContext: EncryptionContext): Conditions {
  const pairs = byLabel(encryptionContext);
  if (pairs.length === 0) return {};
  return {
    StringEquals: Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, [value]])),
  };
}

/** A Sid that differs wherever the encryption context does: one key may serve several integrations. */
export function contextSid(word: string, encryptionContext: EncryptionContext): string {
  return Object.keys(encryptionContext).length === 0 ? word : sid(word, stableJson(encryptionContext));
}

/** Lets services pass on some uses of the key, in a key's policy, where `*` is that key. */
export function grantStatement(
  word: string,
  services: readonly string[],
  limits: { readonly operations: readonly string[]; readonly encryptionContext: EncryptionContext },
): IdentifiedStatement {
  const { operations, encryptionContext } = limits;
  return {
    Sid: contextSid(word, encryptionContext),
    Effect: "Allow",
    Principal: { Service: sorted(services) },
    Action: ["kms:CreateGrant"],
    Resource: ["*"],
    Condition: {
      ...contextConditions(encryptionContext),
      "ForAllValues:StringEquals": { "kms:GrantOperations": sorted(operations) },
    },
  };
}

/**
 * What AWS itself puts into the policy of a new key: the account's IAM policies decide who may use and administer it (KMS
 * developer guide, "Default key policy").
 */
export function accountKeyStatement(address: AwsAddress): IdentifiedStatement {
  return {
    Sid: "EnableIamPolicies",
    Effect: "Allow",
    Principal: { AWS: [accountRootArn(address)] },
    Action: ["kms:*"],
    Resource: ["*"],
  };
}
