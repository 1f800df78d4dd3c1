import { UNKNOWN, isHidden } from "../../../../lib/review/plan-view";
import {
  DATABASE,
  INTEGRATION_ARN,
  TABLE,
  change,
  cloudControl,
  configuration,
  configured,
  integration,
  integrationState,
  view,
} from "../plan-kit";

describe("an integration", () => {
  test("under Cloud Control is read from its desired state", () => {
    const settings = {
      Description: "Orders",
      DataFilter: "include: a",
      IntegrationConfig: { RefreshInterval: "30", ContinuousSync: false, SourceProperties: { a: "b" } },
      KmsKeyId: "key",
      AdditionalEncryptionContext: { team: "data" },
      Tags: [{ Key: "team", Value: "data" }],
    };
    const [found, ...more] = view([
      change("aws_cloudcontrolapi_resource.i", { after: integration(settings) }),
    ]).integrations;
    expect(more).toEqual([]);
    expect(found).toMatchObject({ holder: "cloud-control", api: "glue", label: "orders-to-lake" });
    expect(found?.before).toBeUndefined();
    expect(found?.arn).toBeUndefined();
    expect(found?.after).toEqual({
      name: "orders-to-lake",
      sourceArn: TABLE,
      targetArn: DATABASE,
      description: "Orders",
      dataFilter: "include: a",
      refreshInterval: "30",
      continuousSync: false,
      sourceProperties: { a: "b" },
      kmsKeyId: "key",
      encryptionContext: { team: "data" },
      tags: { team: "data" },
    });
  });

  test("of awscc is read from its attributes", () => {
    const attributes = {
      integration_name: "orders-to-lake",
      source_arn: TABLE,
      target_arn: DATABASE,
      integration_arn: INTEGRATION_ARN,
      integration_config: { refresh_interval: "30", continuous_sync: null, source_properties: null },
      tags: [{ key: "team", value: "data" }],
      status: "ACTIVE",
    };
    const [found] = view([
      change("awscc_glue_integration.i", { actions: ["no-op"], before: attributes, after: attributes }),
    ]).integrations;
    expect(found).toMatchObject({ holder: "awscc", api: "glue", arn: INTEGRATION_ARN, status: "ACTIVE" });
    expect(found?.after).toMatchObject({ refreshInterval: "30", tags: { team: "data" } });
    expect(found?.after?.continuousSync).toBeUndefined();
    expect(found?.after).toEqual(found?.before);
  });

  test("of Redshift is read from its attributes", () => {
    const [found] = view([
      change("aws_redshift_integration.i", {
        before: {
          integration_name: "a",
          arn: "arn:x",
          source_arn: TABLE,
          target_arn: "arn:y",
          tags: { b: "c" },
        },
      }),
    ]).integrations;
    expect(found).toMatchObject({ holder: "redshift", api: "redshift", arn: "arn:x", label: "a" });
    expect(found?.before).toMatchObject({ sourceArn: TABLE, tags: { b: "c" }, refreshInterval: undefined });
    expect(found?.after).toBeUndefined();
  });

  test("keeps its ARN and status through an update that makes its properties unknown", () => {
    const known = {
      id: `${INTEGRATION_ARN}|orders-to-lake`,
      properties: JSON.stringify({ Status: "NEEDS_ATTENTION" }),
    };
    const [found] = view([
      change("aws_cloudcontrolapi_resource.i", {
        before: integration({}, known),
        after: integration({ Description: "new" }, { id: known.id }),
        unknown: { properties: true },
      }),
    ]).integrations;
    expect(found).toMatchObject({ arn: INTEGRATION_ARN, status: "NEEDS_ATTENTION" });
  });

  test("that is unknown as a whole is unknown in every setting, and named by its address", () => {
    const [found] = view([
      change("aws_cloudcontrolapi_resource.i", {
        after: { type_name: "AWS::Glue::Integration" },
        unknown: { desired_state: true },
      }),
    ]).integrations;
    expect(found?.label).toBe("aws_cloudcontrolapi_resource.i");
    expect(Object.values(found?.after ?? {}).every((field) => field === UNKNOWN)).toBe(true);
  });

  test("that is sensitive as a whole shows nothing", () => {
    const [found] = view([
      change("aws_cloudcontrolapi_resource.i", {
        after: integration(),
        afterSensitive: { desired_state: true },
      }),
    ]).integrations;
    expect(isHidden(found?.after?.sourceArn)).toBe(true);
    expect(JSON.stringify(found)).not.toContain("orders-to-lake");
  });

  test("whose document cannot be read counts as unknown", () => {
    const state = { type_name: "AWS::Glue::Integration", desired_state: "{" };
    const [found] = view([change("aws_cloudcontrolapi_resource.i", { after: state })]).integrations;
    expect(found?.after?.name).toBe(UNKNOWN);
  });

  test("is no other resource, and no data source", () => {
    const { integrations } = view([
      change("aws_cloudcontrolapi_resource.i", {
        after: cloudControl("AWS::Glue::Catalog", integrationState()),
      }),
      change("aws_rds_integration.i", { after: { integration_name: "a" } }),
      change("data.aws_cloudcontrolapi_resource.i", { actions: ["read"], after: integration() }),
    ]);
    expect(integrations).toEqual([]);
  });
});

