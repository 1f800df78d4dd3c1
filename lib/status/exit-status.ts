// How a status ends, for pipelines.
import type { Outcome } from "./states";

/** Every exit status with its meaning. */
export const EXIT_STATUSES = {
  0: "every integration is ACTIVE, or there is none",
  1: "nothing could be read: wrong arguments, no credentials, no permission",
  2: "an integration needs attention, has failed, is being deleted or is missing",
  3: "an integration is still being created or changed, or could not be read; with --wait: the time is up",
} as const;

export type StatusExit = keyof typeof EXIT_STATUSES;

const EXIT_OF: Readonly<Record<Outcome, StatusExit>> = {
  active: 0,
  progress: 3,
  unread: 3,
  attention: 2,
  gone: 2,
  failed: 2,
};

/** The exit status of some integrations: the worst counts, and 1 where none could be read. */
export function exitStatusOf(integrations: readonly { readonly outcome: Outcome }[]): StatusExit {
  const outcomes = integrations.map(({ outcome }) => outcome);
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === "unread")) return 1;
  const exits = outcomes.map((outcome) => EXIT_OF[outcome]);
  if (exits.includes(2)) return 2;
  return exits.includes(3) ? 3 : 0;
}
