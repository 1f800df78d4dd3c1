// The integrations of the plans under review, as rules ask for them.
import type { Field, Integration, IntegrationState, PlanView } from "../plan-view";
import { isHidden, isKnown, known } from "../plan-view";
import type { TargetArn } from "./arns";
import { targetArn } from "./arns";

/** Every integration of the plans that is there after they are applied. */
export function staying(views: readonly PlanView[]): Integration[] {
  return views.flatMap(({ integrations }) =>
    integrations.filter(({ resource, after }) => after !== undefined && resource.action !== "forget"),
  );
}

/** Every integration that is there before and after, though it may be replaced. */
export function lasting(views: readonly PlanView[]): Integration[] {
  return staying(views).filter(({ before }) => before !== undefined);
}

/** Those of the integrations whose field has the value after the plan. */
export function having(
  integrations: readonly Integration[],
  field: "sourceArn" | "targetArn" | "kmsKeyId",
  value: string,
): Integration[] {
  return integrations.filter(({ after }) => known(after?.[field]) === value);
}

/** A field after the plan, or before it where the integration goes. */
export function fieldOf<K extends keyof IntegrationState>(
  { before, after }: Integration,
  field: K,
): IntegrationState[K] | undefined {
  return (after ?? before)?.[field];
}

/** What the target of an integration is after the plan, or was before it. */
export function targetOf(integration: Integration): TargetArn | undefined {
  const arn = known(fieldOf(integration, "targetArn"));
  return arn === undefined ? undefined : targetArn(arn);
}

/** The integrations by their labels, in a sentence: `orders-to-lake, customers-to-lake and 3 more`. */
export function names(integrations: readonly Integration[]): string {
  return listed(integrations.map(({ label }) => label).sort());
}

/** Texts in a sentence, at most three of them. */
export function listed(texts: readonly string[]): string {
  if (texts.length > SHOWN) return `${texts.slice(0, SHOWN).join(", ")} and ${texts.length - SHOWN} more`;
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}

const SHOWN = 3;

/** `the integration a`, or `the integrations a and b`. */
export function theIntegrations(integrations: readonly Integration[]): string {
  return `the integration${integrations.length === 1 ? "" : "s"} ${names(integrations)}`;
}

/** Whether a field has another value after than before, as far as both can be read. */
export function isChanged<T>(before: Field<T>, after: Field<T>): boolean {
  if (isHidden(before) || isHidden(after)) return false;
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** Whether both are known and the same. */
export function isSame<T>(one: Field<T>, other: Field<T>): boolean {
  return isKnown(one) && isKnown(other) && one === other;
}
