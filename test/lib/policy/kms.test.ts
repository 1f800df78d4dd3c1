import { CONNECTION_SOURCE_KINDS, SOURCE_KINDS, TARGET_KINDS } from "../../../lib/facts/kinds";
import {
  integrationKeyRequirements,
  tableKeyRequirements,
  targetKeyRequirements,
} from "../../../lib/policy/kms";
import { ORACLE_SECRET_REQUIREMENTS, oracleKeyRequirements } from "../../../lib/policy/oracle";
import type { Requirement } from "../../../lib/policy/requirement";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument, PolicyRequest } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0f1e2d3c";
const REDSHIFT = { Service: "redshift.amazonaws.com" };
const GLUE = { Service: "glue.amazonaws.com" };
const ORACLE = { Service: "zetl.odb.amazonaws.com" };
const ROLE = "arn:aws:iam::111122223333:role/zero-etl-target-lake";
const CONTEXT = { department: "sales", purpose: "zero-etl" };
const IN_CONTEXT = {
  "kms:EncryptionContext:department": "sales",
  "kms:EncryptionContext:purpose": "zero-etl",
};

type Asked = Omit<PolicyRequest, "resource">;

function may(requirements: readonly Requirement[], asked: Asked): boolean {
  const document = policyDocument(requirements.map(({ statement }) => statement));
  return allows("resource", [document as unknown as PolicyDocument], { ...asked, resource: KEY });
}

const OF_REDSHIFT = {
  "aws:SourceAccount": "111122223333",
  "aws:SourceArn": "arn:aws:redshift:us-east-1:111122223333:integration:0f1e2d3c",
};
const OF_GLUE = {
  "aws:SourceAccount": "111122223333",
  "aws:SourceArn": "arn:aws:glue:us-east-1:111122223333:integration:0f1e2d3c",
};
const grants = (...operations: string[]): NonNullable<PolicyRequest["context"]> => ({
  "kms:GrantOperations": operations,
});

describe("the key of an integration with a Glue target", () => {
  const plain = integrationKeyRequirements({ address: ADDRESS, source: "dynamodb", target: "glue-database" });
  const bound = integrationKeyRequirements({
    address: ADDRESS,
    source: "salesforce",
    target: "s3-tables",
    encryptionContext: CONTEXT,
  });

  test.each(["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"])("allows AWS Glue %s", (action) => {
    expect(may(plain, { principal: GLUE, action })).toBe(true);
    expect(may(plain, { principal: REDSHIFT, action })).toBe(false);
    expect(may(bound, { principal: GLUE, action, context: IN_CONTEXT })).toBe(true);
  });

  test("allows AWS Glue to grant the documented operations only", () => {
    const action = "kms:CreateGrant";
    expect(may(plain, { principal: GLUE, action, context: grants("Decrypt", "GenerateDataKey") })).toBe(true);
    expect(may(plain, { principal: GLUE, action, context: grants("Decrypt", "RetireGrant") })).toBe(false);
    const within = { ...IN_CONTEXT, ...grants("Decrypt") };
    expect(may(bound, { principal: GLUE, action, context: within })).toBe(true);
    expect(may(bound, { principal: GLUE, action, context: grants("Decrypt") })).toBe(false);
  });

  test("refuses another encryption context, and another action", () => {
    const other = { ...IN_CONTEXT, "kms:EncryptionContext:purpose": "backup" };
    expect(may(bound, { principal: GLUE, action: "kms:Decrypt", context: other })).toBe(false);
    expect(may(bound, { principal: GLUE, action: "kms:Decrypt" })).toBe(false);
    expect(may(bound, { principal: GLUE, action: "kms:DescribeKey" })).toBe(true);
    expect(may(plain, { principal: GLUE, action: "kms:ScheduleKeyDeletion" })).toBe(false);
  });

  test("is marked as not published", () => {
    expect([...plain, ...bound].map(({ verified }) => verified)).not.toContain(true);
  });

  test("has a Sid per encryption context, so that one key can serve several", () => {
    const sids = new Set([...plain, ...bound].map(({ statement }) => statement.Sid));
    expect(sids.size).toBe(5); // The statement on describing the key is the same for all.
  });
});

