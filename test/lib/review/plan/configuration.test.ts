import type { Json } from "../../../../lib/json";
import { configurationOf, withoutIndexes } from "../../../../lib/review/plan/configuration";
import {
  constructPathOf,
  constructPaths,
  readConstructPaths,
} from "../../../../lib/review/plan/construct-paths";
import { view } from "../plan-kit";

const CONFIGURATION: Json = {
  resources: [
    {
      address: "aws_iam_role_policy.p",
      expressions: {
        role: { references: ["aws_iam_role.r.name", "aws_iam_role.r"] },
        policy: { references: ["data.aws_caller_identity.me.account_id", "local.statements", "var.attempt"] },
        block: [{ inner: { references: ["aws_glue_catalog_database.d[0].arn", "each.value", "self.id"] } }],
        name: { constant_value: "x" },
      },
      for_each_expression: { references: ["module.names.all", "module.names"] },
      depends_on: ["aws_dynamodb_table.t"],
    },
    { address: 1 },
    "x",
  ],
  module_calls: {
    inner: {
      module: {
        resources: [{ address: "aws_a.b", expressions: { x: { references: ["aws_c.d", "count.index"] } } }],
      },
    },
    broken: null,
  },
};

describe("the configuration", () => {
  const configured = configurationOf(CONFIGURATION);

  test("says what a resource refers to, as whole resources", () => {
    expect(configured.get("aws_iam_role_policy.p")?.references).toEqual([
      "aws_dynamodb_table.t",
      "aws_glue_catalog_database.d",
      "aws_iam_role.r",
      "data.aws_caller_identity.me",
      "local.statements",
      "module.names",
      "var.attempt",
    ]);
  });

  test("says which arguments are set", () => {
    expect([...(configured.get("aws_iam_role_policy.p")?.arguments ?? [])].sort()).toEqual([
      "block",
      "name",
      "policy",
      "role",
    ]);
  });

  test("gives a module's resources the address that they have in the plan", () => {
    expect(configured.get("module.inner.aws_a.b")?.references).toEqual(["module.inner.aws_c.d"]);
    expect(configured.size).toBe(2);
  });

  test.each<[string, Json | undefined]>([
    ["nothing", undefined],
    ["a text", "x"],
    ["another form", { resources: {}, module_calls: [] }],
  ])("of %s says nothing", (_, module) => {
    expect(configurationOf(module).size).toBe(0);
  });

  test("is asked by the address of an instance", () => {
    const plan = view([], { configuration: { root_module: CONFIGURATION } });
    expect(plan.references('module.inner["a.b"].aws_a.b[0]')).toEqual(["module.inner.aws_c.d"]);
    expect(plan.references("aws_x.y")).toEqual([]);
    expect(plan.arguments("aws_x.y")).toBeUndefined();
  });
});

test.each([
  ["aws_a.b", "aws_a.b"],
  ["aws_a.b[12]", "aws_a.b"],
  ['module.m["a\\"]"].aws_a.b["x[0]"]', "module.m.aws_a.b"],
])("%s is configured as %s", (address, expected) => {
  expect(withoutIndexes(address)).toBe(expected);
});

describe("construct paths", () => {
  const at = (path: unknown) => ({ "//": { metadata: { path, uniqueId: "x" } } });
  const json = {
    resource: {
      aws_iam_role: { Role_1: at("orders/Targets/lake/Role/Resource"), broken: at(1) },
      aws_empty: [],
    },
    data: { aws_region: { Region_2: at("orders/Region") } },
  };

  test("come from what CDKTF writes beside each resource", () => {
    const paths = constructPaths(json as unknown as Json);
    expect([...paths]).toEqual([
      ["aws_iam_role.Role_1", "Targets/lake/Role/Resource"],
      ["data.aws_region.Region_2", "Region"],
    ]);
    expect(constructPathOf(paths, "aws_iam_role.Role_1[0]")).toBe("Targets/lake/Role/Resource");
    expect(constructPathOf(paths, "aws_iam_role.other")).toBeUndefined();
  });

  test.each(["", "{", "[]", "null", '{"resource":1}'])("of %j are none", (text) => {
    expect(readConstructPaths(Buffer.from(text)).size).toBe(0);
  });
});
