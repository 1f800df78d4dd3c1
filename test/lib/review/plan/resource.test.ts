import type { Json } from "../../../../lib/json";
import { planOf } from "../../../../lib/review/plan/read";
import { viewOf } from "../../../../lib/review/view";
import { change, plan, view } from "../plan-kit";

const ADDRESS = "aws_dynamodb_table.t";
const only = (options: Parameters<typeof change>[1]) => view([change(ADDRESS, options)]).resources[0];

describe("the action of a resource", () => {
  test.each([
    [["create"], "create", undefined],
    [["update"], "update", undefined],
    [["delete"], "delete", undefined],
    [["read"], "read", undefined],
    [["forget"], "forget", undefined],
    [["no-op"], "no-op", undefined],
    [["delete", "create"], "replace", "delete-first"],
    [["create", "delete"], "replace", "create-first"],
    [["create", "forget"], "replace", "create-first"],
  ])("%j is %s", (actions, action, replaceOrder) => {
    const resource = only({ actions });
    expect(resource?.action).toBe(action);
    expect(resource?.replaceOrder).toBe(replaceOrder);
  });

  test.each([["open"], ["update", "create"], ["constructor"], ["delete", "delete"]])(
    "%j is refused, because it could do anything",
    (...actions) => {
      const { value } = planOf(plan([change(ADDRESS, { actions })]) as Json);
      expect(viewOf("s", value!).issue).toMatchObject({
        code: "plan-malformed",
        message: "the action of aws_dynamodb_table.t is not one that Terraform 1.x plans",
      });
    },
  );

  test("is a move where nothing else changes", () => {
    const moved = { previous_address: "aws_dynamodb_table.old" };
    expect(only({ actions: ["no-op"], further: moved })).toMatchObject({
      action: "move",
      movedFrom: "aws_dynamodb_table.old",
    });
    expect(only({ actions: ["update"], further: moved })).toMatchObject({
      action: "update",
      movedFrom: "aws_dynamodb_table.old",
    });
    expect(only({ actions: ["no-op"], further: { previous_address: ADDRESS } })?.action).toBe("no-op");
  });

  test("is an import where nothing else changes", () => {
    const importing = { id: "orders" };
    expect(only({ actions: ["no-op"], importing })).toMatchObject({ action: "import", isImported: true });
    expect(only({ actions: ["update"], importing })).toMatchObject({ action: "update", isImported: true });
    expect(only({ actions: ["update"] })).toMatchObject({ isImported: false });
  });
});

test("what forces a replacement is named once, in order", () => {
  const resource = only({
    actions: ["delete", "create"],
    replacePaths: [["name"], ["attribute", 0, "type"], ["attribute", 1, "name"], [0], "x"],
    further: { action_reason: "replace_because_cannot_update" },
  });
  expect(resource?.forcedBy).toEqual(["attribute", "name"]);
  expect(resource?.reason).toBe("replace_because_cannot_update");
});

describe("the view", () => {
  const plans = view(
    [
      change("aws_b.two", { actions: ["no-op"], before: { a: 1 }, after: { a: 1 } }),
      change("aws_a.one", { after: {} }),
      change("aws_a.zero", { before: { old: true }, actions: ["delete"], further: { deposed: "1f" } }),
      change("aws_a.zero", { actions: ["no-op"], before: { old: false }, after: { old: false } }),
      change("data.aws_c.read", { actions: ["read"], after: {} }),
    ],
    {
      prior_state: {
        values: {
          root_module: {
            resources: [
              {
                address: "data.aws_caller_identity.me",
                mode: "data",
                type: "aws_caller_identity",
                provider_name: "p",
                values: { account_id: "111122223333", token: "SECRET" },
                sensitive_values: { token: true },
              },
              { address: "aws_a.zero", mode: "managed", type: "aws_a", values: {} },
            ],
            child_modules: [
              { resources: [{ address: "module.m.data.aws_x.y", mode: "data", type: "aws_x", values: {} }] },
            ],
          },
        },
      },
    },
  );

  test("has every resource by address, and what data sources have read", () => {
    expect(plans.resources.map(({ address }) => address)).toEqual([
      "aws_a.one",
      "aws_a.zero",
      "aws_a.zero",
      "aws_b.two",
      "data.aws_c.read",
      "data.aws_caller_identity.me",
      "module.m.data.aws_x.y",
    ]);
    expect(plans.resource("data.aws_caller_identity.me")?.after).toMatchObject({
      account_id: "111122223333",
    });
    expect(JSON.stringify(plans)).not.toContain("SECRET");
  });

  test("leaves out of the changes what stays and what is read", () => {
    expect(plans.changes.map(({ address, deposed }) => [address, deposed])).toEqual([
      ["aws_a.one", undefined],
      ["aws_a.zero", "1f"],
    ]);
  });

  test("finds a resource, not the object that it left behind", () => {
    expect(plans.resource("aws_a.zero")?.before).toEqual({ old: false });
    expect(plans.resource("aws_a.none")).toBeUndefined();
    expect(plans.ofType("aws_a")).toHaveLength(3);
    expect(plans.ofType("constructor")).toEqual([]);
  });

  test("has checks, of which a status that is not known is unknown", () => {
    const check = (kind: string, to_display: string, status: string, instances: unknown[] = []) => ({
      address: { kind, to_display },
      status,
      instances,
    });
    const { checks } = view([], {
      checks: [
        check("check", "check.status", "fail", [{ problems: [{ message: "it is FAILED" }, {}] }, null]),
        check("resource", "aws_a.one", "pass"),
        check("output_value", "output.x", "error"),
        check("var", "var.x", "other"),
      ],
    });
    expect(checks).toEqual([
      { address: "check.status", kind: "check", status: "fail", problems: ["it is FAILED"] },
      { address: "aws_a.one", kind: "resource", status: "pass", problems: [] },
      { address: "output.x", kind: "output", status: "error", problems: [] },
      { address: "var.x", kind: "variable", status: "unknown", problems: [] },
    ]);
  });

  test("has the drift apart", () => {
    const { drift, changes } = view([], {
      resource_drift: [change("aws_a.one", { before: { tags: null }, after: { tags: {} } })],
    });
    expect(drift.map(({ address, action }) => [address, action])).toEqual([["aws_a.one", "update"]]);
    expect(changes).toEqual([]);
  });
});
