// The parts of the documentation that are written from data.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardDrawing } from "../docs/dashboard-drawing";
import { GENERATED_FILES, SECTIONS, compatibility, connectors, withSections } from "../docs/sections";
import { REVIEW_RULES } from "../lib/review/rules";
import { SOURCE_KINDS, TARGET_KINDS } from "../lib/facts/kinds";

const ROOT = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

test.each(GENERATED_FILES)("%s is as `npm run docs` writes it", (file) => {
  expect(withSections(read(file))).toBe(read(file));
});

test.each(Object.keys(SECTIONS))("the part %s is in one file, once", (name) => {
  const marker = `<!-- generated: ${name} -->`;
  expect(GENERATED_FILES.map((file) => read(file).split(marker).length - 1).filter(Boolean)).toEqual([1]);
});

test("a part that is out of date is written anew, and its surroundings are kept", () => {
  const text = "before\n<!-- generated: compatibility -->\nold\n<!-- end -->\nafter";
  expect(withSections(text)).toBe(
    `before\n<!-- generated: compatibility -->\n${compatibility()}\n<!-- end -->\nafter`,
  );
});

test("a marker that names no part is an error", () => {
  expect(() => withSections("<!-- generated: nothing -->\n<!-- end -->")).not.toThrow();
  expect(() => withSections("<!-- generated: nothing -->\nold\n<!-- end -->")).toThrow(
    "there is no generated part nothing",
  );
});

test("the table of pairs has a row for each source, a column for each target, and an example for each row", () => {
  const rows = compatibility().split("\n");
  expect(rows).toHaveLength(SOURCE_KINDS.length + 2);
  for (const row of rows) expect(row.split("|")).toHaveLength(TARGET_KINDS.length + 3);
  expect(rows).toContain(
    "| [`oracle`](examples/sources/oracle.yaml) | impossible | impossible | impossible | documented |",
  );
  expect(rows).toContain(
    "| [`zendesk`](examples/sources/zendesk.yaml) | documented | in general terms | unknown | in general terms |",
  );
  for (const kind of SOURCE_KINDS) expect(existsSync(join(ROOT, `examples/sources/${kind}.yaml`))).toBe(true);
});

test("the table of connections tells the entities", () => {
  expect(connectors().split("\n")).toEqual(
    expect.arrayContaining([
      "| `salesforce` | Salesforce | `SALESFORCE` | 60 minutes | all but 418 that AWS lists |",
      "| `servicenow` | ServiceNow | `SERVICENOW` | 60 minutes | all but 574 that AWS lists |",
      "| `sap-odata` | SAP OData | `SAPODATA` | 60 minutes | any |",
      "| `facebook-ads` | Facebook Ads | `FACEBOOKADS` | 60 minutes | `*/adsets`, `*/campaigns`, `*/ads` |",
    ]),
  );
});

test("the README shows what a review prints, and counts its rules in the changelog", () => {
  const shown = /```text\n(BLOCK [^]*?)```/.exec(read("README.md"))?.[1] ?? "";
  expect(shown.split("\n")).toHaveLength(9);
  expect(read("test/golden/review/several.txt")).toContain(shown);
  expect(read("CHANGELOG.md")).toContain(`by ${REVIEW_RULES.length} rules`);
});

test("the README draws the dashboard, a row to an integration", () => {
  const drawing = dashboardDrawing().split("\n");
  expect(new Set(drawing.slice(1, -1).map((line) => line.length))).toEqual(new Set([73]));
  expect(drawing.filter((line) => /^\+- ## (orders|support)-to-lake -+\+$/.test(line))).toHaveLength(2);
  for (const word of ["inserted", "updated", "deleted", "succeeded", "failed", "age"])
    expect(drawing.filter((line) => line.includes(`|  ${word} `))).toHaveLength(2);
  expect(drawing.filter((line) => line.includes("|  orders-to-lake "))).toHaveLength(1);
});

test("the README counts what the sample becomes, and names every type", () => {
  const words: Readonly<Record<number, string>> = { 2: "two", 13: "thirteen" };
  const { resource, data, check } = JSON.parse(read("test/golden/zero-etl.orders.tf.json")) as Record<
    string,
    Record<string, object>
  >;
  const count = (blocks: object = {}): number =>
    Object.values(blocks).reduce((sum: number, block: object) => sum + Object.keys(block).length, 0);
  const section = read("README.md").split("## What one integration becomes")[1]?.split("\n## ")[0] ?? "";
  expect(section).toContain(
    `the stack holds ${words[count(resource)]} resources, ${words[count(data)]} data sources and a check`,
  );
  expect(Object.keys(check ?? {})).toHaveLength(1);
  for (const type of Object.keys(resource ?? {})) expect(section).toContain(`\`${type}\``);
  for (const type of Object.keys(data ?? {})) expect(section).toContain(`\`data.${type}\``);
});
