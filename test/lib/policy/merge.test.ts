import fc from "fast-check";
import { mergeStatements } from "../../../lib/policy/merge";
import type { Conditions, Statement } from "../../../lib/policy/statement";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument, PolicyRequest } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

// Few words, so that statements are often alike and requests often meet them.
const PRINCIPALS = [
  { Service: ["glue.amazonaws.com"] },
  { AWS: ["arn:aws:iam::111122223333:root"] },
] as const;
const ACTIONS = ["glue:AuthorizeInboundIntegration", "glue:CreateInboundIntegration"];
const RESOURCES = ["a", "b", "a*"].map((name) => `arn:aws:glue:us-east-1:111122223333:database/${name}`);
const SOURCES = ["x", "y"].map((name) => `arn:aws:dynamodb:us-east-1:111122223333:table/${name}`);
const ACCOUNTS = ["111122223333", "444455556666"];
const OPERATORS = ["StringEquals", "ArnLike", "StringNotEquals", "ForAllValues:StringEquals"];

const some = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc
    .subarray([...values], { minLength: 1 })
    .chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length }));

/** What statements have in common that could become one: most of a document's do, as those of one target do. */
const shape = fc.record({
  Principal: fc.constantFrom(...PRINCIPALS),
  Action: some(ACTIONS),
  operator: fc.option(fc.constantFrom(...OPERATORS), { nil: undefined, freq: 9 }),
  account: fc.option(some(ACCOUNTS), { nil: undefined }),
});

const document = fc.uniqueArray(shape, { minLength: 1, maxLength: 2 }).chain((shapes) =>
  fc
    .array(fc.tuple(fc.constantFrom(...shapes), some(RESOURCES), some(SOURCES)), {
      minLength: 1,
      maxLength: 8,
    })
    .map((all) =>
      all.map(([{ Principal, Action, operator, account }, Resource, sources], index): Statement => {
        const Condition: Conditions = {
          ...(operator !== undefined && { [operator]: { "aws:SourceArn": sources } }),
          ...(account !== undefined && { StringEqualsIgnoreCase: { "aws:SourceAccount": account } }),
        };
        const conditional = Object.keys(Condition).length > 0;
        return {
          Sid: `Statement${index}`,
          Effect: "Allow",
          Principal,
          Action,
          Resource,
          ...(conditional && { Condition }),
        };
      }),
    ),
);

/** Every request that the words can make: what one document allows and another does not is among them. */
const REQUESTS: readonly PolicyRequest[] = [
  { Service: "glue.amazonaws.com" },
  { Service: "redshift.amazonaws.com" },
  { AWS: "arn:aws:iam::111122223333:role/ci" },
].flatMap((principal) =>
  ACTIONS.flatMap((action) =>
    ["a", "b", "ab", "d"].flatMap((database) =>
      [[], ["x"], ["y"], ["w"], ["x", "y"], ["x", "w"]].flatMap((tables) =>
        [...ACCOUNTS, undefined].map((account): PolicyRequest => {
          const sources = tables.map((name) => `arn:aws:dynamodb:us-east-1:111122223333:table/${name}`);
          return {
            principal: principal as { readonly Service: string },
            action,
            resource: `arn:aws:glue:us-east-1:111122223333:database/${database}`,
            context: {
              ...(sources.length > 0 && { "aws:SourceArn": sources }),
              ...(account !== undefined && { "aws:SourceAccount": account }),
            },
          };
        }),
      ),
    ),
  ),
);

function allowed(statements: readonly Statement[]): boolean[] {
  const policy = policyDocument(statements) as unknown as PolicyDocument;
  return REQUESTS.map((request) => allows("resource", [policy], request));
}

describe("a merged document", () => {
  test("allows exactly what the statements allowed", () => {
    fc.assert(
      fc.property(document, (statements) => {
        expect(allowed(mergeStatements(statements))).toEqual(allowed(statements));
      }),
      { numRuns: 120 },
    );
  });

  test("loses no statement: each is still allowed by one of the merged", () => {
    const covers = (wide: Statement, narrow: Statement): boolean => {
      const lists = (statement: Statement): [string, readonly string[]][] => [
        ["Action", statement.Action],
        ["Resource", statement.Resource ?? []],
        ...Object.entries(statement.Principal ?? {}),
        ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
          Object.entries(keys).map(([key, values]): [string, readonly string[]] => [
            `${operator} ${key}`,
            values,
          ]),
        ),
      ];
      const [larger, smaller] = [new Map(lists(wide)), lists(narrow)];
      return (
        larger.size === smaller.length &&
        smaller.every(([name, values]) => values.every((value) => larger.get(name)?.includes(value) === true))
      );
    };
    fc.assert(
      fc.property(document, (statements) => {
        const merged = mergeStatements(statements);
        for (const statement of statements) {
          expect(merged.some((candidate) => covers(candidate, statement))).toBe(true);
        }
      }),
    );
  });

  test("is the same in any order of the statements and of their lists", () => {
    const reversed = (statement: Statement): Statement => ({
      ...statement,
      Action: [...statement.Action].reverse(),
      Resource: [...(statement.Resource ?? [])].reverse(),
    });
    fc.assert(
      fc.property(document, (statements) => {
        expect(mergeStatements([...statements].reverse())).toEqual(mergeStatements(statements));
        expect(mergeStatements(statements.map(reversed))).toEqual(mergeStatements(statements));
      }),
    );
  });

  test("is not merged any further", () => {
    fc.assert(
      fc.property(document, (statements) => {
        const merged = mergeStatements(statements);
        expect(mergeStatements(merged)).toEqual(merged);
      }),
    );
  });

  test("has different Sids where the statements had, and no more statements", () => {
    fc.assert(
      fc.property(document, (statements) => {
        const merged = mergeStatements(statements);
        expect(new Set(merged.map(({ Sid }) => Sid)).size).toBe(merged.length);
        expect(merged.length).toBeLessThanOrEqual(statements.length);
      }),
    );
  });
});

