// The states of an integration: what each means for the data, and what to do.

/** How an integration is, as far as a pipeline cares. */
export type Outcome = "active" | "progress" | "attention" | "failed" | "gone" | "unread";

/** From the worst to the best; `gone` is missing or being deleted, `unread` says nothing about the integration itself. */
export const OUTCOMES: readonly Outcome[] = ["failed", "gone", "attention", "unread", "progress", "active"];

interface StateFacts {
  readonly outcome: Outcome;
  /** What to do next, in lower case. */
  readonly next: string;
}

/** Every state that AWS documents (user guide, "Integration states"). */
export const STATES: Readonly<Record<string, StateFacts>> = {
  CREATING: { outcome: "progress", next: "wait: AWS sets it up" },
  ACTIVE: { outcome: "active", next: "nothing" },
  MODIFYING: { outcome: "progress", next: "wait: AWS applies a change" },
  SYNCING: {
    outcome: "progress",
    next: "wait: data types changed, and AWS takes new snapshots of those tables",
  },
  NEEDS_ATTENTION: {
    outcome: "attention",
    next: "mend the cause: AWS tries again by itself, and the integration goes on",
  },
  FAILED: {
    outcome: "failed",
    next: "mend the cause, then replace the integration (protect: false, terraform apply -replace=<address>): it does not recover",
  },
  DELETING: { outcome: "gone", next: "wait until it is gone, then apply if it is to be made again" },
};

/** What is known of a state; one that AWS added later is in progress, for nobody can say more. */
export function stateFacts(state: string): StateFacts {
  return (
    STATES[state] ?? {
      outcome: "progress",
      next: `look the state ${state} up in the AWS Glue user guide: this version does not know it`,
    }
  );
}

/** The worst of several; nothing is active. */
export function worstOf(outcomes: readonly Outcome[]): Outcome {
  return OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? "active";
}
