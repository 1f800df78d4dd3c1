import type { IdentifiedStatement } from "../../../lib/policy/statement";
import { glueDatabaseResources, inboundStatements } from "../../../lib/policy/catalog";
import { markedStatements } from "../../../lib/policy/own-statements";
import { stableJson } from "../../../lib/json";
import type { Json } from "../../../lib/json";
import type { FakeAccount } from "./fakes";
import { ADDRESS, FUNCTION_NAME, FakeFunction, awsError, hashOf } from "./fakes";

const NOUN = "the Glue catalog policy";
const FOREIGN = '{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"glue:*","Resource":"*"}';
const OTHERS = `{"Version":"2012-10-17","Statement":[${FOREIGN}]}`;

function statements(database: string, ...tables: string[]): IdentifiedStatement[] {
  return inboundStatements({
    targetKey: database,
    resources: glueDatabaseResources(ADDRESS, database),
    sources: tables.map((table) => ({ arn: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}` })),
    deployerArns: ["arn:aws:iam::111122223333:role/deployer"],
  }) as IdentifiedStatement[];
}

function policyOf(own: readonly IdentifiedStatement[]) {
  return { kind: "catalog-policy", statements: own };
}

const text = (statement: IdentifiedStatement): string => stableJson(statement as unknown as Json);
const sorted = (own: readonly IdentifiedStatement[]): string[] =>
  [...own].sort((a, b) => (a.Sid < b.Sid ? -1 : 1)).map(text);

const LAKE = statements("lake", "orders");
const LAKE_AND_MORE = statements("lake", "orders", "customers");

let operator: FakeFunction;
let account: FakeAccount;

beforeEach(() => {
  operator = new FakeFunction();
  account = operator.account;
});

describe("writing", () => {
  test("makes a policy where there is none, and waits until services act on it", async () => {
    await expect(operator.create(policyOf(LAKE))).resolves.toEqual({
      ok: true,
      changed: true,
      message: `${NOUN} has every statement`,
    });
    const document = `{"Statement":[${sorted(LAKE).join(",")}],"Version":"2012-10-17"}`;
    expect(account.catalogPolicy).toBe(document);
    expect(account.requests[1]).toEqual({
      PolicyInJson: document,
      PolicyExistsCondition: "NOT_EXIST",
      EnableHybrid: "TRUE",
    });
    expect(operator.clock.sleeps).toEqual([10_000]);
  });

  test("adds to the policy of others under its hash", async () => {
    account.catalogPolicy = OTHERS;
    await operator.create(policyOf(LAKE));
    const document = OTHERS.replace("]}", `,${sorted(LAKE).join(",")}]}`);
    expect(account.catalogPolicy).toBe(document);
    expect(account.requests[1]).toEqual({
      PolicyInJson: document,
      PolicyHashCondition: hashOf(OTHERS),
      EnableHybrid: "TRUE",
    });
  });

  test("asks for a policy to exist where AWS tells no hash", async () => {
    account.catalogPolicy = OTHERS;
    account.clients.glue.getResourcePolicy = async () => ({ PolicyInJson: account.catalogPolicy });
    await operator.create(policyOf(LAKE));
    expect(account.requests[0]).toMatchObject({ PolicyExistsCondition: "MUST_EXIST" });
    expect(account.requests[0]).not.toHaveProperty("PolicyHashCondition");
  });

  test("takes an empty policy for none", async () => {
    account.clients.glue.getResourcePolicy = async () => ({ PolicyInJson: account.catalogPolicy ?? "" });
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true });
    expect(account.requests[0]).toMatchObject({ PolicyExistsCondition: "NOT_EXIST" });
  });

  test("writes nothing when nothing changes", async () => {
    await operator.create(policyOf(LAKE));
    const calls = account.calls.length;
    await expect(operator.update(policyOf(LAKE), policyOf(LAKE))).resolves.toEqual({
      ok: true,
      changed: false,
      message: `${NOUN} has every statement`,
    });
    expect(account.calls.slice(calls)).toEqual(["glue:getResourcePolicy"]);
  });

  test("changes its own statements", async () => {
    account.catalogPolicy = OTHERS;
    await operator.create(policyOf(LAKE));
    await expect(operator.update(policyOf(LAKE_AND_MORE), policyOf(LAKE))).resolves.toMatchObject({
      changed: true,
    });
    expect(account.catalogPolicy).toBe(OTHERS.replace("]}", `,${sorted(LAKE_AND_MORE).join(",")}]}`));
  });

  test("takes out its own statements that are no longer wanted", async () => {
    account.catalogPolicy = OTHERS;
    await operator.create(policyOf(LAKE));
    const one = LAKE.slice(0, 1);
    await operator.update(policyOf(one), policyOf(LAKE));
    expect(account.catalogPolicy).toBe(OTHERS.replace("]}", `,${sorted(one).join(",")}]}`));
    await expect(operator.update(policyOf([]), policyOf(one))).resolves.toEqual({
      ok: true,
      changed: true,
      message: `${NOUN} has no statement of ours`,
    });
    expect(account.catalogPolicy).toBe(OTHERS);
  });

  test("waits until the change shows", async () => {
    account.fail(
      "glue:getResourcePolicy",
      () => undefined,
      () => {
        // The first look after the write sees the policy of before.
        const written = account.catalogPolicy;
        account.catalogPolicy = OTHERS;
        account.fail("glue:getResourcePolicy", () => void (account.catalogPolicy = written));
      },
    );
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: true });
    expect(operator.clock.sleeps).toEqual([250, 10_000]);
  });

  test("says so where the change never shows", async () => {
    account.fail(
      "glue:putResourcePolicy",
      () =>
        void account.fail(
          "glue:getResourcePolicy",
          ...Array.from({ length: 50 }, () => () => void (account.catalogPolicy = OTHERS)),
        ),
    );
    await expect(operator.create(policyOf(LAKE))).resolves.toEqual({
      ok: false,
      code: "not-shown",
      message: `AWS took the change of ${NOUN} and does not show it`,
      remedy: "look who else writes it, and change attempt to run it again",
    });
  });
});

describe("concurrent changes", () => {
  test("are taken up: nothing of anybody is lost", async () => {
    account.fail("glue:putResourcePolicy", () => void (account.catalogPolicy = OTHERS));
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.catalogPolicy).toBe(OTHERS.replace("]}", `,${sorted(LAKE).join(",")}]}`));
    expect(account.calls.filter((call) => call === "glue:putResourcePolicy")).toHaveLength(2);
  });

  test("that remove the policy are taken up, too", async () => {
    account.catalogPolicy = OTHERS;
    account.fail("glue:putResourcePolicy", () => {
      account.catalogPolicy = undefined;
      throw awsError("EntityNotFoundException", "Policy not found");
    });
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true });
    expect(account.catalogPolicy).toBe(`{"Statement":[${sorted(LAKE).join(",")}],"Version":"2012-10-17"}`);
  });

  test("are given up on at the twelfth, with pauses of chance between", async () => {
    account.failAlways("glue:putResourcePolicy", awsError("ConditionCheckFailureException"));
    await expect(operator.create(policyOf(LAKE))).resolves.toEqual({
      ok: false,
      code: "concurrent-changes",
      message: `${NOUN} was changed by somebody else each time`,
      remedy: "change attempt to run it again when there is less going on",
    });
    expect(account.writes).toHaveLength(12);
    expect(operator.clock.sleeps).toEqual([
      125, 250, 500, 1000, 2000, 2500, 2500, 2500, 2500, 2500, 2500, 2500,
    ]);
  });

  test("that come to the same need no write", async () => {
    const document = `{"Statement":[${sorted(LAKE).join(",")}],"Version":"2012-10-17"}`;
    account.fail("glue:putResourcePolicy", () => void (account.catalogPolicy = document));
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: false });
  });
});

describe("statements of somebody else", () => {
  const [first] = LAKE as [IdentifiedStatement];
  const theirs = text({ ...first, Action: ["glue:GetTable"] });

  test("under a Sid of ours are a conflict, and nothing is written", async () => {
    account.catalogPolicy = `{"Statement":[${FOREIGN},${theirs}]}`;
    await expect(operator.create(policyOf(LAKE))).resolves.toEqual({
      ok: false,
      code: "sid-conflict",
      message: `${NOUN} has a statement ${first.Sid} that somebody else wrote; nothing was changed`,
      remedy: "give that statement another Sid, or remove it, and change attempt to run it again",
    });
    expect(account.writes).toEqual([]);
  });

  test("are all named", async () => {
    const other = LAKE.map((statement) => text({ ...statement, Condition: {} }));
    account.catalogPolicy = `{"Statement":[${other.join(",")}]}`;
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({
      message: `${NOUN} has statements ${LAKE.map(({ Sid }) => Sid).join(", ")} that somebody else wrote; nothing was changed`,
      remedy: "give those statements other Sids, or remove them, and change attempt to run it again",
    });
  });

  test("are left alone on delete", async () => {
    account.catalogPolicy = `{"Statement":[${FOREIGN},${theirs}]}`;
    await expect(operator.delete(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: false });
    expect(account.writes).toEqual([]);
  });

  test("cannot be taken out by naming them as those of before", async () => {
    const document = `{"Statement":[${FOREIGN},${theirs}]}`;
    account.catalogPolicy = document;
    const previous = {
      kind: "catalog-policy",
      statements: [JSON.parse(FOREIGN), JSON.parse(theirs), 7, null],
    };
    await expect(operator.update(policyOf([]), previous)).resolves.toMatchObject({
      ok: true,
      changed: false,
    });
    await expect(operator.delete(previous)).rejects.toThrow(/malformed-input/);
    await expect(
      operator.delete({ ...previous, statements: previous.statements.slice(0, 2) }),
    ).resolves.toMatchObject({ changed: false });
    expect(account.catalogPolicy).toBe(document);
  });
});

describe("an account that is not the function's own", () => {
  const crm = "arn:aws:glue:us-east-1:444455556666:connection/crm";
  const theirs = inboundStatements({
    targetKey: "lake",
    resources: glueDatabaseResources(ADDRESS, "lake"),
    sources: [{ arn: crm }],
    deployerArns: [],
  }) as IdentifiedStatement[];

  test.each([[undefined], [""], ["111122223333"], ["555566667777,44445555666"], ["444455556666x"]])(
    "is not let in where the environment says %j",
    async (accounts) => {
      if (accounts !== undefined) operator.environment["ZERO_ETL_ACCOUNTS"] = accounts;
      await expect(operator.create(policyOf(theirs))).resolves.toEqual({
        ok: false,
        code: "refused-statement",
        message: `statement ${theirs[0]?.Sid} does not go into ${NOUN}: its Condition holds ${crm}, of an account that the function does not let in`,
        remedy:
          "the operator writes only what this version of the library generates for its own account and region",
      });
      expect(account.writes).toEqual([]);
    },
  );

  test("is let in where the environment names it", async () => {
    operator.environment["ZERO_ETL_ACCOUNTS"] = "111122223333,444455556666";
    await expect(operator.create(policyOf(theirs))).resolves.toMatchObject({ ok: true, changed: true });
  });

  test("goes when the environment names it no more", async () => {
    operator.environment["ZERO_ETL_ACCOUNTS"] = "444455556666";
    await operator.create(policyOf(theirs));
    operator.environment["ZERO_ETL_ACCOUNTS"] = "";
    await expect(operator.delete(policyOf(theirs))).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.catalogPolicy).toBeUndefined();
  });
});

describe("a failed update that Terraform has forgotten", () => {
  const before = markedStatements(FUNCTION_NAME, LAKE);
  const after = markedStatements(FUNCTION_NAME, LAKE_AND_MORE.slice(0, 1));

  test("is healed by the next attempt where the Sids bear the function's mark", async () => {
    account.catalogPolicy = OTHERS;
    await operator.create(policyOf(before));
    account.fail("glue:putResourcePolicy", awsError("InvalidInputException", "Not now."));
    await expect(operator.update(policyOf(after), policyOf(before))).resolves.toMatchObject({ ok: false });
    await expect(
      operator.update({ ...policyOf(after), attempt: "2" }, policyOf(after)),
    ).resolves.toMatchObject({
      ok: true,
      changed: true,
    });
    expect(account.catalogPolicy).toBe(OTHERS.replace("]}", `,${sorted(after).join(",")}]}`));
  });

  test("leaves nothing of ours when the stack goes instead", async () => {
    account.catalogPolicy = OTHERS;
    await operator.create(policyOf(before));
    account.fail("glue:putResourcePolicy", awsError("InvalidInputException", "Not now."));
    await operator.update(policyOf(after), policyOf(before));
    await operator.delete(policyOf(after));
    expect(account.catalogPolicy).toBe(OTHERS);
  });

  test("another function's statements stay, though they are equal but for the mark", async () => {
    const shop = new FakeFunction(account, "arn:aws:lambda:us-east-1:111122223333:function:zero-etl-shop");
    const theirs = markedStatements("zero-etl-shop", LAKE);
    await shop.create(policyOf(theirs));
    await operator.create(policyOf(before));
    await operator.delete(policyOf(before));
    expect(account.catalogPolicy).toBe(`{"Statement":[${sorted(theirs).join(",")}],"Version":"2012-10-17"}`);
  });
});

describe("the size of the policy", () => {
  const sizeOf = (padding: number): string =>
    `{"Statement":[{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"glue:*","Resource":"${"x".repeat(padding)}"}]}`;
  const addedBytes = sorted(LAKE).join(",").length + 1;
  const padding = 10_240 - addedBytes - sizeOf(0).length;

  test("may be 10 KB", async () => {
    account.catalogPolicy = sizeOf(padding);
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true });
    expect(account.catalogPolicy).toHaveLength(10_240);
  });

  test("may not be more, and nothing is written", async () => {
    account.catalogPolicy = sizeOf(padding + 1);
    await expect(operator.create(policyOf(LAKE))).resolves.toEqual({
      ok: false,
      code: "too-large",
      message: `${NOUN} would have 10241 bytes, and AWS takes 10240; nothing was written`,
      remedy:
        "remove statements of others that are no longer needed, or spread the integrations over several places",
    });
    expect(account.writes).toEqual([]);
  });

  test("does without the white space of others where there is no room for it", async () => {
    const spaced = sizeOf(padding).replaceAll(",", " ,\n ");
    account.catalogPolicy = spaced;
    await expect(operator.create(policyOf(LAKE))).resolves.toMatchObject({ ok: true });
    expect(account.catalogPolicy).toHaveLength(10_240);
    expect(account.catalogPolicy.startsWith(sizeOf(padding).slice(0, -2))).toBe(true);
  });
});

describe("deleting", () => {
  test("takes out what is ours and keeps the rest", async () => {
    account.catalogPolicy = OTHERS;
    await operator.create(policyOf(LAKE));
    await expect(operator.delete(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: true });
    expect(account.catalogPolicy).toBe(OTHERS);
  });

  test("removes the policy under its hash when nothing of anybody is left", async () => {
    await operator.create(policyOf(LAKE));
    const hash = hashOf(account.catalogPolicy ?? "");
    await operator.delete(policyOf(LAKE));
    expect(account.catalogPolicy).toBeUndefined();
    expect(account.requests.at(-2)).toEqual({ PolicyHashCondition: hash });
    // Only the write is waited for: nothing depends on what is gone.
    expect(operator.clock.sleeps).toEqual([10_000]);
  });

  test("keeps what is added while the policy is being removed", async () => {
    await operator.create(policyOf(LAKE));
    account.fail("glue:deleteResourcePolicy", () => {
      account.catalogPolicy = account.catalogPolicy?.replace("[", `[${FOREIGN},`);
    });
    await operator.delete(policyOf(LAKE));
    expect(account.catalogPolicy).toBe(`{"Statement":[${FOREIGN}],"Version":"2012-10-17"}`);
  });

  test("succeeds when the policy is gone", async () => {
    await expect(operator.delete(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: false });
    account.catalogPolicy = `{"Statement":[${sorted(LAKE).join(",")}]}`;
    account.fail("glue:deleteResourcePolicy", () => void (account.catalogPolicy = undefined));
    await expect(operator.delete(policyOf(LAKE))).resolves.toMatchObject({ ok: true, changed: false });
  });
});

test("a policy that cannot be read is left as it is", async () => {
  account.catalogPolicy = "not JSON";
  await expect(operator.create(policyOf(LAKE))).resolves.toEqual({
    ok: false,
    code: "unreadable-policy",
    message: `${NOUN} cannot be read, and was left as it is`,
    remedy: "repair it by hand: it needs one Statement, which holds objects",
  });
  expect(account.writes).toEqual([]);
});

test("a statement of another form is refused by name, before anything is read", async () => {
  const [first] = LAKE as [IdentifiedStatement];
  const open = { ...first, Condition: { StringEquals: { "aws:SourceArn": ["*"] } } };
  await expect(operator.create(policyOf([open]))).resolves.toEqual({
    ok: false,
    code: "refused-statement",
    message: `statement ${first.Sid} does not go into ${NOUN}: its Condition holds *, which no zero-ETL integration needs here`,
    remedy:
      "the operator writes only what this version of the library generates for its own account and region",
  });
  expect(account.calls).toEqual([]);
});

describe("reading", () => {
  test("names what is missing", async () => {
    await operator.create(policyOf(LAKE.slice(0, 1)));
    await expect(operator.read(policyOf(LAKE))).resolves.toEqual({
      ok: true,
      drift: [`statement ${LAKE[1]?.Sid} is missing from ${NOUN}`],
    });
  });

  test("finds nothing where there is nothing", async () => {
    await operator.create(policyOf(LAKE));
    const writes = account.writes.length;
    await expect(operator.read(policyOf(LAKE))).resolves.toEqual({ ok: true, drift: [] });
    expect(account.writes).toHaveLength(writes);
  });
});
