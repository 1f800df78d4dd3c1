import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import fc from "fast-check";
import {
  integrationKeyRequirements,
  tableKeyRequirements,
  targetKeyRequirements,
} from "../../lib/policy/kms";
import { ORACLE_SECRET_REQUIREMENTS, oracleKeyRequirements } from "../../lib/policy/oracle";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { KeyPolicy, SecretPolicy, ZeroEtlStack } from "../../modules";
import type { KeyPolicyProps, SecretPolicyProps } from "../../modules";
import type { PolicyDocument, PolicyRequest } from "../support/policy-evaluator";
import { allows } from "../support/policy-evaluator";
import type { StackJson } from "../support/synth";
import { PROD, failedSynth, policyOf, synth, synthStack } from "../support/synth";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const ROLE = "arn:aws:iam::111122223333:role/zero-etl-target-lake-us-east-1";

const statement = (Sid: string, action = "kms:Decrypt"): IdentifiedStatement => ({
  Sid,
  Effect: "Allow",
  Principal: { Service: ["glue.amazonaws.com"] },
  Action: [action],
  Resource: ["*"],
});
const statements = (requirements: readonly { readonly statement: IdentifiedStatement }[]) =>
  requirements.map((requirement) => requirement.statement);

function keyStack(use: (policy: KeyPolicy) => void, props: Partial<KeyPolicyProps> = {}): StackJson {
  return synthStack((app) => {
    const stack = new ZeroEtlStack(app, "keys", PROD);
    use(new KeyPolicy(stack, "KeyPolicy", { key: new KmsKey(stack, "Key"), ...props }));
  });
}

function secretStack(use: (policy: SecretPolicy) => void, props: Partial<SecretPolicyProps> = {}): StackJson {
  return synthStack((app) => {
    const stack = new ZeroEtlStack(app, "keys", PROD);
    const secret = new SecretsmanagerSecret(stack, "Secret");
    use(new SecretPolicy(stack, "SecretPolicy", { secret, ...props }));
  });
}

const keyPolicy = (stack: StackJson) => stack.resource("aws_kms_key_policy");
const sidsOf = (stack: StackJson) => policyOf(keyPolicy(stack)).Statement.map(({ Sid }) => Sid);

