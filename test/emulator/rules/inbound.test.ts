import {
  ACCOUNT,
  CALLER,
  DATABASE_ARN,
  FakeAccount,
  OTHER_ACCOUNT,
  TABLE_ARN,
  policy,
} from "../fake-account";
import { Integrations, type NewIntegration } from "../integrations";
import type { Caller } from "../operation";
import { refusal } from "../refusal";
import { type Integration, ZeroEtlState } from "../state";

let account: FakeAccount;
let integrations: Integrations;

beforeEach(() => {
  account = new FakeAccount();
  integrations = new Integrations(new ZeroEtlState(), account);
});

const create = (changed: Partial<NewIntegration>, caller: Caller = CALLER): Promise<Integration> =>
  integrations.create(caller, {
    name: "orders-to-lake",
    sourceArn: TABLE_ARN,
    targetArn: DATABASE_ARN,
    ...changed,
  });

describe("an integration into another account is refused", () => {
  const targetArn = `arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:database/sales_lake`;
  const Resource = [targetArn, `arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:catalog`];
  const statement = {
    Effect: "Allow" as const,
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: "glue:CreateInboundIntegration",
    Resource,
    Condition: { StringLike: { "aws:SourceArn": TABLE_ARN } },
  };
  const denied = `AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: glue:CreateInboundIntegration on resource: ${targetArn}`;

  beforeEach(() => {
    account.databases[targetArn] = { locationUri: "s3://acme-lake/sales/" };
  });

  test("without a catalog policy there", async () => {
    expect(await refusal(create({ targetArn }))).toBe(denied);
  });

  test("with a policy for another source", async () => {
    const Condition = { StringLike: { "aws:SourceArn": `${TABLE_ARN}-other` } };
    account.catalogPolicies[OTHER_ACCOUNT] = policy({ ...statement, Condition });
    expect(await refusal(create({ targetArn }))).toBe(denied);
  });

  test("with a policy for the database but not the catalog", async () => {
    account.catalogPolicies[OTHER_ACCOUNT] = policy({ ...statement, Resource: targetArn });
    expect(await refusal(create({ targetArn }))).toBe(denied);
  });

  test("but not with the policy of the user guide", async () => {
    account.catalogPolicies[OTHER_ACCOUNT] = policy(statement);
    expect(await refusal(create({ targetArn }))).toBe("accepted");
  });

  describe("with a policy for one role", () => {
    const deployer = `arn:aws:iam::${ACCOUNT}:role/deployer`;

    beforeEach(() => {
      account.catalogPolicies[OTHER_ACCOUNT] = policy({ ...statement, Principal: { AWS: deployer } });
    });

    test.each([undefined, `${deployer}-2`, deployer.replace(ACCOUNT, "777788889999")])(
      "to the caller %s",
      async (principal) => {
        const caller: Caller = principal === undefined ? CALLER : { ...CALLER, principal };
        expect(await refusal(create({ targetArn }, caller))).toBe(
          denied.replace(`arn:aws:iam::${ACCOUNT}:root`, principal ?? `arn:aws:iam::${ACCOUNT}:root`),
        );
      },
    );

    test("but not to that role", async () => {
      expect(await refusal(create({ targetArn }, { ...CALLER, principal: deployer }))).toBe("accepted");
    });
  });
});
