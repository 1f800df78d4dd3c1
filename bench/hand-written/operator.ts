// The function that does what no resource can: its code is the package's, since nobody would write another for the sake of it.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import type { ITerraformDependable, TerraformStack } from "cdktf";
import { AssetType, Fn, TerraformAsset, TerraformVariable } from "cdktf";
import { operatorArtifact } from "../../lib/operator/artifact";
import { REGION } from "../fleet";
import { TAGS } from "./kit";
import type { Place } from "./place";
import { LAMBDA_TRUST, policy } from "./policies";

const CALL_AGAIN = "call again: terraform apply -var zero_etl_attempt=2 (any other value).";

export class Operator {
  readonly functionName: string;
  private readonly dependencies: readonly ITerraformDependable[];
  private readonly attempt: TerraformVariable;
  private readonly rolePolicy: IamRolePolicy;
  private readonly tables = new Set<string>();
  private readonly roles: Record<string, string> = {};
  private readonly roleDependencies: ITerraformDependable[] = [];
  private wait: LambdaInvocation | undefined;
  private changesIntegrations = false;
  private mergesCatalogPolicy = false;

  constructor(
    private readonly stack: TerraformStack,
    private readonly place: Place,
  ) {
    const { id } = stack.node;
    this.functionName = `zero-etl-operator-${id}-${id}`;
    const name = `${this.functionName}-${REGION}`;
    this.attempt = new TerraformVariable(stack, "attempt", {
      type: "string",
      default: "",
      description: "another value makes every call of the operator again, after a cause has been mended",
    });
    this.attempt.overrideLogicalId("zero_etl_attempt");
    const logs = new CloudwatchLogGroup(stack, "operator-logs", {
      name: `/aws/lambda/${this.functionName}`,
      retentionInDays: 90,
      tags: TAGS,
    });
    const role = new IamRole(stack, "operator-role", {
      name,
      description: "The operator of AWS Glue zero-ETL integrations runs with this role",
      assumeRolePolicy: LAMBDA_TRUST,
      tags: TAGS,
    });
    this.rolePolicy = new IamRolePolicy(stack, "operator-role-policy", {
      name: "zero-etl-operator",
      role: role.name,
      policy: policy([]),
    });
    const { path, base64Sha256 } = operatorArtifact();
    const code = new TerraformAsset(stack, "operator-code", { path, type: AssetType.FILE });
    const lambda = new LambdaFunction(stack, "operator", {
      functionName: this.functionName,
      description: "Manages what no Terraform resource can for AWS Glue zero-ETL integrations",
      role: place.role(name),
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      filename: code.path,
      sourceCodeHash: base64Sha256,
      timeout: 600,
      memorySize: 512,
      environment: { variables: { ZERO_ETL_ACCOUNTS: place.account } },
      tags: TAGS,
      dependsOn: [role, logs],
    });
    this.dependencies = [lambda, this.rolePolicy];
  }

  /** Lets AWS export a table. */
  tablePolicy(
    table: string,
    tableArn: string,
    statements: readonly object[],
    dependsOn: readonly ITerraformDependable[],
  ): ITerraformDependable {
    this.tables.add(tableArn);
    return this.call(
      `${table}-policy`,
      `the statements of this stack in the resource policy of the DynamoDB table ${table}`,
      { kind: "table-policy", statements, tableArn },
      dependsOn,
    );
  }

  /** Asks for statements that are known at the end only. */
  catalogPolicy(): LambdaInvocation {
    this.mergesCatalogPolicy = true;
    return this.call("catalog-policy", "the statements of this stack in the Glue catalog policy", {});
  }

  catalogInput(statements: readonly object[]): string {
    return this.input({ kind: "catalog-policy", statements });
  }

  /** Sets how often an integration is refreshed. */
  settings(
    name: string,
    integrationArn: string,
    refreshInterval: string,
    integration: ITerraformDependable,
  ): void {
    this.changesIntegrations = true;
    this.call(
      `${name}-settings`,
      `the settings of the integration ${name}`,
      { integrationArn, kind: "integration-settings", refreshInterval },
      [integration],
    );
  }

  /** Waits for a role, whose documents are told by a digest. */
  settle(role: string, digest: string, made: readonly ITerraformDependable[]): ITerraformDependable {
    this.roles[role] = digest;
    this.roleDependencies.push(...made);
    this.wait ??= this.call("propagation", "the wait for new roles", {});
    return this.wait;
  }

  /** Writes what is known when everything has been asked for. */
  finish(): void {
    const { place, tables, roles, wait } = this;
    if (wait !== undefined) {
      wait.input = this.input({ kind: "propagation", subjects: roles });
      wait.dependsOn = [...this.dependencies, ...this.roleDependencies].map((dependency) => dependency.fqn);
    }
    this.rolePolicy.policy = policy([
      ...(this.changesIntegrations
        ? [
            allow(
              "ChangeIntegrations",
              ["glue:DescribeIntegrations", "glue:ModifyIntegration"],
              [place.arn("glue", "integration:*")],
            ),
          ]
        : []),
      ...(this.mergesCatalogPolicy
        ? [allow("MergeCatalogPolicy", policyActions("glue"), [place.catalog])]
        : []),
      ...(tables.size > 0
        ? [allow("MergeTablePolicies", policyActions("dynamodb"), [...tables].sort())]
        : []),
      allow(
        "WriteOwnLog",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        [place.arn("logs", `log-group:/aws/lambda/${this.functionName}:*`)],
      ),
    ]);
  }

  private call(
    id: string,
    subject: string,
    asked: object,
    dependsOn: readonly ITerraformDependable[] = [],
  ): LambdaInvocation {
    return new LambdaInvocation(this.stack, id, {
      functionName: this.functionName,
      input: this.input(asked),
      lifecycleScope: "CRUD",
      lifecycle: {
        postcondition: [
          {
            condition:
              "${try(jsondecode(self.result).request == sha256(jsonencode(jsondecode(self.input))), false)}",
            errorMessage: `${subject}: the last call of the function ${this.functionName} broke off before it answered; what it did is not known. Look into its log, and ${CALL_AGAIN}`,
          },
          {
            condition: "${try(jsondecode(self.result).ok, false)}",
            errorMessage: `${subject}: \${try(join(". ", compact([jsondecode(self.result).message, try(jsondecode(self.result).remedy, "")])), self.result)}. When the cause is mended, ${CALL_AGAIN}`,
          },
        ],
      },
      dependsOn: [...this.dependencies, ...dependsOn],
    });
  }

  private input(asked: object): string {
    return Fn.jsonencode({ attempt: this.attempt.value, ...asked, version: 1 });
  }
}

function allow(Sid: string, Action: readonly string[], Resource: readonly string[]): object {
  return { Sid, Effect: "Allow", Action, Resource };
}

function policyActions(service: string): string[] {
  return ["Delete", "Get", "Put"].map((verb) => `${service}:${verb}ResourcePolicy`);
}
