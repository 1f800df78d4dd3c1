import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App, TerraformVariable } from "cdktf";
import type { ZeroEtlMonitoringProps } from "../../modules";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  KeyPolicy,
  NotificationTopic,
  RedshiftTarget,
  TopicPolicy,
  ZeroEtlIntegration,
  ZeroEtlMonitoring,
  ZeroEtlStack,
  allActions,
  callActions,
  fromSpec,
  notifyTopic,
  parseDeclaration,
  sendToTarget,
  sendToTopic,
} from "../../modules";
import { EVENT_MESSAGE } from "../../lib/monitoring/events";
import { PLANNED_AT } from "../../modules/monitoring/first-sync";
import type { PolicyDocument, PolicyStatement } from "../support/policy-evaluator";
import { allows } from "../support/policy-evaluator";
import type { Block, StackJson, Synthesised } from "../support/synth";
import { OWNING, PROD, policyOf, synth, synthStack } from "../support/synth";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:data-alerts";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";
const LAKE = { database: "sales_lake", location: "s3://acme-lake/sales" };
const ARN = '${split("|", aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71.id)[0]}';

type Watching = Omit<ZeroEtlMonitoringProps, "integrations">;

function integration(
  stack: ZeroEtlStack,
  props: { readonly refreshInterval?: number | string; readonly continuousSync?: boolean } = {},
) {
  return new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
    source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders", tablePolicy: "own" }),
    target: new GlueDatabaseTarget(stack.targets, "lake", LAKE),
    ...props,
  });
}

function build(
  app: App,
  watching: Watching | ((stack: ZeroEtlStack) => Watching),
  props = {},
): ZeroEtlMonitoring {
  const stack = new ZeroEtlStack(app, "orders", OWNING);
  const orders = integration(stack, props);
  const settings = typeof watching === "function" ? watching(stack) : watching;
  return new ZeroEtlMonitoring(stack, "Monitoring", {
    integrations: { "orders-to-lake": orders },
    ...settings,
  });
}

const watched = (watching: Watching | ((stack: ZeroEtlStack) => Watching), props = {}): StackJson =>
  synthStack((app) => build(app, watching, props));

const topic = NotificationTopic.fromTopicArn(TOPIC);
const ALARM = "aws_cloudwatch_metric_alarm";
const plain = (block: Block): Block =>
  Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"));
const alarms = (stack: StackJson): Record<string, Block> =>
  Object.fromEntries(
    Object.values(stack.resources(ALARM)).map((alarm) => [String(alarm["alarm_name"]), plain(alarm)]),
  );

function typesOf(stack: StackJson): string[] {
  return Object.keys(stack.json["resource"] ?? {}).filter((type) =>
    /cloudwatch|sns|terraform_data/.test(type),
  );
}

describe("nothing is made that nothing uses", () => {
  test("by monitoring without a wish", () => {
    expect(typesOf(watched({}))).toEqual([]);
    expect(typesOf(watched({ dashboard: false }))).toEqual([]);
  });

  test("by events without a target, or of no kind: a rule would do nothing", () => {
    expect(typesOf(watched({ events: { targets: {} } }))).toEqual([]);
    expect(typesOf(watched({ events: { targets: { Topic: sendToTopic(topic) }, detailTypes: [] } }))).toEqual(
      [],
    );
  });

  test.each<[string, Watching, string[]]>([
    ["alarms", { alarms: {} }, [ALARM, "terraform_data"]],
    ["alarms on failures alone", { alarms: { stale: {} } }, [ALARM]],
    [
      "events",
      { events: { targets: { Topic: sendToTopic(topic) } } },
      ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"],
    ],
    ["a dashboard", { dashboard: true }, ["aws_cloudwatch_dashboard"]],
    ["logs", { logRetentionDays: 30 }, ["aws_cloudwatch_log_group"]],
  ])("by the wish for %s but that", (_, watching, types) => {
    expect(typesOf(watched(watching)).sort()).toEqual([...types].sort());
  });

  test("for an integration of Redshift's own, which is said", () => {
    const { stacks, annotations } = synth((app) => {
      const stack = new ZeroEtlStack(app, "orders", PROD);
      const orders = new ZeroEtlIntegration(stack.integrations, "orders", {
        source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" }),
        target: new RedshiftTarget(stack.targets, "warehouse", { workgroup: "analytics" }),
      });
      new ZeroEtlMonitoring(stack, "Monitoring", {
        integrations: { orders },
        alarms: {},
        events: { targets: { Topic: sendToTopic(topic) } },
        dashboard: true,
        logRetentionDays: 30,
      });
    });
    expect(
      Object.keys(stacks["orders"]?.json["resource"] ?? {}).filter((type) => /cloudwatch_(?!log)/.test(type)),
    ).toEqual([]);
    expect(annotations.map(({ message }) => message).join()).toContain("[unwatched-integration]");
  });
});

