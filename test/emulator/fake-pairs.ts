// What each kind of source and target needs, put into an account in memory, to be spoilt one thing at a time.
import type { PolicyDocument, PolicyStatement } from "../support/policy-evaluator";
import type { NamespaceFacts } from "./account";
import { ACCOUNT, type FakeAccount, GLUE, TABLE_ARN, TRUST_STATEMENT, policy } from "./fake-account";
import type { ZeroEtlState } from "./state";

const glue = (resource: string): string => `arn:aws:glue:us-east-1:${ACCOUNT}:${resource}`;

export const CONNECTION_ARN = glue("connection/salesforce-prod");
export const TABLE_BUCKETS_ARN = glue("catalog/s3tablescatalog");
export const BUCKET_CATALOG_ARN = glue("catalog/s3tablescatalog/lake-bucket");
export const BUCKET_ARN = `arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/lake-bucket`;
export const MANAGED_STORAGE_ARN = glue("catalog/sales");
export const CLUSTER_NAMESPACE_ARN = `arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:0f1e2d3c-0000-4000-8000-000000000001`;
export const SERVERLESS_NAMESPACE_ARN = `arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:namespace/0f1e2d3c-0000-4000-8000-000000000002`;
export const VM_CLUSTER_ARN = `arn:aws:odb:us-east-1:${ACCOUNT}:cloud-vm-cluster/exavm_1234567890`;
export const SECRET_ARN = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:oracle-AbCdEf`;
export const SECRET_KEY_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/5ec4e7`;
export const SOURCE_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/zero-etl-source`;
export const CATALOG_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/zero-etl-catalog`;

const REDSHIFT = { Service: "redshift.amazonaws.com" };
const ORACLE = { Service: "zetl.odb.amazonaws.com" };

const METRICS: PolicyStatement = {
  Effect: "Allow",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": "AWS/Glue/ZeroETL" } },
};
const LOGS: PolicyStatement = {
  Effect: "Allow",
  Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "*",
};

/** What the user guide gives the role of a table bucket, action for action. */
export const S3_TABLES_ACTIONS = [
  "CreateNamespace",
  "CreateTable",
  "DeleteTable",
  "GetNamespace",
  "GetTable",
  "GetTableBucket",
  "GetTableBucketEncryption",
  "GetTableData",
  "GetTableEncryption",
  "GetTableMetadataLocation",
  "ListNamespaces",
  "ListTableBuckets",
  "ListTables",
  "PutTableData",
  "UpdateTableMetadataLocation",
].map((action) => `s3tables:${action}`);

/** What the user guide gives the role of a connection, one statement after the other. */
export const SOURCE_ROLE_STATEMENTS: readonly PolicyStatement[] = [
  {
    Effect: "Allow",
    Action: ["glue:GetConnection", "glue:GetConnections"],
    Resource: [glue("catalog"), CONNECTION_ARN],
  },
  { Effect: "Allow", Action: ["glue:ListEntities", "glue:RefreshOAuth2Tokens"], Resource: "*" },
  LOGS,
];

export function addConnection(account: FakeAccount, state: ZeroEtlState, type = "SALESFORCE"): void {
  account.connections[CONNECTION_ARN] = { type };
  account.roles[SOURCE_ROLE_ARN] = {
    trust: policy(TRUST_STATEMENT),
    policies: [policy(...SOURCE_ROLE_STATEMENTS)],
  };
  const arn = glue("integrationresourceproperty/connection/salesforce-prod");
  const source = { RoleArn: SOURCE_ROLE_ARN };
  state.resourceProperties.set(CONNECTION_ARN, { resourceArn: CONNECTION_ARN, arn, source, tags: [] });
}

/** The policy of the catalog lets one source into some resources. */
export function authorize(account: FakeAccount, sourceArn: string, ...resources: readonly string[]): void {
  account.catalogPolicies[ACCOUNT] = policy({
    Effect: "Allow",
    Principal: GLUE,
    Action: "glue:AuthorizeInboundIntegration",
    Resource: resources,
    Condition: { StringEquals: { "aws:SourceArn": sourceArn } },
  });
}

export function addBucketCatalog(account: FakeAccount, state: ZeroEtlState, sourceArn: string): void {
  account.catalogs[TABLE_BUCKETS_ARN] = { kind: "s3-tables" };
  account.tableBuckets.push(BUCKET_ARN);
  authorize(account, sourceArn, glue("catalog/s3tablescatalog/*"));
  addCatalogRole(account, state, BUCKET_CATALOG_ARN, {
    Effect: "Allow",
    Action: S3_TABLES_ACTIONS,
    Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
  });
}

