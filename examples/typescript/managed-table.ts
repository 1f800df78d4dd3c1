// A table of the same app as the source, in a stack with a provider of the user's own: what the table lacks is an error at
// synth, and everything waits for it.
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DynamoDbSource, GlueDatabaseTarget, ZeroEtlIntegration, addOutputs } from "../../modules";

const app = new App();
const stack = new TerraformStack(app, "managed-table");
new AwsProvider(stack, "aws", { region: "us-east-1" });

const table = new DynamodbTable(stack, "table", {
  name: "orders",
  billingMode: "PAY_PER_REQUEST",
  hashKey: "id",
  attribute: [{ name: "id", type: "S" }],
  pointInTimeRecovery: { enabled: true },
});

const integration = new ZeroEtlIntegration(stack, "orders-to-lake", {
  source: DynamoDbSource.fromTable(stack, "orders", { table }),
  target: new GlueDatabaseTarget(stack, "lake", {
    database: "sales_lake",
    location: "s3://acme-lake/sales/",
  }),
  refreshInterval: "30m",
});
addOutputs(integration);

app.synth();
