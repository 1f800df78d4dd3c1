import fc from "fast-check";
import type { Json } from "../../../../lib/json";
import { MAX_DEPTH, conceal } from "../../../../lib/review/plan/conceal";
import { Hidden, UNKNOWN, asJson, differs } from "../../../../lib/review/plan/value";
import { change, view } from "../plan-kit";

const concealed = (parts: Partial<Parameters<typeof conceal>[0]>) =>
  conceal({
    before: undefined,
    after: undefined,
    afterUnknown: undefined,
    beforeSensitive: undefined,
    afterSensitive: undefined,
    ...parts,
  });

describe("what a plan knows", () => {
  test("is passed on as it is", () => {
    const before = { name: "a", list: [1, { x: null }] };
    const result = concealed({ before, after: before, afterUnknown: { list: [false] }, afterSensitive: {} });
    expect(result.before).toBe(before);
    expect(result.after).toBe(before);
  });

  test("keeps keys that every object has, and no others appear", () => {
    const after = JSON.parse('{"constructor":"a","__proto__":"b","c":"d"}') as Json;
    const result = concealed({ after, afterUnknown: { c: true } });
    expect(Object.entries(result.after as object)).toEqual([
      ["constructor", "a"],
      ["__proto__", "b"],
      ["c", UNKNOWN],
    ]);
  });
});

describe("what is known after apply", () => {
  test("is marked where it is, also where the plan leaves it out", () => {
    const { after } = concealed({
      before: null,
      after: { name: "t", list: ["a", null], nested: [{}] },
      afterUnknown: { arn: true, list: [false, true], nested: [{ id: true }] },
    });
    expect(after).toEqual({ name: "t", arn: UNKNOWN, list: ["a", UNKNOWN], nested: [{ id: UNKNOWN }] });
  });

  test("is marked as a whole, and what was before stays readable", () => {
    const result = concealed({ before: { policy: "old" }, after: {}, afterUnknown: { policy: true } });
    expect(result).toEqual({ before: { policy: "old" }, after: { policy: UNKNOWN } });
  });

  test("is no change of nothing into nothing, but may be one of anything", () => {
    expect(differs(UNKNOWN, UNKNOWN)).toBe(true);
    expect(differs("a", UNKNOWN)).toBe(true);
    expect(differs({ a: [1] }, { a: [1] })).toBe(false);
  });
});

describe("what is sensitive", () => {
  test.each<[string, Json, Json]>([
    ["before", { password: true }, {}],
    ["after", {}, { password: true }],
    ["on both sides", { password: true }, { password: true }],
    ["as a whole", true, false],
  ])("%s is hidden on both sides", (_, beforeSensitive, afterSensitive) => {
    const { before, after } = concealed({
      before: { password: "hunter2" },
      after: { password: "hunter3" },
      beforeSensitive,
      afterSensitive,
    });
    expect(JSON.stringify([before, after])).not.toContain("hunter");
    expect(differs(before, after)).toBe(true);
  });

  test("and equal is the same mark, so that it does not show as a change", () => {
    const { before, after } = concealed({
      before: { key: { a: ["x"] } },
      after: { key: { a: ["x"] } },
      beforeSensitive: { key: true },
      afterSensitive: { key: true },
    });
    expect(before).toEqual({ key: new Hidden("sensitive") });
    expect(differs(before, after)).toBe(false);
  });

  test("and not set is not set", () => {
    expect(concealed({ after: { schema: null }, afterSensitive: { schema: true } }).after).toEqual({
      schema: null,
    });
  });

  test("and known after apply is unknown", () => {
    const result = concealed({
      before: { a: "secret" },
      after: {},
      afterUnknown: { a: true },
      beforeSensitive: { a: true },
      afterSensitive: { a: true },
    });
    expect(result.after).toEqual({ a: UNKNOWN });
    expect(asJson(result.before ?? null)).toEqual({ a: "(sensitive value)" });
  });

  test("never leaves a change, whatever its marks", () => {
    const secrets = fc.letrec<{ value: Json; marked: [Json, Json] }>((tie) => ({
      value: fc.oneof({ maxDepth: 2 }, fc.constant("SECRET"), fc.array(tie("value"), { maxLength: 2 })),
      marked: fc.oneof(
        { maxDepth: 3 },
        fc.tuple(tie("value"), fc.constant<Json>(true)),
        fc
          .dictionary(fc.string(), tie("marked"), { maxKeys: 3 })
          .map((members) => [
            Object.fromEntries(Object.entries(members).map(([key, [value]]) => [key, value])),
            Object.fromEntries(Object.entries(members).map(([key, [, mark]]) => [key, mark])),
          ]),
        fc
          .array(tie("marked"), { maxLength: 3 })
          .map((entries) => [entries.map(([value]) => value), entries.map(([, mark]) => mark)]),
      ) as fc.Arbitrary<[Json, Json]>,
    })).marked;
    fc.assert(
      fc.property(secrets, fc.jsonValue(), fc.jsonValue(), ([value, marks], other, unknown) => {
        const both = [
          concealed({
            before: value,
            after: other as Json,
            beforeSensitive: marks,
            afterUnknown: unknown as Json,
          }),
          concealed({
            before: other as Json,
            after: value,
            afterSensitive: marks,
            afterUnknown: unknown as Json,
          }),
        ];
        expect(JSON.stringify(both)).not.toContain("SECRET");
      }),
    );
  });
});

test("what nests deeper than any resource is unknown", () => {
  let value: Json = "deep";
  for (let depth = 0; depth < MAX_DEPTH; depth++) value = [value];
  expect(concealed({ after: value }).after).toBe(value);
  expect(concealed({ after: [value] }).after).toBe(UNKNOWN);
});

test("a resource shows no sensitive value, and says that it changes", () => {
  const [secret] = view([
    change("aws_secretsmanager_secret_version.s", {
      before: { secret_string: "old", arn: "a" },
      after: { secret_string: "new", arn: "a" },
      beforeSensitive: { secret_string: true },
      afterSensitive: { secret_string: true },
    }),
  ]).changes;
  expect(JSON.stringify(secret)).not.toMatch(/old|new/);
  expect(differs(secret?.before?.["secret_string"], secret?.after?.["secret_string"])).toBe(true);
  expect(differs(secret?.before?.["arn"], secret?.after?.["arn"])).toBe(false);
});
