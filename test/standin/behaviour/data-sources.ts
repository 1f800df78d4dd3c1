import { isObject, type ObjectValue, type Value } from "../wire/values";
import { digest } from "./digest";
import type { Fixtures } from "./fixtures";
import { answerToRead } from "./operator";
import type { ProviderSettings } from "./settings";

type Read = (config: ObjectValue, provider: ProviderSettings) => ObjectValue;

const suffixes: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

const defaults: Readonly<Record<string, Read>> = {
  aws_caller_identity: (_config, { account, partition }) => ({
    account_id: account,
    arn: `arn:${partition}:iam::${account}:user/terraform`,
    id: account,
    user_id: "AIDAEXAMPLE",
  }),
  aws_region: (config, provider) => {
    const region = config["region"] ?? provider.region;
    return {
      region,
      name: region,
      id: region,
      endpoint: `ec2.${String(region)}.amazonaws.com`,
      description: String(region),
    };
  },
  aws_partition: (_config, { partition }) => {
    const suffix = suffixes[partition] ?? "amazonaws.com";
    return {
      partition,
      id: partition,
      dns_suffix: suffix,
      reverse_dns_prefix: suffix.split(".").reverse().join("."),
    };
  },
  aws_dynamodb_table: (config, { account, partition, region }) => ({
    arn: `arn:${partition}:dynamodb:${String(config["region"] ?? region)}:${account}:table/${String(config["name"])}`,
    id: config["name"] ?? null,
    attribute: [{ name: "id", type: "S" }],
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "id",
    point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }],
    stream_enabled: false,
    table_class: "STANDARD",
  }),
  aws_kms_key: (config, { account, partition, region }) => {
    const id = String(config["key_id"]).replace(/^.*:key\//, "");
    return {
      arn: `arn:${partition}:kms:${String(config["region"] ?? region)}:${account}:key/${id}`,
      id,
      aws_account_id: account,
      enabled: true,
      key_manager: "CUSTOMER",
      key_spec: "SYMMETRIC_DEFAULT",
      key_state: "Enabled",
      key_usage: "ENCRYPT_DECRYPT",
      multi_region: false,
      origin: "AWS_KMS",
    };
  },
  aws_lambda_invocation: (config, provider) => ({
    id: `${String(config["function_name"])}_${digest(config["input"])}`,
    result: answerToRead(config, provider),
  }),
  aws_iam_policy_document: (config) => {
    const json = policyDocument(config);
    return { json, minified_json: JSON.stringify(JSON.parse(json)), id: "policy" };
  },
};

/** What AWS answers to a data source. Made-up answers would prove nothing, so a type without any is an error. */
export function readDataSource(
  type: string,
  config: ObjectValue,
  provider: ProviderSettings,
  fixtures: Fixtures,
): ObjectValue {
  const usual = defaults[type];
  const fixture = fixtures.dataSources?.[type];
  if (!usual && !fixture)
    throw new Error(
      `the stand-in has no answer for data source ${type}: give one in fixtures.dataSources.${type}`,
    );
  return { ...usual?.(config, provider), ...fixture?.(config, provider) };
}

function policyDocument(config: ObjectValue): string {
  const statements = blocks(config["statement"]).map((statement) => ({
    Sid: statement["sid"] ?? undefined,
    Effect: statement["effect"] ?? "Allow",
    Action: oneOrMany(statement["actions"]),
    NotAction: oneOrMany(statement["not_actions"]),
    Resource: oneOrMany(statement["resources"]),
    NotResource: oneOrMany(statement["not_resources"]),
    Principal: principals(blocks(statement["principals"])),
    NotPrincipal: principals(blocks(statement["not_principals"])),
    Condition: conditions(blocks(statement["condition"])),
  }));
  return JSON.stringify({ Version: config["version"] ?? "2012-10-17", Statement: statements }, null, 2);
}

const blocks = (value: Value | undefined): ObjectValue[] =>
  Array.isArray(value) ? value.filter((item) => isObject(item)) : [];

const oneOrMany = (value: Value | undefined): Value | undefined =>
  Array.isArray(value) && value.length > 0 ? (value.length === 1 ? value[0] : value) : undefined;

function principals(blocksOfKind: ObjectValue[]): unknown {
  const found = blocksOfKind.map(({ type, identifiers }) => [String(type), oneOrMany(identifiers)] as const);
  if (found.length === 0) return undefined;
  return found.some(([type, identifiers]) => type === "*" && identifiers === "*")
    ? "*"
    : Object.fromEntries(found);
}

function conditions(blocksOfKind: ObjectValue[]): unknown {
  const result: Record<string, Record<string, Value | undefined>> = {};
  for (const { test, variable, values } of blocksOfKind)
    (result[String(test)] ??= {})[String(variable)] = oneOrMany(values);
  return blocksOfKind.length > 0 ? result : undefined;
}
