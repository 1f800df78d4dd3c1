import {
  dataFilterOf,
  entitiesLengthRules,
  oracleDataFilterOf,
  oracleFilterLengthRules,
} from "../../../lib/rules/data-filter";
import { oracleSourceRules } from "../../../lib/rules/sources";
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

describe("the data filter of a pluggable database", () => {
  const pluggableDatabase = "PDB1";

  test("selects all of it by default, as the guide shows", () => {
    expect(oracleDataFilterOf({ pluggableDatabase: "pdb1" })).toBe("include: pdb1.*.*");
  });

  test("names each table once, in one order, in three levels", () => {
    const filter = "include: PDB1.HR.*, include: PDB1.SALES.ORDERS";
    expect(oracleDataFilterOf({ pluggableDatabase, include: ["SALES.ORDERS", "HR.*", "HR.*"] })).toBe(filter);
    expect(oracleDataFilterOf({ pluggableDatabase, include: ["HR.*", "SALES.ORDERS"] })).toBe(filter);
  });

  test("begins with what is included, for nothing is by default and a later filter overrides an earlier one", () => {
    expect(oracleDataFilterOf({ pluggableDatabase, exclude: ["SALES.SECRETS", "HR.*"] })).toBe(
      "include: PDB1.*.*, exclude: PDB1.HR.*, exclude: PDB1.SALES.SECRETS",
    );
    expect(oracleDataFilterOf({ pluggableDatabase, include: ["SALES.*"], exclude: ["SALES.SECRETS"] })).toBe(
      "include: PDB1.SALES.*, exclude: PDB1.SALES.SECRETS",
    );
  });

  // "include: PDB1.A." takes 16 characters before each name, and a separator of 2 stands between the two.
  const tables = (length: number) => ({ include: [`A.${"b".repeat(1000)}`, `A.${"c".repeat(length)}`] });

  test("holds 2048 characters", () => {
    expect(oracleDataFilterOf({ pluggableDatabase, ...tables(1014) })).toHaveLength(2048);
    expect(oracleFilterLengthRules({ pluggableDatabase, ...tables(1014) })).toEqual([]);
    expect(said(oracleFilterLengthRules({ pluggableDatabase, ...tables(1015) }))).toBe(
      lines(
        ".: error: include and exclude make a data filter longer than 2048 characters [data-filter-length]",
        "  got:      2049 characters",
        "  expected: at most 2048 characters",
        "  remedy:   name whole schemas, like SALES.*, or divide the tables among several integrations",
      ),
    );
  });

  test("is measured with every other rule of the source, where its database is known", () => {
    expect(oracleSourceRules({ pluggableDatabase, ...tables(1015) })).toMatchObject([
      { code: "data-filter-length", path: [] },
    ]);
    expect(oracleSourceRules(tables(1015))).toEqual([]);
  });
});
