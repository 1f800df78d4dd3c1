import {
  ACCOUNT,
  CALLER,
  CATALOG_ARN,
  DATABASE_ARN,
  FakeAccount,
  KEY_ARN,
  ROLE_ARN,
  ROLE_STATEMENTS,
  TABLE_ARN,
  TRUST_STATEMENT,
  policy,
} from "../fake-account";
import { Integrations } from "../integrations";
import { type TargetProcessingProperties, ZeroEtlState } from "../state";

const NETWORK_ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:connection/private`;
const NETWORK_STATEMENTS = [
  { Effect: "Allow" as const, Action: "glue:GetConnection", Resource: [CATALOG_ARN, NETWORK_ARN] },
  {
    Effect: "Allow" as const,
    Action: [
      "ec2:CreateNetworkInterface",
      "ec2:CreateTags",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteTags",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcEndpoints",
    ],
    Resource: "*",
  },
];
const KEY_STATEMENT = {
  Effect: "Allow" as const,
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: KEY_ARN,
};

let account: FakeAccount;
let state: ZeroEtlState;

beforeEach(() => {
  account = new FakeAccount();
  account.connections[NETWORK_ARN] = { type: "NETWORK" };
  state = new ZeroEtlState();
});

const errors = async (property: TargetProcessingProperties, ...statements: object[]): Promise<string[]> => {
  state.resourceProperties.set(DATABASE_ARN, {
    resourceArn: DATABASE_ARN,
    arn: CATALOG_ARN,
    target: { RoleArn: ROLE_ARN, ...property },
    tags: [],
  });
  account.roles[ROLE_ARN] = {
    trust: policy(TRUST_STATEMENT),
    policies: [policy(...ROLE_STATEMENTS, ...(statements as []))],
  };
  const integrations = new Integrations(state, account);
  const asked = { name: "orders", sourceArn: TABLE_ARN, targetArn: DATABASE_ARN };
  const condition = await integrations.settle(await integrations.create(CALLER, asked));
  return (condition?.errors ?? []).map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`);
};

describe("a network connection", () => {
  const property = { ConnectionName: "private" };

  test("is used with the rights that it takes", async () => {
    expect(await errors(property, ...NETWORK_STATEMENTS)).toEqual([]);
  });

  test.each([
    [0, `glue:GetConnection on ${CATALOG_ARN}, glue:GetConnection on ${NETWORK_ARN}`],
    [1, `ec2:CreateTags on arn:aws:ec2:us-east-1:${ACCOUNT}:network-interface/eni-0`],
  ])("needs a role with statement %d", async (index, lacking) => {
    const left = NETWORK_STATEMENTS.filter((_, place) => place !== index);
    expect(await errors(property, ...left)).toEqual([
      expect.stringContaining(`TARGET_ACCESS_DENIED: Role ${ROLE_ARN} lacks permissions: ${lacking}`),
    ]);
  });

  test("must exist", async () => {
    delete account.connections[NETWORK_ARN];
    expect(await errors(property, ...NETWORK_STATEMENTS)).toEqual([
      `TARGET_CONNECTION_NOT_VALID: Connection ${NETWORK_ARN} does not exist.`,
    ]);
  });

  test("must be one of networks", async () => {
    account.connections[NETWORK_ARN] = { type: "SALESFORCE" };
    expect(await errors(property, ...NETWORK_STATEMENTS)).toEqual([
      `TARGET_CONNECTION_NOT_VALID: Connection ${NETWORK_ARN} is of type SALESFORCE, not NETWORK.`,
    ]);
  });
});

describe("a key", () => {
  test("is used with the rights that it takes", async () => {
    expect(await errors({ KmsArn: KEY_ARN }, KEY_STATEMENT)).toEqual([]);
  });

  test("is out of reach without them", async () => {
    expect(await errors({ KmsArn: KEY_ARN })).toEqual([
      `TARGET_ACCESS_DENIED: Role ${ROLE_ARN} lacks permissions: kms:Decrypt on ${KEY_ARN}, kms:GenerateDataKey on ${KEY_ARN}.`,
    ]);
  });
});
