import { pairSupport, possibleTargets } from "../../../lib/facts/compatibility";
import { SOURCE_KINDS, TARGET_KINDS } from "../../../lib/facts/kinds";
import { integrationRules, lakeFormationRules, pairRules } from "../../../lib/rules/integration";
import { codesOf, lines, said } from "./said";

const key = "arn:aws:kms:us-east-1:111122223333:key/0a1b";

test("takes an integration of which nothing is known", () => {
  expect(integrationRules({})).toEqual([]);
});

describe("pairs", () => {
  test("knows every pair", () => {
    const table = SOURCE_KINDS.map((source) =>
      [source, ...TARGET_KINDS.map((target) => pairSupport(source, target))].join(" "),
    );
    expect(table).toEqual([
      "dynamodb documented documented general documented",
      "salesforce documented general unknown general",
      "salesforce-account-engagement documented general unknown general",
      "sap-odata documented general unknown general",
      "servicenow documented general unknown general",
      "zendesk documented general unknown general",
      "zoho-crm documented general unknown general",
      "facebook-ads documented general unknown general",
      "instagram-ads documented general unknown general",
      "oracle impossible impossible impossible documented",
    ]);
    expect(TARGET_KINDS).toEqual(["glue-database", "s3-tables", "redshift-managed-storage", "redshift"]);
  });

  test("lists what is possible, documented ones first", () => {
    expect(possibleTargets("oracle")).toEqual(["redshift"]);
    expect(possibleTargets("salesforce")).toEqual([
      "glue-database",
      "s3-tables",
      "redshift",
      "redshift-managed-storage",
    ]);
  });

  test("says nothing about a documented pair", () => {
    expect(pairRules({ sourceKind: "dynamodb", targetKind: "glue-database" })).toEqual([]);
  });

  test("fails for an impossible pair", () => {
    expect(said(pairRules({ sourceKind: "oracle", targetKind: "glue-database" }))).toBe(
      lines(
        "target: error: a source of type oracle cannot replicate into a target of type glue-database [impossible-pair]",
        "  got:      oracle to glue-database",
        "  expected: oracle to redshift",
      ),
    );
  });

  test("warns of what is documented in general terms", () => {
    expect(said(pairRules({ sourceKind: "zendesk", targetKind: "s3-tables" }))).toBe(
      lines(
        "target: warning: AWS documents zendesk to s3-tables in general terms only [undocumented-pair]",
        "  remedy:   try it in a test account before you rely on it",
      ),
    );
  });

  test("warns of what is not documented", () => {
    expect(said(pairRules({ sourceKind: "zendesk", targetKind: "redshift-managed-storage" }))).toBe(
      lines(
        "target: warning: AWS documents nothing about zendesk to redshift-managed-storage [undocumented-pair]",
        "  remedy:   try it in a test account before you rely on it",
      ),
    );
  });
});

describe("Lake Formation", () => {
  const pair = { sourceKind: "salesforce", targetKind: "glue-database" } as const;

  test("warns when Salesforce goes into a database without its permissions", () => {
    const issues = lakeFormationRules({ ...pair, lakeFormation: false });
    expect(said(issues)).toBe(
      lines(
        "target: warning: a Salesforce source needs Lake Formation permissions on the Glue database [salesforce-lake-formation]",
        "  remedy:   set lakeFormation of the target, or grant its role the permissions yourself: ingestion fails without them",
      ),
    );
    expect(integrationRules({ ...pair, lakeFormation: false })).toEqual(issues);
  });

  test("is silent about granted permissions, unknown ones and other pairs", () => {
    expect(lakeFormationRules({ ...pair, lakeFormation: true })).toEqual([]);
    expect(lakeFormationRules(pair)).toEqual([]);
    expect(lakeFormationRules({ ...pair, sourceKind: "zendesk", lakeFormation: false })).toEqual([]);
    expect(lakeFormationRules({ ...pair, targetKind: "s3-tables", lakeFormation: false })).toEqual([]);
  });
});

