// Things that the operator manages over their life: what Terraform calls at creation, change and deletion.
import { DataAwsLambdaInvocation } from "@cdktf/provider-aws/lib/data-aws-lambda-invocation";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import type { ITerraformDependable } from "cdktf";
import { Lazy } from "cdktf";
import type { Construct } from "constructs";
import type { Json } from "../../lib/json";
import type { OperatorInput } from "../../lib/operator/protocol";
import { REQUEST_DIGEST } from "../../lib/operator/request";
import { TerraformCheck } from "../checks/terraform-check";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import type { ManagedThing } from "../shared/operator";
import { ATTEMPT_VARIABLE, Operator } from "../shared/operator";
import { json } from "../tokens";

export interface OperatorResourceProps {
  readonly environment: Environment;
  /** What it is, in words: `the table options of orders`. */
  readonly subject: string;
  /**
   * What is asked of the operator; a function is called with the name of the operator's when the stack is written, for contributors
   * come until then.
   */
  readonly input: OperatorInput | ((functionName: string) => OperatorInput);
  /** How to do without, where the operator is not allowed. @default "allow the operator in the environment" */
  readonly instead?: string;
  /** What the function is allowed to manage for it. */
  readonly manages: ManagedThing;
  /** What must exist before. @default nothing */
  readonly after?: readonly ITerraformDependable[];
}

const CALL_AGAIN = `call again: terraform apply -var ${ATTEMPT_VARIABLE}=2 (any other value).`;

/** One thing under the operator. An answer that is not good fails the apply, and every plan until it is. */
export class OperatorResource extends LambdaInvocation {
  constructor(scope: Construct, id: string, props: OperatorResourceProps) {
    const { environment, subject, input, manages, after = [] } = props;
    const { instead = "allow the operator in the environment" } = props;
    const operator = Operator.of(environment, scope, subject, instead);
    operator.permit(manages);
    super(scope, id, {
      ...environment.providerConfig,
      functionName: operator.functionName,
      input: written(operator, input, { attempt: operator.attempt }),
      lifecycleScope: "CRUD",
      lifecycle: {
        // Terraform keeps the input of a failed call and would never call again.
        postcondition: [
          {
            condition: `\${try(jsondecode(self.result).request == ${REQUEST_DIGEST}, false)}`,
            errorMessage: `${subject}: the last call of the function ${operator.functionName} broke off before it answered; what it did is not known. Look into its log, and ${CALL_AGAIN}`,
          },
          {
            condition: "${try(jsondecode(self.result).ok, false)}",
            errorMessage: `${subject}: \${try(join(". ", compact([jsondecode(self.result).message, try(jsondecode(self.result).remedy, "")])), self.result)}. When the cause is mended, ${CALL_AGAIN}`,
          },
        ],
      },
    });
    waitFor(this, [...operator.dependencies, ...after]);
    // A wait leaves nothing behind that could differ.
    if (environment.driftChecks && manages.kind !== "propagation") this.checkDrift(operator, props);
  }

  private checkDrift(operator: Operator, { environment, subject, input }: OperatorResourceProps): void {
    const read = new DataAwsLambdaInvocation(this, "Read", {
      ...environment.providerConfig,
      functionName: operator.functionName,
      input: written(operator, input, { action: "read" }),
      dependsOn: [this],
    });
    new TerraformCheck(this, "Drift", {
      condition: `\${try(length(jsondecode(${read.fqn}.result).drift) == 0, false)}`,
      errorMessage: `${subject}: the account differs from what is declared: \${try(join("; ", jsondecode(${read.fqn}.result).drift), jsondecode(${read.fqn}.result).message, "nothing was read")}`,
    });
  }
}

function written(
  { functionName }: Operator,
  input: OperatorResourceProps["input"],
  further: Record<string, Json>,
): string {
  const text = (asked: OperatorInput): string =>
    json({ ...(asked as unknown as Record<string, Json>), ...further });
  return typeof input === "function"
    ? Lazy.stringValue({ produce: () => text(input(functionName)) })
    : text(input);
}
