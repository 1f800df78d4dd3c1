import {
  glueDatabaseTargetRules,
  managedStorageTargetRules,
  parseS3Location,
  s3TablesTargetRules,
} from "../../../lib/rules/targets";
import { codesOf, lines, said } from "./said";

const padded = (prefix: string, length: number) => prefix + "a".repeat(length - prefix.length);

test("takes targets of which nothing is known", () => {
  expect(glueDatabaseTargetRules({})).toEqual([]);
  expect(s3TablesTargetRules({})).toEqual([]);
  expect(managedStorageTargetRules({})).toEqual([]);
});

describe("database", () => {
  test.each(["a", "a".repeat(255), "sales_lake_2", "_"])("takes %p", (database) => {
    expect(glueDatabaseTargetRules({ database })).toEqual([]);
  });

  test.each([
    ["sales-lake", "sales_lake"],
    ["Sales Lake", "sales_lake"],
    ["sales.lake", "sales_lake"],
  ])("fails for %p and suggests %s", (database, meant) => {
    expect(said(glueDatabaseTargetRules({ database }))).toBe(
      lines(
        "database: error: database name has characters that zero-ETL does not take [database-name]",
        `  got:      "${database}"`,
        "  expected: lower-case letters, digits and underscore",
        `  remedy:   did you mean "${meant}"?`,
      ),
    );
  });

  test("fails for what it cannot mend, without a suggestion", () => {
    expect(glueDatabaseTargetRules({ database: "größe" })[0]?.remedy).toBeUndefined();
  });

  test("has 1 to 255 characters", () => {
    expect(said(glueDatabaseTargetRules({ database: "" }))).toMatch(/database name is empty/);
    expect(said(glueDatabaseTargetRules({ database: "a".repeat(256) }))).toBe(
      lines(
        "database: error: database name is longer than 255 characters [database-name]",
        "  got:      256 characters",
        "  expected: 1 to 255 characters",
      ),
    );
  });
});

describe("location", () => {
  test.each([
    ["s3://acme-lake", "acme-lake", ""],
    ["s3://acme-lake/", "acme-lake", ""],
    ["s3://acme-lake/sales", "acme-lake", "sales"],
    ["s3://acme-lake/sales/eu/", "acme-lake", "sales/eu"],
    ["s3://acme.lake/year=2026/", "acme.lake", "year=2026"],
    [`s3://${"a".repeat(63)}/x`, "a".repeat(63), "x"],
    ["s3://abc", "abc", ""],
  ])("reads %s", (text, bucket, prefix) => {
    expect(parseS3Location(text)).toEqual({ bucket, prefix });
    expect(glueDatabaseTargetRules({ location: text })).toEqual([]);
  });

  test.each([
    ["s3a://acme-lake/x", "location is not an S3 URI", "write s3://acme-lake/x"],
    ["S3://acme-lake", "location is not an S3 URI", "write s3 in lower case"],
    ["arn:aws:s3:::acme-lake/x", "location is not an S3 URI", "write s3://acme-lake/x"],
    ["acme-lake/sales", "location is not an S3 URI", "write s3://acme-lake/sales"],
    ["https://acme-lake.s3.amazonaws.com/", "location is not an S3 URI", undefined],
    ["", "location is not an S3 URI", undefined],
    ["s3://", "the bucket name of the location is not 3 to 63 characters long", undefined],
    ["s3://ab/x", "the bucket name of the location is not 3 to 63 characters long", undefined],
    [`s3://${"a".repeat(64)}`, "the bucket name of the location is not 3 to 63 characters long", undefined],
    [
      "s3://Acme_Lake/x",
      "the bucket name of the location has other characters than lower-case letters, digits, dots and hyphens",
      undefined,
    ],
    [
      "s3://-acme/x",
      "the bucket name of the location does not begin and end with a letter or digit",
      undefined,
    ],
    ["s3://acme..lake/x", "the bucket name of the location has two dots in a row", undefined],
    ["s3://10.0.0.1/x", "the bucket name of the location has the form of an IP address", undefined],
    [
      "s3://xn--acme/x",
      "the bucket name of the location has a beginning or an end that S3 keeps for itself",
      undefined,
    ],
    [
      "s3://acme--x-s3/x",
      "the bucket name of the location has a beginning or an end that S3 keeps for itself",
      undefined,
    ],
    [
      "s3://${bucket}/x",
      "location holds ${, and nothing in a declaration is substituted",
      "write the value itself",
    ],
    [
      "s3://acme-lake/${env}",
      "location holds ${, and nothing in a declaration is substituted",
      "write the value itself",
    ],
    [
      "s3://acme-lake/*",
      "location holds * or ?, which would be a wildcard in the role's policy",
      "name one prefix",
    ],
    [
      "s3://acme-lake/a?b",
      "location holds * or ?, which would be a wildcard in the role's policy",
      "name one prefix",
    ],
    [
      "s3://acme-lake//sales",
      "location holds a double slash, which makes a prefix with an empty name",
      undefined,
    ],
    [
      "s3://acme-lake/sales//",
      "location holds a double slash, which makes a prefix with an empty name",
      undefined,
    ],
    ["s3://acme-lake/a\nb", "location holds a control character", undefined],
    [padded("s3://acme-lake/", 1025), "location is longer than 1024 characters", undefined],
  ])("fails for %p", (location, message, remedy) => {
    expect(parseS3Location(location)).toBeUndefined();
    expect(glueDatabaseTargetRules({ location })).toEqual([
      expect.objectContaining({
        code: "s3-location",
        severity: "error",
        path: ["location"],
        message,
        expected: "s3://bucket or s3://bucket/prefix",
        ...(remedy !== undefined && { remedy }),
      }),
    ]);
  });

  test("may have 1024 characters", () => {
    expect(parseS3Location(padded("s3://acme-lake/", 1024))).toBeDefined();
  });
});

