import fc from "fast-check";
import type { InboundGrant } from "../../../lib/policy/catalog";
import { inboundStatements } from "../../../lib/policy/catalog";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const CATALOG = "arn:aws:glue:us-east-1:111122223333:catalog";
const DATABASE = "arn:aws:glue:us-east-1:111122223333:database/sales_lake";
const SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const DEPLOYER = "arn:aws:iam::111122223333:role/deployer";

const GRANT: InboundGrant = {
  targetKey: "glue-database/sales_lake",
  resources: [CATALOG, DATABASE],
  sourceArns: [SOURCE],
  deployerArns: [],
};

interface Caller {
  readonly principal: { readonly AWS: string } | { readonly Service: string };
  readonly action: string;
  readonly resource?: string;
  readonly source?: string;
}

function may(
  grant: InboundGrant,
  { principal, action, resource = DATABASE, source = SOURCE }: Caller,
): boolean {
  const document = policyDocument(inboundStatements(grant)) as unknown as PolicyDocument;
  return allows("resource", [document], {
    principal,
    action,
    resource,
    context: { "aws:SourceArn": source },
  });
}

const AUTHORIZE: Caller = {
  principal: { Service: "glue.amazonaws.com" },
  action: "glue:AuthorizeInboundIntegration",
};
const CREATE: Caller = { principal: { AWS: DEPLOYER }, action: "glue:CreateInboundIntegration" };

describe("without a deployer", () => {
  test("AWS Glue may authorise the declared source into the database and the catalog", () => {
    expect(may(GRANT, AUTHORIZE)).toBe(true);
    expect(may(GRANT, { ...AUTHORIZE, resource: CATALOG })).toBe(true);
  });

  test.each<[string, Partial<Caller>]>([
    ["another table of the account", { source: `${SOURCE}2` }],
    ["a table of that name in another account", { source: SOURCE.replace("111122223333", "444455556666") }],
    ["another database", { resource: `${DATABASE}_private` }],
    ["another service", { principal: { Service: "redshift.amazonaws.com" } }],
    ["another action", { action: "glue:GetTable" }],
    ["creation by the service", { action: "glue:CreateInboundIntegration" }],
  ])("it refuses %s", (_, other) => {
    expect(may(GRANT, { ...AUTHORIZE, ...other })).toBe(false);
  });

  test("nobody is allowed to create", () => {
    expect(may(GRANT, CREATE)).toBe(false);
    expect(inboundStatements(GRANT)).toHaveLength(1);
  });
});

describe("with a deployer", () => {
  const grant = { ...GRANT, deployerArns: [DEPLOYER] };

  test("the deployer may create, and the service may still authorise", () => {
    expect(may(grant, CREATE)).toBe(true);
    expect(may(grant, AUTHORIZE)).toBe(true);
    expect(inboundStatements(grant)).toHaveLength(2);
  });

  test.each<[string, Partial<Caller>]>([
    ["another role of the account", { principal: { AWS: "arn:aws:iam::111122223333:role/other" } }],
    ["the deployer with another source", { source: `${SOURCE}2` }],
    ["the deployer on another database", { resource: `${DATABASE}_private` }],
    ["the deployer in the service's place", { action: "glue:AuthorizeInboundIntegration" }],
  ])("it refuses %s", (_, other) => {
    expect(may(grant, { ...CREATE, ...other })).toBe(false);
  });
});

describe("several sources", () => {
  test("share the statements of their target", () => {
    const [statement, ...more] = inboundStatements({ ...GRANT, sourceArns: [`${SOURCE}2`, SOURCE] });
    expect(more).toEqual([]);
    expect(statement?.Condition).toEqual({ StringEquals: { "aws:SourceArn": [SOURCE, `${SOURCE}2`] } });
  });

  test("change nothing of the Sid, which belongs to the target", () => {
    const sids = (sourceArns: string[]): unknown =>
      inboundStatements({ ...GRANT, sourceArns }).map(({ Sid }) => Sid);
    expect(sids([SOURCE])).toEqual(sids([SOURCE, `${SOURCE}2`]));
  });

  test("give the same statements in any order, and lose none", () => {
    const sources = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sources, (names) => {
        const sourceArns = names.map((name) => `${SOURCE}-${name}`);
        const forward = inboundStatements({ ...GRANT, sourceArns });
        expect(inboundStatements({ ...GRANT, sourceArns: [...sourceArns].reverse() })).toEqual(forward);
        expect(forward[0]?.Condition?.["StringEquals"]?.["aws:SourceArn"]).toHaveLength(names.length);
      }),
    );
  });
});

test("two targets have different Sids", () => {
  const sid = (targetKey: string): unknown => inboundStatements({ ...GRANT, targetKey })[0]?.Sid;
  expect(sid("glue-database/a_b")).not.toBe(sid("glue-database/ab"));
});
