// What each `type` of source takes, described once.
import { CONNECTORS } from "../facts/connectors";
import type { ConnectionSourceKind, SourceKind } from "../facts/kinds";
import { CONNECTION_SOURCE_KINDS } from "../facts/kinds";
import { CONNECTION_NAME, DYNAMODB_TABLE_NAME, DYNAMODB_TABLE_NAME_PATTERN } from "../facts/limits";
import { ARN_SHAPES } from "../rules/arns";
import type { Schema } from "./schema";
import { arnOf, bounded, list, record, text } from "./schema";
import { environmentOf, kmsKeyArn, policyMode, roleArn, typed } from "./shape-parts";

function connectionShape(kind: ConnectionSourceKind): Schema {
  return typed(
    kind,
    `${CONNECTORS[kind].title}, through a Glue connection.`,
    {
      connection: text("Name of an existing Glue connection.", bounded(CONNECTION_NAME)),
      environment: environmentOf,
      entities: list("Entities to replicate; default: all.", text("Name of an entity.", { minLength: 1 }), {
        minItems: 1,
      }),
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
  list(
    `Tables to ${what}.`,
    text("schema.table; * stands for every name.", { pattern: "^[^.\\s,]+\\.[^.\\s,]+$" }),
    { minItems: 1 },
  );

/** What each `type` of source takes. */
export const SOURCES: Readonly<Record<SourceKind, Schema>> = {
  dynamodb: typed(
    "dynamodb",
    "A DynamoDB table.",
    {
      table: text("Name of the table.", {
        ...bounded(DYNAMODB_TABLE_NAME),
        pattern: DYNAMODB_TABLE_NAME_PATTERN.source,
      }),
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
  ...(Object.fromEntries(CONNECTION_SOURCE_KINDS.map((kind) => [kind, connectionShape(kind)])) as Record<
    ConnectionSourceKind,
    Schema
  >),
  oracle: typed(
    "oracle",
    "A pluggable database of Oracle Database@AWS.",
    {
      arn: arnOf(ARN_SHAPES.oracle, "ARN of the VM cluster."),
      pluggableDatabase: text("Name of the one pluggable database that is replicated.", {
        pattern: "^[A-Za-z][A-Za-z0-9_$#]*$",
      }),
      secretArn: arnOf(ARN_SHAPES.secret, "ARN of the secret with the credentials."),
      environment: environmentOf,
      include: tablePatterns("replicate"),
      exclude: tablePatterns("leave out"),
      kmsKeyArn: kmsKeyArn("the key of the secret"),
    },
    ["arn", "pluggableDatabase", "secretArn"],
  ),
};
