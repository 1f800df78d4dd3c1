// Policies that let more than integrations need.
import type { Json } from "../../json";
import { LAMBDA_SERVICE } from "../../policy/principals";
import type { Statement } from "../../policy/statement";
import { GLUE_ROLE_TRUST } from "../../policy/trust";
import type { Observation } from "../finding";
import type { PlanView, Policy, PolicyKind, StatementChange } from "../plan-view";
import { known, textField } from "../plan-view";
import { EVERYBODY } from "../policy/covers";
import { documentRows } from "../policy/statement-rows";
import type { StatementPart, StatementRow } from "../policy/statement-table";
import { arnParts } from "./arns";
import { rule } from "./declare";
import { listed, staying } from "./integrations";
import type { Need } from "./needs";
import { needsOf } from "./needs";
import { DOCUMENTS } from "./statements";

/** Every value that integrations need in the parts of statements, as a table of statements shows it. */
type Needed = Readonly<Record<"principal" | "action" | "resource", ReadonlySet<string>>> & {
  /** Values of any condition. */
  readonly values: ReadonlySet<string>;
};

/** What is needed in a kind of document of a statement about some actions: what other actions need is not. */
type NeededBy = (kind: PolicyKind, actions: readonly string[]) => Needed;

function neededOf(needs: readonly Need[]): NeededBy {
  const rowsByKind = new Map<PolicyKind, StatementRow[]>();
  // Most plans ask for few kinds, and for none where nothing widens.
  const rowsOfKind = (kind: PolicyKind): StatementRow[] => {
    const rows = rowsByKind.get(kind) ?? needs.filter((need) => need.kind === kind).flatMap(rowsOfNeed);
    if (kind === "role-trust" && !rowsByKind.has(kind)) rows.push(...rowsOf(GLUE_ROLE_TRUST));
    rowsByKind.set(kind, rows);
    return rows;
  };
  const cache = new Map<string, Needed>();
  return (kind, actions) => {
    const key = [kind, ...actions].join(" ");
    const known = cache.get(key);
    if (known !== undefined) return known;
    const wanted = new Set(actions);
    const rows = rowsOfKind(kind).filter((row) => row.actions.some((action) => wanted.has(action)));
    const needed = {
      principal: new Set(rows.flatMap(({ principals }) => principals)),
      action: new Set(rows.flatMap((row) => row.actions.map((action) => action.toLowerCase()))),
      resource: new Set(rows.flatMap(({ resources }) => resources)),
      values: new Set(rows.flatMap(({ conditions }) => conditions.flatMap(({ values }) => values))),
    };
    cache.set(key, needed);
    return needed;
  };
}

function rowsOfNeed({ kind, statement }: Need): StatementRow[] {
  const rows = rowsOf(statement);
  // Who creates integrations is not known from a plan, but from and into what is.
  return kind === "catalog"
    ? [...rows, ...rowsOf({ ...statement, Action: ["glue:CreateInboundIntegration"] })]
    : rows;
}

function rowsOf(statement: Statement): StatementRow[] {
  return documentRows({ Statement: statement as unknown as Json }) ?? [];
}

/** What a statement lets beyond the need, one text for each part. */
function excess(change: StatementChange, neededBy: (actions: readonly string[]) => Needed): string[] {
  const { kind, after, parts } = change;
  if (after === undefined || after.effect === "Deny") return [];
  if (kind === "added") return excessOfNew(after);
  const needed = neededBy(after.actions);
  return parts.flatMap((part): string[] => {
    if (part.direction === "narrowed") return [];
    return partExcess(part.part, part.added, part.removed, part.direction === "widened", after, needed);
  });
}

function partExcess(
  part: StatementPart,
  added: readonly string[],
  removed: readonly string[],
  isWidened: boolean,
  after: StatementRow,
  needed: Needed,
): string[] {
  switch (part) {
    case "principal": {
      const beyond = added.filter((one) => !needed.principal.has(one));
      return beyond.length === 0 ? [] : [`principal ${listed(beyond.map(principalText))}`];
    }
    case "action": {
      const beyond = added.filter((one) => !needed.action.has(one.toLowerCase()));
      return beyond.length === 0 ? [] : [`action ${listed(beyond)}`];
    }
    case "resource": {
      const beyond = added.filter((one) => !needed.resource.has(one) && (isWidened || one === "*"));
      return beyond.length === 0 ? [] : [`resource ${listed(beyond)}`];
    }
    case "condition":
      return isWidened ? conditionExcess(added, removed, after, needed) : [];
    case "effect":
      return isWidened ? ["a denial that becomes a permission"] : [];
  }
}

