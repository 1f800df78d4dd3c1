import { inboundStatements } from "../../../lib/policy/catalog";
import { markedStatements } from "../../../lib/policy/own-statements";
import {
  POLICY_LIMITS,
  documentSize,
  fitStatements,
  limitBeforeMarks,
  misfitFields,
} from "../../../lib/policy/size";
import type { Statement } from "../../../lib/policy/statement";
import { policyDocument } from "../../../lib/policy/statement";
import { s3TablesRoleStatements } from "../../../lib/policy/target-role";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };

describe("the limit of a document whose statements are yet to be marked", () => {
  test("counts the marks", () => {
    const statements = ["ZeroEtlOne", "ZeroEtlTwo", "ZeroEtlThree"].map((Sid): Statement => ({
      Sid,
      Effect: "Allow",
      Action: ["glue:GetTable"],
      Resource: ['"Sid"'],
    }));
    const limit = POLICY_LIMITS.catalog;
    const marked = markedStatements("zero-etl-operator-orders-prod", statements);
    expect(documentSize(policyDocument(statements), limitBeforeMarks(limit))).toBe(
      documentSize(policyDocument(marked), limit),
    );
  });
});

describe("the size of a document", () => {
  test.each([
    ["catalog", 10_240, "bytes"],
    ["key", 32_768, "bytes"],
    ["role", 10_240, "characters"],
    ["secret", 20_480, "characters"],
    ["table", 20_480, "bytes"],
  ] as const)("of a %s is at most %d %s", (kind, max, unit) => {
    expect(POLICY_LIMITS[kind]).toMatchObject({ max, unit });
  });

  test("is counted in bytes where AWS counts bytes", () => {
    expect(documentSize({ a: "é b" }, POLICY_LIMITS.catalog)).toBe('{"a":"é b"}'.length + 1);
  });

  test("is counted in characters with white space for a secret", () => {
    expect(documentSize({ a: "é b" }, POLICY_LIMITS.secret)).toBe('{"a":"é b"}'.length);
  });

  test("is counted in characters without white space for a role", () => {
    expect(documentSize({ a: "é b" }, POLICY_LIMITS.role)).toBe('{"a":"éb"}'.length);
  });
});

function catalogGrants(targets: number, sources: number): Statement[] {
  return Array.from({ length: targets }, (_, target) =>
    inboundStatements({
      targetKey: `glue-database/lake_${target}`,
      resources: [`arn:aws:glue:us-east-1:111122223333:database/lake_${target}`],
      sources: Array.from({ length: sources }, (__, source) => ({
        arn: `arn:aws:dynamodb:us-east-1:111122223333:table/table-${source}`,
      })),
      deployerArns: [],
    }),
  ).flat();
}

describe("fitting statements", () => {
  test("leaves alone what fits", () => {
    const statements = catalogGrants(3, 1);
    const fitted = fitStatements(statements, POLICY_LIMITS.catalog);
    expect(fitted).toEqual({
      statements,
      size: documentSize(policyDocument(statements), POLICY_LIMITS.catalog),
      fits: true,
    });
    expect(fitted.statements).toBe(statements);
  });

  test("merges what does not", () => {
    const statements = catalogGrants(60, 2);
    expect(documentSize(policyDocument(statements), POLICY_LIMITS.catalog)).toBeGreaterThan(10_240);
    const { fits, size, statements: merged } = fitStatements(statements, POLICY_LIMITS.catalog);
    expect(fits).toBe(true);
    expect(size).toBeLessThanOrEqual(10_240);
    expect(merged).toHaveLength(1);
  });

  test("says so where even that is not enough", () => {
    const { fits, size } = fitStatements(catalogGrants(200, 2), POLICY_LIMITS.catalog);
    expect(fits).toBe(false);
    expect(size).toBeGreaterThan(10_240);
  });

  test.each([
    [0, true],
    [1, false],
  ])("is exact at the limit: %d bytes over", (over, fits) => {
    const statements = s3TablesRoleStatements({ address: ADDRESS, tableBucket: "lake" });
    const size = documentSize(policyDocument(statements), POLICY_LIMITS.role);
    const limit = { ...POLICY_LIMITS.role, max: size - over };
    expect(fitStatements(statements, limit).fits).toBe(fits);
  });
});

describe("the fields of a resource property", () => {
  test.each([
    [128, []],
    [129, ["ConnectionName", "EventBusArn", "KmsArn", "RoleArn"]],
    [0, ["ConnectionName", "EventBusArn", "KmsArn", "RoleArn"]],
  ])("of %d characters", (length, misfits) => {
    const text = "a".repeat(length);
    const fields = { RoleArn: text, KmsArn: text, EventBusArn: text, ConnectionName: text };
    expect(misfitFields(fields).map(({ field }) => field)).toEqual(misfits);
  });

  test("that are absent fit", () => {
    expect(misfitFields({ RoleArn: "arn:aws:iam::111122223333:role/x", KmsArn: undefined })).toEqual([]);
  });
});
