// Declarations that nobody wrote by hand: whatever the rules let pass, Terraform takes.
import fc from "fast-check";
import { parseDeclaration } from "../../modules";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { declared, withStacks } from "./plan";

const label = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const text = fc.string({ minLength: 1, maxLength: 60, unit: "grapheme-ascii" });

const source = fc.record({
  type: fc.constant("dynamodb"),
  table: fc.stringMatching(/^[a-zA-Z0-9_.-]{3,40}$/),
});
const target = fc.record({
  type: fc.constant("glue-database"),
  database: fc.stringMatching(/^[a-z0-9_]{1,30}$/),
  location: fc.stringMatching(/^[a-z0-9]{3,20}(\/[a-z0-9-]{1,10}){0,3}\/?$/).map((path) => `s3://${path}`),
  roleArn: optional(fc.constant("arn:aws:iam::111122223333:role/writer")),
});
const settings = {
  description: optional(text),
  refreshInterval: optional(fc.oneof(fc.integer({ min: 15, max: 8640 }), fc.constantFrom("15m", "6h", "6d"))),
  protect: optional(fc.boolean()),
};

const declaration = fc
  .record({
    sources: fc.dictionary(label, source, { minKeys: 1, maxKeys: 3 }),
    targets: fc.dictionary(label, target, { minKeys: 1, maxKeys: 2 }),
    environment: fc.record({
      region: fc.constantFrom("us-east-1", "eu-west-1"),
      account: optional(fc.constant("111122223333")),
    }),
  })
  .chain(({ sources, targets, environment }) =>
    fc
      .dictionary(
        label,
        fc.record({
          source: fc.constantFrom(...Object.keys(sources)),
          target: fc.constantFrom(...Object.keys(targets)),
          ...settings,
        }),
        { minKeys: 1, maxKeys: 4 },
      )
      .map((integrations) => ({
        version: 1,
        environments: { here: environment },
        stacks: { generated: { environment: "here", sources, targets, integrations } },
      })),
  )
  .map((value) => JSON.stringify(value))
  .filter((json) => parseDeclaration(json, "generated.json").declaration !== undefined);

describeWithTerraform("generated declarations", () => {
  test("are valid and planned, with one integration each", async () => {
    await fc.assert(
      fc.asyncProperty(declaration, async (json) => {
        const wanted = Object.keys(JSON.parse(json).stacks.generated.integrations).length;
        await withStacks(declared(json), {}, async ({ directory, terraform }) => {
          succeeded(await terraform.validate(directory));
          const actions = plannedActions(await terraform.planJson(directory));
          const integrations = Object.keys(actions).filter((address) =>
            address.startsWith("aws_cloudcontrolapi_resource.Integrations_"),
          );
          expect(integrations).toHaveLength(wanted);
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});
