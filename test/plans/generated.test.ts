// Declarations that nobody wrote by hand: whatever the rules let pass, Terraform takes.
import fc from "fast-check";
import { parseDeclaration } from "../../modules";
import { describeWithTerraform, succeeded } from "../standin/kit";
import { declared, withStacks } from "./plan";

interface Wanted {
  readonly description?: string;
  readonly encryptionContext?: Record<string, string>;
}

const label = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const nasty = fc.constantFrom('"', "\\", "${", "$${", "%{", "}", "\n", "\t", "é", "\\n", "$", "%", "<", "&");
const text = fc
  .array(fc.oneof(nasty, fc.string({ maxLength: 5 })), { minLength: 1, maxLength: 8 })
  .map((parts) => `x${parts.join("")}`);

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
  kmsKeyArn: fc.constant("arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555"),
  encryptionContext: fc.dictionary(text, text, { maxKeys: 2, noNullPrototype: true }),
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
  test("are valid and planned, with every text as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(declaration, async (json) => {
        const wanted: Record<string, Wanted> = JSON.parse(json).stacks.generated.integrations;
        await withStacks(declared(json), {}, async ({ directory, terraform }) => {
          succeeded(await terraform.validate(directory));
          const { resource_changes = [] } = await terraform.planJson(directory);
          const planned = resource_changes
            .map(({ change }) => JSON.parse(String(change.after?.["desired_state"] ?? "{}")))
            .filter((state) => "IntegrationName" in state);
          expect(planned).toHaveLength(Object.keys(wanted).length);
          for (const state of planned) {
            const { description, encryptionContext } = wanted[state.IntegrationName] ?? {};
            expect(state.Description).toEqual(description);
            expect(state.AdditionalEncryptionContext).toEqual(encryptionContext);
          }
        });
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