describe("the key of an integration from DynamoDB into Redshift", () => {
  const pair = { address: ADDRESS, source: "dynamodb", target: "redshift" } as const;
  const plain = integrationKeyRequirements(pair);
  const asked: Asked = { principal: REDSHIFT, action: "kms:CreateGrant", context: OF_REDSHIFT };

  test("allows Redshift to create grants for integrations of the account", () => {
    expect(may(plain, asked)).toBe(true);
    expect(plain.every(({ verified }) => verified)).toBe(true);
  });

  test.each<[string, Partial<Asked>]>([
    ["AWS Glue", { principal: GLUE }],
    ["another action", { action: "kms:Decrypt" }],
    ["another account", { context: { ...OF_REDSHIFT, "aws:SourceAccount": "444455556666" } }],
    ["an integration of AWS Glue", { context: OF_GLUE }],
    ["no source", { context: {} }],
  ])("refuses %s", (_, other) => {
    expect(may(plain, { ...asked, ...other })).toBe(false);
  });

  test("binds the encryption context as well", () => {
    const bound = integrationKeyRequirements({ ...pair, encryptionContext: CONTEXT });
    expect(may(bound, asked)).toBe(false);
    expect(may(bound, { ...asked, context: { ...OF_REDSHIFT, ...IN_CONTEXT } })).toBe(true);
    expect(may(bound, { ...asked, context: { ...OF_GLUE, ...IN_CONTEXT } })).toBe(false);
  });
});

test.each(CONNECTION_SOURCE_KINDS)(
  "the key of %s into Redshift serves both services, unverified",
  (source) => {
    const requirements = integrationKeyRequirements({ address: ADDRESS, source, target: "redshift" });
    const action = "kms:CreateGrant";
    for (const principal of [GLUE, REDSHIFT]) {
      expect(may(requirements, { principal, action, context: grants("ReEncryptTo") })).toBe(true);
      expect(may(requirements, { principal, action, context: grants("Sign") })).toBe(false);
    }
    expect(may(requirements, { principal: ORACLE, action, context: grants("Decrypt") })).toBe(false);
    expect(requirements.map(({ verified }) => verified)).toEqual([false]);
  },
);

describe("Oracle", () => {
  test.each(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"])(
    "lets the service %s, and no other service",
    (action) => {
      expect(may(ORACLE_SECRET_REQUIREMENTS, { principal: ORACLE, action })).toBe(true);
      expect(may(ORACLE_SECRET_REQUIREMENTS, { principal: REDSHIFT, action })).toBe(false);
    },
  );

  test("lets the service change nothing about the secret", () => {
    const action = "secretsmanager:PutSecretValue";
    expect(may(ORACLE_SECRET_REQUIREMENTS, { principal: ORACLE, action })).toBe(false);
  });

  test.each(["kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant"])("lets the service %s", (action) => {
    expect(may(oracleKeyRequirements(), { principal: ORACLE, action })).toBe(true);
    expect(may(oracleKeyRequirements(), { principal: GLUE, action })).toBe(false);
  });

  test.each([
    ["the secret's key", oracleKeyRequirements(CONTEXT)],
    [
      "the integration's key",
      integrationKeyRequirements({
        address: ADDRESS,
        source: "oracle",
        target: "redshift",
        encryptionContext: CONTEXT,
      }),
    ],
  ])("lets Redshift create grants on %s, in the integration's context only", (_, requirements) => {
    const asked: Asked = { principal: REDSHIFT, action: "kms:CreateGrant" };
    const context = { ...IN_CONTEXT, ...grants("Decrypt", "CreateGrant") };
    expect(may(requirements, { ...asked, context })).toBe(true);
    expect(may(requirements, { ...asked, context: { ...context, ...grants("ReEncryptTo") } })).toBe(false);
    expect(may(requirements, { ...asked, context: grants("Decrypt") })).toBe(false);
    expect(may(requirements, { principal: REDSHIFT, action: "kms:Decrypt", context })).toBe(false);
    expect(requirements.every(({ verified }) => verified)).toBe(true);
  });
});

