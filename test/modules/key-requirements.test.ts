// The keys of an integration, of its table and of its target: what is returned, and what is written where the app manages them.
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { DocumentRequirements, IntegrationSource, IntegrationTarget } from "../../modules";
import {
  DynamoDbSource,
  GlueDatabaseTarget,
  KeyPolicy,
  S3TablesTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
  addOutputs,
} from "../../modules";
import { FakeSource, FakeTarget } from "../support/doubles";
import type { Block, StackJson } from "../support/synth";
import { PROD, policyOf, synth, synthStack } from "../support/synth";

const keyArn = (id: string) => `arn:aws:kms:us-east-1:111122223333:key/${id}`;
const LAKE = { database: "lake", location: "s3://acme-lake/data/" };

interface Parts {
  readonly source?: IntegrationSource;
  readonly target?: IntegrationTarget;
  readonly settings?: Partial<ConstructorParameters<typeof ZeroEtlIntegration>[2]>;
}

function integrate(parts: (stack: ZeroEtlStack) => Parts): {
  readonly stack: StackJson;
  readonly requirements: readonly DocumentRequirements[];
} {
  let requirements: readonly DocumentRequirements[] = [];
  const stack = synthStack((app) => {
    const made = new ZeroEtlStack(app, "orders", PROD);
    const { source = new FakeSource(made), target = new FakeTarget(made), settings } = parts(made);
    const integration = new ZeroEtlIntegration(made.integrations, "i", { source, target, ...settings });
    addOutputs(integration);
    ({ requirements } = integration);
  });
  return { stack, requirements };
}

/** A key of the app and the owner of its policy. */
function managedKey(stack: ZeroEtlStack, id = "Key"): { kmsKeyArn: string; keyPolicy: KeyPolicy } {
  const key = new KmsKey(stack, id);
  return { kmsKeyArn: key.arn, keyPolicy: new KeyPolicy(stack, `${id}Policy`, { key }) };
}

const summary = (requirements: readonly DocumentRequirements[]) =>
  requirements.map(({ arn, applied, requirements: each }) => [
    arn,
    applied,
    ...each.map(({ statement, verified }) => `${statement.Sid}${verified ? "" : "?"}`),
  ]);
const sidsOf = (policy: Block) => policyOf(policy).Statement.map(({ Sid }) => Sid);
const cloudControl = (stack: StackJson, type: string) =>
  Object.values(stack.resources("aws_cloudcontrolapi_resource")).find(({ type_name }) => type_name === type);
const integrationOf = (stack: StackJson) => cloudControl(stack, "AWS::Glue::Integration");
const propertyOf = (stack: StackJson) => cloudControl(stack, "AWS::Glue::IntegrationResourceProperty");

describe("without keys", () => {
  test("nothing is needed, and nothing is said of it", () => {
    const { stack, requirements } = integrate(() => ({}));
    expect(requirements).toEqual([]);
    expect(Object.keys(stack.json["output"] ?? {})).toEqual(["i_integration_arn"]);
  });
});

