// What a Redshift namespace and a DynamoDB table must allow so that data can go into a warehouse.
import type { AwsAddress } from "../arn";
import { dynamoDbExportsArn, dynamoDbTableArn, redshiftIntegrationsArn } from "../arn";
import type { InboundSource } from "./inbound";
import { creationsOf, sorted } from "./inbound";
import { REDSHIFT_SERVICE } from "./principals";
import type { Conditions, IdentifiedStatement } from "./statement";

/** Sid of the statement that lets sources into a namespace; its policy has one, for all of them. */
export const NAMESPACE_AUTHORIZE_SID = "ZeroEtlAuthorize";

/** Sid of the statement that lets principals create integrations into a namespace. */
export const NAMESPACE_CREATE_SID = "ZeroEtlCreate";

/** The right to send data from some sources into one namespace. */
export interface NamespaceGrant {
  /** ARN of the namespace, provisioned or serverless: both take the same policy. */
  readonly namespaceArn: string;
  readonly sources: readonly InboundSource[];
  /** Who may create integrations into the namespace; none: identity policies and the roots of foreign accounts decide. */
  readonly deployerArns: readonly string[];
}

/** The statements of a namespace's policy (Redshift management guide, "Configure authorization"). */
export function namespaceStatements(grant: NamespaceGrant): IdentifiedStatement[] {
  const { namespaceArn, sources, deployerArns } = grant;
  const authorize: IdentifiedStatement = {
    Sid: NAMESPACE_AUTHORIZE_SID,
    Effect: "Allow",
    Principal: { Service: [REDSHIFT_SERVICE] },
    Action: ["redshift:AuthorizeInboundIntegration"],
    Resource: [namespaceArn],
    Condition: { StringEquals: { "aws:SourceArn": sorted(sources.map(({ arn }) => arn)) } },
  };
  const creators = sorted(creationsOf(sources, deployerArns).flatMap(({ principalArns }) => principalArns));
  if (creators.length === 0) return [authorize];
  const create: IdentifiedStatement = {
    Sid: NAMESPACE_CREATE_SID,
    Effect: "Allow",
    Principal: { AWS: creators },
    Action: ["redshift:CreateInboundIntegration"],
    // AWS documents no condition here; the source is bound by the statement above, which every integration needs as well.
    Resource: [namespaceArn],
  };
  return [authorize, create];
}

/** Sid of the statement that lets Redshift export a table; that of AWS Glue is another, because a table may need both. */
export const REDSHIFT_TABLE_EXPORT_SID = "ZeroEtlRedshiftExport";

/** Sid of the statement that lets Redshift look at the exports of a table. */
export const REDSHIFT_DESCRIBE_EXPORT_SID = "ZeroEtlRedshiftDescribeExport";

/** A table that Redshift may export. */
export interface RedshiftTableExport {
  /** The account and region of the table, which are those of its integrations. */
  readonly address: AwsAddress;
  readonly table: string;
  /** The only integrations that may export; absent: every Redshift integration of the account and region. */
  readonly integrationArns?: readonly string[] | undefined;
}

/**
 * Lets Redshift describe and export the table, on behalf of the account's own integrations only (DynamoDB developer guide,
 * "DynamoDB zero-ETL integration with Amazon Redshift"). The guide's `*` for the table is narrowed to its ARN.
 */
export function redshiftTableExportStatements(access: RedshiftTableExport): IdentifiedStatement[] {
  const { address, table, integrationArns } = access;
  const shared = {
    Effect: "Allow" as const,
    Principal: { Service: [REDSHIFT_SERVICE] },
    Condition: redshiftIntegrationConditions(address, integrationArns),
  };
  return [
    {
      ...shared,
      Sid: REDSHIFT_TABLE_EXPORT_SID,
      Action: ["dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
      Resource: [dynamoDbTableArn(address, table)],
    },
    {
      ...shared,
      Sid: REDSHIFT_DESCRIBE_EXPORT_SID,
      Action: ["dynamodb:DescribeExport"],
      Resource: [dynamoDbExportsArn(address, table)],
    },
  ];
}

/** On behalf of Redshift integrations of one account and region: named ones, or all, as an id exists only afterwards. */
export function redshiftIntegrationConditions(
  address: AwsAddress,
  integrationArns: readonly string[] = [redshiftIntegrationsArn(address)],
): Conditions {
  return {
    StringEquals: { "aws:SourceAccount": [address.account] },
    ArnEquals: { "aws:SourceArn": sorted(integrationArns) },
  };
}
