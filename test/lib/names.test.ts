import fc from "fast-check";
import { ZERO_ETL_REGIONS } from "../../lib/facts/regions";
import {
  FUNCTION_NAME_MAX,
  ROLE_NAME_MAX,
  operatorName,
  operatorRoleName,
  shorten,
  sid,
  targetRoleName,
} from "../../lib/names";

describe("sid", () => {
  test("has letters and digits only, as AWS wants it", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) =>
        expect(sid("ZeroEtl", ...parts)).toMatch(/^[A-Za-z0-9]+$/),
      ),
    );
  });

  test("differs where parts differ only in punctuation or in where they are cut", () => {
    const ids = [["a-b"], ["ab"], ["a_b"], ["a", "b"], ["a,b"], ["", "ab"]].map((parts) =>
      sid("ZeroEtl", ...parts),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("shorten", () => {
  test("keeps a text of the longest length as it is", () => {
    expect(shorten("x".repeat(31), 31)).toBe("x".repeat(31));
  });

  test("cuts a text that is one character too long, to exactly the longest length", () => {
    const short = shorten("x".repeat(32), 31);
    expect(short).toHaveLength(31);
    expect(short).toMatch(/^x{14}-[0-9a-f]{16}$/);
  });

  test("keeps two long texts with the same beginning apart", () => {
    expect(shorten(`${"x".repeat(40)}a`, 31)).not.toBe(shorten(`${"x".repeat(40)}b`, 31));
  });
});

describe("targetRoleName", () => {
  test("names the database and the region", () => {
    expect(targetRoleName("glue-database", "sales_lake", "us-east-1")).toBe(
      "zero-etl-target-sales_lake-us-east-1",
    );
  });

  test("tells a database, a table bucket and a catalog of one name apart", () => {
    expect(targetRoleName("s3-tables", "sales", "us-east-1")).toBe("zero-etl-bucket-sales-us-east-1");
    expect(targetRoleName("redshift-managed-storage", "sales", "us-east-1")).toBe(
      "zero-etl-catalog-sales-us-east-1",
    );
  });

  test.each(ZERO_ETL_REGIONS)("is a role name for the longest database name in %s", (region) => {
    const name = targetRoleName("glue-database", "d".repeat(255), region);
    expect(name.length).toBeLessThanOrEqual(ROLE_NAME_MAX);
    expect(name).toMatch(/^[\w+=,.@-]+$/);
  });
});

describe("the names of the operator", () => {
  test("are those of the stack and its environment, and of the region for the role", () => {
    expect(operatorName("orders", "prod")).toBe("zero-etl-operator-orders-prod");
    expect(operatorRoleName("orders", "prod", "us-east-1")).toBe("zero-etl-operator-orders-prod-us-east-1");
  });

  test("differ where a hyphen leaves open where the stack ends", () => {
    const pairs = [
      ["a-b", "c"],
      ["a", "b-c"],
      ["a.b", "c"],
      ["a b", "c"],
      ["ab", "c"],
    ] as const;
    expect(new Set(pairs.map(([stack, environment]) => operatorName(stack, environment))).size).toBe(5);
    expect(operatorName("a-b", "c")).toMatch(/^zero-etl-operator-a-b-c-[0-9a-f]{16}$/);
  });

  test("are ones that Lambda and IAM take, whatever the labels are", () => {
    const label = fc.string({ minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(label, label, fc.constantFrom(...ZERO_ETL_REGIONS), (stack, environment, region) => {
        const name = operatorName(stack, environment);
        expect(name).toMatch(/^[\w-]+$/);
        expect(name.length).toBeLessThanOrEqual(FUNCTION_NAME_MAX);
        const role = operatorRoleName(stack, environment, region);
        expect(role).toMatch(/^[\w+=,.@-]+$/);
        expect(role.length).toBeLessThanOrEqual(ROLE_NAME_MAX);
      }),
    );
  });
});
