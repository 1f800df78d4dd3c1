import fc from "fast-check";
import type { Json } from "../../../lib/json";
import type { LiveStatement } from "../../../lib/policy/canonical";
import {
  canonicalStatement,
  isObject,
  outlivedPrincipals,
  sameStatement,
} from "../../../lib/policy/canonical";

const STATEMENT: LiveStatement = {
  Sid: "ZeroEtlCreate1",
  Effect: "Allow",
  Principal: { AWS: ["arn:aws:iam::111122223333:role/deployer", "arn:aws:iam::444455556666:root"] },
  Action: ["glue:CreateInboundIntegration"],
  Resource: ["arn:aws:glue:us-east-1:111122223333:catalog", "arn:aws:glue:us-east-1:111122223333:database/a"],
  Condition: { StringEquals: { "aws:SourceArn": ["arn:aws:dynamodb:us-east-1:111122223333:table/t"] } },
};

describe("the same statement in other words", () => {
  test.each<[string, LiveStatement]>([
    ["a text in the place of a list of one", { ...STATEMENT, Action: "glue:CreateInboundIntegration" }],
    [
      "a list in another order",
      { ...STATEMENT, Resource: [...(STATEMENT["Resource"] as string[])].reverse() },
    ],
    [
      "the id of an account in the place of its root",
      { ...STATEMENT, Principal: { AWS: ["444455556666", "arn:aws:iam::111122223333:role/deployer"] } },
    ],
    [
      "a condition key in other letters",
      {
        ...STATEMENT,
        Condition: { StringEquals: { "AWS:sourcearn": "arn:aws:dynamodb:us-east-1:111122223333:table/t" } },
      },
    ],
    ["its elements in another order", Object.fromEntries(Object.entries(STATEMENT).reverse())],
  ])("%s", (_, other) => {
    expect(sameStatement(STATEMENT, other)).toBe(true);
  });

  test("is the same for every way of writing lists", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), (values, turn) => {
        const turned = [...values.slice(turn % values.length), ...values.slice(0, turn % values.length)];
        const written = turned.length === 1 ? (turned[0] as Json) : turned;
        const statement = (list: Json): LiveStatement => ({ ...STATEMENT, Action: list, Resource: list });
        expect(canonicalStatement(statement(values))).toEqual(canonicalStatement(statement(written)));
      }),
    );
  });
});

describe("another statement", () => {
  test.each<[string, LiveStatement]>([
    ["another Sid", { ...STATEMENT, Sid: "ZeroEtlCreate2" }],
    ["another effect", { ...STATEMENT, Effect: "Deny" }],
    ["another action", { ...STATEMENT, Action: ["glue:GetTable"] }],
    ["one resource less", { ...STATEMENT, Resource: ["arn:aws:glue:us-east-1:111122223333:catalog"] }],
    ["another account", { ...STATEMENT, Principal: { AWS: ["444455556667"] } }],
    ["everybody", { ...STATEMENT, Principal: "*" }],
    ["a service of that name", { ...STATEMENT, Principal: { Service: STATEMENT["Principal"] as Json } }],
    ["no condition", { ...STATEMENT, Condition: undefined as never }],
    [
      "another operator",
      {
        ...STATEMENT,
        Condition: { StringLike: { "aws:SourceArn": "arn:aws:dynamodb:us-east-1:111122223333:table/t" } },
      },
    ],
    [
      "a second spelling of a condition key",
      {
        ...STATEMENT,
        Condition: {
          StringEquals: {
            "AWS:SourceArn": ["*"],
            "aws:SourceArn": ["arn:aws:dynamodb:us-east-1:111122223333:table/t"],
          },
        },
      },
    ],
    ["an element more", { ...STATEMENT, NotAction: ["glue:GetTable"] }],
  ])("%s", (_, other) => {
    expect(sameStatement(STATEMENT, other)).toBe(false);
  });

  test("nothing that is JSON breaks the comparison", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (statement, value) => {
        for (const element of ["Sid", "Principal", "Action", "Resource", "Condition"]) {
          const live = { ...statement, [element]: value } as LiveStatement;
          expect(sameStatement(live, live)).toBe(true);
        }
      }),
    );
  });
});

describe("a statement whose principals were deleted", () => {
  const DELETED = "AROAIOSFODNN7EXAMPLE1";
  const withPrincipals = (...AWS: string[]): LiveStatement => ({ ...STATEMENT, Principal: { AWS } });

  test.each<[string, LiveStatement, boolean]>([
    ["some were", withPrincipals(DELETED, "444455556666"), true],
    ["all were", withPrincipals(DELETED, "AIDAIOSFODNN7EXAMPLE2"), true],
    ["none were", withPrincipals("444455556666"), false],
    ["somebody else is there", withPrincipals(DELETED, "777788889999"), false],
    ["something else differs", { ...withPrincipals(DELETED), Action: ["glue:GetTable"] }, false],
  ])("%s", (_, live, expected) => {
    expect(outlivedPrincipals(live, STATEMENT)).toBe(expected);
  });
});

test.each([
  [{}, true],
  [[], false],
  [null, false],
  ["text", false],
  [undefined, false],
])("%j is an object: %s", (value, expected) => {
  expect(isObject(value as Json)).toBe(expected);
});
