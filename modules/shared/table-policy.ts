// The resource policy of a DynamoDB table: one document per table.
import { DynamodbResourcePolicy } from "@cdktf/provider-aws/lib/dynamodb-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { dynamoDbTableArn } from "../../lib/arn";
import { error, formatIssue } from "../../lib/issues";
import type { Json } from "../../lib/json";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake, namespace } from "./namespace";
import { oversize } from "./oversize";
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

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly table: string,
  ) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.checkSize() });
  }

  /** Adds a statement, once per Sid, and returns what to wait for. */
  allow(
    requester: Construct,
    statement: IdentifiedStatement,
    after: readonly ITerraformDependable[] = [],
  ): ITerraformDependable {
    const isNew = this.statements.add(requester, statement.Sid, statement);
    if (this.resource === undefined) this.resource = this.create();
    // Not a lazy value: that is a token, which CDKTF resolves at every pass over hundreds of tables.
    else if (isNew) this.resource.policy = json(this.document);
    waitFor(this.resource, after);
    return this.resource;
  }

  private create(): DynamodbResourcePolicy {
    Registry.of(this).claim({
      document: `the resource policy of the DynamoDB table ${this.table}`,
      key: this.environment.key,
      owner: this,
      remedy: "put the integrations of one table into one stack",
    });
    return new DynamodbResourcePolicy(this, "Resource", {
      ...this.environment.providerConfig,
      resourceArn: dynamoDbTableArn(this.environment, this.table),
      policy: json(this.document),
    });
  }

  private get document(): Json {
    return policyDocument(this.statements.values);
  }

  private checkSize(): string[] {
    const sizes = oversize(this.document, POLICY_LIMITS.table);
    if (sizes === undefined) return [];
    const subject = `the resource policy of the DynamoDB table ${this.table}`;
    const issue = error("table-policy-size", [], `${subject} is too large`, {
      ...sizes,
      remedy:
        "name fewer integrationArns, or none: every integration of the account may then export the table",
    });
    return [formatIssue(issue, this.node.path)];
  }
}
