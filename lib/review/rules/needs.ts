// The statements that the integrations of a plan need, as lib/policy makes them, and the documents they stand in.
import { parseS3Location } from "../../rules/s3-location";
import { glueDatabaseResources, managedStorageResources, s3TablesResources } from "../../policy/catalog";
import { tableExportStatement } from "../../policy/dynamodb-table";
import { GLUE_SERVICE } from "../../policy/principals";
import { namespaceStatements, redshiftTableExportStatements } from "../../policy/redshift";
import { sourceRoleStatements } from "../../policy/source-role";
import type { Statement } from "../../policy/statement";
import { glueDatabaseRoleStatements, s3TablesRoleStatements } from "../../policy/target-role";
import type { Integration, PlanView, PolicyKind } from "../plan-view";
import { known, textField } from "../plan-view";
import type { SourceArn, TargetArn } from "./arns";
import { arnParts, sourceArn, tableBucketOf, targetArn } from "./arns";

/** A statement that an integration needs in a document. */
export interface Need {
  readonly integration: Integration;
  readonly kind: PolicyKind;
  /** ARN or name of what the document belongs to, as a plan may name it. */
  readonly subjects: readonly string[];
  readonly statement: Statement;
}

/** All that the integrations need, as far as their sources and targets are known. */
export function needsOf(integrations: readonly Integration[], all: readonly PlanView[]): Need[] {
  return integrations.flatMap((integration) => {
    const from = known(integration.after?.sourceArn);
    const to = known(integration.after?.targetArn);
    const source = from === undefined ? undefined : sourceArn(from);
    const target = to === undefined ? undefined : targetArn(to);
    return [
      ...(from === undefined ? [] : sourceNeeds(integration, from, source, all)),
      ...(from === undefined || to === undefined || target === undefined
        ? []
        : targetNeeds(integration, from, to, target, all)),
    ];
  });
}

function sourceNeeds(
  integration: Integration,
  arn: string,
  source: SourceArn | undefined,
  all: readonly PlanView[],
): Need[] {
  if (source?.kind === "dynamodb") {
    const { address, table } = source;
    const statements =
      integration.api === "redshift"
        ? redshiftTableExportStatements({ address, table })
        : [tableExportStatement({ address })];
    return statements.map((statement) => ({
      integration,
      kind: "dynamodb-table",
      subjects: [arn, table],
      statement: ofThisIntegration(statement, integration),
    }));
  }
  if (source?.kind !== "connection") return [];
  const statements = sourceRoleStatements(source);
  return rolesOf(arn, "sourceRoleArn", all).flatMap((role) =>
    statements.map((statement): Need => ({
      integration,
      kind: "role-permissions",
      subjects: role,
      statement,
    })),
  );
}

// A document that names the one integration allows what is needed, too.
function ofThisIntegration<T extends Statement>(statement: T, { arn }: Integration): T {
  if (arn === undefined) return statement;
  const Condition = Object.fromEntries(
    Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
      operator,
      "aws:SourceArn" in keys ? { ...keys, "aws:SourceArn": [arn] } : keys,
    ]),
  );
  return { ...statement, Condition };
}

function targetNeeds(
  integration: Integration,
  source: string,
  arn: string,
  target: TargetArn,
  all: readonly PlanView[],
): Need[] {
  if (target.kind === "redshift") {
    return namespaceStatements({ namespaceArn: arn, sources: [{ arn: source }], deployerArns: [] }).map(
      (statement): Need => ({ integration, kind: "redshift-namespace", subjects: [arn], statement }),
    );
  }
  const authorize: Statement = {
    Effect: "Allow",
    Principal: { Service: [GLUE_SERVICE] },
    Action: ["glue:AuthorizeInboundIntegration"],
    Resource: catalogResources(target),
    Condition: { StringEquals: { "aws:SourceArn": [source] } },
  };
  const { partition, region, account } = target.address;
  const catalog = `arn:${partition}:glue:${region}:${account}:catalog`;
  const permissions = rolesOf(arn, "targetRoleArn", all).flatMap((role) =>
    roleStatements(arn, target, all).map((statement): Need => ({
      integration,
      kind: "role-permissions",
      subjects: role,
      statement,
    })),
  );
  return [
    { integration, kind: "catalog", subjects: [catalog, region, account], statement: authorize },
    ...permissions,
  ];
}

function catalogResources({ kind, address, name }: TargetArn): string[] {
  if (kind === "glue-database") return glueDatabaseResources(address, name);
  return kind === "s3-tables"
    ? s3TablesResources(address, name.split("/")[0])
    : managedStorageResources(address, name);
}

function roleStatements(arn: string, target: TargetArn, all: readonly PlanView[]): Statement[] {
  const { kind, address, name } = target;
  if (kind === "s3-tables") {
    const tableBucket = tableBucketOf(target);
    return tableBucket === undefined ? [] : s3TablesRoleStatements({ address, tableBucket });
  }
  if (kind !== "glue-database") return [];
  const place = locationOf(arn, name, all);
  return place === undefined ? [] : glueDatabaseRoleStatements({ address, database: name, ...place });
}

/** Where the data of a database is, from the database in the plans; nothing where it is in none of them. */
function locationOf(
  arn: string,
  name: string,
  all: readonly PlanView[],
): { readonly bucket: string; readonly prefix: string } | undefined {
  for (const { after } of all.flatMap((view) => [...view.ofType("aws_glue_catalog_database")])) {
    if (after === undefined) continue;
    const found = known(textField(after, "arn"));
    const isIt = found === undefined ? known(textField(after, "name")) === name : found === arn;
    const location = known(textField(after, "location_uri"));
    if (isIt && location !== undefined) return parseS3Location(location);
  }
  return undefined;
}

/** The roles that a resource property names for an ARN, each as the texts by which a policy may name it. */
function rolesOf(
  arn: string,
  field: "sourceRoleArn" | "targetRoleArn",
  all: readonly PlanView[],
): string[][] {
  return all.flatMap(({ resourceProperties }) =>
    resourceProperties.flatMap(({ after }) => {
      const role = after && known(after.resourceArn) === arn ? known(after[field]) : undefined;
      const name = role === undefined ? undefined : arnParts(role)?.resource.split("/").at(-1);
      return role === undefined || name === undefined ? [] : [[role, name]];
    }),
  );
}
