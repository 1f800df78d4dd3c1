import {
  type PolicyDocument,
  type PolicyRequest,
  type PolicyStatement,
  allows,
  evaluate,
  parsePolicy,
} from "./policy-evaluator";

const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const INTEGRATION = "arn:aws:glue:us-east-1:111122223333:integration:0f1e2d3c";

const statement: PolicyStatement = {
  Effect: "Allow",
  Principal: { Service: "glue.amazonaws.com" },
  Action: "dynamodb:DescribeTable",
  Resource: "*",
};

const request: PolicyRequest = {
  principal: { Service: "glue.amazonaws.com" },
  action: "dynamodb:DescribeTable",
  resource: TABLE,
};

function documentOf(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function decide(changed: Partial<PolicyStatement>, asked: Partial<PolicyRequest> = {}): boolean {
  return allows("resource", [documentOf({ ...statement, ...changed })], { ...request, ...asked });
}

/** The statement without one of its elements: an element set to undefined is not the same as an absent one. */
function without(element: keyof PolicyStatement): PolicyStatement {
  return Object.fromEntries(
    Object.entries(statement).filter(([key]) => key !== element),
  ) as unknown as PolicyStatement;
}

describe("decision", () => {
  test("nothing is allowed that no statement allows", () => {
    expect(evaluate("resource", [], request)).toBe("implicit-deny");
    expect(evaluate("resource", [documentOf()], request)).toBe("implicit-deny");
  });

  test("a matching allow allows", () =>
    expect(evaluate("resource", [documentOf(statement)], request)).toBe("allow"));

  test("an explicit deny wins, in whichever order and document it stands", () => {
    const deny: PolicyStatement = { ...statement, Effect: "Deny" };
    expect(evaluate("resource", [documentOf(statement, deny)], request)).toBe("explicit-deny");
    expect(evaluate("resource", [documentOf(deny, statement)], request)).toBe("explicit-deny");
    expect(evaluate("resource", [documentOf(deny), documentOf(statement)], request)).toBe("explicit-deny");
  });

  test("a deny whose condition does not hold denies nothing", () => {
    const deny: PolicyStatement = {
      ...statement,
      Effect: "Deny",
      Condition: { StringEquals: { "aws:SourceAccount": "444455556666" } },
    };
    const asked = { ...request, context: { "aws:SourceAccount": "111122223333" } };
    expect(evaluate("resource", [documentOf(statement, deny)], asked)).toBe("allow");
  });

  test("Statement may be one object", () => {
    expect(allows("resource", [{ Statement: statement }], request)).toBe(true);
  });

  test("an unknown Effect is an error", () => {
    const wrong = { ...statement, Effect: "allow" } as unknown as PolicyStatement;
    expect(() => evaluate("resource", [documentOf(wrong)], request)).toThrow(
      'statement has Effect "allow", which is neither Allow nor Deny',
    );
  });
});

describe("principal", () => {
  const role = "arn:aws:iam::111122223333:role/deployer";

  test.each<[string, PolicyStatement["Principal"], PolicyRequest["principal"], boolean]>([
    ["the named service", { Service: "glue.amazonaws.com" }, { Service: "glue.amazonaws.com" }, true],
    [
      "one of several services",
      { Service: ["a.amazonaws.com", "glue.amazonaws.com"] },
      { Service: "glue.amazonaws.com" },
      true,
    ],
    ["another service", { Service: "redshift.amazonaws.com" }, { Service: "glue.amazonaws.com" }, false],
    ["a service against an AWS principal", { AWS: "*" }, { Service: "glue.amazonaws.com" }, false],
    ["an AWS principal against a service", { Service: "glue.amazonaws.com" }, { AWS: role }, false],
    ["everybody", "*", { Service: "glue.amazonaws.com" }, true],
    ["every AWS principal", { AWS: "*" }, { AWS: role }, true],
    ["the very role", { AWS: role }, { AWS: role }, true],
    ["another role", { AWS: "arn:aws:iam::111122223333:role/other" }, { AWS: role }, false],
    ["the account by its root", { AWS: "arn:aws:iam::111122223333:root" }, { AWS: role }, true],
    ["the account by its number", { AWS: ["111122223333"] }, { AWS: role }, true],
    ["another account", { AWS: "arn:aws:iam::444455556666:root" }, { AWS: role }, false],
  ])("%s", (_name, Principal, principal, expected) => {
    if (Principal === undefined || principal === undefined) throw new Error("incomplete row");
    expect(decide({ Principal }, { principal })).toBe(expected);
  });

  test("NotPrincipal turns it round", () => {
    const other: PolicyStatement = {
      ...without("Principal"),
      NotPrincipal: { Service: "redshift.amazonaws.com" },
    };
    expect(allows("resource", [documentOf(other)], request)).toBe(true);
    const same: PolicyStatement = {
      ...without("Principal"),
      NotPrincipal: { Service: "glue.amazonaws.com" },
    };
    expect(allows("resource", [documentOf(same)], request)).toBe(false);
  });

  test("a resource policy without a principal is an error", () => {
    expect(() => evaluate("resource", [documentOf(without("Principal"))], request)).toThrow(
      "a resource policy needs a Principal in every statement",
    );
  });

  test("an identity policy with a principal is an error", () => {
    expect(() => evaluate("identity", [documentOf(statement)], request)).toThrow(
      "an identity policy cannot have a Principal",
    );
  });

  test("a resource policy needs to know who asks", () => {
    expect(() => evaluate("resource", [documentOf(statement)], { action: "x:Y", resource: TABLE })).toThrow(
      "a request against a resource policy needs a principal",
    );
  });
});

describe("action", () => {
  test.each<[string, PolicyStatement["Action"], boolean]>([
    ["exact", "dynamodb:DescribeTable", true],
    ["in another case", "DynamoDB:describetable", true],
    ["one of a list", ["dynamodb:DescribeExport", "dynamodb:DescribeTable"], true],
    ["star", "dynamodb:*", true],
    ["star inside", "dynamodb:Describe*", true],
    ["question mark", "dynamodb:DescribeTabl?", true],
    ["everything", "*", true],
    ["a prefix only", "dynamodb:Describe", false],
    ["a dot is no wildcard", "dynamodb.DescribeTable", false],
  ])("%s", (_name, Action, expected) => {
    if (Action === undefined) throw new Error("incomplete row");
    expect(decide({ Action })).toBe(expected);
  });

  test("NotAction turns it round", () => {
    expect(allows("resource", [documentOf({ ...without("Action"), NotAction: "s3:*" })], request)).toBe(true);
    expect(
      allows("resource", [documentOf({ ...without("Action"), NotAction: ["dynamodb:*"] })], request),
    ).toBe(false);
  });

  test("a statement without an action is an error", () => {
    expect(() => evaluate("resource", [documentOf(without("Action"))], request)).toThrow(
      "a statement needs Action or NotAction",
    );
  });
});

describe("resource", () => {
  test.each<[string, PolicyStatement["Resource"], boolean]>([
    ["everything", "*", true],
    ["exact", TABLE, true],
    ["one of a list", ["arn:aws:s3:::x", TABLE], true],
    ["star in the last part", "arn:aws:dynamodb:us-east-1:111122223333:table/*", true],
    ["star for a whole part", "arn:aws:dynamodb:*:111122223333:table/orders", true],
    ["star over a colon", "arn:aws:dynamodb:*", false],
    ["another table", "arn:aws:dynamodb:us-east-1:111122223333:table/clicks", false],
    ["longer", `${TABLE}/export/*`, false],
  ])("%s", (_name, Resource, expected) => {
    if (Resource === undefined) throw new Error("incomplete row");
    expect(decide({ Resource })).toBe(expected);
  });

  test("the last part may hold colons", () => {
    const group = "arn:aws:logs:us-east-1:111122223333:log-group:/aws-glue/x:*";
    expect(
      decide(
        { Resource: group },
        { resource: "arn:aws:logs:us-east-1:111122223333:log-group:/aws-glue/x:s" },
      ),
    ).toBe(true);
  });

  test("NotResource turns it round", () => {
    expect(allows("resource", [documentOf({ ...without("Resource"), NotResource: TABLE })], request)).toBe(
      false,
    );
    expect(
      allows("resource", [documentOf({ ...without("Resource"), NotResource: "arn:aws:s3:::x" })], request),
    ).toBe(true);
  });

  test("a statement without a resource is an error, but for a trust policy", () => {
    expect(() => evaluate("resource", [documentOf(without("Resource"))], request)).toThrow(
      "a statement of a resource policy needs a Resource",
    );
    expect(evaluate("trust", [documentOf(without("Resource"))], request)).toBe("allow");
  });

  test("a request for no resource in particular is met by a star only", () => {
    const metrics = { action: "cloudwatch:PutMetricData" };
    const on = (Resource: string): boolean =>
      allows("identity", [documentOf({ Effect: "Allow", Action: "cloudwatch:*", Resource })], metrics);
    expect(on("*")).toBe(true);
    expect(on("arn:aws:cloudwatch:us-east-1:111122223333:x")).toBe(false);
  });
});

describe("condition", () => {
  type Values = string | boolean | readonly string[];
  const row = (operator: string, expected: Values, actual: Values | undefined): boolean =>
    decide(
      { Condition: { [operator]: { "aws:SourceArn": expected } } },
      { context: actual === undefined ? {} : { "aws:SourceArn": actual } },
    );

  test.each<[string, Values, Values | undefined, boolean]>([
    ["StringEquals", "a", "a", true],
    ["StringEquals", ["b", "a"], "a", true],
    ["StringEquals", "a", "A", false],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", "a", undefined, false],
    ["StringEquals", "a", ["b", "a"], true],
    ["StringEqualsIfExists", "a", undefined, true],
    ["StringEqualsIfExists", "a", "b", false],
    ["StringEqualsIgnoreCase", "a", "A", true],
    ["StringNotEquals", "a", "b", true],
    ["StringNotEquals", "a", "a", false],
    ["StringNotEquals", ["a", "b"], "b", false],
    ["StringNotEquals", "a", undefined, true],
    ["StringLike", "a*", "abc", true],
    ["StringLike", "a:*", "a:b:c", true],
    ["StringLike", "a?", "abc", false],
    ["StringNotLike", "a*", "abc", false],
    ["ArnEquals", INTEGRATION, INTEGRATION, true],
    ["ArnLike", "arn:aws:glue:us-east-1:111122223333:integration:*", INTEGRATION, true],
    ["ArnLike", "arn:aws:glue:*:111122223333:integration:*", INTEGRATION, true],
    ["ArnLike", "arn:aws:glue:us-east-1:444455556666:integration:*", INTEGRATION, false],
    ["ArnLike", "arn:aws:redshift:us-east-1:111122223333:integration:*", INTEGRATION, false],
    ["ArnLike", "arn:aws:glue:*", INTEGRATION, false],
    ["ArnLike", "arn:aws:glue:us-east-1:111122223333:integration:*", undefined, false],
    ["ArnNotLike", "arn:aws:glue:us-east-1:444455556666:integration:*", INTEGRATION, true],
    ["Null", "true", undefined, true],
    ["Null", "true", "a", false],
    ["Null", "false", "a", true],
    ["Null", false, undefined, false],
    ["Bool", "true", true, true],
    ["Bool", true, "true", true],
    ["Bool", "true", false, false],
    ["Bool", "true", undefined, false],
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
    ["ForAllValues:StringEquals", ["a", "b"], undefined, true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "a"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], undefined, false],
  ])("%s %j of %j is %s", (operator, expected, actual, decision) => {
    expect(row(operator, expected, actual)).toBe(decision);
  });

  test("every operator and every key must hold", () => {
    const Condition = {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:glue:us-east-1:111122223333:integration:*" },
    };
    const good = { "aws:SourceAccount": "111122223333", "aws:SourceArn": INTEGRATION };
    expect(decide({ Condition }, { context: good })).toBe(true);
    expect(decide({ Condition }, { context: { ...good, "aws:SourceAccount": "444455556666" } })).toBe(false);
    expect(decide({ Condition }, { context: { "aws:SourceArn": INTEGRATION } })).toBe(false);
  });

  test("keys are compared without case", () => {
    expect(
      decide(
        { Condition: { StringEquals: { "AWS:sourcearn": "a" } } },
        { context: { "aws:SourceArn": "a" } },
      ),
    ).toBe(true);
  });

  test("an unknown operator is an error, never a pass", () => {
    expect(() => row("NumericLessThan", "1", "0")).toThrow(
      "condition operator NumericLessThan is not known to the policy evaluator",
    );
  });

  test("a policy variable is an error, never a literal", () => {
    expect(() => row("StringEquals", "${aws:username}", "x")).toThrow("policy variables are not known");
  });
});

describe("documents of other kinds", () => {
  test("an identity policy is asked without a principal", () => {
    const put = documentOf({
      Effect: "Allow",
      Action: ["s3:PutObject"],
      Resource: "arn:aws:s3:::lake/sales/*",
    });
    expect(
      allows("identity", [put], { action: "s3:PutObject", resource: "arn:aws:s3:::lake/sales/a/b" }),
    ).toBe(true);
    expect(allows("identity", [put], { action: "s3:PutObject", resource: "arn:aws:s3:::lake/hr/a" })).toBe(
      false,
    );
  });

  test("a policy is read from its text", () => {
    expect(parsePolicy(JSON.stringify(documentOf(statement)))).toEqual(documentOf(statement));
    expect(() => parsePolicy("{}")).toThrow("policy document has no Statement: {}");
  });
});
