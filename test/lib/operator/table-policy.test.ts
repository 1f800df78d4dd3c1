import { tableExportStatement } from "../../../lib/policy/dynamodb-table";
import { redshiftTableExportStatements } from "../../../lib/policy/redshift";
import type { IdentifiedStatement } from "../../../lib/policy/statement";
import { stableJson } from "../../../lib/json";
import type { Json } from "../../../lib/json";
import type { FakeAccount } from "./fakes";
import { ADDRESS, FakeFunction, TABLE, awsError, hashOf } from "./fakes";

const NOUN = `the policy of ${TABLE}`;
const OTHERS =
  '{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"dynamodb:GetItem","Resource":"*"}]}';
const EXPORT = tableExportStatement({ address: ADDRESS });
const REDSHIFT = redshiftTableExportStatements({ address: ADDRESS, table: "orders" });

function policyOf(statements: readonly IdentifiedStatement[], tableArn = TABLE) {
  return { kind: "table-policy", tableArn, statements };
}

const text = (statement: IdentifiedStatement): string => stableJson(statement as unknown as Json);

let operator: FakeFunction;
let account: FakeAccount;

beforeEach(() => {
  operator = new FakeFunction();
  account = operator.account;
});

test("a policy is made where there is none, on condition that there is none", async () => {
  await expect(operator.create(policyOf([EXPORT]))).resolves.toEqual({
    ok: true,
    changed: true,
    message: `${NOUN} has every statement`,
  });
  const document = `{"Statement":[${text(EXPORT)}],"Version":"2012-10-17"}`;
  expect(account.requests[1]).toEqual({
    ResourceArn: TABLE,
    Policy: document,
    ExpectedRevisionId: "NO_POLICY",
  });
  expect(operator.clock.sleeps).toEqual([10_000]);
});

test("statements are added to the policy of others under its revision", async () => {
  account.tablePolicies.set(TABLE, OTHERS);
  await operator.create(policyOf([EXPORT, ...REDSHIFT]));
  const own = [EXPORT, ...REDSHIFT].sort((a, b) => (a.Sid < b.Sid ? -1 : 1)).map(text);
  const document = OTHERS.replace("]}", `,${own.join(",")}]}`);
  expect(account.tablePolicies.get(TABLE)).toBe(document);
  expect(account.requests[1]).toMatchObject({ ExpectedRevisionId: hashOf(OTHERS) });
});

test("a policy that is written by somebody else meanwhile is read again", async () => {
  account.fail("dynamodb:putResourcePolicy", () => void account.tablePolicies.set(TABLE, OTHERS));
  await expect(operator.create(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true });
  expect(account.tablePolicies.get(TABLE)).toBe(OTHERS.replace("]}", `,${text(EXPORT)}]}`));
});

test("a table that is being changed is tried again", async () => {
  account.fail("dynamodb:putResourcePolicy", awsError("ResourceInUseException"));
  await expect(operator.create(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true, changed: true });
});

test("a policy that DynamoDB does not show yet is waited for", async () => {
  account.fail("dynamodb:getResourcePolicy", () => undefined, awsError("PolicyNotFoundException"));
  await expect(operator.create(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true });
  expect(operator.clock.sleeps).toEqual([250, 10_000]);
});

test("a table that does not exist is an error", async () => {
  account.dynamoDbTables.clear();
  await expect(operator.create(policyOf([EXPORT]))).resolves.toEqual({
    ok: false,
    code: "aws-error",
    message: `reading ${NOUN} failed: ResourceNotFoundException: Requested resource not found`,
    awsCode: "ResourceNotFoundException",
  });
});

test("the policy may have 20 KB and not more", async () => {
  const others = (padding: number): string => OTHERS.replace("dynamodb:GetItem", "x".repeat(padding));
  const padding = 20_480 - others(0).length - text(EXPORT).length - 1;
  account.tablePolicies.set(TABLE, others(padding));
  await expect(operator.create(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true });
  expect(account.tablePolicies.get(TABLE)).toHaveLength(20_480);
  account.tablePolicies.set(TABLE, others(padding + 1));
  await expect(operator.create(policyOf([EXPORT]))).resolves.toMatchObject({
    code: "too-large",
    message: `${NOUN} would have 20481 bytes, and AWS takes 20480; nothing was written`,
  });
});

test("a statement for another table is refused", async () => {
  const other = redshiftTableExportStatements({ address: ADDRESS, table: "customers" });
  await expect(operator.create(policyOf(other))).resolves.toMatchObject({
    code: "refused-statement",
    message: expect.stringMatching(
      /^statement ZeroEtlRedshiftExport does not go into the policy of .+: its Resource is not what/,
    ) as string,
  });
});

describe("deleting", () => {
  test("keeps the statements of others", async () => {
    account.tablePolicies.set(TABLE, OTHERS);
    await operator.create(policyOf([EXPORT]));
    await expect(operator.delete(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.tablePolicies.get(TABLE)).toBe(OTHERS);
  });

  test("removes the policy under its revision when nothing is left", async () => {
    await operator.create(policyOf([EXPORT]));
    const revision = hashOf(account.tablePolicies.get(TABLE) ?? "");
    await operator.delete(policyOf([EXPORT]));
    expect(account.tablePolicies.size).toBe(0);
    expect(account.requests.at(-2)).toEqual({ ResourceArn: TABLE, ExpectedRevisionId: revision });
  });

  test("succeeds when the table is gone, before or meanwhile", async () => {
    await operator.create(policyOf([EXPORT]));
    account.fail("dynamodb:deleteResourcePolicy", () => account.dynamoDbTables.clear());
    await expect(operator.delete(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true, changed: false });
    await expect(operator.delete(policyOf([EXPORT]))).resolves.toMatchObject({ ok: true, changed: false });
  });
});

describe("another table than before", () => {
  const FORMER = `${TABLE}-before`;

  beforeEach(() => account.dynamoDbTables.add(FORMER));

  test("gets the statements, and the former loses them", async () => {
    await operator.create(policyOf([EXPORT], FORMER));
    await expect(operator.update(policyOf([EXPORT]), policyOf([EXPORT], FORMER))).resolves.toMatchObject({
      ok: true,
    });
    expect([...account.tablePolicies.keys()]).toEqual([TABLE]);
  });

  test.each([
    ["is gone", FORMER],
    ["was refused", FORMER.replace("111122223333", "444455556666")],
    ["was malformed", "table"],
  ])("a former table that %s is no hindrance", async (_, former) => {
    account.dynamoDbTables.delete(FORMER);
    await expect(operator.update(policyOf([EXPORT]), policyOf([EXPORT], former))).resolves.toMatchObject({
      ok: true,
    });
  });
});

test("reading names what is missing, with and without a table", async () => {
  const drift = [`statement ZeroEtlExport is missing: there is no ${NOUN.slice(4)}`];
  await expect(operator.read(policyOf([EXPORT]))).resolves.toEqual({ ok: true, drift });
  account.dynamoDbTables.clear();
  await expect(operator.read(policyOf([EXPORT]))).resolves.toEqual({ ok: true, drift });
});
