// The policy of a KMS key: one document per key.
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { TerraformStack, dependable } from "cdktf";
import type { Construct } from "constructs";
import { warning } from "../../lib/issues";
import { accountKeyStatement } from "../../lib/policy/key-statements";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { keyLockoutRules } from "../../lib/rules/key-policy";
import { Environment } from "../environment";
import { report } from "../report";
import type { PolicyHolder } from "./owned-policy";
import { OwnedPolicy } from "./owned-policy";

/** What the owner reads of a key in the same app; every `KmsKey` of the provider bindings is one. */
export interface ManagedKmsKey extends PolicyHolder {
  readonly keyId: string;
}

export interface KeyPolicyProps {
  /** The key, which must not have a policy in itself. */
  readonly key: ManagedKmsKey;
  /**
   * What the policy says besides what integrations need; given, the policy is written even if no integration needs it.
   * @default what AWS gives to a new key: the account's IAM policies decide who uses and administers it
   */
  readonly statements?: readonly IdentifiedStatement[];
  /** Account and region of the key. @default the stack's environment */
  readonly environment?: Environment;
}

/**
 * Owner of the policy of a key of the app: statements that only the account holds are lost. Without `statements` and without an
 * integration that needs some, nothing is written, because AWS gives a new key the same policy.
 */
export class KeyPolicy extends OwnedPolicy {
  /** Throws `ZeroEtlError` for a key that has a policy, and for statements that would lock everybody out. */
  constructor(scope: Construct, id: string, props: KeyPolicyProps) {
    const { key, statements, environment = Environment.of(scope) } = props;
    super(scope, id, {
      holder: key,
      noun: "the KMS key",
      environment,
      base: statements ?? [accountKeyStatement(environment)],
      always: statements !== undefined,
      limit: POLICY_LIMITS.key,
      make: (owner, policy) =>
        new KmsKeyPolicy(owner, "Resource", {
          ...environment.providerConfig,
          keyId: key.keyId,
          policy,
          ...replacedWith(key, owner),
        }),
      // A warning: AWS has stopped to publish the limit.
      tooLarge: (path, subject, excess) =>
        warning("key-policy-size", path, `${subject} is larger than AWS documented it may be`, {
          ...excess,
          remedy: "divide the targets among several keys",
        }),
    });
    report(this, keyLockoutRules(statements ?? [accountKeyStatement(environment)]));
  }
}

// The provider updates in place where the id of the key changes, and then leaves the new key without the policy.
function replacedWith(
  key: ManagedKmsKey,
  owner: Construct,
): { lifecycle?: { replaceTriggeredBy: string[] } } {
  if (TerraformStack.of(key) !== TerraformStack.of(owner)) return {};
  return { lifecycle: { replaceTriggeredBy: [`${dependable(key)}.key_id`] } };
}
