// An account in memory, for tests of the rules: everything an integration from `orders` to `sales_lake` needs, to be
// spoilt one thing at a time.
import type { PolicyDocument, PolicyStatement } from "../support/policy-evaluator";
import type {
  Account,
  CatalogFacts,
  ConnectionFacts,
  DatabaseFacts,
  LakeFormationFacts,
  NamespaceFacts,
  RoleFacts,
  SecretFacts,
  TableFacts,
  VmClusterFacts,
} from "./account";
import type { Arn } from "./arns";

export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";
export const CALLER = { account: ACCOUNT, region: "us-east-1" };
export const TABLE_ARN = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
export const CATALOG_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:catalog`;
export const DATABASE_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:database/sales_lake`;
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/zero-etl-target`;
export const KEY_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0f1e2d3c`;
export const GLUE = { Service: "glue.amazonaws.com" };

export function policy(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** The statement of the user guide. */
export const TABLE_STATEMENT: PolicyStatement = {
  Effect: "Allow",
  Principal: GLUE,
  Action: ["dynamodb:ExportTableToPointInTime", "dynamodb:DescribeTable", "dynamodb:DescribeExport"],
  Resource: "*",
  Condition: {
    StringEquals: { "aws:SourceAccount": ACCOUNT },
    ArnLike: { "aws:SourceArn": `arn:aws:glue:us-east-1:${ACCOUNT}:integration:*` },
  },
};

export const AUTHORIZE_STATEMENT: PolicyStatement = {
  Effect: "Allow",
  Principal: GLUE,
  Action: "glue:AuthorizeInboundIntegration",
  Resource: [CATALOG_ARN, DATABASE_ARN],
  Condition: { StringEquals: { "aws:SourceArn": TABLE_ARN } },
};

export const TRUST_STATEMENT: PolicyStatement = {
  Effect: "Allow",
  Principal: GLUE,
  Action: "sts:AssumeRole",
};

const LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** What the user guide gives the target role, one statement after the other. */
export const ROLE_STATEMENTS: readonly PolicyStatement[] = [
  { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme-lake" },
  {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    Resource: "arn:aws:s3:::acme-lake/sales/*",
  },
  { Effect: "Allow", Action: "glue:GetDatabase", Resource: [CATALOG_ARN, DATABASE_ARN] },
  {
    Effect: "Allow",
    Action: [
      "glue:CreateTable",
      "glue:DeleteTable",
      "glue:GetResourcePolicy",
      "glue:GetTable",
      "glue:GetTables",
      "glue:GetTableVersion",
      "glue:GetTableVersions",
      "glue:UpdateTable",
    ],
    Resource: [CATALOG_ARN, DATABASE_ARN, `arn:aws:glue:us-east-1:${ACCOUNT}:table/sales_lake/*`],
  },
  {
    Effect: "Allow",
    Action: "cloudwatch:PutMetricData",
    Resource: "*",
    Condition: { StringEquals: { "cloudwatch:namespace": "AWS/Glue/ZeroETL" } },
  },
  { Effect: "Allow", Action: LOGS, Resource: "*" },
];

export class FakeAccount implements Account {
  readonly tables: Record<string, TableFacts> = {
    [TABLE_ARN]: { status: "ACTIVE", pointInTimeRecovery: true, policy: policy(TABLE_STATEMENT) },
  };
  readonly databases: Record<string, DatabaseFacts> = {
    [DATABASE_ARN]: { locationUri: "s3://acme-lake/sales/" },
  };
  readonly roles: Record<string, RoleFacts> = {
    [ROLE_ARN]: { trust: policy(TRUST_STATEMENT), policies: [policy(...ROLE_STATEMENTS)] },
  };
  readonly keys: Record<string, "AWS" | "CUSTOMER"> = {};
  readonly keyPolicies: Record<string, PolicyDocument> = {};
  readonly connections: Record<string, ConnectionFacts> = {};
  readonly catalogs: Record<string, CatalogFacts> = {};
  readonly tableBuckets: string[] = [];
  readonly namespaces: Record<string, NamespaceFacts> = {};
  readonly vmClusters: Record<string, VmClusterFacts> = {};
  readonly secrets: Record<string, SecretFacts> = {};
  lakeFormationFacts: LakeFormationFacts = { guarded: false, grants: [] };
  /** By account. */
  readonly catalogPolicies: Record<string, PolicyDocument> = { [ACCOUNT]: policy(AUTHORIZE_STATEMENT) };

  table(arn: Arn): Promise<TableFacts | undefined> {
    return Promise.resolve(this.tables[arn.text]);
  }

  database(arn: Arn): Promise<DatabaseFacts | undefined> {
    return Promise.resolve(this.databases[arn.text]);
  }

  catalogPolicy(of: Arn): Promise<PolicyDocument | undefined> {
    return Promise.resolve(this.catalogPolicies[of.account]);
  }

  role(arn: Arn): Promise<RoleFacts | undefined> {
    return Promise.resolve(this.roles[arn.text]);
  }

  user(): Promise<boolean> {
    return Promise.resolve(false);
  }

  keyManager(of: Arn): Promise<"AWS" | "CUSTOMER" | undefined> {
    return Promise.resolve(this.keys[of.text]);
  }

  keyPolicy(of: Arn): Promise<PolicyDocument | undefined> {
    return Promise.resolve(this.keyPolicies[of.text]);
  }

  connection(arn: Arn): Promise<ConnectionFacts | undefined> {
    return Promise.resolve(this.connections[arn.text]);
  }

  catalog(arn: Arn): Promise<CatalogFacts | undefined> {
    return Promise.resolve(this.catalogs[arn.text]);
  }

  tableBucket(arn: Arn): Promise<boolean> {
    return Promise.resolve(this.tableBuckets.includes(arn.text));
  }

  namespace(arn: Arn): Promise<NamespaceFacts | undefined> {
    return Promise.resolve(this.namespaces[arn.text]);
  }

  vmCluster(arn: Arn): Promise<VmClusterFacts | undefined> {
    return Promise.resolve(this.vmClusters[arn.text]);
  }

  secret(arn: Arn): Promise<SecretFacts | undefined> {
    return Promise.resolve(this.secrets[arn.text]);
  }

  lakeFormation(): Promise<LakeFormationFacts> {
    return Promise.resolve(this.lakeFormationFacts);
  }
}
