import {
  AUTHORIZE_STATEMENT,
  CALLER,
  CATALOG_ARN,
  DATABASE_ARN,
  FakeAccount,
  OTHER_ACCOUNT,
  ROLE_ARN,
  TRUST_STATEMENT,
  policy,
} from "../fake-account";
import { CONNECTION_ARN, SOURCE_ROLE_ARN, SOURCE_ROLE_STATEMENTS, addConnection } from "../fake-pairs";
import { type Condition, Integrations, type NewIntegration } from "../integrations";
import { refusal } from "../refusal";
import { ZeroEtlState } from "../state";
import { CONNECTION_TYPES } from "./connection-source";

const ASKED: NewIntegration = { name: "crm-to-lake", sourceArn: CONNECTION_ARN, targetArn: DATABASE_ARN };

let account: FakeAccount;
let state: ZeroEtlState;
let integrations: Integrations;

beforeEach(() => {
  account = new FakeAccount();
  state = new ZeroEtlState();
  addConnection(account, state);
  account.catalogPolicies["111122223333"] = policy({
    ...AUTHORIZE_STATEMENT,
    Condition: { StringEquals: { "aws:SourceArn": CONNECTION_ARN } },
  });
  state.resourceProperties.set(DATABASE_ARN, {
    resourceArn: DATABASE_ARN,
    arn: CATALOG_ARN,
    target: { RoleArn: ROLE_ARN },
    tags: [],
  });
  integrations = new Integrations(state, account);
});

const settled = async (changed: Partial<NewIntegration> = {}): Promise<Condition | undefined> =>
  integrations.settle(await integrations.create(CALLER, { ...ASKED, ...changed }));

describe("accepts", () => {
  test.each(CONNECTION_TYPES)("a connection of type %s", async (type) => {
    account.connections[CONNECTION_ARN] = { type };
    expect(await settled()).toEqual({ status: "ACTIVE", errors: [] });
  });

  test("a filter, an interval, and a snapshot that is never repeated", async () => {
    const condition = await settled({
      dataFilter: "include: Account, Opportunity",
      config: { RefreshInterval: "15", ContinuousSync: false },
    });
    expect(condition).toEqual({ status: "ACTIVE", errors: [] });
  });
});

describe("refuses", () => {
  const create = (changed: Partial<NewIntegration> = {}): Promise<string> =>
    refusal(integrations.create(CALLER, { ...ASKED, ...changed }));

  test("a connection that does not exist", async () => {
    delete account.connections[CONNECTION_ARN];
    expect(await create()).toBe("EntityNotFoundException: Connection salesforce-prod not found.");
  });

  test.each(["JDBC", "NETWORK", "SALESFORCEMARKETINGCLOUD"])("a connection of type %s", async (type) => {
    account.connections[CONNECTION_ARN] = { type };
    expect(await create()).toBe(
      `ValidationException: Connection type ${type} is not supported as a source: ${CONNECTION_ARN}`,
    );
  });

  test("a connection of another account", async () => {
    const sourceArn = CONNECTION_ARN.replace("111122223333", OTHER_ACCOUNT);
    expect(await create({ sourceArn })).toBe(
      `AccessDeniedException: User: arn:aws:iam::111122223333:root is not authorized to perform: glue:CreateIntegration on resource: ${sourceArn}`,
    );
  });
});

describe("needs attention", () => {
  const errors = async (): Promise<string[]> =>
    ((await settled())?.errors ?? []).map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`);

  const spoilRole = (...left: typeof SOURCE_ROLE_STATEMENTS): void => {
    account.roles[SOURCE_ROLE_ARN] = { trust: policy(TRUST_STATEMENT), policies: [policy(...left)] };
  };

  test("without a resource property", async () => {
    state.resourceProperties.delete(CONNECTION_ARN);
    expect(await errors()).toEqual([
      `UNRECOVERABLE_ACCESS_DENIED: No source processing properties exist for ${CONNECTION_ARN}.`,
    ]);
  });

  test("with a resource property for the other side only", async () => {
    const property = state.resourceProperties.get(CONNECTION_ARN);
    if (property === undefined) throw new Error("no property");
    property.target = property.source ?? {};
    delete property.source;
    expect(await errors()).toEqual([
      `UNRECOVERABLE_ACCESS_DENIED: No source processing properties exist for ${CONNECTION_ARN}.`,
    ]);
  });

  test("without the role", async () => {
    delete account.roles[SOURCE_ROLE_ARN];
    expect(await errors()).toEqual([`SOURCE_ROLE_NOT_FOUND: Role ${SOURCE_ROLE_ARN} does not exist.`]);
  });

  test("with a role for another service", async () => {
    const trust = policy({ ...TRUST_STATEMENT, Principal: { Service: "ec2.amazonaws.com" } });
    account.roles[SOURCE_ROLE_ARN] = { trust, policies: [policy(...SOURCE_ROLE_STATEMENTS)] };
    expect(await errors()).toEqual([
      `SOURCE_ROLE_NOT_ASSUMABLE: Role ${SOURCE_ROLE_ARN} cannot be assumed by glue.amazonaws.com.`,
    ]);
  });

  test.each([
    [
      0,
      `glue:GetConnections on ${CATALOG_ARN}, glue:GetConnections on ${CONNECTION_ARN}, ` +
        `glue:GetConnection on ${CATALOG_ARN}, glue:GetConnection on ${CONNECTION_ARN}`,
    ],
    [1, "glue:ListEntities on *, glue:RefreshOAuth2Tokens on *"],
    [
      2,
      ["CreateLogGroup", "CreateLogStream", "PutLogEvents"]
        .map(
          (action) =>
            `logs:${action} on arn:aws:logs:us-east-1:111122223333:log-group:/aws-glue/zeroETL-integrations/logs/:log-stream:x`,
        )
        .join(", "),
    ],
  ])("with a role that lacks statement %d", async (index, lacking) => {
    spoilRole(...SOURCE_ROLE_STATEMENTS.filter((_, place) => place !== index));
    expect(await errors()).toEqual([
      `SOURCE_ACCESS_DENIED: Role ${SOURCE_ROLE_ARN} lacks permissions: ${lacking}.`,
    ]);
  });

  test("with a role for another connection", async () => {
    const [read, ...others] = SOURCE_ROLE_STATEMENTS;
    if (read === undefined) throw new Error("no statement");
    spoilRole(
      { ...read, Resource: [CATALOG_ARN, CONNECTION_ARN.replace("salesforce-prod", "other")] },
      ...others,
    );
    expect(await errors()).toEqual([
      `SOURCE_ACCESS_DENIED: Role ${SOURCE_ROLE_ARN} lacks permissions: glue:GetConnections on ${CONNECTION_ARN}, glue:GetConnection on ${CONNECTION_ARN}.`,
    ]);
  });

  test("once the connection is gone", async () => {
    const integration = await integrations.create(CALLER, ASKED);
    delete account.connections[CONNECTION_ARN];
    expect((await integrations.settle(integration))?.errors).toEqual([
      {
        ErrorCode: "SOURCE_NOT_FOUND",
        ErrorMessage: `Source connection ${CONNECTION_ARN} does not exist.`,
      },
    ]);
  });
});