describe("keys that the user manages", () => {
  test("are told apart, each with what it needs and how sure that is", () => {
    const { requirements, stack } = integrate((scope) => ({
      source: DynamoDbSource.fromTableName(scope.sources, "s", {
        table: "orders",
        kmsKeyArn: keyArn("table"),
      }),
      target: new GlueDatabaseTarget(scope.targets, "t", { ...LAKE, kmsKeyArn: keyArn("lake") }),
      settings: { kmsKeyArn: keyArn("way") },
    }));
    expect(summary(requirements)).toEqual([
      [keyArn("way"), false, "ZeroEtlGlueDescribe?", "ZeroEtlGlueGrant?", "ZeroEtlGlueUse?"],
      [keyArn("table"), false, "ZeroEtlGlueTableKey?"],
      [keyArn("lake"), false, expect.stringMatching(/^ZeroEtlTargetRole[0-9a-f]{16}\?$/)],
    ]);
    expect(stack.resources("aws_kms_key_policy")).toEqual({});
  });

  test("are one where one key serves for all", () => {
    const kmsKeyArn = keyArn("one");
    const { requirements } = integrate((scope) => ({
      source: DynamoDbSource.fromTableName(scope.sources, "s", { table: "orders", kmsKeyArn }),
      target: new GlueDatabaseTarget(scope.targets, "t", { ...LAKE, kmsKeyArn }),
      settings: { kmsKeyArn },
    }));
    expect(requirements).toHaveLength(1);
    expect(requirements[0]?.requirements).toHaveLength(5);
  });

  test("of an integration into Redshift need what AWS publishes", () => {
    const { requirements } = integrate((scope) => ({
      target: new FakeTarget(scope, "redshift"),
      settings: { kmsKeyArn: keyArn("way"), encryptionContext: { team: "data" } },
    }));
    expect(summary(requirements)).toEqual([
      [keyArn("way"), false, expect.stringMatching(/^ZeroEtlRedshiftGrant[0-9a-f]{16}$/)],
    ]);
  });

  test("of a table bucket also serve its maintenance", () => {
    const { requirements } = integrate((scope) => ({
      target: new S3TablesTarget(scope.targets, "t", { tableBucket: "tables", kmsKeyArn: keyArn("lake") }),
    }));
    expect(requirements[0]?.requirements.map(({ statement }) => statement.Principal)).toEqual([
      { Service: ["maintenance.s3tables.amazonaws.com"] },
      { AWS: ["arn:aws:iam::111122223333:role/zero-etl-bucket-tables-us-east-1"] },
    ]);
    expect(requirements[0]?.requirements.map(({ verified }) => verified)).toEqual([true, true]);
  });

  test("of a target name the role that the user brings", () => {
    const roleArn = "arn:aws:iam::111122223333:role/writer";
    const { requirements } = integrate((scope) => ({
      target: new GlueDatabaseTarget(scope.targets, "t", { ...LAKE, roleArn, kmsKeyArn: keyArn("lake") }),
    }));
    expect(requirements[0]?.requirements[0]?.statement.Principal).toEqual({ AWS: [roleArn] });
  });
});

describe("the output", () => {
  test("says it for each document, with its source, as Terraform and jq can read it", () => {
    const { stack } = integrate((scope) => ({
      source: DynamoDbSource.fromTableName(scope.sources, "s", {
        table: "orders",
        kmsKeyArn: keyArn("table"),
      }),
      settings: managedKey(scope),
    }));
    const output = (stack.json["output"] as unknown as Record<string, Block>)["i_required_statements"];
    expect(output).toEqual({
      description: "What policies must say; what is not applied is up to those who manage them",
      value: [
        {
          document: "key policy",
          arn: "${aws_kms_key.Key.arn}",
          applied: true,
          requirements: [
            {
              statement: {
                Sid: "ZeroEtlGlueDescribe",
                Effect: "Allow",
                Principal: { Service: ["glue.amazonaws.com"] },
                Action: ["kms:DescribeKey"],
                Resource: ["*"],
              },
              verified: false,
              source: "nearest published: AWS DMS user guide, zero-ETL integrations, encryption",
            },
            {
              statement: {
                Sid: "ZeroEtlGlueGrant",
                Effect: "Allow",
                Principal: { Service: ["glue.amazonaws.com"] },
                Action: ["kms:CreateGrant"],
                Resource: ["*"],
                Condition: {
                  "ForAllValues:StringEquals": {
                    "kms:GrantOperations": [
                      "CreateGrant",
                      "Decrypt",
                      "GenerateDataKey",
                      "GenerateDataKeyWithoutPlaintext",
                      "ReEncryptTo",
                    ],
                  },
                },
              },
              verified: false,
              source: "nearest published: AWS DMS user guide, zero-ETL integrations, encryption",
            },
            {
              statement: {
                Sid: "ZeroEtlGlueUse",
                Effect: "Allow",
                Principal: { Service: ["glue.amazonaws.com"] },
                Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                Resource: ["*"],
              },
              verified: false,
              source: "nearest published: AWS DMS user guide, zero-ETL integrations, encryption",
            },
          ],
        },
        {
          document: "key policy",
          arn: keyArn("table"),
          applied: false,
          requirements: [
            {
              statement: {
                Sid: "ZeroEtlGlueTableKey",
                Effect: "Allow",
                Principal: { Service: ["glue.amazonaws.com"] },
                Action: ["kms:Decrypt"],
                Resource: ["*"],
                Condition: {
                  ArnLike: { "aws:SourceArn": ["arn:aws:glue:us-east-1:111122223333:integration:*"] },
                  StringEquals: { "aws:SourceAccount": ["111122223333"] },
                },
              },
              verified: false,
              source:
                "nearest published: DynamoDB developer guide, zero-ETL integration with Amazon Redshift, encryption key permissions",
            },
          ],
        },
      ],
    });
  });

  test("does not depend on what else the app makes before", () => {
    const texts = [0, 120].map((others) =>
      JSON.stringify(
        integrate((scope) => {
          for (let index = 0; index < others; index += 1) void new KmsKey(scope, `Other${index}`).arn;
          const table = managedKey(scope, "TableKey");
          const lake = managedKey(scope, "LakeKey");
          return {
            source: DynamoDbSource.fromTableName(scope.sources, "s", { table: "orders", ...table }),
            target: new GlueDatabaseTarget(scope.targets, "t", { ...LAKE, ...lake }),
            settings: managedKey(scope, "WayKey"),
          };
        }).stack.json["output"],
      ),
    );
    expect(texts[1]).toBe(texts[0]);
  });
});

