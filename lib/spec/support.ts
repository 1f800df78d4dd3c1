// What a stack cannot have: because its operator is turned off, or because a later version brings it. Refused with its place.
import type { Issue, IssueDetails, IssuePath } from "../issues";
import { error, under } from "../issues";
import { WITHOUT_OPERATOR, needsOperator } from "../rules/operator";
import type { DraftDeclaration, DraftSource, DraftStack, DraftTarget } from "./draft";
import { entriesOf, memberOf } from "./draft";
import type { PolicyMode } from "./types";
import type { Use } from "./uses";
import { usesOf } from "./uses";

/** Refuses what the grammar has and this declaration cannot have. */
export function supportRules(declaration: DraftDeclaration): Issue[] {
  return [
    ...entriesOf(declaration.stacks).flatMap(([label, stack]) =>
      under(
        ["stacks", label],
        [...laterRules(stack), ...(stack.operator === false ? stackRules(stack) : [])],
      ),
    ),
    ...usesOf(declaration).flatMap((use) => tableOptionRules(declaration, use)),
  ];
}

function laterRules(stack: DraftStack): Issue[] {
  return [
    ...entriesOf(stack.targets).flatMap(([name, target]) => under(["targets", name], namespaceRules(target))),
  ];
}

// See docs/decisions/0013-the-namespace-of-table-buckets.md.
function namespaceRules(target: DraftTarget): Issue[] {
  if (target.type !== "s3-tables" || target.namespace === undefined) return [];
  return [
    notYet(["namespace"], "naming the namespace is", {
      because:
        "CloudFormation has no property for it, and Terraform can follow no integration that is made otherwise",
      remedy: "remove namespace: AWS names it after the integration, and an output tells the name",
    }),
  ];
}

// What a stack owns is managed by its own operator.
function stackRules(stack: DraftStack): Issue[] {
  return [
    ...(writesIntoCatalog(stack)
      ? mergeRules("catalogPolicy", "the catalog policy", stack.catalogPolicy)
      : []),
    ...(stack.driftChecks === true
      ? [needsOperator(["driftChecks"], "drift checks", WITHOUT_OPERATOR.driftChecks)]
      : []),
    ...entriesOf(stack.sources).flatMap(([name, source]) => under(["sources", name], sourceRules(source))),
  ];
}

// The options of tables belong to the target, and so to its stack.
function tableOptionRules(declaration: DraftDeclaration, { path, integration, target }: Use): Issue[] {
  if (integration.tables === undefined || target === undefined) return [];
  if (memberOf(declaration.stacks, target.stack)?.operator !== false) return [];
  return [needsOperator([...path, "tables"], "table options", WITHOUT_OPERATOR.tables, "key")];
}

function writesIntoCatalog({ targets }: DraftStack): boolean {
  return entriesOf(targets).some(([, { type }]) => type !== "redshift");
}

function sourceRules(source: DraftSource): Issue[] {
  if (source.type === "dynamodb") {
    return mergeRules("tablePolicy", "the policy of the table", source.tablePolicy);
  }
  if (!("primaryKeys" in source) || source.primaryKeys === undefined) return [];
  return [needsOperator(["primaryKeys"], "primary keys", WITHOUT_OPERATOR.primaryKeys, "key")];
}

function mergeRules(
  key: "catalogPolicy" | "tablePolicy",
  document: string,
  mode: PolicyMode | undefined,
): Issue[] {
  const remedy = WITHOUT_OPERATOR[key];
  if (mode === undefined) return [needsOperator([], `the default mode merge of ${document}`, remedy, "key")];
  return mode === "merge" ? [needsOperator([key], `mode merge of ${document}`, remedy)] : [];
}

function notYet(
  path: IssuePath,
  what: string,
  { because, ...details }: IssueDetails & { readonly because?: string },
): Issue {
  const reason = because === undefined ? "" : `: ${because}`;
  return error("not-supported-yet", path, `${what} not supported yet${reason}`, details);
}
