import type { TopicSender } from "../../../lib/policy/topic";
import { accountTopicStatement, topicKeyRequirements, topicRequirements } from "../../../lib/policy/topic";
import type { PolicyRequest } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const TOPIC = "arn:aws:sns:us-east-1:111122223333:data-alerts";
const PLACE = { address: ADDRESS, place: "111122223333/us-east-1" };
const RULE = { kind: "rule", ...PLACE, name: "zero-etl-orders" } as const;
const ALARMS = { kind: "alarms", ...PLACE, prefix: "zero-etl-" } as const;
const RULE_ARN = "arn:aws:events:us-east-1:111122223333:rule/zero-etl-orders";
const ALARM_ARN = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:zero-etl-orders-to-lake-stale";

const policy = (sender: TopicSender) => ({
  Version: "2012-10-17",
  Statement: topicRequirements(TOPIC, sender).map(({ statement }) => statement),
});
const keyPolicy = (sender: TopicSender) => ({
  Version: "2012-10-17",
  Statement: topicKeyRequirements(sender).map(({ statement }) => statement),
});
const publish = (service: string, source: string, change: Partial<PolicyRequest> = {}): PolicyRequest => ({
  principal: { Service: service },
  action: "sns:Publish",
  resource: TOPIC,
  context: { "aws:SourceArn": source, "aws:SourceAccount": source.split(":")[4] ?? "" },
  ...change,
});

describe("the policy of a topic", () => {
  const allowed = (sender: TopicSender, request: PolicyRequest): boolean =>
    allows("resource", [policy(sender)], request);

  test("lets exactly the rule in, and nothing but publishing", () => {
    const request = publish("events.amazonaws.com", RULE_ARN);
    expect(allowed(RULE, request)).toBe(true);
    expect(allowed(RULE, { ...request, action: "sns:Subscribe" })).toBe(false);
    expect(allowed(RULE, { ...request, resource: `${TOPIC}-2` })).toBe(false);
    expect(allowed(RULE, publish("events.amazonaws.com", `${RULE_ARN}-2`))).toBe(false);
    expect(allowed(RULE, publish("events.amazonaws.com", RULE_ARN.replace("1111", "9999")))).toBe(false);
    expect(allowed(RULE, publish("events.amazonaws.com", RULE_ARN.replace("us-east-1", "eu-west-1")))).toBe(
      false,
    );
    expect(allowed(RULE, publish("cloudwatch.amazonaws.com", RULE_ARN))).toBe(false);
    expect(allowed(RULE, { ...request, context: {} })).toBe(false);
  });

  test("lets the alarms of that name in, of that account and region", () => {
    expect(allowed(ALARMS, publish("cloudwatch.amazonaws.com", ALARM_ARN))).toBe(true);
    expect(
      allowed(ALARMS, publish("cloudwatch.amazonaws.com", ALARM_ARN.replace(":zero-etl", ":other"))),
    ).toBe(false);
    expect(allowed(ALARMS, publish("cloudwatch.amazonaws.com", ALARM_ARN.replace("1111", "9999")))).toBe(
      false,
    );
    expect(
      allowed(ALARMS, publish("cloudwatch.amazonaws.com", ALARM_ARN.replace("us-east", "us-west"))),
    ).toBe(false);
    expect(allowed(ALARMS, publish("events.amazonaws.com", ALARM_ARN))).toBe(false);
    expect(allowed(ALARMS, publish("cloudwatch.amazonaws.com", RULE_ARN))).toBe(false);
  });

  test("is exactly this, with how sure it is", () => {
    expect(topicRequirements(TOPIC, RULE)).toEqual([
      {
        statement: {
          Sid: expect.stringMatching(/^ZeroEtlEvents[0-9a-f]{16}$/),
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sns:Publish"],
          Resource: [TOPIC],
          Condition: {
            ArnEquals: { "aws:SourceArn": [RULE_ARN] },
            StringEquals: { "aws:SourceAccount": ["111122223333"] },
          },
        },
        verified: false,
        source: "nearest published: EventBridge user guide, resource-based policies, Amazon SNS permissions",
      },
    ]);
    expect(topicRequirements(TOPIC, ALARMS)).toMatchObject([
      {
        statement: {
          Condition: {
            ArnLike: { "aws:SourceArn": ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:zero-etl-*"] },
          },
        },
        verified: true,
      },
    ]);
  });

  test("has another Sid for another rule or place, and the partition of its place", () => {
    const sidOf = (sender: TopicSender) => topicRequirements(TOPIC, sender)[0]?.statement.Sid;
    expect(sidOf(RULE)).not.toBe(sidOf({ ...RULE, name: "zero-etl-shop" }));
    expect(sidOf(RULE)).not.toBe(sidOf({ ...RULE, place: "444455556666/us-east-1" }));
    expect(sidOf(ALARMS)).not.toBe(sidOf({ ...ALARMS, place: "444455556666/us-east-1" }));
    const china = { ...RULE, address: { ...ADDRESS, partition: "aws-cn" } };
    expect(topicRequirements(TOPIC, china)[0]?.statement.Condition).toMatchObject({
      ArnEquals: { "aws:SourceArn": [RULE_ARN.replace("arn:aws:", "arn:aws-cn:")] },
    });
  });
});

describe("the policy of the key of a topic", () => {
  const use = (service: string, action: string, context: PolicyRequest["context"]): PolicyRequest => ({
    principal: { Service: service },
    action,
    resource: "arn:aws:kms:us-east-1:111122223333:key/0a1b",
    ...(context !== undefined && { context }),
  });
  const allowed = (sender: TopicSender, request: PolicyRequest): boolean =>
    allows("resource", [keyPolicy(sender)], request);

  test("asks nothing of EventBridge, which sends KMS neither source nor account", () => {
    for (const action of ["kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"]) {
      expect(allowed(RULE, use("events.amazonaws.com", action, {}))).toBe(true);
    }
    expect(allowed(RULE, use("events.amazonaws.com", "kms:CreateGrant", {}))).toBe(false);
    expect(allowed(RULE, use("cloudwatch.amazonaws.com", "kms:Decrypt", {}))).toBe(false);
  });

  test("lets CloudWatch in for the alarms of that name", () => {
    const of = (arn: string) => ({ "aws:SourceArn": arn, "aws:SourceAccount": arn.split(":")[4] ?? "" });
    expect(allowed(ALARMS, use("cloudwatch.amazonaws.com", "kms:Decrypt", of(ALARM_ARN)))).toBe(true);
    expect(allowed(ALARMS, use("cloudwatch.amazonaws.com", "kms:Decrypt", {}))).toBe(false);
    const others = of(ALARM_ARN.replace("1111", "9999"));
    expect(allowed(ALARMS, use("cloudwatch.amazonaws.com", "kms:Decrypt", others))).toBe(false);
    expect(allowed(ALARMS, use("events.amazonaws.com", "kms:Decrypt", of(ALARM_ARN)))).toBe(false);
  });
});

test("a topic without monitoring has what AWS gives a new one: its own account, and nobody else", () => {
  const document = { Version: "2012-10-17", Statement: [accountTopicStatement(ADDRESS, TOPIC)] };
  const request = (owner: string): PolicyRequest => ({
    principal: { AWS: `arn:aws:iam::${owner}:role/writer` },
    action: "SNS:Publish",
    resource: TOPIC,
    context: { "AWS:SourceOwner": owner },
  });
  expect(allows("resource", [document], request("111122223333"))).toBe(true);
  expect(allows("resource", [document], request("444455556666"))).toBe(false);
});
