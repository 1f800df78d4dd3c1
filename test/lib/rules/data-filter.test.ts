import { dataFilterOf, entitiesLengthRules } from "../../../lib/rules/data-filter";
import { lines, said } from "./said";

test("names each entity once, in one order", () => {
  expect(dataFilterOf(["Account"])).toBe("include: Account");
  expect(dataFilterOf(["Contact", "Account", "Contact"])).toBe("include: Account, include: Contact");
  expect(dataFilterOf(["Account", "Contact"])).toBe(dataFilterOf(["Contact", "Account"]));
});

test("holds 2048 characters", () => {
  const first = "a".repeat(1000);
  const second = (length: number) => "b".repeat(length);
  // Two keywords of 9 characters and a separator of 2.
  expect(entitiesLengthRules([first, second(1028)])).toEqual([]);
  expect(said(entitiesLengthRules([first, second(1029)]))).toBe(
    lines(
      ".: error: the entities make a data filter longer than 2048 characters [data-filter-length]",
      "  got:      2049 characters",
      "  expected: at most 2048 characters: the first 1 of 2 entities",
      "  remedy:   remove the key to replicate every entity, or divide them among several integrations",
    ),
  );
});

test("says when not even one entity fits", () => {
  expect(entitiesLengthRules(["a".repeat(2039)])).toEqual([]);
  expect(entitiesLengthRules(["a".repeat(2040)])).toMatchObject([
    { expected: "at most 2048 characters: none of 1 entities" },
  ]);
});

test("counts an entity that is there twice once", () => {
  expect(entitiesLengthRules(["a".repeat(2039), "a".repeat(2039)])).toEqual([]);
});