describe("what every target may have", () => {
  test("a role ARN of up to 128 characters", () => {
    const role = "arn:aws:iam::111122223333:role/";
    expect(glueDatabaseTargetRules({ roleArn: padded(role, 128) })).toEqual([]);
    expect(said(glueDatabaseTargetRules({ roleArn: padded(role, 129) }))).toBe(
      lines(
        "roleArn: error: roleArn is longer than 128 characters [role-arn-length]",
        "  got:      129 characters",
        "  expected: 1 to 128 characters",
        "  remedy:   shorten the path or the name of the role",
      ),
    );
    expect(said(glueDatabaseTargetRules({ roleArn: "lake-writer" }))).toBe(
      lines(
        "roleArn: error: roleArn is not the ARN of a role [role-arn]",
        '  got:      "lake-writer"',
        "  expected: arn:aws:iam::111122223333:role/name",
      ),
    );
  });

  test("a key ARN of up to 128 characters", () => {
    const key = "arn:aws:kms:us-east-1:111122223333:key/";
    expect(glueDatabaseTargetRules({ kmsKeyArn: padded(key, 128) })).toEqual([]);
    expect(said(glueDatabaseTargetRules({ kmsKeyArn: padded(key, 129) }))).toBe(
      lines(
        "kmsKeyArn: error: kmsKeyArn is longer than 128 characters [kms-key-arn-length]",
        "  got:      129 characters",
        "  expected: 1 to 128 characters",
      ),
    );
  });

  test("an event bus ARN of up to 128 characters", () => {
    const bus = "arn:aws:events:us-east-1:111122223333:event-bus/";
    expect(glueDatabaseTargetRules({ eventBusArn: padded(bus, 128) })).toEqual([]);
    expect(said(glueDatabaseTargetRules({ eventBusArn: padded(bus, 129) }))).toBe(
      lines(
        "eventBusArn: error: eventBusArn is longer than 128 characters [event-bus-arn-length]",
        "  got:      129 characters",
        "  expected: 1 to 128 characters",
      ),
    );
    expect(codesOf(glueDatabaseTargetRules({ eventBusArn: "default" }))).toEqual(["event-bus-arn"]);
  });

  test("a connection of 1 to 128 characters", () => {
    expect(glueDatabaseTargetRules({ connection: "c".repeat(128) })).toEqual([]);
    expect(codesOf(glueDatabaseTargetRules({ connection: "" }))).toEqual(["connection-name"]);
    expect(codesOf(glueDatabaseTargetRules({ connection: "c".repeat(129) }))).toEqual(["connection-name"]);
  });
});

