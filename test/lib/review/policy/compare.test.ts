import fc from "fast-check";
import type { Json } from "../../../../lib/json";
import { compareDocuments } from "../../../../lib/review/policy/compare-documents";
import { documentRows } from "../../../../lib/review/policy/statement-rows";
import type { StatementChange } from "../../../../lib/review/policy/statement-table";
import type { PolicyDocument, PolicyRequest } from "../../../support/policy-evaluator";
import { evaluate } from "../../../support/policy-evaluator";

type Statement = Record<string, unknown>;

const rows = (...statements: Statement[]) => {
  const found = documentRows({ Version: "2012-10-17", Statement: statements as unknown as Json });
  if (found === undefined) throw new Error("no policy document");
  return found;
};
const compare = (before: Statement[], after: Statement[]) =>
  compareDocuments(rows(...before), rows(...after));

const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const BASE: Statement = {
  Sid: "Authorize",
  Effect: "Allow",
  Principal: { Service: "glue.amazonaws.com" },
  Action: ["glue:AuthorizeInboundIntegration"],
  Resource: ["arn:aws:glue:us-east-1:111122223333:catalog"],
  Condition: { StringEquals: { "aws:SourceArn": [SOURCE] } },
};
const OTHER: Statement = {
  Sid: "Share",
  Effect: "Allow",
  Principal: { Service: ["ram.amazonaws.com"] },
  Action: "glue:ShareResource",
  Resource: "*",
};

describe("no change", () => {
  test.each<[string, Statement[]]>([
    ["the same statements in another order", [OTHER, BASE]],
    ["a list of one as a text", [{ ...BASE, Action: "glue:AuthorizeInboundIntegration" }, OTHER]],
    ["another Sid", [{ ...BASE, Sid: "Renamed" }, OTHER]],
    ["no Sid", [{ ...BASE, Sid: undefined }, OTHER]],
    [
      "a condition key in other letters",
      [{ ...BASE, Condition: { StringEquals: { "AWS:sourcearn": SOURCE } } }, OTHER],
    ],
    ["an action in other letters", [{ ...BASE, Action: "glue:authorizeInboundIntegration" }, OTHER]],
  ])("%s", (_, after) => {
    expect(compare([BASE, OTHER], after)).toEqual([]);
  });

  test("an action that another one covers already", () => {
    expect(compare([{ ...BASE, Action: "glue:*" }], [{ ...BASE, Action: ["glue:Get*", "glue:*"] }])).toEqual(
      [],
    );
  });

  test("everybody in the other of two spellings", () => {
    expect(compare([{ ...BASE, Principal: "*" }], [{ ...BASE, Principal: { AWS: "*" } }])).toEqual([]);
  });

  test("a single statement instead of a list", () => {
    expect(compareDocuments(documentRows({ Statement: BASE as Json })!, rows(BASE))).toEqual([]);
  });
});

