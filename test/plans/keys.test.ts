// Keys and secrets of the same app, whose ARNs only Terraform knows: the whole life of their policies, with an integration.
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { App } from "cdktf";
import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  KeyPolicy,
  OracleSource,
  SecretPolicy,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
} from "../../modules";
import type { PlanJson } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { FakeTarget } from "../support/doubles";
import { withStacks } from "./plan";

const ENVIRONMENT = { environment: "prod", region: "us-east-1", account: "111122223333" };

function keys(outdir: string): void {
  const app = new App({ outdir });
  const stack = new ZeroEtlStack(app, "orders", ENVIRONMENT);
  const key = new KmsKey(stack, "Key");
  const keyPolicy = new KeyPolicy(stack, "KeyPolicy", { key });
  const table = new DynamodbTable(stack, "Table", {
    name: "orders",
    hashKey: "id",
    attribute: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
  });
  const shared = { kmsKeyArn: key.arn, keyPolicy };
  addOutputs(
    new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
      source: DynamoDbSource.fromTable(stack.sources, "orders", { table, keyPolicy }),
      target: new GlueDatabaseTarget(stack.targets, "lake", {
        database: "sales_lake",
        location: "s3://acme-lake/sales",
        ...shared,
      }),
      ...shared,
      protect: false,
    }),
  );
  app.synth();
}

const SALES = {
  arn: "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/vm-1",
  pluggableDatabase: "SALES",
};

function oracle(outdir: string): void {
  const app = new App({ outdir });
  const stack = new ZeroEtlStack(app, "sales", ENVIRONMENT);
  const key = new KmsKey(stack, "Key");
  const secret = new SecretsmanagerSecret(stack, "Secret", { name: "odb", kmsKeyId: key.arn });
  const source = new OracleSource(stack.sources, "oracle", {
    ...SALES,
    secretArn: secret.arn,
    secretPolicy: new SecretPolicy(stack, "SecretPolicy", { secret }),
    kmsKeyArn: key.arn,
    keyPolicy: new KeyPolicy(stack, "KeyPolicy", { key }),
  });
  const target = new FakeTarget(stack, "redshift");
  addOutputs(new ZeroEtlIntegration(stack.integrations, "sales", { source, target }));
  app.synth();
}

/** With a secret that exists already. */
const oracleWith = (secret: string, include: readonly string[]) => (outdir: string) => {
  const app = new App({ outdir });
  const stack = new ZeroEtlStack(app, "sales", ENVIRONMENT);
  const secretArn = `arn:aws:secretsmanager:us-east-1:111122223333:secret:${secret}`;
  const source = new OracleSource(stack.sources, "oracle", { ...SALES, secretArn, include });
  const target = new FakeTarget(stack, "redshift");
  new ZeroEtlIntegration(stack.integrations, "sales", { source, target, protect: false });
  app.synth();
};

describeWithTerraform("a key of the app for a table, a target and an integration", () => {
  test("is planned, applied, and planned empty", async () => {
    await withStacks(keys, {}, async ({ directory, terraform }) => {
      succeeded(await terraform.validate(directory));
      const first = plannedActions(await terraform.planJson(directory));
      expect(new Set(Object.values(first))).toEqual(new Set(["create"]));
      expect(Object.keys(first).filter((address) => address.startsWith("aws_kms_key_policy."))).toHaveLength(
        1,
      );
      succeeded(await terraform.apply(directory));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });

  describe("that is replaced", () => {
    async function replacing(target: string): Promise<Record<string, string>> {
      let actions: Record<string, string> = {};
      await withStacks(keys, {}, async ({ directory, terraform }) => {
        succeeded(await terraform.apply(directory));
        const options = ["-out=change", "-replace=aws_kms_key.Key", `-target=${target}`];
        succeeded(await terraform.run(directory, "plan", ...options));
        const { stdout } = succeeded(await terraform.run(directory, "show", "-json", "change"));
        actions = plannedActions(JSON.parse(stdout) as PlanJson);
      });
      return actions;
    }

    test("takes its policy along, for the provider would leave the new key without it", async () => {
      expect(await replacing("aws_kms_key_policy.KeyPolicy_722F6674")).toMatchObject({
        "aws_kms_key.Key": "delete,create",
        "aws_kms_key_policy.KeyPolicy_722F6674": "delete,create",
      });
    });

    test("takes the integration along, for a plan that does not know the key would promise an update", async () => {
      const integration = "aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71";
      expect(await replacing(integration)).toMatchObject({ [integration]: "delete,create" });
    });
  });
});

describeWithTerraform("an Oracle database", () => {
  test("with a secret and a key of the app is planned, applied, and planned empty", async () => {
    await withStacks(oracle, {}, async ({ directory, terraform }) => {
      succeeded(await terraform.validate(directory));
      succeeded(await terraform.apply(directory));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });

  test.each([
    ["another secret replaces", oracleWith("other", ["HR.*"]), "delete,create"],
    ["another selection changes", oracleWith("odb", ["HR.*", "OE.*"]), "update"],
  ])("%s its integration", async (_, after, action) => {
    let output = "";
    const before = (outdir: string): void => {
      output = outdir;
      oracleWith("odb", ["HR.*"])(outdir);
    };
    await withStacks(before, {}, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      rmSync(join(directory, "cdk.tf.json"));
      after(output);
      const actions = plannedActions(await terraform.planJson(directory));
      const [integration] = Object.entries(actions).filter(([address]) =>
        address.startsWith("aws_cloudcontrolapi_resource."),
      );
      expect(integration?.[1]).toBe(action);
    });
  });
});
