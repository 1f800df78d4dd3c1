// Integrations: what replaces or ends them, what AWS refuses of them, and what they share.
import { checkFailed, checkUnknown } from "../../../../lib/review/rules/checks";
import { settingKept } from "../../../../lib/review/rules/kept-settings";
import { keyLost } from "../../../../lib/review/rules/keys";
import {
  integrationDestroyed,
  integrationReplaced,
  integrationUnwell,
} from "../../../../lib/review/rules/replacement";
import { dailyExports, immutableSetting, settingRefused } from "../../../../lib/review/rules/settings";
import { conflictingProperties, sharedPropertyChanged } from "../../../../lib/review/rules/shared-properties";
import { tableLayoutChanged } from "../../../../lib/review/rules/table-layouts";
import { unknownValue } from "../../../../lib/review/rules/unknown";
import type { ReviewRule } from "../../../../lib/review/rule";
import type { WrittenResource } from "../../../review/view";
import { said, writtenPlan } from "../../../review/view";
import {
  arnOf,
  databaseProperty,
  integration,
  integrationAttributes,
  newIntegration,
  policyText,
  table,
} from "../../../review/written";

const reasons = (rule: ReviewRule, ...resources: readonly WrittenResource[]) =>
  said(rule, writtenPlan(resources)).map(({ reason }) => reason);

const changed = (
  before: object,
  after: object,
  actions = ["update"],
  properties: object = {},
): WrittenResource => ({
  address: "aws_cloudcontrolapi_resource.orders",
  actions,
  before: integrationAttributes("orders", before, properties),
  after: integrationAttributes("orders", after),
});
const REPLACE = ["delete", "create"];

describe("a replaced integration", () => {
  test.each([
    ["IntegrationName", { IntegrationName: "other" }],
    ["SourceArn", { SourceArn: arnOf.table("other") }],
    ["TargetArn", { TargetArn: arnOf.database("other") }],
    ["KmsKeyId", { KmsKeyId: arnOf.key("k") }],
    ["AdditionalEncryptionContext", { AdditionalEncryptionContext: { team: "data" } }],
    ["IntegrationConfig.RefreshInterval", { IntegrationConfig: { RefreshInterval: "45" } }],
    ["IntegrationConfig.ContinuousSync", { IntegrationConfig: { ContinuousSync: true } }],
    ["IntegrationConfig.SourceProperties", { IntegrationConfig: { SourceProperties: { a: "b" } } }],
  ])("is said with what forces it: %s", (attribute, after) => {
    expect(said(integrationReplaced, writtenPlan([changed({}, after, REPLACE)]))).toMatchObject([
      { reason: `replaces the integration orders because of ${attribute}`, attribute },
    ]);
  });

  test("has a way in place for its interval, and none for its source", () => {
    const remedy = (after: object) =>
      said(integrationReplaced, writtenPlan([changed({}, after, REPLACE)]))[0]?.remedy;
    expect(remedy({ IntegrationConfig: { RefreshInterval: "45" } })).toBe(
      "let the operator set the interval, which changes it in place (ModifyIntegration)",
    );
    expect(remedy({ SourceArn: arnOf.table("other") })).toBe(
      "make a second integration beside it, and remove this one when the new one has loaded",
    );
  });

  test("moves to a new namespace where the target is a table bucket", () => {
    const into = { TargetArn: arnOf.tableBucket("acme-tables") };
    const after = { ...into, IntegrationConfig: { RefreshInterval: "45" } };
    const consequence = (...states: [object, object]) =>
      said(integrationReplaced, writtenPlan([changed(...states, REPLACE)]))[0]?.consequence;
    expect(consequence(into, after)).toContain("zetl_");
    expect(consequence({}, { IntegrationConfig: { RefreshInterval: "45" } })).not.toContain("zetl_");
  });

  test("that has failed is rightly replaced", () => {
    const view = writtenPlan([changed({}, {}, REPLACE, { Status: "FAILED" })]);
    expect(said(integrationReplaced, view)).toMatchObject([{ level: "info" }]);
  });

  test("for a value that is not known yet says so", () => {
    const { desired_state: _, ...rest } = integrationAttributes("orders") as Record<string, unknown>;
    const view = writtenPlan([
      { ...changed({}, {}, REPLACE), after: rest, unknown: { desired_state: true } },
    ]);
    expect(said(integrationReplaced, view)[0]?.reason).toMatch(/which is known after apply$/);
  });
});

