// What a topic and its key must say so that events and alarms arrive.
import type { AwsAddress } from "../arn";
import { alarmArn, eventRuleArn } from "../arn";
import { sid } from "../names";
import { CLOUDWATCH_SERVICE, EVENTS_SERVICE } from "./principals";
import type { Requirement } from "./requirement";
import type { Conditions, IdentifiedStatement } from "./statement";

const ALARMS_GUIDE =
  "SNS developer guide, allow CloudWatch alarms to publish to a topic in a different AWS account";
const EVENTS_GUIDE =
  "nearest published: EventBridge user guide, resource-based policies, Amazon SNS permissions";
const KEY_GUIDE =
  "SNS developer guide, enable compatibility between event sources from AWS services and encrypted topics";

interface Sender {
  readonly address: AwsAddress;
  /** The same text for the same account and region: those may be known only to Terraform, and a token has another text each time. */
  readonly place: string;
}

/** What sends something to a topic. */
export type TopicSender =
  /** A rule of EventBridge, by its name. */
  | (Sender & { readonly kind: "rule"; readonly name: string })
  /** The alarms whose names begin with a text. */
  | (Sender & { readonly kind: "alarms"; readonly prefix: string });

/** What the policy of a topic needs, in addition to what lets its account administer it. */
export function topicRequirements(topicArn: string, sender: TopicSender): Requirement[] {
  const statement: IdentifiedStatement = {
    Sid: sid(sender.kind === "rule" ? "ZeroEtlEvents" : "ZeroEtlAlarms", ...sourceKey(sender)),
    Effect: "Allow",
    Principal: { Service: [serviceOf(sender)] },
    Action: ["sns:Publish"],
    Resource: [topicArn],
    Condition: conditionsOf(sender),
  };
  // AWS prints the statement for rules without conditions.
  return sender.kind === "rule"
    ? [{ statement, verified: false, source: EVENTS_GUIDE }]
    : [{ statement, verified: true, source: ALARMS_GUIDE }];
}

/** What the policy of the key of an encrypted topic needs; a key managed by AWS lets neither service in. */
export function topicKeyRequirements(sender: TopicSender): Requirement[] {
  const use = {
    Effect: "Allow",
    Principal: { Service: [serviceOf(sender)] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: ["*"],
  } as const;
  // EventBridge sends neither the source nor its account to KMS: with a condition no event would arrive.
  const statement: IdentifiedStatement =
    sender.kind === "rule"
      ? { Sid: "ZeroEtlEventsKey", ...use }
      : { Sid: sid("ZeroEtlAlarmsKey", ...sourceKey(sender)), ...use, Condition: conditionsOf(sender) };
  return [{ statement, verified: true, source: KEY_GUIDE }];
}

/**
 * What AWS itself puts into the policy of a new topic: the account's IAM policies decide who may use and administer it (SNS
 * developer guide, "Example cases for Amazon SNS access control").
 */
export function accountTopicStatement(address: AwsAddress, topicArn: string): IdentifiedStatement {
  return {
    Sid: "EnableIamPolicies",
    Effect: "Allow",
    Principal: { AWS: ["*"] },
    Action: [
      "SNS:AddPermission",
      "SNS:DeleteTopic",
      "SNS:GetTopicAttributes",
      "SNS:ListSubscriptionsByTopic",
      "SNS:Publish",
      "SNS:RemovePermission",
      "SNS:SetTopicAttributes",
      "SNS:Subscribe",
    ],
    Resource: [topicArn],
    Condition: { StringEquals: { "AWS:SourceOwner": [address.account] } },
  };
}

function serviceOf({ kind }: TopicSender): string {
  return kind === "rule" ? EVENTS_SERVICE : CLOUDWATCH_SERVICE;
}

function conditionsOf(sender: TopicSender): Conditions {
  const { address } = sender;
  const StringEquals = { "aws:SourceAccount": [address.account] };
  return sender.kind === "rule"
    ? { ArnEquals: { "aws:SourceArn": [eventRuleArn(address, sender.name)] }, StringEquals }
    : { ArnLike: { "aws:SourceArn": [alarmArn(address, `${sender.prefix}*`)] }, StringEquals };
}

function sourceKey(sender: TopicSender): string[] {
  return [sender.kind === "rule" ? sender.name : sender.prefix, sender.place];
}
