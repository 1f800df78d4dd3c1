// Statements that integrations need and that a plan takes away.
import type { Observation } from "../finding";
import type { PlanView, Policy, PolicyDocument, PolicyKind, StatementRow } from "../plan-view";
import { known } from "../plan-view";
import { rule } from "./declare";
import { BoundRows, grants } from "./grants";
import { lasting, names } from "./integrations";
import type { Need } from "./needs";
import { needsOf } from "./needs";

/** What a document is, in words. */
export const DOCUMENTS: Readonly<Record<PolicyKind, string>> = {
  catalog: "Glue catalog policy",
  "dynamodb-table": "policy of the table",
  "role-trust": "trust policy of the role",
  "role-permissions": "policy of the role",
  key: "policy of the key",
  secret: "policy of the secret",
  "redshift-namespace": "policy of the namespace",
  bucket: "policy of the bucket",
  "table-bucket": "policy of the table bucket",
};

/** The documents of the plans, by what they belong to: each under the whole of its subject, and under the name at the end of it. */
class Documents {
  private readonly byKey = new Map<string, Policy[]>();

  constructor(all: readonly PlanView[]) {
    for (const policy of all.flatMap(({ policies }) => policies)) {
      // AWS takes it and ignores it.
      if (policy.resource.type === "aws_redshiftserverless_resource_policy") continue;
      const subject = known(policy.subject);
      // A document of an unknown subject may be that of any.
      const subjects =
        subject === undefined ? ["*"] : new Set([subject, subject.slice(subject.lastIndexOf("/") + 1)]);
      for (const one of subjects) {
        const key = `${policy.kind} ${one}`;
        this.byKey.set(key, [...(this.byKey.get(key) ?? []), policy]);
      }
    }
  }

  /** Those in which a statement may stand. */
  of({ kind, subjects }: Need): Policy[] {
    return [...new Set([...subjects, "*"].flatMap((one) => this.byKey.get(`${kind} ${one}`) ?? []))];
  }
}

interface Loss {
  readonly policy: Policy;
  /** With the actions alone that are no longer allowed. */
  readonly needs: readonly Need[];
}

/** The statements that were in the documents of a plan and no longer are, by document. */
export function lossesOf(needs: readonly Need[], all: readonly PlanView[]): Loss[] {
  const losses = new Map<Policy, Need[]>();
  const every = new Documents(all);
  const rows = new RowsOfDocuments();
  for (const need of needs) {
    const documents = every.of(need);
    const policy = documents.find((one) => one.changes.length > 0 || one.after.state === "absent");
    if (policy === undefined || !grants(rows.of(documents, "before", need), need.statement)) continue;
    if (documents.some(({ after }) => after.state === "hidden" || after.state === "unreadable")) continue;
    const after = rows.of(documents, "after", need);
    const Action = need.statement.Action.filter(
      (action) => !grants(after, { ...need.statement, Action: [action] }),
    );
    if (Action.length === 0) continue;
    const loss = { ...need, statement: { ...need.statement, Action } };
    const lost = losses.get(policy);
    if (lost === undefined) losses.set(policy, [loss]);
    else lost.push(loss);
  }
  return [...losses].map(([policy, lost]) => ({ policy, needs: lost }));
}

/** The rows of documents that may have to do with a need, by document, so that each is read once. */
class RowsOfDocuments {
  private readonly bound = new Map<PolicyDocument, BoundRows>();

  of(documents: readonly Policy[], side: "before" | "after", { statement }: Need): StatementRow[] {
    return documents.flatMap((policy) => this.boundRows(policy[side]).of(statement));
  }

  private boundRows(document: PolicyDocument): BoundRows {
    const rows =
      this.bound.get(document) ?? new BoundRows(document.state === "known" ? document.statements : []);
    this.bound.set(document, rows);
    return rows;
  }
}

export const requiredStatementLost = rule({
  id: "required-statement-lost",
  levels: ["block"],
  title: "a policy loses a statement that an integration needs",
  check: (view, all) =>
    lossesOf(needsOf(lasting(all), all), all)
      .filter(({ policy }) => view.policies.includes(policy))
      .flatMap(({ policy, needs }): Observation[] => {
        const { resource, kind, attribute } = policy;
        // A role that goes takes its permissions along, and is a finding of its own.
        if (kind === "role-permissions" && losesRole(view, needs)) return [];
        const actions = [...new Set(needs.flatMap(({ statement }) => statement.Action))].sort();
        const integrations = [...new Set(needs.map(({ integration }) => integration))];
        return [
          {
            address: resource.address,
            reason: `the ${DOCUMENTS[kind]} no longer allows ${actions.join(", ")}, which ${names(integrations)} ${integrations.length === 1 ? "needs" : "need"}`,
            consequence:
              "the integration needs attention from its next refresh on, and AWS gives it up after seven days",
            remedy: `put back what was allowed before, or remove ${integrations.length === 1 ? "the integration" : "the integrations"} first`,
            attribute,
          },
        ];
      }),
});

function losesRole(view: PlanView, needs: readonly Need[]): boolean {
  const names = new Set(needs.flatMap(({ subjects }) => subjects));
  return view
    .ofType("aws_iam_role")
    .some(
      ({ action, before }) =>
        (action === "delete" || action === "replace") && names.has(String(before?.["name"] ?? "")),
    );
}