describe("a destroyed integration", () => {
  const gone = { ...integration("orders"), after: null };

  test("is a finding, an update or one that Terraform forgets is none", () => {
    expect(reasons(integrationDestroyed, gone)).toEqual(["destroys the integration orders"]);
    expect(reasons(integrationDestroyed, changed({}, { Description: "d" }))).toEqual([]);
    expect(reasons(integrationDestroyed, { ...gone, actions: ["forget"] })).toEqual([]);
  });

  test("that is made under another address only needs to be moved", () => {
    const moved = { ...newIntegration("elsewhere", { IntegrationName: "orders" }) };
    expect(said(integrationDestroyed, writtenPlan([gone, moved]))[0]?.remedy).toBe(
      "say that it moved: a moved block from aws_cloudcontrolapi_resource.orders to aws_cloudcontrolapi_resource.elsewhere",
    );
  });
});

test.each([
  ["ACTIVE", 0],
  ["NEEDS_ATTENTION", 1],
  ["FAILED", 1],
])("an integration in the state %s", (Status, findings) => {
  expect(reasons(integrationUnwell, integration("orders", {}, { Status }))).toHaveLength(findings);
});

test("what an integration reports leads to the catalogue of errors", () => {
  const [finding] = said(
    integrationUnwell,
    writtenPlan([integration("orders", {}, { Status: "NEEDS_ATTENTION" })]),
  );
  expect(finding?.page).toBe("errors.md");
});

describe("a setting", () => {
  const refused = (after: object) => reasons(settingRefused, changed({}, after));
  const interval = (RefreshInterval: string) => ({ IntegrationConfig: { RefreshInterval } });

  test.each([
    [interval("14"), ["orders: refresh interval is shorter than 15 minutes, and is 14 minutes"]],
    [interval("15"), []],
    [interval("8640"), []],
    [interval("8641"), ["orders: refresh interval is longer than 8640 minutes, and is 8641 minutes"]],
    [{ DataFilter: "include: a" }, ["orders: a DynamoDB source takes no data filter"]],
    [
      { IntegrationConfig: { ContinuousSync: false } },
      ["orders: a source of type dynamodb has no one-off snapshot"],
    ],
    [{ Description: "x".repeat(1000) }, []],
    [{ Description: "x".repeat(1001) }, ["orders: description is longer than 1000 characters"]],
  ])("is refused or taken: %j", (after, expected) => {
    expect(refused(after)).toEqual(expected);
    expect(reasons(settingRefused, newIntegration("orders", after))).toEqual(expected);
    // What was there before is no news.
    expect(reasons(settingRefused, changed(after, { ...after, Tags: [] }))).toEqual([]);
  });

  test("may be a filter of a connection", () => {
    const crm = { SourceArn: arnOf.connection("crm"), DataFilter: "include: tickets" };
    expect(reasons(settingRefused, newIntegration("crm", crm))).toEqual([]);
  });

  test.each([
    ["ContinuousSync", { IntegrationConfig: { ContinuousSync: false } }],
    ["SourceProperties", { IntegrationConfig: { SourceProperties: { a: "b" } } }],
    ["AdditionalEncryptionContext", { AdditionalEncryptionContext: { a: "b" } }],
  ])("that never changes is not to change in place: %s", (name, after) => {
    expect(reasons(immutableSetting, changed({}, after))[0]).toContain(name);
    expect(reasons(immutableSetting, changed({}, after, REPLACE))).toEqual([]);
    expect(reasons(immutableSetting, changed(after, after))).toEqual([]);
  });

  test.each([
    ["1439", 0],
    ["1440", 1],
  ])("of %s minutes and daily exports", (minutes, findings) => {
    expect(reasons(dailyExports, changed({}, interval(minutes)))).toHaveLength(findings);
    const crm = { SourceArn: arnOf.connection("crm") };
    expect(reasons(dailyExports, changed(crm, { ...crm, ...interval(minutes) }))).toEqual([]);
  });

  const settings = (before: string, after: string): WrittenResource => {
    const input = (refreshInterval: string) => ({
      input: JSON.stringify({
        version: 1,
        kind: "integration-settings",
        integrationArn: arnOf.integration("orders"),
        refreshInterval,
      }),
    });
    return { address: "aws_lambda_invocation.settings", before: input(before), after: input(after) };
  };

  test("of a warehouse cannot be changed by the operator", () => {
    const into = integration("orders", { TargetArn: arnOf.namespace("1") });
    expect(reasons(settingRefused, into, settings("30", "45"))).toEqual([
      "changes the refresh interval of orders, whose target is a Redshift warehouse",
    ]);
    expect(reasons(settingRefused, integration("orders"), settings("30", "45"))).toEqual([]);
    expect(reasons(settingRefused, integration("orders"), settings("30", "9000"))).toHaveLength(1);
  });

  test("is kept by awscc alone", () => {
    // Cloud Control writes the document as it is asked to.
    expect(reasons(settingKept, integration("orders", { DataFilter: "include: a" }))).toEqual([]);
  });
});