function conditionExcess(
  added: readonly string[],
  removed: readonly string[],
  { conditions }: StatementRow,
  { values }: Needed,
): string[] {
  const stray = conditions
    .flatMap((condition) => condition.values)
    .filter((value) => !values.has(value) && added.some((text) => text.includes(value)));
  if (stray.length > 0) return [`condition ${listed(stray)}`];
  // Where a list of values grows by needed ones nothing is taken away but the list as it was.
  const left = removed.filter((text) => !conditions.some(({ key }) => text.includes(key)));
  return left.length === 0 ? [] : [`without the condition ${listed(left)}`];
}

/** What is dangerous in a new statement, whoever it is for: a service that acts for everybody, and everybody. */
function excessOfNew({ principals, notPrincipals, actions, conditions }: StatementRow): string[] {
  // The statement of a role says nothing of whom it is for.
  if (principals.length === 0) {
    const wild = actions.filter((action) => /[*?]/.test(action));
    return wild.length === 0 ? [] : [`action ${listed(wild)}`];
  }
  const everybody = notPrincipals || principals.some((one) => EVERYBODY.has(one));
  const service = principals.find((one) => one.startsWith("Service:") && one !== `Service:${LAMBDA_SERVICE}`);
  const isBound = conditions.some(({ key }) => /^aws:(?:source|principal)/.test(key));
  if (isBound || (!everybody && service === undefined)) return [];
  return [
    everybody
      ? "a statement for everybody, without a condition"
      : `a statement for ${principalText(service ?? "")}, on behalf of any account`,
  ];
}

function principalText(principal: string): string {
  return EVERYBODY.has(principal) ? "everybody" : principal.replace(/^(?:AWS|Service):/, "");
}

/** Whether integrations have to do with the document. */
function isWatched({ kind, resource, subject }: Policy, roles: ReadonlySet<string>): boolean {
  if (kind === "role-trust") {
    const name = known(textField(resource.after ?? {}, "name"));
    return name !== undefined && roles.has(name);
  }
  if (kind !== "role-permissions") {
    return kind === "catalog" || kind === "dynamodb-table" || kind === "redshift-namespace";
  }
  const role = known(subject);
  return role !== undefined && roles.has(role.slice(role.lastIndexOf("/") + 1));
}

function roleNames(all: readonly PlanView[]): Set<string> {
  const arns = all.flatMap(({ resourceProperties }) =>
    resourceProperties.flatMap(({ after }) =>
      after === undefined ? [] : [known(after.sourceRoleArn), known(after.targetRoleArn)],
    ),
  );
  return new Set(
    arns.flatMap((arn) => (arn === undefined ? [] : (arnParts(arn)?.resource.split("/").at(-1) ?? []))),
  );
}

export const policyWidened = rule({
  id: "policy-widened",
  levels: ["warn"],
  title:
    "a policy lets more than the integrations need: a principal, an action, a resource, or without a condition",
  check: (view, all) => {
    const needed = neededOf(needsOf(staying(all), all));
    const roles = roleNames(all);
    return view.policies.flatMap((policy): Observation[] => {
      const { resource, kind, attribute, changes, before } = policy;
      if (before.state === "absent" || !isWatched(policy, roles)) return [];
      const beyond = [
        ...new Set(changes.flatMap((change) => excess(change, (actions) => needed(kind, actions)))),
      ];
      if (beyond.length === 0) return [];
      return [
        {
          address: resource.address,
          reason: `the ${DOCUMENTS[kind]} lets more than the integrations need: ${listed(beyond)}`,
          consequence:
            "whoever it lets can reach the data, or have AWS reach it, without an integration of yours",
          remedy:
            "name who may do what to which resource, and keep the conditions on aws:SourceAccount and aws:SourceArn",
          attribute,
        },
      ];
    });
  },
});
