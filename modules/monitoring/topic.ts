// A topic that somebody listens to.
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { TopicSender } from "../../lib/policy/topic";
import { topicKeyRequirements, topicRequirements } from "../../lib/policy/topic";
import { ARN_SHAPES, arnRules, kmsKeyArnRules } from "../../lib/rules/arns";
import { keyOwnerRules } from "../../lib/rules/key-policy";
import { topicKeyRules, topicPlaceRules } from "../../lib/rules/monitoring";
import { Environment } from "../environment";
import { report } from "../report";
import type { KeyPolicy } from "../shared/key-policy";
import type { Needs } from "../shared/needs";
import { allNeeds, needOf } from "../shared/needs";
import type { ManagedTopic, TopicPolicy } from "../shared/topic-policy";
import { managedTopicArn } from "../shared/topic-policy";
import { isUnresolved, literal } from "../tokens";

/** The key of an encrypted topic. */
export interface TopicEncryption {
  /**
   * ARN of the key, which must be customer managed: a key managed by AWS lets neither events nor alarms in.
   * @default the key that a topic of the app names, where it names one
   */
  readonly kmsKeyArn?: string;
  /** Owner of that key's policy, where the app manages the key. @default the needed statements are returned: `requirements` */
  readonly keyPolicy?: KeyPolicy;
}

export interface ManagedTopicOptions extends TopicEncryption {
  /** Owner of the topic's policy. @default the needed statements are returned: `requirements` */
  readonly policy?: TopicPolicy;
  /** Account and region of the topic. @default the environment of the topic's stack */
  readonly environment?: Environment;
}

/** Where notifications go, with what its documents must say. */
export class NotificationTopic {
  /** A topic that exists, in this stack's account or another's; its policy is the user's business. */
  static fromTopicArn(topicArn: string, encryption: TopicEncryption = {}): NotificationTopic {
    return new NotificationTopic(topicArn, encryption);
  }

  /** A topic that the app manages; throws `ZeroEtlError` for one whose key lets nothing in. */
  static fromTopic(topic: ManagedTopic, options: ManagedTopicOptions = {}): NotificationTopic {
    const topicArn = managedTopicArn(topic, options.environment ?? Environment.of(topic));
    const masterKeyId = topic.kmsMasterKeyIdInput;
    const kmsKeyArn = options.kmsKeyArn ?? arnIn(masterKeyId);
    report(topic, topicKeyRules(masterKeyId, kmsKeyArn));
    return new NotificationTopic(topicArn, { ...options, ...(kmsKeyArn !== undefined && { kmsKeyArn }) }, [
      topic,
    ]);
  }

  private constructor(
    readonly topicArn: string,
    private readonly options: ManagedTopicOptions,
    private readonly made: readonly ITerraformDependable[] = [],
  ) {}

  /** Lets a sender publish, as far as the app owns the documents; throws `ZeroEtlError` for a topic of another region. */
  allow(requester: Construct, sender: TopicSender): Needs {
    const { topicArn, options } = this;
    const { kmsKeyArn, keyPolicy } = options;
    const known = literal(topicArn);
    report(requester, [
      ...kmsKeyArnRules(["kmsKeyArn"], "kmsKeyArn", literal(kmsKeyArn)),
      ...keyOwnerRules({ hasKey: kmsKeyArn !== undefined, hasKeyPolicy: keyPolicy !== undefined }),
      ...arnRules(ARN_SHAPES.topic, ["topicArn"], "topicArn", known),
      ...topicPlaceRules(["topicArn"], known, literal(sender.address.region)),
    ]);
    const topic = needOf(requester, {
      document: "topic policy",
      arn: topicArn,
      requirements: topicRequirements(topicArn, sender),
      owner: options.policy,
    });
    const made: Needs = { requirements: [], dependencies: this.made };
    return allNeeds(made, topic, this.needOfKey(requester, sender));
  }

  private needOfKey(requester: Construct, sender: TopicSender): Needs {
    const { kmsKeyArn, keyPolicy } = this.options;
    if (kmsKeyArn === undefined) return { requirements: [], dependencies: [] };
    return needOf(requester, {
      document: "key policy",
      arn: kmsKeyArn,
      requirements: topicKeyRequirements(sender),
      owner: keyPolicy,
    });
  }
}

// A key may be named by its ARN, its id or an alias; what only Terraform knows is taken for an ARN.
function arnIn(masterKeyId: string | undefined): string | undefined {
  if (masterKeyId === undefined) return undefined;
  return isUnresolved(masterKeyId) || masterKeyId.startsWith("arn:") ? masterKeyId : undefined;
}