describe("the layout of a table", () => {
  const properties = (input: object | null) =>
    input && {
      input: JSON.stringify({
        version: 1,
        kind: "table-properties",
        resourceArn: arnOf.database("lake"),
        tableName: "orders",
        ...input,
      }),
    };
  const layout = (before: object | null, after: object | null, ...others: readonly WrittenResource[]) =>
    said(
      tableLayoutChanged,
      writtenPlan([
        ...(others.length > 0 ? others : [integration("orders")]),
        { address: "aws_lambda_invocation.t", before: properties(before), after: properties(after) },
      ]),
    ).map(({ level = "block", reason }) => `${level} ${reason}`);
  const by = (field: string) => ({ partitionBy: [{ field, function: "identity" }] });

  test.each<[string, object | null, object | null, string[]]>([
    [
      "another unnesting",
      {},
      { unnest: "none" },
      ["block changes the layout of orders: unnest from full to none"],
    ],
    [
      "raised",
      {},
      { unnest: "none", layoutVersion: 2 },
      ["warn changes the layout of orders: unnest from full to none"],
    ],
    [
      "raised before",
      { layoutVersion: 2 },
      { unnest: "none", layoutVersion: 2 },
      ["block changes the layout of orders: unnest from full to none"],
    ],
    [
      "partitions",
      {},
      by("day"),
      ["block changes the layout of orders: partitionBy from nothing to identity(day)"],
    ],
    [
      "other partitions",
      by("a"),
      by("b"),
      ["block changes the layout of orders: partitionBy from identity(a) to identity(b)"],
    ],
    [
      "options that go",
      { unnest: "none" },
      null,
      ["block changes the layout of orders: unnest from none to full"],
    ],
    [
      "options that come",
      null,
      { unnest: "none" },
      ["block changes the layout of orders: unnest from full to none"],
    ],
    ["the default, said", {}, { unnest: "full" }, []],
    ["another name", {}, { targetTable: "o" }, []],
    ["default options that go", { unnest: "full" }, null, []],
  ])("%s", (_, before, after, expected) => {
    expect(layout(before, after)).toEqual(expected);
  });

  test("matters where the table is replicated", () => {
    const change = [{}, { unnest: "none" }] as const;
    expect(layout(...change, newIntegration("orders"))).toEqual([]);
    expect(layout(...change, integration("orders", { SourceArn: arnOf.table("other") }))).toEqual([]);
    expect(layout(...change, integration("orders", { TargetArn: arnOf.database("other") }))).toEqual([]);
  });
});

describe("a property that is shared", () => {
  const key = { KmsArn: arnOf.key("k") };
  const before = databaseProperty("lake", "writer");
  const property = (after: WrittenResource): WrittenResource => ({ ...before, after: after.after ?? null });

  test("changes for all integrations that use it", () => {
    const plan = [integration("a"), integration("b"), property(databaseProperty("lake", "writer", key))];
    expect(reasons(sharedPropertyChanged, ...plan)).toEqual([
      `changes TargetProcessingProperties.KmsArn of ${arnOf.database("lake")}, which affects the integrations a and b`,
    ]);
    expect(reasons(sharedPropertyChanged, ...plan.slice(2))).toEqual([]);
  });

  test("blocks where it goes", () => {
    const plan = writtenPlan([integration("a"), { ...before, after: null }]);
    expect(said(sharedPropertyChanged, plan)).toMatchObject([
      {
        level: "block",
        reason: `destroys the property of ${arnOf.database("lake")}, which the integration a uses`,
      },
    ]);
  });

  test("is not asked for twice, in one stack or in two", () => {
    const second = {
      ...databaseProperty("lake", "other"),
      address: "aws_cloudcontrolapi_resource.second",
      before: null,
    };
    expect(reasons(conflictingProperties, before, second)).toEqual([
      `asks for other properties of ${arnOf.database("lake")} than ${before.address}`,
    ]);
    const stacks = [writtenPlan([before], { stack: "a" }), writtenPlan([second], { stack: "b" })];
    expect(stacks.map((view) => said(conflictingProperties, view, stacks).length)).toEqual([0, 1]);
    expect(reasons(conflictingProperties, before, databaseProperty("other", "writer"))).toEqual([]);
    // What has been so before is no news.
    expect(reasons(conflictingProperties, before, { ...second, before: second.after ?? null })).toEqual([]);
  });
});

