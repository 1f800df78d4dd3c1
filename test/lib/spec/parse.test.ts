import { formatLocatedIssues, parseDeclaration } from "../../../lib/spec";

const head = `version: 1
environments:
  prod: { region: us-east-1 }
stacks:
  orders:
    environment: prod
`;
const whole = `${head}    sources:
      orders: { type: dynamodb, table: orders }
    targets:
      lake: { type: glue-database, database: lake, location: "s3://acme-lake/" }
    integrations:
      orders-to-lake: { source: orders, target: lake }
`;

function said(text: string, file = "zero-etl.yaml"): string {
  return formatLocatedIssues(parseDeclaration(text, file).issues);
}

describe("the value", () => {
  test("is the declaration, with the mappings that may be missing", () => {
    const { declaration, issues } = parseDeclaration(head, "zero-etl.yaml");
    expect(issues.map(({ code }) => code)).toEqual(["empty-stack"]);
    expect(declaration).toEqual({
      version: 1,
      environments: { prod: { region: "us-east-1" } },
      stacks: { orders: { environment: "prod", sources: {}, targets: {}, integrations: {} } },
    });
  });

  test("does not hold where editors find the schema", () => {
    const { declaration } = parseDeclaration(`$schema: x.json\n${whole}`, "zero-etl.yaml");
    expect(Object.keys(declaration ?? {})).toEqual(["version", "environments", "stacks"]);
  });

  test("takes over merge keys", () => {
    const { declaration } = parseDeclaration(
      whole
        .replace("orders: {", "orders: &t {")
        .replace("    targets:", "      other: { <<: *t, table: other }\n    targets:"),
      "zero-etl.yaml",
    );
    expect(declaration?.stacks["orders"]?.sources["other"]).toEqual({ type: "dynamodb", table: "other" });
  });

  test("takes labels that every object inherits", () => {
    const text = whole
      .replace(/orders: \{ type/, "constructor: { type")
      .replace("source: orders", "source: constructor");
    expect(said(text)).toBe("no issues");
    expect(said(whole.replace("source: orders", "source: constructor"))).toMatch(
      /stack orders has no source "constructor"/,
    );
  });
});

describe("places", () => {
  test("follow an alias to what it stands for", () => {
    const text = whole
      .replace("table: orders }", "table: orders, kmsKeyArn: &key nonsense }")
      .replace("target: lake }", "target: lake, kmsKeyArn: *key }");
    expect(said(text)).toBe(
      [
        "zero-etl.yaml:8:64: error: kmsKeyArn is not the ARN of a KMS key [kms-key-arn]",
        '  got:      "nonsense"',
        "  expected: arn:aws:kms:us-east-1:111122223333:key/id",
        "zero-etl.yaml:12:66: error: kmsKeyArn is not the ARN of a KMS key [kms-key-arn]",
        '  got:      "nonsense"',
        "  expected: arn:aws:kms:us-east-1:111122223333:key/id",
        "2 errors",
      ].join("\n"),
    );
  });

  test("name one fault once, however many aliases lead to it", () => {
    const text = `${head}    sources:
      orders: &source { type: dynamodb, table: orders, kmsKeyArn: nonsense }
      again: *source
    targets:
      lake: { type: glue-database, database: lake, location: "s3://acme-lake/" }
    integrations:
      orders-to-lake: { source: orders, target: lake }
`;
    expect(said(text)).toMatch(/^zero-etl\.yaml:8:67: error: kmsKeyArn/);
    expect(said(text)).toMatch(/\n1 error, 1 note$/);
  });

  test("follow a merge key", () => {
    const text = whole
      .replace("orders: {", "orders: &t { kmsKeyArn: nonsense,")
      .replace("    targets:", "      other: { <<: *t, table: other }\n    targets:");
    expect(said(text)).toMatch(/^zero-etl\.yaml:8:31: error: kmsKeyArn is not/);
    expect(parseDeclaration(text, "x").issues.filter(({ code }) => code === "kms-key-arn")).toHaveLength(1);
  });

  test("count lines of every kind of line end, and a byte order mark not at all", () => {
    const wrong = whole.replace("us-east-1", "cn-north-1");
    expect(said(wrong)).toMatch(/^zero-etl\.yaml:3:19:/);
    expect(said(wrong.replace(/\n/g, "\r\n"))).toMatch(/^zero-etl\.yaml:3:19:/);
    expect(said(`\ufeff${wrong}`)).toMatch(/^zero-etl\.yaml:3:19:/);
  });

  test("are those of JSON in JSON", () => {
    const text =
      '{\n\t"version": 1,\n\t"environments": { "prod": { "region": "us-east-1", "account": 5 } },\n\t"stacks": {}\n}';
    expect(said(text, "zero-etl.json")).toBe(
      [
        "zero-etl.json:3:64: error: account is not a text [wrong-type]",
        "  got:      5, a number",
        "  expected: a text",
        '  remedy:   put it in quotes: "5"',
        "zero-etl.json:4:2: error: there is no stack [no-stacks]",
        "  remedy:   add a stack with its sources, targets and integrations",
        "2 errors",
      ].join("\n"),
    );
  });

  test("are given for what an issue is about besides", () => {
    const { issues } = parseDeclaration(
      whole.replace(
        "    integrations:",
        '      again: { type: glue-database, database: lake, location: "s3://acme-lake/" }\n    integrations:',
      ),
      "x",
    );
    expect(issues.find(({ code }) => code === "duplicate-target")).toMatchObject({
      line: 11,
      column: 7,
      relatedPlaces: [{ line: 10, column: 7 }],
    });
  });
});

describe("what would break a parser", () => {
  test.each([
    ["[".repeat(20_000), "the file is nested too deeply"],
    ["- ".repeat(20_000), "the file is nested too deeply"],
    ["{a: ".repeat(20_000), "the file is nested too deeply"],
    [
      `a: &a [x,x]\n${"bcdefghijklmno"
        .split("")
        .map((name, i, all) => `${name}: &${name} [*${all[i - 1] ?? "a"},*${all[i - 1] ?? "a"}]`)
        .join("\n")}`,
      "the aliases of the file multiply into too many values",
    ],
    [`a: &a x\nb: [${"*a, ".repeat(6_000)}]`, "the file has more than 5000 aliases"],
    ["a: *b", "alias *b has no anchor &b before it"],
    ["a: &a { b: *a }", "alias *a stands inside its own anchor"],
    ["a: { <<: 5 }", "a merge key << takes a mapping or an alias of one"],
    ["a: &a [x]\nb: { <<: *a }", "a merge key << takes a mapping or an alias of one"],
    ["a: &a { <<: *a }", "alias *a stands inside its own anchor"],
  ])("is one clear issue: %#", (text, message) => {
    const { declaration, issues } = parseDeclaration(text, "x.yaml");
    expect(declaration).toBeUndefined();
    expect(issues.map((issue) => issue.message)).toEqual([message]);
  });

  test("is nothing that 400 integrations with one anchor do", () => {
    const integrations = Array.from(
      { length: 400 },
      (_, index) => `      i${index}: { <<: *common, name: "n${index}" }`,
    );
    const text =
      whole.replace("orders-to-lake: {", "orders-to-lake: &common {") + `${integrations.join("\n")}\n`;
    expect(parseDeclaration(text, "x").issues.filter(({ code }) => code.startsWith("yaml"))).toEqual([]);
  });
});

describe("texts without a declaration", () => {
  test.each([
    ["", "the file holds nothing"],
    ["\n\n", "the file holds nothing"],
    ["# only a comment", "the file holds nothing"],
    ["---\n", "the file holds nothing"],
    ["---\n---\n", "the file holds nothing"],
    ["[]", "the file is not a mapping"],
    ["hello", "the file is not a mapping"],
    ["5", "the file is not a mapping"],
    ["null", "the file is not a mapping"],
    ["%FOO\n---\na: 1", expect.stringMatching(/FOO/)],
    ["a: 1\n---\nb: 2", "the file holds more than one YAML document"],
    ["a: !!binary aGk=", "a YAML tag means nothing in a declaration"],
  ])("%p", (text, message) => {
    expect(parseDeclaration(text, "x.yaml").issues.map((issue) => issue.message)).toEqual([message]);
  });

  test("an end marker is not another document", () => {
    expect(said(`---\n${whole}...\n---\n`)).toBe("no issues");
  });
});

test("an error in one part does not hide those in others", () => {
  const text = whole
    .replace("us-east-1", "cn-north-1")
    .replace("table: orders", "tabel: orders")
    .replace("database: lake", "database: the-lake")
    .replace("source: orders", "source: ordres");
  expect(parseDeclaration(text, "x").issues.map(({ code }) => code)).toEqual([
    "region-partition",
    "unknown-key",
    "database-name",
    "unknown-label",
  ]);
});

describe("what a misspelt key follows from", () => {
  test("one fault is one issue: the key is not missing as well", () => {
    expect(
      parseDeclaration(whole.replace("location:", "locaton:"), "x").issues.map(({ code }) => code),
    ).toEqual(["unknown-key"]);
  });

  test("type may be misspelt, too", () => {
    expect(said(whole.replace("type: dynamodb", "typ: dynamodb"))).toMatch(
      /remedy: {3}did you mean type by "typ"\?/,
    );
  });
});

test("nothing is said about what a source without a type holds", () => {
  const text = whole.replace("{ type: dynamodb, table: orders }", "{ entities: {}, table: [] }");
  expect(parseDeclaration(text, "x").issues.map(({ code }) => code)).toEqual(["missing-key"]);
});
