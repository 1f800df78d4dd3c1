import { CALLER, FakeAccount, OTHER_ACCOUNT, TABLE_ARN } from "../fake-account";
import {
  CLUSTER_NAMESPACE_ARN,
  SERVERLESS_NAMESPACE_ARN,
  addWarehouse,
  openTableToRedshift,
} from "../fake-pairs";
import { refusal } from "../refusal";
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

describe("life", () => {
  test.each([CLUSTER_NAMESPACE_ARN, SERVERLESS_NAMESPACE_ARN])(
    "into %s: creating, then active",
    async (TargetArn) => {
      const made = await make({ TargetArn });
      expect(made.arn).toMatch(/^arn:aws:redshift:us-east-1:111122223333:integration:[0-9a-f-]{36}$/);
      expect(await integrations.observe(made)).toEqual({ status: "creating", errors: [] });
      expect(await integrations.observe(made)).toEqual({ status: "active", errors: [] });
    },
  );

  test("modifying, then active under another name", async () => {
    const made = await make();
    await integrations.settle(made);
    integrations.modify(CALLER, made.arn, { IntegrationName: "all-orders", Description: "All" });
    expect(await integrations.observe(made)).toEqual({ status: "modifying", errors: [] });
    expect(await integrations.observe(made)).toEqual({ status: "active", errors: [] });
    expect(made).toMatchObject({ name: "all-orders", description: "All" });
  });

  test("deleting, then gone", async () => {
    const made = await make();
    await integrations.settle(made);
    integrations.delete(CALLER, made.arn);
    expect(await integrations.observe(made)).toEqual({ status: "deleting", errors: [] });
    expect(await integrations.observe(made)).toBeUndefined();
    expect(await refusal(() => integrations.get(CALLER, made.arn))).toBe(
      `IntegrationNotFoundFault: The integration ${made.arn} can't be found.`,
    );
  });

  test("needs attention for as long as the cause lasts", async () => {
    const made = await make();
    spoilTable({ pointInTimeRecovery: false });
    expect(await integrations.settle(made)).toEqual({
      status: "needs_attention",
      errors: [
        {
          ErrorCode: "SOURCE_PITR_DISABLED",
          ErrorMessage: `Point-in-time recovery is not enabled on table ${TABLE_ARN}.`,
        },
      ],
    });
    spoilTable({ pointInTimeRecovery: true });
    expect(await integrations.settle(made)).toEqual({ status: "active", errors: [] });
  });

  test("nothing is changed while something is under way", async () => {
    const made = await make();
    const message = `IntegrationConflictStateFault: The integration ${made.arn} is in state creating and can't perform the requested operation.`;
    expect(await refusal(() => integrations.modify(CALLER, made.arn, { Description: "x" }))).toBe(message);
    expect(await refusal(() => integrations.delete(CALLER, made.arn))).toBe(message);
  });

  test("nobody sees an integration of another account or region", async () => {
    const made = await make();
    for (const caller of [
      { ...CALLER, account: OTHER_ACCOUNT },
      { ...CALLER, region: "us-west-2" },
    ]) {
      expect(await refusal(() => integrations.get(caller, made.arn))).toContain("IntegrationNotFoundFault");
      expect(integrations.list(caller)).toEqual([]);
    }
  });
});
