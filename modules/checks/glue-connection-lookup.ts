// What only the account knows of a Glue connection, asked once per connection at plan.
import { DataAwsGlueConnection } from "@cdktf/provider-aws/lib/data-aws-glue-connection";
import type { Construct } from "constructs";
import { CONNECTORS } from "../../lib/facts/connectors";
import type { ConnectionSourceKind } from "../../lib/facts/kinds";
import type { Environment } from "../environment";
import { findOrMake, namespace } from "../shared/namespace";

/** A connection that exists already; a plan fails where it is missing or leads to another product than declared. */
export class GlueConnectionLookup extends DataAwsGlueConnection {
  /** The lookup of a connection of that kind in the environment's stack, made at the first call. */
  static of(environment: Environment, kind: ConnectionSourceKind, connection: string): GlueConnectionLookup {
    const scope = namespace(namespace(environment.ownerScope, "GlueConnection"), kind);
    return findOrMake(
      scope,
      connection,
      (id) => new GlueConnectionLookup(scope, id, environment, kind, connection),
    );
  }

  private constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    kind: ConnectionSourceKind,
    connection: string,
  ) {
    const { title, connectionType } = CONNECTORS[kind];
    super(scope, id, {
      ...environment.providerConfig,
      id: `${environment.account}:${connection}`,
      lifecycle: {
        postcondition: [
          {
            // The ARN of a connection does not tell its product, and the rules of entities depend on it.
            condition: `\${self.connection_type == "${connectionType}"}`,
            errorMessage: `the Glue connection ${connection} is of type \${self.connection_type}, and a ${kind} source needs one of type ${connectionType} (${title}). Declare the type that the connection has, or another connection.`,
          },
        ],
      },
    });
  }
}
