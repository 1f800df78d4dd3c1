import fc from "fast-check";
import { createDatabaseSql } from "../../lib/redshift-sql";

const ID = "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111";

test("a database is made of the integration", () => {
  expect(createDatabaseSql({ database: "sales", integrationId: ID })).toBe(
    `CREATE DATABASE "sales" FROM INTEGRATION '${ID}'`,
  );
});

test("the database within the source is named where it has several", () => {
  expect(createDatabaseSql({ database: "sales", integrationId: ID, sourceDatabase: "PDB1" })).toBe(
    `CREATE DATABASE "sales" FROM INTEGRATION '${ID}' DATABASE "PDB1"`,
  );
});

test("no name ends its quotes, whatever it holds", () => {
  expect(createDatabaseSql({ database: 'x"; DROP DATABASE y; --', integrationId: ID })).toBe(
    `CREATE DATABASE "x""; DROP DATABASE y; --" FROM INTEGRATION '${ID}'`,
  );
  fc.assert(
    fc.property(fc.string(), (database) => {
      const sql = createDatabaseSql({ database, integrationId: ID });
      const [, name = ""] = /^CREATE DATABASE "((?:[^"]|"")*)" FROM INTEGRATION '[\w-]+'$/.exec(sql) ?? [];
      expect(name.replaceAll('""', '"')).toBe(database);
    }),
  );
});
