// What both sides of the bench build: tables that are replicated into databases, ten to a database.

export const REGION = "us-east-1";
export const ACCOUNT = "111122223333";
export const STACK = "fleet";

/** One DynamoDB table and the integration that replicates it. */
export interface ReplicatedTable {
  readonly table: string;
  readonly database: string;
}

const TABLES_PER_DATABASE = 10;

export function fleet(size: number): ReplicatedTable[] {
  return Array.from({ length: size }, (_, index) => ({
    table: `orders-${digits(index + 1)}`,
    database: `sales_${digits(Math.floor(index / TABLES_PER_DATABASE) + 1)}`,
  }));
}

/** Databases of the fleet, once each. */
export function databasesOf(tables: readonly ReplicatedTable[]): string[] {
  return [...new Set(tables.map(({ database }) => database))];
}

export function locationOf(database: string): string {
  return `s3://acme-lake/${database}/`;
}

/** The fleet as a declaration file, written as a user writes it. */
export function declarationOf(tables: readonly ReplicatedTable[]): string {
  return [
    "version: 1",
    "",
    "environments:",
    "  prod:",
    `    region: ${REGION}`,
    `    account: "${ACCOUNT}"`,
    "",
    "stacks:",
    `  ${STACK}:`,
    "    environment: prod",
    "    tags: { team: data }",
    "    sources:",
    ...tables.map(({ table }) => `      ${table}: { type: dynamodb, table: ${table} }`),
    "    targets:",
    ...databasesOf(tables).map(
      (database) =>
        `      ${database}: { type: glue-database, database: ${database}, location: "${locationOf(database)}" }`,
    ),
    "    integrations:",
    ...tables.flatMap(({ table, database }) => [
      `      ${table}:`,
      `        source: ${table}`,
      `        target: ${database}`,
      "        refreshInterval: 30m",
    ]),
    "",
  ].join("\n");
}

function digits(value: number): string {
  return String(value).padStart(4, "0");
}
