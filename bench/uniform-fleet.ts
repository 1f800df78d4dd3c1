// Tables that are replicated into databases, ten to a database.
import type { FleetStack } from "./fleet";
import { digits, labelled } from "./fleet";

/** What AWS lets an account have, unless it is asked for more (user guide, "Service quotas"). */
const INTEGRATIONS_PER_ACCOUNT = 25;
const TABLES_PER_DATABASE = 10;

export function uniformFleet(size: number): FleetStack[] {
  const stacks = Math.ceil(size / INTEGRATIONS_PER_ACCOUNT);
  return Array.from({ length: stacks }, (_, index) => {
    const first = index * INTEGRATIONS_PER_ACCOUNT;
    return uniformStack(index, Math.min(INTEGRATIONS_PER_ACCOUNT, size - first));
  });
}

function uniformStack(index: number, size: number): FleetStack {
  const tables = Array.from({ length: size }, (_, table) => ({
    table: `orders-${digits(table + 1)}`,
    database: `sales_${digits(Math.floor(table / TABLES_PER_DATABASE) + 1)}`,
  }));
  return {
    name: `fleet-${digits(index + 1)}`,
    account: String(111122220000 + index),
    sources: labelled(tables.map(({ table }) => [table, { type: "dynamodb", table }])),
    targets: labelled(
      tables.map(({ database }) => [
        database,
        { type: "glue-database", database, location: `s3://acme-lake/${database}/` },
      ]),
    ),
    integrations: labelled(
      tables.map(({ table, database }) => [
        table,
        { source: table, target: database, refreshInterval: "30m" },
      ]),
    ),
  };
}