describe("the policy of a key", () => {
  test("is not written while nobody needs it, for a new key has the same from AWS", () => {
    expect(keyStack(() => undefined).resources("aws_kms_key_policy")).toEqual({});
  });

  test("is written with the first statement, and then also says that the account administers the key", () => {
    const stack = keyStack((policy) => policy.allow(policy, [statement("Use")]));
    expect(keyPolicy(stack)["key_id"]).toBe("${aws_kms_key.Key.key_id}");
    expect(policyOf(keyPolicy(stack))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EnableIamPolicies",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::111122223333:root"] },
          Action: ["kms:*"],
          Resource: ["*"],
        },
        {
          Sid: "Use",
          Effect: "Allow",
          Principal: { Service: ["glue.amazonaws.com"] },
          Action: ["kms:Decrypt"],
          Resource: ["*"],
        },
      ],
    });
  });

  test("is put anew where the key is replaced, for the provider would leave the new key without it", () => {
    expect(keyPolicy(keyStack((policy) => policy.allow(policy, [statement("Use")])))["lifecycle"]).toEqual({
      replace_triggered_by: ["aws_kms_key.Key.key_id"],
    });
  });

  test("is written at once where the user says what it says", () => {
    const admin: IdentifiedStatement = {
      ...statement("Administrators", "kms:*"),
      Principal: { AWS: ["arn:aws:iam::111122223333:role/admin"] },
    };
    expect(sidsOf(keyStack(() => undefined, { statements: [admin] }))).toEqual(["Administrators"]);
    expect(
      sidsOf(keyStack((policy) => policy.allow(policy, [statement("Use")]), { statements: [admin] })),
    ).toEqual(["Administrators", "Use"]);
  });

  test("is fit for a plan whose account nobody has written down", () => {
    const stack = synthStack((app) => {
      const made = new ZeroEtlStack(app, "keys", { environment: "prod", region: "us-east-1" });
      const policy = new KeyPolicy(made, "KeyPolicy", { key: new KmsKey(made, "Key") });
      policy.allow(policy, [statement("Use")]);
    });
    expect(keyPolicy(stack)["policy"]).toMatch(
      /^\$\{jsonencode\(\{"Statement" = \[\{.*"arn:aws:iam::\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}:root"/,
    );
  });

  test("waits for what makes its principals", () => {
    const stack = synthStack((app) => {
      const made = new ZeroEtlStack(app, "keys", PROD);
      const role = new IamRole(made, "Role", { name: "role", assumeRolePolicy: "{}" });
      const policy = new KeyPolicy(made, "KeyPolicy", { key: new KmsKey(made, "Key") });
      policy.allow(policy, [statement("A")]);
      policy.allow(policy, [statement("B")], [role]);
    });
    expect(keyPolicy(stack)["depends_on"]).toEqual(["aws_iam_role.Role"]);
  });

  test("is of the environment that it is given", () => {
    const stack = synthStack((app) => {
      const made = new ZeroEtlStack(app, "keys", PROD);
      const environment = made.addEnvironment("lake", { region: "us-east-1", account: "444455556666" });
      const key = new KmsKey(made, "Key", environment.providerConfig);
      const policy = new KeyPolicy(made, "KeyPolicy", { key, environment });
      policy.allow(policy, [statement("Use")]);
    });
    expect(keyPolicy(stack)["provider"]).toBe("aws.lake");
    expect(policyOf(keyPolicy(stack)).Statement[0]?.["Principal"]).toEqual({
      AWS: ["arn:aws:iam::444455556666:root"],
    });
  });
});

describe("contributions", () => {
  const pool = ["A", "B", "C", "D", "E"].map((sid) => statement(sid));

  test("of whatever order and number give one document, in which every statement is once", () => {
    const calls = fc.array(fc.subarray(pool, { minLength: 1 }), { minLength: 1, maxLength: 8 });
    const shuffled = calls.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    const build = (list: readonly (readonly IdentifiedStatement[])[]) =>
      keyStack((policy) => list.forEach((each) => policy.allow(policy, each)));
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        const stack = build(given);
        expect(build(other).text).toBe(stack.text);
        const asked = new Set(given.flat().map(({ Sid }) => Sid));
        expect(sidsOf(stack)).toEqual([...asked, "EnableIamPolicies"].sort());
      }),
      { numRuns: 30 },
    );
  });

  test("of one id that differ are an error that names both", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "keys", PROD);
        const policy = new KeyPolicy(stack, "KeyPolicy", { key: new KmsKey(stack, "Key") });
        policy.allow(stack.sources, [statement("Use")]);
        policy.allow(stack.targets, [statement("Use", "kms:Encrypt")]);
      }),
    ).toThrow(
      "keys/KeyPolicy: error: keys/Sources and keys/Targets ask for different settings of one document [conflicting-contributions]",
    );
  });

  test("that contradict the statements of the user name the owner", () => {
    expect(() =>
      keyStack((policy) => policy.allow(policy.node.scope as never, [statement("EnableIamPolicies")])),
    ).toThrow("keys/KeyPolicy: error: keys/KeyPolicy and keys ask for different settings of one document");
  });
});