test("without an encryption context, Oracle's grant is not quite what the guide shows", () => {
  const requirements = oracleKeyRequirements();
  const context = grants("Decrypt");
  expect(may(requirements, { principal: REDSHIFT, action: "kms:CreateGrant", context })).toBe(true);
  expect(requirements.map(({ verified }) => verified)).toEqual([true, false]);
});

describe("the key of a table", () => {
  test.each([
    ["redshift", REDSHIFT, OF_REDSHIFT, true],
    ["glue-database", GLUE, OF_GLUE, false],
  ] as const)(
    "lets the service of a %s target decrypt for its integrations",
    (target, principal, of, verified) => {
      const requirements = tableKeyRequirements({ address: ADDRESS, target });
      const asked: Asked = { principal, action: "kms:Decrypt", context: of };
      expect(may(requirements, asked)).toBe(true);
      expect(may(requirements, { ...asked, action: "kms:Encrypt" })).toBe(false);
      expect(may(requirements, { ...asked, principal: principal === GLUE ? REDSHIFT : GLUE })).toBe(false);
      expect(may(requirements, { ...asked, context: of === OF_GLUE ? OF_REDSHIFT : OF_GLUE })).toBe(false);
      expect(may(requirements, { ...asked, context: { ...of, "aws:SourceAccount": "444455556666" } })).toBe(
        false,
      );
      expect(requirements.map((requirement) => requirement.verified)).toEqual([verified]);
    },
  );
});

describe("the key of a target", () => {
  const lake = { address: ADDRESS, targetKey: "s3-tables/lake", roleArn: ROLE };
  const tables = targetKeyRequirements({ ...lake, kind: "s3-tables", tableBucket: "lake" });
  const maintenance: Asked = {
    principal: { Service: "maintenance.s3tables.amazonaws.com" },
    action: "kms:Decrypt",
    context: {
      "kms:EncryptionContext:aws:s3:arn":
        "arn:aws:s3tables:us-east-1:111122223333:bucket/lake/table/0f1e2d3c",
    },
  };

  test.each(["kms:Decrypt", "kms:GenerateDataKey"])("allows the role and the maintenance %s", (action) => {
    expect(may(tables, { principal: { AWS: ROLE }, action })).toBe(true);
    expect(may(tables, { ...maintenance, action })).toBe(true);
  });

  test.each<[string, Asked]>([
    ["another role", { principal: { AWS: `${ROLE}2` }, action: "kms:Decrypt" }],
    ["granting by the role", { principal: { AWS: ROLE }, action: "kms:CreateGrant" }],
    ["maintenance outside of a bucket", { ...maintenance, context: {} }],
    [
      "maintenance of another bucket",
      {
        ...maintenance,
        context: {
          "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3tables:us-east-1:111122223333:bucket/lake2/table/x",
        },
      },
    ],
    [
      "maintenance of a bucket of that name in another account",
      {
        ...maintenance,
        context: {
          "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3tables:us-east-1:444455556666:bucket/lake/table/x",
        },
      },
    ],
  ])("refuses %s", (_, asked) => {
    expect(may(tables, asked)).toBe(false);
  });

  test("is published for S3 Tables alone", () => {
    expect(tables.map(({ verified }) => verified)).toEqual([true, true]);
    const database = targetKeyRequirements({ ...lake, kind: "glue-database" });
    expect(database.map(({ verified }) => verified)).toEqual([false]);
  });

  test("has Sids of the target's own", () => {
    const other = targetKeyRequirements({
      ...lake,
      targetKey: "s3-tables/b",
      kind: "s3-tables",
      tableBucket: "b",
    });
    const sids = [...tables, ...other].map(({ statement }) => statement.Sid);
    expect(new Set(sids).size).toBe(4);
  });
});

test("every requirement says where it comes from and has a Sid that AWS takes", () => {
  const all = [
    ...SOURCE_KINDS.flatMap((source) =>
      TARGET_KINDS.flatMap((target) =>
        integrationKeyRequirements({ address: ADDRESS, source, target, encryptionContext: CONTEXT }),
      ),
    ),
    ...oracleKeyRequirements(),
    ...ORACLE_SECRET_REQUIREMENTS,
  ];
  for (const { source, statement } of all) {
    expect(source).not.toBe("");
    expect(statement.Sid).toMatch(/^[A-Za-z0-9]+$/);
  }
});