describe("name", () => {
  test.each(["a", "a".repeat(128), "Orders to lake (v2)"])("takes %p", (name) => {
    expect(integrationRules({ name })).toEqual([]);
  });

  test("fails when it is empty", () => {
    expect(said(integrationRules({ name: "" }))).toBe(
      lines(
        "name: error: integration name is empty [integration-name-length]",
        "  got:      0 characters",
        "  expected: 1 to 128 characters",
      ),
    );
  });

  test("fails above 128 characters", () => {
    expect(said(integrationRules({ name: "a".repeat(129) }))).toBe(
      lines(
        "name: error: integration name is longer than 128 characters [integration-name-length]",
        "  got:      129 characters",
        "  expected: 1 to 128 characters",
      ),
    );
  });

  const toRedshift = { sourceKind: "dynamodb", targetKind: "redshift" } as const;

  test.each(["a", "a".repeat(63), "orders-to-2nd-lake"])("takes %p for Redshift", (name) => {
    expect(integrationRules({ ...toRedshift, name })).toEqual([]);
  });

  test.each(["a".repeat(64), "orders_to_lake", "orders--lake", "orders-", "2nd"])(
    "fails for %p for Redshift",
    (name) => {
      expect(said(integrationRules({ ...toRedshift, name }))).toBe(
        lines(
          "name: error: integration name is not one that Redshift takes [redshift-integration-name]",
          `  got:      "${name}"`,
          "  expected: up to 63 letters, digits and single hyphens, beginning with a letter and not ending with a hyphen",
        ),
      );
      expect(integrationRules({ ...toRedshift, targetKind: "glue-database", name })).toEqual([]);
    },
  );
});

test("description may have 1000 characters", () => {
  expect(integrationRules({ description: "" })).toEqual([]);
  expect(integrationRules({ description: "ö".repeat(1000) })).toEqual([]);
  expect(said(integrationRules({ description: "ö".repeat(1001) }))).toBe(
    lines(
      "description: error: description is longer than 1000 characters [description-length]",
      "  got:      1001 characters",
      "  expected: at most 1000 characters",
    ),
  );
});

describe("refresh interval", () => {
  test("is judged with the source", () => {
    expect(integrationRules({ refreshInterval: 14 })).toMatchObject([
      { code: "refresh-interval-range", path: ["refreshInterval"] },
    ]);
  });

  test("of Redshift is noted", () => {
    expect(said(integrationRules({ refreshInterval: "1h", targetKind: "redshift" }))).toBe(
      lines(
        "refreshInterval: note: the refresh interval of a Redshift target can be set here only before the integration exists [refresh-interval-redshift]",
        "  remedy:   later, run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL 3600",
      ),
    );
    expect(codesOf(integrationRules({ refreshInterval: "often", targetKind: "redshift" }))).toEqual([
      "refresh-interval-format",
    ]);
  });

  test.each(["oracle", "zendesk"] as const)("of Redshift is noted for %s", (sourceKind) => {
    const issues = integrationRules({ refreshInterval: 60, sourceKind, targetKind: "redshift" });
    expect(codesOf(issues)).toContain("refresh-interval-redshift");
    expect(codesOf(issues)).not.toContain("no-refresh-interval");
  });

  test("fails from DynamoDB into a warehouse, whose API takes none", () => {
    expect(
      said(integrationRules({ refreshInterval: "90m", sourceKind: "dynamodb", targetKind: "redshift" })),
    ).toBe(
      lines(
        "refreshInterval: error: an integration of DynamoDB into a Redshift warehouse takes no refresh interval [no-refresh-interval]",
        "  remedy:   remove refreshInterval, and run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL 5400",
      ),
    );
    expect(integrationRules({ sourceKind: "dynamodb", targetKind: "redshift" })).toEqual([]);
  });

  test("of one that cannot be read, or is out of range, fails for that as well", () => {
    const toRedshift = { sourceKind: "dynamodb", targetKind: "redshift" } as const;
    expect(codesOf(integrationRules({ ...toRedshift, refreshInterval: "often" }))).toEqual([
      "refresh-interval-format",
    ]);
    expect(codesOf(integrationRules({ ...toRedshift, refreshInterval: 14 }))).toEqual([
      "refresh-interval-range",
      "no-refresh-interval",
    ]);
  });
});

describe("continuousSync", () => {
  test.each(["dynamodb", "oracle"] as const)("false fails for %s", (sourceKind) => {
    expect(said(integrationRules({ sourceKind, continuousSync: false }))).toBe(
      lines(
        `continuousSync: error: a source of type ${sourceKind} has no one-off snapshot [continuous-sync]`,
        "  got:      false",
        "  expected: true, or no value",
        "  remedy:   remove continuousSync; only sources with a connection take false",
      ),
    );
  });

  test("is free otherwise", () => {
    expect(integrationRules({ sourceKind: "dynamodb", continuousSync: true })).toEqual([]);
    expect(integrationRules({ sourceKind: "salesforce", continuousSync: false })).toEqual([]);
  });
});

