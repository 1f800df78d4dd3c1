import { placeRules } from "../../../lib/rules/place";

const HERE = { account: "111122223333", region: "us-east-1" };
const OTHER_ACCOUNT = { ...HERE, account: "444455556666" };
const OTHER_REGION = { ...HERE, region: "eu-west-1" };

test.each(["dynamodb", "salesforce", "oracle"] as const)(
  "%s replicates within its own place",
  (sourceKind) => {
    expect(placeRules({ sourceKind, source: HERE, target: HERE })).toEqual([]);
  },
);

test("what is not known is not judged", () => {
  expect(placeRules({ sourceKind: "oracle", source: {}, target: HERE })).toEqual([]);
  expect(placeRules({ sourceKind: "oracle", source: HERE, target: {} })).toEqual([]);
});

test("another account is reached by every source but Oracle", () => {
  expect(placeRules({ sourceKind: "dynamodb", source: HERE, target: OTHER_ACCOUNT })).toEqual([]);
  expect(placeRules({ sourceKind: "oracle", source: HERE, target: OTHER_ACCOUNT })).toEqual([
    {
      code: "oracle-place",
      severity: "error",
      path: ["target"],
      message: "an Oracle source replicates within one account and region only",
      got: "account 444455556666, us-east-1",
      expected: "account 111122223333, us-east-1",
      remedy: "choose a warehouse in the account and region of the database",
    },
  ]);
});

test("another region is refused for Oracle", () => {
  const source = { region: "us-east-1" };
  expect(placeRules({ sourceKind: "oracle", source, target: OTHER_REGION })).toMatchObject([
    { code: "oracle-place", got: "account 111122223333, eu-west-1", expected: "us-east-1" },
  ]);
});

test("another region is a warning for the others", () => {
  expect(placeRules({ sourceKind: "zendesk", source: HERE, target: OTHER_REGION })).toEqual([
    {
      code: "cross-region",
      severity: "warning",
      path: ["target"],
      message: "AWS documents nothing about integrations into another region",
      got: "us-east-1 to eu-west-1",
      remedy: "try it in a test account before you rely on it",
    },
  ]);
});
