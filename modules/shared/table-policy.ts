// The resource policy of a DynamoDB table: one document per table.
import { DynamodbResourcePolicy } from "@cdktf/provider-aws/lib/dynamodb-resource-policy";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { dynamoDbTableArn } from "../../lib/arn";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { markedStatements } from "../../lib/policy/own-statements";
import { POLICY_LIMITS, limitBeforeMarks } from "../../lib/policy/size";
import { PROTOCOL_VERSION } from "../../lib/operator/protocol";
import type { DocumentRequirements } from "../../lib/policy/requirement";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { WITHOUT_OPERATOR } from "../../lib/rules/operator";
import type { PolicyMode } from "../../lib/spec/types";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { OperatorResource } from "../resources/operator-resource";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake, namespace } from "./namespace";
import type { Needs } from "./needs";
import type { Fit } from "./oversize";
import { fit } from "./oversize";
import { Registry } from "./registry";

/**
 * What one stack needs of the resource policy of one table; nothing is written before somebody needs it. How it is written is up to
 * the mode: merged into the table's document, as the whole document, or not at all.
 */
export class TablePolicy extends Construct {
  /** The owner of a table's policy in the environment's stack, made at the first call. */
  static of(environment: Environment, table: string): TablePolicy {
    const scope = namespace(environment.ownerScope, "DynamoDbTablePolicy");
    return findOrMake(scope, table, (id) => new TablePolicy(scope, id, environment, table));
  }

  private readonly statements = new Contributions<IdentifiedStatement>(this);
  private readonly modes = new Contributions<PolicyMode>(this);
  private resource: TerraformResource | undefined;
  private fitted: Fit = { statements: [] };

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly table: string,
  ) {
    super(scope, id);
  }

  /**
   * Adds statements, once per Sid, and returns what to wait for or what somebody must write; two modes throw `ZeroEtlError`.
   */
  allow(
    requester: Construct,
    statements: readonly IdentifiedStatement[],
    mode: PolicyMode,
    after: readonly ITerraformDependable[] = [],
  ): Needs {
    this.modes.add(requester, "tablePolicy", mode);
    if (mode === "external") return { requirements: [this.required(statements)], dependencies: [] };
    const added = statements.filter((statement) => this.statements.add(requester, statement.Sid, statement));
    if (added.length > 0) {
      const limit = mode === "merge" ? limitBeforeMarks(POLICY_LIMITS.table) : POLICY_LIMITS.table;
      this.fitted = fit(this.statements.values, limit, this.environment);
    }
    this.resource ??= mode === "merge" ? this.merge() : this.own();
    waitFor(this.resource, after);
    return { requirements: [], dependencies: [this.resource] };
  }

  private merge(): OperatorResource {
    const { environment, table } = this;
    this.claim("merge");
    const tableArn = dynamoDbTableArn(environment, table);
    return new OperatorResource(this, "Resource", {
      environment,
      subject: `the statements of this stack in ${this.subject}`,
      manages: { kind: "table-policy", arn: tableArn },
      instead: WITHOUT_OPERATOR.tablePolicy,
      input: (functionName) => ({
        version: PROTOCOL_VERSION,
        kind: "table-policy",
        tableArn,
        statements: markedStatements(functionName, this.fitted.statements),
      }),
    });
  }

  private own(): DynamodbResourcePolicy {
    this.claim("own");
    return new DynamodbResourcePolicy(this, "Resource", {
      ...this.environment.providerConfig,
      resourceArn: dynamoDbTableArn(this.environment, this.table),
      policy: Lazy.stringValue({ produce: () => json(policyDocument(this.fitted.statements)) }),
    });
  }

  private claim(mode: PolicyMode): void {
    const registry = Registry.of(this);
    registry.claim({
      document: this.subject,
      key: this.environment.key,
      owner: this,
      merges: mode === "merge",
      remedy:
        "merge the statements (tablePolicy: merge), or put the integrations of one table into one stack",
    });
    registry.addRule(() => this.sizeRules());
  }

  private required(statements: readonly IdentifiedStatement[]): DocumentRequirements {
    return {
      document: "table policy",
      arn: dynamoDbTableArn(this.environment, this.table),
      applied: false,
      requirements: statements.map((statement) => ({
        statement,
        verified: true,
        source: "AWS Glue user guide and DynamoDB developer guide, zero-ETL integrations",
      })),
    };
  }

  private get subject(): string {
    return `the resource policy of the DynamoDB table ${this.table}`;
  }

  private sizeRules(): Issue[] {
    const { excess } = this.fitted;
    if (excess === undefined) return [];
    return [
      error("table-policy-size", [this.node.path], `${this.subject} is too large`, {
        ...excess,
        remedy:
          "name fewer integrationArns, or none: every integration of the account may then export the table",
      }),
    ];
  }
}
