// How tables are laid out in their targets, and the keys of entities, in the words of the API.
import type { TableOptions } from "../../../lib/rules/tables";
import type { JsonObject } from "../../emulator/wire";
import { sourceArn, targetArn } from "./arns";
import type { Pair, Place } from "./pairs";

/** Members by the resource's ARN and the name of the table, `{arn}|{table}`. */
export type ExpectedTableProperties = Readonly<Record<string, JsonObject>>;

export function tablePropertiesAt(
  pairs: readonly Pair[],
  isHere: (place: Place) => boolean,
): ExpectedTableProperties {
  const records = pairs.flatMap((pair) => [
    ...(isHere(pair.to) ? ofTarget(pair) : []),
    ...(isHere(pair.from) ? ofSource(pair) : []),
  ]);
  return Object.fromEntries(records);
}

function ofTarget({ integration: { tables = {} }, target, to }: Pair): [string, JsonObject][] {
  return Object.entries(tables).map(([table, options]) => [
    `${targetArn(target, to)}|${table}`,
    { target: layoutOf(options) },
  ]);
}

function ofSource({ source, from }: Pair): [string, JsonObject][] {
  if (source.type === "dynamodb" || source.type === "oracle") return [];
  return Object.entries(source.primaryKeys ?? {}).map(([entity, fields]) => [
    `${sourceArn(source, from)}|${entity}`,
    { source: { PrimaryKey: fields } },
  ]);
}

const UNNEST_SPECS = { full: "FULL", "top-level": "TOPLEVEL", none: "NOUNNEST" };

function layoutOf({ unnest = "full", partitionBy, targetTable }: TableOptions): JsonObject {
  return {
    UnnestSpec: UNNEST_SPECS[unnest],
    ...(partitionBy !== undefined && {
      PartitionSpec: partitionBy.map(({ field, function: by, format }) => ({
        FieldName: field,
        FunctionSpec: by,
        ...(format !== undefined && { ConversionSpec: format }),
      })),
    }),
    ...(targetTable !== undefined && { TargetTableName: targetTable }),
  };
}
