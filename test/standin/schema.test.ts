import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataSourceSchema, providerSchema, resourceSchema } from "./schema/derive";
import { Schemas } from "./schema/in-use";
import { embeddedSource } from "./schema/source";
import type { CtyType, Schema } from "./schema/types";

describe("a schema derived from the bindings", () => {
  test("of aws_cloudcontrolapi_resource has its full shape", () => {
    expect(shape(resourceSchema("aws_cloudcontrolapi_resource"))).toEqual({
      desired_state: "required string",
      id: "optional computed string",
      properties: "computed string",
      region: "optional computed string",
      role_arn: "optional string",
      schema: "optional computed sensitive string",
      type_name: "required string",
      type_version_id: "optional string",
      timeouts: [
        "single",
        { create: "optional string", delete: "optional string", update: "optional string" },
      ],
    });
  });

  test("of aws_iam_role has its full shape", () => {
    expect(shape(resourceSchema("aws_iam_role"))).toEqual({
      arn: "computed string",
      assume_role_policy: "required string",
      create_date: "computed string",
      description: "optional string",
      force_detach_policies: "optional bool",
      id: "optional computed string",
      managed_policy_arns: "optional computed set(string)",
      max_session_duration: "optional number",
      name: "optional computed string",
      name_prefix: "optional computed string",
      path: "optional string",
      permissions_boundary: "optional string",
      tags: "optional map(string)",
      tags_all: "optional computed map(string)",
      unique_id: "computed string",
      inline_policy: ["set", { name: "optional string", policy: "optional string" }],
    });
  });

  test("of aws_glue_catalog_database has its full shape", () => {
    expect(shape(resourceSchema("aws_glue_catalog_database"))).toEqual({
      arn: "computed string",
      catalog_id: "optional computed string",
      description: "optional string",
      id: "optional computed string",
      location_uri: "optional computed string",
      name: "required string",
      parameters: "optional map(string)",
      region: "optional computed string",
      tags: "optional map(string)",
      tags_all: "optional computed map(string)",
      create_table_default_permission: [
        "list",
        {
          permissions: "optional set(string)",
          principal: ["list up to 1", { data_lake_principal_identifier: "optional string" }],
        },
      ],
      federated_database: [
        "list up to 1",
        { connection_name: "optional string", identifier: "optional string" },
      ],
      target_database: [
        "list up to 1",
        { catalog_id: "required string", database_name: "required string", region: "optional string" },
      ],
    });
  });

  test("of aws_dynamodb_resource_policy has its full shape", () => {
    expect(shape(resourceSchema("aws_dynamodb_resource_policy"))).toEqual({
      confirm_remove_self_resource_access: "optional computed bool",
      id: "computed string",
      policy: "required string",
      region: "optional computed string",
      resource_arn: "required string",
      revision_id: "computed string",
    });
  });

  test("of the data source aws_dynamodb_table has its full shape", () => {
    const throughput = "object(max_read_request_units: number, max_write_request_units: number)";
    const warm = "object(read_units_per_second: number, write_units_per_second: number)";
    expect(shape(dataSourceSchema("aws_dynamodb_table"))).toEqual({
      arn: "computed string",
      attribute: "computed set(object(name: string, type: string))",
      billing_mode: "computed string",
      deletion_protection_enabled: "computed bool",
      global_secondary_index:
        `computed set(object(hash_key: string, name: string, non_key_attributes: list(string), ` +
        `on_demand_throughput: list(${throughput}), projection_type: string, range_key: string, ` +
        `read_capacity: number, warm_throughput: list(${warm}), write_capacity: number))`,
      hash_key: "computed string",
      id: "optional computed string",
      local_secondary_index:
        "computed set(object(name: string, non_key_attributes: list(string), projection_type: string, range_key: string))",
      name: "required string",
      on_demand_throughput: `computed list(${throughput})`,
      point_in_time_recovery: "computed list(object(enabled: bool, recovery_period_in_days: number))",
      range_key: "computed string",
      read_capacity: "computed number",
      region: "optional computed string",
      replica: "computed set(object(kms_key_arn: string, region_name: string))",
      stream_arn: "computed string",
      stream_enabled: "computed bool",
      stream_label: "computed string",
      stream_view_type: "computed string",
      table_class: "computed string",
      tags: "optional computed map(string)",
      ttl: "computed set(object(attribute_name: string, enabled: bool))",
      warm_throughput: `computed list(${warm})`,
      write_capacity: "computed number",
      server_side_encryption: ["list up to 1", { enabled: "computed bool", kms_key_arn: "computed string" }],
    });
  });

  test("of the provider leaves out alias, which is Terraform's own", () => {
    const { attributes, blocks } = providerSchema().block;
    expect(Object.keys(attributes)).toHaveLength(29);
    expect(attributes).not.toHaveProperty("alias");
    expect(Object.keys(blocks)).toEqual([
      "assume_role",
      "assume_role_with_web_identity",
      "default_tags",
      "endpoints",
      "ignore_tags",
    ]);
    expect(shape({ version: 0, block: blocks["default_tags"]!.block })).toEqual({
      tags: "optional map(string)",
    });
  });

  test.each([
    ["aws_cloudwatch_event_target", 10, 12],
    ["aws_dynamodb_table", 21, 12],
    ["aws_lambda_function", 39, 13],
    ["aws_redshift_cluster", 51, 1],
    ["aws_s3_bucket", 19, 10],
  ])("of %s has its pinned counts", (type, attributes, blocks) => {
    const schema = resourceSchema(type);
    expect([Object.keys(schema!.block.attributes).length, Object.keys(schema!.block.blocks).length]).toEqual([
      attributes,
      blocks,
    ]);
  });

  test("tells an object attribute from a block", () => {
    const { attributes, blocks } = resourceSchema("aws_s3tables_table_bucket")!.block;
    expect(spell(attributes["encryption_configuration"]!.type)).toBe(
      "object(kms_key_arn: string, sse_algorithm: string)",
    );
    expect(blocks).not.toHaveProperty("encryption_configuration");
  });

  test("holds what only the published schema tells", () => {
    expect(resourceSchema("aws_redshift_cluster")!.block.attributes["master_password_wo"]).toMatchObject({
      sensitive: true,
      writeOnly: true,
    });
    expect(resourceSchema("aws_cloudwatch_event_target")).toMatchObject({
      version: 1,
      block: { blocks: { ecs_target: { block: { blocks: { placement_constraint: { maxItems: 10 } } } } } },
    });
  });
});

