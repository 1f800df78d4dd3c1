// The role that AWS Glue reads a connection with: one per connection, because its resource property names one.
import type { Construct } from "constructs";
import { sourceRoleName } from "../../lib/names";
import { sourceRoleStatements } from "../../lib/policy/source-role";
import type { Statement } from "../../lib/policy/statement";
import type { Environment } from "../environment";
import { Contributions } from "../shared/contributions";
import { findOrMake, namespace } from "../shared/namespace";
import { GlueRole } from "./glue-role";

/** What a source asks of the role of its connection. */
export interface SourceRoleRequest {
  readonly connection: string;
  /** Permissions beyond those that AWS documents. */
  readonly extraStatements: readonly Statement[];
}

/** The role that reads a connection. */
export class SourceRole extends GlueRole {
  /** The role of a connection in the environment's stack; two sources with different extra statements throw `ZeroEtlError`. */
  static of(requester: Construct, environment: Environment, request: SourceRoleRequest): SourceRole {
    const scope = namespace(environment.ownerScope, "SourceRole");
    const role = findOrMake(
      scope,
      request.connection,
      (id) => new SourceRole(scope, id, environment, request),
    );
    role.extra.add(requester, "extraStatements", request.extraStatements);
    return role;
  }

  private readonly extra = new Contributions<readonly Statement[]>(this);

  private constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    { connection, extraStatements }: SourceRoleRequest,
  ) {
    super(
      scope,
      id,
      {
        environment,
        roleName: sourceRoleName(connection, environment.region),
        statements: [...sourceRoleStatements({ address: environment, connection }), ...extraStatements],
      },
      { policyName: "zero-etl-source", description: "AWS Glue zero-ETL reads the connection with this role" },
    );
  }
}