describe("encryption", () => {
  test("takes a key, alone and with a context", () => {
    expect(integrationRules({ kmsKeyArn: key })).toEqual([]);
    expect(integrationRules({ kmsKeyArn: key, encryptionContext: { team: "data" } })).toEqual([]);
  });

  test("fails for a context without a key", () => {
    expect(said(integrationRules({ encryptionContext: { team: "data" } }))).toBe(
      lines(
        "encryptionContext: error: an encryption context needs a key [encryption-context-without-key]",
        "  remedy:   add kmsKeyArn, or remove encryptionContext",
      ),
    );
  });

  test("takes a context with a key whose ARN is not known yet", () => {
    expect(integrationRules({ encryptionContext: { team: "data" }, hasKmsKey: true })).toEqual([]);
  });

  test("fails for an alias", () => {
    expect(said(integrationRules({ kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:alias/data" }))).toBe(
      lines(
        "kmsKeyArn: error: kmsKeyArn is not the ARN of a KMS key [kms-key-arn]",
        '  got:      "arn:aws:kms:us-east-1:111122223333:alias/data"',
        "  expected: arn:aws:kms:us-east-1:111122223333:key/id",
        "  remedy:   name the key itself: policies do not apply to an alias",
      ),
    );
  });
});

describe("dataFilter", () => {
  test("fails for DynamoDB", () => {
    expect(said(integrationRules({ sourceKind: "dynamodb", dataFilter: "include: orders" }))).toBe(
      lines(
        "dataFilter: error: a DynamoDB source takes no data filter [data-filter-dynamodb]",
        "  remedy:   remove it: the integration replicates the whole table",
      ),
    );
  });

  test("fails beside entities", () => {
    expect(
      said(
        integrationRules({ sourceKind: "salesforce", dataFilter: "include: Account", entities: ["Account"] }),
      ),
    ).toBe(
      lines(
        "dataFilter: error: dataFilter and entities of the source both select what is replicated [data-filter-conflict]",
        "  remedy:   remove one of the two",
      ),
    );
  });

  test("fails beside the pluggable database of Oracle", () => {
    expect(
      said(integrationRules({ sourceKind: "oracle", targetKind: "redshift", dataFilter: "include: a.*.*" })),
    ).toBe(
      lines(
        "dataFilter: error: dataFilter and pluggableDatabase of the source both select what is replicated [data-filter-conflict]",
        "  remedy:   remove dataFilter, and use include and exclude of the source",
      ),
    );
  });

  test("has 1 to 2048 characters", () => {
    expect(integrationRules({ sourceKind: "salesforce", dataFilter: "a" })).toEqual([]);
    expect(integrationRules({ sourceKind: "salesforce", dataFilter: "a".repeat(2048) })).toEqual([]);
    expect(codesOf(integrationRules({ sourceKind: "salesforce", dataFilter: "" }))).toEqual([
      "data-filter-length",
    ]);
    expect(said(integrationRules({ sourceKind: "salesforce", dataFilter: "a".repeat(2049) }))).toBe(
      lines(
        "dataFilter: error: data filter is longer than 2048 characters [data-filter-length]",
        "  got:      2049 characters",
        "  expected: 1 to 2048 characters",
      ),
    );
  });
});

describe("tables", () => {
  const tables = { orders: { unnest: "none" } } as const;

  test("fail for Redshift", () => {
    expect(said(integrationRules({ targetKind: "redshift", tables }))).toBe(
      lines(
        "tables: error: a Redshift target takes no table options [table-options-target]",
        "  remedy:   remove tables, or replicate into a Glue database",
      ),
    );
  });

  test("are doubtful for Redshift Managed Storage", () => {
    expect(said(integrationRules({ targetKind: "redshift-managed-storage", tables }))).toBe(
      lines(
        "tables: warning: AWS documents no table options for Redshift Managed Storage [table-options-target]",
        "  remedy:   try it in a test account before you rely on it",
      ),
    );
  });

  test("are judged with what is known of the source", () => {
    const issues = integrationRules({
      tables: { ordres: { partitionBy: [{ field: "id", function: "identity" }] } },
      keyColumns: ["id"],
      sourceTables: ["orders"],
    });
    expect(issues.map(({ code, path }) => [code, ...path])).toEqual([
      ["unknown-table", "tables", "ordres"],
      ["identity-on-key", "tables", "ordres", "partitionBy", 0, "field"],
    ]);
  });
});