describe("statements that come and go", () => {
  test("are added and removed", () => {
    expect(compare([BASE], [BASE, OTHER])).toMatchObject([
      { kind: "added", after: { sid: "Share" }, parts: [] },
    ]);
    expect(compare([BASE, OTHER], [OTHER])).toMatchObject([
      { kind: "removed", before: { sid: "Authorize" }, parts: [] },
    ]);
    expect(compare([], [BASE])).toMatchObject([{ kind: "added" }]);
  });

  test("twice and once differ by one", () => {
    expect(compare([OTHER, OTHER], [OTHER])).toMatchObject([{ kind: "removed" }]);
    expect(compare([OTHER], [OTHER, OTHER, OTHER])).toMatchObject([{ kind: "added" }, { kind: "added" }]);
  });

  test("and share nothing but what they leave empty are two statements", () => {
    const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };
    const write = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::b/*" };
    expect(compare([read], [write]).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});

const without = (key: string): Statement =>
  Object.fromEntries(Object.entries(BASE).filter(([name]) => name !== key));

describe("a statement that stays", () => {
  test.each<[string, Statement, string, string[], string[]]>([
    ["everybody", { ...BASE, Principal: "*" }, "principal", ["*"], ["Service:glue.amazonaws.com"]],
    [
      "one more action",
      { ...BASE, Action: [...(BASE["Action"] as string[]), "glue:GetTable"] },
      "action",
      ["glue:GetTable"],
      [],
    ],
    [
      "every action of the service",
      { ...BASE, Action: "glue:*" },
      "action",
      ["glue:*"],
      ["glue:AuthorizeInboundIntegration"],
    ],
    [
      "a wider resource",
      { ...BASE, Resource: "arn:aws:glue:us-east-1:111122223333:*" },
      "resource",
      ["arn:aws:glue:us-east-1:111122223333:*"],
      ["arn:aws:glue:us-east-1:111122223333:catalog"],
    ],
    ["no condition", without("Condition"), "condition", [], [`StringEquals aws:sourcearn = ${SOURCE}`]],
    [
      "one more value of its condition",
      { ...BASE, Condition: { StringEquals: { "aws:SourceArn": [SOURCE, "x"] } } },
      "condition",
      ["StringEquals aws:sourcearn = x"],
      [],
    ],
    [
      "a pattern in its condition",
      { ...BASE, Condition: { StringLike: { "aws:SourceArn": "arn:aws:dynamodb:*" } } },
      "condition",
      ["StringLike aws:sourcearn = arn:aws:dynamodb:*"],
      [`StringEquals aws:sourcearn = ${SOURCE}`],
    ],
    [
      "a condition that holds without the key",
      { ...BASE, Condition: { StringEqualsIfExists: { "aws:SourceArn": SOURCE } } },
      "condition",
      [`StringEqualsIfExists aws:sourcearn = ${SOURCE}`],
      [`StringEquals aws:sourcearn = ${SOURCE}`],
    ],
  ])("with %s is widened, and narrowed the other way round", (_, wide, part, added, removed) => {
    const [widened, ...more] = compare([BASE], [wide]);
    expect(more).toEqual([]);
    expect(widened).toMatchObject({
      kind: "widened",
      parts: [{ part, direction: "widened", added, removed }],
    });
    const narrowed = compare([wide], [BASE]);
    expect(narrowed).toMatchObject([
      { kind: "narrowed", parts: [{ part, direction: "narrowed", added: removed, removed: added }] },
    ]);
  });

  test("for a role and then for its whole account is widened", () => {
    const role = { ...BASE, Principal: { AWS: "arn:aws:iam::111122223333:role/deployer" } };
    const account = { ...BASE, Principal: { AWS: "arn:aws:iam::111122223333:root" } };
    const foreign = { ...BASE, Principal: { AWS: "444455556666" } };
    expect(compare([role], [account])).toMatchObject([{ kind: "widened" }]);
    expect(compare([role], [foreign])).toMatchObject([{ kind: "changed" }]);
  });

  test("that gains here and loses there has changed", () => {
    const other = { ...without("Condition"), Resource: "arn:aws:glue:us-east-1:111122223333:database/x" };
    expect(compare([BASE], [other])).toMatchObject([
      {
        kind: "changed",
        parts: [
          { part: "resource", direction: "changed" },
          { part: "condition", direction: "widened" },
        ],
      },
    ]);
  });

  test.each<[string, Statement, Statement, string]>([
    ["denies more", { Action: ["a:b"] }, { Action: ["a:b", "a:c"] }, "narrowed"],
    ["denies less", { Action: ["a:*"] }, { Action: ["a:c"] }, "widened"],
    [
      "denies all but more",
      { Action: undefined, NotAction: ["a:b"] },
      { Action: undefined, NotAction: ["a:b", "a:c"] },
      "widened",
    ],
  ])("and %s is %s", (_, before, after, kind) => {
    const deny = { Sid: "D", Effect: "Deny", Principal: "*", Resource: "*" };
    expect(compare([{ ...deny, ...before }], [{ ...deny, ...after }])).toMatchObject([{ kind }]);
  });

  test("and allows all but more is narrowed; all but these is not comparable with these", () => {
    const allow = { Sid: "A", Effect: "Allow", Principal: "*", Resource: "*" };
    expect(
      compare([{ ...allow, NotAction: ["a:b"] }], [{ ...allow, NotAction: ["a:b", "a:c"] }]),
    ).toMatchObject([{ kind: "narrowed", parts: [{ part: "action", added: ["not a:c"], removed: [] }] }]);
    expect(compare([{ ...allow, Action: ["a:b"] }], [{ ...allow, NotAction: ["a:b"] }])).toMatchObject([
      { kind: "changed", parts: [{ part: "action", added: ["not a:b"], removed: ["a:b"] }] },
    ]);
  });

  test("and turns into its opposite says so", () => {
    expect(compare([BASE], [{ ...BASE, Effect: "Deny" }])).toMatchObject([
      { kind: "narrowed", parts: [{ part: "effect", added: ["Deny"], removed: ["Allow"] }] },
    ]);
  });

  test("is found without its Sid by what it keeps, and the most alike first", () => {
    const hashed = { ...BASE, Sid: "Authorize1", Action: "glue:*" };
    const further = { ...BASE, Sid: "Authorize2", Resource: "*", Condition: undefined };
    expect(compare([BASE], [further, hashed])).toMatchObject([
      { kind: "widened", after: { sid: "Authorize1" } },
      { kind: "added", after: { sid: "Authorize2" } },
    ]);
  });
});

describe("what is no policy document", () => {
  test.each<[string, Json | undefined]>([
    ["nothing", undefined],
    ["a list", []],
    ["no statement", {}],
    ["a statement that is none", { Statement: ["x"] }],
    ["a statement without effect", { Statement: [{ Action: "*" }] }],
  ])("%s", (_, document) => {
    expect(documentRows(document)).toBeUndefined();
  });

  test("an empty list of statements is one", () => {
    expect(documentRows({ Statement: [] })).toEqual([]);
  });
});

// Whatever a comparison claims must hold for every request that can be asked.
describe("a claim", () => {
  const action = fc.constantFrom("s3:Get", "s3:Put", "s3:*", "s3:G*", "*", "s3:?et");
  const resource = fc.constantFrom("arn:a", "arn:b", "arn:*", "*", "arn:?");
  const principal = fc.constantFrom(
    "*",
    { Service: "glue.amazonaws.com" },
    { AWS: "arn:aws:iam::111122223333:role/r" },
    { AWS: ["arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:role/s"] },
  );
  const operator = fc.constantFrom(
    "StringEquals",
    "StringLike",
    "StringNotEquals",
    "StringEqualsIfExists",
    "StringNotLike",
    "ArnLike",
  );
  const values = fc.subarray(["arn:x:y:z:1:p", "arn:x:y:z:1:*", "arn:x:y:z:2:q"], { minLength: 1 });
  const condition = fc.dictionary(
    operator,
    fc.dictionary(fc.constantFrom("aws:SourceArn", "aws:sourcearn"), values, { maxKeys: 1, minKeys: 1 }),
    {
      maxKeys: 2,
    },
  );
  const statement = fc.record({
    Sid: fc.constant("S"),
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    Principal: principal,
    Action: fc.uniqueArray(action, { minLength: 1, maxLength: 2 }),
    Resource: fc.uniqueArray(resource, { minLength: 1, maxLength: 2 }),
    Condition: condition,
  });
  const parts = fc.subarray(["Principal", "Action", "Resource", "Condition"] as const, { minLength: 1 });
  const requests: PolicyRequest[] = ["s3:Get", "s3:Put", "s3:Set", "ec2:Run"].flatMap((asked) =>
    ["arn:a", "arn:b", "arn:cc", "x"].flatMap((about) =>
      [
        { Service: "glue.amazonaws.com" },
        { AWS: "arn:aws:iam::111122223333:role/r" },
        { AWS: "arn:aws:iam::444455556666:role/t" },
      ].flatMap((who) =>
        ["arn:x:y:z:1:p", "arn:x:y:z:1:other", "arn:x:y:z:2:q", undefined].map((source): PolicyRequest => ({
          principal: who as PolicyRequest["principal"] & object,
          action: asked,
          resource: about,
          ...(source !== undefined && { context: { "aws:SourceArn": source } }),
        })),
      ),
    ),
  );
  const ALLOW_ALL = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  // A deny shows in what it takes from everything.
  const allowed = (one: Statement): boolean[] => {
    const document = { Statement: one["Effect"] === "Deny" ? [ALLOW_ALL, one] : [one] };
    return requests.map(
      (request) => evaluate("resource", [document as unknown as PolicyDocument], request) === "allow",
    );
  };

  test("of less, more or the same holds for every request", () => {
    let claims = 0;
    fc.assert(
      fc.property(statement, statement, parts, (before, other, changed) => {
        const after = { ...before, ...Object.fromEntries(changed.map((part) => [part, other[part]])) };
        const [change] = compare([before], [after]) as (StatementChange | undefined)[];
        if (change?.kind === "changed") return;
        claims += 1;
        const [was, is] = [allowed(before), allowed(after)];
        if (change?.kind !== "widened") expect(is.filter((may, index) => may && !was[index])).toEqual([]);
        if (change?.kind !== "narrowed") expect(was.filter((may, index) => may && !is[index])).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(claims).toBeGreaterThan(80);
  });
});
