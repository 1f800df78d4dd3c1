// Who must be allowed what, from the data and the code that ask for it.
import { CLOUD_CONTROL_ACTIONS, PAIR_ACTIONS } from "../lib/facts/cloud-control-actions";
import type { LifeActions } from "../lib/facts/deployer-actions";
import { DATA_SOURCE_ACTIONS, RESOURCE_ACTIONS } from "../lib/facts/deployer-actions";
import { OPERATOR_PERMISSIONS, operatorLogStatement } from "../lib/operator/permissions";
import type { OperatorKind } from "../lib/operator/protocol";
import { OPERATOR_KINDS } from "../lib/operator/protocol";
import { code, codes, markdownTable } from "./markdown";

const MANAGED: Readonly<Record<OperatorKind, string>> = {
  "table-properties": "`tables`, `primaryKeys`",
  "integration-settings": "`refreshInterval`",
  "catalog-policy": "`catalogPolicy: merge`",
  "table-policy": "`tablePolicy: merge`",
  propagation: "the wait for new roles",
};

/** What the role of the function is allowed, by what asks for it. */
export function operatorPermissions(): string {
  const { Action } = operatorLogStatement("");
  return markdownTable(
    ["asked for by", "actions", "on"],
    [
      ["every function", codes(Action), "its own log group, which Terraform makes"],
      ...OPERATOR_KINDS.flatMap((kind) => {
        const permissions = OPERATOR_PERMISSIONS[kind];
        if (permissions.length === 0) return [[MANAGED[kind], "none", ""]];
        return permissions.map(({ actions, on }) => [MANAGED[kind], codes(actions), on]);
      }),
    ],
  );
}

/** What Terraform's principal needs for each type of resource. */
export function resourceActions(): string {
  return lifeTable("resource", RESOURCE_ACTIONS);
}

/** What Cloud Control does in its name, for each CloudFormation type, and for kinds of sources and targets. */
export function cloudControlActions(): string {
  return [
    lifeTable("type", CLOUD_CONTROL_ACTIONS),
    "",
    markdownTable(
      ["an integration with a source or target of type", "in addition"],
      Object.entries(PAIR_ACTIONS).map(([kind, { actions }]) => [code(kind), codes(actions)]),
    ),
  ].join("\n");
}

/** What Terraform's principal needs for each type of data source, at every plan. */
export function dataSourceActions(): string {
  return markdownTable(
    ["data source", "what it reads", "actions"],
    Object.entries<LifeActions>(DATA_SOURCE_ACTIONS).map(([type, { what, read }]) => [
      code(type),
      what,
      cell(read),
    ]),
  );
}

function lifeTable(heading: string, table: Readonly<Record<string, LifeActions>>): string {
  return markdownTable(
    [heading, "what it is", "plan", "create", "change", "destroy"],
    Object.entries(table).map(([type, { what, read, create, update, delete: remove }]) => [
      code(type),
      what,
      ...[read, create, update, remove].map(cell),
    ]),
  );
}

function cell(actions: readonly string[] | undefined): string {
  return actions === undefined || actions.length === 0 ? "" : codes(actions);
}
