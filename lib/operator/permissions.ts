// What the function's role must be allowed, per kind of thing that it manages.
import type { AwsAddress } from "../arn";
import { glueCatalogArn, glueIntegrationsArn } from "../arn";
import { sorted } from "../policy/inbound";
import type { Statement } from "../policy/statement";
import type { OperatorKind } from "./protocol";

/** What of an account one function manages. */
export interface OperatorScope {
  readonly address: AwsAddress;
  /** ARNs of the targets and connections whose tables have properties. @default none */
  readonly tableResources?: readonly string[];
  /** ARNs of the DynamoDB tables whose policies are merged. @default none */
  readonly tableArns?: readonly string[];
}

/** Actions on the resources of a scope. */
export interface OperatorPermission {
  readonly Sid: string;
  readonly actions: readonly string[];
  readonly resources: (scope: OperatorScope) => readonly string[];
  /** The resources in words. */
  readonly on: string;
}

/** Every permission of the operator, by what needs it. */
export const OPERATOR_PERMISSIONS: Readonly<Record<OperatorKind, readonly OperatorPermission[]>> = {
  "table-properties": [
    {
      Sid: "ManageTableProperties",
      actions: [
        "glue:CreateIntegrationTableProperties",
        "glue:DeleteIntegrationTableProperties",
        "glue:GetIntegrationTableProperties",
        "glue:UpdateIntegrationTableProperties",
      ],
      resources: ({ address, tableResources = [] }) => [
        glueCatalogArn(address),
        ...tableResources.flatMap(withParents),
      ],
      on: "the targets and connections whose tables have options, and the catalogs that hold them",
    },
    {
      Sid: "FindInboundIntegrations",
      actions: ["glue:DescribeInboundIntegrations"],
      resources: () => ["*"],
      on: "everything: AWS lists no resource type for the action",
    },
  ],
  "integration-settings": [
    {
      Sid: "ChangeIntegrations",
      actions: ["glue:DescribeIntegrations", "glue:ModifyIntegration"],
      resources: ({ address }) => [glueIntegrationsArn(address)],
      on: "the integrations of the account and region: an id exists only afterwards",
    },
  ],
  "catalog-policy": [
    {
      Sid: "MergeCatalogPolicy",
      actions: ["glue:DeleteResourcePolicy", "glue:GetResourcePolicy", "glue:PutResourcePolicy"],
      resources: ({ address }) => [glueCatalogArn(address)],
      on: "the Glue Data Catalog of the account and region",
    },
  ],
  "table-policy": [
    {
      Sid: "MergeTablePolicies",
      actions: ["dynamodb:DeleteResourcePolicy", "dynamodb:GetResourcePolicy", "dynamodb:PutResourcePolicy"],
      resources: ({ tableArns = [] }) => tableArns,
      on: "the DynamoDB tables that are sources",
    },
  ],
  propagation: [],
};

/** What the function's role must be allowed for the kinds that it manages, but for its log. */
export function operatorRoleStatements(kinds: readonly OperatorKind[], scope: OperatorScope): Statement[] {
  return [...new Set(kinds)]
    .sort()
    .flatMap((kind) => OPERATOR_PERMISSIONS[kind])
    .map(({ Sid, actions, resources }) => ({
      Sid,
      Effect: "Allow",
      Action: actions,
      Resource: sorted(resources(scope)),
    }));
}

/** Lets the function write its log, and not make another log group than the one whose retention is set. */
export function operatorLogStatement(logGroupArn: string): Statement {
  return {
    Sid: "WriteOwnLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: [`${logGroupArn}:*`],
  };
}

// Access to a catalog inside another is checked against both: `catalog/{parent}/{name}`.
function withParents(arn: string): string[] {
  const parent = /^(.+:catalog\/[^/]+)\/[^/]+$/.exec(arn)?.[1];
  return parent === undefined ? [arn] : [parent, arn];
}
