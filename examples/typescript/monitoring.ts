// An encrypted topic of another team, whose policy and key's policy must say what the output tells. Alarms have two thresholds, and
// events also go to a bus as they are. What the app makes itself, it lets in by itself: TopicPolicy and KeyPolicy in docs/monitoring.md.
import { App } from "cdktf";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  NotificationTopic,
  ZeroEtlIntegration,
  ZeroEtlMonitoring,
  ZeroEtlStack,
  addMonitoringOutputs,
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

const alerts = NotificationTopic.fromTopicArn("arn:aws:sns:us-east-1:444455556666:data-alerts", {
  kmsKeyArn: "arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-1111-2222-333344445555",
});

const monitoring = new ZeroEtlMonitoring(stack, "Monitoring", {
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
addMonitoringOutputs(monitoring);

app.synth();
