// Each part of a declaration, described once: the published JSON Schema and the validators are both made from this.
import type { ConnectionSourceKind, SourceKind, TargetKind } from "../facts/kinds";
import { CONNECTION_SOURCE_KINDS } from "../facts/kinds";
import {
  ACCOUNT_PATTERN,
  CATALOG_NAME,
  CONNECTION_NAME,
  DATABASE_NAME,
  DATABASE_NAME_PATTERN,
  DATA_FILTER,
  DESCRIPTION,
  DYNAMODB_TABLE_NAME,
  DYNAMODB_TABLE_NAME_PATTERN,
  INTEGRATION_NAME,
  LABEL_PATTERN,
  LOCATION,
  LOG_RETENTION_DAYS,
  MAX_PARTITION_COLUMNS,
  MAX_TAGS,
  NAMESPACE_NAME,
  PARTITION_FIELD,
  REFRESH_INTERVAL,
  TABLE_PROPERTIES_TABLE_NAME,
  TAG_KEY,
  TAG_VALUE,
  TARGET_TABLE_NAME,
} from "../facts/limits";
import { ZERO_ETL_REGIONS } from "../facts/regions";
import { ARN_SHAPES } from "../rules/arns";
import { PARTITION_FORMATS, PARTITION_FUNCTIONS, UNNESTS } from "../rules/tables";
import type { Schema } from "./schema";
import { arnOf, bounded, duration, flag, list, mapping, oneOf, record, ref, text } from "./schema";

const LABEL = { pattern: LABEL_PATTERN.source };
const environmentOf = text("Label of the environment that it lives in; default: the stack's.", LABEL);
const roleArn = (what: string) => arnOf(ARN_SHAPES.role, `ARN of a role of your own ${what}; default: a role is made.`);
const kmsKeyArn = (what: string) => arnOf(ARN_SHAPES.kmsKey, `ARN of ${what}.`);
const policyMode = (what: string) =>
  oneOf(
    ["merge", "own", "external"],
    `Who writes ${what}. merge: only our statements are added and removed; own: this stack owns the whole document; external: nothing is written.`,
  );

/** One AWS provider. */
export const ENVIRONMENT: Schema = mapping(
  "Where things live: one AWS provider.",
  {
    region: text("AWS region.", { examples: ZERO_ETL_REGIONS }),
    account: text("Account id, 12 digits in quotes; makes ARNs literal and lets the provider work in no other account.", {
      pattern: ACCOUNT_PATTERN.source,
      examples: ["111122223333"],
    }),
    profile: text("Name of a profile in the AWS configuration.", { minLength: 1 }),
    assumeRoleArn: arnOf(ARN_SHAPES.role, "ARN of the role that the provider assumes."),
    deployerArn: arnOf(ARN_SHAPES.deployer, "ARN of the only role or user that may create integrations into targets here."),
  },
  ["region"],
);

const TARGET_COMMON: Readonly<Record<string, Schema>> = {
  environment: environmentOf,
  roleArn: roleArn("that writes into the target"),
  kmsKeyArn: kmsKeyArn("the key for the written data"),
  connection: text("Name of a Glue NETWORK connection, through which the target is written.", bounded(CONNECTION_NAME)),
  eventBusArn: arnOf(ARN_SHAPES.eventBus, "ARN of the event bus that gets the integration's events."),
};

const SOURCE_TITLES: Readonly<Record<ConnectionSourceKind, string>> = {
  salesforce: "Salesforce",
  "salesforce-account-engagement": "Salesforce Marketing Cloud Account Engagement",
  "sap-odata": "SAP OData",
  servicenow: "ServiceNow",
  zendesk: "Zendesk",
  "zoho-crm": "Zoho CRM",
  "facebook-ads": "Facebook Ads",
  "instagram-ads": "Instagram Ads",
};

function connectionShape(kind: ConnectionSourceKind): Schema {
  return typed(
    kind,
    `${SOURCE_TITLES[kind]}, through a Glue connection.`,
    {
      connection: text("Name of an existing Glue connection.", bounded(CONNECTION_NAME)),
      environment: environmentOf,
      entities: list("Entities to replicate; default: all.", text("Name of an entity.", { minLength: 1 }), { minItems: 1 }),
      roleArn: roleArn("that reads through the connection"),
      ...(kind === "sap-odata" && {
        primaryKeys: record(
          "Entity to the fields of its primary key.",
          list("Fields of the primary key.", text("Name of a field.", { minLength: 1 }), { minItems: 1 }),
        ),
      }),
    },
    ["connection"],
  );
}