describe("the derivation", () => {
  test("knows no type that the provider lacks", () => {
    expect(resourceSchema("aws_glue_integration")).toBeUndefined();
    expect(dataSourceSchema("aws_glue_integration")).toBeUndefined();
  });

  test("refuses a type whose structures lie in further files", () => {
    expect(() => resourceSchema("aws_medialive_channel")).toThrow(/declares no MedialiveChannel/);
  });

  test("refuses a file without the source map that it reads", () => {
    const directory = mkdtempSync(join(tmpdir(), "standin-"));
    const file = join(directory, "index.js");
    try {
      writeFileSync(file, "module.exports = {};\n");
      expect(() => embeddedSource(file)).toThrow(/no inline source map/);
      const map = Buffer.from(JSON.stringify({ version: 3, sources: ["index.ts"] })).toString("base64");
      writeFileSync(file, `module.exports = {};\n//# sourceMappingURL=data:application/json;base64,${map}`);
      expect(() => embeddedSource(file)).toThrow(/embeds no source/);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("finds the types in use: in resources, data sources, checks and the state", () => {
    const directory = mkdtempSync(join(tmpdir(), "standin-"));
    try {
      const configuration = {
        resource: { aws_iam_role: {}, terraform_data: {} },
        data: [{ aws_region: {} }, { aws_no_such_thing: {} }],
        check: { ready: { data: { aws_kms_key: {} } } },
      };
      const state = { resources: [{ mode: "managed", type: "aws_sns_topic" }] };
      writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(configuration));
      writeFileSync(join(directory, "terraform.tfstate"), JSON.stringify(state));
      const schemas = new Schemas();
      schemas.addFrom(directory);
      expect([...schemas.resources.keys()].sort()).toEqual(["aws_iam_role", "aws_sns_topic"]);
      expect([...schemas.dataSources.keys()].sort()).toEqual(["aws_kms_key", "aws_region"]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

type Shape = { [name: string]: string | [string, Shape] };

/** A schema in a form that can be read at a glance. */
function shape(schema: Schema | undefined): Shape {
  if (!schema) throw new Error("there is no such schema");
  const { attributes, blocks } = schema.block;
  const result: Shape = {};
  for (const [name, { type, ...flags }] of Object.entries(attributes)) {
    const set = (["required", "optional", "computed", "sensitive"] as const).filter((flag) => flags[flag]);
    result[name] = [...set, spell(type)].join(" ");
  }
  for (const [name, { nesting, minItems, maxItems, block }] of Object.entries(blocks)) {
    const limits = [minItems > 0 ? `from ${minItems}` : "", maxItems > 0 ? `up to ${maxItems}` : ""];
    result[name] = [[nesting, ...limits].filter(Boolean).join(" "), shape({ version: 0, block })];
  }
  return result;
}

function spell(type: CtyType): string {
  if (typeof type === "string") return type;
  if (type[0] !== "object") return `${type[0]}(${spell(type[1])})`;
  return `object(${Object.entries(type[1])
    .map(([name, inner]) => `${name}: ${spell(inner)}`)
    .join(", ")})`;
}
