import type { App } from "cdktf";
import type { Declaration } from "../../modules";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  OracleSource,
  RedshiftManagedStorageTarget,
  RedshiftTarget,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
  fromSpec,
  parseDeclaration,
} from "../../modules";
import { operatorCalls } from "../support/operator-calls";
import type { StackJson } from "../support/synth";
import { PROD, synth, synthStack } from "../support/synth";

const LAKE = { region: "us-east-1", account: "444455556666" };
const PROD_PLACE = { region: PROD.region, account: PROD.account };
const ENVIRONMENTS = { prod: PROD_PLACE, lake: LAKE };

function declared(stacks: object): Declaration {
  const text = JSON.stringify({ version: 1, environments: ENVIRONMENTS, stacks });
  const { declaration, issues } = parseDeclaration(text, "zero-etl.json");
  if (declaration === undefined) throw new Error(JSON.stringify(issues));
  return declaration;
}

const fromDeclared = (stacks: object) => (app: App) => void fromSpec(app, declared(stacks));

describe("a declaration and its twin in TypeScript give the same Terraform JSON", () => {
  test("a connection source into a table bucket, with every option", () => {
    const source = {
      connection: "salesforce-prod",
      entities: ["Account", "Opportunity"],
      roleArn: "arn:aws:iam::111122223333:role/reader",
    };
    const target = {
      tableBucket: "acme-tables",
      create: true,
      roleArn: "arn:aws:iam::111122223333:role/writer",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b",
      connection: "lake-network",
      eventBusArn: "arn:aws:events:us-east-1:111122223333:event-bus/lake",
    };
    const twin = synthStack((app) => {
      const stack = new ZeroEtlStack(app, "crm", PROD);
      addOutputs(
        new ZeroEtlIntegration(stack.integrations, "crm-to-tables", {
          source: new ConnectionSource(stack.sources, "crm", { kind: "salesforce", ...source }),
          target: new S3TablesTarget(stack.targets, "tables", target),
          continuousSync: false,
        }),
      );
    });
    const stack = synthStack(
      fromDeclared({
        crm: {
          environment: "prod",
          sources: { crm: { type: "salesforce", ...source } },
          targets: { tables: { type: "s3-tables", ...target } },
          integrations: { "crm-to-tables": { source: "crm", target: "tables", continuousSync: false } },
        },
      }),
    );
    expect(stack.text).toBe(twin.text);
  });

  test("an Oracle database into a warehouse, with every option", () => {
    const source = {
      arn: "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/exadb_1",
      pluggableDatabase: "LEDGER",
      include: ["FINANCE.*"],
      exclude: ["FINANCE.LOG"],
      secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:odb-AbCdEf",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b",
    };
    const target = { workgroup: "analytics", database: "ledger" };
    const twin = synthStack((app) => {
      const stack = new ZeroEtlStack(app, "finance", PROD);
      addOutputs(
        new ZeroEtlIntegration(stack.integrations, "i", {
          source: new OracleSource(stack.sources, "ledger", source),
          target: new RedshiftTarget(stack.targets, "warehouse", target),
        }),
      );
    });
    const stack = synthStack(
      fromDeclared({
        finance: {
          environment: "prod",
          sources: { ledger: { type: "oracle", ...source } },
          targets: { warehouse: { type: "redshift", ...target } },
          integrations: { i: { source: "ledger", target: "warehouse" } },
        },
      }),
    );
    expect(stack.text).toBe(twin.text);
  });

  test("a table into managed storage and into a namespace", () => {
    const namespaceArn =
      "arn:aws:redshift:us-east-1:111122223333:namespace:11111111-2222-3333-4444-555555555555";
    const options = {
      roleArn: "arn:aws:iam::111122223333:role/writer",
      eventBusArn: "arn:aws:events:us-east-1:111122223333:event-bus/lake",
    };
    const twin = synthStack((app) => {
      const stack = new ZeroEtlStack(app, "orders", PROD);
      const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
      addOutputs(
        new ZeroEtlIntegration(stack.integrations, "to-managed", {
          source,
          target: new RedshiftManagedStorageTarget(stack.targets, "managed", {
            catalog: "orders-managed",
            ...options,
          }),
        }),
      );
      addOutputs(
        new ZeroEtlIntegration(stack.integrations, "to-warehouse", {
          source,
          target: new RedshiftTarget(stack.targets, "warehouse", { namespaceArn }),
        }),
      );
    });
    const stack = synthStack(
      fromDeclared({
        orders: {
          environment: "prod",
          sources: { orders: { type: "dynamodb", table: "orders" } },
          targets: {
            managed: { type: "redshift-managed-storage", catalog: "orders-managed", ...options },
            warehouse: { type: "redshift", namespaceArn },
          },
          integrations: {
            "to-managed": { source: "orders", target: "managed" },
            "to-warehouse": { source: "orders", target: "warehouse" },
          },
        },
      }),
    );
    expect(stack.text).toBe(twin.text);
  });

  test("a target in another account, and everything of the stack's tags", () => {
    const target = { database: "sales_lake", location: "s3://acme-lake", lakeFormation: true };
    const tags = { team: "data" };
    const twin = synthStack((app) => {
      const stack = new ZeroEtlStack(app, "orders", { ...PROD, tags });
      addOutputs(
        new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
          source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" }),
          target: new GlueDatabaseTarget(stack.targets, "lake", {
            ...target,
            environment: stack.addEnvironment("lake", { ...LAKE, tags }),
          }),
        }),
      );
    });
    const stack = synthStack(
      fromDeclared({
        orders: {
          environment: "prod",
          tags,
          sources: { orders: { type: "dynamodb", table: "orders" } },
          targets: { lake: { type: "glue-database", environment: "lake", ...target } },
          integrations: { "orders-to-lake": { source: "orders", target: "lake" } },
        },
      }),
    );
    expect(stack.text).toBe(twin.text);
    expect(stack.resource("aws_glue_catalog_database")).toMatchObject({ provider: "aws.lake", tags });
  });
});

