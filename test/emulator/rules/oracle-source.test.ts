import { ACCOUNT, CALLER, DATABASE_ARN, FakeAccount, OTHER_ACCOUNT, policy } from "../fake-account";
import {
  BUCKET_CATALOG_ARN,
  CLUSTER_NAMESPACE_ARN,
  MANAGED_STORAGE_ARN,
  ORACLE_KEY_STATEMENTS,
  SECRET_ARN,
  SECRET_KEY_ARN,
  SERVERLESS_NAMESPACE_ARN,
  VM_CLUSTER_ARN,
  addOracle,
  addWarehouse,
} from "../fake-pairs";
import { type Condition, Integrations, type NewIntegration } from "../integrations";
import { refusal } from "../refusal";
import { ZeroEtlState } from "../state";
import { pluggableDatabase } from "./oracle-source";

const ASKED: NewIntegration = {
  name: "erp",
  sourceArn: VM_CLUSTER_ARN,
  targetArn: CLUSTER_NAMESPACE_ARN,
  dataFilter: "include: pdb1.*.*",
  config: { SourceProperties: { "secret-arn": SECRET_ARN } },
};

let account: FakeAccount;
let integrations: Integrations;

beforeEach(() => {
  account = new FakeAccount();
  addOracle(account);
  for (const target of [CLUSTER_NAMESPACE_ARN, SERVERLESS_NAMESPACE_ARN]) {
    addWarehouse(account, target, VM_CLUSTER_ARN);
  }
  integrations = new Integrations(new ZeroEtlState(), account);
});

const create = (changed: Partial<NewIntegration> = {}): Promise<string> =>
  refusal(integrations.create(CALLER, { ...ASKED, ...changed }));

const settled = async (changed: Partial<NewIntegration> = {}): Promise<Condition | undefined> =>
  integrations.settle(await integrations.create(CALLER, { ...ASKED, ...changed }));

