import {
  ACCOUNT,
  CALLER,
  DATABASE_ARN,
  FakeAccount,
  TABLE_ARN,
  TABLE_STATEMENT,
  policy,
} from "./fake-account";
import { Integrations } from "./integrations";
import { PARALLEL_CHANGES, type Timing, Traffic, busy, finish, isOver, look } from "./life";
import { refusal } from "./refusal";
import { type Integration, ZeroEtlState } from "./state";

const OTHER_TARGET = `arn:aws:glue:us-east-1:${ACCOUNT}:database/other`;
const EXHAUSTED = (target: string): string =>
  `IntegrationConflictOperationFault: Re-try exhausted: another operation is in progress on target ${target}.`;

describe("something busy", () => {
  test("is over after the reads", () => {
    const one = busy("CREATING", { settleReads: 2, changeMillis: 0 });
    expect([look(one), look(one), look(one)]).toEqual([true, true, false]);
    expect(isOver(one)).toBe(true);
  });

  test("is over after the time, however often it is read", async () => {
    const one = busy("CREATING", { settleReads: 1, changeMillis: 20 });
    expect([look(one), look(one), look(one)]).toEqual([true, true, true]);
    await finish(one);
    expect(look(one)).toBe(false);
  });
});

describe("traffic", () => {
  const timing: Timing = { settleReads: 1, changeMillis: 30 };
  let account: FakeAccount;
  let traffic: Traffic;
  let integrations: Integrations;

  beforeEach(() => {
    account = new FakeAccount();
    account.databases[OTHER_TARGET] = { locationUri: "s3://acme-lake/other/" };
    for (let index = 0; index < 8; index += 1) {
      const policies = policy(TABLE_STATEMENT);
      account.tables[`${TABLE_ARN}-${index}`] = {
        status: "ACTIVE",
        pointInTimeRecovery: true,
        policy: policies,
      };
    }
    traffic = new Traffic();
    integrations = new Integrations(new ZeroEtlState(), account, timing, traffic);
  });

  const create = (index: number, targetArn = DATABASE_ARN): Promise<Integration> =>
    integrations.create(CALLER, {
      name: `${targetArn}-${index}`,
      sourceArn: `${TABLE_ARN}-${index}`,
      targetArn,
    });

  /** From the first to the one before the last. */
  const created = (first: number, last: number): Promise<Integration[]> =>
    Promise.all(Array.from({ length: last - first }, (_, index) => create(first + index)));

  test("four integrations of a target are made at once, a fifth is refused", async () => {
    const four = await created(0, PARALLEL_CHANGES);
    expect(await refusal(create(4))).toBe(EXHAUSTED(DATABASE_ARN));
    await Promise.all(four.map((one) => integrations.settle(one)));
    expect(await refusal(create(4))).toBe("accepted");
    expect(traffic.maxima).toEqual({ [DATABASE_ARN]: 4 });
  });

  test("those of another target are counted on their own", async () => {
    await created(0, PARALLEL_CHANGES);
    expect(await refusal(create(0, OTHER_TARGET))).toBe("accepted");
    expect(traffic.maxima).toEqual({ [DATABASE_ARN]: 4, [OTHER_TARGET]: 1 });
  });

  test("deletions count like creations, and with them", async () => {
    const four = await created(0, PARALLEL_CHANGES);
    await Promise.all(four.map((one) => integrations.settle(one)));
    const [first, second, third, fourth] = four.map(({ arn }) => arn);
    for (const arn of [first, second, third]) integrations.delete(CALLER, arn ?? "");
    await create(4);
    expect(await refusal(() => integrations.delete(CALLER, fourth ?? ""))).toBe(EXHAUSTED(DATABASE_ARN));
    expect(integrations.get(CALLER, fourth ?? "").busy).toBeUndefined();
  });

  test("a refused creation makes room at once", async () => {
    for (let index = 0; index < 8; index += 1) {
      expect(await refusal(integrations.create(CALLER, missing(index)))).toContain(
        "ResourceNotFoundException",
      );
    }
  });

  test("the limit can be lifted, to see how many there would have been", async () => {
    traffic.limit = undefined;
    await created(0, 8);
    expect(traffic.maxima).toEqual({ [DATABASE_ARN]: 8 });
    traffic.clear();
    expect(traffic.maxima).toEqual({});
    expect(traffic.limit).toBe(4);
  });

  const missing = (index: number) => ({
    name: `missing-${index}`,
    sourceArn: `${TABLE_ARN}-missing`,
    targetArn: DATABASE_ARN,
  });
});
