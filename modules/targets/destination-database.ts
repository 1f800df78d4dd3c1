// The database that Redshift makes of an integration.
import { RedshiftdataStatement } from "@cdktf/provider-aws/lib/redshiftdata-statement";
import type { TerraformResourceLifecycle } from "cdktf";
import { DataResource, dependable } from "cdktf";
import { Construct } from "constructs";
import { createDatabaseSql } from "../../lib/redshift-sql";
import type { SqlAccess } from "../checks/redshift-warehouse";
import type { MadeIntegration } from "../contracts";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";

export interface DestinationDatabaseProps {
  /** Account and region of the warehouse. */
  readonly environment: Environment;
  readonly sqlAccess: SqlAccess;
  readonly database: string;
  readonly integration: MadeIntegration;
}

/** A database, made once by a statement; it stays when the integration goes, like every other copy of the data. */
export class DestinationDatabase extends Construct {
  constructor(scope: Construct, id: string, props: DestinationDatabaseProps) {
    super(scope, id);
    const { environment, sqlAccess, database, integration } = props;
    const { integrationId, sourceDatabase } = integration;
    const sql = createDatabaseSql({ database, integrationId, sourceDatabase });
    const statement = new RedshiftdataStatement(this, "Resource", {
      ...environment.providerConfig,
      ...sqlAccess,
      sql,
      lifecycle: {
        ...activeIntegration(integration),
        // AWS forgets a statement after some days, and the provider then plans to run it once more, which fails because the
        // database is there: only another text is a reason to run it.
        ignoreChanges: "all",
        replaceTriggeredBy: [dependable(new DataResource(this, "Sql", { input: { sql } }))],
      },
    });
    waitFor(statement, [integration.dependency]);
  }
}

// An integration that needs attention must not block the plan that mends it, so that only one state is refused; where none is
// reported, the integration is active once its resource is there.
function activeIntegration({ integrationName, status }: MadeIntegration): TerraformResourceLifecycle {
  if (status === undefined) return {};
  return {
    precondition: [
      {
        condition: `\${try(${status} != "CREATING", true)}`,
        errorMessage: `the integration ${integrationName} is still being created, and Redshift makes a database of an active integration only. Wait until it is active, and apply again.`,
      },
    ],
  };
}
