import { changesOf, countsOf } from "../../../../lib/review/compose/changes";
import type { Attributes } from "../plan-kit";
import { DATABASE, change, cloudControl, configuration, configured, integration, view } from "../plan-kit";

const ADDRESS = "aws_cloudcontrolapi_resource.i";
const only = (options: Parameters<typeof change>[1], address = ADDRESS, further: Attributes = {}) =>
  changesOf(view([change(address, options)], further))[0];

describe("what changes in an integration", () => {
  test("is told in the words of its document, without what repeats it", () => {
    const found = only({
      before: integration({ Tags: [{ Key: "a", Value: "1" }] }, { id: "x", properties: "{}" }),
      after: integration({ Tags: [{ Key: "b", Value: "2" }], Description: "d" }, { id: "x" }),
      unknown: { properties: true },
    });
    expect(found).toMatchObject({
      id: `orders/${ADDRESS}`,
      stack: "orders",
      title: "integration orders-to-lake",
      action: "update",
      forcedBy: [],
      isImported: false,
      policies: [],
    });
    expect(found?.fields.map(({ path }) => path)).toEqual(["Description", "Tags.a", "Tags.b"]);
  });

  test.each<[string, Attributes, Attributes, string[]]>([
    ["a name", {}, { IntegrationName: "b" }, ["IntegrationName"]],
    [
      "an interval",
      { IntegrationConfig: { RefreshInterval: "30" } },
      { IntegrationConfig: { RefreshInterval: "45" } },
      ["IntegrationConfig.RefreshInterval"],
    ],
    [
      "a snapshot",
      { IntegrationConfig: { ContinuousSync: true } },
      { IntegrationConfig: { ContinuousSync: false } },
      ["IntegrationConfig.ContinuousSync"],
    ],
    ["a configuration", {}, { IntegrationConfig: { ContinuousSync: false } }, ["IntegrationConfig"]],
    ["source and description", {}, { SourceArn: "arn:x", Description: "d" }, ["SourceArn"]],
    ["nothing that forces", {}, { Description: "d" }, ["desired_state"]],
  ])("is forced by %s", (_, before, after, expected) => {
    const found = only({
      actions: ["delete", "create"],
      before: integration(before),
      after: integration(after),
      replacePaths: [["desired_state"]],
    });
    expect(found?.forcedBy).toEqual(expected);
    expect(found?.replaceOrder).toBe("delete-first");
  });

  test("is forced by the document where that is unknown", () => {
    const found = only({
      actions: ["delete", "create"],
      before: integration(),
      after: { type_name: "AWS::Glue::Integration" },
      unknown: { desired_state: true },
      replacePaths: [["desired_state"]],
    });
    expect(found?.forcedBy).toEqual(["desired_state"]);
    expect(found?.fields).toContainEqual(
      expect.objectContaining({ path: "desired_state", after: { kind: "unknown" } }),
    );
  });
});

describe("what changes in any resource", () => {
  test("leaves out what AWS fills in, and not what the code sets", () => {
    const options = {
      before: { arn: "a", role: "r", tags: { a: "1" }, tags_all: { a: "1" } },
      after: { tags: { a: "2" }, tags_all: { a: "2" } },
      unknown: { arn: true, role: true },
    };
    const said = configuration([configured("aws_iam_role.r", { role: {}, tags: {} })]);
    expect(only(options, "aws_iam_role.r", said)?.fields.map(({ path }) => path)).toEqual(["role", "tags.a"]);
    expect(only(options, "aws_iam_role.r")?.fields.map(({ path }) => path)).toEqual([
      "arn",
      "role",
      "tags.a",
    ]);
  });

  test("looks into documents of other attributes", () => {
    const found = only(
      { before: { input: '{"a":{"b":1}}' }, after: { input: '{"a":{"b":2}}' } },
      "terraform_data.x",
    );
    expect(found?.fields.map(({ path }) => path)).toEqual(["input.a.b"]);
  });

  test("shows a policy as statements, and not as text", () => {
    const document = (Action: string) =>
      JSON.stringify({ Statement: { Effect: "Allow", Action, Resource: "*" } });
    const found = only(
      {
        before: { name: "p", role: "r", policy: document("a:b") },
        after: { name: "p", role: "r", policy: document("a:*") },
      },
      "aws_iam_role_policy.p",
    );
    expect(found?.title).toBe("permissions of role r");
    expect(found?.fields).toEqual([]);
    expect(found?.policies).toMatchObject([
      {
        attribute: "policy",
        kind: "role-permissions",
        subject: "r",
        state: "known",
        statements: [{ kind: "widened" }],
      },
    ]);
  });

  test.each([
    ["sensitive", { afterSensitive: { policy: true } }],
    ["unknown", { unknown: { policy: true } }],
  ])("says that a policy is %s", (state, marks) => {
    const found = only(
      { before: { policy: '{"Statement":[]}' }, after: { policy: '{"Statement":[]}' }, ...marks },
      "aws_dynamodb_resource_policy.p",
    );
    expect(found?.policies).toMatchObject([{ state, statements: [] }]);
  });

  test.each([["delete"], ["forget"]])("repeats no field where it ends by %s", (action) => {
    const found = only({ actions: [action], before: { name: "t" } }, "aws_dynamodb_table.t");
    expect(found).toMatchObject({ action, title: "table t", fields: [] });
  });

  test("names the object that a failed replacement left behind", () => {
    const found = only({ before: { name: "t" }, further: { deposed: "1f" } }, "aws_dynamodb_table.t");
    expect(found?.id).toBe("orders/aws_dynamodb_table.t (deposed 1f)");
  });

  test.each<[string, Attributes, string]>([
    [
      ADDRESS,
      cloudControl("AWS::Glue::IntegrationResourceProperty", { ResourceArn: DATABASE }),
      "resource property of lake",
    ],
    ["aws_glue_resource_policy.p", { policy: '{"Statement":[]}' }, "catalog policy"],
    ["aws_cloudwatch_metric_alarm.a", { alarm_name: "late" }, "alarm late"],
    ["aws_sqs_queue.q", { name: "q" }, "aws_sqs_queue"],
    [
      "aws_lambda_invocation.p",
      { function_name: "f", input: '{"version":1,"kind":"propagation"}' },
      "wait for IAM",
    ],
  ])("of %s is called by what it is", (address, after, title) => {
    expect(only({ after }, address)?.title).toBe(title);
  });
});

test("counts tell replacements apart, and what is moved by what else happens to it", () => {
  const plan = view([
    change("a.create", { after: {} }),
    change("a.update", { before: {}, after: { a: 1 }, further: { previous_address: "a.old" } }),
    change("a.replace", { actions: ["delete", "create"], before: {}, after: {} }),
    change("a.replace2", { actions: ["create", "delete"], before: {}, after: {} }),
    change("a.delete", { before: {} }),
    change("a.forget", { actions: ["forget"], before: {} }),
    change("a.move", { actions: ["no-op"], before: {}, after: {}, further: { previous_address: "a.older" } }),
    change("a.import", { actions: ["no-op"], before: {}, after: {}, importing: { id: "x" } }),
    change("a.stay", { actions: ["no-op"], before: {}, after: {} }),
    change("data.a.read", { actions: ["read"], after: {} }),
  ]);
  expect(countsOf(plan)).toEqual({
    create: 1,
    update: 1,
    replace: 2,
    delete: 1,
    forget: 1,
    move: 1,
    import: 1,
  });
});
