import { columnsOf, padded, plain, wrap } from "../../../lib/status/words";

test.each([
  ["orders", 6],
  ["é", 1],
  ["e\u0301", 1],
  ["受注", 4],
  ["한국", 4],
  ["ａ", 2],
  ["✅", 2],
  ["😀", 2],
  ["\u200b", 0],
  ["", 0],
])("%j takes %d columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test("blanks fill up to a column", () => {
  expect(padded("受注", 6)).toBe("受注  ");
  expect(padded("受注データ", 6)).toBe("受注データ");
});

test("lines are wrapped by columns", () => {
  expect(wrap("受注 受注 ab", 9)).toEqual(["受注 受注", "ab"]);
  expect(wrap("受注 受注 ab", 8)).toEqual(["受注", "受注 ab"]);
});

test.each(["\u001b[31m", "\u0007", "\u009b", "\u202e", "\u2066", "\u2028", "\n"])(
  "%j does nothing to a terminal",
  (text) => {
    expect(plain(`a${text}b`)).toMatch(/^a [[\]31m]*b$/);
  },
);
