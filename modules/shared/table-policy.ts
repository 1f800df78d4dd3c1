// The resource policy of a DynamoDB table: one document per table.
import { DynamodbResourcePolicy } from "@cdktf/provider-aws/lib/dynamodb-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { dynamoDbTableArn } from "../../lib/arn";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake, namespace } from "./namespace";
import type { Fit } from "./oversize";
import { fit } from "./oversize";
import { Registry } from "./registry";

/** Owner of the resource policy of one table; it writes the whole document, and only when somebody needs it. */
export class TablePolicy extends Construct {
  /** The owner of a table's policy in the environment's stack, made at the first call. */
  static of(environment: Environment, table: string): TablePolicy {
    const scope = namespace(environment.ownerScope, "DynamoDbTablePolicy");
    return findOrMake(scope, table, (id) => new TablePolicy(scope, id, environment, table));
  }

  private readonly statements = new Contributions<IdentifiedStatement>(this);
  private resource: DynamodbResourcePolicy | undefined;
  private fitted: Fit = { statements: [] };

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly table: string,
  ) {
    super(scope, id);
  }

  /** Adds a statement, once per Sid, and returns what to wait for. */
  allow(
    requester: Construct,
    statement: IdentifiedStatement,
    after: readonly ITerraformDependable[] = [],
  ): ITerraformDependable {
    const isNew = this.statements.add(requester, statement.Sid, statement);
    if (isNew) this.fitted = fit(this.statements.values, POLICY_LIMITS.table, this.environment);
    const policy = json(policyDocument(this.fitted.statements));
    if (this.resource === undefined) this.resource = this.create(policy);
    // Not a lazy value: that is a token, which CDKTF resolves at every pass over hundreds of tables.
    else if (isNew) this.resource.policy = policy;
    waitFor(this.resource, after);
    return this.resource;
  }

  private create(policy: string): DynamodbResourcePolicy {
    const registry = Registry.of(this);
    registry.claim({
      document: `the resource policy of the DynamoDB table ${this.table}`,
      key: this.environment.key,
      owner: this,
      remedy: "put the integrations of one table into one stack",
    });
    registry.addRule(() => this.sizeRules());
    return new DynamodbResourcePolicy(this, "Resource", {
      ...this.environment.providerConfig,
      resourceArn: dynamoDbTableArn(this.environment, this.table),
      policy,
    });
  }

  private sizeRules(): Issue[] {
    const { excess } = this.fitted;
    if (excess === undefined) return [];
    const subject = `the resource policy of the DynamoDB table ${this.table}`;
    return [
      error("table-policy-size", [this.node.path], `${subject} is too large`, {
        ...excess,
        remedy:
          "name fewer integrationArns, or none: every integration of the account may then export the table",
      }),
    ];
  }
}
