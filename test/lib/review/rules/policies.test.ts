// What plans do to policies: what is lost, what is widened, what no longer fits.
import {
  CATALOG_POLICY_MAX_BYTES,
  ROLE_POLICIES_MAX_CHARACTERS,
  TABLE_POLICY_MAX_BYTES,
} from "../../../../lib/facts/documents";
import {
  foreignStatementsLost,
  hybridDropped,
  policyTooLarge,
} from "../../../../lib/review/rules/shared-policies";
import { requiredStatementLost } from "../../../../lib/review/rules/statements";
import { policyWidened } from "../../../../lib/review/rules/widening";
import type { WrittenResource } from "../../../review/view";
import { said, writtenPlan } from "../../../review/view";
import { arnOf, databaseProperty, integration, newIntegration, policyText } from "../../../review/written";

const CATALOG = "arn:aws:glue:us-east-1:111122223333:catalog";
const orders = integration("orders");

const authorize = (sources: readonly string[], more: object = {}) => ({
  Sid: "ZeroEtlAuthorize1",
  Effect: "Allow",
  Principal: { Service: ["glue.amazonaws.com"] },
  Action: ["glue:AuthorizeInboundIntegration"],
  Resource: [CATALOG, arnOf.database("lake")],
  Condition: { StringEquals: { "aws:SourceArn": sources } },
  ...more,
});
const OTHERS = {
  Sid: "Reporting",
  Effect: "Allow",
  Principal: { AWS: ["arn:aws:iam::444455556666:root"] },
  Action: ["glue:GetTable"],
  Resource: [CATALOG],
};
const exports_ = (more: object = {}) => ({
  Sid: "ZeroEtlExport",
  Effect: "Allow",
  Principal: { Service: ["glue.amazonaws.com"] },
  Action: ["dynamodb:DescribeExport", "dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
  Resource: ["*"],
  Condition: {
    StringEquals: { "aws:SourceAccount": ["111122223333"] },
    ArnLike: { "aws:SourceArn": ["arn:aws:glue:us-east-1:111122223333:integration:*"] },
  },
  ...more,
});

const catalog = (before: string | null, after: string | null, more: object = {}): WrittenResource => ({
  address: "aws_glue_resource_policy.catalog",
  before: before === null ? null : { id: "us-east-1", policy: before, ...more },
  after: after === null ? null : { id: "us-east-1", policy: after, ...more },
});
const tablePolicy = (before: string, after: string | null): WrittenResource => ({
  address: "aws_dynamodb_resource_policy.orders",
  before: { resource_arn: arnOf.table("orders"), policy: before },
  after: after === null ? null : { resource_arn: arnOf.table("orders"), policy: after },
});

describe("a required statement", () => {
  const lost = (...resources: readonly WrittenResource[]) =>
    said(requiredStatementLost, writtenPlan([orders, ...resources])).map(({ reason }) => reason);
  const whole = policyText(exports_());

  test("that goes is said with the actions and the integration", () => {
    expect(lost(tablePolicy(whole, null))).toEqual([
      "the policy of the table no longer allows dynamodb:DescribeExport, dynamodb:DescribeTable, dynamodb:ExportTableToPointInTime, which orders needs",
    ]);
    const elsewhere = policyText(authorize([arnOf.table("other")]));
    expect(lost(catalog(policyText(authorize([arnOf.table("orders")])), elsewhere))).toEqual([
      "the Glue catalog policy no longer allows glue:AuthorizeInboundIntegration, which orders needs",
    ]);
  });

  test("is lost by a denial, too", () => {
    const denied = policyText(exports_(), {
      Effect: "Deny",
      Principal: "*",
      Action: ["dynamodb:DescribeTable"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:SourceAccount": ["111122223333"] } },
    });
    expect(lost(tablePolicy(whole, denied))).toEqual([
      "the policy of the table no longer allows dynamodb:DescribeTable, which orders needs",
    ]);
  });

  test.each([
    ["another order and another Sid", policyText(OTHERS, exports_({ Sid: "ZeroEtlOther" }))],
    ["a wildcard", policyText(exports_({ Action: "dynamodb:*" }))],
    [
      "the one integration",
      policyText(
        exports_({
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "111122223333",
              "aws:SourceArn": arnOf.integration("orders"),
            },
          },
        }),
      ),
    ],
  ])("is still there in %s", (_, after) => {
    expect(lost(tablePolicy(whole, after))).toEqual([]);
  });

  test("is lost where the condition is that of another account or integration", () => {
    const other = exports_({
      Condition: { StringEquals: { "aws:SourceArn": arnOf.integration("another") } },
    });
    expect(lost(tablePolicy(whole, policyText(other)))).toHaveLength(1);
  });

  test("that was never there is not lost by this plan", () => {
    expect(lost(tablePolicy(policyText(OTHERS), null))).toEqual([]);
  });

  test("that moves to another resource of the plan is not lost", () => {
    const merged: WrittenResource = {
      address: "aws_lambda_invocation.table_policy",
      after: {
        input: JSON.stringify({
          version: 1,
          kind: "table-policy",
          tableArn: arnOf.table("orders"),
          statements: [exports_()],
        }),
      },
    };
    expect(lost(tablePolicy(whole, null), merged)).toEqual([]);
  });

  test("of an integration that goes or is yet to be made is not missed", () => {
    const alone = (resource: WrittenResource) =>
      said(requiredStatementLost, writtenPlan([resource, tablePolicy(whole, null)]));
    expect(alone({ ...orders, after: null })).toEqual([]);
    expect(alone(newIntegration("orders"))).toEqual([]);
  });

  test("that may be in a document which is not known yet is not called lost", () => {
    const hidden = { ...tablePolicy(whole, null), after: { resource_arn: arnOf.table("orders") } };
    expect(lost({ ...hidden, unknown: { policy: true } })).toEqual([]);
  });
});

