// Policies that others may have statements in: what they lose, and how large they become.
import { POLICY_LIMITS } from "../../policy/size";
import type { DocumentLimit } from "../../policy/size";
import type { Observation } from "../finding";
import type { PlanView, Policy, PolicyKind, Resource, StatementRow } from "../plan-view";
import { isHidden, known } from "../plan-view";
import { rule } from "./declare";
import { listed } from "./integrations";
import { DOCUMENTS } from "./statements";

/** The resources that write a whole document, with what others have in it. */
const WHOLE: ReadonlySet<string> = new Set([
  "aws_glue_resource_policy",
  "aws_dynamodb_resource_policy",
  "aws_redshift_resource_policy",
]);

/** What integrations need in documents that are shared, in lower case. */
const ZERO_ETL_ACTIONS: ReadonlySet<string> = new Set([
  "glue:authorizeinboundintegration",
  "glue:createinboundintegration",
  "redshift:authorizeinboundintegration",
  "redshift:createinboundintegration",
  "dynamodb:describeexport",
  "dynamodb:describetable",
  "dynamodb:exporttabletopointintime",
]);

function isForeign({ sid = "", actions, notActions }: StatementRow): boolean {
  const isOurs =
    /^ZeroEtl/.test(sid) || actions.every((action) => ZERO_ETL_ACTIONS.has(action.toLowerCase()));
  return notActions || !isOurs;
}

function foreignLosses({ before, changes, after }: Policy): StatementRow[] {
  if (after.state === "absent") return before.state === "known" ? before.statements.filter(isForeign) : [];
  return changes.flatMap(({ kind, before: row }) =>
    kind === "removed" && row !== undefined && isForeign(row) ? [row] : [],
  );
}

export const foreignStatementsLost = rule({
  id: "foreign-statements-lost",
  levels: ["block"],
  title: "a shared policy loses statements that no integration needs, which are somebody else's",
  check: ({ policies }) =>
    policies.flatMap((policy): Observation[] => {
      const { resource, kind, attribute, isMerged } = policy;
      if (isMerged || !WHOLE.has(resource.type)) return [];
      const lost = foreignLosses(policy);
      if (lost.length === 0) return [];
      const sids = lost.map(({ sid, actions }) => sid ?? actions.join(" "));
      return [
        {
          address: resource.address,
          reason: `the ${DOCUMENTS[kind]} loses ${listed(sids)}, which ${lost.length === 1 ? "is" : "are"} not about zero-ETL`,
          consequence: "who was allowed by it no longer is, in other teams and accounts, too",
          remedy:
            'keep the statement, or let the operator add and remove own statements only (catalogPolicy or tablePolicy "merge")',
          attribute,
        },
      ];
    }),
});

export const hybridDropped = rule({
  id: "hybrid-dropped",
  levels: ["block"],
  title: "the catalog policy is no longer written beside the grants of Lake Formation (EnableHybrid)",
  check: (view) =>
    view.ofType("aws_glue_resource_policy").flatMap(({ address, before, after }): Observation[] => {
      if (before?.["enable_hybrid"] !== "TRUE" || after === undefined) return [];
      const now = after["enable_hybrid"];
      if (now === "TRUE" || isHidden(now)) return [];
      return [
        {
          address,
          reason: "the catalog policy is no longer written with EnableHybrid",
          consequence:
            "AWS refuses the policy where Lake Formation has cross-account grants, and catalogs that are shared with other accounts may no longer be",
          remedy: 'keep enable_hybrid = "TRUE"',
          attribute: "enable_hybrid",
        },
      ];
    }),
});

const LIMITS: Readonly<Partial<Record<PolicyKind, DocumentLimit>>> = {
  catalog: POLICY_LIMITS.catalog,
  "dynamodb-table": POLICY_LIMITS.table,
  "role-permissions": POLICY_LIMITS.role,
  key: POLICY_LIMITS.key,
  secret: POLICY_LIMITS.secret,
};

/** What a document measures after the plan; of a merged one what is own, since nothing is known of the rest. */
function measured({ after }: Policy, { measure }: DocumentLimit): number {
  return after.state === "known" ? measure(after.text) : 0;
}

/** What a document's size is counted with: the inline policies of a role have one limit together. */
function companions(view: PlanView, policy: Policy): Policy[] {
  if (policy.kind !== "role-permissions") return [policy];
  const subject = known(policy.subject);
  if (subject === undefined) return [policy];
  return view.policies.filter(
    (one) => one.kind === "role-permissions" && isInline(one.resource) && known(one.subject) === subject,
  );
}

function isInline({ type }: Resource): boolean {
  return type === "aws_iam_role_policy" || type === "aws_iam_role";
}

export const policyTooLarge = rule({
  id: "policy-too-large",
  levels: ["block"],
  title: "a policy becomes larger than AWS takes",
  check: (view) => {
    const reported = new Set<Policy>();
    return view.policies.flatMap((policy): Observation[] => {
      const { resource, kind, attribute, before, after } = policy;
      const limit = LIMITS[kind];
      if (limit === undefined || after.state !== "known" || reported.has(policy)) return [];
      if (before.state === "known" && before.text === after.text) return [];
      if (kind === "role-permissions" && !isInline(resource)) return [];
      const together = companions(view, policy);
      for (const one of together) reported.add(one);
      const size = together.reduce((sum, one) => sum + measured(one, limit), 0);
      if (size <= limit.max) return [];
      return [
        {
          address: resource.address,
          reason: `the ${DOCUMENTS[kind]} becomes ${size} ${limit.unit} long, and AWS takes ${limit.max}`,
          consequence: "the apply fails where the policy is written, after what comes before it is done",
          remedy: "name several sources or targets in one statement, or allow fewer of them here",
          attribute,
        },
      ];
    });
  },
});
