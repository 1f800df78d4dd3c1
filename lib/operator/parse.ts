// Inputs as they arrive: everything is checked before AWS is called.
import type { AwsAddress } from "../arn";
import {
  DYNAMODB_TABLE_NAME_PATTERN,
  PARTITION_FIELD,
  REFRESH_INTERVAL,
  TABLE_PROPERTIES_TABLE_NAME,
  TARGET_TABLE_NAME,
} from "../facts/limits";
import { errorsOf } from "../issues";
import type { Json } from "../json";
import { isObject } from "../policy/canonical";
import type { LiveStatement } from "../policy/canonical";
import type { IdentifiedStatement } from "../policy/statement";
import { PARTITION_FORMATS, PARTITION_FUNCTIONS, UNNESTS, tableRules } from "../rules/tables";
import type { PartitionColumn, TableOptions } from "../rules/tables";
import { show } from "../rules/text";
import { Failure, malformed } from "./failure";
import type { JsonObject } from "./input-parts";
import { list, number, object, oneOf, ownArn, text } from "./input-parts";
import type { OperatorAction, OperatorInput, OperatorKind, TablePropertiesInput } from "./protocol";
import { OPERATOR_KINDS, PROTOCOL_VERSION, TERRAFORM_KEY } from "./protocol";

/** A call whose input is known to be right. */
export interface Call {
  readonly action: OperatorAction;
  readonly input: OperatorInput;
  /** The input of the last apply, which may be anything: Terraform keeps what was refused, too. */
  readonly previous: JsonObject | undefined;
}

/** Reads what the function was called with; throws `Failure`. */
export function parseCall(event: unknown, address: AwsAddress): Call {
  const { [TERRAFORM_KEY]: terraform, action: asked, ...input } = object(event, "the event");
  const action = actionOf(terraform, asked);
  const { kind, version } = input;
  if (version !== PROTOCOL_VERSION) {
    throw new Failure(
      "protocol-version",
      `the function understands inputs of version ${PROTOCOL_VERSION}, and got ${show(version)}`,
      { remedy: "apply the function and what it manages from one version of the library" },
    );
  }
  if (!isKind(kind)) {
    throw new Failure("unknown-kind", `the operator manages no ${show(kind)}`, {
      remedy: `use one of ${OPERATOR_KINDS.join(", ")}`,
    });
  }
  const previous = previousOf(terraform);
  if (previous?.["kind"] !== undefined && previous["kind"] !== kind) {
    throw new Failure("kind-changed", `what was ${show(previous["kind"])} cannot become ${show(kind)}`, {
      remedy: "give the two different addresses in Terraform",
    });
  }
  return { action, input: PARSERS[kind](input, address), previous };
}

/** Whether Terraform asks for a deletion, however wrong the rest is. */
export function isDeletion(event: unknown): boolean {
  const terraform = isObject(event as Json) ? (event as JsonObject)[TERRAFORM_KEY] : undefined;
  return isObject(terraform) && terraform["action"] === "delete";
}

function actionOf(terraform: Json | undefined, asked: Json | undefined): OperatorAction {
  if (terraform === undefined && asked === "read") return asked;
  const action = isObject(terraform) && asked === undefined ? terraform["action"] : undefined;
  if (action === "create" || action === "update" || action === "delete") return action;
  throw new Failure("unknown-action", `the operator knows no action ${show(action ?? asked)}`, {
    remedy: `call it with ${TERRAFORM_KEY}.action create, update or delete, as aws_lambda_invocation does, or with action read`,
  });
}

function previousOf(terraform: Json | undefined): JsonObject | undefined {
  const previous = isObject(terraform) ? terraform["prev_input"] : undefined;
  return isObject(previous) ? previous : undefined;
}

function isKind(kind: Json | undefined): kind is OperatorKind {
  return OPERATOR_KINDS.some((known) => known === kind);
}

const PARSERS: Readonly<Record<OperatorKind, (input: JsonObject, address: AwsAddress) => OperatorInput>> = {
  "table-properties": tableProperties,
  "integration-settings": (input, address) => {
    const { integrationArn, refreshInterval } = members(input, ["integrationArn", "refreshInterval"]);
    return {
      ...common(input),
      kind: "integration-settings",
      integrationArn: ownArn(
        integrationArn,
        "integrationArn",
        address,
        "glue",
        /^integration:[A-Za-z0-9-]+$/,
      ),
      refreshInterval: interval(refreshInterval),
    };
  },
  "catalog-policy": (input) => {
    const { statements } = members(input, ["statements"]);
    return { ...common(input), kind: "catalog-policy", statements: identified(statements) };
  },
  "table-policy": (input, address) => {
    const { tableArn, statements } = members(input, ["tableArn", "statements"]);
    return {
      ...common(input),
      kind: "table-policy",
      tableArn: tableArnOf(tableArn, address),
      statements: identified(statements),
    };
  },
  propagation: (input) => {
    const subjects = object(members(input, ["subjects"])["subjects"], "subjects");
    for (const [name, subject] of Object.entries(subjects)) text(subject, `subjects.${name}`);
    return { ...common(input), kind: "propagation", subjects: subjects as Readonly<Record<string, string>> };
  },
};

function common({ attempt }: JsonObject): Pick<OperatorInput, "version" | "attempt"> {
  return {
    version: PROTOCOL_VERSION,
    ...(attempt !== undefined && { attempt: text(attempt, "attempt") }),
  };
}