describe("statements of others", () => {
  const lost = (...resources: readonly WrittenResource[]) =>
    said(foreignStatementsLost, writtenPlan(resources)).map(({ reason }) => reason);
  const both = policyText(authorize([arnOf.table("orders")]), OTHERS);

  test("are missed when they go, with the policy or without it", () => {
    const reason = ["the Glue catalog policy loses Reporting, which is not about zero-ETL"];
    expect(lost(catalog(both, policyText(authorize([arnOf.table("orders")]))))).toEqual(reason);
    expect(lost(catalog(both, null))).toEqual(reason);
  });

  test.each([
    ["they change", policyText(authorize([]), { ...OTHERS, Action: ["glue:GetTables"] })],
    ["own ones go", policyText(OTHERS)],
    ["they are written in other words", policyText({ ...OTHERS, Action: "glue:GetTable" }, authorize([]))],
  ])("are not missed where %s", (_, after) => {
    expect(lost(catalog(both, after))).toEqual([]);
  });
});

test.each([
  ["TRUE", "FALSE", 1],
  ["TRUE", undefined, 1],
  ["TRUE", "TRUE", 0],
  ["FALSE", "FALSE", 0],
  [undefined, "TRUE", 0],
])("EnableHybrid from %s to %s", (before, after, findings) => {
  const view = writtenPlan([
    {
      address: "aws_glue_resource_policy.catalog",
      before: { policy: policyText(OTHERS), enable_hybrid: before },
      after: { policy: policyText(OTHERS), enable_hybrid: after },
    },
  ]);
  expect(said(hybridDropped, view)).toHaveLength(findings);
});

