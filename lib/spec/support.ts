// What a later version brings: refused with its place, never ignored.
import type { Issue, IssueDetails, IssuePath } from "../issues";
import { error, under } from "../issues";
import { primaryKeySupportRules } from "../rules/primary-keys";
import { tableSupportRules } from "../rules/tables";
import type { DraftDeclaration, DraftSource, DraftStack, DraftTarget } from "./draft";
import { entriesOf } from "./draft";

/** Refuses what the grammar has and this version does not make. */
export function supportRules(declaration: DraftDeclaration): Issue[] {
  return entriesOf(declaration.stacks).flatMap(([label, stack]) =>
    under(["stacks", label], stackSupport(stack)),
  );
}

function stackSupport(stack: DraftStack): Issue[] {
  return [
    ...policySupport(["catalogPolicy"], "of the catalog policy", stack.catalogPolicy),
    ...(stack.driftChecks === true
      ? [notYet(["driftChecks"], "drift checks are", { remedy: "remove driftChecks" })]
      : []),
    ...(stack.monitoring === undefined
      ? []
      : [notYet(["monitoring"], "monitoring is", { at: "key", remedy: "remove monitoring" })]),
    ...entriesOf(stack.sources).flatMap(([name, source]) => under(["sources", name], sourceSupport(source))),
    ...entriesOf(stack.targets).flatMap(([name, target]) => under(["targets", name], targetSupport(target))),
    ...entriesOf(stack.integrations).flatMap(([name, integration]) =>
      under(["integrations", name, "tables"], tableSupportRules(integration.tables)),
    ),
  ];
}

function sourceSupport(source: DraftSource): Issue[] {
  return [
    ...("primaryKeys" in source ? primaryKeySupportRules(source.primaryKeys) : []),
    ...policySupport(
      ["tablePolicy"],
      "of the table policy",
      source.type === "dynamodb" ? source.tablePolicy : undefined,
    ),
  ];
}

function targetSupport(target: DraftTarget): Issue[] {
  if (target.type !== "s3-tables" || target.namespace === undefined) return [];
  return [
    notYet(["namespace"], "naming the namespace is", {
      remedy: "remove namespace: AWS names it after the integration, and an output tells the name",
    }),
  ];
}

function policySupport(path: IssuePath, what: string, mode: string | undefined): Issue[] {
  if (mode === undefined || mode === "own") return [];
  return [notYet(path, `mode ${mode} ${what} is`, { expected: "own, the default of this version" })];
}

function notYet(path: IssuePath, what: string, details: IssueDetails): Issue {
  return error("not-supported-yet", path, `${what} not supported yet`, details);
}
