// What AWS refuses in a source.
import type { ConnectionSourceKind } from "../facts/kinds";
import {
  CONNECTION_NAME,
  DYNAMODB_TABLE_NAME,
  DYNAMODB_TABLE_NAME_PATTERN,
  TABLE_PROPERTIES_TABLE_NAME,
} from "../facts/limits";
import type { Issue } from "../issues";
import { error, note, under } from "../issues";
import { ARN_SHAPES, arnRules, kmsKeyArnRules, roleArnRules } from "./arns";
import { oracleFilterLengthRules } from "./data-filter";
import { entityRules } from "./entities";
import type { PrimaryKeyFacts } from "./primary-keys";
import { primaryKeyRules } from "./primary-keys";
import { lengthOf, lengthRules, listRules, show } from "./text";

/** The members of a DynamoDB source that rules look at. */
export interface DynamoDbSourceFacts {
  readonly table?: string | undefined;
  readonly integrationArns?: readonly string[] | undefined;
  readonly kmsKeyArn?: string | undefined;
}

/** The members of a connection source that rules look at. */
export interface ConnectionSourceFacts {
  readonly connection?: string | undefined;
  readonly entities?: readonly string[] | undefined;
  readonly roleArn?: string | undefined;
  readonly primaryKeys?: PrimaryKeyFacts | undefined;
}

/** The members of an Oracle source that rules look at. */
export interface OracleSourceFacts {
  readonly arn?: string | undefined;
  readonly pluggableDatabase?: string | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly secretArn?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
}

/** Refuses a DynamoDB source that cannot exist. */
export function dynamoDbSourceRules({ table, integrationArns, kmsKeyArn }: DynamoDbSourceFacts): Issue[] {
  return [
    ...tableNameRules(table),
    ...listRules(
      ["integrationArns"],
      "integrationArns",
      integrationArns,
      "remove the key to let every integration of the account in",
    ),
    ...(integrationArns ?? []).flatMap((arn, index) =>
      arn.trim() === ""
        ? []
        : arnRules(ARN_SHAPES.integration, ["integrationArns", index], "an entry of integrationArns", arn),
    ),
    ...kmsKeyArnRules(["kmsKeyArn"], "kmsKeyArn", kmsKeyArn),
  ];
}

function tableNameRules(table: string | undefined): Issue[] {
  if (table === undefined) return [];
  const nameInArn = /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)/.exec(table)?.[1];
  if (!DYNAMODB_TABLE_NAME_PATTERN.test(table) && table !== "") {
    return [
      error("dynamodb-table-name", ["table"], "table name has characters that DynamoDB does not take", {
        got: show(table),
        expected: "letters, digits, underscore, hyphen and dot",
        ...(nameInArn !== undefined && { remedy: `give the name of the table, not its ARN: ${nameInArn}` }),
      }),
    ];
  }
  const length = lengthRules("dynamodb-table-name", ["table"], "table name", table, DYNAMODB_TABLE_NAME);
  if (length.length > 0) return length;
  const { max } = TABLE_PROPERTIES_TABLE_NAME;
  if (lengthOf(table) <= max) return [];
  return [
    note(
      "long-table-name",
      ["table"],
      `a table with a name longer than ${max} characters replicates, but cannot have table options`,
      {
        got: `${lengthOf(table)} characters`,
      },
    ),
  ];
}

/** Refuses a connection source that cannot exist. */
export function connectionSourceRules(
  kind: ConnectionSourceKind | undefined,
  { connection, entities, roleArn, primaryKeys }: ConnectionSourceFacts,
): Issue[] {
  return [
    ...lengthRules("connection-name", ["connection"], "connection name", connection, CONNECTION_NAME),
    ...under(["entities"], entityRules(kind, entities)),
    ...roleArnRules(["roleArn"], "roleArn", roleArn),
    ...primaryKeyRules(kind, primaryKeys, entities),
  ];
}

/** Refuses an Oracle source that cannot exist. */
export function oracleSourceRules(source: OracleSourceFacts): Issue[] {
  const { arn, pluggableDatabase, include, exclude, secretArn, kmsKeyArn } = source;
  return [
    ...arnRules(ARN_SHAPES.oracle, ["arn"], "arn", arn),
    ...pluggableDatabaseRules(pluggableDatabase),
    ...oracleTableRules("include", include),
    ...oracleTableRules("exclude", exclude),
    ...(pluggableDatabase === undefined
      ? []
      : oracleFilterLengthRules({ pluggableDatabase, include, exclude })),
    ...arnRules(ARN_SHAPES.secret, ["secretArn"], "secretArn", secretArn),
    ...kmsKeyArnRules(["kmsKeyArn"], "kmsKeyArn", kmsKeyArn),
  ];
}

function pluggableDatabaseRules(name: string | undefined): Issue[] {
  if (name === undefined || /^[A-Za-z][A-Za-z0-9_$#]*$/.test(name)) return [];
  return [
    error("pluggable-database", ["pluggableDatabase"], "pluggable database is not the name of exactly one", {
      got: show(name),
      expected: "one name, without a wildcard, a dot or a comma",
      remedy: "make one source for each pluggable database; tables go into include and exclude",
    }),
  ];
}

function oracleTableRules(key: "include" | "exclude", patterns: readonly string[] | undefined): Issue[] {
  return [
    ...listRules([key], key, patterns, "remove the key"),
    ...(patterns ?? []).flatMap((pattern, index) =>
      pattern.trim() === "" || /^[^.\s,]+\.[^.\s,]+$/.test(pattern)
        ? []
        : [
            error("oracle-table", [key, index], `${key} has an entry that is not schema.table`, {
              got: show(pattern),
              expected: "schema.table, like SALES.ORDERS or SALES.*",
            }),
          ],
    ),
  ];
}
