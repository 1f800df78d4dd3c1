// A DynamoDB table as a source of Redshift's own API (Redshift management guide, "DynamoDB zero-ETL integrations").
import { type PolicyRequest, allows } from "../../support/policy-evaluator";
import { type Account, arnOf } from "../account";
import { nameIn } from "../arns";
import type { IntegrationError } from "../state";
import { problem } from "./rule";

interface RedshiftSide {
  readonly arn: string;
  readonly account: string;
  readonly sourceArn: string;
}

/** Each action on the resource that DynamoDB checks it against. */
const EXPORT_ACTIONS = [
  { action: "dynamodb:ExportTableToPointInTime", below: "" },
  { action: "dynamodb:DescribeTable", below: "" },
  { action: "dynamodb:DescribeExport", below: "/export/01700000000000-0a1b2c3d" },
];

export async function redshiftTableProblems(
  account: Account,
  integration: RedshiftSide,
): Promise<IntegrationError[]> {
  const { sourceArn } = integration;
  const arn = arnOf(sourceArn);
  const table = nameIn(arn, "dynamodb", "table/") === undefined ? undefined : await account.table(arn);
  if (table === undefined) {
    return [problem("SOURCE_NOT_FOUND", `The specified integration source ${sourceArn} can't be found.`)];
  }
  const problems: IntegrationError[] = [];
  if (!table.pointInTimeRecovery) {
    problems.push(
      problem("SOURCE_PITR_DISABLED", `Point-in-time recovery is not enabled on table ${sourceArn}.`),
    );
  }
  if (table.kmsKeyArn !== undefined && (await account.keyManager(arnOf(table.kmsKeyArn))) === "AWS") {
    problems.push(
      problem("SOURCE_KMS_KEY_NOT_SUPPORTED", `Table ${sourceArn} is encrypted with an AWS managed key.`),
    );
  }
  const denied = EXPORT_ACTIONS.filter(({ action, below }) => {
    const request: PolicyRequest = {
      principal: { Service: "redshift.amazonaws.com" },
      action,
      resource: sourceArn + below,
      context: { "aws:SourceAccount": integration.account, "aws:SourceArn": integration.arn },
    };
    return !allows("resource", table.policy === undefined ? [] : [table.policy], request);
  }).map(({ action }) => action);
  if (denied.length > 0) {
    problems.push(
      problem(
        "SOURCE_ACCESS_DENIED",
        `The policy of table ${sourceArn} does not allow redshift.amazonaws.com: ${denied.join(", ")}.`,
      ),
    );
  }
  return problems;
}
