import { didYouMean, suggest } from "../../../lib/rules/suggest";
import { INTEGRATION, SOURCES, STACK, TABLE_OPTIONS, TARGETS } from "../../../lib/spec/shapes";

const keysOf = (shape: { readonly properties?: object }) => Object.keys(shape.properties ?? {});

describe("what people type", () => {
  const unnests = ["full", "top-level", "none"];
  const sources = Object.keys(SOURCES);
  const targets = Object.keys(TARGETS);

  test.each([
    ["top_level", unnests, "top-level"],
    ["TOPLEVEL", unnests, "top-level"],
    ["NOUNNEST", unnests, "none"],
    ["FULL", unnests, "full"],
    ["dynamo", sources, "dynamodb"],
    ["DynamoDB", sources, "dynamodb"],
    ["sap", sources, "sap-odata"],
    ["pardot", sources, "salesforce-account-engagement"],
    ["saleforce", sources, "salesforce"],
    ["glue_database", targets, "glue-database"],
    ["s3", targets, "glue-database"],
    ["s3tables", targets, "s3-tables"],
    ["refresh_interval", keysOf(INTEGRATION), "refreshInterval"],
    ["interval", keysOf(INTEGRATION), "refreshInterval"],
    ["kmsKeyId", keysOf(INTEGRATION), "kmsKeyArn"],
    ["unnestSpec", keysOf(TABLE_OPTIONS), "unnest"],
    ["partition_by", keysOf(TABLE_OPTIONS), "partitionBy"],
    ["tabel", keysOf(SOURCES.dynamodb), "table"],
    ["tableName", keysOf(SOURCES.dynamodb), "table"],
    ["locationUri", keysOf(TARGETS["glue-database"]), "location"],
    ["enviroment", keysOf(STACK), "environment"],
  ])("%s is near %j: %s", (word, known, meant) => {
    expect(suggest(word, known)).toBe(meant);
  });

  test.each([
    ["colour", keysOf(INTEGRATION)],
    ["", keysOf(INTEGRATION)],
    ["---", keysOf(INTEGRATION)],
    ["constructor", keysOf(INTEGRATION)],
    ["__proto__", keysOf(INTEGRATION)],
    ["anything", []],
  ])("nothing is near %p", (word, known) => {
    expect(suggest(word, known)).toBeUndefined();
  });
});

test("didYouMean is a remedy, or what is given otherwise", () => {
  expect(didYouMean("ordres", ["orders"])).toEqual({ remedy: 'did you mean "orders"?' });
  expect(didYouMean("x", ["orders"])).toEqual({});
  expect(didYouMean("x", ["orders"], "add it")).toEqual({ remedy: "add it" });
});