const tablePatterns = (what: string) =>
  list(`Tables to ${what}.`, text("schema.table; * stands for every name.", { pattern: "^[^.\\s,]+\\.[^.\\s,]+$" }), { minItems: 1 });

/** What each `type` of source takes. */
export const SOURCES: Readonly<Record<SourceKind, Schema>> = {
  dynamodb: typed(
    "dynamodb",
    "A DynamoDB table.",
    {
      table: text("Name of the table.", { ...bounded(DYNAMODB_TABLE_NAME), pattern: DYNAMODB_TABLE_NAME_PATTERN.source }),
      environment: environmentOf,
      tablePolicy: policyMode("the policy of the table"),
      integrationArns: list(
        "The only integrations that may read the table; default: every integration of the account.",
        arnOf(ARN_SHAPES.integration, "ARN of an integration."),
        { minItems: 1 },
      ),
      kmsKeyArn: kmsKeyArn("the customer managed key of the table, when it has one"),
    },
    ["table"],
  ),
  ...(Object.fromEntries(CONNECTION_SOURCE_KINDS.map((kind) => [kind, connectionShape(kind)])) as Record<ConnectionSourceKind, Schema>),
  oracle: typed(
    "oracle",
    "A pluggable database of Oracle Database@AWS.",
    {
      arn: arnOf(ARN_SHAPES.oracle, "ARN of the VM cluster."),
      pluggableDatabase: text("Name of the one pluggable database that is replicated.", { pattern: "^[A-Za-z][A-Za-z0-9_$#]*$" }),
      secretArn: arnOf(ARN_SHAPES.secret, "ARN of the secret with the credentials."),
      environment: environmentOf,
      include: tablePatterns("replicate"),
      exclude: tablePatterns("leave out"),
      kmsKeyArn: kmsKeyArn("the key of the secret"),
    },
    ["arn", "pluggableDatabase", "secretArn"],
  ),
};

/** What each `type` of target takes. */
export const TARGETS: Readonly<Record<TargetKind, Schema>> = {
  "glue-database": typed(
    "glue-database",
    "A Glue database on a general purpose S3 bucket.",
    {
      database: text("Name of the database.", { ...bounded(DATABASE_NAME), pattern: DATABASE_NAME_PATTERN.source }),
      location: text("S3 URI that the tables are written below.", {
        ...bounded(LOCATION),
        pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^*?]*)?$",
        examples: ["s3://bucket/prefix/"],
      }),
      create: flag("Whether the database is made; otherwise it exists and is checked.", true),
      lakeFormation: flag("Whether the target role is granted what a Lake Formation database needs.", false),
      ...TARGET_COMMON,
    },
    ["database", "location"],
  ),
  "s3-tables": typed(
    "s3-tables",
    "An S3 table bucket.",
    {
      tableBucket: text("Name of the table bucket.", { pattern: "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$" }),
      create: flag("Whether the table bucket is made.", false),
      catalog: text("Name of the federated catalog; default: s3tablescatalog.", bounded(CATALOG_NAME)),
      createCatalog: flag("Whether the federated catalog is made.", false),
      namespace: text("Namespace that the tables are written into.", { ...bounded(NAMESPACE_NAME), pattern: "^[a-z0-9_]+$" }),
      ...TARGET_COMMON,
    },
    ["tableBucket"],
  ),
  "redshift-managed-storage": typed(
    "redshift-managed-storage",
    "A catalog on Redshift Managed Storage.",
    { catalog: text("Name of the managed or federated catalog.", bounded(CATALOG_NAME)), ...TARGET_COMMON },
    ["catalog"],
  ),
  redshift: typed(
    "redshift",
    "A Redshift data warehouse: exactly one of cluster, workgroup and namespaceArn.",
    {
      cluster: text("Identifier of a provisioned cluster."),
      workgroup: text("Name of a serverless workgroup."),
      namespaceArn: arnOf(ARN_SHAPES.namespace, "ARN of the namespace."),
      database: text("Database to create from the integration once it is active.", { minLength: 1 }),
      ...TARGET_COMMON,
    },
  ),
};

/** One column of a partition. */
export const PARTITION_COLUMN: Schema = mapping(
  "One column that the target table is partitioned by.",
  {
    field: text("Name of the column.", bounded(PARTITION_FIELD)),
    function: oneOf(PARTITION_FUNCTIONS, "identity: by the value as it is; the others by time, which needs a format."),
    format: oneOf(PARTITION_FORMATS, "How the source writes the time."),
  },
  ["field", "function"],
);

