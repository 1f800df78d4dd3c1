// The function that manages what no Terraform resource can: one for each stack and environment, with what it must be allowed for
// that, and not a right more.
import { type Grant, lineOf } from "../grants";
import { arnAt, sourceArn, targetArn } from "./arns";
import { sortedLines } from "./inbound-policies";
import type { Owner, Pair, Place } from "./pairs";

export interface ExpectedOperator {
  /** The whole name; where labels have hyphens a digest tells where the stack ends. */
  readonly name: RegExp;
  /** Accounts whom statements may let in: its own, those of sources, and those of whoever deploys. */
  readonly accounts: readonly string[];
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
  readonly letsIn?: readonly string[];
}

interface Needed {
  readonly owner: Owner;
  readonly grants: Grant[];
  readonly accounts: Set<string>;
}

/** The functions of one account and region, by what these pairs need. */
export function operatorsAt(pairs: readonly Pair[], isHere: (place: Place) => boolean): ExpectedOperator[] {
  const byOwner = new Map<string, Needed>();
  for (const { owner, grants, letsIn = [] } of pairs.flatMap(needsOf)) {
    const { stack, environment, operator, place } = owner;
    if (!operator || !isHere(place)) continue;
    const key = `${stack}-${environment}`;
    const known = byOwner.get(key) ?? { owner, grants: [], accounts: new Set([place.account]) };
    known.grants.push(...grants(place));
    for (const account of letsIn) known.accounts.add(account);
    byOwner.set(key, known);
  }
  return [...byOwner].map(([labels, { owner, grants, accounts }]) => ({
    name: new RegExp(`^zero-etl-operator-${labels}${/^\w+-\w+$/.test(labels) ? "" : "-[0-9a-f]{16}"}$`),
    accounts: [...accounts].sort(),
    grants: (name) => sortedLines([...grants, ...logs(name, owner.place)]),
  }));
}

function needsOf(pair: Pair): Need[] {
  return [...ofSource(pair), ...ofTarget(pair)];
}

/** The wait for a new role needs a function, and no permission. */
const WAITS = (): Grant[] => [];

function ofSource({ source, from, sourceOwner: owner }: Pair): Need[] {
  if (source.type === "oracle") return [];
  const arn = sourceArn(source, from);
  if (source.type === "dynamodb") {
    const merges = (source.tablePolicy ?? "merge") === "merge";
    return merges ? [{ owner, grants: () => policyOf("dynamodb", arn) }] : [];
  }
  return [
    ...(source.roleArn === undefined ? [{ owner, grants: WAITS }] : []),
    ...(source.primaryKeys === undefined ? [] : [{ owner, grants: (place: Place) => tablesOf(arn, place) }]),
  ];
}

function ofTarget({ integration, from, target, to, deployer, owner, targetOwner }: Pair): Need[] {
  if (target.type === "redshift") return [];
  const arn = targetArn(target, to);
  const letsIn = [from.account, ...(deployer === undefined ? [] : [deployer.split(":")[4] ?? ""])];
  const catalog = (place: Place): Grant[] => policyOf("glue", arnAt(place, "glue", "catalog"));
  return [
    ...(target.roleArn === undefined ? [{ owner: targetOwner, grants: WAITS }] : []),
    ...(targetOwner.catalogPolicy === "merge" ? [{ owner: targetOwner, grants: catalog, letsIn }] : []),
    ...(integration.tables === undefined
      ? []
      : [{ owner: targetOwner, grants: (place: Place) => tablesOf(arn, place) }]),
    ...(integration.refreshInterval === undefined ? [] : [{ owner, grants: settings }]),
  ];
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

function tablesOf(resource: string, place: Place): Grant[] {
  const parent = /^(.+:catalog\/[^/]+)\/[^/]+$/.exec(resource)?.[1];
  const resources = [arnAt(place, "glue", "catalog"), ...(parent === undefined ? [] : [parent]), resource];
  const actions = ["Create", "Delete", "Get", "Update"].map(
    (verb) => `glue:${verb}IntegrationTableProperties`,
  );
  return [
    ...actions.flatMap((action) => resources.map((one) => ({ action, resource: one }))),
    { action: "glue:DescribeInboundIntegrations", resource: "*" },
  ];
}

function logs(name: string, place: Place): Grant[] {
  const resource = arnAt(place, "logs", `log-group:/aws/lambda/${name}:*`);
  return ["CreateLogStream", "PutLogEvents"].map((action) => ({ action: `logs:${action}`, resource }));
}
