import type { ObjectValue } from "../wire/values";
import { computedByCloudControl, refuseInvalidDesiredState, replacedByCloudControl } from "./cloud-control";
import { digest, uuid } from "./digest";
import { answerToCall } from "./operator";
import type { ProviderSettings } from "./settings";

/** What the provider does with a resource type that no schema tells. Kept by hand: see the README for what it proves. */
export interface ResourceFacts {
  /** Attributes whose change replaces the resource. */
  readonly forceNew?: readonly string[];
  /** Attributes that must hold a JSON document. */
  readonly json?: readonly string[];
  /** Computed attributes that an update makes unknown, with the attributes whose change does so. */
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  /** Attributes whose change replaces the resource in some cases only. */
  readonly replaces?: (prior: ObjectValue, planned: ObjectValue) => readonly string[];
  /** Throws what the provider refuses at plan. */
  readonly refuse?: (planned: ObjectValue) => void;
  /** The computed attributes with a known form. */
  readonly computed?: (state: ObjectValue, provider: ProviderSettings) => ObjectValue;
}

const facts: Readonly<Record<string, ResourceFacts>> = {
  aws_cloudcontrolapi_resource: {
    forceNew: ["type_name"],
    json: ["desired_state", "schema"],
    recomputed: { properties: ["desired_state"] },
    replaces: replacedByCloudControl,
    refuse: refuseInvalidDesiredState,
    computed: computedByCloudControl,
  },
  aws_dynamodb_resource_policy: {
    forceNew: ["resource_arn"],
    json: ["policy"],
    recomputed: { revision_id: ["policy"] },
    computed: ({ policy, resource_arn: arn }) => ({ id: arn ?? null, revision_id: digest(policy) }),
  },
  aws_glue_catalog_database: {
    forceNew: ["catalog_id", "name"],
    computed: ({ name }, { account, partition, region }) => ({
      arn: `arn:${partition}:glue:${region}:${account}:database/${String(name)}`,
      catalog_id: account,
      id: `${account}:${String(name)}`,
    }),
  },
  aws_glue_resource_policy: {
    json: ["policy"],
    computed: (_state, { region }) => ({ id: region }),
  },
  aws_iam_role: {
    forceNew: ["name", "name_prefix", "path"],
    json: ["assume_role_policy"],
    computed: ({ name, path }, { account, partition }) => ({
      arn: `arn:${partition}:iam::${account}:role${String(path ?? "/")}${String(name)}`,
      id: name ?? null,
    }),
  },
  aws_iam_role_policy: {
    forceNew: ["name", "name_prefix", "role"],
    json: ["policy"],
    computed: ({ name, role }) => ({ id: `${String(role)}:${String(name)}` }),
  },
  aws_redshift_integration: {
    forceNew: ["source_arn", "target_arn", "kms_key_id", "additional_encryption_context"],
    computed: ({ integration_name: name }, { account, partition, region }) => ({
      arn: `arn:${partition}:redshift:${region}:${account}:integration:${uuid(name)}`,
    }),
  },
  aws_redshift_resource_policy: {
    forceNew: ["resource_arn"],
    json: ["policy"],
    computed: ({ resource_arn: arn }) => ({ id: arn ?? null }),
  },
  aws_redshiftdata_statement: {
    forceNew: [
      "cluster_identifier",
      "database",
      "db_user",
      "parameters",
      "secret_arn",
      "sql",
      "statement_name",
      "with_event",
      "workgroup_name",
    ],
    computed: ({ sql }) => ({ id: uuid(sql) }),
  },
  aws_cloudwatch_log_group: {
    forceNew: ["name", "name_prefix", "log_group_class"],
    computed: ({ name }, { account, partition, region }) => ({
      arn: `arn:${partition}:logs:${region}:${account}:log-group:${String(name)}`,
      id: name ?? null,
    }),
  },
  aws_lambda_function: {
    forceNew: ["function_name", "package_type"],
    recomputed: { last_modified: ["filename", "source_code_hash"], code_sha256: ["source_code_hash"] },
    computed: ({ function_name: name, source_code_hash: hash }, { account, partition, region }) => ({
      arn: `arn:${partition}:lambda:${region}:${account}:function:${String(name)}`,
      code_sha256: hash ?? null,
      id: name ?? null,
    }),
  },
  aws_lambda_invocation: {
    forceNew: ["function_name", "qualifier", "triggers"],
    json: ["input"],
    recomputed: { result: ["input"] },
    computed: (state, provider) => ({ result: answerToCall(state, provider) }),
  },
};

export const resourceFacts = (type: string): ResourceFacts => facts[type] ?? {};
