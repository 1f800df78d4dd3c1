// References that reach beyond their stack or their environment.
import { integrationApi } from "../facts/compatibility";
import type { Issue, IssuePath } from "../issues";
import { error, under } from "../issues";
import { exportingIntegrationRules } from "../rules/exporting-integrations";
import type { Place } from "../rules/place";
import { oracleEnvironmentRules, placeRules } from "../rules/place";
import { namespacePlaceRules, otherStackRules } from "../rules/redshift-target";
import { show } from "../rules/text";
import type { DraftDeclaration } from "./draft";
import { entriesOf, memberOf } from "./draft";
import type { Use } from "./uses";

/** Refuses references that no stack of its own could carry out. */
export function reachRules(declaration: DraftDeclaration, uses: readonly Use[]): Issue[] {
  return [
    ...missingAccounts(declaration, uses),
    ...uses.flatMap((use) => integrationEnvironmentRules(use)),
    ...oracleSources(declaration),
    ...namespaces(declaration),
    ...uses.flatMap((use) => exportRules(use)),
    ...uses.flatMap(({ path, stack, target }) =>
      target?.value.type === "redshift" && target.stack !== stack
        ? under(["stacks", target.stack, "targets", target.label], otherStackRules(target.value)).map(
            (issue): Issue => ({ ...issue, related: [path] }),
          )
        : [],
    ),
    ...uses.flatMap(({ path, source, target }) =>
      under(
        path,
        placeRules({
          sourceKind: source?.value.type,
          source: placeOf(declaration, source?.environment),
          target: placeOf(declaration, target?.environment),
        }),
      ),
    ),
    ...stackCycles(uses),
  ];
}

function oracleSources(declaration: DraftDeclaration): Issue[] {
  return entriesOf(declaration.stacks).flatMap(([stackLabel, stack]) =>
    entriesOf(stack.sources).flatMap(([label, source]) =>
      source.type === "oracle"
        ? under(
            ["stacks", stackLabel, "sources", label],
            oracleEnvironmentRules(source.arn, placeOf(declaration, source.environment ?? stack.environment)),
          )
        : [],
    ),
  );
}

function exportRules({ path, source, target }: Use): Issue[] {
  if (source?.value.type !== "dynamodb" || target?.value.type === undefined) return [];
  const { integrationArns } = source.value;
  return under(
    ["stacks", source.stack, "sources", source.label],
    exportingIntegrationRules(integrationApi("dynamodb", target.value.type), integrationArns),
  ).map((issue): Issue => ({ ...issue, related: [path] }));
}

function namespaces(declaration: DraftDeclaration): Issue[] {
  return entriesOf(declaration.stacks).flatMap(([stackLabel, stack]) =>
    entriesOf(stack.targets).flatMap(([label, target]) =>
      target.type === "redshift"
        ? under(
            ["stacks", stackLabel, "targets", label],
            namespacePlaceRules(
              target.namespaceArn,
              placeOf(declaration, target.environment ?? stack.environment),
            ),
          )
        : [],
    ),
  );
}

function placeOf(declaration: DraftDeclaration, environment: string | undefined): Place {
  return (environment === undefined ? undefined : memberOf(declaration.environments, environment)) ?? {};
}

// ARNs that go into another stack or another account's documents are made of account numbers, and nothing else tells them there.
function missingAccounts(declaration: DraftDeclaration, uses: readonly Use[]): Issue[] {
  const reported = new Map<string, Issue>();
  for (const { path, stack, source, target } of uses) {
    if (source === undefined || target === undefined) continue;
    const beyondStack = source.stack !== stack || target.stack !== stack;
    if (!beyondStack && source.environmentKey === target.environmentKey) continue;
    for (const label of [source.environment, target.environment]) {
      const environment = label === undefined ? undefined : memberOf(declaration.environments, label);
      if (label === undefined || environment === undefined || environment.account !== undefined) continue;
      if (reported.has(label)) continue;
      const wanted = error(
        "missing-account",
        ["environments", label],
        `environment ${label} has no account, and an integration goes from one stack or account to another`,
        {
          at: "key",
          expected: "the account id, 12 digits in quotes",
          remedy: "add account: the policies and ARNs of both sides are made of it",
          related: [path],
        },
      );
      reported.set(label, wanted);
    }
  }
  return [...reported.values()];
}

function integrationEnvironmentRules({ path, stack, environmentKey, environment, source }: Use): Issue[] {
  if (source === undefined || source.stack === stack || source.environmentKey === environmentKey) return [];
  return [
    error(
      "integration-environment",
      [...path, "source"],
      `source ${source.label} of stack ${source.stack} is in another account or region than stack ${stack}, and an integration is made where its source is`,
      {
        got: `${show(environment)}, and ${show(source.environment)} of the source`,
        expected: "one account and region",
        remedy: `declare the integration in a stack of environment ${source.environment ?? ""}`,
      },
    ),
  ];
}

function stackCycles(uses: readonly Use[]): Issue[] {
  const needs = new Map<string, Set<string>>();
  for (const { stack, source, target } of uses) {
    for (const other of [source?.stack, target?.stack]) {
      if (other === undefined || other === stack) continue;
      needs.set(stack, (needs.get(stack) ?? new Set()).add(other));
    }
  }
  const reported = new Set<string>();
  return [...needs.keys()].flatMap((stack) => {
    const members = [...reachable(needs, stack)].filter((other) => reachable(needs, other).has(stack));
    if (!members.includes(stack) || reported.has(stack)) return [];
    for (const member of members) reported.add(member);
    const others = members.filter((member) => member !== stack);
    const path = (label: string): IssuePath => ["stacks", label];
    return [
      error(
        "stack-cycle",
        path(stack),
        `stacks ${[stack, ...others].join(" and ")} refer to each other, so none can be applied first`,
        {
          at: "key",
          expected: "references that go one way",
          remedy: "put what both need into a stack of its own, or into one of them",
          related: others.map(path),
        },
      ),
    ];
  });
}

function reachable(needs: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of needs.get(next) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}
