// What a stack asks of the operator, and the statements that it wants in a policy, whoever writes them.
import { decoded } from "./terraform-json";
import type { PolicyDocument, PolicyStatement } from "./policy-evaluator";
import type { Block, StackJson } from "./synth";
import { policyOf } from "./synth";

/** One call of the operator. */
export interface OperatorCall {
  /** Address in Terraform, without the hash at its end. */
  readonly address: string;
  readonly block: Block;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The calls of a kind, or of every kind, by address. */
export function operatorCalls(stack: StackJson, kind?: string): OperatorCall[] {
  return Object.entries(stack.resources("aws_lambda_invocation"))
    .map(([name, block]) => ({
      address: name.replace(/_[0-9A-F]{8}$/, ""),
      block,
      input: decoded(block["input"]) as OperatorCall["input"],
    }))
    .filter(({ input }) => kind === undefined || input["kind"] === kind)
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** The one call of a kind; fails when there is none or more than one. */
export function operatorCall(stack: StackJson, kind: string): OperatorCall {
  const [only, ...more] = operatorCalls(stack, kind);
  if (only === undefined || more.length > 0)
    throw new Error(`expected one call of ${kind}, found ${operatorCalls(stack, kind).length}`);
  return only;
}

/** What a stack wants in the Glue catalog policy: the whole document, or what is merged into it. */
export function catalogPolicy(stack: StackJson): PolicyDocument {
  return wanted(stack, "aws_glue_resource_policy", "catalog-policy");
}

/** What a stack wants in the policy of its one DynamoDB table: the whole document, or what is merged into it. */
export function tablePolicy(stack: StackJson): PolicyDocument {
  return wanted(stack, "aws_dynamodb_resource_policy", "table-policy");
}

/** The statements of a document, as the tests look into them. */
export function statementsIn({ Statement }: PolicyDocument): Record<string, unknown>[] {
  return Statement as unknown as Record<string, unknown>[];
}

function wanted(stack: StackJson, owned: string, kind: string): PolicyDocument {
  const whole = Object.values(stack.resources(owned));
  const merged = operatorCalls(stack, kind);
  if (whole.length + merged.length !== 1)
    throw new Error(`expected one writer, found ${whole.length} of ${owned} and ${merged.length} of ${kind}`);
  const [document] = whole.map((block) => ({ Statement: policyOf(block).Statement }));
  const statements = document?.Statement ?? merged[0]?.input["statements"];
  return { Version: "2012-10-17", Statement: statements as unknown as PolicyStatement[] };
}
