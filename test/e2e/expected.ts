// What the user guide says must be in the account for a declaration, written down a second time and without the library:
// the scenarios compare this with what a real apply has left behind.
import type {
  Declaration,
  DynamoDbSourceSpec,
  GlueDatabaseTargetSpec,
  IntegrationSpec,
  StackSpec,
} from "../../lib/spec";
import { type Grant, lineOf } from "./grants";

export interface ExpectedIntegration {
  readonly name: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly description: string | undefined;
  readonly minutes: string | undefined;
}

export interface ExpectedTarget {
  readonly database: string;
  readonly arn: string;
  readonly location: string;
  readonly created: boolean;
  /** A role that the declaration brings along. */
  readonly roleArn: string | undefined;
  readonly roleGrants: readonly string[];
}

/** Everything of one stack, which lives in one region. */
export interface Expected {
  readonly stack: string;
  readonly region: string;
  readonly account: string;
  readonly tables: readonly string[];
  readonly tableGrants: readonly string[];
  readonly catalogGrants: readonly string[];
  readonly targets: readonly ExpectedTarget[];
  readonly integrations: readonly ExpectedIntegration[];
  readonly tags: Readonly<Record<string, string>>;
}

const GLUE = "Service:glue.amazonaws.com";

export const TRUST_GRANTS = [lineOf({ principal: GLUE, action: "sts:AssumeRole" })];

export function expectedOf(declaration: Declaration, stack: string, defaultAccount: string): Expected {
  const spec = member(declaration.stacks, stack);
  const environment = member(declaration.environments, spec.environment);
  const { region, account = defaultAccount } = environment;
  const glue = (resource: string): string => `arn:aws:glue:${region}:${account}:${resource}`;
  const tableArn = (table: string): string => `arn:aws:dynamodb:${region}:${account}:table/${table}`;
  const integrations = Object.entries(spec.integrations).map(([label, integration]) => {
    const source = sourceOf(spec, integration);
    return {
      name: integration.name ?? label,
      sourceArn: tableArn(source.table),
      targetArn: glue(`database/${targetOf(spec, integration).database}`),
      description: integration.description,
      minutes: minutes(integration.refreshInterval),
    };
  });
  const deployer = environment.deployerArn;
  return {
    stack,
    region,
    account,
    tags: spec.tags ?? {},
    integrations,
    tables: unique(Object.values(spec.integrations).map((one) => sourceOf(spec, one).table)),
    tableGrants: tableGrants(account, glue("integration:*")),
    catalogGrants: integrations
      .flatMap(({ sourceArn, targetArn }) => catalogGrants(sourceArn, [glue("catalog"), targetArn], deployer))
      .sort(),
    targets: uniqueTargets(spec).map((target) => ({
      database: target.database,
      arn: glue(`database/${target.database}`),
      location: target.location,
      created: target.create !== false,
      roleArn: target.roleArn,
      roleGrants: roleGrants(target, glue),
    })),
  };
}

function tableGrants(account: string, integrations: string): string[] {
  return ["DescribeExport", "DescribeTable", "ExportTableToPointInTime"].map((action) =>
    lineOf({
      principal: GLUE,
      action: `dynamodb:${action}`,
      resource: "*",
      conditions: [`ArnLike aws:SourceArn=${integrations}`, `StringEquals aws:SourceAccount=${account}`],
    }),
  );
}

function catalogGrants(
  sourceArn: string,
  resources: readonly string[],
  deployer: string | undefined,
): string[] {
  const conditions = [`StringEquals aws:SourceArn=${sourceArn}`];
  const grants = resources.flatMap((resource): Grant[] => [
    { principal: GLUE, action: "glue:AuthorizeInboundIntegration", resource, conditions },
    ...(deployer === undefined
      ? []
      : [{ principal: `AWS:${deployer}`, action: "glue:CreateInboundIntegration", resource, conditions }]),
  ]);
  return grants.map(lineOf);
}

function roleGrants(
  { database, location }: GlueDatabaseTargetSpec,
  glue: (resource: string) => string,
): string[] {
  const [, bucket = "", path = ""] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(location) ?? [];
  const objects = `arn:aws:s3:::${bucket}/${path === "" ? "" : `${path}/`}*`;
  const onTables = [
    "CreateTable",
    "DeleteTable",
    "GetResourcePolicy",
    "GetTable",
    "GetTables",
    "GetTableVersion",
    "GetTableVersions",
    "UpdateTable",
  ];
  const databases = [glue("catalog"), glue(`database/${database}`)];
  const grants: Grant[] = [
    { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` },
    ...["GetObject", "PutObject", "DeleteObject"].map((action) => ({
      action: `s3:${action}`,
      resource: objects,
    })),
    ...databases.map((resource) => ({ action: "glue:GetDatabase", resource })),
    ...onTables.flatMap((action) =>
      [...databases, glue(`table/${database}/*`)].map((resource) => ({ action: `glue:${action}`, resource })),
    ),
    {
      action: "cloudwatch:PutMetricData",
      resource: "*",
      conditions: ["StringEquals cloudwatch:namespace=AWS/Glue/ZeroETL"],
    },
    ...["CreateLogGroup", "CreateLogStream", "PutLogEvents"].map((action) => ({
      action: `logs:${action}`,
      resource: "*",
    })),
  ];
  return grants.map(lineOf).sort();
}

export function dynamoDbSources(spec: StackSpec): DynamoDbSourceSpec[] {
  return Object.values(spec.sources).filter(
    (source): source is DynamoDbSourceSpec => source.type === "dynamodb",
  );
}

export function databaseTargets(spec: StackSpec): GlueDatabaseTargetSpec[] {
  return Object.values(spec.targets).filter(
    (target): target is GlueDatabaseTargetSpec => target.type === "glue-database",
  );
}

function uniqueTargets(spec: StackSpec): GlueDatabaseTargetSpec[] {
  const used = new Set(Object.values(spec.integrations).map((one) => targetOf(spec, one)));
  return [...used];
}

function sourceOf(spec: StackSpec, { source }: IntegrationSpec): DynamoDbSourceSpec {
  const found = member(spec.sources, source);
  if (found.type !== "dynamodb") throw new Error(`sources of type ${found.type} have no expectations yet`);
  return found;
}

function targetOf(spec: StackSpec, { target }: IntegrationSpec): GlueDatabaseTargetSpec {
  const found = member(spec.targets, target);
  if (found.type !== "glue-database")
    throw new Error(`targets of type ${found.type} have no expectations yet`);
  return found;
}

const UNITS: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

function minutes(interval: number | string | undefined): string | undefined {
  if (interval === undefined) return undefined;
  const [, amount = "", unit = "m"] = /^(\d+)([mhd]?)$/.exec(String(interval)) ?? [];
  return String(Number(amount) * (UNITS[unit || "m"] ?? NaN));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function member<T>(record: Readonly<Record<string, T>>, key: string): T {
  const found = record[key];
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}
