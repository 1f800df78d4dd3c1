import { differences } from "../../../../lib/review/compose/differences";
import { Hidden, UNKNOWN } from "../../../../lib/review/plan/value";

const value = (shown: unknown) => ({ kind: "value", value: shown });

describe("differences", () => {
  test("are told field by field, sorted by path", () => {
    expect(
      differences(
        { name: "a", config: { interval: "30", keep: 1 }, list: ["x", "y"], gone: true },
        { name: "b", config: { interval: "45", keep: 1 }, list: ["y", "x"], "odd key": 1 },
      ),
    ).toEqual([
      { path: '["odd key"]', after: value(1) },
      { path: "config.interval", before: value("30"), after: value("45") },
      { path: "gone", before: value(true) },
      { path: "list", before: value(["x", "y"]), after: value(["y", "x"]) },
      { path: "name", before: value("a"), after: value("b") },
    ]);
  });

  test("of lists of objects are told by index", () => {
    expect(
      differences({ columns: [{ a: 1 }, { a: 2 }] }, { columns: [{ a: 1 }, { a: 3 }, { a: 4 }] }),
    ).toEqual([
      { path: "columns[1].a", before: value(2), after: value(3) },
      { path: "columns[2].a", after: value(4) },
    ]);
  });

  test.each([
    [{ a: 1 }, { a: 1 }],
    [{ a: null }, {}],
    [{ a: [] }, { a: null }],
    [{ a: {} }, {}],
    [undefined, { a: null, b: [] }],
  ])("between %j and %j are none", (before, after) => {
    expect(differences(before, after)).toEqual([]);
    expect(differences(after, before)).toEqual([]);
  });

  test("of what comes and what goes are all its fields", () => {
    expect(differences(undefined, { a: { b: [1] } })).toEqual([{ path: "a.b", after: value([1]) }]);
    expect(differences({ a: { b: "x" } }, { a: null })).toEqual([{ path: "a.b", before: value("x") }]);
  });

  test("name what is hidden, and show none of it", () => {
    const secret = new Hidden("sensitive");
    expect(
      differences(
        { a: "x", b: secret, c: new Hidden("sensitive"), d: UNKNOWN },
        { a: UNKNOWN, b: secret, c: new Hidden("sensitive"), d: UNKNOWN },
      ),
    ).toEqual([
      { path: "a", before: value("x"), after: { kind: "unknown" } },
      { path: "c", before: { kind: "sensitive" }, after: { kind: "sensitive" } },
      { path: "d", before: { kind: "unknown" }, after: { kind: "unknown" } },
    ]);
    expect(differences({ a: ["x"] }, { a: ["x", UNKNOWN] })).toEqual([
      { path: "a", before: value(["x"]), after: value(["x", "(known after apply)"]) },
    ]);
  });

  test("find keys that every object has", () => {
    expect(differences({}, { constructor: "x", toString: "y" } as never)).toEqual([
      { path: "constructor", after: value("x") },
      { path: "toString", after: value("y") },
    ]);
  });
});
