// The integration table properties: one record per resource and source table, which only the operator can manage.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TablePropertiesInput } from "../../lib/operator/protocol";
import { PROTOCOL_VERSION } from "../../lib/operator/protocol";
import { WITHOUT_OPERATOR } from "../../lib/rules/operator";
import type { TableOptions } from "../../lib/rules/tables";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { OperatorResource } from "../resources/operator-resource";
import { Contributions } from "./contributions";
import { constructId, findOrMake, namespace } from "./namespace";
import { Registry } from "./registry";
import type { PropertyOwner } from "./resource-property";

/** What a record says: how a table is laid out in a target, or which key an entity of a connection has. */
type Settings = Pick<
  TablePropertiesInput,
  "layoutVersion" | "partitionBy" | "primaryKey" | "targetTable" | "unnest"
>;

/** Owner of the record of one table in one target, or of one entity of one connection. */
export class TableProperties extends Construct {
  /** The owner in the environment's stack, made at the first call. */
  static of(environment: Environment, owner: PropertyOwner, table: string): TableProperties {
    const ofKind = namespace(namespace(environment.ownerScope, "IntegrationTableProperties"), owner.kind);
    const scope = namespace(ofKind, constructId(owner.name));
    return findOrMake(scope, table, (id) => new TableProperties(scope, id, environment, owner, table));
  }

  private readonly settings = new Contributions<Settings>(this);
  private resource: OperatorResource | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly owner: PropertyOwner,
    private readonly table: string,
  ) {
    super(scope, id);
  }

  /** Sets how the table is laid out, and returns what to wait for; different layouts throw `ZeroEtlError`. */
  layOut(
    requester: Construct,
    options: TableOptions,
    after: readonly ITerraformDependable[],
  ): ITerraformDependable {
    return this.set(requester, options, after);
  }

  /** Sets the primary key of an entity, and returns what to wait for; different keys throw `ZeroEtlError`. */
  identify(
    requester: Construct,
    primaryKey: readonly string[],
    after: readonly ITerraformDependable[],
  ): ITerraformDependable {
    return this.set(requester, { primaryKey }, after);
  }

  private set(
    requester: Construct,
    settings: Settings,
    after: readonly ITerraformDependable[],
  ): ITerraformDependable {
    this.settings.add(requester, "settings", settings);
    this.resource ??= this.create(settings);
    waitFor(this.resource, after);
    return this.resource;
  }

  private create(settings: Settings): OperatorResource {
    const { environment, owner, table } = this;
    const subject = `the table properties of ${table} in the ${owner.kind} ${owner.name}`;
    Registry.of(this).claim({
      document: subject,
      key: environment.key,
      owner: this,
      remedy: "put the integrations of one target into one stack",
    });
    return new OperatorResource(this, "Resource", {
      environment,
      subject,
      instead: owner.kind === "connection" ? WITHOUT_OPERATOR.primaryKeys : WITHOUT_OPERATOR.tables,
      manages: { kind: "table-properties", arn: owner.resourceArn },
      input: () => ({
        version: PROTOCOL_VERSION,
        kind: "table-properties",
        resourceArn: owner.resourceArn,
        tableName: table,
        ...settings,
      }),
    });
  }
}
