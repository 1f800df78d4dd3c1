// The statements that run in a warehouse.

/** A database that Redshift makes of an integration. */
export interface DestinationDatabaseSql {
  readonly database: string;
  /** The last part of the integration's ARN. */
  readonly integrationId: string;
  /** The one database within the source, where the source has several. */
  readonly sourceDatabase?: string | undefined;
}

/** Makes the database (Redshift management guide, "Creating destination databases"). */
export function createDatabaseSql({
  database,
  integrationId,
  sourceDatabase,
}: DestinationDatabaseSql): string {
  const statement = `CREATE DATABASE ${quoted(database)} FROM INTEGRATION '${integrationId}'`;
  return sourceDatabase === undefined ? statement : `${statement} DATABASE ${quoted(sourceDatabase)}`;
}

// Whatever a name holds, it ends where it is meant to (Redshift developer guide, "Names and identifiers").
function quoted(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}
