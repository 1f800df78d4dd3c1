import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { LocatedIssue } from "../../../lib/spec";
import { parseDeclaration } from "../../../lib/spec";

const sample = readFileSync(join(__dirname, "../../fixtures/valid/everything-supported.yaml"), "utf8");

// Words of the grammar in places where they do and do not belong: random text alone never gets past the first level.
const WORDS = [
  ..."version environments stacks prod orders lake environment region account sources targets integrations type".split(
    " ",
  ),
  ..."dynamodb glue-database redshift s3-tables oracle salesforce table database location source target tables".split(
    " ",
  ),
  ..."orders/lake partitionBy field function format identity month unnest tags backend s3 bucket key entities".split(
    " ",
  ),
  ..."refreshInterval 30m kmsKeyArn monitoring alarms staleAfter logRetentionDays us-east-1 __proto__ constructor".split(
    " ",
  ),
  "s3://acme-lake/sales",
  "",
];

const scalar = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.string(),
);

const grammarLike = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "medium" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie("value"), { maxKeys: 6 }),
  ),
})).value;

function sensible({ declaration, issues }: ReturnType<typeof parseDeclaration>): boolean {
  const refused = issues.some(({ severity }) => severity === "error");
  return (
    refused === (declaration === undefined) &&
    isSorted(issues) &&
    issues.every(({ line, column }) => line >= 1 && column >= 1)
  );
}

function isSorted(issues: readonly LocatedIssue[]): boolean {
  return issues.every((issue, index) => {
    const before = issues[index - 1];
    return (
      before === undefined ||
      before.line < issue.line ||
      (before.line === issue.line && before.column <= issue.column)
    );
  });
}

test("any text gives issues or a declaration", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) =>
      sensible(parseDeclaration(text, "x.yaml")),
    ),
  );
});

test("any JSON value gives issues or a declaration", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => sensible(parseDeclaration(JSON.stringify(value), "x.json"))),
  );
});

test("any value in the words of the grammar gives issues or a declaration", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...WORDS), grammarLike), (value) =>
      sensible(parseDeclaration(JSON.stringify(value), "x.json")),
    ),
    { numRuns: 150 },
  );
});

test("a declaration with any part replaced gives issues or a declaration", () => {
  const { declaration } = parseDeclaration(sample, "x.yaml");
  const paths = pathsOf(declaration);
  fc.assert(
    fc.property(fc.constantFrom(...paths), grammarLike, (path, value) =>
      sensible(parseDeclaration(JSON.stringify(replaced(declaration, path, value)), "x.json")),
    ),
    { numRuns: 150 },
  );
});

test("a declaration with any piece of its text changed gives issues or a declaration", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      "- ",
      "&a ",
      "*a ",
      "\t",
      "\n",
      "'",
      '"',
      "#",
      "? ",
      "!x ",
      "<<: ",
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.nat(sample.length), fc.nat(20), piece, (at, length, text) =>
      sensible(parseDeclaration(sample.slice(0, at) + text + sample.slice(at + length), "x.yaml")),
    ),
    { numRuns: 150 },
  );
});

test("JSON and YAML of one value are one declaration", () => {
  const text = fc.stringMatching(/^[A-Za-z0-9 _.:/=+@-]{0,40}$/);
  const label = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
  const declaration = fc.record({
    description: fc.string({ unit: "grapheme", maxLength: 200 }),
    tags: fc.dictionary(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}$/).filter((key) => !/^aws/i.test(key)),
      text,
    ),
    label,
    table: fc.stringMatching(/^[a-zA-Z0-9_.-]{3,60}$/),
    interval: fc.oneof(fc.integer({ min: 15, max: 8640 }), fc.constantFrom("15m", "6h", "6d")),
    context: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string(), { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(declaration, ({ description, tags, label, table, interval, context }) => {
      const value = {
        version: 1,
        environments: { [label]: { region: "us-east-1", account: "011122223333" } },
        stacks: {
          [label]: {
            environment: label,
            tags,
            sources: { [label]: { type: "dynamodb", table } },
            targets: { [label]: { type: "glue-database", database: "lake", location: "s3://acme-lake" } },
            integrations: {
              [label]: {
                source: label,
                target: label,
                description,
                refreshInterval: interval,
                kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b",
                encryptionContext: context,
              },
            },
          },
        },
      };
      const texts = [JSON.stringify(value), JSON.stringify(value, undefined, "\t"), stringify(value)];
      for (const one of texts) {
        const { declaration: read, issues } = parseDeclaration(one, "x");
        expect(issues.filter(({ severity }) => severity !== "note")).toEqual([]);
        expect(read).toEqual(value);
      }
    }),
  );
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === Number(step) ? replaced(item, rest, by) : item));
  const mapping = value as Record<string, unknown>;
  return { ...mapping, [step]: replaced(mapping[step], rest, by) };
}
