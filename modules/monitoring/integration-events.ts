// The rule that hears of integrations in trouble.
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import type { DetailType } from "../../lib/facts/monitoring";
import { byLabel } from "../../lib/labels";
import { EVENT_MESSAGE, eventPattern } from "../../lib/monitoring/events";
import { eventTargetRules } from "../../lib/rules/monitoring";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { report } from "../report";
import { constructId, namespace } from "../shared/namespace";
import type { Needs } from "../shared/needs";
import { allNeeds } from "../shared/needs";
import { json } from "../tokens";
import type { EventTarget } from "./actions";

export interface EventsProps {
  /** Where events go, by a label; a rule takes five (EventBridge quotas). */
  readonly targets: Readonly<Record<string, EventTarget>>;
  /** Which events. @default those that somebody should hear of: NOTIFIED_DETAIL_TYPES */
  readonly detailTypes?: readonly DetailType[];
}

/** One rule for the integrations of an account and region. */
export class IntegrationEvents extends Construct {
  /** What the documents of the targets must say. */
  readonly requirements: Needs["requirements"];

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    name: string,
    { targets, detailTypes }: EventsProps,
  ) {
    super(scope, id);
    report(this, eventTargetRules(Object.keys(targets)));
    const { providerConfig, tagsConfig } = environment;
    const rule = new CloudwatchEventRule(this, "Resource", {
      ...providerConfig,
      ...tagsConfig,
      name,
      description: "AWS Glue zero-ETL integrations in trouble",
      eventPattern: json(eventPattern(detailTypes)),
    });
    const bindings = byLabel(targets).map(([label, target]) => {
      const binding = target.bind(this, {
        kind: "rule",
        address: environment,
        place: environment.key,
        name,
      });
      const { arn, roleArn, readable, dependencies } = binding;
      const { inputPaths, inputTemplate } = EVENT_MESSAGE;
      const resource = new CloudwatchEventTarget(namespace(this, "Targets"), constructId(label), {
        ...providerConfig,
        rule: rule.name,
        targetId: label,
        arn,
        ...(roleArn !== undefined && { roleArn }),
        ...(readable && { inputTransformer: { inputPaths: { ...inputPaths }, inputTemplate } }),
      });
      waitFor(resource, dependencies);
      return binding;
    });
    this.requirements = allNeeds(...bindings).requirements;
  }
}
