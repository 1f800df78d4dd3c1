import { grantsOf } from "./grants";

const statement = {
  Sid: "any",
  Effect: "Allow",
  Principal: { Service: "glue.amazonaws.com" },
  Action: ["a:X", "a:Y"],
  Resource: "*",
};

const documentOf = (...Statement: object[]): Record<string, unknown> => ({
  Version: "2012-10-17",
  Statement,
});

test("nothing grants nothing", () => expect(grantsOf(undefined)).toEqual([]));

test("a right too many, and a condition too few, are seen", () => {
  const one = grantsOf(documentOf({ ...statement, Action: "a:X", Condition: { StringEquals: { k: "v" } } }));
  expect(one).toEqual(["Allow | Service:glue.amazonaws.com | a:X | * | StringEquals k=v"]);
  expect(grantsOf(documentOf({ ...statement, Action: "a:X" }))).not.toEqual(one);
  expect(grantsOf(documentOf({ ...statement, Condition: { StringEquals: { k: "v" } } }))).toHaveLength(2);
  expect(
    grantsOf(documentOf({ ...statement, Action: "a:X", Condition: { StringLike: { k: "v" } } })),
  ).not.toEqual(one);
});

test("how statements are cut makes no difference", () => {
  const two = [
    { ...statement, Action: "a:Y" },
    { ...statement, Action: ["a:X", "a:Y"], Sid: "other" },
  ];
  expect(grantsOf(documentOf(...two))).toEqual(grantsOf(documentOf(statement)));
});

test("values of one key are alternatives, keys are not", () => {
  const Condition = { StringEquals: { k: ["1", "2"], l: "3" } };
  expect(grantsOf(documentOf({ ...statement, Action: "a:X", Condition }))).toEqual([
    "Allow | Service:glue.amazonaws.com | a:X | * | StringEquals k=1 | StringEquals l=3",
    "Allow | Service:glue.amazonaws.com | a:X | * | StringEquals k=2 | StringEquals l=3",
  ]);
});

test("a deny is not an allow, and what the comparison does not know is an error", () => {
  expect(grantsOf(documentOf({ ...statement, Effect: "Deny" }))[0]).toMatch(/^Deny/);
  expect(() => grantsOf(documentOf({ ...statement, NotAction: "a:Z" }))).toThrow("NotAction");
});
