// The same app makes the topic and its key: their policies get what events and alarms need. Alarms have two thresholds, and events
// also go to a bus as they are.
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App } from "cdktf";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  KeyPolicy,
  NotificationTopic,
  TopicPolicy,
  ZeroEtlIntegration,
  ZeroEtlMonitoring,
  ZeroEtlStack,
  notifyTopic,
  sendToTarget,
  sendToTopic,
} from "../../modules";

const app = new App();
const stack = new ZeroEtlStack(app, "orders", {
  environment: "prod",
  region: "us-east-1",
  account: "111122223333",
});

const orders = new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
  source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" }),
  target: new GlueDatabaseTarget(stack.targets, "lake", {
    database: "sales_lake",
    location: "s3://acme-lake/sales/",
  }),
});

const key = new KmsKey(stack, "key", { description: "notifications" });
const topic = new SnsTopic(stack, "alerts", { name: "data-alerts", kmsMasterKeyId: key.arn });
const alerts = NotificationTopic.fromTopic(topic, {
  policy: new TopicPolicy(stack, "topic-policy", { topic }),
  kmsKeyArn: key.arn,
  keyPolicy: new KeyPolicy(stack, "key-policy", { key }),
});

new ZeroEtlMonitoring(stack, "Monitoring", {
  integrations: { "orders-to-lake": orders },
  alarms: {
    stale: { late: { after: "45m" }, down: { after: "3h", actions: notifyTopic(alerts) } },
    failed: { failed: { actions: notifyTopic(alerts) } },
  },
  events: {
    targets: {
      Alerts: sendToTopic(alerts),
      Bus: sendToTarget({
        arn: "arn:aws:events:us-east-1:111122223333:event-bus/operations",
        roleArn: "arn:aws:iam::111122223333:role/events-to-operations",
      }),
    },
  },
  dashboard: true,
});

app.synth();
