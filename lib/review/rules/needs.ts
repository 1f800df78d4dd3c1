// The statements that the integrations of a plan need, as lib/policy makes them, and the documents they stand in.
import { parseS3Location } from "../../rules/s3-location";
import { glueDatabaseResources, managedStorageResources, s3TablesResources } from "../../policy/catalog";
import { tableExportStatement } from "../../policy/dynamodb-table";
import { GLUE_SERVICE } from "../../policy/principals";
import { namespaceStatements, redshiftTableExportStatements } from "../../policy/redshift";
import { sourceRoleStatements } from "../../policy/source-role";
import type { Statement } from "../../policy/statement";
import { glueDatabaseRoleStatements, s3TablesRoleStatements } from "../../policy/target-role";
import type { Integration, PlanView, PolicyKind, Resource, ResourcePropertyState } from "../plan-view";
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
  const surroundings = new Surroundings(all);
  return integrations.flatMap((integration) => {
    const from = known(integration.after?.sourceArn);
    const to = known(integration.after?.targetArn);
    const source = from === undefined ? undefined : sourceArn(from);
    const target = to === undefined ? undefined : targetArn(to);
    return [
      ...(from === undefined ? [] : sourceNeeds(integration, from, source, surroundings)),
      ...(from === undefined || to === undefined || target === undefined
        ? []
        : targetNeeds(integration, from, to, target, surroundings)),
    ];
  });
}

function sourceNeeds(
  integration: Integration,
  arn: string,
  source: SourceArn | undefined,
  surroundings: Surroundings,
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
  return surroundings.rolesOf(arn, "sourceRoleArn").flatMap((role) =>
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
  surroundings: Surroundings,
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
  const permissions = surroundings.rolesOf(arn, "targetRoleArn").flatMap((role) =>
    roleStatements(arn, target, surroundings).map((statement): Need => ({
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

function roleStatements(arn: string, target: TargetArn, surroundings: Surroundings): Statement[] {
  const { kind, address, name } = target;
  if (kind === "s3-tables") {
    const tableBucket = tableBucketOf(target);
    return tableBucket === undefined ? [] : s3TablesRoleStatements({ address, tableBucket });
  }
  if (kind !== "glue-database") return [];
  const place = surroundings.locationOf(arn, name);
  return place === undefined ? [] : glueDatabaseRoleStatements({ address, database: name, ...place });
}

type RoleField = "sourceRoleArn" | "targetRoleArn";

/** The databases and the resource properties of the plans, by what integrations know of them: each plan is read once. */
class Surroundings {
  private readonly locations = new Map<string, string>();
  private readonly roles = new Map<string, string[][]>();

  constructor(all: readonly PlanView[]) {
    for (const view of all) {
      for (const { after } of view.ofType("aws_glue_catalog_database")) this.addDatabase(after);
      for (const { after } of view.resourceProperties) {
        if (after === undefined) continue;
        for (const field of ["sourceRoleArn", "targetRoleArn"] as const) this.addRole(after, field);
      }
    }
  }

  /** Where the data of a database is; nothing where it is in none of the plans. */
  locationOf(arn: string, name: string): { readonly bucket: string; readonly prefix: string } | undefined {
    const location = this.locations.get(arn) ?? this.locations.get(name);
    return location === undefined ? undefined : parseS3Location(location);
  }

  /** The roles that a resource property names for an ARN, each as the texts by which a policy may name it. */
  rolesOf(arn: string, field: RoleField): readonly string[][] {
    return this.roles.get(`${field} ${arn}`) ?? [];
  }

  private addDatabase(after: Resource["after"]): void {
    const key = after && (known(textField(after, "arn")) ?? known(textField(after, "name")));
    const location = after && known(textField(after, "location_uri"));
    if (key !== undefined && location !== undefined && !this.locations.has(key))
      this.locations.set(key, location);
  }

  private addRole(after: ResourcePropertyState, field: RoleField): void {
    const arn = known(after.resourceArn);
    const role = known(after[field]);
    const name = role === undefined ? undefined : arnParts(role)?.resource.split("/").at(-1);
    if (arn === undefined || role === undefined || name === undefined) return;
    const key = `${field} ${arn}`;
    this.roles.set(key, [...(this.roles.get(key) ?? []), [role, name]]);
  }
}