describe("a second writer of a key's policy", () => {
  test("is refused where it is the key itself", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "keys", PROD);
        new KeyPolicy(stack, "KeyPolicy", { key: new KmsKey(stack, "Key", { policy: "{}" }) });
      }),
    ).toThrow(
      [
        "keys/KeyPolicy: error: the policy of the KMS key keys/Key would be written by two owners, and the second overwrites the first [document-has-two-owners]",
        "  got:      keys/Key and keys/KeyPolicy",
        "  expected: one owner",
        "  remedy:   remove policy of keys/Key, and give its statements to keys/KeyPolicy",
      ].join("\n"),
    );
  });

  test("is refused where the key is given a policy later", () => {
    const { message, written } = failedSynth((app) => {
      const stack = new ZeroEtlStack(app, "keys", PROD);
      const key = new KmsKey(stack, "Key");
      const policy = new KeyPolicy(stack, "KeyPolicy", { key });
      policy.allow(policy, [statement("Use")]);
      key.policy = "{}";
    });
    expect(message).toContain("  got:      keys/Key and keys/KeyPolicy");
    expect(written).toEqual([]);
  });

  test("is refused where it is another owner", () => {
    const { message, written } = failedSynth((app) => {
      const stack = new ZeroEtlStack(app, "keys", PROD);
      const key = new KmsKey(stack, "Key");
      for (const id of ["One", "Other"]) {
        const policy = new KeyPolicy(stack, id, { key });
        policy.allow(policy, [statement("Use")]);
      }
    });
    expect(message).toContain(
      [
        "keys/Other: error: the policy of the KMS key keys/Key would be written by two owners, and the second overwrites the first [document-has-two-owners]",
        "  got:      keys/One and keys/Other",
        "  expected: one owner",
        "  remedy:   make one owner, and pass it to everything that uses what the policy belongs to",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });

  test("is none where only one of two owners has something to write, or where there are two keys", () => {
    const stack = synthStack((app) => {
      const made = new ZeroEtlStack(app, "keys", PROD);
      const key = new KmsKey(made, "Key");
      new KeyPolicy(made, "Idle", { key });
      for (const [id, of] of [
        ["One", key],
        ["Other", new KmsKey(made, "OtherKey")],
      ] as const) {
        const policy = new KeyPolicy(made, id, { key: of });
        policy.allow(policy, [statement("Use")]);
      }
    });
    expect(Object.keys(stack.resources("aws_kms_key_policy"))).toHaveLength(2);
  });
});

describe("a key of another stack", () => {
  test("cannot name a principal that the other stack makes, because each would come before the other", () => {
    expect(() =>
      synth((app) => {
        const base = new ZeroEtlStack(app, "base", PROD);
        const policy = new KeyPolicy(base, "KeyPolicy", { key: new KmsKey(base, "Key") });
        const orders = new ZeroEtlStack(app, "orders", PROD);
        const role = new IamRole(orders, "Role", { name: "role", assumeRolePolicy: "{}" });
        policy.allow(orders, [statement("Use")], [role]);
      }),
    ).toThrow(
      [
        "base/KeyPolicy: error: the policy of the KMS key base/Key names a principal that another stack makes [principal-of-another-stack]",
        "  got:      orders/Role",
        "  expected: a principal of the stack base, or one that exists",
        "  remedy:   make the owner of the policy in the stack orders, or pass none there: the statements are then returned",
      ].join("\n"),
    );
  });
});

test("fails where nobody could change the policy again", () => {
  expect(() => keyStack(() => undefined, { statements: [statement("Use")] })).toThrow(
    "keys/KeyPolicy: statements: error: nobody could change the policy of the key again [key-policy-lockout]",
  );
});

