import type { Attribute, Block, NestedBlock, Schema } from "./types";

/** What the bindings leave out. Attributes are top-level names; blocks are dotted paths. */
interface Omission {
  readonly version?: number;
  readonly sensitive?: readonly string[];
  readonly writeOnly?: readonly string[];
  readonly maxItems?: Readonly<Record<string, number>>;
}

// Source of every line: the published schema of hashicorp/aws 6.25.0 (`terraform providers schema -json`).
const omissions: Readonly<Record<string, Omission>> = {
  aws_cloudcontrolapi_resource: { sensitive: ["schema"] },
  aws_cloudwatch_event_rule: { version: 1 },
  aws_cloudwatch_event_target: {
    version: 1,
    maxItems: {
      "ecs_target.ordered_placement_strategy": 5,
      "ecs_target.placement_constraint": 10,
      run_command_targets: 5,
      "sagemaker_pipeline_target.pipeline_parameter_list": 200,
    },
  },
  aws_cloudwatch_metric_alarm: { version: 1 },
  aws_dynamodb_table: { version: 1 },
  aws_glue_connection: { sensitive: ["athena_properties", "connection_properties"] },
  aws_lakeformation_data_lake_settings: {
    maxItems: { create_database_default_permissions: 3, create_table_default_permissions: 3 },
  },
  aws_lambda_invocation: { version: 1 },
  aws_redshift_cluster: {
    sensitive: ["master_password", "master_password_wo"],
    writeOnly: ["master_password_wo"],
  },
  aws_redshiftserverless_namespace: {
    sensitive: ["admin_user_password", "admin_username"],
    writeOnly: ["admin_user_password_wo"],
  },
  "data.aws_glue_connection": { sensitive: ["athena_properties", "connection_properties"] },
};

export function overlay(key: string, schema: Schema): Schema {
  const omission = omissions[key];
  if (!omission) return schema;
  let { block } = schema;
  for (const path of omission.sensitive ?? []) block = withAttribute(block, path, { sensitive: true });
  for (const path of omission.writeOnly ?? []) block = withAttribute(block, path, { writeOnly: true });
  for (const [path, maxItems] of Object.entries(omission.maxItems ?? {}))
    block = withBlock(block, path, { maxItems });
  return { version: omission.version ?? schema.version, block };
}

function withAttribute(block: Block, path: string, facts: Partial<Attribute>): Block {
  const attribute = block.attributes[path];
  if (!attribute) throw new Error(`the overlay names an attribute that the bindings lack: ${path}`);
  return { ...block, attributes: { ...block.attributes, [path]: { ...attribute, ...facts } } };
}

function withBlock(block: Block, path: string, facts: Partial<NestedBlock>): Block {
  const [name, ...rest] = path.split(".") as [string, ...string[]];
  const nested = block.blocks[name];
  if (!nested) throw new Error(`the overlay names a block that the bindings lack: ${path}`);
  const changed =
    rest.length === 0
      ? { ...nested, ...facts }
      : { ...nested, block: withBlock(nested.block, rest.join("."), facts) };
  return { ...block, blocks: { ...block.blocks, [name]: changed } };
}
