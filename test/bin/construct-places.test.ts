// The line of a declaration for a construct path.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { declarationLines } from "../../lib/commands/construct-places";
import { emptyFolder } from "./terminal";

const SAMPLE = readFileSync(join(__dirname, "../../zero-etl.yaml"), "utf8");
const lineWith = (text: string) => SAMPLE.split("\n").findIndex((line) => line.includes(text)) + 1;

let cwd = "";
beforeEach(() => {
  cwd = emptyFolder();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const lines = (text: string, file = "zero-etl.yaml", env: NodeJS.ProcessEnv = {}) => {
  writeFileSync(join(cwd, file), text);
  return declarationLines(env, cwd);
};

test.each([
  ["Integrations/orders-to-lake/Resource", "orders-to-lake:"],
  ["Sources/orders/Resource", "orders: { type"],
  ["Targets/lake/Role/Policy", "lake: { type"],
  // Documents that sources and targets share are named as AWS names what they belong to.
  ["DynamoDbTablePolicy/orders/Resource", "orders: { type"],
  ["IntegrationResourceProperty/glue-database/sales_lake/Resource", "lake: { type"],
  // What belongs to the stack as a whole.
  ["GlueCatalogPolicy/Resource", "  orders:"],
  ["Operator/Role", "  orders:"],
  ["Integrations/gone/Resource", "  orders:"],
])("%s is declared by the line of %s", (path, text) => {
  expect(lines(SAMPLE)?.lineOf("orders", path)).toBe(lineWith(text));
});

test("a stack that the file does not declare has no line", () => {
  expect(lines(SAMPLE)?.lineOf("other", "Integrations/orders-to-lake/Resource")).toBeUndefined();
});

test("the file that ZERO_ETL_CONFIG names is read", () => {
  expect(lines(SAMPLE, "orders.yml", { ZERO_ETL_CONFIG: "orders.yml" })?.file).toBe("orders.yml");
});

test.each([
  ["not YAML", "a: ["],
  ["empty", ""],
  ["a text", "hello"],
])("a file that is %s says nothing", (_, text) => {
  expect(lines(text)?.lineOf("orders", "Integrations/a/Resource")).toBeUndefined();
});

test("no file says nothing", () => {
  expect(declarationLines({}, cwd)).toBeUndefined();
});
