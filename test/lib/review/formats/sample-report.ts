// A report with one of everything, with texts that a hostile plan could hold.
import type { FormatOptions } from "../../../../lib/review/formats";
import type { Report, ResourceChange, ReviewedFinding } from "../../../../lib/review/report";

/** What every format would obey if it were not escaped. */
export const HOSTILE =
  "`x` |y| <img src=x onerror=alert(1)> @octocat #1 [a](javascript:b) ]]> \u001b[31m \u202e ::error::z %0A\nnext &amp; \"q\" 'p' https://example.com **b** __c__";

export const OPTIONS: FormatOptions = {
  version: "0.0.0",
  failOn: "block",
  docs: "https://docs.example/",
  planFiles: { orders: "plans/orders plan.json", lake: "lake.json" },
  rules: [
    {
      id: "integration-replaced",
      levels: ["block"],
      title: "an integration is replaced",
      page: "rules.md#a",
    },
    { id: "policy-widened", levels: ["warn", "block"], title: "a policy lets more", page: "rules.md#b" },
    { id: "many-creations", levels: ["info"], title: "a target gets many integrations", page: "rules.md#c" },
  ],
};

export const BLOCKING: ReviewedFinding = {
  rule: "integration-replaced",
  level: "block",
  stack: "orders",
  page: "rules.md#a",
  address: "aws_cloudcontrolapi_resource.orders-to-lake",
  attribute: "SourceArn",
  reason: "replaces the integration orders-to-lake because of SourceArn",
  consequence: "the target is loaded anew from the first item on",
  remedy: "add a second integration, and remove this one when the second has caught up",
  location: { constructPath: "Integrations/orders-to-lake/Resource", file: "zero-etl.yaml", line: 24 },
};

export const WARNING: ReviewedFinding = {
  rule: "policy-widened",
  level: "warn",
  stack: "lake",
  page: "rules.md#b",
  address: 'aws_iam_role_policy.lake["a"]',
  reason: "lets every principal of the account read the bucket",
  consequence: "others can read the data",
  remedy: "name the role",
};

export const ACCEPTED: ReviewedFinding = {
  rule: "many-creations",
  level: "block",
  stack: "lake",
  page: "rules.md#c",
  address: "",
  reason: "makes 12 integrations into one target",
  consequence: "some of them fail at first",
  remedy: "apply in two steps",
  acknowledgement: {
    rule: "many-creations",
    address: "*",
    reason: "the first load is on a weekend",
    expires: "2026-12-31",
    location: { file: "zero-etl-acknowledgements.yaml", line: 3 },
  },
};

const REPLACED: ResourceChange = {
  id: "orders/aws_cloudcontrolapi_resource.orders-to-lake",
  stack: "orders",
  address: "aws_cloudcontrolapi_resource.orders-to-lake",
  type: "aws_cloudcontrolapi_resource",
  title: "integration orders-to-lake",
  action: "replace",
  replaceOrder: "delete-first",
  forcedBy: ["SourceArn"],
  reason: "replace_because_cannot_update",
  isImported: false,
  fields: [
    {
      path: "SourceArn",
      before: { kind: "value", value: "arn:aws:dynamodb:us-east-1:111122223333:table/orders" },
      after: { kind: "unknown" },
    },
    { path: 'tags["secret"]', before: { kind: "sensitive" } },
  ],
  policies: [],
  location: { constructPath: "Integrations/orders-to-lake/Resource" },
};

const POLICY: ResourceChange = {
  id: "lake/aws_glue_resource_policy.catalog",
  stack: "lake",
  address: "aws_glue_resource_policy.catalog",
  type: "aws_glue_resource_policy",
  title: "catalog policy",
  action: "update",
  forcedBy: [],
  isImported: false,
  fields: [],
  policies: [
    {
      attribute: "policy",
      kind: "catalog",
      subject: "111122223333",
      state: "known",
      statements: [
        {
          kind: "added",
          after: {
            sid: "Added",
            effect: "Allow",
            principals: ["Service:glue.amazonaws.com"],
            notPrincipals: false,
            actions: ["glue:AuthorizeInboundIntegration"],
            notActions: false,
            resources: ["arn:aws:glue:us-east-1:111122223333:database/*"],
            notResources: false,
            conditions: [
              {
                operator: "StringEquals",
                key: "aws:sourceaccount",
                values: ["111122223333", "444455556666"],
              },
            ],
          },
          parts: [],
        },
        {
          kind: "widened",
          before: {
            effect: "Allow",
            principals: ["AWS:111122223333"],
            notPrincipals: false,
            actions: ["glue:CreateInboundIntegration"],
            notActions: false,
            resources: ["*"],
            notResources: false,
            conditions: [],
          },
          after: {
            effect: "Allow",
            principals: ["*"],
            notPrincipals: false,
            actions: ["glue:CreateInboundIntegration"],
            notActions: false,
            resources: ["*"],
            notResources: false,
            conditions: [],
          },
          parts: [{ part: "principal", direction: "widened", added: ["*"], removed: ["AWS:111122223333"] }],
        },
      ],
    },
    { attribute: "other", kind: "bucket", subject: "acme", state: "unknown", statements: [] },
  ],
};

