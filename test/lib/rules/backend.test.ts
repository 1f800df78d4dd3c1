import { s3BackendRules } from "../../../lib/rules/backend";
import { codesOf, lines, said } from "./said";

test("takes a backend, and what is not known of one", () => {
  expect(s3BackendRules({})).toEqual([]);
  expect(s3BackendRules({ bucket: "acme-tfstate", key: "orders.tfstate", region: "us-east-1" })).toEqual([]);
  expect(s3BackendRules({ key: "k" })).toEqual([]);
});

test.each(["", "/", "/orders.tfstate", "zero-etl/"])("fails for key %p", (key) => {
  expect(said(s3BackendRules({ key }))).toBe(
    lines(
      "key: error: the state key is empty, or begins or ends with a slash [backend-key]",
      `  got:      "${key}"`,
      "  expected: a key like zero-etl/orders.tfstate",
    ),
  );
});

test("fails for what is no bucket name", () => {
  expect(said(s3BackendRules({ bucket: "Acme" }))).toBe(
    lines(
      "bucket: error: the name of the state bucket has other characters than lower-case letters, digits, dots and hyphens [backend-bucket]",
      '  got:      "Acme"',
    ),
  );
});

test("fails for an empty region", () => {
  expect(codesOf(s3BackendRules({ region: "" }))).toEqual(["empty-text"]);
});