describe("stacks that refer to each other's sources and targets", () => {
  const written = (stack: StackJson | undefined) =>
    stack === undefined ? [] : operatorCalls(stack).map(({ address }) => address);
  const orders = {
    environment: "prod",
    sources: { orders: { type: "dynamodb", table: "orders" } },
    integrations: { "orders-to-lake": { source: "orders", target: "lake/lake" } },
  };
  const lake = {
    environment: "lake",
    targets: { lake: { type: "glue-database", database: "sales_lake", location: "s3://acme-lake" } },
  };

  test("are applied in the order of their needs, and share no state", () => {
    const { stacks, dependencies } = synth(fromDeclared({ orders, lake }));
    expect(dependencies).toEqual({ lake: [], orders: ["lake"] });
    expect(written(stacks["lake"])).toEqual(["GlueCatalogPolicy", "Propagation"]);
    expect(written(stacks["orders"])).toEqual(["DynamoDbTablePolicy_orders"]);
    for (const stack of Object.values(stacks)) expect(stack.text).not.toContain("terraform_remote_state");
  });

  test("come out the same in any order of the file", () => {
    const texts = ({ stacks }: ReturnType<typeof synth>) =>
      Object.fromEntries(Object.entries(stacks).map(([label, { text }]) => [label, text]));
    expect(texts(synth(fromDeclared({ orders, lake })))).toEqual(
      texts(synth(fromDeclared({ lake, orders }))),
    );
  });

  test("may refer to a source of another stack, whose owner writes its policy", () => {
    const archive = {
      environment: "prod",
      targets: { lake: { type: "glue-database", database: "archive", location: "s3://acme-archive" } },
      integrations: { "orders-to-archive": { source: "orders/orders", target: "lake" } },
    };
    const { stacks, dependencies } = synth(fromDeclared({ orders, lake, archive }));
    expect(dependencies).toEqual({ lake: [], orders: ["lake"], archive: ["orders"] });
    expect(written(stacks["orders"])).toEqual(["DynamoDbTablePolicy_orders"]);
    expect(written(stacks["archive"])).toEqual(["GlueCatalogPolicy", "Propagation"]);
    for (const stack of Object.values(stacks)) expect(stack.text).not.toContain("terraform_remote_state");
  });
});

test("an environment may have the name of a word of ours", () => {
  const words = [
    "Provider",
    "Registry",
    "Sources",
    "Targets",
    "Integrations",
    "GlueCatalogPolicy",
    "Environment",
  ];
  for (const word of words) {
    const text = JSON.stringify({
      version: 1,
      environments: { [word]: PROD_PLACE, [`${word}2`]: LAKE },
      stacks: {
        orders: {
          environment: word,
          sources: { orders: { type: "dynamodb", table: "orders" } },
          targets: {
            lake: {
              type: "glue-database",
              environment: `${word}2`,
              database: "sales_lake",
              location: "s3://acme-lake",
            },
          },
          integrations: { "orders-to-lake": { source: "orders", target: "lake" } },
        },
      },
    });
    const { declaration } = parseDeclaration(text, "zero-etl.json");
    if (declaration === undefined) throw new Error("the declaration was refused");
    const stack = synthStack((app) => void fromSpec(app, declaration));
    expect(operatorCalls(stack, "catalog-policy")).toHaveLength(1);
  }
});

test("an integration is not made away from its source", () => {
  const build = (app: App) => {
    const crm = new ZeroEtlStack(app, "crm", { environment: "crm", ...LAKE });
    const source = DynamoDbSource.fromTableName(crm.sources, "orders", { table: "orders" });
    const stack = new ZeroEtlStack(app, "orders", PROD);
    const target = new GlueDatabaseTarget(stack.targets, "lake", {
      database: "sales_lake",
      location: "s3://acme-lake",
    });
    new ZeroEtlIntegration(stack.integrations, "orders-to-lake", { source, target });
  };
  expect(() => synth(build)).toThrow(
    [
      "orders/Integrations/orders-to-lake: source: error: the source is in another account or region than the integration, and an integration is made where its source is [integration-environment]",
      "  got:      orders/prod, and crm/crm of the source",
      "  expected: one account and region",
      "  remedy:   give the integration the environment of its stack that is the source's, with account and region as literals",
    ].join("\n"),
  );
});

test("a database, a table bucket and a catalog of one name have a role each", () => {
  const stack = synthStack(
    fromDeclared({
      shop: {
        environment: "prod",
        sources: {
          orders: { type: "dynamodb", table: "orders" },
          items: { type: "dynamodb", table: "items" },
          visits: { type: "dynamodb", table: "visits" },
        },
        targets: {
          lake: { type: "glue-database", database: "sales", location: "s3://acme-lake/sales/" },
          tables: { type: "s3-tables", tableBucket: "sales" },
          warehouse: { type: "redshift-managed-storage", catalog: "sales" },
        },
        integrations: {
          "orders-to-lake": { source: "orders", target: "lake" },
          "items-to-tables": { source: "items", target: "tables" },
          "visits-to-warehouse": { source: "visits", target: "warehouse" },
        },
      },
    }),
  );
  const names = Object.values(stack.resources("aws_iam_role")).map(({ name }) => name);
  expect(names.filter((name) => !/operator/.test(String(name))).sort()).toEqual([
    "zero-etl-bucket-sales-us-east-1",
    "zero-etl-catalog-sales-us-east-1",
    "zero-etl-target-sales-us-east-1",
  ]);
});
