import { arnOf } from "./account";
import { ACCOUNT, CALLER, FakeAccount, policy } from "./fake-account";
import { IamPropagation } from "./iam-propagation";

const ROLE = arnOf(`arn:aws:iam::${ACCOUNT}:role/late`);
const BARE = { trust: policy(), policies: [] };
const FULL = { trust: policy(), policies: [policy()] };

let account: FakeAccount;
let iam: IamPropagation;

beforeEach(() => {
  account = new FakeAccount();
  iam = new IamPropagation(account);
});

const change = async (operation: string, facts: typeof BARE | typeof FULL): Promise<void> => {
  await iam.note(CALLER, operation, { RoleName: "late" });
  account.roles[ROLE.text] = facts;
};

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

test("without a lag services know of a role at once", async () => {
  await change("CreateRole", BARE);
  expect(await iam.seen.role(ROLE)).toBe(BARE);
});

test("a new role with its policy is not known for the time of the lag, and then both are", async () => {
  iam.lagMillis = 50;
  await change("CreateRole", BARE);
  await change("PutRolePolicy", FULL);
  expect(await iam.seen.role(ROLE)).toBeUndefined();
  await pause(60);
  expect(await iam.seen.role(ROLE)).toBe(FULL);
});

test("of a role that is known, a new policy is not", async () => {
  account.roles[ROLE.text] = BARE;
  iam.lagMillis = 50;
  await change("PutRolePolicy", FULL);
  expect(await iam.seen.role(ROLE)).toBe(BARE);
});

test("reading changes nothing", async () => {
  iam.lagMillis = 50;
  await change("GetRole", FULL);
  expect(await iam.seen.role(ROLE)).toBe(FULL);
});

test("is forgotten when told", async () => {
  iam.lagMillis = 10_000;
  await change("CreateRole", FULL);
  iam.clear();
  expect(await iam.seen.role(ROLE)).toBe(FULL);
  expect(iam.lagMillis).toBe(0);
});