describe("alarms", () => {
  test("are two on each integration, exactly these", () => {
    const made = alarms(watched({ alarms: { actions: notifyTopic(topic) } }));
    expect(Object.keys(made)).toEqual(["zero-etl-orders-to-lake-failed", "zero-etl-orders-to-lake-stale"]);
    expect(made["zero-etl-orders-to-lake-failed"]).toEqual({
      alarm_actions: [TOPIC],
      alarm_description:
        "An ingestion of the zero-ETL integration orders-to-lake failed. AWS retries for seven days; the reason: aws glue describe-integrations",
      alarm_name: "zero-etl-orders-to-lake-failed",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      datapoints_to_alarm: 1,
      evaluation_periods: 4,
      metric_query: [
        {
          expression: `SELECT SUM(IngestionFailed) FROM "AWS/Glue/ZeroETL" WHERE integrationArn = '${ARN}'`,
          id: "failed",
          label: "failed ingestions",
          period: 300,
          return_data: true,
        },
      ],
      ok_actions: [TOPIC],
      threshold: 1,
      treat_missing_data: "notBreaching",
    });
    expect(made["zero-etl-orders-to-lake-stale"]).toMatchObject({
      alarm_description:
        "The newest data of the zero-ETL integration orders-to-lake is older than 45 minutes",
      threshold: 45,
      evaluation_periods: 36,
    });
  });

  test("count the first sync from when the integration was first watched, and again with a new integration", () => {
    const stack = watched({ alarms: { firstSyncWithin: "2h" } });
    const first = plain(stack.resource("terraform_data"));
    expect(first).toMatchObject({ lifecycle: { ignore_changes: ["input"] }, triggers_replace: ARN });
    expect(first["input"]).toBe(`\${${PLANNED_AT}}`);
    const [name] = Object.keys(stack.resources("terraform_data"));
    const due = (of: StackJson): string => JSON.stringify(alarms(of)["zero-etl-orders-to-lake-stale"]);
    expect(due(stack)).toContain(`(MAX(seconds) < 1) * \${terraform_data.${name}.output + 7200}`);
    expect(due(watched({ alarms: {} }))).toContain(
      `(MAX(seconds) < 1) * \${terraform_data.${name}.output + 86400}`,
    );
  });

  test("have the thresholds of their labels, and the actions of one or of all", () => {
    const made = alarms(
      watched({
        alarms: {
          actions: callActions("arn:aws:ssm-incidents::111122223333:response-plan/data"),
          failed: { failed: {}, storm: { failures: 10 } },
          stale: {
            late: { after: "30m", actions: allActions() },
            down: {
              after: 180,
              actions: allActions(
                notifyTopic(topic),
                callActions("arn:aws:lambda:us-east-1:111122223333:function:page"),
              ),
            },
          },
        },
      }),
    );
    const summary = Object.entries(made).map(([name, alarm]) => [
      name,
      alarm["threshold"],
      alarm["alarm_actions"],
      alarm["ok_actions"],
    ]);
    const plan = ["arn:aws:ssm-incidents::111122223333:response-plan/data"];
    expect(summary.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ["zero-etl-orders-to-lake-failed", 1, plan, undefined],
      ["zero-etl-orders-to-lake-failed-storm", 10, plan, undefined],
      [
        "zero-etl-orders-to-lake-stale-down",
        180,
        [TOPIC, "arn:aws:lambda:us-east-1:111122223333:function:page"],
        [TOPIC],
      ],
      ["zero-etl-orders-to-lake-stale-late", 30, undefined, undefined],
    ]);
  });

  test("have addresses of the integration's label, the kind and their own", () => {
    expect(
      Object.keys(watched({ alarms: {} }).resources(ALARM)).map((name) => name.replace(/_[0-9A-F]{8}$/, "")),
    ).toEqual([
      "Monitoring_Alarms_orders-to-lake_Failed_failed",
      "Monitoring_Alarms_orders-to-lake_Stale_stale",
    ]);
  });

  test("on stale data follow the interval", () => {
    const after = (refreshInterval: number | string) =>
      alarms(watched({ alarms: {} }, { refreshInterval }))["zero-etl-orders-to-lake-stale"]?.["threshold"];
    // Without the operator the interval is the integration's own setting.
    expect(after("20m")).toBe(60);
    expect(after("2h")).toBe(180);
    expect(after("6h")).toBeUndefined();
  });

  test("fail for an age that CloudWatch cannot see, and for no number of failures", () => {
    expect(() => watched({ alarms: { stale: { stale: { after: "6h" } } } })).toThrow(
      "orders/Monitoring/Alarms/orders-to-lake: stale: stale: after: error: staleAfter is longer than CloudWatch looks back for an alarm [stale-after]",
    );
    expect(() => watched({ alarms: { failed: { none: { failures: 0 } } } })).toThrow(
      "orders/Monitoring/Alarms/orders-to-lake: failed: none: failures: error: failures is not a number of ingestions [failure-threshold]",
    );
  });

  test("fail for an age that is known only to Terraform, and take such a number of failures", () => {
    const asked = (stack: ZeroEtlStack) => new TerraformVariable(stack, "asked", {});
    expect(() =>
      watched((stack) => ({ alarms: { stale: { late: { after: asked(stack).stringValue } } } })),
    ).toThrow(
      "orders/Monitoring/Alarms/orders-to-lake: stale: late: after: error: after is known only to Terraform [unknown-at-synth]",
    );
    const made = alarms(
      watched((stack) => ({ alarms: { failed: { many: { failures: asked(stack).numberValue } } } })),
    );
    expect(made["zero-etl-orders-to-lake-failed-many"]?.["threshold"]).toBe("${var.asked}");
  });

  test("fail for a time of the first sync that is none, for a label no name holds, and for a sixth action", () => {
    const path = "orders/Monitoring/Alarms/orders-to-lake: ";
    expect(() => watched({ alarms: { firstSyncWithin: "soon" } })).toThrow(
      `${path}firstSyncWithin: error: firstSyncWithin is not a duration [first-sync-within]`,
    );
    expect(() => watched({ alarms: { stale: { failed: {} } } })).toThrow(
      `${path}stale: error: the name of an alarm cannot hold the label [alarm-label]`,
    );
    const actions = callActions(...Array.from({ length: 6 }, (_, index) => `${TOPIC}-${index}`));
    expect(() => watched({ alarms: { failed: { failed: { actions } } } })).toThrow(
      `${path}failed: failed: actions: error: an alarm calls more actions than CloudWatch takes [alarm-actions]`,
    );
  });

  test("are warned of where a region has more than its quota, and not at the quota", () => {
    const many = (count: number): Watching => ({
      alarms: {
        stale: {},
        failed: Object.fromEntries(Array.from({ length: count }, (_, index) => [`at_${index}`, {}])),
      },
    });
    const said = (count: number): string[] =>
      synth((app) => build(app, many(count)))
        .annotations.map(({ message }) => message)
        .filter((message) => message.includes("[query-alarms]"));
    expect(said(200)).toEqual([]);
    expect(said(201)).toEqual([expect.stringContaining("got:      201 alarms")]);
  });

  test("fail for an integration that is watched twice under one name", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "orders", OWNING);
        const orders = integration(stack);
        for (const id of ["Monitoring", "Again"]) {
          new ZeroEtlMonitoring(stack, id, { integrations: { orders }, alarms: { stale: {} } });
        }
      }),
    ).toThrow(/the alarm zero-etl-orders-to-lake-failed would be written by two owners/);
  });
});