const BUCKET: ResourceChange = {
  id: "lake/aws_s3_bucket.other",
  stack: "lake",
  address: "aws_s3_bucket.other",
  type: "aws_s3_bucket",
  title: "aws_s3_bucket",
  action: "create",
  forcedBy: [],
  isImported: false,
  fields: [{ path: "bucket", after: { kind: "value", value: HOSTILE } }],
  policies: [],
};

const NO_CHANGES = { create: 0, update: 0, replace: 0, delete: 0, forget: 0, move: 0, import: 0 };

export const SAMPLE: Report = {
  version: 1,
  verdict: "block",
  plans: [
    { stack: "lake", terraformVersion: "1.11.4", counts: { ...NO_CHANGES, create: 1, update: 1 } },
    { stack: "orders", terraformVersion: "1.11.4", counts: { ...NO_CHANGES, replace: 1 } },
  ],
  findings: [BLOCKING, ACCEPTED, WARNING],
  acknowledgements: [
    { ...(ACCEPTED.acknowledgement as NonNullable<ReviewedFinding["acknowledgement"]>), state: "used" },
    {
      rule: "policy-widened",
      address: "aws_iam_role_policy.lake",
      stack: "lake",
      reason: "only until the migration is over",
      expires: "2026-01-31",
      location: { file: "zero-etl-acknowledgements.yaml", line: 7 },
      state: "expired",
    },
    {
      rule: "policy-widened",
      address: "aws_iam_role_policy.gone",
      reason: "the role is about to go",
      expires: "2027-01-31",
      state: "unused",
    },
  ],
  integrations: [
    {
      stack: "orders",
      address: "aws_cloudcontrolapi_resource.orders-to-lake",
      label: "orders-to-lake",
      holder: "cloud-control",
      action: "replace",
      source: "(known after apply)",
      target: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
      changes: [REPLACED.id, POLICY.id],
    },
    {
      stack: "orders",
      address: "aws_cloudcontrolapi_resource.returns-to-lake",
      label: "returns-to-lake",
      holder: "cloud-control",
      action: "no-op",
      source: "arn:aws:dynamodb:us-east-1:111122223333:table/returns",
      target: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
      changes: [POLICY.id],
    },
    {
      stack: "orders",
      address: "aws_cloudcontrolapi_resource.quiet",
      label: "quiet",
      holder: "cloud-control",
      action: "no-op",
      source: "arn:aws:dynamodb:us-east-1:111122223333:table/quiet",
      target: "arn:aws:glue:us-east-1:111122223333:database/quiet",
      changes: [],
    },
  ],
  changes: [POLICY, BUCKET, REPLACED],
  unrelated: [BUCKET.id],
  checks: [
    { stack: "orders", address: "check.status", status: "fail", problems: ["the integration is not active"] },
    { stack: "orders", address: "check.other", status: "pass", problems: [] },
  ],
  topology: {
    nodes: [
      {
        id: "arn:aws:dynamodb:us-east-1:111122223333:table/returns",
        kind: "source",
        label: "returns",
        noun: "DynamoDB table",
        change: "none",
      },
      {
        id: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
        kind: "target",
        label: "sales_lake",
        noun: "Glue database",
        change: "update",
      },
      { id: "orders/a/source", kind: "source", label: "orders", noun: "DynamoDB table", change: "delete" },
    ],
    flows: [
      {
        stack: "orders",
        address: "aws_cloudcontrolapi_resource.orders-to-lake",
        label: "orders-to-lake",
        source: "orders/a/source",
        target: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
        change: "replace",
      },
      {
        stack: "orders",
        address: "aws_cloudcontrolapi_resource.returns-to-lake",
        label: "returns-to-lake",
        source: "arn:aws:dynamodb:us-east-1:111122223333:table/returns",
        target: "arn:aws:glue:us-east-1:111122223333:database/sales_lake",
        change: "none",
      },
    ],
  },
};

/** The sample with hostile text wherever a plan can bring text in. */
export function hostile(text: string = HOSTILE): Report {
  const words = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(words) as T;
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        typeof member === "string" && TEXTS.has(key) ? text : words(member as unknown),
      ]),
    ) as T;
  };
  return { ...words(SAMPLE), verdict: SAMPLE.verdict };
}

// `kind`, `action` and the like are words of ours; `rule` and `page` come from the code.
const TEXTS = new Set([
  "address",
  "attribute",
  "reason",
  "consequence",
  "remedy",
  "label",
  "noun",
  "title",
  "subject",
  "path",
  "sid",
  "stack",
  "value",
  "constructPath",
  "file",
  "terraformVersion",
  "movedFrom",
]);

/** A report without anything. */
export const EMPTY: Report = {
  version: 1,
  verdict: "clean",
  plans: [{ stack: "orders", terraformVersion: "1.11.4", counts: NO_CHANGES }],
  findings: [],
  acknowledgements: [],
  integrations: [],
  changes: [],
  unrelated: [],
  checks: [],
  topology: { nodes: [], flows: [] },
};