const ONE: Statement = {
  Sid: "One",
  Effect: "Allow",
  Principal: { Service: ["glue.amazonaws.com"] },
  Action: ["glue:AuthorizeInboundIntegration"],
  Resource: ["a"],
  Condition: { StringEquals: { "aws:SourceArn": ["x"] } },
};

function count(other: Partial<Statement>, one: Statement = ONE): number {
  return mergeStatements([one, { ...one, Sid: "Two", ...other }]).length;
}

function whereArn(operator: string, ...values: string[]): Partial<Statement> {
  return { Condition: { [operator]: { "aws:SourceArn": values } } };
}

describe("two statements", () => {
  test.each<[string, Partial<Statement>]>([
    ["nothing", {}],
    ["their resources", { Resource: ["b"] }],
    ["the values of one condition", whereArn("StringEquals", "y")],
  ])("that differ in %s become one", (_, other) => {
    expect(count(other)).toBe(1);
  });

  test.each<[string, Partial<Statement>]>([
    ["their resources and a condition", { Resource: ["b"], ...whereArn("StringEquals", "y") }],
    ["their actions", { Action: ["glue:CreateInboundIntegration"] }],
    ["their principals", { Principal: { Service: ["redshift.amazonaws.com"] } }],
    ["the operator of a condition", whereArn("StringLike", "x")],
    ["having a condition at all", { Condition: {} }],
  ])("that differ in %s stay two", (_, other) => {
    expect(count(other)).toBe(2);
  });

  test.each([
    "StringNotEquals",
    "ArnNotLike",
    "ForAllValues:StringEquals",
    "ForAnyValue:StringNotLike",
    "NumericLessThan",
    "Null",
  ])("stay two where the union of the values is not the union of the statements: %s", (operator) => {
    const one = { ...ONE, ...whereArn(operator, "x") };
    expect(count(whereArn(operator, "y"), one)).toBe(2);
    expect(count({ Resource: ["b"] }, one)).toBe(1);
  });

  test.each(["StringLike", "ArnEquals", "ForAnyValue:StringEquals", "StringEqualsIfExists", "Bool"])(
    "become one where it is: %s",
    (operator) => {
      expect(count(whereArn(operator, "y"), { ...ONE, ...whereArn(operator, "x") })).toBe(1);
    },
  );

  test("keep a common Sid, and get one of their own that neither order nor lists change", () => {
    const sids = (...statements: Statement[]): unknown => mergeStatements(statements).map(({ Sid }) => Sid);
    const two = { ...ONE, Sid: "Two", Resource: ["b"] };
    expect(sids(ONE, ONE)).toEqual(["One"]);
    expect(sids(ONE, two)).toEqual(sids(two, ONE));
    expect(sids(ONE, two)).toEqual(sids(ONE, { ...two, Resource: ["c"] }));
    expect(sids(ONE, two)).not.toEqual(sids(ONE, { ...two, Sid: "Three" }));
    expect(sids(ONE, two)).toEqual([expect.stringMatching(/^ZeroEtlMerged[0-9a-f]+$/)]);
  });

  test("stay without a Sid where neither has one", () => {
    const nameless: Statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["a"] };
    expect(mergeStatements([nameless, { ...nameless, Resource: ["b"] }])).toEqual([
      { ...nameless, Resource: ["a", "b"] },
    ]);
  });
});

test("a grid of resources and sources becomes one statement, a gap in it does not close", () => {
  const cell = (resource: string, source: string): Statement => ({
    ...ONE,
    Sid: `${resource}${source}`,
    Resource: [resource],
    ...whereArn("StringEquals", source),
  });
  const grid = [cell("a", "x"), cell("a", "y"), cell("b", "x"), cell("b", "y")];
  expect(mergeStatements(grid)).toHaveLength(1);
  expect(mergeStatements(grid.slice(1))).toHaveLength(2);
});
