// DynamoDB tables that integrations read.
import type { Observation } from "../finding";
import type { Integration, PlanObject, PlanValue, PlanView, Resource } from "../plan-view";
import { type Hidden, isHidden, isPlanObject, known, textField } from "../plan-view";
import { sourceArn } from "./arns";
import { rule } from "./declare";
import { lasting, staying, theIntegrations } from "./integrations";

/** A table of a plan that integrations read. */
interface SourceTable {
  readonly resource: Resource;
  readonly name: string;
  readonly integrations: readonly Integration[];
}

/** The tables of a plan that integrations read; what the table was counts, since it may have another name or none. */
function sourceTables(view: PlanView, integrations: readonly Integration[]): SourceTable[] {
  const tables = view.ofType("aws_dynamodb_table");
  if (tables.length === 0) return [];
  const [byArn, byTable] = [new Map<string, Integration[]>(), new Map<string, Integration[]>()];
  for (const integration of integrations) {
    const arn = known(integration.after?.sourceArn);
    const source = arn === undefined ? undefined : sourceArn(arn);
    if (arn === undefined || source?.kind !== "dynamodb") continue;
    byArn.set(arn, [...(byArn.get(arn) ?? []), integration]);
    byTable.set(source.table, [...(byTable.get(source.table) ?? []), integration]);
  }
  return tables.flatMap((resource) => {
    const { before, after } = resource;
    const table = before ?? after;
    const name = table === undefined ? undefined : known(textField(table, "name"));
    if (table === undefined || name === undefined || resource.deposed !== undefined) return [];
    const arn = known(textField(table, "arn"));
    const readers = (arn === undefined ? byTable.get(name) : byArn.get(arn)) ?? [];
    return readers.length === 0 ? [] : [{ resource, name, integrations: readers }];
  });
}

export const sourceTableLost = rule({
  id: "source-table-lost",
  levels: ["block"],
  title: "the source table of an integration that stays is destroyed, replaced or renamed",
  check: (view, all) =>
    sourceTables(view, lasting(all)).flatMap(({ resource, name, integrations }): Observation[] => {
      const { action, address, forcedBy } = resource;
      if (action !== "delete" && action !== "replace") return [];
      const because = forcedBy.length === 0 ? "" : ` because of ${forcedBy.join(", ")}`;
      return [
        {
          address,
          reason: `${action === "delete" ? "destroys" : "replaces"} the table ${name}${because}, which ${theIntegrations(integrations)} ${verb(integrations, "reads", "read")}`,
          consequence:
            "the items of the table are lost, and the integration needs attention until AWS gives it up after seven days",
          remedy:
            action === "delete"
              ? "remove the integration first, in a plan of its own, or keep the table (prevent_destroy)"
              : "make a second table and a second integration, and remove these when both are filled",
          ...(forcedBy[0] !== undefined && { attribute: forcedBy[0] }),
        },
      ];
    }),
});

export const sourceRecoveryOff = rule({
  id: "source-recovery-off",
  levels: ["block"],
  title: "a source table is left without point-in-time recovery",
  check: (view, all) =>
    changedTables(view, all).flatMap(({ resource, name, integrations }): Observation[] => {
      const { before, after, address } = resource;
      if (recovery(after) !== "off" || (before !== undefined && recovery(before) === "off")) return [];
      return [
        {
          address,
          reason:
            before === undefined
              ? `makes the table ${name} without point-in-time recovery`
              : `turns point-in-time recovery of the table ${name} off`,
          consequence: `AWS can no longer export the table: ${theIntegrations(integrations)} ${verb(integrations, "needs", "need")} attention, and AWS gives up after seven days`,
          remedy:
            "set point_in_time_recovery { enabled = true } for as long as an integration reads the table",
          attribute: "point_in_time_recovery",
        },
      ];
    }),
});

export const sourceAwsManagedKey = rule({
  id: "source-aws-managed-key",
  levels: ["block"],
  title: "a source table is encrypted with the key that AWS manages, which zero-ETL does not support",
  check: (view, all) =>
    changedTables(view, all).flatMap(({ resource, name, integrations }): Observation[] => {
      const { before, after, address } = resource;
      if (!hasAwsManagedKey(after) || hasAwsManagedKey(before)) return [];
      return [
        {
          address,
          reason: `encrypts the table ${name} with the key that AWS manages (aws/dynamodb)`,
          consequence: `zero-ETL does not support that key: ${theIntegrations(integrations)} ${verb(integrations, "stops", "stop")} getting changes`,
          remedy:
            "name a customer managed key (kms_key_arn), or set server_side_encryption { enabled = false } for the key that AWS owns",
          attribute: "server_side_encryption",
        },
      ];
    }),
});

function changedTables(view: PlanView, all: readonly PlanView[]): SourceTable[] {
  return sourceTables(view, staying(all)).filter(({ resource: { action } }) =>
    ["create", "update", "replace"].includes(action),
  );
}

/** Whether a table can be restored to a point in time; the provider leaves it as it is where nothing is said. */
function recovery(table: PlanObject | undefined): "on" | "off" | "hidden" {
  const block = only(table?.["point_in_time_recovery"]);
  if (isHidden(block) || isHidden(block?.["enabled"])) return "hidden";
  return block?.["enabled"] === true ? "on" : "off";
}

function hasAwsManagedKey(table: PlanObject | undefined): boolean {
  const block = only(table?.["server_side_encryption"]);
  if (block === undefined || isHidden(block)) return false;
  return block["enabled"] === true && (block["kms_key_arn"] ?? "") === "";
}

/** The one block of a list of at most one. */
function only(blocks: PlanValue | undefined): PlanObject | Hidden | undefined {
  if (isHidden(blocks)) return blocks;
  const block = Array.isArray(blocks) ? (blocks as readonly PlanValue[])[0] : undefined;
  if (isHidden(block)) return block;
  return isPlanObject(block) ? block : undefined;
}

function verb(integrations: readonly Integration[], one: string, many: string): string {
  return integrations.length === 1 ? one : many;
}
