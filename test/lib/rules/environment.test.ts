import { partitionOf, ZERO_ETL_REGIONS } from "../../../lib/facts/regions";
import { environmentRules } from "../../../lib/rules/environment";
import { codesOf, lines, said } from "./said";

const listed = ZERO_ETL_REGIONS.join(", ");

test("takes an environment of which nothing is known", () => {
  expect(environmentRules({})).toEqual([]);
  expect(environmentRules({ region: undefined, account: undefined })).toEqual([]);
});

test("takes a whole environment", () => {
  expect(
    environmentRules({
      region: "us-east-1",
      account: "111122223333",
      profile: "prod",
      assumeRoleArn: "arn:aws:iam::111122223333:role/path/deployer",
      deployerArn: "arn:aws:iam::444455556666:user/deployer",
    }),
  ).toEqual([]);
});

describe("account", () => {
  test.each(["11112222333", "1111222233334", "1111-2222-3333", ""])("fails for %p", (account) => {
    expect(said(environmentRules({ account }))).toBe(
      lines(
        "account: error: account is not 12 digits [account-format]",
        `  got:      "${account}"`,
        "  expected: 12 digits in quotes",
      ),
    );
  });
});

describe("region", () => {
  test.each(ZERO_ETL_REGIONS)("takes %s", (region) => {
    expect(environmentRules({ region })).toEqual([]);
  });

  test("warns of a region that is not listed", () => {
    expect(said(environmentRules({ region: "eu-west-3" }))).toBe(
      lines(
        "region: warning: region eu-west-3 is not listed for zero-ETL integrations [region-not-listed]",
        '  got:      "eu-west-3"',
        `  expected: ${listed}`,
        "  remedy:   go on if AWS has opened the region since",
      ),
    );
  });

  test("suggests a region for what is not one", () => {
    expect(environmentRules({ region: "us-east1" })).toMatchObject([{ remedy: 'did you mean "us-east-1"?' }]);
  });

  test("takes the list that it is given", () => {
    expect(environmentRules({ region: "eu-west-3" }, { regions: ["eu-west-3"] })).toEqual([]);
    expect(codesOf(environmentRules({ region: "us-east-1" }, { regions: ["eu-west-3"] }))).toEqual([
      "region-not-listed",
    ]);
  });

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
  ])("fails for %s, of another partition", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
    expect(said(environmentRules({ region }))).toBe(
      lines(
        `region: error: region ${region} is in partition ${partition}, where integrations cannot be made [region-partition]`,
        `  got:      "${region}"`,
        "  expected: a region of partition aws",
        "  remedy:   Cloud Control validates integrations against a schema that takes only arn:aws: ARNs; there is no way around it yet",
      ),
    );
  });

  test("fails when it is empty", () => {
    expect(said(environmentRules({ region: "" }))).toBe(
      lines("region: error: region is empty [empty-text]", '  got:      ""', "  remedy:   give it a value"),
    );
  });
});

describe("roles", () => {
  test.each([
    "deployer",
    "arn:aws:iam::1111:role/deployer",
    "arn:aws:iam::111122223333:user/x",
    "arn:aws:iam::111122223333:role/x/",
  ])("fails for %p as the role to assume", (assumeRoleArn) => {
    expect(environmentRules({ assumeRoleArn })).toMatchObject([
      { code: "role-arn", path: ["assumeRoleArn"], message: "assumeRoleArn is not the ARN of a role" },
    ]);
  });

  test("fails for a role of another account", () => {
    const assumeRoleArn = "arn:aws:iam::444455556666:role/deployer";
    expect(environmentRules({ account: "444455556666", assumeRoleArn })).toEqual([]);
    expect(said(environmentRules({ account: "111122223333", assumeRoleArn }))).toBe(
      lines(
        "assumeRoleArn: error: the role to assume is in account 444455556666, the environment in 111122223333 [account-mismatch]",
        "  also:     account",
        '  got:      "arn:aws:iam::444455556666:role/deployer"',
        "  expected: a role of account 111122223333",
        "  remedy:   a provider works in the account of the role that it assumes: correct one of the two",
      ),
    );
  });

  test.each([
    "arn:aws:iam::111122223333:role/deployer",
    "arn:aws:iam::111122223333:user/x",
    "arn:aws:iam::111122223333:root",
  ])("takes %s as the deployer", (deployerArn) => {
    expect(environmentRules({ deployerArn })).toEqual([]);
  });

  test("fails for a session as the deployer", () => {
    expect(
      said(environmentRules({ deployerArn: "arn:aws:sts::111122223333:assumed-role/deployer/ci" })),
    ).toBe(
      lines(
        "deployerArn: error: deployerArn is not the ARN of a role, a user or an account [deployer-arn]",
        '  got:      "arn:aws:sts::111122223333:assumed-role/deployer/ci"',
        "  expected: arn:aws:iam::111122223333:role/name, or a user in its place",
        "  remedy:   name the role, not its session: arn:aws:iam::111122223333:role/deployer",
      ),
    );
  });

  test("fails for a wildcard as the deployer", () => {
    expect(environmentRules({ deployerArn: "arn:aws:iam::111122223333:role/*" })).toMatchObject([
      { code: "deployer-arn", remedy: "name one resource, without a wildcard" },
    ]);
  });
});
