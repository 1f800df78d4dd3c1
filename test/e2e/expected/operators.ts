// The function that manages what no Terraform resource can: one for each stack and environment, with what it must be allowed for
// that, and not a right more.
import { type Grant, lineOf } from "../grants";
import { arnAt, targetArn } from "./arns";
import { sortedLines } from "./inbound-policies";
import type { Owner, Pair, Place } from "./pairs";

export interface ExpectedOperator {
  /** The whole name; where labels have hyphens a digest tells where the stack ends. */
  readonly name: RegExp;
  /** What the role of a function of that name may do. */
  readonly grants: (name: string) => readonly string[];
}

/** What every function has that the library makes, but for its name, code and role. */
export const OPERATOR_CONFIGURATION = {
  Runtime: "nodejs22.x",
  Architectures: ["arm64"],
  Handler: "index.handler",
  Timeout: 600,
  MemorySize: 512,
};

/** Days. */
export const OPERATOR_LOG_RETENTION = 90;

export const OPERATOR_TRUST = [
  lineOf({ principal: "Service:lambda.amazonaws.com", action: "sts:AssumeRole" }),
];

/** Something that only a function can manage, of somebody who may have nothing else of the kind. */
interface Need {
  readonly owner: Owner;
  readonly grants: (place: Place) => readonly Grant[];
}

/** The functions of one account and region, by what these pairs need. */
export function operatorsAt(pairs: readonly Pair[], isHere: (place: Place) => boolean): ExpectedOperator[] {
  const byOwner = new Map<string, { readonly owner: Owner; readonly grants: Grant[] }>();
  for (const { owner, grants } of pairs.flatMap(needsOf)) {
    if (!isHere(owner.place)) continue;
    const key = `${owner.stack}-${owner.environment}`;
    const known = byOwner.get(key) ?? { owner, grants: [] };
    known.grants.push(...grants(owner.place));
    byOwner.set(key, known);
  }
  return [...byOwner].map(([labels, { owner, grants }]) => ({
    name: new RegExp(`^zero-etl-operator-${labels}${/^\w+-\w+$/.test(labels) ? "" : "-[0-9a-f]{16}"}$`),
    grants: (name) => sortedLines([...grants, ...logs(name, owner.place)]),
  }));
}

function needsOf(pair: Pair): Need[] {
  const { source, target, integration, sourceOwner, targetOwner, owner } = pair;
  const needs: Need[] = [];
  if (source.type === "dynamodb") {
    const { table } = source;
    needs.push({
      owner: sourceOwner,
      grants: (place) => policyOf("dynamodb", arnAt(place, "dynamodb", `table/${table}`)),
    });
  } else if (source.type !== "oracle" && source.roleArn === undefined) {
    // The wait for a new role needs no permission.
    needs.push({ owner: sourceOwner, grants: () => [] });
  }
  if (target.type === "redshift") return needs;
  if (target.roleArn === undefined) needs.push({ owner: targetOwner, grants: () => [] });
  needs.push({ owner: targetOwner, grants: (place) => policyOf("glue", arnAt(place, "glue", "catalog")) });
  if (integration.tables !== undefined) {
    needs.push({ owner: targetOwner, grants: (place) => tableProperties(targetArn(target, place), place) });
  }
  if (integration.refreshInterval !== undefined) needs.push({ owner, grants: settings });
  return needs;
}

function policyOf(service: "dynamodb" | "glue", resource: string): Grant[] {
  return ["DeleteResourcePolicy", "GetResourcePolicy", "PutResourcePolicy"].map((action) => ({
    action: `${service}:${action}`,
    resource,
  }));
}

function settings(place: Place): Grant[] {
  const resource = arnAt(place, "glue", "integration:*");
  return ["DescribeIntegrations", "ModifyIntegration"].map((action) => ({
    action: `glue:${action}`,
    resource,
  }));
}

function tableProperties(target: string, place: Place): Grant[] {
  const parent = /^(.+:catalog\/[^/]+)\/[^/]+$/.exec(target)?.[1];
  const resources = [arnAt(place, "glue", "catalog"), ...(parent === undefined ? [] : [parent]), target];
  const actions = ["Create", "Delete", "Get", "Update"].map(
    (verb) => `glue:${verb}IntegrationTableProperties`,
  );
  return [
    ...actions.flatMap((action) => resources.map((resource) => ({ action, resource }))),
    { action: "glue:DescribeInboundIntegrations", resource: "*" },
  ];
}

function logs(name: string, place: Place): Grant[] {
  const resource = arnAt(place, "logs", `log-group:/aws/lambda/${name}:*`);
  return ["CreateLogStream", "PutLogEvents"].map((action) => ({ action: `logs:${action}`, resource }));
}
