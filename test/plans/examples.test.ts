// Every example against the schema of the provider that users run: accepted, known at plan, applied, and then at rest.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { possibleTargets } from "../../lib/facts/compatibility";
import type { SourceKind } from "../../lib/facts/kinds";
import { SOURCE_KINDS } from "../../lib/facts/kinds";
import type { Declaration } from "../../modules";
import { parseDeclaration } from "../../modules";
import type { PlanJson } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { ACCOUNT } from "./account";
import { ROOT, declared, program, said, withStacks } from "./plan";

const DECLARATIONS = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .sort();
const EXAMPLES: [string, (outdir: string) => void][] = [
  ...["zero-etl.yaml", ...DECLARATIONS.map((file) => join("examples", file))].map(
    (file): [string, (outdir: string) => void] => [file, declared(readFileSync(join(ROOT, file), "utf8"))],
  ),
  ...readdirSync(join(ROOT, "examples/typescript")).map((file): [string, (outdir: string) => void] => [
    join("examples/typescript", file),
    program(join(ROOT, "examples/typescript", file)),
  ]),
];

function declarationOf(kind: SourceKind): Declaration {
  const file = join(ROOT, "examples/sources", `${kind}.yaml`);
  const { declaration } = parseDeclaration(readFileSync(file, "utf8"), file);
  if (declaration === undefined) throw new Error(`${file} does not parse`);
  return declaration;
}

test.each(SOURCE_KINDS)("the example of %s has every possible pair, and each one once", (kind) => {
  const pairs = Object.values(declarationOf(kind).stacks).flatMap(({ sources, targets, integrations }) =>
    Object.values(integrations).map(({ source, target }) => [sources[source]?.type, targets[target]?.type]),
  );
  expect(pairs.sort()).toEqual(
    possibleTargets(kind)
      .map((target) => [kind, target])
      .sort(),
  );
});

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
      expect(order).toHaveLength(7 + 5);
      expect(order[0]).toBe("aws_cloudcontrolapi_resource");
      // The operator goes after all that it takes back.
      expect(order.indexOf("aws_lambda_function")).toBeGreaterThan(
        order.lastIndexOf("aws_lambda_invocation"),
      );
      expect(order.indexOf("aws_cloudwatch_log_group")).toBeGreaterThan(order.indexOf("aws_lambda_function"));
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
