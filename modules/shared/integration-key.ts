// The key of the data on its way: what its policy needs so that an integration can use it.
import type { Construct } from "constructs";
import type { AwsAddress } from "../../lib/arn";
import type { EncryptionContext } from "../../lib/policy/key-statements";
import { integrationKeyRequirements } from "../../lib/policy/kms";
import type { IntegrationSource, IntegrationTarget } from "../contracts";
import type { KeyPolicy } from "./key-policy";
import type { Needs } from "./needs";
import { NO_NEEDS, needOf } from "./needs";

/** What an integration says of its key. */
export interface IntegrationKeyUse {
  /** The account and region that the integration is made in. */
  readonly address: AwsAddress;
  readonly source: IntegrationSource;
  readonly target: IntegrationTarget;
  readonly kmsKeyArn?: string;
  readonly keyPolicy?: KeyPolicy;
  readonly encryptionContext?: EncryptionContext;
}

/** What the policy of an integration's own key needs; nothing where AWS manages the key. */
export function needOfIntegrationKey(integration: Construct, use: IntegrationKeyUse): Needs {
  const { address, source, target, kmsKeyArn, keyPolicy, encryptionContext } = use;
  if (kmsKeyArn === undefined) return NO_NEEDS;
  return needOf(integration, {
    document: "key policy",
    arn: kmsKeyArn,
    requirements: integrationKeyRequirements({
      address,
      source: source.kind,
      target: target.kind,
      encryptionContext,
    }),
    owner: keyPolicy,
  });
}