export function addManagedStorage(account: FakeAccount, state: ZeroEtlState, sourceArn: string): void {
  account.catalogs[MANAGED_STORAGE_ARN] = { kind: "redshift" };
  authorize(account, sourceArn, MANAGED_STORAGE_ARN);
  addCatalogRole(account, state, MANAGED_STORAGE_ARN);
}

export function addWarehouse(account: FakeAccount, namespaceArn: string, sourceArn: string): void {
  account.namespaces[namespaceArn] = {
    available: true,
    encrypted: true,
    caseSensitive: true,
    policy: namespacePolicy(namespaceArn, sourceArn),
    ...(namespaceArn === CLUSTER_NAMESPACE_ARN ? { nodeType: "ra3.xlplus" } : {}),
  };
}

export function namespacePolicy(namespaceArn: string, sourceArn: string): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: REDSHIFT,
    Action: "redshift:AuthorizeInboundIntegration",
    Resource: namespaceArn,
    Condition: { StringEquals: { "aws:SourceArn": sourceArn } },
  });
}

/** Changes one fact of a namespace. */
export function spoilWarehouse(
  account: FakeAccount,
  namespaceArn: string,
  changed: Partial<NamespaceFacts>,
): void {
  const facts = account.namespaces[namespaceArn];
  if (facts === undefined) throw new Error(`no warehouse ${namespaceArn}`);
  account.namespaces[namespaceArn] = { ...facts, ...changed };
}

const REDSHIFT_INTEGRATIONS = {
  StringEquals: { "aws:SourceAccount": ACCOUNT },
  ArnEquals: { "aws:SourceArn": `arn:aws:redshift:us-east-1:${ACCOUNT}:integration:*` },
};

/** What the DynamoDB developer guide puts into the policy of a table that Redshift exports: the table, then its exports. */
export const REDSHIFT_TABLE_STATEMENTS: readonly [PolicyStatement, PolicyStatement] = [
  {
    Effect: "Allow",
    Principal: REDSHIFT,
    Action: ["dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
    Resource: TABLE_ARN,
    Condition: REDSHIFT_INTEGRATIONS,
  },
  {
    Effect: "Allow",
    Principal: REDSHIFT,
    Action: "dynamodb:DescribeExport",
    Resource: `${TABLE_ARN}/export/*`,
    Condition: REDSHIFT_INTEGRATIONS,
  },
];

/** The table is Redshift's to export, and no longer that of AWS Glue. */
export function openTableToRedshift(account: FakeAccount): void {
  account.tables[TABLE_ARN] = {
    status: "ACTIVE",
    pointInTimeRecovery: true,
    policy: policy(...REDSHIFT_TABLE_STATEMENTS),
  };
}

export function addOracle(account: FakeAccount): void {
  account.vmClusters[VM_CLUSTER_ARN] = { zeroEtlAccess: true };
  account.keys[SECRET_KEY_ARN] = "CUSTOMER";
  account.keyPolicies[SECRET_KEY_ARN] = policy(...ORACLE_KEY_STATEMENTS);
  account.secrets[SECRET_ARN] = {
    kmsKeyArn: SECRET_KEY_ARN,
    policy: policy({
      Effect: "Allow",
      Principal: ORACLE,
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: "*",
    }),
  };
}

export const ORACLE_KEY_STATEMENTS: readonly PolicyStatement[] = [
  {
    Effect: "Allow",
    Principal: ORACLE,
    Action: ["kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant"],
    Resource: "*",
  },
  {
    Effect: "Allow",
    Principal: REDSHIFT,
    Action: "kms:CreateGrant",
    Resource: "*",
    Condition: {
      "ForAllValues:StringEquals": { "kms:GrantOperations": ["CreateGrant", "Decrypt", "GenerateDataKey"] },
    },
  },
];

function addCatalogRole(
  account: FakeAccount,
  state: ZeroEtlState,
  resourceArn: string,
  ...statements: readonly PolicyStatement[]
): void {
  account.roles[CATALOG_ROLE_ARN] = {
    trust: policy(TRUST_STATEMENT),
    policies: [policy(...statements, METRICS, LOGS)],
  };
  const arn = glue(`integrationresourceproperty/${resourceArn.split(":")[5] ?? ""}`);
  state.resourceProperties.set(resourceArn, {
    resourceArn,
    arn,
    target: { RoleArn: CATALOG_ROLE_ARN },
    tags: [],
  });
}