describe("a key of the app", () => {
  test("for the data on its way has the statements, and the integration waits for them", () => {
    const { stack } = integrate((scope) => ({ settings: managedKey(scope) }));
    expect(sidsOf(stack.resource("aws_kms_key_policy"))).toEqual([
      "EnableIamPolicies",
      "ZeroEtlGlueDescribe",
      "ZeroEtlGlueGrant",
      "ZeroEtlGlueUse",
    ]);
    const integration = integrationOf(stack);
    expect(integration?.["depends_on"]).toContainEqual(
      expect.stringMatching(/^aws_kms_key_policy\.KeyPolicy_/),
    );
    expect(integration?.["desired_state"]).toMatch(/^\$\{jsonencode\(.*"KmsKeyId" = aws_kms_key\.Key\.arn/);
  });

  test("for a table has the statements, and the integration waits for them", () => {
    const { stack } = integrate((scope) => {
      const { kmsKeyArn, keyPolicy } = managedKey(scope);
      const table = new DynamodbTable(scope, "Table", {
        name: "orders",
        hashKey: "id",
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn },
      });
      return { source: DynamoDbSource.fromTable(scope.sources, "s", { table, keyPolicy }) };
    });
    expect(sidsOf(stack.resource("aws_kms_key_policy"))).toEqual([
      "EnableIamPolicies",
      "ZeroEtlGlueTableKey",
    ]);
    expect(integrationOf(stack)?.["depends_on"]).toContainEqual(
      expect.stringMatching(/^aws_kms_key_policy\.KeyPolicy_/),
    );
  });

  test("for a table is named in what is returned, also where somebody else owns its policy", () => {
    const { requirements } = integrate((scope) => {
      const table = new DynamodbTable(scope, "Table", {
        name: "orders",
        hashKey: "id",
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: keyArn("table") },
      });
      return { source: DynamoDbSource.fromTable(scope.sources, "s", { table }) };
    });
    expect(summary(requirements)).toEqual([[keyArn("table"), false, "ZeroEtlGlueTableKey?"]]);
  });

  test("is none of a table whose encryption is off", () => {
    const { requirements } = integrate((scope) => {
      const table = new DynamodbTable(scope, "Table", {
        name: "orders",
        hashKey: "id",
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: false, kmsKeyArn: keyArn("table") },
      });
      return { source: DynamoDbSource.fromTable(scope.sources, "s", { table }) };
    });
    expect(requirements).toEqual([]);
  });

  test("for a target has the statements after the role that they name, and the resource property waits for them", () => {
    const { stack } = integrate((scope) => ({
      target: new S3TablesTarget(scope.targets, "t", { tableBucket: "tables", ...managedKey(scope) }),
    }));
    const policy = stack.resource("aws_kms_key_policy");
    expect(sidsOf(policy)).toEqual([
      "EnableIamPolicies",
      expect.stringMatching(/^ZeroEtlMaintenance/),
      expect.stringMatching(/^ZeroEtlTargetRole/),
    ]);
    expect(policy["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role\.Targets_t_Role_/),
      expect.stringMatching(/^aws_iam_role_policy\.Targets_t_Role_Policy_/),
      expect.stringMatching(/^aws_lambda_invocation\.Propagation_/),
    ]);
    const property = propertyOf(stack);
    expect(property?.["depends_on"]).toContainEqual(expect.stringMatching(/^aws_kms_key_policy\.KeyPolicy_/));
    expect(property?.["desired_state"]).toMatch(/^\$\{jsonencode\(.*"KmsArn" = aws_kms_key\.Key\.arn/);
    const rolePolicies = Object.values(stack.resources("aws_iam_role_policy"));
    expect(rolePolicies.find(({ name }) => name === "zero-etl-target")?.["policy"]).toContain(
      "aws_kms_key.Key.arn",
    );
  });

  test("for everything has one document, whoever asks first", () => {
    const build = (targetFirst: boolean) =>
      integrate((scope) => {
        const key = managedKey(scope);
        const source = DynamoDbSource.fromTableName(scope.sources, "s", { table: "orders", ...key });
        const target = new GlueDatabaseTarget(scope.targets, "t", { ...LAKE, ...key });
        // An integration asks its source first.
        if (targetFirst) target.bind(scope, { source: "dynamodb", sourceArn: "arn", sourceKey: "s" });
        return { source, target, settings: key };
      }).stack.resource("aws_kms_key_policy");
    const policy = build(true);
    expect(sidsOf(policy)).toEqual([
      "EnableIamPolicies",
      "ZeroEtlGlueDescribe",
      "ZeroEtlGlueGrant",
      "ZeroEtlGlueTableKey",
      "ZeroEtlGlueUse",
      expect.stringMatching(/^ZeroEtlTargetRole/),
    ]);
    expect(build(false)["policy"]).toBe(policy["policy"]);
  });

  test("for a table that both AWS Glue and Redshift export has the statements of both, each with its conditions", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const source = DynamoDbSource.fromTableName(scope.sources, "s", {
        table: "orders",
        ...managedKey(scope),
      });
      for (const target of ["glue-database", "redshift", "s3-tables"] as const)
        source.bind(scope, { target });
    });
    const { Statement } = policyOf(stack.resource("aws_kms_key_policy"));
    expect(Statement.slice(1).map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      [
        "ZeroEtlGlueTableKey",
        {
          ArnLike: { "aws:SourceArn": ["arn:aws:glue:us-east-1:111122223333:integration:*"] },
          StringEquals: { "aws:SourceAccount": ["111122223333"] },
        },
      ],
      [
        "ZeroEtlRedshiftTableKey",
        {
          ArnEquals: { "aws:SourceArn": ["arn:aws:redshift:us-east-1:111122223333:integration:*"] },
          StringEquals: { "aws:SourceAccount": ["111122223333"] },
        },
      ],
    ]);
  });

  test("for several integrations has each statement once, and one for each encryption context", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "orders", PROD);
      const key = managedKey(scope);
      for (const [id, team] of Object.entries({ a: "data", b: "sales", c: "data" })) {
        const [source, target] = [new FakeSource(scope.sources), new FakeTarget(scope.targets)];
        source.bind = () => ({ arn: `arn:${id}`, key: id, dependencies: [] });
        target.bind = () => ({ arn: `arn:${id}`, key: id, dependencies: [] });
        new ZeroEtlIntegration(scope.integrations, id, {
          source,
          target,
          ...key,
          encryptionContext: { team },
        });
      }
    });
    expect(sidsOf(stack.resource("aws_kms_key_policy"))).toEqual([
      "EnableIamPolicies",
      "ZeroEtlGlueDescribe",
      ...Array.from({ length: 2 }, () => expect.stringMatching(/^ZeroEtlGlueGrant[0-9a-f]{16}$/)),
      ...Array.from({ length: 2 }, () => expect.stringMatching(/^ZeroEtlGlueUse[0-9a-f]{16}$/)),
    ]);
  });

  test("of a stack before orders the stacks, without remote state where its ARN is written out", () => {
    const { stacks, dependencies } = synth((app) => {
      const base = new ZeroEtlStack(app, "base", PROD);
      const { keyPolicy } = managedKey(base);
      const orders = new ZeroEtlStack(app, "orders", PROD);
      new ZeroEtlIntegration(orders, "i", {
        source: new FakeSource(orders),
        target: new FakeTarget(orders),
        kmsKeyArn: keyArn("way"),
        keyPolicy,
      });
    });
    expect(sidsOf((stacks["base"] as StackJson).resource("aws_kms_key_policy"))).toHaveLength(4);
    expect(dependencies).toEqual({ base: [], orders: ["base"] });
    expect(stacks["orders"]?.text).not.toContain("terraform_remote_state");
  });

  test("of another account is administered by that account, and names the role there", () => {
    const { stack } = integrate((scope) => {
      const environment = scope.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
      const key = new KmsKey(scope, "Key", environment.providerConfig);
      const keyPolicy = new KeyPolicy(scope, "KeyPolicy", { key, environment });
      return {
        target: new GlueDatabaseTarget(scope.targets, "t", {
          ...LAKE,
          environment,
          kmsKeyArn: key.arn,
          keyPolicy,
        }),
      };
    });
    const policy = stack.resource("aws_kms_key_policy");
    expect(policy["provider"]).toBe("aws.lake");
    expect(policyOf(policy).Statement.map(({ Principal }) => Principal)).toEqual([
      { AWS: ["arn:aws:iam::444455556666:root"] },
      { AWS: ["arn:aws:iam::444455556666:role/zero-etl-target-lake-us-east-1"] },
    ]);
  });
});

