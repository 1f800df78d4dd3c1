// What happens when an alarm goes off or an event arrives: small objects, so that a user can write one.
import type { Construct } from "constructs";
import type { TopicSender } from "../../lib/policy/topic";
import type { Needs } from "../shared/needs";
import { NO_NEEDS, allNeeds } from "../shared/needs";
import type { NotificationTopic } from "./topic";

/** What an alarm calls. */
export interface AlarmActionBinding extends Needs {
  /** ARNs, called when the alarm goes off. */
  readonly alarmArns: readonly string[];
  /** ARNs, called when all is well again. */
  readonly okArns: readonly string[];
}

/** What alarms do. */
export interface AlarmActions {
  /** Grants what the alarms need, and returns what they call; `sender` says which alarms they are. */
  bind(scope: Construct, sender: TopicSender): AlarmActionBinding;
}

/** What a rule sends its events to. */
export interface EventTargetBinding extends Needs {
  readonly arn: string;
  /** ARN of the role that EventBridge assumes, for targets without a policy of their own. @default none */
  readonly roleArn?: string;
  /** Whether the target gets a text for people; otherwise the event as it is. */
  readonly readable: boolean;
}

/** Where events go. */
export interface EventTarget {
  /** Grants what the rule needs, and returns where it sends events. */
  bind(scope: Construct, sender: TopicSender): EventTargetBinding;
}

/** Alarms that nobody is told of: they are seen on the dashboard and in the console. */
export const NO_ACTIONS: AlarmActions = { bind: () => ({ ...NO_NEEDS, alarmArns: [], okArns: [] }) };

/** Notifies a topic when an alarm goes off, and when all is well again. */
export function notifyTopic(topic: NotificationTopic): AlarmActions {
  return {
    bind: (scope, sender) => ({
      ...topic.allow(scope, sender),
      alarmArns: [topic.topicArn],
      okArns: [topic.topicArn],
    }),
  };
}

/** Calls actions by their ARNs, such as those of an incident response plan; their permissions are the user's business. */
export function callActions(...alarmArns: readonly string[]): AlarmActions {
  return { bind: () => ({ ...NO_NEEDS, alarmArns, okArns: [] }) };
}

/** Does all of several things. */
export function allActions(...actions: readonly AlarmActions[]): AlarmActions {
  return {
    bind: (scope, sender) => {
      const bindings = actions.map((action) => action.bind(scope, sender));
      return {
        ...allNeeds(...bindings),
        alarmArns: bindings.flatMap(({ alarmArns }) => alarmArns),
        okArns: bindings.flatMap(({ okArns }) => okArns),
      };
    },
  };
}

/** Sends a readable message to a topic. */
export function sendToTopic(topic: NotificationTopic): EventTarget {
  return {
    bind: (scope, sender) => ({ ...topic.allow(scope, sender), arn: topic.topicArn, readable: true }),
  };
}

/** Sends events as they are to any target of EventBridge; its policy, or the role, is the user's business. */
export function sendToTarget(target: { readonly arn: string; readonly roleArn?: string }): EventTarget {
  return { bind: () => ({ ...NO_NEEDS, ...target, readable: false }) };
}