describe("a policy that lets more", () => {
  const wider = (...resources: readonly WrittenResource[]) =>
    said(policyWidened, writtenPlan([orders, ...resources])).map(({ reason }) => reason);
  const table = (after: object) => wider(tablePolicy(policyText(exports_()), policyText(after)));
  const says = (what: string) => [`the policy of the table lets more than the integrations need: ${what}`];

  test.each([
    ["principal everybody", exports_({ Principal: "*" })],
    [
      "principal 444455556666",
      exports_({ Principal: { Service: ["glue.amazonaws.com"], AWS: ["444455556666"] } }),
    ],
    ["action dynamodb:*", exports_({ Action: "dynamodb:*" })],
    [
      "without the condition StringEquals aws:sourceaccount = 111122223333",
      exports_({
        Condition: { ArnLike: { "aws:SourceArn": ["arn:aws:glue:us-east-1:111122223333:integration:*"] } },
      }),
    ],
  ])("%s", (what, after) => {
    expect(table(after)).toEqual(says(what));
  });

  test("is not one that lets less", () => {
    expect(table(exports_({ Action: ["dynamodb:DescribeTable"] }))).toEqual([]);
  });

  test("is not one that lets a new integration in", () => {
    const [before, after] = [[arnOf.table("orders")], [arnOf.table("orders"), arnOf.table("customers")]];
    const customers = newIntegration("customers", { SourceArn: arnOf.table("customers") });
    const change = catalog(policyText(authorize(before)), policyText(authorize(after)));
    expect(wider(customers, change)).toEqual([]);
    expect(wider(change)).toEqual([
      `the Glue catalog policy lets more than the integrations need: condition ${arnOf.table("customers")}`,
    ]);
  });

  test("by a new statement is one for everybody, or for a service on behalf of anybody", () => {
    const added = (statement: object) =>
      wider(catalog(policyText(OTHERS), policyText(OTHERS, statement))).map((reason) =>
        reason.replace("the Glue catalog policy lets more than the integrations need: ", ""),
      );
    const { Condition: _, ...unbound } = authorize([]);
    expect(added(unbound)).toEqual(["a statement for glue.amazonaws.com, on behalf of any account"]);
    expect(added({ ...OTHERS, Sid: "Open", Principal: "*" })).toEqual([
      "a statement for everybody, without a condition",
    ]);
    expect(added({ ...OTHERS, Sid: "Second", Action: ["glue:GetTables"] })).toEqual([]);
    expect(added({ ...OTHERS, Sid: "Closed", Principal: "*", Effect: "Deny" })).toEqual([]);
  });

  test("of a role counts where the role is that of a target", () => {
    const statement = {
      Effect: "Allow",
      Action: ["s3:PutObject"],
      Resource: ["arn:aws:s3:::acme-lake/*"],
    };
    const role = (name: string): WrittenResource => ({
      address: `aws_iam_role_policy.${name}`,
      before: { role: name, name: "data", policy: policyText(statement) },
      after: { role: name, name: "data", policy: policyText({ ...statement, Resource: ["*"] }) },
    });
    expect(wider(databaseProperty("lake", "writer"), role("writer"), role("stranger"))).toEqual([
      "the policy of the role lets more than the integrations need: resource *",
    ]);
  });
});

describe("the size of a policy", () => {
  /** A document of exactly that many bytes. */
  const ofSize = (bytes: number): string => {
    const empty = policyText({ ...OTHERS, Sid: "" }).length;
    return policyText({ ...OTHERS, Sid: "x".repeat(bytes - empty) });
  };
  const small = policyText(OTHERS);
  const reasons = (resource: WrittenResource) =>
    said(policyTooLarge, writtenPlan([resource])).map(({ reason }) => reason);

  test.each([
    ["catalog", CATALOG_POLICY_MAX_BYTES, (text: string) => catalog(small, text), "Glue catalog policy"],
    ["table", TABLE_POLICY_MAX_BYTES, (text: string) => tablePolicy(small, text), "policy of the table"],
  ])("of the %s is what AWS takes, and not a byte more", (_, max, resource, noun) => {
    expect(reasons(resource(ofSize(max)))).toEqual([]);
    expect(reasons(resource(ofSize(max + 1)))).toEqual([
      `the ${noun} becomes ${max + 1} bytes long, and AWS takes ${max}`,
    ]);
  });

  test("of a role is that of all its inline policies together", () => {
    const half = ROLE_POLICIES_MAX_CHARACTERS / 2;
    const inline = (name: string, size: number): WrittenResource => ({
      address: `aws_iam_role_policy.${name}`,
      before: { role: "writer", name, policy: small },
      after: { role: "writer", name, policy: ofSize(size) },
    });
    const together = (size: number) =>
      said(policyTooLarge, writtenPlan([inline("a", half), inline("b", size)]));
    expect(together(half)).toEqual([]);
    expect(together(half + 1).map(({ reason }) => reason)).toEqual([
      `the policy of the role becomes ${ROLE_POLICIES_MAX_CHARACTERS + 1} characters long, and AWS takes ${ROLE_POLICIES_MAX_CHARACTERS}`,
    ]);
  });

  test("is no news where the policy does not change", () => {
    const large = ofSize(CATALOG_POLICY_MAX_BYTES + 1);
    expect(reasons(catalog(large, large))).toEqual([]);
  });
});
