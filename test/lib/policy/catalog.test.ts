import fc from "fast-check";
import type { InboundGrant } from "../../../lib/policy/catalog";
import {
  glueDatabaseResources,
  inboundStatements,
  managedStorageResources,
  s3TablesResources,
} from "../../../lib/policy/catalog";
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
  sources: [{ arn: SOURCE }],
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
    const [statement, ...more] = inboundStatements({
      ...GRANT,
      sources: [{ arn: `${SOURCE}2` }, { arn: SOURCE }],
    });
    expect(more).toEqual([]);
    expect(statement?.Condition).toEqual({ StringEquals: { "aws:SourceArn": [SOURCE, `${SOURCE}2`] } });
  });

  test("change nothing of the Sid, which belongs to the target", () => {
    const sids = (arns: string[]): unknown =>
      inboundStatements({ ...GRANT, sources: arns.map((arn) => ({ arn })) }).map(({ Sid }) => Sid);
    expect(sids([SOURCE])).toEqual(sids([SOURCE, `${SOURCE}2`]));
  });

  test("give the same statements in any order, and lose none", () => {
    const sources = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sources, (names) => {
        const sources = names.map((name) => ({ arn: `${SOURCE}-${name}` }));
        const forward = inboundStatements({ ...GRANT, sources });
        expect(inboundStatements({ ...GRANT, sources: [...sources].reverse() })).toEqual(forward);
        expect(forward[0]?.Condition?.["StringEquals"]?.["aws:SourceArn"]).toHaveLength(names.length);
      }),
    );
  });
});

describe("a source in another account", () => {
  const FOREIGN = SOURCE.replace("111122223333", "444455556666");
  const ROOT = "arn:aws:iam::444455556666:root";
  const foreign = { arn: FOREIGN, foreignAccount: { key: "444455556666/us-east-1", rootArn: ROOT } };
  const grant: InboundGrant = { ...GRANT, sources: [{ arn: SOURCE }, foreign] };
  const create: Caller = {
    principal: { AWS: "arn:aws:iam::444455556666:role/ci" },
    action: "glue:CreateInboundIntegration",
    source: FOREIGN,
  };

  test("may be created by its account, and is authorised beside the others", () => {
    expect(may(grant, create)).toBe(true);
    expect(may(grant, { ...create, resource: CATALOG })).toBe(true);
    expect(may(grant, { ...AUTHORIZE, source: FOREIGN })).toBe(true);
    expect(may(grant, AUTHORIZE)).toBe(true);
  });

  test.each<[string, Partial<Caller>]>([
    ["the target's own account, which an identity policy serves", { principal: { AWS: DEPLOYER } }],
    ["a third account", { principal: { AWS: "arn:aws:iam::777788889999:role/ci" } }],
    ["the foreign account with a source of the target's account", { source: SOURCE }],
    ["the foreign account with another table of its own", { source: `${FOREIGN}2` }],
    ["the foreign account on another database", { resource: `${DATABASE}_private` }],
    ["the foreign account in the service's place", { action: "glue:AuthorizeInboundIntegration" }],
  ])("refuses %s", (_, other) => {
    expect(may(grant, { ...create, ...other })).toBe(false);
  });

  test("may be created by the deployer alone where one is named", () => {
    const deployer = "arn:aws:iam::444455556666:role/ci";
    const narrowed = { ...grant, deployerArns: [deployer] };
    expect(may(narrowed, create)).toBe(true);
    expect(may(narrowed, { ...create, principal: { AWS: "arn:aws:iam::444455556666:role/other" } })).toBe(
      false,
    );
    expect(inboundStatements(narrowed)).toHaveLength(2);
  });

  test("has a statement and a Sid of its account's own, whatever the order", () => {
    const third = {
      arn: `${SOURCE}3`,
      foreignAccount: { key: "777788889999/us-east-1", rootArn: "arn:aws:iam::777788889999:root" },
    };
    const statements = inboundStatements({ ...grant, sources: [foreign, third, { arn: SOURCE }] });
    expect(inboundStatements({ ...grant, sources: [third, { arn: SOURCE }, foreign] })).toEqual(statements);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(3);
  });
});

describe("the resources of each kind of target", () => {
  const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
  const GLUE = "arn:aws:glue:us-east-1:111122223333";

  test.each<[string, string[], string, string[]]>([
    [
      "a Glue database",
      glueDatabaseResources(ADDRESS, "sales_lake"),
      DATABASE,
      [`${GLUE}:database/finance`, `${GLUE}:catalog/sales_lake`],
    ],
    [
      "S3 Tables",
      s3TablesResources(ADDRESS),
      `${GLUE}:catalog/s3tablescatalog/lake`,
      [
        CATALOG,
        DATABASE,
        `${GLUE}:catalog/s3tablescatalog`,
        `${GLUE}:catalog/other/lake`,
        "arn:aws:glue:us-east-1:444455556666:catalog/s3tablescatalog/lake",
        "arn:aws:glue:eu-west-1:111122223333:catalog/s3tablescatalog/lake",
      ],
    ],
    [
      "S3 Tables under another catalog",
      s3TablesResources(ADDRESS, "shared"),
      `${GLUE}:catalog/shared/lake`,
      [`${GLUE}:catalog/s3tablescatalog/lake`],
    ],
    [
      "Redshift Managed Storage",
      managedStorageResources(ADDRESS, "sales"),
      `${GLUE}:catalog/sales`,
      [CATALOG, `${GLUE}:catalog/sales2`, `${GLUE}:catalog/sales/dev`, `${GLUE}:database/sales`],
    ],
  ])("%s", (_, resources, allowed, refused) => {
    const grant = { ...GRANT, resources, deployerArns: [DEPLOYER] };
    for (const caller of [AUTHORIZE, CREATE]) {
      expect(may(grant, { ...caller, resource: allowed })).toBe(true);
      expect(may(grant, { ...caller, resource: allowed, source: `${SOURCE}2` })).toBe(false);
      for (const resource of refused) expect(may(grant, { ...caller, resource })).toBe(false);
    }
  });
});

test("two targets have different Sids", () => {
  const sid = (targetKey: string): unknown => inboundStatements({ ...GRANT, targetKey })[0]?.Sid;
  expect(sid("glue-database/a_b")).not.toBe(sid("glue-database/ab"));
});
