import { redshiftNamespaceArn, redshiftServerlessNamespaceArn } from "../../../lib/arn";
import { tableExportStatement } from "../../../lib/policy/dynamodb-table";
import type { NamespaceGrant } from "../../../lib/policy/redshift";
import { namespaceStatements, redshiftTableExportStatements } from "../../../lib/policy/redshift";
import type { Statement } from "../../../lib/policy/statement";
import { policyDocument } from "../../../lib/policy/statement";
import type { PolicyDocument, RequestPrincipal } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
const DEPLOYER = "arn:aws:iam::111122223333:role/deployer";
const INTEGRATION = "arn:aws:redshift:us-east-1:111122223333:integration:0f1e2d3c";

interface Caller {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  readonly source?: string;
  readonly account?: string;
}

function may(statements: readonly Statement[], caller: Caller): boolean {
  return allows("resource", [policyDocument(statements) as unknown as PolicyDocument], {
    principal: caller.principal,
    action: caller.action,
    resource: caller.resource,
    context: {
      "aws:SourceArn": caller.source ?? TABLE,
      "aws:SourceAccount": caller.account ?? "111122223333",
    },
  });
}

describe.each([
  ["provisioned", redshiftNamespaceArn(ADDRESS, "0f1e")],
  ["serverless", redshiftServerlessNamespaceArn(ADDRESS, "0f1e")],
])("the policy of a %s namespace", (_, namespaceArn) => {
  const grant: NamespaceGrant = { namespaceArn, sources: [{ arn: TABLE }], deployerArns: [] };
  const authorize: Caller = {
    principal: { Service: "redshift.amazonaws.com" },
    action: "redshift:AuthorizeInboundIntegration",
    resource: namespaceArn,
  };
  const create: Caller = {
    principal: { AWS: DEPLOYER },
    action: "redshift:CreateInboundIntegration",
    resource: namespaceArn,
  };

  test("authorises the declared source, and nobody to create", () => {
    expect(may(namespaceStatements(grant), authorize)).toBe(true);
    expect(may(namespaceStatements(grant), create)).toBe(false);
    expect(namespaceStatements(grant)).toHaveLength(1);
  });

  test.each<[string, Partial<Caller>]>([
    ["another table", { source: `${TABLE}2` }],
    ["a table of that name in another account", { source: TABLE.replace("111122223333", "444455556666") }],
    ["a table of that name in another region", { source: TABLE.replace("us-east-1", "eu-west-1") }],
    ["another namespace", { resource: `${namespaceArn}2` }],
    ["another service", { principal: { Service: "glue.amazonaws.com" } }],
    ["another action", { action: "redshift:PutResourcePolicy" }],
  ])("refuses %s", (_, other) => {
    expect(may(namespaceStatements(grant), { ...authorize, ...other })).toBe(false);
  });

  test("lets the named deployer create, and nobody else", () => {
    const statements = namespaceStatements({ ...grant, deployerArns: [DEPLOYER] });
    expect(may(statements, create)).toBe(true);
    expect(may(statements, authorize)).toBe(true);
    expect(may(statements, { ...create, principal: { AWS: `${DEPLOYER}2` } })).toBe(false);
    expect(may(statements, { ...create, resource: `${namespaceArn}2` })).toBe(false);
    expect(may(statements, { ...create, action: "redshift:AuthorizeInboundIntegration" })).toBe(false);
  });

  test("lets a foreign account create where no deployer is named", () => {
    const foreignAccount = { key: "444455556666/us-east-1", rootArn: "arn:aws:iam::444455556666:root" };
    const foreign = { arn: TABLE.replace("111122223333", "444455556666"), foreignAccount };
    const statements = namespaceStatements({ ...grant, sources: [...grant.sources, foreign] });
    const theirs: RequestPrincipal = { AWS: "arn:aws:iam::444455556666:role/ci" };
    expect(may(statements, { ...create, principal: theirs })).toBe(true);
    expect(may(statements, create)).toBe(false);
    expect(may(statements, { ...authorize, source: foreign.arn })).toBe(true);
    const named = namespaceStatements({ ...grant, sources: [foreign], deployerArns: [DEPLOYER] });
    expect(may(named, { ...create, principal: theirs })).toBe(false);
  });

  test("does not depend on the order of the sources, and names each once", () => {
    const [a, b] = [{ arn: `${TABLE}-a` }, { arn: `${TABLE}-b` }];
    expect(namespaceStatements({ ...grant, sources: [b, a, b] })).toEqual(
      namespaceStatements({ ...grant, sources: [a, b] }),
    );
  });
});

describe("the policy of a table that Redshift exports", () => {
  const statements = redshiftTableExportStatements({ address: ADDRESS, table: "orders" });
  const caller: Caller = {
    principal: { Service: "redshift.amazonaws.com" },
    action: "dynamodb:ExportTableToPointInTime",
    resource: TABLE,
    source: INTEGRATION,
  };
  const describeExport = {
    ...caller,
    action: "dynamodb:DescribeExport",
    resource: `${TABLE}/export/01700000000000-0f1e2d3c`,
  };

  test.each<[string, Caller]>([
    ["export the table", caller],
    ["describe the table", { ...caller, action: "dynamodb:DescribeTable" }],
    ["describe an export", describeExport],
  ])("lets Redshift %s", (_, asked) => {
    expect(may(statements, asked)).toBe(true);
  });

  test.each<[string, Caller]>([
    ["another table", { ...caller, resource: `${TABLE}2` }],
    ["an export of another table", { ...describeExport, resource: `${TABLE}2/export/x` }],
    ["reading items", { ...caller, action: "dynamodb:GetItem" }],
    ["exporting an export", { ...caller, resource: describeExport.resource }],
    ["AWS Glue", { ...caller, principal: { Service: "glue.amazonaws.com" } }],
    ["another account", { ...caller, account: "444455556666" }],
    ["an integration of AWS Glue", { ...caller, source: INTEGRATION.replace(":redshift:", ":glue:") }],
    [
      "an integration of another account",
      { ...caller, source: INTEGRATION.replace("111122223333", "444455556666") },
    ],
    [
      "an integration of another region",
      { ...caller, source: INTEGRATION.replace("us-east-1", "eu-west-1") },
    ],
    ["a cluster", { ...caller, source: "arn:aws:redshift:us-east-1:111122223333:cluster:x" }],
  ])("refuses %s", (_, asked) => {
    expect(may(statements, asked)).toBe(false);
  });

  test("can be narrowed to named integrations", () => {
    const narrowed = redshiftTableExportStatements({
      address: ADDRESS,
      table: "orders",
      integrationArns: [INTEGRATION],
    });
    expect(may(narrowed, caller)).toBe(true);
    expect(may(narrowed, { ...caller, source: `${INTEGRATION}4` })).toBe(false);
    expect(may(narrowed, { ...caller, account: "444455556666" })).toBe(false);
  });

  test("can stand beside the statement for AWS Glue, and neither opens the other's way", () => {
    const both = [...statements, tableExportStatement({ address: ADDRESS })];
    const glue: Caller = {
      ...caller,
      principal: { Service: "glue.amazonaws.com" },
      source: INTEGRATION.replace(":redshift:", ":glue:"),
    };
    expect(new Set(both.map(({ Sid }) => Sid)).size).toBe(3);
    expect(may(both, caller)).toBe(true);
    expect(may(both, glue)).toBe(true);
    expect(may(both, { ...glue, source: INTEGRATION })).toBe(false);
    expect(may(both, { ...caller, source: glue.source ?? "" })).toBe(false);
  });
});