describe("the owner of a key's policy without the key", () => {
  const without = (part: (stack: ZeroEtlStack, keyPolicy: KeyPolicy) => Parts) => () =>
    integrate((scope) => part(scope, managedKey(scope).keyPolicy));

  test.each<[string, string, () => unknown]>([
    ["an integration", "orders/Integrations/i", without((_, keyPolicy) => ({ settings: { keyPolicy } }))],
    [
      "a target",
      "orders/Targets/t",
      without(({ targets }, keyPolicy) => ({
        target: new GlueDatabaseTarget(targets, "t", { ...LAKE, keyPolicy }),
      })),
    ],
    [
      "a table by name",
      "orders/Sources/s",
      without(({ sources }, keyPolicy) => ({
        source: DynamoDbSource.fromTableName(sources, "s", { table: "orders", keyPolicy }),
      })),
    ],
    [
      "a table of the app, which has another encryption",
      "orders/Sources/s",
      without((stack, keyPolicy) => {
        const pointInTimeRecovery = { enabled: true };
        const table = new DynamodbTable(stack, "Table", {
          name: "orders",
          hashKey: "id",
          pointInTimeRecovery,
        });
        return { source: DynamoDbSource.fromTable(stack.sources, "s", { table, keyPolicy }) };
      }),
    ],
  ])("is refused in %s", (_, path, build) => {
    expect(build).toThrow(
      [
        `${path}: keyPolicy: error: keyPolicy is given, but no key [key-policy-without-key]`,
        "  remedy:   give the ARN of its key as well, or remove keyPolicy",
      ].join("\n"),
    );
  });
});