describe("a resource property", () => {
  const target = { RoleArn: "role", KmsArn: "key", ConnectionName: "vpc", EventBusArn: "bus" };
  const expected = {
    resourceArn: DATABASE,
    sourceRoleArn: undefined,
    targetRoleArn: "role",
    targetKmsArn: "key",
    targetConnectionName: "vpc",
    targetEventBusArn: "bus",
  };

  test("is read from either resource type", () => {
    const { resourceProperties } = view([
      change("aws_cloudcontrolapi_resource.p", {
        after: cloudControl("AWS::Glue::IntegrationResourceProperty", {
          ResourceArn: DATABASE,
          TargetProcessingProperties: target,
        }),
      }),
      change("awscc_glue_integration_resource_property.p", {
        after: {
          resource_arn: DATABASE,
          target_processing_properties: {
            role_arn: "role",
            kms_arn: "key",
            connection_name: "vpc",
            event_bus_arn: "bus",
          },
        },
      }),
    ]);
    expect(resourceProperties.map(({ after }) => after)).toEqual([expected, expected]);
  });
});

describe("a call of the operator", () => {
  const call = (input: unknown, further: object = {}) => ({
    function_name: "zero-etl-operator-orders-prod",
    input: JSON.stringify(input),
    ...further,
  });

  test("about a table is read as its properties", () => {
    const input = {
      version: 1,
      kind: "table-properties",
      resourceArn: DATABASE,
      tableName: "orders",
      unnest: "top-level",
      partitionBy: [{ field: "day", function: "identity" }],
      layoutVersion: 2,
    };
    const { tableProperties, operatorCalls } = view([
      change("aws_lambda_invocation.t", { before: call(input), after: call({ ...input, unnest: "none" }) }),
    ]);
    expect(operatorCalls.map(({ kind }) => kind)).toEqual(["table-properties"]);
    expect(tableProperties).toHaveLength(1);
    expect(tableProperties[0]?.before).toEqual({
      resourceArn: DATABASE,
      tableName: "orders",
      unnest: "top-level",
      partitionBy: [{ field: "day", function: "identity" }],
      targetTable: undefined,
      primaryKey: undefined,
      layoutVersion: 2,
    });
    expect(tableProperties[0]?.after?.unnest).toBe("none");
  });

  test("about settings is read as settings", () => {
    const { integrationSettings } = view([
      change("aws_lambda_invocation.s", {
        after: call({
          version: 1,
          kind: "integration-settings",
          integrationArn: INTEGRATION_ARN,
          refreshInterval: "45",
        }),
      }),
    ]);
    expect(integrationSettings[0]?.after).toEqual({ integrationArn: INTEGRATION_ARN, refreshInterval: "45" });
  });

  test("whose input is unknown is one by the name of its function, of no kind", () => {
    const { operatorCalls } = view([
      change("aws_lambda_invocation.s", {
        after: { function_name: "zero-etl-operator-orders-prod" },
        unknown: { input: true },
      }),
      change("aws_lambda_invocation.x", { after: { function_name: "other" }, unknown: { input: true } }),
    ]);
    expect(operatorCalls.map(({ resource, kind }) => [resource.address, kind])).toEqual([
      ["aws_lambda_invocation.s", undefined],
    ]);
  });

  test.each([{ kind: "table-properties" }, { version: 1, kind: "other" }, { version: 1 }, []])(
    "is not what sends %j to another function",
    (input) => {
      const after = { function_name: "other", input: JSON.stringify(input) };
      expect(view([change("aws_lambda_invocation.x", { after })]).operatorCalls).toEqual([]);
    },
  );

  test("about a policy is a policy of own statements", () => {
    const statement = {
      Sid: "A",
      Effect: "Allow",
      Principal: { Service: ["glue.amazonaws.com"] },
      Action: ["dynamodb:DescribeTable"],
      Resource: [TABLE],
    };
    const input = { version: 1, kind: "table-policy", tableArn: TABLE, statements: [statement] };
    const wide = { ...statement, Resource: ["*"] };
    const { policies } = view([
      change("aws_lambda_invocation.p", {
        before: call(input),
        after: call({ ...input, statements: [wide, { ...statement, Action: "dynamodb:DescribeExport" }] }),
      }),
    ]);
    expect(policies).toHaveLength(1);
    expect(policies[0]).toMatchObject({
      kind: "dynamodb-table",
      attribute: "input.statements",
      isMerged: true,
      subject: TABLE,
    });
    expect(policies[0]?.changes.map(({ kind }) => kind)).toEqual(["widened", "added"]);
  });
});