describe("events", () => {
  test("go to the topic as a readable message, and to other targets as they are", () => {
    const bus = {
      arn: "arn:aws:events:us-east-1:111122223333:event-bus/ops",
      roleArn: "arn:aws:iam::111122223333:role/to-ops",
    };
    const stack = watched({ events: { targets: { Topic: sendToTopic(topic), Bus: sendToTarget(bus) } } });
    expect(plain(stack.resource("aws_cloudwatch_event_rule"))).toEqual({
      name: "zero-etl-orders",
      description: "AWS Glue zero-ETL integrations in trouble",
      event_pattern:
        '{"detail-type":["AWS Glue Zero ETL Ingestion Failed","AWS Glue Zero ETL Integration Failed","AWS Glue Zero ETL Integration Needs Attention","AWS Glue Zero ETL Integration Resynced"],"source":[{"prefix":"aws.glue-zero-etl"}]}',
    });
    const [rule] = Object.keys(stack.resources("aws_cloudwatch_event_rule"));
    expect(Object.values(stack.resources("aws_cloudwatch_event_target")).map(plain)).toEqual([
      {
        rule: `\${aws_cloudwatch_event_rule.${rule}.name}`,
        target_id: "Bus",
        arn: bus.arn,
        role_arn: bus.roleArn,
      },
      {
        rule: `\${aws_cloudwatch_event_rule.${rule}.name}`,
        target_id: "Topic",
        arn: TOPIC,
        input_transformer: {
          input_paths: EVENT_MESSAGE.inputPaths,
          input_template: EVENT_MESSAGE.inputTemplate,
        },
      },
    ]);
  });

  test("go to targets of any label, even one that JavaScript or the rule has a use for", () => {
    const bus = sendToTarget({ arn: "arn:aws:events:us-east-1:111122223333:event-bus/ops" });
    const stack = watched({ events: { targets: { Resource: bus, constructor: bus } as never } });
    const ids = Object.values(stack.resources("aws_cloudwatch_event_target")).map(({ target_id: id }) => id);
    expect(ids.sort()).toEqual(["Resource", "constructor"]);
  });

  test("fail for a sixth target", () => {
    const targets = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f"].map((label) => [label, sendToTopic(topic)]),
    );
    expect(() => watched({ events: { targets } })).toThrow(
      "orders/Monitoring/Events/prod: targets: error: a rule has more targets than EventBridge takes [event-targets]",
    );
  });

  test("are those that were asked for", () => {
    const stack = watched({
      events: {
        targets: { Topic: sendToTopic(topic) },
        detailTypes: ["AWS Glue Zero ETL Ingestion Completed"],
      },
    });
    expect(
      JSON.parse(String(stack.resource("aws_cloudwatch_event_rule")["event_pattern"]))["detail-type"],
    ).toEqual(["AWS Glue Zero ETL Ingestion Completed"]);
  });

  test("fail for a topic of another region", () => {
    const elsewhere = NotificationTopic.fromTopicArn(TOPIC.replace("us-east-1", "eu-west-1"));
    expect(() => watched({ events: { targets: { Topic: sendToTopic(elsewhere) } } })).toThrow(
      "[topic-region]",
    );
  });
});

