import { ACCOUNT, CALLER, FakeAccount, OTHER_ACCOUNT, policy } from "../fake-account";
import {
  CLUSTER_NAMESPACE_ARN,
  CONNECTION_ARN,
  SERVERLESS_NAMESPACE_ARN,
  addConnection,
  addWarehouse,
  namespacePolicy,
  spoilWarehouse,
} from "../fake-pairs";
import { type Condition, Integrations } from "../integrations";
import type { Caller } from "../operation";
import { refusal } from "../refusal";
import { ZeroEtlState } from "../state";

let account: FakeAccount;
let integrations: Integrations;

beforeEach(() => {
  account = new FakeAccount();
  const state = new ZeroEtlState();
  addConnection(account, state);
  addWarehouse(account, CLUSTER_NAMESPACE_ARN, CONNECTION_ARN);
  addWarehouse(account, SERVERLESS_NAMESPACE_ARN, CONNECTION_ARN);
  integrations = new Integrations(state, account);
});

const create = (targetArn = CLUSTER_NAMESPACE_ARN, caller: Caller = CALLER): Promise<string> =>
  refusal(integrations.create(caller, { name: "crm", sourceArn: CONNECTION_ARN, targetArn }));

const settled = async (targetArn: string): Promise<Condition | undefined> =>
  integrations.settle(
    await integrations.create(CALLER, { name: "crm", sourceArn: CONNECTION_ARN, targetArn }),
  );

test.each([CLUSTER_NAMESPACE_ARN, SERVERLESS_NAMESPACE_ARN])("accepts %s", async (targetArn) => {
  expect(await settled(targetArn)).toEqual({ status: "ACTIVE", errors: [] });
});

describe("refuses", () => {
  test.each([
    CLUSTER_NAMESPACE_ARN.replace("namespace:", "namespace/"),
    SERVERLESS_NAMESPACE_ARN.replace("namespace/", "namespace:"),
    `arn:aws:redshift:us-east-1:${ACCOUNT}:cluster:warehouse`,
    `arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:workgroup/0f1e2d3c`,
  ])("%s, which is no namespace", async (targetArn) => {
    expect(await create(targetArn)).toBe(
      `ValidationException: Provided target id is not valid: ${targetArn}`,
    );
  });

  test("a namespace that does not exist", async () => {
    delete account.namespaces[CLUSTER_NAMESPACE_ARN];
    expect(await create()).toBe(
      `ResourceNotFoundException: The specified integration target ${CLUSTER_NAMESPACE_ARN} can't be found.`,
    );
  });

  test.each([
    [{ available: false }, `The warehouse of ${CLUSTER_NAMESPACE_ARN} is not available.`],
    [
      { nodeType: "dc2.large" },
      `Node type dc2.large of ${CLUSTER_NAMESPACE_ARN} is not supported: it must be RA3.`,
    ],
    [{ encrypted: false }, `The cluster of ${CLUSTER_NAMESPACE_ARN} is not encrypted.`],
    [
      { caseSensitive: false },
      `enable_case_sensitive_identifier is not true for the warehouse of ${CLUSTER_NAMESPACE_ARN}.`,
    ],
  ])("a warehouse with %j", async (changed, message) => {
    spoilWarehouse(account, CLUSTER_NAMESPACE_ARN, changed);
    expect(await create()).toBe(`ValidationException: ${message}`);
  });

  test.each([
    ["no policy for the source", namespacePolicy(CLUSTER_NAMESPACE_ARN, `${CONNECTION_ARN}-2`)],
    ["a policy for another namespace", namespacePolicy(SERVERLESS_NAMESPACE_ARN, CONNECTION_ARN)],
    [
      "a policy for another service",
      policy({
        Effect: "Allow",
        Principal: { Service: "glue.amazonaws.com" },
        Action: "redshift:AuthorizeInboundIntegration",
        Resource: CLUSTER_NAMESPACE_ARN,
      }),
    ],
  ])("a namespace with %s", async (_, spoilt) => {
    spoilWarehouse(account, CLUSTER_NAMESPACE_ARN, { policy: spoilt });
    expect(await create()).toBe(
      `AccessDeniedException: The resource policy of ${CLUSTER_NAMESPACE_ARN} does not allow redshift.amazonaws.com redshift:AuthorizeInboundIntegration for ${CONNECTION_ARN}.`,
    );
  });

  describe("a namespace of another account, unless that lets the caller in:", () => {
    const foreign = CLUSTER_NAMESPACE_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const deployer = `arn:aws:iam::${ACCOUNT}:role/deployer`;
    const open = (principal: string): void => {
      const [authorize] = [namespacePolicy(foreign, CONNECTION_ARN).Statement].flat();
      if (authorize === undefined) throw new Error("no statement");
      const creation = {
        Effect: "Allow" as const,
        Principal: { AWS: principal },
        Action: "redshift:CreateInboundIntegration",
        Resource: foreign,
      };
      spoilWarehouse(account, foreign, { policy: policy(authorize, creation) });
    };

    beforeEach(() => addWarehouse(account, foreign, CONNECTION_ARN));

    test("nobody", async () => {
      expect(await create(foreign)).toBe(
        `AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: redshift:CreateInboundIntegration on resource: ${foreign}`,
      );
    });

    test("the account", async () => {
      open(`arn:aws:iam::${ACCOUNT}:root`);
      expect(await create(foreign)).toBe("accepted");
      expect(await create(foreign, { ...CALLER, principal: deployer })).toBe(
        "ConflictException: Integration crm already exists.",
      );
    });

    test("one role of it", async () => {
      open(deployer);
      expect(await create(foreign)).toContain("AccessDeniedException");
      expect(await create(foreign, { ...CALLER, principal: `${deployer}-2` })).toBe(
        `AccessDeniedException: User: ${deployer}-2 is not authorized to perform: redshift:CreateInboundIntegration on resource: ${foreign}`,
      );
      expect(await create(foreign, { ...CALLER, principal: deployer })).toBe("accepted");
    });
  });
});

test("complains of what changes afterwards", async () => {
  const made = await integrations.create(CALLER, {
    name: "crm",
    sourceArn: CONNECTION_ARN,
    targetArn: SERVERLESS_NAMESPACE_ARN,
  });
  spoilWarehouse(account, SERVERLESS_NAMESPACE_ARN, { caseSensitive: false });
  expect(await integrations.settle(made)).toEqual({
    status: "NEEDS_ATTENTION",
    errors: [
      {
        ErrorCode: "TARGET_NOT_CASE_SENSITIVE",
        ErrorMessage: `enable_case_sensitive_identifier is not true for the warehouse of ${SERVERLESS_NAMESPACE_ARN}.`,
      },
    ],
  });
});

test("the interval cannot be modified", async () => {
  const made = await integrations.create(CALLER, {
    name: "crm",
    sourceArn: CONNECTION_ARN,
    targetArn: SERVERLESS_NAMESPACE_ARN,
  });
  await integrations.settle(made);
  expect(
    await refusal(() => integrations.modify(CALLER, made.arn, { config: { RefreshInterval: "60" } })),
  ).toBe("ValidationException: RefreshInterval cannot be modified for Amazon Redshift targets.");
});