describe("a policy", () => {
  const document = (...statements: unknown[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const statement = { Effect: "Allow", Principal: "*", Action: "glue:*", Resource: "*" };

  test.each([
    ["aws_dynamodb_resource_policy", "policy", "resource_arn", "dynamodb-table"],
    ["aws_glue_resource_policy", "policy", "id", "catalog"],
    ["aws_iam_policy", "policy", "name", "role-permissions"],
    ["aws_iam_role", "assume_role_policy", "name", "role-trust"],
    ["aws_iam_role_policy", "policy", "role", "role-permissions"],
    ["aws_kms_key", "policy", "arn", "key"],
    ["aws_kms_key_policy", "policy", "key_id", "key"],
    ["aws_redshift_resource_policy", "policy", "resource_arn", "redshift-namespace"],
    ["aws_redshiftserverless_resource_policy", "policy", "resource_arn", "redshift-namespace"],
    ["aws_s3_bucket", "policy", "bucket", "bucket"],
    ["aws_s3_bucket_policy", "policy", "bucket", "bucket"],
    ["aws_s3tables_table_bucket_policy", "resource_policy", "table_bucket_arn", "table-bucket"],
    ["aws_secretsmanager_secret", "policy", "arn", "secret"],
    ["aws_secretsmanager_secret_policy", "policy", "secret_arn", "secret"],
  ])("of %s is its %s, of what %s says", (type, attribute, subject, kind) => {
    const { policies } = view([
      change(`${type}.p`, {
        before: { [attribute]: document(statement), [subject]: "s" },
        after: { [attribute]: document(), [subject]: "s" },
      }),
    ]);
    expect(policies).toMatchObject([
      { kind, attribute, subject: "s", isMerged: false, changes: [{ kind: "removed" }] },
    ]);
  });

  test("goes with its resource, and comes with it", () => {
    const attributes = { policy: document(statement), resource_arn: TABLE };
    const { policies } = view([
      change("aws_dynamodb_resource_policy.gone", { before: attributes }),
      change("aws_dynamodb_resource_policy.new", { after: attributes }),
    ]);
    expect(
      policies.map(({ before, after, changes }) => [before.state, after.state, changes[0]?.kind]),
    ).toEqual([
      ["known", "absent", "removed"],
      ["absent", "known", "added"],
    ]);
  });

  test("that is hidden or no document is not compared", () => {
    const { policies } = view([
      change("aws_dynamodb_resource_policy.a", {
        before: { policy: document(statement) },
        after: {},
        unknown: { policy: true },
      }),
      change("aws_dynamodb_resource_policy.b", {
        before: { policy: document(statement) },
        after: { policy: document() },
        afterSensitive: { policy: true },
      }),
      change("aws_dynamodb_resource_policy.c", { before: { policy: "{}" }, after: { policy: document() } }),
    ]);
    expect(policies.map(({ before, after, changes }) => [before, after.state, changes.length])).toEqual([
      [expect.objectContaining({ state: "known" }), "hidden", 0],
      [{ state: "hidden", hidden: "sensitive" }, "hidden", 0],
      [{ state: "unreadable" }, "known", 0],
    ]);
  });

  test("that AWS alone fills in is none of ours", () => {
    const key = change("aws_kms_key.k", {
      after: { description: "x" },
      unknown: { policy: true, arn: true },
    });
    const named = (...set: string[]) =>
      configuration([configured("aws_kms_key.k", Object.fromEntries(set.map((name) => [name, {}])))]);
    expect(view([key], named("description")).policies).toEqual([]);
    expect(view([key], named("policy")).policies).toMatchObject([{ after: { state: "hidden" } }]);
    expect(view([key]).policies).toHaveLength(1);
  });

  test("of a role's own blocks is named by the block, whatever their order", () => {
    const block = (name: string, ...statements: unknown[]) => ({ name, policy: document(...statements) });
    const { policies } = view([
      change("aws_iam_role.r", {
        before: { name: "r", inline_policy: [block("a"), block("b")] },
        after: { name: "r", inline_policy: [block("b", statement), block("a")] },
      }),
    ]);
    expect(policies.map(({ attribute, changes }) => [attribute, changes.map(({ kind }) => kind)])).toEqual([
      ["inline_policy.a", []],
      ["inline_policy.b", ["added"]],
    ]);
  });
});
