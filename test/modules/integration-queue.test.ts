import fc from "fast-check";
import { DataResource } from "cdktf";
import { App, TerraformStack } from "cdktf";
import type { ZeroEtlIntegrationProps } from "../../modules";
import { DynamoDbSource, GlueDatabaseTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { IntegrationQueue } from "../../modules/shared/integration-queue";
import type { StackJson } from "../support/synth";
import { PROD, synthStack } from "../support/synth";

/** Who waits for which integrations, by label. */
function waits(stack: StackJson): Record<string, string[]> {
  const label = (address: string) => /Integrations_([^_]+)_/.exec(address)?.[1];
  const integrations = Object.entries(stack.resources("aws_cloudcontrolapi_resource")).filter(
    ([name]) => label(name) !== undefined,
  );
  return Object.fromEntries(
    integrations.map(([name, { depends_on: all }]) => [
      label(name),
      (all as string[]).flatMap((address) => label(address.split(".")[1] ?? "") ?? []),
    ]),
  );
}

function fleet(labels: readonly string[], targetOf: (label: string) => string): StackJson {
  return synthStack((app) => {
    const stack = new ZeroEtlStack(app, "fleet", PROD);
    const targets = new Map<string, GlueDatabaseTarget>();
    for (const label of labels) {
      const database = targetOf(label);
      const target =
        targets.get(database) ??
        new GlueDatabaseTarget(stack.targets, database, { database, location: `s3://acme-lake/${database}` });
      targets.set(database, target);
      const props: ZeroEtlIntegrationProps = {
        source: DynamoDbSource.fromTableName(stack.sources, label, { table: `table-${label}` }),
        target,
      };
      new ZeroEtlIntegration(stack.integrations, label, props);
    }
  });
}

const NINE = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

test("four integrations of a target wait for no other", () => {
  expect(waits(fleet(NINE.slice(0, 4), () => "lake"))).toEqual({ a: [], b: [], c: [], d: [] });
});

test("from the fifth on, each waits for the one that has its place before it", () => {
  expect(waits(fleet(NINE, () => "lake"))).toEqual({
    ...{ a: [], b: [], c: [], d: [] },
    ...{ e: ["a"], f: ["b"], g: ["c"], h: ["d"], i: ["e"] },
  });
});

test("integrations of another target are not held up", () => {
  const stack = fleet(NINE, (label) => (label === "e" ? "finance" : "lake"));
  expect(waits(stack)).toEqual({
    ...{ a: [], b: [], c: [], d: [], e: [] },
    ...{ f: ["a"], g: ["b"], h: ["c"], i: ["d"] },
  });
});

test("an integration still waits for what it needs itself", () => {
  const stack = fleet(NINE, () => "lake");
  const [, e] = Object.entries(stack.resources("aws_cloudcontrolapi_resource")).find(([name]) =>
    name.startsWith("Integrations_e_"),
  ) ?? ["", {}];
  expect((e["depends_on"] as string[]).map((address) => address.split(".").slice(0, -1).join("."))).toEqual([
    "aws_lambda_invocation",
    "data.aws_dynamodb_table",
    "data.aws_kms_key",
    "aws_cloudcontrolapi_resource",
    "aws_lambda_invocation",
    "aws_cloudcontrolapi_resource",
  ]);
});

test("the order in which integrations are made never shows", () => {
  const expected = fleet(NINE, () => "lake").text;
  fc.assert(
    fc.property(fc.shuffledSubarray(NINE, { minLength: NINE.length }), (labels) => {
      expect(fleet(labels, () => "lake").text).toBe(expected);
    }),
    { numRuns: 10 },
  );
});

test("no more than four lanes, whatever the number: at most four have nobody before them, and nobody has two after it", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 60 }), (numbers) => {
      const stack = new TerraformStack(new App({ stackTraces: false }), "s");
      const resources = numbers.map((number) => {
        const resource = new DataResource(stack, `r${String(number)}`);
        IntegrationQueue.of(stack, "target").join(resource);
        return resource;
      });
      const before = resources.map(({ dependsOn = [] }) => dependsOn);
      const followed = before.flat();
      expect(new Set(followed).size).toBe(followed.length);
      expect(before.filter((waited) => waited.length === 0)).toHaveLength(Math.min(numbers.length, 4));
      expect(before.every((waited) => waited.length <= 1)).toBe(true);
    }),
    { numRuns: 20 },
  );
});