describe("what documents of topics must say", () => {
  const both = (target: NotificationTopic): Watching => ({
    alarms: { actions: notifyTopic(target) },
    events: { targets: { Topic: sendToTopic(target) } },
  });

  test("is returned for a topic that exists, and nothing is written", () => {
    const [requirements] = requirementsOf((app) => build(app, both(topic)));
    expect(requirements).toMatchObject([{ document: "topic policy", arn: TOPIC, applied: false }]);
    expect(requirements?.[0]?.requirements.map(({ statement }) => statement.Principal)).toEqual([
      { Service: ["cloudwatch.amazonaws.com"] },
      { Service: ["events.amazonaws.com"] },
    ]);
    expect(typesOf(watched(both(topic)))).not.toContain("aws_sns_topic_policy");
  });

  test("has the key of an encrypted topic, too", () => {
    const kmsKeyArn = KEY;
    const [requirements] = requirementsOf((app) =>
      build(app, both(NotificationTopic.fromTopicArn(TOPIC, { kmsKeyArn }))),
    );
    expect(requirements?.map(({ document, arn, applied }) => [document, arn, applied])).toEqual([
      ["key policy", kmsKeyArn, false],
      ["topic policy", TOPIC, false],
    ]);
  });

  const managed = watched((stack) => {
    const key = new KmsKey(stack, "key");
    const sns = new SnsTopic(stack, "alerts", { name: "data-alerts", kmsMasterKeyId: key.arn });
    return both(
      NotificationTopic.fromTopic(sns, {
        policy: new TopicPolicy(stack, "topic-policy", { topic: sns }),
        kmsKeyArn: key.arn,
        keyPolicy: new KeyPolicy(stack, "key-policy", { key }),
      }),
    );
  });
  const documentOf = (type: string) => policyOf(managed.resource(type)) as unknown as PolicyDocument;

  test("is written by the owners of the app, and only what sends waits for it", () => {
    const statements = (documentOf("aws_sns_topic_policy").Statement as readonly PolicyStatement[]).map(
      ({ Sid }) => Sid,
    );
    expect(statements.map((sid = "") => sid.replace(/[0-9a-f]{16}$/, ""))).toEqual([
      "EnableIamPolicies",
      "ZeroEtlAlarms",
      "ZeroEtlEvents",
    ]);
    const waits = [
      "aws_sns_topic.alerts",
      "aws_sns_topic_policy.topic-policy",
      "aws_kms_key_policy.key-policy",
    ];
    for (const alarm of Object.values(managed.resources(ALARM))) {
      const dependencies = (alarm["depends_on"] as string[]).map((address) =>
        address.replace(/_[0-9A-F]{8}$/, ""),
      );
      expect(dependencies.sort()).toEqual([...waits].sort());
    }
    expect(
      policyOf(managed.resource("aws_kms_key_policy")).Statement.map(({ Sid }) =>
        String(Sid).replace(/[0-9a-f]{16}$/, ""),
      ),
    ).toEqual(["EnableIamPolicies", "ZeroEtlAlarmsKey", "ZeroEtlEventsKey"]);
  });

  test("lets the rule and the alarms publish, and nobody else", () => {
    const publish = (service: string, source: string) =>
      allows("resource", [documentOf("aws_sns_topic_policy")], {
        principal: { Service: service },
        action: "sns:Publish",
        resource: TOPIC,
        context: { "aws:SourceArn": source, "aws:SourceAccount": "111122223333" },
      });
    expect(
      publish("events.amazonaws.com", "arn:aws:events:us-east-1:111122223333:rule/zero-etl-orders"),
    ).toBe(true);
    expect(publish("events.amazonaws.com", "arn:aws:events:us-east-1:111122223333:rule/other")).toBe(false);
    expect(
      publish(
        "cloudwatch.amazonaws.com",
        "arn:aws:cloudwatch:us-east-1:111122223333:alarm:zero-etl-orders-to-lake-stale",
      ),
    ).toBe(true);
    expect(
      publish("cloudwatch.amazonaws.com", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:billing"),
    ).toBe(false);
  });

  test("lets the senders of two accounts publish to one topic, each from its own", () => {
    const { stacks } = synth((app) => {
      const base = new ZeroEtlStack(app, "base", PROD);
      const sns = new SnsTopic(base, "alerts", { name: "data-alerts" });
      const alerts = NotificationTopic.fromTopic(sns, {
        policy: new TopicPolicy(base, "topic-policy", { topic: sns }),
      });
      build(app, both(alerts));
      const other = new ZeroEtlStack(app, "more", {
        ...OWNING,
        environment: "lake",
        account: "444455556666",
      });
      new ZeroEtlMonitoring(other, "Monitoring", {
        integrations: { "orders-to-lake": integration(other) },
        ...both(alerts),
      });
    });
    const { Statement } = policyOf(stacks["base"]!.resource("aws_sns_topic_policy"));
    const from = Statement.flatMap(({ Condition }) => {
      const { ArnLike = {}, ArnEquals = {} } = Condition as Record<string, Record<string, unknown>>;
      return [ArnLike["aws:SourceArn"] ?? [], ArnEquals["aws:SourceArn"] ?? []].flat();
    });
    expect(from.sort()).toEqual([
      "arn:aws:cloudwatch:us-east-1:111122223333:alarm:zero-etl-*",
      "arn:aws:cloudwatch:us-east-1:444455556666:alarm:zero-etl-*",
      "arn:aws:events:us-east-1:111122223333:rule/zero-etl-orders",
      "arn:aws:events:us-east-1:444455556666:rule/zero-etl-more",
    ]);
  });

  test("has the key that a topic of the app names, unless told otherwise", () => {
    const needed = (key: string, kmsKeyArn?: string) => {
      const [requirements] = requirementsOf((app) =>
        build(app, (stack) => {
          const sns = new SnsTopic(stack, "alerts", { name: "data-alerts", kmsMasterKeyId: key });
          return both(NotificationTopic.fromTopic(sns, kmsKeyArn === undefined ? {} : { kmsKeyArn }));
        }),
      );
      return requirements?.filter(({ document }) => document === "key policy").map(({ arn }) => arn);
    };
    expect(needed(KEY)).toEqual([KEY]);
    expect(needed("alias/alerts", KEY)).toEqual([KEY]);
    expect(needed("alias/alerts")).toEqual([]);
    const refused =
      "orders/alerts: kmsMasterKeyId: error: the topic is encrypted with the key of AWS, which lets nothing in [topic-key]";
    expect(() => needed("alias/aws/sns")).toThrow(refused);
    expect(() => needed("alias/aws/sns", KEY)).toThrow(refused);
  });

  test("says once that a topic of the app is encrypted with a key whose ARN is not known", () => {
    const { annotations } = synth((app) =>
      build(app, (stack) => {
        const sns = new SnsTopic(stack, "alerts", { name: "data-alerts", kmsMasterKeyId: "alias/alerts" });
        return both(NotificationTopic.fromTopic(sns));
      }),
    );
    const said = annotations.filter(({ message }) => message.includes("[topic-key]"));
    expect(said.map(({ constructPath }) => constructPath)).toEqual(["orders/alerts"]);
  });

  test("fails for a key that is none, and for the owner of a key's policy without the key", () => {
    expect(() => watched(both(NotificationTopic.fromTopicArn(TOPIC, { kmsKeyArn: "alias/alerts" })))).toThrow(
      "kmsKeyArn: error: kmsKeyArn is not the ARN of a KMS key [kms-key-arn]",
    );
    expect(() =>
      watched((stack) => {
        const keyPolicy = new KeyPolicy(stack, "key-policy", { key: new KmsKey(stack, "key") });
        return both(NotificationTopic.fromTopicArn(TOPIC, { keyPolicy }));
      }),
    ).toThrow("keyPolicy: error: keyPolicy is given, but no key [key-policy-without-key]");
  });

  test("fails for a topic that has a policy in itself", () => {
    expect(() =>
      watched((stack) => {
        const sns = new SnsTopic(stack, "alerts", { policy: "{}" });
        return both(
          NotificationTopic.fromTopic(sns, {
            policy: new TopicPolicy(stack, "topic-policy", { topic: sns }),
          }),
        );
      }),
    ).toThrow("the policy of the topic orders/alerts would be written by two owners");
  });
});

function requirementsOf(make: (app: App) => ZeroEtlMonitoring): ZeroEtlMonitoring["requirements"][] {
  return [make(new App({ stackTraces: false })).requirements];
}

describe("monitoring", () => {
  test("takes labels that JavaScript has a use for", () => {
    const stack = synthStack((app) => {
      const orders = new ZeroEtlStack(app, "orders", OWNING);
      const integrations = { constructor: integration(orders) } as never;
      new ZeroEtlMonitoring(orders, "Monitoring", {
        integrations,
        alarms: { failed: { constructor: {} } as never },
      });
    });
    expect(Object.keys(alarms(stack)).sort()).toEqual([
      "zero-etl-orders-to-lake-failed-constructor",
      "zero-etl-orders-to-lake-stale",
    ]);
  });

  test("of another name has names of its own, also beside a stack of the name that both would make", () => {
    const stack = synthStack((app) => {
      const orders = new ZeroEtlStack(app, "orders", OWNING);
      const integrations = { "orders-to-lake": integration(orders) };
      for (const id of ["Monitoring", "more"]) {
        new ZeroEtlMonitoring(orders, id, {
          integrations,
          dashboard: true,
          events: { targets: { Topic: sendToTopic(topic) } },
        });
      }
    });
    const names = (type: string, name: string): unknown[] =>
      Object.values(stack.resources(type))
        .map((block) => block[name])
        .sort();
    expect(names("aws_cloudwatch_event_rule", "name")).toEqual([
      "zero-etl-orders",
      expect.stringMatching(/^zero-etl-orders-more-[0-9a-f]{16}$/),
    ]);
    expect(names("aws_cloudwatch_dashboard", "dashboard_name")).toEqual([
      expect.stringMatching(/^zero-etl-orders-more-[0-9a-f]{16}-us-east-1$/),
      "zero-etl-orders-us-east-1",
    ]);
  });

  test("of a stack whose name is too long for a rule has a digest in its place, and another for another", () => {
    const ruleOf = (id: string): unknown => {
      const { stacks } = synth((app) => {
        const stack = new ZeroEtlStack(app, id, OWNING);
        new ZeroEtlMonitoring(stack, "Monitoring", {
          integrations: { orders: integration(stack) },
          events: { targets: { Topic: sendToTopic(topic) } },
        });
      });
      return stacks[id]?.resource("aws_cloudwatch_event_rule")["name"];
    };
    const fits = "s".repeat(64 - "zero-etl-".length);
    expect(ruleOf(fits)).toBe(`zero-etl-${fits}`);
    expect(ruleOf(`${fits}s`)).toMatch(/^zero-etl-[0-9a-f]{16}$/);
    expect(ruleOf(`${fits}s`)).not.toBe(ruleOf(`${fits}t`));
  });

  test("fails for an integration of another stack, whose provider it could not use", () => {
    expect(() =>
      synth((app) => {
        const orders = integration(new ZeroEtlStack(app, "orders", OWNING));
        const other = new ZeroEtlStack(app, "other", OWNING);
        new ZeroEtlMonitoring(other, "Monitoring", { integrations: { orders }, dashboard: true });
      }),
    ).toThrow(
      [
        "other/Monitoring: integrations: error: the integration orders-to-lake is of another stack [watched-elsewhere]",
        "  got:      orders/Integrations/orders-to-lake",
        "  expected: an integration of the stack other",
        "  remedy:   make a ZeroEtlMonitoring for it in the stack orders",
      ].join("\n"),
    );
  });

  test("fails for one integration more than a dashboard shows", () => {
    const show = (count: number) =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "orders", OWNING);
        const orders = integration(stack);
        new ZeroEtlMonitoring(stack, "Monitoring", {
          integrations: Object.fromEntries(
            Array.from({ length: count }, (_, index) => [`i${index}`, orders]),
          ),
          dashboard: true,
        });
      });
    expect(() => show(100)).not.toThrow();
    expect(() => show(101)).toThrow(
      [
        "orders/Monitoring: dashboard: error: a dashboard has more integrations than a graph takes searches [dashboard-size]",
        "  got:      101 integrations",
        "  expected: up to 100",
        "  remedy:   divide them among several stacks, or several ZeroEtlMonitoring",
      ].join("\n"),
    );
  });
});

