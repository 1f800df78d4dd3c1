import { tagRules } from "../../../lib/rules/tags";
import { codesOf, lines, said } from "./said";

const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));

test("takes tags that AWS takes", () => {
  expect(tagRules(undefined)).toEqual([]);
  expect(tagRules({ "Cost Center": "42", "a.b:c/d=e+f-g@h_i": "", team: "größe" })).toEqual([]);
});

test("there are 50 at most", () => {
  expect(tagRules(tags(50))).toEqual([]);
  expect(said(tagRules(tags(51)))).toBe(
    lines(
      ".: error: there are more than 50 tags [too-many-tags]",
      "  got:      51 tags",
      "  expected: at most 50 tags",
    ),
  );
});

test("a key has 1 to 128 characters", () => {
  expect(tagRules({ ["k".repeat(128)]: "" })).toEqual([]);
  expect(codesOf(tagRules({ "": "" }))).toEqual(["tag-key"]);
  expect(said(tagRules({ ["k".repeat(129)]: "" }))).toMatch(
    /a tag key is longer than 128 characters \[tag-key\]/,
  );
});

test.each(["aws:team", "AWS:team"])("fails for key %s", (key) => {
  expect(said(tagRules({ [key]: "x" }))).toBe(
    lines(
      `${key}: error: a tag key begins with aws:, which AWS keeps for itself [tag-key]`,
      `  got:      "${key}"`,
      "  remedy:   use another prefix",
    ),
  );
});

test("a value has 256 characters at most", () => {
  expect(tagRules({ team: "v".repeat(256) })).toEqual([]);
  expect(said(tagRules({ team: "v".repeat(257) }))).toBe(
    lines(
      "team: error: the value of tag team is longer than 256 characters [tag-value]",
      "  got:      257 characters",
      "  expected: at most 256 characters",
    ),
  );
});

test("fails for characters that IAM does not take", () => {
  expect(said(tagRules({ "team!": "a&b" }))).toBe(
    lines(
      "team!: error: a tag key has characters that AWS does not take [tag-key]",
      '  got:      "team!"',
      "  expected: letters, digits, spaces and _ . : / = + - @",
      "team!: error: tag team! has characters that AWS does not take [tag-value]",
      '  got:      "a&b"',
      "  expected: letters, digits, spaces and _ . : / = + - @",
    ),
  );
});
