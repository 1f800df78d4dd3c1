// What a later version brings: refused with its place, never ignored.
import type { Issue, IssueDetails, IssuePath } from "../issues";
import { error, under } from "../issues";
import { primaryKeySupportRules } from "../rules/primary-keys";
import { tableSupportRules } from "../rules/tables";
import type { DraftDeclaration, DraftIntegration, DraftSource, DraftStack, DraftTarget } from "./draft";
import { entriesOf, memberOf } from "./draft";
import { partsOf } from "./references";

/** Sources that this version makes. */
export const SUPPORTED_SOURCES: readonly string[] = ["dynamodb"];
/** Targets that this version makes. */
export const SUPPORTED_TARGETS: readonly string[] = ["glue-database"];

/** Refuses what the grammar has and this version does not make. */
export function supportRules(declaration: DraftDeclaration): Issue[] {
  return entriesOf(declaration.stacks).flatMap(([label, stack]) =>
    under(["stacks", label], stackSupport(declaration, label, stack)),
  );
}

function stackSupport(declaration: DraftDeclaration, label: string, stack: DraftStack): Issue[] {
  return [
    ...policySupport(["catalogPolicy"], "of the catalog policy", stack.catalogPolicy),
    ...(stack.driftChecks === true
      ? [notYet(["driftChecks"], "drift checks are", { remedy: "remove driftChecks" })]
      : []),
    ...(stack.monitoring === undefined
      ? []
      : [notYet(["monitoring"], "monitoring is", { at: "key", remedy: "remove monitoring" })]),
    ...entriesOf(stack.sources).flatMap(([name, source]) =>
      under(["sources", name], sourceSupport(stack, source)),
    ),
    ...entriesOf(stack.targets).flatMap(([name, target]) =>
      under(["targets", name], targetSupport(stack, target)),
    ),
    ...entriesOf(stack.integrations).flatMap(([name, integration]) =>
      under(["integrations", name], integrationSupport(declaration, label, integration)),
    ),
  ];
}

function sourceSupport(stack: DraftStack, source: DraftSource): Issue[] {
  if (source.type === undefined) return [];
  const primaryKeys = "primaryKeys" in source ? primaryKeySupportRules(source.primaryKeys) : [];
  if (!SUPPORTED_SOURCES.includes(source.type))
    return [
      notYet(["type"], `${source.type} sources are`, { expected: SUPPORTED_SOURCES.join(", ") }),
      ...primaryKeys,
    ];
  return [
    ...primaryKeys,
    ...environmentSupport(stack, "sources", source.environment),
    ...policySupport(
      ["tablePolicy"],
      "of the table policy",
      source.type === "dynamodb" ? source.tablePolicy : undefined,
    ),
  ];
}

function targetSupport(stack: DraftStack, target: DraftTarget): Issue[] {
  if (target.type === undefined) return [];
  if (!SUPPORTED_TARGETS.includes(target.type))
    return [notYet(["type"], `${target.type} targets are`, { expected: SUPPORTED_TARGETS.join(", ") })];
  const keys = [
    ["kmsKeyArn", "a key for the written data is"],
    ["connection", "writing through a connection is"],
    ["eventBusArn", "an event bus of the target is"],
  ] as const;
  return [
    ...environmentSupport(stack, "targets", target.environment),
    ...keys.flatMap(([key, what]) =>
      target[key] === undefined ? [] : [notYet([key], what, { at: "key", remedy: `remove ${key}` })],
    ),
    ...("lakeFormation" in target && target.lakeFormation === true
      ? [
          notYet(["lakeFormation"], "granting Lake Formation permissions is", {
            remedy: "grant them to the target role yourself, and remove lakeFormation",
          }),
        ]
      : []),
  ];
}

function integrationSupport(
  declaration: DraftDeclaration,
  stack: string,
  integration: DraftIntegration,
): Issue[] {
  return [
    ...referenceSupport(declaration, stack, "source", integration.source),
    ...referenceSupport(declaration, stack, "target", integration.target),
    ...under(["tables"], tableSupportRules(integration.tables)),
  ];
}

function referenceSupport(
  declaration: DraftDeclaration,
  from: string,
  role: "source" | "target",
  reference: string | undefined,
): Issue[] {
  if (reference?.includes("/") !== true) return [];
  const { stack, label } = partsOf(reference, from);
  const found = memberOf(declaration.stacks, stack);
  // What does not exist has been reported as such.
  if (found === undefined || !Object.hasOwn((role === "source" ? found.sources : found.targets) ?? {}, label))
    return [];
  return [
    notYet([role], `a ${role} of another stack is`, { remedy: `declare the ${role} in stack ${from}` }),
  ];
}

function environmentSupport(stack: DraftStack, roles: string, environment: string | undefined): Issue[] {
  if (environment === undefined || stack.environment === undefined || environment === stack.environment)
    return [];
  return [
    notYet(["environment"], `${roles} in another environment than their stack's are`, {
      expected: stack.environment,
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
