import { oracleEnvironmentRules, placeRules } from "../../../lib/rules/place";

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

describe("a VM cluster", () => {
  const CLUSTER = "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/vm-1";

  test.each([
    ["its account and region", HERE],
    ["its region", { region: "us-east-1" }],
    ["its account", { account: "111122223333" }],
    ["nothing that is known", {}],
  ])("may be in an environment of %s", (_, environment) => {
    expect(oracleEnvironmentRules(CLUSTER, environment)).toEqual([]);
  });

  test.each([
    ["another account", OTHER_ACCOUNT, "account 444455556666, us-east-1"],
    ["another region", OTHER_REGION, "account 111122223333, eu-west-1"],
    ["another region, of whatever account", { region: "eu-west-1" }, "eu-west-1"],
  ])("fails in an environment of %s", (_, environment, expected) => {
    expect(oracleEnvironmentRules(CLUSTER, environment)).toEqual([
      {
        code: "oracle-environment",
        severity: "error",
        path: ["arn"],
        message: "the VM cluster is not in the account and region of its environment",
        got: "account 111122223333, us-east-1",
        expected,
        remedy: "give the source the environment of the VM cluster: its integrations are made there",
      },
    ]);
  });

  test("is not judged by what is no ARN of one, which is an error already", () => {
    expect(oracleEnvironmentRules(undefined, HERE)).toEqual([]);
    expect(oracleEnvironmentRules(CLUSTER.replace("cloud-vm", "vm"), OTHER_ACCOUNT)).toEqual([]);
  });
});
