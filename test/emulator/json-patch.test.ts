import { applyPatch, parsePatch } from "./json-patch";

const DOCUMENT = { Description: "a", Tags: [{ Key: "team", Value: "x" }], Nested: { "a/b": 1 } };

const patched = (...operations: object[]): unknown =>
  applyPatch(DOCUMENT, parsePatch(JSON.stringify(operations)));

test("add, replace and remove", () => {
  expect(patched({ op: "add", path: "/DataFilter", value: "x" })).toEqual({ ...DOCUMENT, DataFilter: "x" });
  expect(patched({ op: "replace", path: "/Description", value: "b" })).toMatchObject({ Description: "b" });
  expect(patched({ op: "remove", path: "/Description" })).not.toHaveProperty("Description");
});

test("inside lists", () => {
  expect(patched({ op: "replace", path: "/Tags/0/Value", value: "y" })).toMatchObject({
    Tags: [{ Key: "team", Value: "y" }],
  });
  expect(patched({ op: "add", path: "/Tags/-", value: 1 })).toMatchObject({ Tags: [{ Key: "team" }, 1] });
  expect(patched({ op: "add", path: "/Tags/0", value: 1 })).toMatchObject({ Tags: [1, { Key: "team" }] });
  expect(patched({ op: "remove", path: "/Tags/0" })).toMatchObject({ Tags: [] });
});

test("escaped keys", () => {
  expect(patched({ op: "replace", path: "/Nested/a~1b", value: 2 })).toMatchObject({ Nested: { "a/b": 2 } });
});

test("an empty patch changes nothing, and the document given is never touched", () => {
  expect(patched()).toEqual(DOCUMENT);
  expect(DOCUMENT.Description).toBe("a");
});

test("test passes or stops the patch", () => {
  expect(patched({ op: "test", path: "/Description", value: "a" })).toEqual(DOCUMENT);
  expect(() => patched({ op: "test", path: "/Description", value: "b" })).toThrow(
    "test failed: /Description",
  );
});

test.each([
  [{ op: "replace", path: "/Missing", value: 1 }, "no such path: /Missing"],
  [{ op: "remove", path: "/Missing" }, "no such path: /Missing"],
  [{ op: "add", path: "/Missing/Deeper", value: 1 }, "no such path: /Missing/Deeper"],
  [{ op: "move", path: "/Description" }, "operation move is not supported"],
  [{ op: "add", path: "Description", value: 1 }, "path does not start with a slash: Description"],
])("%j is refused", (operation, reason) => {
  expect(() => patched(operation)).toThrow(`Invalid patch update: ${reason}`);
});

test("a patch is a list", () => {
  expect(() => parsePatch("{}")).toThrow("Invalid patch update: patch document is not a list");
});
