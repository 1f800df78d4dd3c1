// A key for the data on its way, and a secret with its key, all of the same app: their policies get what integrations need. Policies
// that somebody else writes are an output instead.
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { App } from "cdktf";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  KeyPolicy,
  OracleSource,
  RedshiftTarget,
  SecretPolicy,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";

const app = new App();
const stack = new ZeroEtlStack(app, "finance", {
  environment: "prod",
  region: "us-east-1",
  account: "111122223333",
});

const key = new KmsKey(stack, "key", { description: "data on its way, and the secret" });
const keyPolicy = new KeyPolicy(stack, "key-policy", { key });
const secret = new SecretsmanagerSecret(stack, "secret", { name: "odb-ledger", kmsKeyId: key.arn });

new ZeroEtlIntegration(stack.integrations, "invoices-to-lake", {
  source: DynamoDbSource.fromTableName(stack.sources, "invoices", { table: "invoices" }),
  target: new GlueDatabaseTarget(stack.targets, "lake", {
    database: "finance_lake",
    location: "s3://acme-lake/finance/",
  }),
  kmsKeyArn: key.arn,
  keyPolicy,
});

new ZeroEtlIntegration(stack.integrations, "ledger-to-warehouse", {
  source: new OracleSource(stack.sources, "ledger", {
    arn: "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/exadb_0a1b2c3d",
    pluggableDatabase: "LEDGER",
    secretArn: secret.arn,
    secretPolicy: new SecretPolicy(stack, "secret-policy", { secret }),
    kmsKeyArn: key.arn,
    keyPolicy,
  }),
  target: new RedshiftTarget(stack.targets, "warehouse", { workgroup: "analytics" }),
});

app.synth();
