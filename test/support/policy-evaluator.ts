// Decides what IAM would decide about one request, from the policy documents alone. What it does not know (an operator,
// a policy variable) is an error and never "allowed": a test that rests on this file must not pass by accident.

type OneOrMany<T> = T | readonly T[];

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionElement;
}

export type PrincipalElement = "*" | Readonly<Record<string, OneOrMany<string>>>;
export type ConditionElement = Readonly<Record<string, Readonly<Record<string, OneOrMany<ConditionValue>>>>>;
type ConditionValue = string | boolean | number;

export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<PolicyStatement>;
}

/** Who asks: an AWS principal by its ARN, or a service by its host name. */
export type RequestPrincipal = { readonly AWS: string } | { readonly Service: string };

export interface PolicyRequest {
  readonly principal?: RequestPrincipal;
  readonly action: string;
  readonly resource?: string;
  /** Condition keys of the request; a key that is absent here is absent in the request. */
  readonly context?: Readonly<Record<string, OneOrMany<ConditionValue>>>;
}

/**
 * What kind of document it is decides which elements a statement must have: an identity policy has no principal, a
 * resource policy has both, a trust policy is a resource policy whose resource is the role itself.
 */
export type PolicyKind = "identity" | "resource" | "trust";

export type Decision = "allow" | "explicit-deny" | "implicit-deny";

/** Decides one request against all documents of one kind: an explicit deny wins over every allow. */
export function evaluate(
  kind: PolicyKind,
  documents: readonly PolicyDocument[],
  request: PolicyRequest,
): Decision {
  const matching = documents
    .flatMap((document) => list(document.Statement))
    .filter((statement) => matches(kind, statement, request));
  if (matching.some((statement) => statement.Effect === "Deny")) return "explicit-deny";
  return matching.some((statement) => statement.Effect === "Allow") ? "allow" : "implicit-deny";
}

/** Whether one request is allowed. */
export function allows(
  kind: PolicyKind,
  documents: readonly PolicyDocument[],
  request: PolicyRequest,
): boolean {
  return evaluate(kind, documents, request) === "allow";
}

/** Reads a policy document out of its JSON text, as AWS stores it. */
export function parsePolicy(text: string): PolicyDocument {
  const document: unknown = JSON.parse(text);
  if (typeof document !== "object" || document === null || !("Statement" in document)) {
    throw new Error(`policy document has no Statement: ${text}`);
  }
  return document as PolicyDocument;
}

function matches(kind: PolicyKind, statement: PolicyStatement, request: PolicyRequest): boolean {
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    throw new Error(
      `statement has Effect ${JSON.stringify(statement.Effect)}, which is neither Allow nor Deny`,
    );
  }
  return (
    matchesPrincipal(kind, statement, request.principal) &&
    matchesAction(statement, request.action) &&
    matchesResource(kind, statement, request.resource) &&
    matchesConditions(statement.Condition ?? {}, request.context ?? {})
  );
}

function matchesPrincipal(
  kind: PolicyKind,
  statement: PolicyStatement,
  principal: RequestPrincipal | undefined,
): boolean {
  const named = statement.Principal ?? statement.NotPrincipal;
  if (kind === "identity") {
    if (named !== undefined) throw new Error("an identity policy cannot have a Principal");
    return true;
  }
  if (named === undefined) throw new Error(`a ${kind} policy needs a Principal in every statement`);
  if (principal === undefined) throw new Error(`a request against a ${kind} policy needs a principal`);
  const found = namesPrincipal(named, principal);
  return statement.Principal === undefined ? !found : found;
}

function namesPrincipal(element: PrincipalElement, principal: RequestPrincipal): boolean {
  if (element === "*") return true;
  if ("Service" in principal) return list(element["Service"] ?? []).includes(principal.Service);
  return list(element["AWS"] ?? []).some((named) => {
    if (named === "*" || named === principal.AWS) return true;
    // An account is named by its number or by its root, and then stands for everybody in it.
    const account = principal.AWS.split(":")[4];
    return named === account || /^arn:[^:]+:iam::(\d{12}):root$/.exec(named)?.[1] === account;
  });
}

function matchesAction(statement: PolicyStatement, action: string): boolean {
  const named = statement.Action ?? statement.NotAction;
  if (named === undefined) throw new Error("a statement needs Action or NotAction");
  const found = list(named).some((pattern) => glob(pattern.toLowerCase()).test(action.toLowerCase()));
  return statement.Action === undefined ? !found : found;
}

function matchesResource(
  kind: PolicyKind,
  statement: PolicyStatement,
  resource: string | undefined,
): boolean {
  const named = statement.Resource ?? statement.NotResource;
  if (named === undefined) {
    if (kind === "trust") return true;
    throw new Error(
      `a statement of ${kind === "identity" ? "an identity" : "a resource"} policy needs a Resource`,
    );
  }
  const asked = resource ?? "*";
  const found = list(named).some((pattern) => pattern === "*" || matchesArn(pattern, asked));
  return statement.Resource === undefined ? !found : found;
}

type Context = NonNullable<PolicyRequest["context"]>;

function matchesConditions(conditions: ConditionElement, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) =>
      matchesCondition(operator, expected, valuesOf(context, key)),
    ),
  );
}

type Test = (actual: string, expected: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => glob(expected).test(actual),
  ArnEquals: (actual, expected) => matchesArn(expected, actual),
  ArnLike: (actual, expected) => matchesArn(expected, actual),
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

function matchesCondition(
  operator: string,
  expectedValues: OneOrMany<ConditionValue>,
  actual: readonly string[] | undefined,
): boolean {
  const expected = list(expectedValues).map(String);
  if (operator === "Null") return expected.some((value) => (value === "true") === (actual === undefined));

  const [, quantifier, name = operator] = /^(ForAllValues|ForAnyValue):(.+)$/.exec(operator) ?? [];
  const ifExists = name.endsWith("IfExists");
  const base = ifExists ? name.slice(0, -"IfExists".length) : name;
  const negated = NEGATED[base];
  const test = TESTS[negated ?? base];
  if (test === undefined)
    throw new Error(`condition operator ${operator} is not known to the policy evaluator`);
  const variable = expected.find((value) => value.includes("${"));
  if (variable !== undefined)
    throw new Error(`policy variables are not known to the policy evaluator: ${variable}`);

  if (actual === undefined) return ifExists || negated !== undefined || quantifier === "ForAllValues";
  const passes = (value: string): boolean => {
    const found = expected.some((one) => test(value, one));
    return negated === undefined ? found : !found;
  };
  return quantifier === "ForAllValues" || (negated !== undefined && quantifier === undefined)
    ? actual.every(passes)
    : actual.some(passes);
}

function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : list(found[1]).map(String);
}

/** ARNs are compared part by part: a wildcard never reaches over a colon, except in the last part. */
function matchesArn(pattern: string, arn: string): boolean {
  const expected = arnParts(pattern);
  const actual = arnParts(arn);
  return (
    expected.length === actual.length && expected.every((part, index) => glob(part).test(actual[index] ?? ""))
  );
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function glob(pattern: string): RegExp {
  const body = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[\\s\\S]*")
    .replace(/\?/g, "[\\s\\S]");
  return new RegExp(`^${body}$`);
}

function list<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
