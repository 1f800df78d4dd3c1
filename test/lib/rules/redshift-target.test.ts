import { REDSHIFT_RESERVED_WORDS } from "../../../lib/facts/redshift-names";
import {
  namespacePlaceRules,
  otherStackRules,
  redshiftTargetRules,
} from "../../../lib/rules/redshift-target";
import { codesOf, lines, said } from "./said";

const PROVISIONED = "arn:aws:redshift:us-east-1:111122223333:namespace:0a1b";
const SERVERLESS = "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/0a1b";

test.each([
  { cluster: "sales-1" },
  { workgroup: "sales" },
  { namespaceArn: PROVISIONED },
  { namespaceArn: SERVERLESS },
])("takes %p", (target) => {
  expect(redshiftTargetRules(target)).toEqual([]);
});

test("fails for none and for two", () => {
  expect(said(redshiftTargetRules({}))).toBe(
    lines(
      ".: error: the target names no warehouse [redshift-target]",
      "  got:      none",
      "  expected: exactly one of cluster, workgroup, namespaceArn",
    ),
  );
  expect(said(redshiftTargetRules({ cluster: "sales", namespaceArn: PROVISIONED }))).toBe(
    lines(
      ".: error: the target names more than one warehouse [redshift-target]",
      "  got:      cluster, namespaceArn",
      "  expected: exactly one of cluster, workgroup, namespaceArn",
    ),
  );
});

test("fails for the other separator in a namespace", () => {
  expect(
    redshiftTargetRules({ namespaceArn: PROVISIONED.replace("namespace:", "namespace/") }),
  ).toMatchObject([{ code: "namespace-arn", remedy: "a provisioned namespace has a colon before its id" }]);
  expect(redshiftTargetRules({ namespaceArn: SERVERLESS.replace("namespace/", "namespace:") })).toMatchObject(
    [{ code: "namespace-arn", remedy: "a serverless namespace has a slash before its id" }],
  );
});

test("bounds cluster and workgroup", () => {
  expect(redshiftTargetRules({ cluster: "c".repeat(63) })).toEqual([]);
  for (const cluster of ["", "c".repeat(64), "Sales", "sales--1", "sales-", "1sales"]) {
    expect(codesOf(redshiftTargetRules({ cluster }))).toEqual(["cluster-identifier"]);
  }
  expect(redshiftTargetRules({ workgroup: "w".repeat(64) })).toEqual([]);
  expect(redshiftTargetRules({ workgroup: "www" })).toEqual([]);
  for (const workgroup of ["ww", "w".repeat(65), "Sales", "sales_1"]) {
    expect(codesOf(redshiftTargetRules({ workgroup }))).toEqual(["workgroup-name"]);
  }
});

