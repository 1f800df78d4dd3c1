// Every example against the schema of the provider that users run: accepted, known at plan, applied, and then at rest.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Fixtures, PlanJson } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import type { ObjectValue } from "../standin/wire/values";
import { ROOT, declared, program, said, withStacks } from "./plan";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";

// What exists in the account of the example existing-resources.
const ACCOUNT: Fixtures = {
  dataSources: {
    aws_dynamodb_table: ({ name }): ObjectValue =>
      name === "ledger" ? { server_side_encryption: [{ enabled: true, kms_key_arn: KEY }] } : {},
    aws_cloudcontrolapi_resource: ({ identifier }) => ({
      properties: JSON.stringify({
        DatabaseName: identifier,
        DatabaseInput: { LocationUri: "s3://acme-ledger/zero-etl" },
      }),
    }),
  },
};

const yaml = (folder: string) => readdirSync(join(ROOT, folder)).filter((file) => file.endsWith(".yaml"));
const EXAMPLES: [string, (outdir: string) => void][] = [
  ...["zero-etl.yaml", ...yaml("examples").map((file) => join("examples", file))].map(
    (file): [string, (outdir: string) => void] => [file, declared(readFileSync(join(ROOT, file), "utf8"))],
  ),
  ...readdirSync(join(ROOT, "examples/typescript")).map((file): [string, (outdir: string) => void] => [
    join("examples/typescript", file),
    program(join(ROOT, "examples/typescript", file)),
  ]),
];

/** The arguments that a reviewer must be able to read in a plan. */
const REVIEWED = ["desired_state", "policy", "assume_role_policy"];

function unknownArguments({ resource_changes = [] }: PlanJson): string[] {
  return resource_changes.flatMap(({ address, change }) =>
    REVIEWED.filter((argument) => change.after_unknown[argument] === true).map(
      (argument) => `${address}.${argument}`,
    ),
  );
}

describeWithTerraform("every example", () => {
  test.each(EXAMPLES)("%s is planned with nothing unknown, applied, and planned empty", async (_, build) => {
    let stacks = 0;
    await withStacks(build, ACCOUNT, async ({ directory, terraform }) => {
      stacks += 1;
      succeeded(await terraform.validate(directory));
      const first = await terraform.planJson(directory);
      const actions = Object.values(plannedActions(first));
      expect(actions.length).toBeGreaterThan(0);
      expect(new Set(actions.filter((action) => action !== "read"))).toEqual(new Set(["create"]));
      expect(unknownArguments(first)).toEqual([]);

      succeeded(await terraform.apply(directory));
      const second = await terraform.planJson(directory);
      expect(plannedActions(second)).toEqual({});
      const checks = (second.checks ?? []).filter(({ address }) => address.kind === "check");
      for (const check of checks) expect(check).toMatchObject({ status: "pass" });
    });
    expect(stacks).toBeGreaterThan(0);
  });

  test("cannot be destroyed by accident", async () => {
    await withStacks(EXAMPLES[0]![1], {}, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const result = await terraform.destroy(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain("Instance cannot be destroyed");
      expect(Object.keys((await terraform.stateJson(directory)).values ?? {})).toContain("root_module");
    });
  });

  test("is destroyed in reverse once it is not protected: the integration first", async () => {
    const text = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8").replace(
      "refreshInterval: 30m",
      "protect: false",
    );
    await withStacks(declared(text), {}, async ({ directory, terraform }) => {
      succeeded(await terraform.apply(directory));
      const before = terraform.calls.length;
      succeeded(await terraform.destroy(directory));
      const order = terraform.calls
        .slice(before)
        .filter(({ rpc }) => rpc === "ApplyResourceChange")
        .map(({ type }) => type);
      expect(order).toHaveLength(7);
      expect(order[0]).toBe("aws_cloudcontrolapi_resource");
      expect(order.indexOf("aws_iam_role_policy")).toBeGreaterThan(
        order.lastIndexOf("aws_cloudcontrolapi_resource"),
      );
      expect(order.indexOf("aws_iam_role")).toBeGreaterThan(order.indexOf("aws_iam_role_policy"));
      expect(order.indexOf("aws_glue_catalog_database")).toBeGreaterThan(
        order.lastIndexOf("aws_cloudcontrolapi_resource"),
      );
    });
  });
});
