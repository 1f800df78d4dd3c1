import fc from "fast-check";
import type { Json } from "../../../../lib/json";
import { planOf, readPlan } from "../../../../lib/review/plan/read";
import { change, plan } from "../plan-kit";

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");
const issueOf = (text: string) => readPlan(bytes(text)).issue;

const TEXT = JSON.stringify(plan([change("aws_dynamodb_table.t", { after: { name: "orders" } })]));

describe("a plan file", () => {
  test("is read", () => {
    const { value } = readPlan(bytes(TEXT));
    expect(value?.terraformVersion).toBe("1.11.4");
    expect(value?.resourceChanges.map(({ address, actions }) => [address, actions])).toEqual([
      ["aws_dynamodb_table.t", ["create"]],
    ]);
  });

  test("is read without changes, which Terraform leaves out then", () => {
    const { resource_changes: _, ...rest } = plan([]);
    expect(planOf(rest as Json).value?.resourceChanges).toEqual([]);
  });

  test("is read with a byte order mark", () => {
    expect(readPlan(bytes(`\ufeff${TEXT}`)).issue).toBeUndefined();
  });

  test("is read in the encoding of PowerShell", () => {
    const encoded = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, "utf16le")]);
    expect(readPlan(encoded).value?.resourceChanges).toHaveLength(1);
  });

  test("is read in either version of the format's minor number", () => {
    expect(planOf(plan([], { format_version: "1.0" }) as Json).issue).toBeUndefined();
    expect(planOf(plan([], { format_version: "1.99" }) as Json).issue).toBeUndefined();
  });
});

describe("what is refused", () => {
  test.each<[string, string, string, string]>([
    ["nothing", "", "plan-empty", "the file holds nothing"],
    ["white space", " \n\t ", "plan-empty", "the file holds nothing"],
    [
      "the plan of terraform plan -out",
      "PK\u0003\u0004rest",
      "plan-binary",
      "the file is the plan itself, which only Terraform reads",
    ],
    [
      "the output of terraform plan",
      "\nTerraform will perform the following actions:\n",
      "plan-text",
      "the file is text, such as terraform plan prints, not JSON",
    ],
    [
      "the log of terraform plan -json",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
      "plan-text",
      "the file is the log of terraform plan -json, not a plan",
    ],
    [
      "a plan that ends within a text",
      TEXT.slice(0, 20),
      "plan-truncated",
      "the file ends in the middle of the plan",
    ],
    [
      "a plan that ends at the end of a member",
      TEXT.slice(0, TEXT.lastIndexOf("}")),
      "plan-truncated",
      "the file ends in the middle of the plan",
    ],
    ["a single brace", "{", "plan-truncated", "the file ends in the middle of the plan"],
    [
      "JSON with a comma too many",
      '{"a":1,\n "b":2,}',
      "plan-json",
      "the file is not JSON at line 2, column 8",
    ],
    ["a list", "[]", "not-a-plan", "the file is JSON, but no plan of Terraform"],
    ["a list that ends within", "[1, 2", "plan-truncated", "the file ends in the middle of the plan"],
    [
      "an object of something else",
      '{"name":"x"}',
      "not-a-plan",
      "the file is JSON, but no plan of Terraform",
    ],
    [
      "the schemas of providers",
      '{"format_version":"1.0","provider_schemas":{}}',
      "not-a-plan",
      "the file is JSON, but no plan of Terraform",
    ],
    [
      "the JSON of no state",
      '{"format_version":"1.0"}',
      "plan-of-state",
      "the file holds a state, not a plan",
    ],
    [
      "the JSON of a state",
      '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
      "plan-of-state",
      "the file holds a state, not a plan",
    ],
    [
      "a state file",
      '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","resources":[]}',
      "plan-of-state",
      "the file holds a state, not a plan",
    ],
  ])("%s", (_, text, code, message) => {
    expect(issueOf(text)).toMatchObject({ code, severity: "error", path: [], message });
    expect(issueOf(text)).toHaveProperty(code === "not-a-plan" ? "expected" : "remedy");
  });

  test.each<[string, object, string, string]>([
    ["an older version", { format_version: "0.2" }, "plan-version", 'format_version "0.2"'],
    ["a newer version", { format_version: "2.0" }, "plan-version", 'format_version "2.0"'],
    ["a version that is no text", { format_version: 1 }, "plan-version", "format_version number"],
    [
      "a part of the configuration",
      { complete: false },
      "plan-incomplete",
      "complete: false, as with -target or deferred actions",
    ],
  ])("a plan of %s", (_, further, code, got) => {
    expect(planOf(plan([], further as never) as Json).issue).toMatchObject({ code, got });
  });

  test("a plan that failed, before what it leaves out", () => {
    expect(planOf(plan([], { errored: true, complete: false }) as Json).issue).toMatchObject({
      code: "plan-errored",
      message: "Terraform failed while it made the plan, which shows a part of it",
      remedy: "mend what terraform plan reports, and plan again",
    });
  });

  test.each<[string, unknown, string]>([
    ["changes that are no list", {}, "resource_changes is not a list"],
    ["a change that is no object", [1], "resource_changes[0] is not an object"],
    [
      "a change without actions",
      [{ ...change("a.b"), change: { actions: [] } }],
      "resource_changes[0].change.actions is not a list of actions",
    ],
    [
      "a change of another mode",
      [change("a.b"), { ...change("a.c"), mode: "ephemeral" }],
      'resource_changes[1].mode is not "managed" or "data"',
    ],
    [
      "a change without address",
      [{ ...change("a.b"), address: 1 }],
      "resource_changes[0].address is not a text",
    ],
    [
      "attributes that are no object",
      [{ ...change("a.b"), change: { actions: ["create"], after: "secret" } }],
      "resource_changes[0].change.after is not an object or null",
    ],
  ])("%s", (_, changes, message) => {
    expect(planOf({ ...plan([]), resource_changes: changes } as Json).issue).toMatchObject({
      code: "plan-malformed",
      message,
    });
  });

  test("no message holds a part of the file, which may be sensitive", () => {
    expect(JSON.stringify(issueOf('{"password": hunter2}'))).not.toContain("hunter2");
  });
});

describe("any file", () => {
  test("of any bytes is read or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (file) => {
        const { value, issue } = readPlan(file);
        expect((value === undefined) !== (issue === undefined)).toBe(true);
      }),
    );
  });

  test("that a plan is cut to is refused as cut, wherever it ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: TEXT.length - 1 }), (end) => {
        expect(issueOf(TEXT.slice(0, end))?.code).toBe("plan-truncated");
      }),
    );
  });

  test("that nests without end is read or refused", () => {
    const depth = 200_000;
    const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(readPlan(bytes(nested)).issue?.code).toBe("not-a-plan");
    expect(readPlan(bytes(TEXT.replace('"orders"', nested))).issue).toBeUndefined();
  });
});
