// The rest of a declaration, each part described once: the published JSON Schema and the validators are made from this.
import {
  ACCOUNT_PATTERN,
  DATA_FILTER,
  DESCRIPTION,
  INTEGRATION_NAME,
  LOG_RETENTION_DAYS,
  MAX_PARTITION_COLUMNS,
  MAX_TAGS,
  PARTITION_FIELD,
  REFRESH_INTERVAL,
  TABLE_PROPERTIES_TABLE_NAME,
  TAG_KEY,
  TAG_VALUE,
  TARGET_TABLE_NAME,
} from "../facts/limits";
import { ZERO_ETL_REGIONS } from "../facts/regions";
import { QUERY_LOOKBACK } from "../facts/monitoring";
import { ARN_SHAPES } from "../rules/arns";
import { PARTITION_FORMATS, PARTITION_FUNCTIONS, UNNESTS } from "../rules/tables";
import type { Schema } from "./schema";
import { arnOf, bounded, duration, flag, list, mapping, oneOf, record, ref, text } from "./schema";
import { LABEL, kmsKeyArn, labelled, policyMode } from "./shape-parts";

export { SOURCES } from "./source-shapes";
export { TARGETS } from "./target-shapes";

/** One AWS provider. */
export const ENVIRONMENT: Schema = mapping(
  "Where things live: one AWS provider.",
  {
    region: text("AWS region.", { examples: ZERO_ETL_REGIONS }),
    account: text(
      "Account id, 12 digits in quotes; makes ARNs literal and lets the provider work in no other account.",
      {
        pattern: ACCOUNT_PATTERN.source,
        examples: ["111122223333"],
      },
    ),
    profile: text("Name of a profile in the AWS configuration.", { minLength: 1 }),
    assumeRoleArn: arnOf(ARN_SHAPES.role, "ARN of the role that the provider assumes."),
    deployerArn: arnOf(
      ARN_SHAPES.deployer,
      "ARN of the only role or user that may create integrations into targets here.",
    ),
  },
  ["region"],
);

/** One column of a partition. */
export const PARTITION_COLUMN: Schema = mapping(
  "One column that the target table is partitioned by.",
  {
    field: text("Name of the column.", bounded(PARTITION_FIELD)),
    function: oneOf(
      PARTITION_FUNCTIONS,
      "identity: by the value as it is; the others by time, which needs a format.",
    ),
    format: oneOf(PARTITION_FORMATS, "How the source writes the time."),
  },
  ["field", "function"],
);

/** How one table is laid out in the target. */
export const TABLE_OPTIONS: Schema = mapping("How one source table or entity is laid out in the target.", {
  unnest: oneOf(
    UNNESTS,
    "full: a column for every nested field, the default of AWS; top-level: a column for every attribute; none: one column.",
  ),
  partitionBy: list("Columns that the target table is partitioned by.", PARTITION_COLUMN, {
    minItems: 1,
    maxItems: MAX_PARTITION_COLUMNS,
  }),
  targetTable: text(
    "Name of the target table; default: that of the source table.",
    bounded(TARGET_TABLE_NAME),
  ),
  layoutVersion: {
    type: "integer",
    minimum: 1,
    default: 1,
    description:
      "Raise it with a change of unnest or partitionBy on a table that already replicates: the change reloads the table.",
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
    refreshInterval: duration(
      "How often new data is brought: minutes as a number, or a text like 30m, 6h, 2d.",
      REFRESH_INTERVAL,
    ),
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

/** Where Terraform keeps the state in S3. */
export const S3_BACKEND: Schema = mapping(
  "An S3 backend.",
  {
    bucket: text("Name of the bucket."),
    key: text("Key of the state file.", {
      pattern: "^[^/]([\\s\\S]*[^/])?$",
      examples: ["zero-etl/orders.tfstate"],
    }),
    region: text("Region of the bucket.", { minLength: 1 }),
    useLockfile: flag("Whether the state is locked by a file beside it.", false),
  },
  ["bucket", "key", "region"],
);

const TOPIC_KEY = arnOf(
  ARN_SHAPES.kmsKey,
  "ARN of the key of an encrypted topic, which must be customer managed; what its policy must say is an output.",
);

/** What watches the integrations of a stack. */
export const MONITORING: Schema = mapping("What watches the integrations.", {
  alarms: mapping("Alarms on failures and stale data.", {
    topicArn: arnOf(ARN_SHAPES.topic, "ARN of the topic that alarms go to."),
    kmsKeyArn: TOPIC_KEY,
    staleAfter: duration(
      "How old data may become, up to 3 hours: minutes as a number, or a text like 45m, 3h; default: three refresh intervals.",
      { min: 1, max: QUERY_LOOKBACK },
    ),
  }),
  events: mapping(
    "Events of the integrations.",
    { topicArn: arnOf(ARN_SHAPES.topic, "ARN of the topic that events go to."), kmsKeyArn: TOPIC_KEY },
    ["topicArn"],
  ),
  dashboard: flag("Whether a dashboard is made.", false),
  logRetentionDays: {
    type: "integer",
    enum: LOG_RETENTION_DAYS,
    limit: true,
    description: "How many days logs are kept.",
  },
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