describe("logs", () => {
  test("have a group before the integration writes, which outlives the stack", () => {
    const stack = watched({ logRetentionDays: 30 });
    const groups = stack.resources("aws_cloudwatch_log_group");
    expect(Object.values(groups).map(plain)).toEqual([
      { name: "/aws-glue/zeroETL-integrations/logs/", retention_in_days: 30, skip_destroy: true },
      { name: "/aws-glue/zeroETL-integrations/logs", retention_in_days: 30, skip_destroy: true },
    ]);
    const [made] = Object.entries(stack.resources("aws_cloudcontrolapi_resource")).flatMap(([name, block]) =>
      name.startsWith("Integrations_") ? [block] : [],
    );
    expect(made?.["depends_on"]).toEqual(
      expect.arrayContaining(Object.keys(groups).map((name) => `aws_cloudwatch_log_group.${name}`)),
    );
  });

  test("fail for a number of days that CloudWatch Logs does not take, and for a second stack that sets them", () => {
    expect(() => watched({ logRetentionDays: 8 })).toThrow("[log-retention-days]");
    expect(() =>
      synth((app) => {
        for (const id of ["orders", "more"]) {
          const stack = new ZeroEtlStack(app, id, OWNING);
          const source = DynamoDbSource.fromTableName(stack.sources, id, {
            table: id,
            tablePolicy: "external",
          });
          const target = new GlueDatabaseTarget(stack.targets, "lake", { ...LAKE, database: id });
          const made = new ZeroEtlIntegration(stack.integrations, id, { source, target });
          new ZeroEtlMonitoring(stack, "Monitoring", { integrations: { made }, logRetentionDays: 30 });
        }
      }),
    ).toThrow(/the log group of zero-ETL integrations would be written by two owners/);
  });
});

