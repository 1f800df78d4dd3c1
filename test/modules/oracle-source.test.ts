import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { TerraformVariable } from "cdktf";
import type { OracleSourceProps, SourceBindOptions, SourceBinding } from "../../modules";
import { KeyPolicy, OracleSource, SecretPolicy, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { FakeTarget } from "../support/doubles";
import type { StackJson } from "../support/synth";
import { PROD, desiredState, policyOf, synthStack } from "../support/synth";

const CLUSTER = "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/vm-1";
const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:odb/sales-AbCdEf";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1a012bba-123a-1bba-ab1c-173de3b12345";
const SALES = { arn: CLUSTER, pluggableDatabase: "SALES", secretArn: SECRET };

function bind(props: Partial<OracleSourceProps> = {}, options: Partial<SourceBindOptions> = {}) {
  let bound: SourceBinding | undefined;
  const stack = synthStack((app) => {
    const scope = new ZeroEtlStack(app, "sales", PROD);
    const source = new OracleSource(scope.sources, "oracle", { ...SALES, ...props });
    bound = source.bind(scope, { target: "redshift", ...options });
  });
  return { stack, binding: bound as SourceBinding };
}

const integrate = (props: Partial<OracleSourceProps> = {}): StackJson =>
  synthStack((app) => {
    const stack = new ZeroEtlStack(app, "sales", PROD);
    const source = new OracleSource(stack.sources, "oracle", { ...SALES, ...props });
    const target = new FakeTarget(stack, "redshift");
    new ZeroEtlIntegration(stack.integrations, "sales-to-warehouse", { source, target });
  });

describe("a pluggable database", () => {
  test("is a source by its VM cluster, and makes nothing", () => {
    const { binding, stack } = bind();
    expect(binding).toMatchObject({
      arn: CLUSTER,
      key: `oracle/${CLUSTER}`,
      database: "SALES",
      dataFilter: "include: SALES.*.*",
      sourceProperties: { "secret-arn": SECRET },
      dependencies: [],
    });
    expect(binding.environment?.key).toBe("111122223333/us-east-1");
    expect(binding.table).toBeUndefined();
    expect(stack.json["resource"]).toBeUndefined();
    expect(stack.json["data"]).toBeUndefined();
  });

  test("is selected by exactly one filter of itself, with the tables that are left in and out", () => {
    const { binding } = bind({ include: ["OE.*", "HR.*"], exclude: ["HR.SALARIES"] });
    expect(binding.dataFilter).toBe("include: SALES.HR.*, include: SALES.OE.*, exclude: SALES.HR.SALARIES");
  });

  test("may be in an Autonomous VM cluster", () => {
    const arn = CLUSTER.replace("cloud-vm", "cloud-autonomous-vm");
    expect(bind({ arn }).binding.arn).toBe(arn);
  });
});

describe("a VM cluster that only Terraform knows", () => {
  test("is told apart by its place in the app, so that its key has no token", () => {
    let key: string | undefined;
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "sales", PROD);
      const arn = new TerraformVariable(scope, "cluster", { type: "string" }).stringValue;
      const source = new OracleSource(scope.sources, "oracle", { ...SALES, arn });
      key = source.bind(scope, { target: "redshift" }).key;
      const target = new FakeTarget(scope, "redshift");
      new ZeroEtlIntegration(scope.integrations, "sales-to-warehouse", { source, target });
    });
    expect(key).toBe("oracle/sales/Sources/oracle");
    expect(stack.resource("aws_cloudcontrolapi_resource")["desired_state"]).toContain(
      '"SourceArn" = var.cluster',
    );
  });
});

describe("an integration", () => {
  test("goes through the Glue API, with the filter and the secret", () => {
    const integration = integrate().resource("aws_cloudcontrolapi_resource");
    expect(integration["type_name"]).toBe("AWS::Glue::Integration");
    expect(desiredState(integration)).toMatchObject({
      SourceArn: CLUSTER,
      DataFilter: "include: SALES.*.*",
      IntegrationConfig: { SourceProperties: { "secret-arn": SECRET } },
    });
  });

  test("is replaced by another secret, for Cloud Control would plan an update and then refuse it", () => {
    const stack = integrate();
    const [name] = Object.keys(stack.resources("terraform_data")).filter((id) => id.includes("Immutable"));
    expect(stack.resources("terraform_data")[name ?? ""]?.["input"]).toBe(
      `{"sourceProperties":{"secret-arn":"${SECRET}"}}`,
    );
    expect(stack.resource("aws_cloudcontrolapi_resource")["lifecycle"]).toEqual({
      prevent_destroy: true,
      replace_triggered_by: [`terraform_data.${name}`],
    });
  });

  test("is refused with a target other than a warehouse", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "sales", PROD);
        const source = new OracleSource(stack.sources, "oracle", SALES);
        new ZeroEtlIntegration(stack, "i", { source, target: new FakeTarget(stack) });
      }),
    ).toThrow("[impossible-pair]");
  });

  test("tells its target the database that it replicates", () => {
    const follow = jest.fn();
    synthStack((app) => {
      const stack = new ZeroEtlStack(app, "sales", PROD);
      const target = new FakeTarget(stack, "redshift");
      jest.spyOn(target, "bind").mockReturnValue({ arn: "arn", key: "key", dependencies: [], follow });
      new ZeroEtlIntegration(stack, "i", { source: new OracleSource(stack, "o", SALES), target });
    });
    expect(follow).toHaveBeenCalledTimes(1);
    expect(follow.mock.calls[0]?.[1]).toMatchObject({ sourceDatabase: "SALES" });
  });
});

