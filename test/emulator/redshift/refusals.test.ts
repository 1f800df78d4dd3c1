import {
  ACCOUNT,
  CALLER,
  FakeAccount,
  KEY_ARN,
  OTHER_ACCOUNT,
  TABLE_ARN,
  TABLE_STATEMENT,
  policy,
} from "../fake-account";
import {
  CLUSTER_NAMESPACE_ARN,
  REDSHIFT_TABLE_STATEMENTS,
  SERVERLESS_NAMESPACE_ARN,
  addWarehouse,
  namespacePolicy,
  openTableToRedshift,
  spoilWarehouse,
} from "../fake-pairs";
import { Traffic } from "../life";
import { refusal } from "../refusal";
import { QUOTAS } from "../rules/create-integration";
import { ZeroEtlState } from "../state";
import { type Asked, type RedshiftIntegration, RedshiftIntegrations } from "./integrations";

const ASKED: Asked = {
  IntegrationName: "orders",
  SourceArn: TABLE_ARN,
  TargetArn: CLUSTER_NAMESPACE_ARN,
};

let account: FakeAccount;
let state: ZeroEtlState;
let integrations: RedshiftIntegrations;

const spoilTable = (changed: object): void => {
  const table = account.tables[TABLE_ARN];
  if (table === undefined) throw new Error("no table");
  account.tables[TABLE_ARN] = { ...table, ...changed };
};

beforeEach(() => {
  account = new FakeAccount();
  openTableToRedshift(account);
  addWarehouse(account, CLUSTER_NAMESPACE_ARN, TABLE_ARN);
  addWarehouse(account, SERVERLESS_NAMESPACE_ARN, TABLE_ARN);
  state = new ZeroEtlState();
  integrations = new RedshiftIntegrations(state, account);
});

const make = (changed: Asked = {}): Promise<RedshiftIntegration> =>
  integrations.create(CALLER, { ...ASKED, ...changed });

const create = (changed: Asked = {}): Promise<string> => refusal(make(changed));

