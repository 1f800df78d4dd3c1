import fc from "fast-check";
import { sortKeys, stableJson } from "../../lib/json";

describe("stableJson", () => {
  test("sorts the keys of objects at every depth and keeps the order of lists", () => {
    expect(stableJson({ b: [{ d: 1, c: 2 }, 3], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},3]}');
  });

  test("leaves out members without a value", () => {
    expect(stableJson({ a: undefined, b: "" })).toBe('{"b":""}');
  });

  test("gives the same text whatever the order in which an object was built", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const entries = Object.entries(object).filter(([key]) => key !== "__proto__") as [string, never][];
        expect(stableJson(Object.fromEntries(entries))).toBe(
          stableJson(Object.fromEntries(entries.reverse())),
        );
      }),
    );
  });

  test("keeps the value", () => {
    expect(sortKeys({ b: { z: 1, y: [true, "x"] }, a: 2 })).toEqual({ b: { z: 1, y: [true, "x"] }, a: 2 });
  });
});
