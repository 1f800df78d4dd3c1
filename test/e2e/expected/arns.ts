// ARNs as the user guide writes them.
import { createHash } from "node:crypto";
import type { RedshiftTargetSpec, SourceSpec, TargetSpec } from "../../../lib/spec";
import type { Place } from "./pairs";

export function arnAt({ account, region }: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

export function sourceArn(source: SourceSpec, place: Place): string {
  if (source.type === "dynamodb") return arnAt(place, "dynamodb", `table/${source.table}`);
  return source.type === "oracle" ? source.arn : arnAt(place, "glue", `connection/${source.connection}`);
}

export function targetArn(target: TargetSpec, place: Place): string {
  switch (target.type) {
    case "glue-database":
      return arnAt(place, "glue", `database/${target.database}`);
    case "s3-tables":
      return arnAt(place, "glue", `catalog/${target.catalog ?? "s3tablescatalog"}/${target.tableBucket}`);
    case "redshift-managed-storage":
      return arnAt(place, "glue", `catalog/${target.catalog}`);
    case "redshift":
      return namespaceArn(target, place);
  }
}

/** AWS chooses the id of a namespace; here it follows from the name of the warehouse, so that it can be written down. */
export function namespaceIdOf(warehouse: string): string {
  const digits = createHash("sha256").update(warehouse).digest("hex");
  const ends = [0, 8, 12, 16, 20, 32];
  return ends
    .slice(1)
    .map((end, index) => digits.slice(ends[index], end))
    .join("-");
}

function namespaceArn({ cluster, workgroup, namespaceArn: given }: RedshiftTargetSpec, place: Place): string {
  if (given !== undefined) return given;
  return cluster === undefined
    ? arnAt(place, "redshift-serverless", `namespace/${namespaceIdOf(workgroup ?? "")}`)
    : arnAt(place, "redshift", `namespace:${namespaceIdOf(cluster)}`);
}