/** How one table is laid out in the target. */
export const TABLE_OPTIONS: Schema = mapping("How one source table or entity is laid out in the target.", {
  unnest: oneOf(UNNESTS, "full: a column for every nested field, the default of AWS; top-level: a column for every attribute; none: one column."),
  partitionBy: list("Columns that the target table is partitioned by.", PARTITION_COLUMN, { minItems: 1, maxItems: MAX_PARTITION_COLUMNS }),
  targetTable: text("Name of the target table; default: that of the source table.", bounded(TARGET_TABLE_NAME)),
  layoutVersion: {
    type: "integer",
    minimum: 1,
    default: 1,
    description: "Raise it with a change of unnest or partitionBy on a table that already replicates: the change reloads the table.",
  },
});

/** What replicates a source into a target. */
export const INTEGRATION: Schema = mapping(
  "What replicates a source into a target.",
  {
    source: text("Label of a source of this stack, or <stack>/<label>."),
    target: text("Label of a target of this stack, or <stack>/<label>."),
    name: text("Name of the integration in AWS; default: the label.", bounded(INTEGRATION_NAME)),
    description: text("What the integration is for.", bounded(DESCRIPTION)),
    refreshInterval: duration("How often new data is brought: minutes as a number, or a text like 30m, 6h, 2d.", REFRESH_INTERVAL),
    continuousSync: flag("false: one snapshot and no more, for sources with a connection.", true),
    kmsKeyArn: kmsKeyArn("the key of the intermediate data"),
    encryptionContext: record("Encryption context of the key.", text("Value of the context.")),
    dataFilter: text("Raw filter, instead of the entities of the source.", bounded(DATA_FILTER)),
    tables: {
      ...record("Source table or entity to how it is laid out in the target.", TABLE_OPTIONS),
      propertyNames: bounded(TABLE_PROPERTIES_TABLE_NAME),
    },
    protect: flag("Whether a plan that would destroy or replace the integration fails.", true),
  },
  ["source", "target"],
);

const S3_BACKEND: Schema = mapping(
  "An S3 backend.",
  {
    bucket: text("Name of the bucket."),
    key: text("Key of the state file.", { pattern: "^[^/]([\\s\\S]*[^/])?$", examples: ["zero-etl/orders.tfstate"] }),
    region: text("Region of the bucket.", { minLength: 1 }),
    useLockfile: flag("Whether the state is locked by a file beside it.", false),
  },
  ["bucket", "key", "region"],
);

const MONITORING: Schema = mapping("What watches the integrations.", {
  alarms: mapping("Alarms on failures and stale data.", {
    topicArn: arnOf(ARN_SHAPES.topic, "ARN of the topic that alarms go to."),
    staleAfter: duration("How old data may become: minutes as a number, or a text like 30m, 6h, 2d.", { min: 1 }),
  }),
  events: mapping("Events of the integrations.", { topicArn: arnOf(ARN_SHAPES.topic, "ARN of the topic that events go to.") }),
  dashboard: flag("Whether a dashboard is made.", false),
  logRetentionDays: { type: "integer", enum: LOG_RETENTION_DAYS, limit: true, description: "How many days logs are kept." },
});

/** One Terraform stack; sources and targets are references, for each has a shape of its own. */
export const STACK: Schema = mapping(
  "One Terraform stack.",
  {
    environment: text("Label of the environment where the sources and the integrations live.", LABEL),
    tags: {
      ...record("Put on everything that takes tags.", text("Value of the tag.", bounded(TAG_VALUE))),
      propertyNames: bounded(TAG_KEY),
      maxProperties: MAX_TAGS,
    },
    backend: mapping("Where the state is kept; default: a local file.", { s3: S3_BACKEND }, ["s3"]),
    operator: flag("Whether the operator may be used where something needs it.", true),
    catalogPolicy: policyMode("the Glue catalog policy"),
    driftChecks: flag("Whether drift is checked after every apply.", false),
    sources: labelled("Where data comes from.", ref("source")),
    targets: labelled("Where data goes.", ref("target")),
    integrations: labelled("What replicates a source into a target.", INTEGRATION),
    monitoring: MONITORING,
  },
  ["environment"],
);

/** A whole declaration. */
export const DECLARATION: Schema = mapping(
  "AWS Glue zero-ETL integrations.",
  {
    $schema: text("Where editors find this schema."),
    version: { type: "integer", const: 1, limit: true, description: "Version of the file format." },
    environments: labelled("Where things live: one AWS provider each.", ENVIRONMENT),
    stacks: { ...labelled("Each becomes one Terraform stack of that name.", STACK), minProperties: 1 },
  },
  ["version", "environments", "stacks"],
);

function typed(type: string, description: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return mapping(description, { type: { const: type, description }, ...properties }, ["type", ...required]);
}

function labelled(description: string, item: Schema): Schema {
  return { ...record(description, item), propertyNames: LABEL };
}
