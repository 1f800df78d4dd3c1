import { connectionSourceRules, dynamoDbSourceRules, oracleSourceRules } from "../../../lib/rules/sources";
import { codesOf, lines, said } from "./said";

const integration = "arn:aws:glue:us-east-1:111122223333:integration:0a1b-2c3d";

describe("DynamoDB", () => {
  test("takes what is not known", () => {
    expect(dynamoDbSourceRules({})).toEqual([]);
  });

  test.each(["abc", "a".repeat(128), "Orders_v2.prod-1"])("takes table %p", (table) => {
    expect(dynamoDbSourceRules({ table })).toEqual([]);
  });

  test("fails below 3 characters", () => {
    expect(said(dynamoDbSourceRules({ table: "ab" }))).toBe(
      lines(
        "table: error: table name is shorter than 3 characters [dynamodb-table-name]",
        "  got:      2 characters",
        "  expected: 3 to 255 characters",
      ),
    );
    expect(said(dynamoDbSourceRules({ table: "" }))).toMatch(/table name is empty/);
  });

  test("notes a name that table options cannot have, up to 255 characters", () => {
    const noted = lines(
      "table: note: a table with a name longer than 128 characters replicates, but cannot have table options [long-table-name]",
      "  got:      129 characters",
    );
    expect(said(dynamoDbSourceRules({ table: "a".repeat(129) }))).toBe(noted);
    expect(codesOf(dynamoDbSourceRules({ table: "a".repeat(255) }))).toEqual(["long-table-name"]);
    expect(said(dynamoDbSourceRules({ table: "a".repeat(256) }))).toMatch(
      /table name is longer than 255 characters/,
    );
  });

  test.each(["orders/v2", "orders v2", "örders"])("fails for table %p", (table) => {
    expect(said(dynamoDbSourceRules({ table }))).toBe(
      lines(
        "table: error: table name has characters that DynamoDB does not take [dynamodb-table-name]",
        `  got:      "${table}"`,
        "  expected: letters, digits, underscore, hyphen and dot",
      ),
    );
  });

  test("suggests the name in an ARN", () => {
    expect(
      dynamoDbSourceRules({ table: "arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/x" }),
    ).toMatchObject([{ remedy: "give the name of the table, not its ARN: orders" }]);
  });

  test("takes integrations by ARN", () => {
    expect(dynamoDbSourceRules({ integrationArns: [integration] })).toEqual([]);
    expect(
      said(dynamoDbSourceRules({ integrationArns: [integration.replace("integration:", "integration/")] })),
    ).toBe(
      lines(
        "integrationArns.0: error: an entry of integrationArns is not the ARN of an integration [integration-arn]",
        '  got:      "arn:aws:glue:us-east-1:111122223333:integration/0a1b-2c3d"',
        "  expected: arn:aws:glue:us-east-1:111122223333:integration:id, or redshift in the place of glue",
        "  remedy:   AWS separates the id by a colon: integration:id",
      ),
    );
  });

  test("takes integrations of Redshift, and of no other service", () => {
    const of = (service: string) =>
      codesOf(dynamoDbSourceRules({ integrationArns: [integration.replace("glue", service)] }));
    expect(of("redshift")).toEqual([]);
    expect(of("redshift-serverless")).toEqual(["integration-arn"]);
    expect(of("rds")).toEqual(["integration-arn"]);
  });

  test("fails for an empty list, an empty entry and a double one", () => {
    expect(said(dynamoDbSourceRules({ integrationArns: [] }))).toBe(
      lines(
        "integrationArns: error: integrationArns is an empty list [empty-list]",
        "  got:      an empty list",
        "  remedy:   remove the key to let every integration of the account in",
      ),
    );
    expect(said(dynamoDbSourceRules({ integrationArns: [" "] }))).toBe(
      lines(
        "integrationArns.0: error: an entry of integrationArns is empty [empty-text]",
        '  got:      " "',
        "  remedy:   give it a value",
      ),
    );
    expect(said(dynamoDbSourceRules({ integrationArns: [integration, integration] }))).toBe(
      lines(
        `integrationArns.1: error: integrationArns holds "${integration}" twice [duplicate-entry]`,
        "  also:     integrationArns.0",
        "  remedy:   remove one of the two",
      ),
    );
  });

  test("takes the key itself only", () => {
    expect(dynamoDbSourceRules({ kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-0a1b" })).toEqual([]);
    expect(codesOf(dynamoDbSourceRules({ kmsKeyArn: "0a1b" }))).toEqual(["kms-key-arn"]);
  });
});

describe("connections", () => {
  test("takes what is not known", () => {
    expect(connectionSourceRules("salesforce", {})).toEqual([]);
  });

  test("takes names of 1 to 128 characters", () => {
    expect(connectionSourceRules("salesforce", { connection: "c" })).toEqual([]);
    expect(connectionSourceRules("salesforce", { connection: "c".repeat(128) })).toEqual([]);
    expect(said(connectionSourceRules("salesforce", { connection: "c".repeat(129) }))).toMatch(
      /connection name is longer than 128 characters/,
    );
    expect(said(connectionSourceRules("salesforce", { connection: "" }))).toMatch(/connection name is empty/);
  });

  test("judges entities and primary keys by the product", () => {
    expect(connectionSourceRules("salesforce", { entities: ["Account", "Contact"] })).toEqual([]);
    expect(
      codesOf(
        connectionSourceRules("salesforce", { entities: ["UserRole"] }).filter(({ path }) => path[1] === 0),
      ),
    ).toEqual(["unsupported-entity"]);
    expect(connectionSourceRules(undefined, { entities: ["UserRole"] })).toEqual([]);
    expect(
      connectionSourceRules("sap-odata", { entities: ["Orders", "EntityOfItems"] }).map(({ path }) => path),
    ).toEqual([["entities", 1]]);
  });

  test("takes a role of 128 characters", () => {
    const arn = (length: number) => `arn:aws:iam::111122223333:role/${"r".repeat(length - 31)}`;
    expect(connectionSourceRules("salesforce", { roleArn: arn(128) })).toEqual([]);
    expect(codesOf(connectionSourceRules("salesforce", { roleArn: arn(129) }))).toEqual(["role-arn-length"]);
  });
});

describe("Oracle", () => {
  const oracle = {
    arn: "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/vm_1",
    pluggableDatabase: "SALES",
    include: ["SALES.ORDERS", "SALES.*"],
    exclude: ["HR.*"],
    secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:odb/sales-AbCdEf",
    kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b",
  };

  test("takes a whole source, and what is not known", () => {
    expect(oracleSourceRules({})).toEqual([]);
    expect(oracleSourceRules(oracle)).toEqual([]);
    expect(
      oracleSourceRules({ ...oracle, arn: oracle.arn.replace("cloud-vm", "cloud-autonomous-vm") }),
    ).toEqual([]);
  });

  test.each(["PDB*", "PDB%", "PDB1,PDB2", "PDB1.SALES", "", "1PDB"])(
    "fails for pluggable database %p",
    (pluggableDatabase) => {
      expect(said(oracleSourceRules({ pluggableDatabase }))).toBe(
        lines(
          "pluggableDatabase: error: pluggable database is not the name of exactly one [pluggable-database]",
          `  got:      "${pluggableDatabase}"`,
          "  expected: one name, without a wildcard, a dot or a comma",
          "  remedy:   make one source for each pluggable database; tables go into include and exclude",
        ),
      );
    },
  );

  test.each(["ORDERS", "A.B.C", "A.", ".B", "A.B, A.C"])("fails for table %p", (table) => {
    expect(said(oracleSourceRules({ exclude: [table] }))).toBe(
      lines(
        "exclude.0: error: exclude has an entry that is not schema.table [oracle-table]",
        `  got:      "${table}"`,
        "  expected: schema.table, like SALES.ORDERS or SALES.*",
      ),
    );
  });

  test("fails for other ARNs", () => {
    expect(codesOf(oracleSourceRules({ arn: "vm", secretArn: "secret", kmsKeyArn: "key" }))).toEqual([
      "oracle-arn",
      "secret-arn",
      "kms-key-arn",
    ]);
  });
});
