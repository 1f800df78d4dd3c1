// What the role that reads a connection must be allowed.
import type { AwsAddress } from "../arn";
import { glueCatalogArn, glueConnectionArn } from "../arn";
import { WRITE_LOGS } from "./observability";
import type { Statement } from "./statement";

/** A Glue connection that integrations read from. */
export interface ConnectionAccess {
  readonly address: AwsAddress;
  readonly connection: string;
}

/**
 * The user guide's permissions of the role, for one connection only. The guide's sample names the catalog of every
 * region; a connection and its integrations share one, so the catalog of that region is enough.
 */
export function sourceRoleStatements({ address, connection }: ConnectionAccess): Statement[] {
  return [
    {
      Sid: "ReadConnection",
      Effect: "Allow",
      Action: ["glue:GetConnection", "glue:GetConnections"],
      Resource: [glueCatalogArn(address), glueConnectionArn(address, connection)],
    },
    {
      Sid: "ReadEntities",
      Effect: "Allow",
      Action: ["glue:ListEntities", "glue:RefreshOAuth2Tokens"],
      // The guide allows both on everything; whether AWS Glue checks them against the connection is not documented.
      Resource: ["*"],
    },
    WRITE_LOGS,
  ];
}