describe("S3 Tables", () => {
  test.each(["abc", "a".repeat(63), "acme-tables-1"])("takes table bucket %p", (tableBucket) => {
    expect(s3TablesTargetRules({ tableBucket })).toEqual([]);
  });

  test.each(["ab", "a".repeat(64), "acme.tables", "Acme", "acme_tables", "-acme"])(
    "fails for table bucket %p",
    (tableBucket) => {
      expect(codesOf(s3TablesTargetRules({ tableBucket }))).toEqual(["table-bucket-name"]);
    },
  );

  test("suggests the name in an ARN", () => {
    expect(
      said(s3TablesTargetRules({ tableBucket: "arn:aws:s3tables:us-east-1:111122223333:bucket/acme" })),
    ).toBe(
      lines(
        "tableBucket: error: table bucket name is not one that S3 Tables takes [table-bucket-name]",
        '  got:      "arn:aws:s3tables:us-east-1:111122223333:bucket/acme"',
        "  expected: 3 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit",
        "  remedy:   give the name of the bucket, not its ARN: acme",
      ),
    );
  });

  test.each([
    { createCatalog: true },
    { createCatalog: true, catalog: "s3tablescatalog" },
    { createCatalog: false, catalog: "shared-tables" },
    { catalog: "shared-tables" },
  ])("takes %j", (catalog) => {
    expect(s3TablesTargetRules(catalog)).toEqual([]);
  });

  test("makes no catalog of another name", () => {
    expect(said(s3TablesTargetRules({ createCatalog: true, catalog: "shared-tables" }))).toBe(
      lines(
        "createCatalog: error: only the catalog s3tablescatalog can be made here [create-catalog]",
        '  got:      catalog "shared-tables"',
        "  expected: no catalog, or s3tablescatalog",
        "  remedy:   remove catalog, or make shared-tables yourself and remove createCatalog",
      ),
    );
  });

  test.each(["a", "a".repeat(255), "sales_2"])("takes namespace %p", (namespace) => {
    expect(s3TablesTargetRules({ namespace })).toEqual([]);
  });

  test.each(["Sales", "sales-eu", "_sales", "sales_", "aws_sales"])("fails for namespace %p", (namespace) => {
    expect(said(s3TablesTargetRules({ namespace }))).toBe(
      lines(
        "namespace: error: namespace is not one that zero-ETL takes [namespace-name]",
        `  got:      "${namespace}"`,
        "  expected: lower-case letters, digits and underscore, not beginning with aws or an underscore, not ending with an underscore",
      ),
    );
  });

  test("fails for a namespace that is empty or longer than 255 characters", () => {
    expect(said(s3TablesTargetRules({ namespace: "" }))).toMatch(/namespace is empty/);
    expect(said(s3TablesTargetRules({ namespace: "a".repeat(256) }))).toMatch(
      /namespace is longer than 255 characters/,
    );
  });
});

describe("catalog", () => {
  test("of Redshift Managed Storage has 19 characters by the documentation, and 64 at most", () => {
    expect(managedStorageTargetRules({ catalog: "c".repeat(19) })).toEqual([]);
    expect(said(managedStorageTargetRules({ catalog: "c".repeat(20) }))).toBe(
      lines(
        "catalog: warning: catalog name is longer than 19 characters, which AWS documents as the most of a managed catalog [long-catalog-name]",
        "  got:      20 characters",
      ),
    );
    expect(codesOf(managedStorageTargetRules({ catalog: "c".repeat(64) }))).toEqual(["long-catalog-name"]);
    expect(said(managedStorageTargetRules({ catalog: "c".repeat(65) }))).toBe(
      lines(
        "catalog: error: catalog name is longer than 64 characters [catalog-name]",
        "  got:      65 characters",
        "  expected: 1 to 64 characters",
      ),
    );
  });

  test("of S3 Tables has 64 characters at most", () => {
    expect(s3TablesTargetRules({ catalog: "c".repeat(64) })).toEqual([]);
    expect(codesOf(s3TablesTargetRules({ catalog: "c".repeat(65) }))).toEqual(["catalog-name"]);
    expect(codesOf(s3TablesTargetRules({ catalog: "" }))).toEqual(["catalog-name"]);
  });

  test.each(["a/b", "a.b", "a\\b", "aws:s3tables"])("fails for %p", (catalog) => {
    expect(said(managedStorageTargetRules({ catalog }))).toBe(
      lines(
        "catalog: error: catalog name has a dot or a slash, or begins with aws: [catalog-name]",
        `  got:      ${JSON.stringify(catalog)}`,
        "  expected: the name of the catalog, without the account and without the catalogs above it",
      ),
    );
  });
});