describe("a key", () => {
  const key = (before: object, after: object | null): WrittenResource => ({
    address: "aws_kms_key.k",
    before: { key_id: "k", arn: arnOf.key("k"), is_enabled: true, ...before },
    after: after && { key_id: "k", arn: arnOf.key("k"), is_enabled: true, ...after },
  });
  const keyed = integration("orders", { KmsKeyId: arnOf.key("k") });

  test.each<[string, WrittenResource[]]>([
    ["an integration", [keyed]],
    ["a target", [integration("orders"), databaseProperty("lake", "w", { KmsArn: arnOf.key("k") })]],
    [
      "a table",
      [
        integration("orders"),
        {
          address: "aws_dynamodb_table.orders",
          before: table("orders", {
            server_side_encryption: [{ enabled: true, kms_key_arn: arnOf.key("k") }],
          }),
          after: table("orders", {
            server_side_encryption: [{ enabled: true, kms_key_arn: arnOf.key("k") }],
          }),
        },
      ],
    ],
  ])("of %s is missed when it is disabled or deleted", (_, users) => {
    expect(reasons(keyLost, ...users, key({}, { is_enabled: false }))).toEqual([
      "the key of the integration orders is disabled",
    ]);
    expect(reasons(keyLost, ...users, key({}, null))).toEqual([
      "the key of the integration orders is scheduled for deletion",
    ]);
    expect(reasons(keyLost, ...users, key({}, { description: "d" }))).toEqual([]);
  });

  test("of nobody may go", () => {
    expect(reasons(keyLost, integration("orders"), key({}, null))).toEqual([]);
  });

  test("whose policy no longer lets AWS use it is missed", () => {
    const use = {
      Effect: "Allow",
      Principal: { Service: "glue.amazonaws.com" },
      Action: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      Resource: "*",
    };
    const root = { ...use, Principal: { AWS: "111122223333" }, Action: "kms:*" };
    const policies = (after: string): WrittenResource => ({
      address: "aws_kms_key_policy.k",
      before: { key_id: "k", policy: policyText(root, use) },
      after: { key_id: "k", policy: after },
    });
    expect(reasons(keyLost, keyed, policies(policyText(root)))).toEqual([
      "the policy of the key no longer lets AWS use it for orders",
    ]);
    expect(reasons(keyLost, keyed, policies(policyText(use, root)))).toEqual([]);
  });
});

describe("a check", () => {
  const check = (status: string, name = "Integrations_orders_Status_0A1B2C3D") => ({
    address: { kind: "check", name, to_display: `check.${name}` },
    status,
    instances: [
      {
        address: { to_display: `check.${name}` },
        status,
        ...(status === "fail" && { problems: [{ message: "it is not so" }] }),
      },
    ],
  });
  const plan = (status: string, ...resources: readonly WrittenResource[]) =>
    writtenPlan(resources, { checks: [check(status)] });
  const named = (resource: WrittenResource) => ({
    ...resource,
    address: "aws_cloudcontrolapi_resource.Integrations_orders_11111111",
  });

  test("that fails is said in its own words", () => {
    expect(said(checkFailed, plan("fail")).map(({ reason }) => reason)).toEqual([
      "the check fails: it is not so",
    ]);
    expect(said(checkFailed, plan("error"))).toHaveLength(1);
    expect(said(checkFailed, plan("pass"))).toEqual([]);
    expect(said(checkFailed, plan("unknown"))).toEqual([]);
  });

  test("that is not known never counts as passed, but of what is new nothing can be known", () => {
    const levels = (...resources: readonly WrittenResource[]) =>
      said(checkUnknown, plan("unknown", ...resources)).map(({ level }) => level);
    expect(levels()).toEqual(["warn"]);
    expect(levels(changed({}, { Description: "d" }))).toEqual(["warn"]);
    expect(levels(named(changed({}, { Description: "d" })))).toEqual(["info"]);
    expect(levels(named(newIntegration("orders")), changed({}, { Description: "d" }))).toEqual([]);
    expect(said(checkUnknown, plan("pass"))).toEqual([]);
  });
});

describe("what a plan does not show", () => {
  test("is named", () => {
    const policy: WrittenResource = {
      address: "aws_glue_resource_policy.catalog",
      before: { id: "us-east-1", policy: policyText({ Effect: "Deny", Principal: "*", Action: "*" }) },
      after: { id: "us-east-1" },
      unknown: { policy: true },
    };
    const recovery: WrittenResource = {
      address: "aws_dynamodb_table.orders",
      after: { name: "orders", point_in_time_recovery: [{}] },
      unknown: { point_in_time_recovery: [{ enabled: true }] },
    };
    expect(reasons(unknownValue, policy, recovery)).toEqual([
      "the plan does not show the document",
      "the plan does not show whether the table has point-in-time recovery",
    ]);
  });

  test("is nothing where everything is known", () => {
    expect(reasons(unknownValue, newIntegration("orders"))).toEqual([]);
  });
});
