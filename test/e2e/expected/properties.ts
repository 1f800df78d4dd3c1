// The resource properties of sources and targets: one for each connection, database and catalog.
import type { TargetSpec } from "../../../lib/spec";
import { sourceArn, targetArn } from "./arns";
import type { Pair, Place } from "./pairs";
import { placeInS3, sourceRoleGrants, targetRoleGrants } from "./roles";

export interface ExpectedProperty {
  readonly resourceArn: string;
  readonly side: "SourceProcessingProperties" | "TargetProcessingProperties";
  /** What the property says beside the role. */
  readonly options: Readonly<Record<string, string>>;
  readonly role: { readonly brought: string } | { readonly grants: readonly string[] };
  /** What Lake Formation grants to the role. */
  readonly lakeFormation: readonly string[];
}

/** Everything that these pairs have at one place, each once. */
export function propertiesAt(pairs: readonly Pair[], isHere: (place: Place) => boolean): ExpectedProperty[] {
  const all = pairs.flatMap((pair) => [
    ...(isHere(pair.from) ? ofSource(pair) : []),
    ...(isHere(pair.to) ? ofTarget(pair) : []),
  ]);
  const byArn = new Map(all.map((property) => [property.resourceArn, property]));
  return [...byArn.values()].sort((a, b) => (a.resourceArn < b.resourceArn ? -1 : 1));
}

function ofSource({ source, from }: Pair): ExpectedProperty[] {
  if (source.type === "dynamodb" || source.type === "oracle") return [];
  const { roleArn } = source;
  return [
    {
      resourceArn: sourceArn(source, from),
      side: "SourceProcessingProperties",
      options: {},
      role: roleArn === undefined ? { grants: sourceRoleGrants(source, from) } : { brought: roleArn },
      lakeFormation: [],
    },
  ];
}

/** A warehouse has none: its namespace's policy is all that it needs. */
function ofTarget({ target, to }: Pair): ExpectedProperty[] {
  if (target.type === "redshift") return [];
  const { kmsKeyArn, connection, eventBusArn, roleArn } = target;
  return [
    {
      resourceArn: targetArn(target, to),
      side: "TargetProcessingProperties",
      options: {
        ...(kmsKeyArn !== undefined && { KmsArn: kmsKeyArn }),
        ...(connection !== undefined && { ConnectionName: connection }),
        ...(eventBusArn !== undefined && { EventBusArn: eventBusArn }),
      },
      role: roleArn === undefined ? { grants: targetRoleGrants(target, to) } : { brought: roleArn },
      lakeFormation: lakeFormationGrants(target),
    },
  ];
}

/** User guide, "Limitations": the database, its tables and their place. */
function lakeFormationGrants(target: TargetSpec): string[] {
  if (target.type !== "glue-database" || target.lakeFormation !== true) return [];
  const { bucket, prefix } = placeInS3(target.location);
  const path = [bucket, prefix.replace(/\/$/, "")].filter((part) => part !== "").join("/");
  const on = (permissions: string, resource: object): string =>
    `${permissions} on ${JSON.stringify(resource)}`;
  return [
    on("ALTER, CREATE_TABLE, DESCRIBE, DROP", { Database: { Name: target.database } }),
    on("ALL", { Table: { DatabaseName: target.database, TableWildcard: {} } }),
    on("DATA_LOCATION_ACCESS", { DataLocation: { ResourceArn: `arn:aws:s3:::${path}` } }),
  ];
}