describe("the size of a key's policy", () => {
  // Different actions: statements of one shape would be merged.
  const filling = (count: number) =>
    Array.from({ length: count }, (_, index) => statement(`S${index + 1000}`, `kms:Use${index + 1000}`));
  const size = (stack: StackJson) => String(keyPolicy(stack)["policy"]).length;
  const annotated = (count: number, pad = 0) => {
    const { annotations, stacks } = synth((app) => {
      const stack = new ZeroEtlStack(app, "keys", PROD);
      const policy = new KeyPolicy(stack, "KeyPolicy", { key: new KmsKey(stack, "Key") });
      policy.allow(policy, [...filling(count), statement("P".repeat(pad + 1))]);
    });
    return {
      written: size(stacks["keys"] as StackJson),
      messages: annotations.map(({ message }) => message),
    };
  };

  test("is a warning past 32 KB, because AWS has stopped to publish the limit", () => {
    const { written } = annotated(0);
    const each = annotated(1).written - written;
    const count = Math.floor((32_768 - written) / each);
    const pad = 32_768 - annotated(count).written;
    const fits = annotated(count, pad);
    expect(fits).toEqual({ written: 32_768, messages: [] });
    const { messages } = annotated(count, pad + 1);
    expect(messages).toEqual([
      [
        "keys/KeyPolicy: warning: the policy of the KMS key keys/Key is larger than AWS documented it may be [key-policy-size]",
        "  got:      32769 bytes",
        "  expected: at most 32768 bytes",
        "  remedy:   divide the targets among several keys",
      ].join("\n"),
    ]);
  });

  test("is not reached while statements can be merged", () => {
    const buckets = Array.from({ length: 120 }, (_, index) => `bucket-${index}`);
    const stack = keyStack((policy) => {
      for (const tableBucket of buckets) {
        const kind = "s3-tables";
        policy.allow(
          policy,
          statements(
            targetKeyRequirements({
              address: ADDRESS,
              kind,
              targetKey: tableBucket,
              roleArn: ROLE,
              tableBucket,
            }),
          ),
        );
      }
    });
    expect(size(stack)).toBeLessThan(32_768);
    const maintained = policyOf(keyPolicy(stack)).Statement.flatMap(
      ({ Condition }) =>
        (Condition as { StringLike?: Record<string, string[]> } | undefined)?.StringLike?.[
          "kms:EncryptionContext:aws:s3:arn"
        ] ?? [],
    );
    expect(maintained).toHaveLength(120);
  });
});

