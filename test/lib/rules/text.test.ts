import { lengthOf, show } from "../../../lib/rules/text";

test.each([
  [undefined, "nothing"],
  [null, "nothing"],
  [[], "an empty list"],
  [[1], "a list"],
  [{}, "a mapping"],
  [5, "5"],
  [false, "false"],
  ["a\nb", '"a\\nb"'],
  ["a".repeat(80), `"${"a".repeat(80)}"`],
  ["a".repeat(81), `"${"a".repeat(80)}..."`],
])("shows %p as %s", (value, shown) => {
  expect(show(value)).toBe(shown);
});

test("counts characters, not code units", () => {
  expect(lengthOf("😀")).toBe(1);
});