function members<K extends string>(
  input: JsonObject,
  known: readonly K[],
): Readonly<Record<K, Json | undefined>> {
  const stray = Object.keys(input).find(
    (key) => !["version", "kind", "attempt", ...(known as readonly string[])].includes(key),
  );
  if (stray !== undefined) throw malformed(`${show(input["kind"])} has no member ${show(stray)}`);
  return input as Readonly<Record<K, Json | undefined>>;
}

/** What table properties were of at the last apply; nothing where they were refused then, and so were never made. */
export function formerTable(
  previous: JsonObject | undefined,
  address: AwsAddress,
): Pick<TablePropertiesInput, "resourceArn" | "tableName"> | undefined {
  return unlessRefused(() => ({
    resourceArn: resourceArnOf(previous?.["resourceArn"], address),
    tableName: text(previous?.["tableName"], "tableName", TABLE_PROPERTIES_TABLE_NAME),
  }));
}

/** The table that statements were of at the last apply; nothing where it was refused then. */
export function formerTableArn(previous: JsonObject | undefined, address: AwsAddress): string | undefined {
  return unlessRefused(() => tableArnOf(previous?.["tableArn"], address));
}

function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function tableArnOf(value: Json | undefined, address: AwsAddress): string {
  const name = new RegExp(`^table/${DYNAMODB_TABLE_NAME_PATTERN.source.slice(1)}`);
  return ownArn(value, "tableArn", address, "dynamodb", name);
}

function tableProperties(input: JsonObject, address: AwsAddress): TablePropertiesInput {
  const given = members(input, [
    "resourceArn",
    "tableName",
    "unnest",
    "partitionBy",
    "targetTable",
    "primaryKey",
    "layoutVersion",
  ]);
  const resourceArn = resourceArnOf(given.resourceArn, address);
  const tableName = text(given.tableName, "tableName", TABLE_PROPERTIES_TABLE_NAME);
  const options: TableOptions = {
    ...(given.unnest !== undefined && { unnest: oneOf(given.unnest, "unnest", UNNESTS) }),
    ...(given.partitionBy !== undefined && {
      partitionBy: list(given.partitionBy, "partitionBy").map(partitionColumn),
    }),
    ...(given.targetTable !== undefined && {
      targetTable: text(given.targetTable, "targetTable", TARGET_TABLE_NAME),
    }),
    ...(given.layoutVersion !== undefined && { layoutVersion: number(given.layoutVersion, "layoutVersion") }),
  };
  const [issue] = errorsOf(tableRules({ [tableName]: options }));
  if (issue !== undefined)
    throw malformed(`${issue.path.slice(1).join(".")}: ${issue.message}`, issue.remedy);
  const primaryKey =
    given.primaryKey === undefined
      ? undefined
      : list(given.primaryKey, "primaryKey").map((field, index) =>
          text(field, `primaryKey.${index}`, PARTITION_FIELD),
        );
  refuseMixture(resourceArn, options, primaryKey);
  return {
    ...common(input),
    kind: "table-properties",
    resourceArn,
    tableName,
    ...options,
    ...(primaryKey !== undefined && { primaryKey }),
  };
}

function resourceArnOf(value: Json | undefined, address: AwsAddress): string {
  return ownArn(value, "resourceArn", address, "glue", /^(?:database|catalog|connection)\/.+$/);
}

// AWS takes either the key of a source, with a connection, or the layout of a target, with a database or catalog.
function refuseMixture(
  resourceArn: string,
  options: TableOptions,
  primaryKey: readonly string[] | undefined,
): void {
  const isConnection = resourceArn.split(":").at(-1)?.startsWith("connection/") === true;
  const ofTarget = (["unnest", "partitionBy", "targetTable"] as const).find(
    (key) => options[key] !== undefined,
  );
  if (isConnection && ofTarget !== undefined) {
    throw malformed(`${ofTarget} is a setting of a target, and resourceArn is a connection`);
  }
  if (isConnection && (primaryKey === undefined || primaryKey.length === 0)) {
    throw malformed("resourceArn is a connection, and there is no primaryKey");
  }
  if (!isConnection && primaryKey !== undefined) {
    throw malformed("primaryKey is a setting of a connection, and resourceArn is none");
  }
}

function partitionColumn(value: Json, index: number): PartitionColumn {
  const path = `partitionBy.${index}`;
  const { field, function: by, format, ...rest } = object(value, path);
  const [stray] = Object.keys(rest);
  if (stray !== undefined) throw malformed(`${path} has no member ${show(stray)}`);
  return {
    field: text(field, `${path}.field`, PARTITION_FIELD),
    function: oneOf(by, `${path}.function`, PARTITION_FUNCTIONS),
    ...(format !== undefined && { format: oneOf(format, `${path}.format`, PARTITION_FORMATS) }),
  };
}

function interval(value: Json | undefined): string {
  const { min, max } = REFRESH_INTERVAL;
  const minutes = text(value, "refreshInterval");
  if (!/^\d{1,9}$/.test(minutes) || Number(minutes) < min || Number(minutes) > max) {
    throw malformed(`refreshInterval is not ${min} to ${max} minutes as a text: ${show(minutes)}`);
  }
  return minutes;
}

function identified(value: Json | undefined): readonly IdentifiedStatement[] {
  const statements = list(value, "statements").map((statement, index): LiveStatement => {
    const { Sid } = object(statement, `statements.${index}`);
    text(Sid, `statements.${index}.Sid`);
    return statement as LiveStatement;
  });
  const sids = statements.map(({ Sid }) => Sid);
  const twice = sids.find((Sid, index) => sids.indexOf(Sid) !== index);
  if (twice !== undefined) throw malformed(`two statements have the Sid ${show(twice)}`);
  // Their form is judged against the policy that they go into, before anything is written.
  return statements as unknown as readonly IdentifiedStatement[];
}
