// A third-party application behind a Glue connection as a source. What differs by product is data in lib/facts/connectors.
import { Construct } from "constructs";
import { glueConnectionArn } from "../../lib/arn";
import type { ConnectionSourceKind } from "../../lib/facts/kinds";
import type { Statement } from "../../lib/policy/statement";
import { dataFilterOf } from "../../lib/rules/data-filter";
import { connectionSourceRules } from "../../lib/rules/sources";
import { GlueConnectionLookup } from "../checks/glue-connection-lookup";
import type { IntegrationSource, SourceBinding } from "../contracts";
import { Environment } from "../environment";
import { literalRules, report } from "../report";
import type { RoleForGlue } from "../roles/glue-role";
import { SourceRole } from "../roles/source-role";
import { ResourceProperty } from "../shared/resource-property";
import { TableProperties } from "../shared/table-properties";
import { literals } from "../tokens";

export interface ConnectionSourceProps {
  /** The product behind the connection; a plan checks that the connection leads to it. */
  readonly kind: ConnectionSourceKind;
  /** Name of an existing Glue connection, 1 to 128 characters (Glue API). */
  readonly connection: string;
  /** Entities that integrations replicate. @default all that AWS supports */
  readonly entities?: readonly string[];
  /** ARN of a role to read with, at most 128 characters (Glue API). @default a role with the documented permissions */
  readonly roleArn?: string;
  /** Further permissions of the role that is made here. @default none */
  readonly extraStatements?: readonly Statement[];
  /** Entity of SAP OData to the fields of its primary key, which AWS never changes again. @default none */
  readonly primaryKeys?: Readonly<Record<string, readonly string[]>>;
  /** Account and region of the connection. @default the stack's environment */
  readonly environment?: Environment;
}

/** A connection that AWS Glue reads on behalf of integrations. */
export class ConnectionSource extends Construct implements IntegrationSource {
  readonly kind: ConnectionSourceKind;
  readonly entities: readonly string[] | undefined;
  private readonly environment: Environment;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConnectionSourceProps,
  ) {
    super(scope, id);
    const { kind, connection } = props;
    report(this, [...literalRules({ connection }), ...connectionSourceRules(kind, literals(props))]);
    this.kind = kind;
    this.entities = props.entities;
    this.environment = props.environment ?? Environment.of(this);
  }

  bind(): SourceBinding {
    const { environment, kind, entities } = this;
    const { connection } = this.props;
    const arn = glueConnectionArn(environment, connection);
    const lookup = GlueConnectionLookup.of(environment, kind, connection);
    const owner = { kind: "connection", name: connection, resourceArn: arn } as const;
    const { roleArn, dependencies } = this.role();
    const keys = Object.entries(this.props.primaryKeys ?? {}).map(([entity, key]) =>
      TableProperties.of(environment, owner, entity).identify(this, key, [lookup]),
    );
    return {
      arn,
      key: `${environment.key} connection/${connection}`,
      environment,
      entities: entities ?? "all",
      ...(entities !== undefined && { dataFilter: dataFilterOf(entities) }),
      dependencies: [
        ResourceProperty.of(environment, owner).process(this, { source: { roleArn } }, [
          lookup,
          ...dependencies,
        ]),
        lookup,
        ...keys,
      ],
    };
  }

  private role(): RoleForGlue {
    const { connection, roleArn, extraStatements = [] } = this.props;
    if (roleArn !== undefined) return SourceRole.fromRoleArn(roleArn);
    return SourceRole.of(this, this.environment, { connection, extraStatements });
  }
}
