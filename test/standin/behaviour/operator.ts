// What the operator's function answers: it reads its input as the real one does, refuses what that refuses, and does nothing.
import type { AwsAddress } from "../../../lib/arn";
import { Failure } from "../../../lib/operator/failure";
import type { Call } from "../../../lib/operator/parse";
import { parseCall } from "../../../lib/operator/parse";
import type { OperatorResult } from "../../../lib/operator/protocol";
import { TERRAFORM_KEY } from "../../../lib/operator/protocol";
import { requestDigest } from "../../../lib/operator/request";
import { letInArns } from "../../../lib/policy/accounts";
import type { LiveStatement } from "../../../lib/policy/canonical";
import type { MergedPolicy } from "../../../lib/policy/shapes";
import { statementRefusal } from "../../../lib/policy/shapes";
import { accountOf } from "../../../lib/rules/arns";
import type { ObjectValue } from "../wire/values";
import type { ProviderSettings } from "./settings";

/** The answer to a resource's call, as the real provider makes it. */
export function answerToCall(state: ObjectValue, address: ProviderSettings): string {
  return answer(state, { [TERRAFORM_KEY]: { action: "create", prev_input: null } }, address);
}

/** The answer to a data source's call, which sends the input as it is. */
export function answerToRead(config: ObjectValue, address: ProviderSettings): string {
  return answer(config, {}, address);
}

function answer(
  { function_name: name, input }: ObjectValue,
  added: object,
  { partition, region, account }: ProviderSettings,
): string {
  // Functions of others answer what a test makes them answer.
  if (!String(name).startsWith("zero-etl-operator-")) return "{}";
  const event = { ...JSON.parse(String(input)), ...added };
  return JSON.stringify({
    ...resultOf(event, { partition, region, account }),
    request: requestDigest(event),
  });
}

function resultOf(event: object, address: AwsAddress): OperatorResult {
  try {
    const call = parseCall(event, address);
    refuseStatements(call, address);
    return call.action === "read"
      ? { ok: true, drift: [] }
      : { ok: true, changed: true, message: "the stand-in does nothing" };
  } catch (error) {
    if (error instanceof Failure) return error.answer;
    throw error;
  }
}

function refuseStatements({ input }: Call, address: AwsAddress): void {
  if (input.kind !== "catalog-policy" && input.kind !== "table-policy") return;
  const policy: MergedPolicy =
    input.kind === "table-policy"
      ? { kind: input.kind, address, tableArn: input.tableArn }
      : // What the function's environment says is of another resource: the statements are taken at their word.
        {
          kind: input.kind,
          address,
          accounts: letInArns(input.statements).flatMap((arn) => accountOf(arn) ?? []),
        };
  for (const statement of input.statements) {
    const refusal = statementRefusal(policy, statement as unknown as LiveStatement);
    if (refusal !== undefined) {
      throw new Failure("refused-statement", `${statement.Sid}: its ${refusal.element} ${refusal.message}`);
    }
  }
}
