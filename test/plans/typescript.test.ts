// What only TypeScript offers so far, against the schema of the provider that users run.
import { App } from "cdktf";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { CONNECTORS } from "../../lib/facts/connectors";
import type { ConnectionSourceKind } from "../../lib/facts/kinds";
import { CONNECTION_SOURCE_KINDS } from "../../lib/facts/kinds";
import type { Fixtures } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { said, withStacks } from "./plan";

const ENVIRONMENT = { environment: "prod", region: "us-east-1", account: "111122223333" };

/** Every connection source into a guarded Glue database and into a table bucket. */
function everything(kinds: readonly ConnectionSourceKind[]) {
  return (outdir: string): void => {
    const app = new App({ outdir });
    const stack = new ZeroEtlStack(app, "crm", ENVIRONMENT);
    const targets = [
      new GlueDatabaseTarget(stack.targets, "lake", {
        database: "crm_lake",
        location: "s3://acme-lake/crm",
        lakeFormation: true,
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555",
        connection: "lake-vpc",
        eventBusArn: "arn:aws:events:us-east-1:111122223333:event-bus/zero-etl",
      }),
      new S3TablesTarget(stack.targets, "tables", { tableBucket: "acme-tables", create: true }),
    ];
    for (const kind of kinds) {
      for (const target of targets) {
        // SAP keeps one delta token for an entity of a connection, so each integration has a connection of its own.
        const id = `${kind}-to-${target.node.id}`;
        const source = new ConnectionSource(stack.sources, id, {
          kind,
          connection: `${kind}:${target.node.id}`,
        });
        new ZeroEtlIntegration(stack.integrations, id, { source, target });
      }
    }
    app.synth();
  };
}

const account = (connectionType: (name: string) => string): Fixtures => ({
  dataSources: {
    aws_glue_connection: ({ id }) => ({ connection_type: connectionType(String(id).split(":")[1] ?? "") }),
    aws_cloudcontrolapi_resource: () => ({
      properties: JSON.stringify({ FederatedCatalog: { ConnectionName: "aws:s3tables" } }),
    }),
  },
});
const declaredTypes = account((kind) => CONNECTORS[kind as ConnectionSourceKind].connectionType);

describeWithTerraform("a target in another account", () => {
  const twoAccounts = (outdir: string): void => {
    const app = new App({ outdir });
    const stack = new ZeroEtlStack(app, "orders", ENVIRONMENT);
    const environment = stack.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
    const place = { database: "sales_lake", location: "s3://acme-lake/sales", environment };
    new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
      source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" }),
      target: new GlueDatabaseTarget(stack.targets, "lake", place),
    });
    app.synth();
  };

  test("is planned, applied, and planned empty with two providers", async () => {
    await withStacks(twoAccounts, {}, async ({ directory, terraform }) => {
      succeeded(await terraform.validate(directory));
      const created = Object.keys(plannedActions(await terraform.planJson(directory)));
      // In each account an operator of four resources, and in the target's a wait for the role.
      expect(created).toHaveLength(7 + 2 * 4 + 1);
      succeeded(await terraform.apply(directory));
      expect(plannedActions(await terraform.planJson(directory))).toEqual({});
    });
  });
});

describeWithTerraform("connection sources, guarded databases and table buckets", () => {
  test("are planned, applied, and planned empty", async () => {
    await withStacks(
      everything(["zendesk", "servicenow"]),
      declaredTypes,
      async ({ directory, terraform }) => {
        succeeded(await terraform.validate(directory));
        const first = plannedActions(await terraform.planJson(directory));
        expect(Object.keys(first).filter((address) => address.includes("Integrations_"))).toHaveLength(4);
        succeeded(await terraform.apply(directory));
        expect(plannedActions(await terraform.planJson(directory))).toEqual({});
      },
    );
  });

  test("every product is planned", async () => {
    await withStacks(everything(CONNECTION_SOURCE_KINDS), declaredTypes, async ({ directory, terraform }) => {
      const actions = plannedActions(await terraform.planJson(directory));
      expect(Object.keys(actions).filter((address) => address.includes("Integrations_"))).toHaveLength(16);
    });
  });

  test("a connection that leads to another product stops the plan", async () => {
    const jira = account(() => "JIRACLOUD");
    await withStacks(everything(["zendesk"]), jira, async ({ directory, terraform }) => {
      const result = await terraform.plan(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain(
        "the Glue connection zendesk:lake is of type JIRACLOUD, and a zendesk source needs one of type ZENDESK (Zendesk).",
      );
    });
  });
});
