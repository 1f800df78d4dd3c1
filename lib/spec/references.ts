// Labels: their form, what they refer to, and what nothing refers to.
import { LABEL_PATTERN } from "../facts/limits";
import type { Issue, IssuePath } from "../issues";
import { error, note, under, warning } from "../issues";
import { didYouMean } from "../rules/suggest";
import { show } from "../rules/text";
import type { DraftDeclaration, DraftSource, DraftStack, DraftTarget } from "./draft";
import { entriesOf, memberOf } from "./draft";

/** A source or target that an integration refers to, and the stack that declares it. */
export interface Resolved<T> {
  readonly stack: string;
  readonly label: string;
  readonly value: T;
}

/** What the reference of an integration means, or nothing when it means nothing. */
export function resolveSource(
  declaration: DraftDeclaration,
  stack: string,
  reference: string | undefined,
): Resolved<DraftSource> | undefined {
  return resolve(declaration, stack, reference, (found) => found.sources);
}

/** What the reference of an integration means, or nothing when it means nothing. */
export function resolveTarget(
  declaration: DraftDeclaration,
  stack: string,
  reference: string | undefined,
): Resolved<DraftTarget> | undefined {
  return resolve(declaration, stack, reference, (found) => found.targets);
}

function resolve<T>(
  declaration: DraftDeclaration,
  from: string,
  reference: string | undefined,
  membersOf: (stack: DraftStack) => Readonly<Record<string, T | undefined>> | undefined,
): Resolved<T> | undefined {
  if (reference === undefined) return undefined;
  const { stack, label } = partsOf(reference, from);
  const found = memberOf(declaration.stacks, stack);
  const value = found === undefined ? undefined : memberOf(membersOf(found), label);
  return value === undefined ? undefined : { stack, label, value };
}

/** The stack and the label of a reference; a slash separates them, a bare label is of the same stack. */
export function partsOf(reference: string, from: string): { readonly stack: string; readonly label: string } {
  const slash = reference.indexOf("/");
  return slash === -1
    ? { stack: from, label: reference }
    : { stack: reference.slice(0, slash), label: reference.slice(slash + 1) };
}

/** Refuses labels of another form, and references to what does not exist. */
export function referenceRules(declaration: DraftDeclaration): Issue[] {
  return [
    ...labelRules(["environments"], declaration.environments),
    ...labelRules(["stacks"], declaration.stacks),
    ...noStacksRules(declaration),
    ...entriesOf(declaration.stacks).flatMap(([label, stack]) =>
      under(["stacks", label], stackRules(declaration, label, stack)),
    ),
  ];
}

/** Says what is missing; to be asked once nothing else is wrong, for then it may only be misspelt. */
export function absenceRules(declaration: DraftDeclaration): Issue[] {
  const used = usedLabels(declaration);
  return [...emptyStackRules(declaration, used), ...unusedRules(declaration, used)];
}

function labelRules(path: IssuePath, mapping: Readonly<Record<string, unknown>> | undefined): Issue[] {
  return Object.keys(mapping ?? {})
    .filter((label) => !LABEL_PATTERN.test(label))
    .map((label) =>
      error("invalid-label", [...path, label], `${show(label)} cannot be a label`, {
        at: "key",
        expected: "a letter, then up to 62 letters, digits, underscores and hyphens",
        remedy: "labels become Terraform addresses: choose another one",
      }),
    );
}

function noStacksRules({ stacks }: DraftDeclaration): Issue[] {
  if (stacks === undefined || Object.keys(stacks).length > 0) return [];
  return [
    error("no-stacks", ["stacks"], "there is no stack", {
      at: "key",
      remedy: "add a stack with its sources, targets and integrations",
    }),
  ];
}

