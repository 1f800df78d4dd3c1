import { error, note, under, warning } from "../../../lib/issues";
import { formatLocatedIssues } from "../../../lib/spec";
import type { LocatedIssue } from "../../../lib/spec";

const place = { file: "zero-etl.yaml", line: 31, column: 26 };

test("issues have a place, a code, details below, and a count at the end", () => {
  const issues: LocatedIssue[] = [
    {
      ...error("database-name", [], "database name is wrong", {
        got: '"a-b"',
        expected: "letters",
        remedy: "mend it",
      }),
      ...place,
      relatedPlaces: [{ line: 3, column: 1 }],
    },
    { ...error("yaml-syntax", [], "second"), ...place },
    { ...warning("empty-stack", [], "third"), ...place },
    { ...note("unused-label", [], "about the file"), file: "a.yaml", line: 0, column: 0 },
  ];
  expect(formatLocatedIssues(issues)).toBe(
    [
      "zero-etl.yaml:31:26: error: database name is wrong [database-name]",
      "  also:     zero-etl.yaml:3:1",
      '  got:      "a-b"',
      "  expected: letters",
      "  remedy:   mend it",
      "zero-etl.yaml:31:26: error: second [yaml-syntax]",
      "zero-etl.yaml:31:26: warning: third [empty-stack]",
      "a.yaml: note: about the file [unused-label]",
      "2 errors, 1 warning, 1 note",
    ].join("\n"),
  );
});

test("no issue is said, too", () => {
  expect(formatLocatedIssues([])).toBe("no issues");
});

test("issues and what they are about move together under a path", () => {
  expect(under(["a"], [error("empty-text", ["b"], "x", { related: [["c"]] })])).toMatchObject([
    { path: ["a", "b"], related: [["a", "c"]] },
  ]);
});
