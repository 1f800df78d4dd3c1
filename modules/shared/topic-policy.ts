// The policy of a topic: one document per topic.
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import type { Construct } from "constructs";
import { snsTopicArn } from "../../lib/arn";
import { error } from "../../lib/issues";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { accountTopicStatement } from "../../lib/policy/topic";
import { Environment } from "../environment";
import type { PolicyHolder } from "./owned-policy";
import { OwnedPolicy } from "./owned-policy";
import { literal } from "../tokens";

/** What is read of a topic in the same app; every `SnsTopic` of the provider bindings is one. */
export interface ManagedTopic extends PolicyHolder {
  readonly nameInput: string | undefined;
  /** What the topic is encrypted with. */
  readonly kmsMasterKeyIdInput: string | undefined;
}

/** ARN of a topic of the app, known at plan where its name is written out. */
export function managedTopicArn(topic: ManagedTopic, environment: Environment): string {
  const name = literal(topic.nameInput);
  return name === undefined ? topic.arn : snsTopicArn(environment, name);
}

export interface TopicPolicyProps {
  /** The topic, which must not have a policy in itself. */
  readonly topic: ManagedTopic;
  /**
   * What the policy says besides what monitoring needs; given, the policy is written even if nothing is sent to the topic.
   * @default what AWS gives to a new topic: the account's IAM policies decide who uses and administers it
   */
  readonly statements?: readonly IdentifiedStatement[];
  /** Account and region of the topic. @default the stack's environment */
  readonly environment?: Environment;
}

/** Owner of the policy of a topic of the app: statements that only the account holds are lost. Nothing is written for nobody. */
export class TopicPolicy extends OwnedPolicy {
  /** Throws `ZeroEtlError` for a topic that has a policy. */
  constructor(scope: Construct, id: string, props: TopicPolicyProps) {
    const { topic, statements, environment = Environment.of(scope) } = props;
    super(scope, id, {
      holder: topic,
      noun: "the topic",
      environment,
      base: statements ?? [accountTopicStatement(environment, managedTopicArn(topic, environment))],
      always: statements !== undefined,
      limit: POLICY_LIMITS.topic,
      make: (owner, policy) =>
        new SnsTopicPolicy(owner, "Resource", { ...environment.providerConfig, arn: topic.arn, policy }),
      tooLarge: (path, subject, excess) =>
        error("topic-policy-size", path, `${subject} is too large, even with its statements merged`, {
          ...excess,
          remedy: "remove some of its statements",
        }),
    });
  }
}
