// Plans to a report: the whole of the review, without a file or a stream.
import { acknowledge } from "./acknowledgements";
import { changesOf, countsOf } from "./compose/changes";
import type { Relations } from "./compose/relations";
import { relationsOf } from "./compose/relations";
import { topologyOf } from "./compose/topology";
import type { Finding, Level } from "./finding";
import { LEVELS } from "./finding";
import type { Integration, PlanView } from "./plan-view";
import { isHidden } from "./plan-view";
import type {
  Acknowledgement,
  CheckReport,
  IntegrationReport,
  Report,
  ReviewedFinding,
  Verdict,
} from "./report";
import { REPORT_VERSION } from "./report";
import type { ReviewRule } from "./rule";
import { REVIEW_RULES } from "./rules";

export interface ReviewOptions {
  /** Day on which acknowledgements must hold, `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** @default every rule */
  readonly rules?: readonly ReviewRule[];
}

/** Reviews plans together, one per stack; the report does not depend on their order. */
export function review(
  plans: readonly PlanView[],
  acknowledgements: readonly Acknowledgement[],
  { today, rules = REVIEW_RULES }: ReviewOptions,
): Report {
  const views = [...plans].sort((one, other) => compare(one.stack, other.stack));
  const found = views.flatMap((view) => rules.flatMap((rule) => findingsOf(rule, view, views)));
  const accepted = acknowledge(found.sort(byImportance), acknowledgements, today);
  const changes = views.flatMap(changesOf);
  const integrations = integrationsOf(views, relationsOf(views));
  const related = new Set(integrations.flatMap((integration) => integration.changes));
  return {
    version: REPORT_VERSION,
    verdict: verdictOf(accepted.findings),
    plans: views.map((view) => ({
      stack: view.stack,
      terraformVersion: view.terraformVersion,
      counts: countsOf(view),
    })),
    findings: accepted.findings,
    acknowledgements: accepted.acknowledgements,
    integrations,
    changes,
    unrelated: changes.map(({ id }) => id).filter((id) => !related.has(id)),
    checks: views.flatMap(checksOf),
    topology: topologyOf(views),
  };
}

function findingsOf(rule: ReviewRule, view: PlanView, all: readonly PlanView[]): Finding[] {
  return rule.check(view, all).map((observation) => {
    const location = view.location(observation.address);
    return {
      ...observation,
      level: observation.level ?? rule.levels[0],
      rule: rule.id,
      stack: view.stack,
      page: observation.page ?? rule.page,
      ...(location !== undefined && { location }),
    };
  });
}

function byImportance(one: Finding, other: Finding): number {
  return (
    LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
    compare(one.stack, other.stack) ||
    compare(one.address, other.address) ||
    compare(one.rule, other.rule) ||
    compare(one.attribute ?? "", other.attribute ?? "") ||
    compare(one.reason, other.reason)
  );
}

/** The gravest level of the findings that nobody accepts. */
export function verdictOf(findings: readonly ReviewedFinding[]): Verdict {
  const open = findings.filter(({ acknowledgement }) => acknowledgement === undefined);
  return LEVELS.find((level: Level) => open.some((finding) => finding.level === level)) ?? "clean";
}

function integrationsOf(views: readonly PlanView[], relations: Relations): IntegrationReport[] {
  return views.flatMap((view) =>
    view.integrations
      .map((integration): IntegrationReport => {
        const { resource, label, holder } = integration;
        return {
          stack: view.stack,
          address: resource.address,
          label,
          holder,
          action: resource.action,
          source: endOf(integration, "sourceArn"),
          target: endOf(integration, "targetArn"),
          changes: relations(view, integration),
        };
      })
      .sort((one, other) => compare(one.label, other.label) || compare(one.address, other.address)),
  );
}

function endOf({ before, after }: Integration, field: "sourceArn" | "targetArn"): string {
  const arn = after?.[field] ?? before?.[field];
  return isHidden(arn) ? arn.toString() : (arn ?? "(not set)");
}

function checksOf({ stack, checks }: PlanView): CheckReport[] {
  return checks
    .map(({ address, status, problems }) => ({ stack, address, status, problems }))
    .sort((one, other) => compare(one.address, other.address));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