function stackRules(declaration: DraftDeclaration, label: string, stack: DraftStack): Issue[] {
  const environment = (path: IssuePath, reference: string | undefined) =>
    environmentRules(declaration, path, reference);
  return [
    ...labelRules(["sources"], stack.sources),
    ...labelRules(["targets"], stack.targets),
    ...labelRules(["integrations"], stack.integrations),
    ...environment(["environment"], stack.environment),
    ...entriesOf(stack.sources).flatMap(([name, source]) =>
      environment(["sources", name, "environment"], source.environment),
    ),
    ...entriesOf(stack.targets).flatMap(([name, target]) =>
      environment(["targets", name, "environment"], target.environment),
    ),
    ...entriesOf(stack.integrations).flatMap(([name, integration]) => [
      ...memberRules(declaration, label, "source", ["integrations", name, "source"], integration.source),
      ...memberRules(declaration, label, "target", ["integrations", name, "target"], integration.target),
    ]),
  ];
}

function environmentRules(
  { environments }: DraftDeclaration,
  path: IssuePath,
  reference: string | undefined,
): Issue[] {
  if (reference === undefined || environments === undefined || Object.hasOwn(environments, reference))
    return [];
  return [unknownLabel(path, "there is no environment", reference, Object.keys(environments))];
}

function memberRules(
  declaration: DraftDeclaration,
  from: string,
  role: "source" | "target",
  path: IssuePath,
  reference: string | undefined,
): Issue[] {
  if (reference === undefined) return [];
  const { stack, label } = partsOf(reference, from);
  const stacks = declaration.stacks ?? {};
  const found = memberOf(stacks, stack);
  if (found === undefined) return [unknownLabel(path, "there is no stack", stack, Object.keys(stacks))];
  const members = (role === "source" ? found.sources : found.targets) ?? {};
  if (Object.hasOwn(members, label)) return [];
  const others = (role === "source" ? found.targets : found.sources) ?? {};
  const otherRole = role === "source" ? "target" : "source";
  const message = `stack ${stack} has no ${role}`;
  if (Object.hasOwn(others, label))
    return [unknownLabel(path, message, label, Object.keys(members), `${label} is a ${otherRole}`)];
  return [unknownLabel(path, message, label, Object.keys(members))];
}

function unknownLabel(
  path: IssuePath,
  message: string,
  label: string,
  known: readonly string[],
  remedy?: string,
): Issue {
  return error("unknown-label", path, `${message} ${show(label)}`, {
    expected: known.length === 0 ? "none is declared" : known.join(", "),
    ...(remedy === undefined ? didYouMean(label, known) : { remedy }),
  });
}

function emptyStackRules({ stacks }: DraftDeclaration, used: ReadonlySet<string>): Issue[] {
  const isUsed = (label: string, role: Role, members: Readonly<Record<string, unknown>> = {}) =>
    Object.keys(members).some((name) => used.has(useKey(label, role, name)));
  return entriesOf(stacks)
    .filter(
      ([label, { sources, targets, integrations }]) =>
        Object.keys(integrations ?? {}).length === 0 &&
        !isUsed(label, "sources", sources) &&
        !isUsed(label, "targets", targets),
    )
    .map(([label]) =>
      warning("empty-stack", ["stacks", label], `stack ${label} has no integrations and makes nothing`, {
        at: "key",
      }),
    );
}

function unusedRules({ stacks }: DraftDeclaration, used: ReadonlySet<string>): Issue[] {
  return entriesOf(stacks).flatMap(([stackLabel, stack]) =>
    (["sources", "targets"] as const).flatMap((role) =>
      Object.keys(stack[role] ?? {})
        .filter((label) => !used.has(useKey(stackLabel, role, label)))
        .map((label) =>
          note(
            "unused-label",
            ["stacks", stackLabel, role, label],
            `nothing uses ${role.slice(0, -1)} ${label}`,
            { at: "key" },
          ),
        ),
    ),
  );
}

type Role = "sources" | "targets";

function useKey(stack: string, role: Role, label: string): string {
  return JSON.stringify([stack, role, label]);
}

function usedLabels({ stacks }: DraftDeclaration): Set<string> {
  const keyOf = (from: string, role: Role, reference: string | undefined): string[] => {
    if (reference === undefined) return [];
    const { stack, label } = partsOf(reference, from);
    return [useKey(stack, role, label)];
  };
  return new Set(
    entriesOf(stacks).flatMap(([from, { integrations }]) =>
      entriesOf(integrations).flatMap(([, { source, target }]) => [
        ...keyOf(from, "sources", source),
        ...keyOf(from, "targets", target),
      ]),
    ),
  );
}
