// The stacks whose changes are planned: one for each way in which data goes from a source into a target.
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RedshiftParameterGroup } from "@cdktf/provider-aws/lib/redshift-parameter-group";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App } from "cdktf";
import {
  ConnectionSource,
  DynamoDbSource,
  GlueDatabaseTarget,
  RedshiftTarget,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import type { TableOptions, ZeroEtlIntegrationProps } from "../../modules";
import type { EmulatedAccount } from "../e2e/account";
import { PROVIDER_VERSION } from "../e2e/project";
import { plain } from "./plain";
import type { StackJson } from "./stack-json";
import { editJson, resource, statements } from "./stack-json";

export const ACCOUNT = "111122223333";

/** A stack as it is applied before anything changes. */
export interface Base {
  /** Name of the stack. */
  readonly stack: string;
  /** Writes the stack, with what differs from the applied one. */
  readonly write: (outdir: string, options: Options) => void;
  /** Makes what the stack expects to find. */
  readonly seed?: (account: EmulatedAccount) => Promise<unknown>;
  /** What is in it beyond what the library writes, applied and in every change. */
  readonly edit?: (stack: StackJson) => void;
}

/** What a declaration of the user's may say otherwise. */
export interface Options {
  readonly integration?: Partial<ZeroEtlIntegrationProps>;
  readonly tables?: Record<string, TableOptions>;
  /** Integrations that are left out, by label. */
  readonly without?: readonly string[];
  /** Whether the operator is used. */
  readonly operator?: boolean;
  readonly location?: string;
}

function stackOf(outdir: string, name: string, build: (stack: ZeroEtlStack) => void, operator = true): void {
  const app = new App({ outdir });
  const stack = new ZeroEtlStack(app, name, {
    environment: "prod",
    region: "us-east-1",
    account: ACCOUNT,
    providerVersion: PROVIDER_VERSION,
    ...(!operator && { operator, catalogPolicy: "own" as const }),
  });
  build(stack);
  app.synth();
}

function table(stack: ZeroEtlStack, name: string, kmsKeyArn?: string): DynamodbTable {
  return new DynamodbTable(stack, `table-${name}`, {
    name,
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attribute: [{ name: "id", type: "S" }],
    pointInTimeRecovery: { enabled: true },
    ...(kmsKeyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn } }),
  });
}

/** Two tables of the app's own into one database, on a bucket of the app's own. */
function lake(stack: ZeroEtlStack, { integration, tables, without = [], operator, location }: Options): void {
  const key = new KmsKey(stack, "key", { description: "Orders" });
  new S3Bucket(stack, "bucket", { bucket: "acme-lake" });
  const target = new GlueDatabaseTarget(stack.targets, "lake", {
    database: "sales_lake",
    location: location ?? "s3://acme-lake/sales/",
  });
  const tablePolicy = operator === false ? "own" : "merge";
  const source = (name: string, from: DynamodbTable) =>
    DynamoDbSource.fromTable(stack.sources, name, { table: from, tablePolicy });
  const orders = source("orders", table(stack, "orders", key.arn));
  const customers = source("customers", table(stack, "customers"));
  const common = { target, protect: false };
  if (!without.includes("orders-to-lake"))
    new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
      ...common,
      source: orders,
      description: "Orders for the lake",
      refreshInterval: "30m",
      ...(operator !== false && { tables: tables ?? { orders: { unnest: "top-level" } } }),
      ...integration,
    });
  if (!without.includes("customers-to-lake"))
    new ZeroEtlIntegration(stack.integrations, "customers-to-lake", { ...common, source: customers });
}

/** Entities of a connection into a database. */
function crm(stack: ZeroEtlStack, { integration }: Options): void {
  const source = new ConnectionSource(stack.sources, "crm", {
    kind: "zendesk",
    connection: "zendesk-prod",
    entities: ["tickets", "users"],
  });
  const target = new GlueDatabaseTarget(stack.targets, "lake", {
    database: "crm_lake",
    location: "s3://acme-lake/crm/",
  });
  new ZeroEtlIntegration(stack.integrations, "crm-to-lake", {
    source,
    target,
    continuousSync: true,
    protect: false,
    ...integration,
  });
}

/** A table into a table bucket. */
function tables(stack: ZeroEtlStack, { integration }: Options): void {
  const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
  const target = new S3TablesTarget(stack.targets, "tables", { tableBucket: "acme-tables" });
  new ZeroEtlIntegration(stack.integrations, "orders-to-tables", {
    source,
    target,
    protect: false,
    ...integration,
  });
}

/** A table into a warehouse, through the API of Redshift, beside a parameter group of the app's own. */
function warehouse(stack: ZeroEtlStack, { integration }: Options): void {
  new RedshiftParameterGroup(stack, "parameters", {
    name: "zero-etl",
    family: "redshift-1.0",
    parameter: [{ name: "enable_case_sensitive_identifier", value: "true" }],
  });
  const source = DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders" });
  const target = new RedshiftTarget(stack.targets, "warehouse", { cluster: "analytics" });
  new ZeroEtlIntegration(stack.integrations, "orders-to-warehouse", {
    source,
    target,
    protect: false,
    ...integration,
  });
}

const base = (
  stack: string,
  build: (stack: ZeroEtlStack, options: Options) => void,
  fixed: Options = {},
  { seed, edit }: Pick<Base, "seed" | "edit"> = {},
): Base => ({
  stack,
  write: (outdir, options) => {
    const all = { ...fixed, ...options };
    stackOf(outdir, stack, (made) => build(made, all), all.operator);
  },
  ...(seed && { seed }),
  ...(edit && { edit }),
});

/** What another team has in the catalog policy, and that grants of Lake Formation are kept beside it. */
const shared: Base["edit"] = (stack) => {
  const policy = resource(stack, "aws_glue_resource_policy");
  policy["enable_hybrid"] = "TRUE";
  editJson(policy, "policy", (document) =>
    statements(document).push({
      Sid: "Reporting",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::444455556666:root"] },
      Action: ["glue:GetTable"],
      Resource: [`arn:aws:glue:us-east-1:${ACCOUNT}:catalog`],
    }),
  );
};

export const BASES = {
  lake: base("lake", lake),
  // The same without the operator: its policies are whole documents, as in stacks that were written by hand.
  alone: base("alone", lake, { operator: false }, { edit: shared }),
  crm: base("crm", crm, {}, { seed: ({ seeding }) => seeding.connection("zendesk-prod", "ZENDESK") }),
  tables: base(
    "tables",
    tables,
    {},
    {
      seed: async (account) => {
        await account.createTable("orders");
        await account.seeding.tableBucketsCatalog();
        await account.seeding.tableBucket("acme-tables");
      },
    },
  ),
  warehouse: base(
    "warehouse",
    warehouse,
    {},
    {
      seed: async (account) => {
        await account.createTable("orders");
        await account.seeding.cluster("analytics", { namespaceId: "0a1b2c3d-0000-4000-8000-000000000001" });
      },
    },
  ),
  // Written by hand, as by those who do without the library.
  plain: { stack: "plain", write: plain },
} as const satisfies Readonly<Record<string, Base>>;

export type BaseName = keyof typeof BASES;