describe("the database to make", () => {
  const named = (database: string) => redshiftTargetRules({ cluster: "sales", database });

  test.each([
    "sales",
    "Sales 2026",
    "_sales",
    "2nd",
    "größe",
    "sales$eu",
    "a'b;c\\d%e",
    "orders",
    "d".repeat(127),
    "ö".repeat(63),
  ])("may be called %p", (database) => {
    expect(named(database)).toEqual([]);
  });

  test("has at most 127 bytes, whatever its characters", () => {
    for (const [database, bytes] of [
      ["d".repeat(128), 128],
      ["ö".repeat(64), 128],
      ["😀".repeat(32), 128],
    ] as const) {
      expect(said(named(database))).toBe(
        lines(
          "database: error: database name is longer than 127 bytes [destination-database-name]",
          `  got:      ${bytes} bytes`,
          "  expected: 1 to 127 bytes",
        ),
      );
    }
    expect(named(`${"😀".repeat(31)}abc`)).toEqual([]);
  });

  test.each(['sales"', "sales\n", "sales\u0000", "sales\u200b", "sales\u2028", "sales\ud800", "\u007f"])(
    "fails for %j, which no name can hold",
    (database) => {
      expect(named(database)).toMatchObject([
        {
          code: "destination-database-name",
          path: ["database"],
          message: "database name has characters that Redshift does not take",
          expected: "printable characters, without double quotation marks",
        },
      ]);
    },
  );

  test.each(["${env}_sales", "sales_%{if true}x%{endif}"])(
    "fails for %p, in which nothing is substituted",
    (database) => {
      expect(said(named(database))).toBe(
        lines(
          `database: error: database name holds ${database.includes("$") ? "${" : "%{"}, and nothing in it is substituted [destination-database-name]`,
          `  got:      "${database}"`,
          "  remedy:   write the value itself",
        ),
      );
    },
  );

  test.each(["order", "USER", "Snapshot", "without"])("fails for the reserved word %p", (database) => {
    expect(said(named(database))).toBe(
      lines(
        "database: error: database name is a reserved word of Redshift [destination-database-name]",
        `  got:      "${database}"`,
        "  expected: another name",
      ),
    );
  });

  test("knows the reserved words in lower case, each as one word", () => {
    expect(REDSHIFT_RESERVED_WORDS.size).toBe(154);
    for (const word of REDSHIFT_RESERVED_WORDS) expect(word).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  test("fails when it is empty", () => {
    expect(codesOf(named(""))).toEqual(["empty-text"]);
    expect(codesOf(named(" "))).toEqual(["empty-text"]);
  });

  test("needs the name of the cluster or the workgroup", () => {
    expect(said(redshiftTargetRules({ namespaceArn: PROVISIONED, database: "sales" }))).toBe(
      lines(
        "database: error: a database cannot be made in a warehouse that is named by namespaceArn [destination-database-warehouse]",
        "  expected: cluster or workgroup, which the statement is sent to",
        "  remedy:   name the warehouse by cluster or workgroup, or remove database and run CREATE DATABASE yourself",
      ),
    );
    expect(redshiftTargetRules({ workgroup: "sales", database: "sales" })).toEqual([]);
  });
});

test.each([
  ["roleArn", "arn:aws:iam::111122223333:role/writer"],
  ["roleArn", "writer"],
  ["kmsKeyArn", "arn:aws:kms:us-east-1:111122223333:key/0a1b"],
  ["connection", "lake-vpc"],
  ["eventBusArn", "arn:aws:events:us-east-1:111122223333:event-bus/zero-etl"],
])("fails for %s, which would do nothing, whatever it says: %s", (key, value) => {
  expect(said(redshiftTargetRules({ cluster: "sales", [key]: value }))).toBe(
    lines(
      `${key}: error: ${key} of a Redshift target would do nothing [redshift-target-option]`,
      "  remedy:   remove it: AWS keeps such a setting for databases and catalogs of AWS Glue only",
    ),
  );
});

describe("the place of a namespace", () => {
  const here = { account: "111122223333", region: "us-east-1" };

  test.each([PROVISIONED, SERVERLESS])("is that of the environment: %s", (arn) => {
    expect(namespacePlaceRules(arn, here)).toEqual([]);
    expect(namespacePlaceRules(arn, {})).toEqual([]);
    expect(namespacePlaceRules(arn, { region: "us-east-1" })).toEqual([]);
  });

  test("fails in another account", () => {
    expect(said(namespacePlaceRules(PROVISIONED, { ...here, account: "444455556666" }))).toBe(
      lines(
        "namespaceArn: error: namespaceArn is in another account or region than the target's environment [namespace-place]",
        "  got:      account 111122223333, us-east-1",
        "  expected: account 444455556666, us-east-1",
        "  remedy:   give the target an environment of the account and region of the namespace",
      ),
    );
  });

  test("fails in another region, also where no account is known", () => {
    expect(namespacePlaceRules(SERVERLESS, { region: "eu-west-1" })).toMatchObject([
      { got: "account 111122223333, us-east-1", expected: "eu-west-1" },
    ]);
  });

  test("is not judged where the ARN is none: that is said already", () => {
    expect(namespacePlaceRules("sales", here)).toEqual([]);
    expect(namespacePlaceRules(undefined, here)).toEqual([]);
  });
});

describe("integrations of another stack", () => {
  test("may use a namespace", () => {
    expect(otherStackRules({ namespaceArn: PROVISIONED })).toEqual([]);
  });

  test.each(["cluster", "workgroup"])("cannot use a %s, whose ARN is looked up", (key) => {
    expect(said(otherStackRules({ [key]: "sales" }))).toBe(
      lines(
        `${key}: error: integrations of another stack cannot use a Redshift target that is named by its ${key} [redshift-target-stack]`,
        '  got:      "sales"',
        "  expected: namespaceArn",
        "  remedy:   name the warehouse by namespaceArn, or declare the target in the stack of the integration",
      ),
    );
  });
});
