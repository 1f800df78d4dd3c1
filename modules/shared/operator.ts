// The operator: one function per stack and environment, made where something needs what no Terraform resource can do.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { ITerraformDependable } from "cdktf";
import { AssetType, Lazy, TerraformAsset, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { arn, iamRoleArn } from "../../lib/arn";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { needsOperator } from "../../lib/rules/operator";
import { operatorName, operatorRoleName } from "../../lib/names";
import { operatorArtifact } from "../../lib/operator/artifact";
import {
  OPERATOR_ACCOUNTS,
  OPERATOR_ARCHITECTURE,
  OPERATOR_HANDLER,
  OPERATOR_MEMORY,
  OPERATOR_RUNTIME,
  OPERATOR_TIMEOUT,
} from "../../lib/operator/runtime";
import { operatorLogStatement, operatorRoleStatements } from "../../lib/operator/permissions";
import type { OperatorKind } from "../../lib/operator/protocol";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { Statement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { LAMBDA_ROLE_TRUST } from "../../lib/policy/trust";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { report } from "../report";
import { accountIn, json } from "../tokens";
import { findOrMake } from "./namespace";
import type { Fit } from "./oversize";
import { fit } from "./oversize";
import { Registry } from "./registry";

/** The variable whose value is handed to every call: another value calls again. */
export const ATTEMPT_VARIABLE = "zero_etl_attempt";

/** What the operator manages, as far as its permissions go by it. */
export interface ManagedThing {
  readonly kind: OperatorKind;
  /** ARN of the resource that it belongs to, where there are several in an account. */
  readonly arn?: string;
  /** ARNs that it lets in, of any account, known when the stack is written. @default none */
  readonly lets?: () => readonly string[];
}

/** How long the log of the function is kept. */
const LOG_DAYS = 90;

/** Owner of the function of one environment. */
export class Operator extends Construct {
  /**
   * The operator of an environment, made at the first call; `need` is what it is to manage, in words, and `remedy` how to do without.
   * Throws `ZeroEtlError` where the environment has `operator: false`.
   */
  static of(environment: Environment, requester: Construct, need: string, remedy: string): Operator {
    if (!environment.operator) report(requester, [needsOperator([], need, remedy)]);
    const scope = environment.ownerScope;
    return findOrMake(scope, "Operator", (id) => new Operator(scope, id, environment));
  }

  /** Name of the function, by which its statements are told from those of others. */
  readonly functionName: string;
  /** What every call must wait for. */
  readonly dependencies: readonly ITerraformDependable[];
  private readonly managed = new Map<OperatorKind, Set<string>>();
  private readonly lets: (() => readonly string[])[] = [];
  private readonly roleName: string;
  private fitted: Fit | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    const { providerConfig, tagsConfig } = environment;
    const [stackId, environmentId] = [TerraformStack.of(this).node.id, environment.node.id];
    this.functionName = operatorName(stackId, environmentId);
    this.roleName = operatorRoleName(stackId, environmentId, environment.region);
    const logs = new CloudwatchLogGroup(this, "Logs", {
      ...providerConfig,
      ...tagsConfig,
      name: logGroup(this.functionName),
      retentionInDays: LOG_DAYS,
    });
    const role = new IamRole(this, "Role", {
      ...providerConfig,
      ...tagsConfig,
      name: this.roleName,
      description: "The operator of AWS Glue zero-ETL integrations runs with this role",
      assumeRolePolicy: json(policyDocument([LAMBDA_ROLE_TRUST])),
    });
    const policy = new IamRolePolicy(this, "Policy", {
      ...providerConfig,
      name: "zero-etl-operator",
      role: role.name,
      policy: Lazy.stringValue({ produce: () => json(policyDocument(this.fit.statements)) }),
    });
    Registry.of(this).addRule(() => this.sizeRules());
    const { path, base64Sha256 } = operatorArtifact();
    const code = new TerraformAsset(this, "Code", {
      path,
      type: AssetType.FILE,
      // As a folder's name.
      assetHash: Buffer.from(base64Sha256, "base64").toString("hex").slice(0, 32),
    });
    const lambda = new LambdaFunction(this, "Resource", {
      ...providerConfig,
      ...tagsConfig,
      functionName: this.functionName,
      description: "Manages what no Terraform resource can for AWS Glue zero-ETL integrations",
      role: iamRoleArn(environment, this.roleName),
      runtime: OPERATOR_RUNTIME,
      architectures: [OPERATOR_ARCHITECTURE],
      handler: OPERATOR_HANDLER,
      filename: code.path,
      sourceCodeHash: base64Sha256,
      timeout: OPERATOR_TIMEOUT,
      memorySize: OPERATOR_MEMORY,
      environment: { variables: { [OPERATOR_ACCOUNTS]: Lazy.stringValue({ produce: () => this.accounts }) } },
    });
    waitFor(lambda, [role, logs]);
    this.dependencies = [lambda, policy];
  }

  /** Lets the function manage something; the same again changes nothing. */
  permit({ kind, arn, lets }: ManagedThing): void {
    const arns = this.managed.get(kind) ?? new Set();
    if (lets !== undefined) this.lets.push(lets);
    if (arn !== undefined) arns.add(arn);
    this.managed.set(kind, arns);
    this.fitted = undefined;
  }

  /** The value that makes Terraform call again when it changes. */
  get attempt(): string {
    const stack = TerraformStack.of(this);
    const make = (id: string): TerraformVariable => {
      const variable = new TerraformVariable(stack, id, {
        type: "string",
        default: "",
        description: "another value makes every call of the operator again, after a cause has been mended",
      });
      variable.overrideLogicalId(ATTEMPT_VARIABLE);
      return variable;
    };
    return findOrMake(stack, "OperatorAttempt", make).stringValue;
  }

  // CDKTF asks several times, and a function may manage hundreds of tables.
  private get fit(): Fit {
    this.fitted ??= fit(this.statements, POLICY_LIMITS.role, this.environment);
    return this.fitted;
  }

  private get accounts(): string {
    const accounts = this.lets.flatMap((arns) => arns()).map(accountIn);
    return [...new Set([this.environment.account, ...accounts])].sort().join(",");
  }

  private get statements(): Statement[] {
    const { environment: address, managed } = this;
    const scope = {
      address,
      tableResources: [...(managed.get("table-properties") ?? [])],
      tableArns: [...(managed.get("table-policy") ?? [])],
    };
    return [
      operatorLogStatement(arn("logs", address, `log-group:${logGroup(this.functionName)}`)),
      ...operatorRoleStatements([...managed.keys()], scope),
    ];
  }

  private sizeRules(): Issue[] {
    const { excess } = this.fit;
    if (excess === undefined) return [];
    return [
      error(
        "role-policy-size",
        [this.node.path],
        `the permissions of the role ${this.roleName} are too large for inline policies`,
        {
          ...excess,
          remedy: "spread the tables that have options or merged policies over several stacks",
        },
      ),
    ];
  }
}

// Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs".
function logGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