describe("CreateIntegration refuses", () => {
  test("a second integration of the same name", async () => {
    await make();
    expect(await create({ TargetArn: SERVERLESS_NAMESPACE_ARN })).toBe(
      "IntegrationAlreadyExistsFault: The integration you are trying to create already exists: orders.",
    );
  });

  test("two at once of the same name", async () => {
    const both = await Promise.all([create(), create()]);
    expect(both.sort()).toEqual([
      "IntegrationAlreadyExistsFault: The integration you are trying to create already exists: orders.",
      "accepted",
    ]);
  });

  test("an encryption context without a key", async () => {
    expect(await create({ AdditionalEncryptionContext: { team: "data" } })).toBe(
      "InvalidParameterCombination: AdditionalEncryptionContext can only be provided with KMSKeyId.",
    );
  });

  test("one more than the quota of a source", async () => {
    for (let index = 0; index < QUOTAS.perSource; index += 1) await make({ IntegrationName: `o-${index}` });
    expect(await create()).toBe(
      "IntegrationQuotaExceededFault: You can't create any more zero-ETL or S3 event integrations because the quota has been reached.",
    );
  });

  test("a fifth that is made at the same time for one namespace", async () => {
    const traffic = new Traffic();
    integrations = new RedshiftIntegrations(state, account, { settleReads: 1, changeMillis: 50 }, traffic);
    for (let index = 0; index < 4; index += 1) await make({ IntegrationName: `o-${index}` });
    expect(await create()).toBe(
      `IntegrationConflictOperationFault: Re-try exhausted: another operation is in progress on target ${CLUSTER_NAMESPACE_ARN}.`,
    );
    expect(await create({ TargetArn: SERVERLESS_NAMESPACE_ARN })).toBe("accepted");
  });

  describe("a table", () => {
    test("that does not exist", async () => {
      delete account.tables[TABLE_ARN];
      expect(await create()).toBe(
        `IntegrationSourceNotFoundFault: The specified integration source ${TABLE_ARN} can't be found.`,
      );
    });

    test("of another account", async () => {
      const SourceArn = TABLE_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
      expect(await create({ SourceArn })).toBe(
        `AccessDenied: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: redshift:CreateIntegration on resource: ${SourceArn}`,
      );
    });

    test("without point-in-time recovery", async () => {
      spoilTable({ pointInTimeRecovery: false });
      expect(await create()).toBe(
        `UnsupportedOperation: Point-in-time recovery is not enabled on table ${TABLE_ARN}.`,
      );
    });

    test("encrypted with the key that AWS manages, but not with a customer's", async () => {
      spoilTable({ kmsKeyArn: KEY_ARN });
      account.keys[KEY_ARN] = "AWS";
      expect(await create()).toBe(
        `UnsupportedOperation: Table ${TABLE_ARN} is encrypted with an AWS managed key.`,
      );
      account.keys[KEY_ARN] = "CUSTOMER";
      expect(await create()).toBe("accepted");
    });

    const denied = (...actions: string[]): string =>
      `UnauthorizedOperation: The policy of table ${TABLE_ARN} does not allow redshift.amazonaws.com: ${actions.join(", ")}.`;
    const [exporting, describing] = REDSHIFT_TABLE_STATEMENTS;

    test.each([
      ["without a policy", undefined, ["ExportTableToPointInTime", "DescribeTable", "DescribeExport"]],
      [
        "open to AWS Glue",
        policy(TABLE_STATEMENT),
        ["ExportTableToPointInTime", "DescribeTable", "DescribeExport"],
      ],
      ["without the first statement", policy(describing), ["ExportTableToPointInTime", "DescribeTable"]],
      ["without the second statement", policy(exporting), ["DescribeExport"]],
      [
        "whose exports are not described",
        policy(exporting, { ...describing, Resource: TABLE_ARN }),
        ["DescribeExport"],
      ],
      [
        "open to another account's integrations",
        policy(exporting, {
          ...describing,
          Condition: { StringEquals: { "aws:SourceAccount": OTHER_ACCOUNT } },
        }),
        ["DescribeExport"],
      ],
      [
        "open to integrations of AWS Glue only",
        policy(exporting, {
          ...describing,
          Condition: { ArnLike: { "aws:SourceArn": `arn:aws:glue:us-east-1:${ACCOUNT}:integration:*` } },
        }),
        ["DescribeExport"],
      ],
    ])("%s", async (_, spoilt, actions) => {
      spoilTable({ policy: spoilt });
      expect(await create()).toBe(denied(...actions.map((action) => `dynamodb:${action}`)));
    });
  });

  describe("a namespace", () => {
    test("that does not exist", async () => {
      delete account.namespaces[CLUSTER_NAMESPACE_ARN];
      expect(await create()).toBe(
        `IntegrationTargetNotFoundFault: The specified integration target ${CLUSTER_NAMESPACE_ARN} can't be found.`,
      );
    });

    test.each([
      [
        { available: false },
        `InvalidClusterState: The warehouse of ${CLUSTER_NAMESPACE_ARN} is not available.`,
      ],
      [
        { nodeType: "dc2.large" },
        `UnsupportedOperation: Node type dc2.large of ${CLUSTER_NAMESPACE_ARN} is not supported: it must be RA3.`,
      ],
      [
        { encrypted: false },
        `UnsupportedOperation: The cluster of ${CLUSTER_NAMESPACE_ARN} is not encrypted.`,
      ],
      [
        { caseSensitive: false },
        `UnsupportedOperation: enable_case_sensitive_identifier is not true for the warehouse of ${CLUSTER_NAMESPACE_ARN}.`,
      ],
      [
        { policy: namespacePolicy(CLUSTER_NAMESPACE_ARN, `${TABLE_ARN}-2`) },
        `UnauthorizedOperation: The resource policy of ${CLUSTER_NAMESPACE_ARN} does not allow redshift.amazonaws.com redshift:AuthorizeInboundIntegration for ${TABLE_ARN}.`,
      ],
    ])("with %j", async (changed, message) => {
      spoilWarehouse(account, CLUSTER_NAMESPACE_ARN, changed);
      expect(await create()).toBe(message);
    });

    test("of another account, unless that lets the caller in", async () => {
      const TargetArn = CLUSTER_NAMESPACE_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
      addWarehouse(account, TargetArn, TABLE_ARN);
      expect(await create({ TargetArn })).toBe(
        `AccessDenied: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: redshift:CreateInboundIntegration on resource: ${TargetArn}`,
      );
      const [authorize] = [namespacePolicy(TargetArn, TABLE_ARN).Statement].flat();
      if (authorize === undefined) throw new Error("no statement");
      const creation = {
        Effect: "Allow" as const,
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "redshift:CreateInboundIntegration",
        Resource: TargetArn,
      };
      spoilWarehouse(account, TargetArn, { policy: policy(authorize, creation) });
      expect(await create({ TargetArn })).toBe("accepted");
    });
  });

  describe("a key", () => {
    const grant = {
      Effect: "Allow" as const,
      Principal: { Service: "redshift.amazonaws.com" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceAccount": ACCOUNT, "kms:EncryptionContext:team": "data" },
        ArnLike: { "aws:SourceArn": `arn:aws:redshift:us-east-1:${ACCOUNT}:integration:*` },
      },
    };
    const keyed: Asked = { KMSKeyId: KEY_ARN, AdditionalEncryptionContext: { team: "data" } };
    const message = `UnauthorizedOperation: The policy of key ${KEY_ARN} does not allow redshift.amazonaws.com: kms:CreateGrant.`;

    test("that does not exist", async () => {
      expect(await create(keyed)).toBe(message);
    });

    test("that does not let Redshift in, for this encryption context", async () => {
      account.keyPolicies[KEY_ARN] = policy({ ...grant, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } });
      expect(await create(keyed)).toBe(message);
      account.keyPolicies[KEY_ARN] = policy(grant);
      expect(await create({ ...keyed, AdditionalEncryptionContext: { team: "hr" } })).toBe(message);
      expect(await create(keyed)).toBe("accepted");
    });
  });
});