describe("what the policy of a key of the app decides", () => {
  const REDSHIFT = { Service: "redshift.amazonaws.com" };
  const GLUE = { Service: "glue.amazonaws.com" };
  const ORACLE = { Service: "zetl.odb.amazonaws.com" };
  const OF_REDSHIFT = {
    "aws:SourceAccount": "111122223333",
    "aws:SourceArn": "arn:aws:redshift:us-east-1:111122223333:integration:0f1e2d3c",
  };
  const OF_GLUE = {
    ...OF_REDSHIFT,
    "aws:SourceArn": OF_REDSHIFT["aws:SourceArn"].replace("redshift", "glue"),
  };
  const CONTEXT = { "kms:EncryptionContext:team": "data" };
  const GRANT = { "kms:GrantOperations": ["Decrypt", "GenerateDataKey"] };
  const encryptionContext = { team: "data" };
  const document = policyOf(
    keyPolicy(
      keyStack((policy) => {
        policy.allow(policy, [
          ...statements(
            integrationKeyRequirements({
              address: ADDRESS,
              source: "salesforce",
              target: "glue-database",
              encryptionContext,
            }),
          ),
          ...statements(
            integrationKeyRequirements({ address: ADDRESS, source: "dynamodb", target: "redshift" }),
          ),
          ...statements(tableKeyRequirements({ address: ADDRESS, target: "redshift" })),
          ...statements(oracleKeyRequirements(encryptionContext)),
          ...statements(
            targetKeyRequirements({
              address: ADDRESS,
              kind: "s3-tables",
              targetKey: "tables",
              roleArn: ROLE,
              tableBucket: "tables",
            }),
          ),
        ]);
      }),
    ),
  ) as unknown as PolicyDocument;
  const key = "arn:aws:kms:us-east-1:111122223333:key/0f1e2d3c";
  const may = (request: Omit<PolicyRequest, "resource">) =>
    allows("resource", [document], { ...request, resource: key });
  const OF_TABLES = {
    "kms:EncryptionContext:aws:s3:arn":
      "arn:aws:s3tables:us-east-1:111122223333:bucket/tables/table/0f1e2d3c",
  };
  const MAINTENANCE = { Service: "maintenance.s3tables.amazonaws.com" };

  test.each<[string, Omit<PolicyRequest, "resource">]>([
    [
      "the account to administer",
      { principal: { AWS: "arn:aws:iam::111122223333:role/admin" }, action: "kms:PutKeyPolicy" },
    ],
    ["AWS Glue to decrypt in its context", { principal: GLUE, action: "kms:Decrypt", context: CONTEXT }],
    [
      "AWS Glue to make data keys in its context",
      { principal: GLUE, action: "kms:GenerateDataKey", context: CONTEXT },
    ],
    ["AWS Glue to describe the key", { principal: GLUE, action: "kms:DescribeKey" }],
    [
      "AWS Glue to grant in its context",
      { principal: GLUE, action: "kms:CreateGrant", context: { ...CONTEXT, ...GRANT } },
    ],
    [
      "Redshift to grant for integrations of the account",
      { principal: REDSHIFT, action: "kms:CreateGrant", context: OF_REDSHIFT },
    ],
    [
      "Redshift to grant in the context of Oracle",
      { principal: REDSHIFT, action: "kms:CreateGrant", context: { ...CONTEXT, ...GRANT } },
    ],
    ["Redshift to decrypt the table", { principal: REDSHIFT, action: "kms:Decrypt", context: OF_REDSHIFT }],
    ["Oracle to decrypt the secret", { principal: ORACLE, action: "kms:Decrypt" }],
    ["Oracle to make data keys", { principal: ORACLE, action: "kms:GenerateDataKey" }],
    ["the role to write", { principal: { AWS: ROLE }, action: "kms:GenerateDataKey" }],
    [
      "the maintenance of the table bucket",
      { principal: MAINTENANCE, action: "kms:Decrypt", context: OF_TABLES },
    ],
  ])("allows %s", (_, request) => {
    expect(may(request)).toBe(true);
  });

  test.each<[string, Omit<PolicyRequest, "resource">]>([
    [
      "another account",
      { principal: { AWS: "arn:aws:iam::444455556666:role/admin" }, action: "kms:Decrypt" },
    ],
    [
      "another service",
      {
        principal: { Service: "lambda.amazonaws.com" },
        action: "kms:Decrypt",
        context: { ...CONTEXT, ...OF_REDSHIFT },
      },
    ],
    [
      "AWS Glue in another context",
      { principal: GLUE, action: "kms:Decrypt", context: { "kms:EncryptionContext:team": "hr" } },
    ],
    ["AWS Glue in no context", { principal: GLUE, action: "kms:GenerateDataKey" }],
    [
      "AWS Glue to grant more than is documented",
      {
        principal: GLUE,
        action: "kms:CreateGrant",
        context: { ...CONTEXT, "kms:GrantOperations": ["Sign"] },
      },
    ],
    ["AWS Glue to administer", { principal: GLUE, action: "kms:PutKeyPolicy", context: CONTEXT }],
    [
      "Redshift on behalf of another account",
      {
        principal: REDSHIFT,
        action: "kms:Decrypt",
        context: { ...OF_REDSHIFT, "aws:SourceAccount": "444455556666" },
      },
    ],
    [
      "Redshift on behalf of an integration of AWS Glue",
      { principal: REDSHIFT, action: "kms:Decrypt", context: OF_GLUE },
    ],
    ["Redshift on behalf of nobody", { principal: REDSHIFT, action: "kms:Decrypt" }],
    [
      "Redshift to grant more than is documented in the context of Oracle",
      {
        principal: REDSHIFT,
        action: "kms:CreateGrant",
        context: { ...CONTEXT, "kms:GrantOperations": ["ReEncryptTo"] },
      },
    ],
    ["Oracle to describe the key", { principal: ORACLE, action: "kms:DescribeKey" }],
    [
      "the maintenance of another bucket",
      {
        principal: MAINTENANCE,
        action: "kms:Decrypt",
        context: {
          "kms:EncryptionContext:aws:s3:arn":
            "arn:aws:s3tables:us-east-1:111122223333:bucket/tables2/table/x",
        },
      },
    ],
  ])("refuses %s", (_, request) => {
    expect(may(request)).toBe(false);
  });
});

