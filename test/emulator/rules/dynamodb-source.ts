// A DynamoDB table as source. The user guide: point-in-time recovery on, a table policy for the service, no AWS-managed key.
import { type PolicyRequest, allows } from "../../support/policy-evaluator";
import { arnOf } from "../account";
import { AwsError } from "../wire";
import { type Rule, type Side, problem } from "./rule";

/** Each action on the resource that DynamoDB checks it against. */
const EXPORT_ACTIONS = [
  { action: "dynamodb:ExportTableToPointInTime", resource: (table: string) => table },
  { action: "dynamodb:DescribeTable", resource: (table: string) => table },
  {
    action: "dynamodb:DescribeExport",
    resource: (table: string) => `${table}/export/01700000000000-0a1b2c3d`,
  },
];

export const DYNAMODB_SOURCE: Rule = {
  async refuse({ arn, account, integration }: Side) {
    if (integration.dataFilter !== undefined) {
      return new AwsError("ValidationException", "DataFilter is not supported for DynamoDB sources.");
    }
    if (integration.config?.ContinuousSync === false) {
      return new AwsError("ValidationException", "ContinuousSync cannot be disabled for DynamoDB sources.");
    }
    if ((await account.table(arn)) === undefined) {
      return new AwsError("ResourceNotFoundException", `Source table ${arn.text} was not found.`);
    }
    return undefined;
  },

  async problems({ arn, account, integration }: Side) {
    const table = await account.table(arn);
    if (table === undefined) return [problem("SOURCE_NOT_FOUND", `Source table ${arn.text} does not exist.`)];
    const problems = [];
    if (!table.pointInTimeRecovery) {
      problems.push(
        problem("SOURCE_PITR_DISABLED", `Point-in-time recovery is not enabled on table ${arn.text}.`),
      );
    }
    if (table.kmsKeyArn !== undefined && (await account.keyManager(arnOf(table.kmsKeyArn))) === "AWS") {
      problems.push(
        problem("SOURCE_KMS_KEY_NOT_SUPPORTED", `Table ${arn.text} is encrypted with an AWS managed key.`),
      );
    }
    const documents = table.policy === undefined ? [] : [table.policy];
    const denied = EXPORT_ACTIONS.filter(({ action, resource }) => {
      const request: PolicyRequest = {
        principal: { Service: "glue.amazonaws.com" },
        action,
        resource: resource(arn.text),
        context: { "aws:SourceAccount": integration.account, "aws:SourceArn": integration.arn },
      };
      return !allows("resource", documents, request);
    }).map(({ action }) => action);
    if (denied.length > 0) {
      problems.push(
        problem(
          "SOURCE_ACCESS_DENIED",
          `The policy of table ${arn.text} does not allow glue.amazonaws.com: ${denied.join(", ")}.`,
        ),
      );
    }
    return problems;
  },
};
