// The policy of a secret: one document per secret.
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import type { Construct } from "constructs";
import { error } from "../../lib/issues";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { Environment } from "../environment";
import type { PolicyHolder } from "./owned-policy";
import { OwnedPolicy } from "./owned-policy";

export interface SecretPolicyProps {
  /** The secret, which must not have a policy in itself; every `SecretsmanagerSecret` of the provider bindings is one. */
  readonly secret: PolicyHolder;
  /** What the policy says besides what integrations need. @default nothing, as with a new secret */
  readonly statements?: readonly IdentifiedStatement[];
  /** Account and region of the secret. @default the stack's environment */
  readonly environment?: Environment;
}

/** Owner of the policy of a secret of the app: statements that only the account holds are lost. Nothing is written for nobody. */
export class SecretPolicy extends OwnedPolicy {
  /** Throws `ZeroEtlError` for a secret that has a policy. */
  constructor(scope: Construct, id: string, props: SecretPolicyProps) {
    const { secret, statements = [], environment = Environment.of(scope) } = props;
    super(scope, id, {
      holder: secret,
      noun: "the secret",
      environment,
      base: statements,
      always: statements.length > 0,
      limit: POLICY_LIMITS.secret,
      make: (owner, policy) =>
        new SecretsmanagerSecretPolicy(owner, "Resource", {
          ...environment.providerConfig,
          secretArn: secret.arn,
          policy,
        }),
      tooLarge: (path, subject, excess) =>
        error("secret-policy-size", path, `${subject} is too large, even with its statements merged`, {
          ...excess,
          remedy: "remove some of its statements",
        }),
    });
  }
}
