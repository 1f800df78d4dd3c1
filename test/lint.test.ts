// The walls of the design hold only as long as the linter really refuses what would break them.
import { importRefusals } from "./support/lint-texts";

const WALL = "lib holds pure functions and data";
const ONE_WAY = "modules import lib, never the other way round";
const PROVIDER_ROOT = "import each class by its own path: @cdktf/provider-aws/lib/<resource>";
const APART = "sources and targets never import each other";

type Import = readonly [file: string, specifier: string];

const REFUSED: readonly (readonly [...Import, string])[] = [
  ...["cdktf", "cdktf/lib/tokens", "constructs", "@cdktf/provider-aws/lib/iam-role"].flatMap((specifier) =>
    ["lib/fake.ts", "lib/policy/fake.ts"].map((file) => [file, specifier, WALL] as const),
  ),
  ["lib/fake.ts", "../modules", ONE_WAY],
  ["lib/fake.ts", "../modules/integration", ONE_WAY],
  ["lib/rules/fake.ts", "../../modules/shared/registry", ONE_WAY],

  ...[
    "main.ts",
    "lib/fake.ts",
    "modules/fake.ts",
    "modules/sources/fake.ts",
    "modules/targets/fake.ts",
    "bin/fake.ts",
    "bench/fake.ts",
    "examples/fake/main.ts",
    "test/fake.test.ts",
  ].map((file) => [file, "@cdktf/provider-aws", PROVIDER_ROOT] as const),

  ...["@cdktf/provider-aws/lib", "@cdktf/provider-aws/lib/index", "@cdktf/provider-aws/lib/index.js"].map(
    (specifier) => ["modules/fake.ts", specifier, PROVIDER_ROOT] as const,
  ),

  ["modules/sources/fake.ts", "../targets", APART],
  ["modules/targets/fake.ts", "../sources", APART],
  ["modules/sources/fake.ts", "../targets/glue-database-target", APART],
  ["modules/sources/nested/fake.ts", "../../targets/glue-database-target", APART],
  ["modules/targets/fake.ts", "../sources/dynamodb-source", APART],
  ["modules/targets/nested/fake.ts", "../../sources/dynamodb-source", APART],
];

const ACCEPTED: readonly Import[] = [
  ["lib/fake.ts", "./arn"],
  ["lib/rules/fake.ts", "../facts/limits"],
  ["lib/spec/fake.ts", "yaml"],
  ["lib/fake.ts", "node:crypto"],

  ...["cdktf", "constructs", "@cdktf/provider-aws/lib/iam-role", "../../lib/arn", "../environment"].flatMap(
    (specifier) =>
      ["modules/shared/fake.ts", "modules/sources/fake.ts", "modules/targets/fake.ts"].map(
        (file) => [file, specifier] as const,
      ),
  ),
  ["main.ts", "@cdktf/provider-aws/lib/iam-role"],
  ["examples/fake/main.ts", "@cdktf/provider-aws/lib/iam-role"],

  ["modules/sources/fake.ts", "./dynamodb-source"],
  ["modules/sources/fake.ts", "../../lib/rules/sources"],
  ["modules/targets/fake.ts", "./glue-database-target"],
  ["modules/targets/fake.ts", "../../lib/rules/targets"],
  ["modules/from-spec.ts", "./sources/dynamodb-source"],
  ["modules/from-spec.ts", "./targets/glue-database-target"],
];

/** Every way of importing that the rules could overlook. */
const FORMS = {
  value: (from: string) => `import { used } from "${from}";\nexport const use = used;\n`,
  type: (from: string) => `import type { Used } from "${from}";\nexport type Use = Used;\n`,
  reExport: (from: string) => `export * from "${from}";\n`,
};

const forms = Object.values(FORMS);
const texts = [...REFUSED, ...ACCEPTED].flatMap(([file, specifier]) =>
  forms.map((form) => ({ file, code: form(specifier) })),
);
const refusals = importRefusals(texts);
const refusalsOf = (index: number): string[][] =>
  refusals.slice(index * forms.length, (index + 1) * forms.length);

test.each(REFUSED.map((refused, index) => [...refused, index] as const))(
  "%s cannot import %s: %s",
  (_file, _specifier, message, index) => {
    for (const messages of refusalsOf(index))
      expect(messages).toContainEqual(expect.stringContaining(message));
  },
);

test.each(ACCEPTED.map((accepted, index) => [...accepted, REFUSED.length + index] as const))(
  "%s can import %s",
  (_file, _specifier, index) => {
    expect(refusalsOf(index)).toEqual(forms.map(() => []));
  },
);

describe("an import in the middle of a line", () => {
  const expression = (from: string) => `export const use = import("${from}");\n`;
  const type = (from: string) => `export type Use = import("${from}").Used;\n`;
  const behind = ["cdktf", "cdktf/lib/tokens", "constructs", "@cdktf/provider-aws/lib/iam-role"];
  const cases = [...behind, "yaml", "./arn"].flatMap((from) => [expression(from), type(from)]);
  const found = importRefusals(cases.map((code) => ({ file: "lib/fake.ts", code })));

  test.each(cases.map((code, index) => [code.trim(), index] as const))("%s", (_code, index) => {
    const refused = index < behind.length * 2;
    expect(found[index]).toEqual(refused ? [expect.stringContaining(WALL)] : []);
  });
});