describe("what is needed", () => {
  const summary = ({ requirements = [] }: SourceBinding) =>
    requirements.map(({ document, arn, applied, requirements: each }) => [
      document,
      arn,
      applied,
      ...each.map(({ statement }) => statement.Sid),
    ]);

  test("of the secret is returned", () => {
    expect(summary(bind().binding)).toEqual([["secret policy", SECRET, false, "ZeroEtlOracleSecret"]]);
  });

  test("of the secret's key is returned, where it is given", () => {
    expect(summary(bind({ kmsKeyArn: KEY }).binding)).toEqual([
      ["secret policy", SECRET, false, "ZeroEtlOracleSecret"],
      ["key policy", KEY, false, "ZeroEtlOracleKey", "ZeroEtlOracleGrant"],
    ]);
  });

  test("of the secret's key is bound to the encryption context of the integration, as the guide shows", () => {
    const { binding } = bind({ kmsKeyArn: KEY }, { encryptionContext: { team: "data" } });
    const [, grant] = binding.requirements?.[1]?.requirements ?? [];
    expect(grant).toMatchObject({
      statement: { Condition: { StringEquals: { "kms:EncryptionContext:team": ["data"] } } },
      verified: true,
    });
  });

  test("is written where the app manages the secret and the key, and waited for", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "sales", PROD);
      const key = new KmsKey(scope, "Key");
      const secret = new SecretsmanagerSecret(scope, "Secret", { kmsKeyId: key.arn });
      const source = new OracleSource(scope.sources, "oracle", {
        ...SALES,
        secretArn: secret.arn,
        secretPolicy: new SecretPolicy(scope, "SecretPolicy", { secret }),
        kmsKeyArn: key.arn,
        keyPolicy: new KeyPolicy(scope, "KeyPolicy", { key }),
      });
      const target = new FakeTarget(scope, "redshift");
      const integration = new ZeroEtlIntegration(scope.integrations, "sales-to-warehouse", {
        source,
        target,
      });
      expect(integration.requirements.map(({ applied }) => applied)).toEqual([true, true]);
    });
    const sids = (type: string) => policyOf(stack.resource(type)).Statement.map(({ Sid }) => Sid);
    expect(sids("aws_secretsmanager_secret_policy")).toEqual(["ZeroEtlOracleSecret"]);
    expect(sids("aws_kms_key_policy")).toEqual([
      "EnableIamPolicies",
      "ZeroEtlOracleGrant",
      "ZeroEtlOracleKey",
    ]);
    expect(stack.resource("aws_secretsmanager_secret_policy")["secret_arn"]).toBe(
      "${aws_secretsmanager_secret.Secret.arn}",
    );
    const integration = stack.resource("aws_cloudcontrolapi_resource");
    expect(integration["depends_on"]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_kms_key_policy\.KeyPolicy_/),
        expect.stringMatching(/^aws_secretsmanager_secret_policy\.SecretPolicy_/),
      ]),
    );
    expect(integration["desired_state"]).toContain(
      '"SourceProperties" = {"secret-arn" = aws_secretsmanager_secret.Secret.arn}',
    );
  });
});

describe("fails", () => {
  test("with every error of the source at once", () => {
    expect(() => bind({ pluggableDatabase: "A*", include: ["X"], secretArn: "secret" })).toThrow(
      /\[pluggable-database\][\s\S]*\[oracle-table\][\s\S]*\[secret-arn\]/,
    );
  });

  test("in an environment other than that of the VM cluster, for AWS makes the integration beside it", () => {
    expect(() => bind({ arn: CLUSTER.replace("111122223333", "444455556666") })).toThrow(
      [
        "sales/Sources/oracle: arn: error: the VM cluster is not in the account and region of its environment [oracle-environment]",
        "  got:      account 444455556666, us-east-1",
        "  expected: account 111122223333, us-east-1",
        "  remedy:   give the source the environment of the VM cluster: its integrations are made there",
      ].join("\n"),
    );
  });

  test("in another region, also where nobody has written the account down", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "sales", { environment: "prod", region: "eu-west-1" });
        new OracleSource(stack, "oracle", SALES);
      }),
    ).toThrow(
      /\[oracle-environment\]\n {2}got: {6}account 111122223333, us-east-1\n {2}expected: eu-west-1\n/,
    );
  });

  test("in another region, but not in the environment of that region", () => {
    const stack = synthStack((app) => {
      const scope = new ZeroEtlStack(app, "sales", PROD);
      const environment = scope.addEnvironment("eu", { region: "eu-west-1", account: "111122223333" });
      const arn = CLUSTER.replace("us-east-1", "eu-west-1");
      const source = new OracleSource(scope, "oracle", { ...SALES, arn, environment });
      expect(source.bind(scope, { target: "redshift" }).environment).toBe(environment);
    });
    expect(stack.json["resource"]).toBeUndefined();
  });

  test("where the owner of a key's policy comes without the key", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "sales", PROD);
        const keyPolicy = new KeyPolicy(stack, "KeyPolicy", { key: new KmsKey(stack, "Key") });
        new OracleSource(stack, "oracle", { ...SALES, keyPolicy });
      }),
    ).toThrow("sales/oracle: keyPolicy: error: keyPolicy is given, but no key [key-policy-without-key]");
  });

  test("where the integration selects data as well", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "sales", PROD);
        const source = new OracleSource(stack, "oracle", SALES);
        const target = new FakeTarget(stack, "redshift");
        new ZeroEtlIntegration(stack, "i", { source, target, dataFilter: "include: OTHER.*.*" });
      }),
    ).toThrow("[data-filter-conflict]");
  });
});