describe("the policy of a secret", () => {
  const use = (policy: SecretPolicy) => policy.allow(policy, statements(ORACLE_SECRET_REQUIREMENTS));
  const document = (stack: StackJson) => policyOf(stack.resource("aws_secretsmanager_secret_policy"));

  test("is not written while nobody needs it", () => {
    for (const props of [{}, { statements: [] }]) {
      expect(secretStack(() => undefined, props).resources("aws_secretsmanager_secret_policy")).toEqual({});
    }
  });

  test("says what is needed, and what the user says", () => {
    const reader = { ...statement("Readers", "secretsmanager:GetSecretValue"), Principal: { AWS: [ROLE] } };
    expect(document(secretStack(use)).Statement.map(({ Sid }) => Sid)).toEqual(["ZeroEtlOracleSecret"]);
    expect(document(secretStack(use, { statements: [reader] })).Statement.map(({ Sid }) => Sid)).toEqual([
      "Readers",
      "ZeroEtlOracleSecret",
    ]);
    expect(document(secretStack(() => undefined, { statements: [reader] })).Statement).toHaveLength(1);
  });

  test.each([
    ["zetl.odb.amazonaws.com", "secretsmanager:GetSecretValue", true],
    ["zetl.odb.amazonaws.com", "secretsmanager:DescribeSecret", true],
    ["zetl.odb.amazonaws.com", "secretsmanager:PutSecretValue", false],
    ["glue.amazonaws.com", "secretsmanager:GetSecretValue", false],
    ["redshift.amazonaws.com", "secretsmanager:GetSecretValue", false],
  ])("decides of %s and %s: %s", (Service, action, decision) => {
    const policy = document(secretStack(use)) as unknown as PolicyDocument;
    const resource = "arn:aws:secretsmanager:us-east-1:111122223333:secret:odb";
    expect(allows("resource", [policy], { principal: { Service }, action, resource })).toBe(decision);
  });

  test("is refused where the secret has one in itself", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "keys", PROD);
        const secret = new SecretsmanagerSecret(stack, "Secret", { policy: "{}" });
        new SecretPolicy(stack, "SecretPolicy", { secret });
      }),
    ).toThrow("the policy of the secret keys/Secret would be written by two owners");
  });

  test("fails past the 20480 characters that the API takes", () => {
    const withSid = (length: number) => (policy: SecretPolicy) =>
      policy.allow(policy, [statement("S".repeat(length))]);
    const one = String(secretStack(withSid(1)).resource("aws_secretsmanager_secret_policy")["policy"]).length;
    const fits = secretStack(withSid(20_480 - one + 1));
    expect(String(fits.resource("aws_secretsmanager_secret_policy")["policy"])).toHaveLength(20_480);
    expect(
      failedSynth((app) => {
        const stack = new ZeroEtlStack(app, "keys", PROD);
        const secret = new SecretsmanagerSecret(stack, "Secret");
        withSid(20_480 - one + 2)(new SecretPolicy(stack, "SecretPolicy", { secret }));
      }).message,
    ).toContain(
      [
        "keys/SecretPolicy: error: the policy of the secret keys/Secret is too large, even with its statements merged [secret-policy-size]",
        "  got:      20481 characters",
        "  expected: at most 20480 characters",
        "  remedy:   remove some of its statements",
      ].join("\n"),
    );
  });
});
