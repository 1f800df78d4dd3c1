// What a DynamoDB table's resource policy must allow so that AWS Glue can export the table.
import type { AwsAddress } from "../arn";
import { glueIntegrationsArn } from "../arn";
import { GLUE_SERVICE } from "./principals";
import type { IdentifiedStatement } from "./statement";

/** Sid of the statement; a table's policy needs it once, however many integrations read the table. */
export const TABLE_EXPORT_SID = "ZeroEtlExport";

/** Who may export a table. */
export interface TableExport {
  /** The account and region of the table, which are those of its integrations. */
  readonly address: AwsAddress;
  /** The only integrations that may export; absent: every integration of the account and region. */
  readonly integrationArns?: readonly string[] | undefined;
}

/** Lets AWS Glue describe and export the table, on behalf of the account's own integrations only. */
export function tableExportStatement({ address, integrationArns }: TableExport): IdentifiedStatement {
  const account = { "aws:SourceAccount": [address.account] };
  return {
    Sid: TABLE_EXPORT_SID,
    Effect: "Allow",
    Principal: { Service: [GLUE_SERVICE] },
    Action: ["dynamodb:DescribeExport", "dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
    // In a resource policy this is the table and its exports: AWS documents the wildcard, an export ARN exists only later.
    Resource: ["*"],
    Condition: integrationArns
      ? { StringEquals: { ...account, "aws:SourceArn": [...integrationArns].sort() } }
      : { StringEquals: account, ArnLike: { "aws:SourceArn": [glueIntegrationsArn(address)] } },
  };
}