describe("accepts", () => {
  test.each([CLUSTER_NAMESPACE_ARN, SERVERLESS_NAMESPACE_ARN])("the target %s", async (targetArn) => {
    expect(await settled({ targetArn })).toEqual({ status: "ACTIVE", errors: [] });
  });

  test("an autonomous VM cluster", async () => {
    const sourceArn = VM_CLUSTER_ARN.replace("cloud-vm-cluster", "cloud-autonomous-vm-cluster");
    account.vmClusters[sourceArn] = { zeroEtlAccess: true };
    addWarehouse(account, CLUSTER_NAMESPACE_ARN, sourceArn);
    expect(await settled({ sourceArn })).toEqual({ status: "ACTIVE", errors: [] });
  });

  test("a key bound to the encryption context of the integration", async () => {
    const [use, grant] = ORACLE_KEY_STATEMENTS;
    if (use === undefined || grant === undefined) throw new Error("no statements");
    const bound = {
      ...grant,
      Condition: { ...grant.Condition, StringEquals: { "kms:EncryptionContext:team": "erp" } },
    };
    account.keyPolicies[SECRET_KEY_ARN] = policy(use, bound);
    account.keys[`arn:aws:kms:us-east-1:${ACCOUNT}:key/1`] = "CUSTOMER";
    const kmsKeyId = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`;
    expect(await settled({ kmsKeyId, encryptionContext: { team: "erp" } })).toMatchObject({
      status: "ACTIVE",
    });
    expect(await settled({ name: "other", kmsKeyId, encryptionContext: { team: "hr" } })).toMatchObject({
      errors: [{ ErrorCode: "SOURCE_SECRET_KEY_ACCESS_DENIED" }],
    });
  });
});

describe("refuses", () => {
  test.each([DATABASE_ARN, BUCKET_CATALOG_ARN, MANAGED_STORAGE_ARN])("the target %s", async (targetArn) => {
    expect(await create({ targetArn })).toBe(
      `ValidationException: The source ${VM_CLUSTER_ARN} can only be replicated into Amazon Redshift, not into ${targetArn}.`,
    );
  });

  test.each([
    CLUSTER_NAMESPACE_ARN.replace(ACCOUNT, OTHER_ACCOUNT),
    CLUSTER_NAMESPACE_ARN.replace("us-east-1", "us-west-2"),
  ])("the warehouse %s, which is elsewhere", async (targetArn) => {
    addWarehouse(account, targetArn, VM_CLUSTER_ARN);
    expect(await create({ targetArn })).toBe(
      `ValidationException: The source ${VM_CLUSTER_ARN} and the target ${targetArn} must be in the same account and region.`,
    );
  });

  test("a snapshot that is never repeated", async () => {
    const config = { ...ASKED.config, ContinuousSync: false };
    expect(await create({ config })).toBe(
      "ValidationException: ContinuousSync cannot be disabled for Oracle Database@AWS sources.",
    );
  });

  test.each(["include: pdb1.*.*, pdb2.*.*", "exclude: pdb1.*.*", "include: *.*.*", "include: pdb1.hr"])(
    "the filter %s",
    async (dataFilter) => {
      expect(await create({ dataFilter })).toBe(
        `ValidationException: DataFilter must include exactly one pluggable database, like "include: pdb1.*.*", but is ${dataFilter}.`,
      );
    },
  );

  test("no filter at all", async () => {
    const { dataFilter: _, ...asked } = ASKED;
    expect(await refusal(integrations.create(CALLER, asked))).toBe(
      'ValidationException: DataFilter must include exactly one pluggable database, like "include: pdb1.*.*", but is absent.',
    );
  });

  test("no secret", async () => {
    expect(await create({ config: {} })).toBe(
      "ValidationException: SourceProperties must contain secret-arn.",
    );
  });

  test("a VM cluster that does not exist", async () => {
    delete account.vmClusters[VM_CLUSTER_ARN];
    expect(await create()).toBe(`ResourceNotFoundException: Source ${VM_CLUSTER_ARN} was not found.`);
  });

  test.each(["odb-network/odbnet_1", "db-server/1"])("%s as a source", async (resource) => {
    const sourceArn = `arn:aws:odb:us-east-1:${ACCOUNT}:${resource}`;
    expect(await create({ sourceArn })).toBe(
      `ValidationException: Provided source id is not valid: ${sourceArn}`,
    );
  });
});

describe("needs attention", () => {
  const errors = async (): Promise<string[]> =>
    ((await settled())?.errors ?? []).map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`);

  test("without zero-ETL access of the network", async () => {
    account.vmClusters[VM_CLUSTER_ARN] = { zeroEtlAccess: false };
    expect(await errors()).toEqual([
      `SOURCE_NETWORK_ACCESS_DISABLED: Zero-ETL access is not enabled on the network of ${VM_CLUSTER_ARN}.`,
    ]);
  });

  test("without the secret", async () => {
    delete account.secrets[SECRET_ARN];
    expect(await errors()).toEqual([`SOURCE_SECRET_NOT_FOUND: Secret ${SECRET_ARN} does not exist.`]);
  });

  test("with a secret that nobody may read", async () => {
    account.secrets[SECRET_ARN] = { kmsKeyArn: SECRET_KEY_ARN };
    expect(await errors()).toEqual([
      `SOURCE_SECRET_ACCESS_DENIED: The policy of secret ${SECRET_ARN} does not allow zetl.odb.amazonaws.com: secretsmanager:GetSecretValue, secretsmanager:DescribeSecret.`,
    ]);
  });

  test.each([undefined, "AWS"] as const)("with a secret whose key is managed by %s", async (manager) => {
    if (manager === undefined) delete account.keys[SECRET_KEY_ARN];
    else account.keys[SECRET_KEY_ARN] = manager;
    expect(await errors()).toEqual([
      `SOURCE_SECRET_KEY_NOT_SUPPORTED: Secret ${SECRET_ARN} is not encrypted with a customer managed key.`,
    ]);
  });

  test.each([
    [
      0,
      "zetl.odb.amazonaws.com kms:Decrypt, zetl.odb.amazonaws.com kms:GenerateDataKey, zetl.odb.amazonaws.com kms:CreateGrant",
    ],
    [1, "redshift.amazonaws.com kms:CreateGrant"],
  ])("with a key that lacks statement %d", async (index, lacking) => {
    const left = ORACLE_KEY_STATEMENTS.filter((_, place) => place !== index);
    account.keyPolicies[SECRET_KEY_ARN] = policy(...left);
    expect(await errors()).toEqual([
      `SOURCE_SECRET_KEY_ACCESS_DENIED: The policy of key ${SECRET_KEY_ARN} does not allow: ${lacking}.`,
    ]);
  });
});

test.each([
  ["include: pdb1.*.*", "pdb1"],
  ["include: PDB1.HR.EMPLOYEES, PDB1.SALES.*", "PDB1"],
  ["include: pdb1.*.* exclude: pdb1.hr.*", "pdb1"],
  ["include: pdb1.*.*, exclude: pdb1.hr.*", "pdb1"],
  ['include: "Pdb1".*.*', "Pdb1"],
  ["include: pdb1.*.* exclude: pdb2.hr.*", undefined],
  ["", undefined],
])("the filter %s names the database %s", (filter, database) => {
  expect(pluggableDatabase(filter)).toBe(database);
});
