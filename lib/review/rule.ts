// A rule of the review: a pure function from what a plan shows to what that means.
import type { Level, Observation } from "./finding";
import type { PlanView } from "./plan-view";

export interface ReviewRule {
  /** In kebab-case, never reused; acknowledgements name it. */
  readonly id: string;
  /** The level of its observations that name none; the first of several is the usual one. */
  readonly levels: readonly [Level, ...Level[]];
  /** What the rule is about, in one line, in lower case: the title of its row in the documentation. */
  readonly title: string;
  /** Page of the documentation with anchor, relative to the folder `docs`. */
  readonly page: string;
  /**
   * What the rule has to say about one plan; `all` are the plans of the review, this one among them, for what only several
   * stacks together show. Observations are about resources of `view`. It never throws.
   */
  check(view: PlanView, all: readonly PlanView[]): readonly Observation[];
}
