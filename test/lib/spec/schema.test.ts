import Ajv from "ajv";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { SOURCE_KINDS, TARGET_KINDS } from "../../../lib/facts/kinds";
import { publishedSchema } from "../../../lib/spec/published-schema";
import { SOURCES, TARGETS } from "../../../lib/spec/shapes";

const root = join(__dirname, "../../..");
const fixtures = join(root, "test/fixtures");
const validate = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strict: true,
  strictRequired: false,
}).compile(publishedSchema());

function valueOf(folder: string, file: string): unknown {
  return parse(readFileSync(join(fixtures, folder, file), "utf8"), { merge: true }) as unknown;
}

const filesOf = (folder: string) =>
  readdirSync(join(fixtures, folder)).filter((name) => /\.(yaml|json)$/.test(name));

test("the published file is what the shapes say: run schema/generate.ts after a change", () => {
  const published = readFileSync(join(root, "schema/zero-etl.schema.json"), "utf8");
  expect(published).toBe(`${JSON.stringify(publishedSchema(), undefined, 2)}\n`);
});

test("every kind has a shape whose type is its name", () => {
  expect(Object.keys(SOURCES)).toEqual([...SOURCE_KINDS]);
  expect(Object.keys(TARGETS)).toEqual([...TARGET_KINDS]);
  for (const [kind, { properties }] of Object.entries({ ...SOURCES, ...TARGETS })) {
    expect(properties?.["type"]?.const).toBe(kind);
  }
});

test("every key is described", () => {
  const undescribed: string[] = [];
  const visit = (schema: unknown, path: string) => {
    if (schema === null || typeof schema !== "object" || Array.isArray(schema)) return;
    const { properties } = schema as {
      properties?: Record<string, { description?: string; const?: unknown; $ref?: string }>;
    };
    for (const [key, member] of Object.entries(properties ?? {})) {
      if (member.description === undefined && member.const === undefined && member.$ref === undefined)
        undescribed.push(`${path}.${key}`);
    }
    for (const [key, member] of Object.entries(schema)) visit(member, `${path}.${key}`);
  };
  visit(publishedSchema(), "");
  expect(undescribed).toEqual([]);
});

test.each([
  ...filesOf("valid").map((file) => ["valid", file]),
  ...filesOf("remarked").map((file) => ["remarked", file]),
])("editors accept %s/%s", (folder, file) => {
  // The one thing that the schema takes for a fault and the parser for a remark: options for too long a name.
  expect([validate(valueOf(folder, file)), validate.errors ?? []]).toEqual([true, []]);
});

// What a schema can say; the rest needs a look at several places at once, or at the text.
test.each([
  "account-format",
  "backend-key",
  "connection-name",
  "data-filter-length",
  "database-name",
  "deployer-arn",
  "description-length",
  "dynamodb-table-name",
  "empty-list",
  "integration-arn",
  "integration-name-length",
  "invalid-label",
  "kms-key-arn",
  "layout-version",
  "log-retention-days",
  "missing-key",
  "namespace-arn",
  "no-stacks",
  "not-a-mapping",
  "oracle-arn",
  "oracle-table",
  "partition-columns",
  "partition-field",
  "pluggable-database",
  "refresh-interval-format",
  "refresh-interval-range",
  "role-arn",
  "s3-location",
  "secret-arn",
  "table-bucket-name",
  "table-name-length",
  "target-table-length",
  "too-many-tags",
  "topic-arn",
  "unknown-key",
  "unknown-value",
  "unknown-version",
  "wrong-type",
])("editors complain about invalid/%s.yaml", (name) => {
  expect(validate(valueOf("invalid", `${name}.yaml`))).toBe(false);
});

test("editors complain by the one type that is written", () => {
  const value = valueOf("valid", "smallest.yaml") as { stacks: { orders: { sources: { orders: object } } } };
  value.stacks.orders.sources.orders = { type: "salesforce", connection: "c", table: "t" };
  expect(validate(value)).toBe(false);
  const complaints = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
  expect(complaints.map(({ keyword, params }) => [keyword, params])).toEqual([
    ["additionalProperties", { additionalProperty: "table" }],
  ]);
});