describe("two accounts", () => {
  const declaration = (stacks: string): Synthesised =>
    synth((app) => {
      const text = `
version: 1
environments:
  prod: { region: us-east-1, account: "111122223333" }
  second: { region: us-east-1, account: "111122223333" }
  lake: { region: us-east-1, account: "444455556666" }
stacks:
${stacks}`;
      const { declaration: parsed, issues } = parseDeclaration(text, "zero-etl.yaml");
      if (parsed === undefined) throw new Error(JSON.stringify(issues));
      fromSpec(app, parsed);
    });
  const MONITORING = `
    monitoring:
      alarms: { topicArn: ${TOPIC} }
      events: { topicArn: ${TOPIC} }
      dashboard: true
      logRetentionDays: 30`;
  const providers = (stack: StackJson | undefined): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(stack?.json["resource"] ?? {}).flatMap(([type, byName]) =>
        Object.entries(byName as unknown as Record<string, Block>)
          .filter(([name]) => name.startsWith("Monitoring_") && type !== "terraform_data")
          .map(([name, block]) => [`${type}.${name.replace(/_[0-9A-F]{8}$/, "")}`, block["provider"]]),
      ),
    );
  const PLACES = {
    "aws_cloudwatch_dashboard.Monitoring_Dashboard_lake": "aws.lake",
    "aws_cloudwatch_event_rule.Monitoring_Events_prod": undefined,
    "aws_cloudwatch_event_target.Monitoring_Events_prod_Targets_Topic": undefined,
    "aws_cloudwatch_log_group.Monitoring_Logs_lake_WithSlash": "aws.lake",
    "aws_cloudwatch_log_group.Monitoring_Logs_lake_WithoutSlash": "aws.lake",
    "aws_cloudwatch_log_group.Monitoring_Logs_prod_WithSlash": undefined,
    "aws_cloudwatch_log_group.Monitoring_Logs_prod_WithoutSlash": undefined,
    "aws_cloudwatch_metric_alarm.Monitoring_Alarms_orders-to-lake_Failed_failed": "aws.lake",
    "aws_cloudwatch_metric_alarm.Monitoring_Alarms_orders-to-lake_Stale_stale": "aws.lake",
  };

  test("of one stack: events where the integration is, metrics where the role writes them, logs on both sides", () => {
    const { stacks } = declaration(`
  orders:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders } }
    targets: { lake: { type: glue-database, environment: lake, database: lake, location: "s3://acme-lake/" } }
    integrations: { orders-to-lake: { source: orders, target: lake } }${MONITORING}`);
    expect(providers(stacks["orders"])).toEqual(PLACES);
    const output = stacks["orders"]?.json["output"] as unknown as Record<
      string,
      { value: { requirements: { statement: { Condition: object } }[] }[] }
    >;
    const conditions = output["required_statements_of_monitoring"]?.value[0]?.requirements.map(
      ({ statement }) => statement.Condition,
    );
    expect(conditions).toEqual([
      {
        ArnLike: { "aws:SourceArn": ["arn:aws:cloudwatch:us-east-1:444455556666:alarm:zero-etl-*"] },
        StringEquals: { "aws:SourceAccount": ["444455556666"] },
      },
      {
        ArnEquals: { "aws:SourceArn": ["arn:aws:events:us-east-1:111122223333:rule/zero-etl-orders"] },
        StringEquals: { "aws:SourceAccount": ["111122223333"] },
      },
    ]);
  });

  test("and an integration of another environment of the same place, which moves no address", () => {
    const one = "orders-to-lake: { source: orders, target: lake }";
    const two = `${one}, visits-to-lake: { source: visits, target: lake }`;
    const [alone, both] = [one, two].map((integrations) => {
      const { stacks } = declaration(`
  orders:
    environment: prod
    sources:
      orders: { type: dynamodb, table: orders }
      visits: { type: dynamodb, environment: second, table: visits }
    targets: { lake: { type: glue-database, environment: lake, database: lake, location: "s3://acme-lake/" } }
    integrations: { ${integrations} }${MONITORING}`);
      return providers(stacks["orders"]);
    });
    expect(alone).toEqual(PLACES);
    expect(both).toEqual({
      ...PLACES,
      "aws_cloudwatch_metric_alarm.Monitoring_Alarms_visits-to-lake_Failed_failed": "aws.lake",
      "aws_cloudwatch_metric_alarm.Monitoring_Alarms_visits-to-lake_Stale_stale": "aws.lake",
    });
  });

  test("and a topic whose key is named: what both documents must say is an output", () => {
    const { stacks } = declaration(`
  orders:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders } }
    targets: { lake: { type: glue-database, database: lake, location: "s3://acme-lake/" } }
    integrations: { orders-to-lake: { source: orders, target: lake } }
    monitoring:
      alarms: { topicArn: "${TOPIC}", kmsKeyArn: "${KEY}" }
      events: { topicArn: "${TOPIC}", kmsKeyArn: "${KEY}" }`);
    const { value } = stacks["orders"]?.json["output"]?.["required_statements_of_monitoring"] as unknown as {
      value: { document: string; arn: string; requirements: { statement: PolicyStatement }[] }[];
    };
    expect(
      value.map(({ document, arn, requirements }) => [
        document,
        arn,
        requirements.map(({ statement }) => statement.Principal),
      ]),
    ).toEqual([
      ["key policy", KEY, [{ Service: ["cloudwatch.amazonaws.com"] }, { Service: ["events.amazonaws.com"] }]],
      [
        "topic policy",
        TOPIC,
        [{ Service: ["cloudwatch.amazonaws.com"] }, { Service: ["events.amazonaws.com"] }],
      ],
    ]);
  });

  test("of two stacks: the integration's stack gets a provider for the place of the metrics", () => {
    const { stacks } = declaration(`
  base:
    environment: lake
    targets: { lake: { type: glue-database, database: lake, location: "s3://acme-lake/" } }
  orders:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders } }
    integrations: { orders-to-lake: { source: orders, target: base/lake } }${MONITORING}`);
    expect(providers(stacks["orders"])).toEqual(PLACES);
  });

  test("of two stacks in TypeScript: without such a provider it is said, and the events are made all the same", () => {
    const { stacks, annotations } = synth((app) => {
      const base = new ZeroEtlStack(app, "base", {
        environment: "lake",
        region: "us-east-1",
        account: "444455556666",
      });
      const stack = new ZeroEtlStack(app, "orders", PROD);
      const orders = new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
        source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" }),
        target: new GlueDatabaseTarget(base.targets, "lake", LAKE),
      });
      new ZeroEtlMonitoring(stack, "Monitoring", {
        integrations: { orders },
        alarms: {},
        events: { targets: { Topic: sendToTopic(topic) } },
      });
    });
    expect(Object.keys(providers(stacks["orders"]))).toEqual([
      "aws_cloudwatch_event_rule.Monitoring_Events_prod",
      "aws_cloudwatch_event_target.Monitoring_Events_prod_Targets_Topic",
    ]);
    expect(annotations.map(({ message }) => message).join()).toContain("[metrics-elsewhere]");
  });
});
