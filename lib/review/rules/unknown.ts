// What a plan hides, and rules would have to know.
import type { Observation } from "../finding";
import { isHidden, isPlanObject } from "../plan-view";
import { rule } from "./declare";
import { listed } from "./integrations";

/** Settings of an integration without which little can be said of it, in the words of the API. */
const NEEDED = [
  ["sourceArn", "SourceArn"],
  ["targetArn", "TargetArn"],
  ["name", "IntegrationName"],
] as const;

export const unknownValue = rule({
  id: "unknown-value",
  levels: ["warn"],
  title:
    "a value that this review needs is known after apply only, or sensitive: what depends on it was not reviewed",
  check: (view) => [
    ...view.integrations.flatMap(({ resource, after, label }): Observation[] => {
      if (after === undefined || resource.action === "no-op") return [];
      const hidden = NEEDED.flatMap(([field, name]) => (isHidden(after[field]) ? [name] : []));
      const [first] = hidden;
      if (first === undefined) return [];
      return [unreviewed(resource.address, `${listed(hidden)} of the integration ${label}`, first)];
    }),
    ...view.policies.flatMap(({ resource, kind, attribute, after }): Observation[] => {
      const isWatched = kind === "catalog" || kind === "dynamodb-table" || kind === "redshift-namespace";
      if (!isWatched || after.state !== "hidden" || resource.action === "no-op") return [];
      return [unreviewed(resource.address, "the document", attribute)];
    }),
    ...view.ofType("aws_dynamodb_table").flatMap(({ address, action, after }): Observation[] => {
      const blocks = after?.["point_in_time_recovery"];
      const block = Array.isArray(blocks) ? (blocks as readonly unknown[])[0] : undefined;
      const enabled = isPlanObject(block as never) ? (block as { enabled?: unknown }).enabled : undefined;
      if (action === "no-op" || (!isHidden(blocks) && !isHidden(block) && !isHidden(enabled))) return [];
      return [unreviewed(address, "whether the table has point-in-time recovery", "point_in_time_recovery")];
    }),
  ],
});

function unreviewed(address: string, what: string, attribute: string): Observation {
  return {
    address,
    reason: `the plan does not show ${what}`,
    consequence: "what depends on it was not reviewed, and may lose or stop data",
    remedy: "build it from names that are known at plan, or review again after what it comes from is applied",
    attribute,
  };
}
