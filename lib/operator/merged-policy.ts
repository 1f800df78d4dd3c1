// Own statements in a policy that others own as well, whichever service keeps it.
import type { Json } from "../json";
import type { LiveStatement } from "../policy/canonical";
import { isObject } from "../policy/canonical";
import type { Ownership } from "../policy/own-statements";
import { changeOf, driftOf, ownerMark } from "../policy/own-statements";
import { compactJson } from "../policy/policy-text";
import type { MergedPolicy } from "../policy/shapes";
import { isRemovable, statementRefusal } from "../policy/shapes";
import type { DocumentLimit } from "../policy/size";
import type { IdentifiedStatement } from "../policy/statement";
import { AGAIN, Failure } from "./failure";
import type { Done } from "./protocol";
import type { Session } from "./session";

/** A policy as it is, with what a change has to name. */
export interface StoredPolicy {
  readonly text: string;
  /** The hash or revision by which the service tells that nobody has changed it since. */
  readonly revision: string | undefined;
}

/** Where a policy is kept. */
export interface PolicyStore {
  /** What the policy is, with its article: `the Glue catalog policy`. */
  readonly noun: string;
  readonly limit: DocumentLimit;
  /** Which statements the policy may get. */
  readonly policy: MergedPolicy;
  /** The policy; nothing where there is none. */
  read(): Promise<StoredPolicy | undefined>;
  /** Writes the policy, or removes it where there is no text; false when somebody else has changed it since. */
  write(text: string | undefined, before: StoredPolicy | undefined): Promise<boolean>;
}

type Previous = readonly Json[];

/** Adds, changes and removes own statements until the policy holds those of the input, and waits until services act on it. */
export async function applyStatements(
  session: Session,
  store: PolicyStore,
  statements: readonly IdentifiedStatement[],
  previous: Previous,
): Promise<Done> {
  for (const statement of statements) refuseStatement(store, statement);
  const ownership = ownershipOf(session, store, statements, previous);
  const { patience } = session;
  const changed = await patience.despiteOthers(`writing ${store.noun}`, () => attempt(store, ownership));
  if (changed === undefined) {
    throw new Failure("concurrent-changes", `${store.noun} was changed by somebody else each time`, {
      remedy: `${AGAIN} when there is less going on`,
    });
  }
  if (changed) await settle(session, store, ownership);
  return {
    ok: true,
    changed,
    message:
      statements.length === 0
        ? `${store.noun} has no statement of ours`
        : `${store.noun} has every statement`,
  };
}

/** Removes own statements; what somebody else has put under their Sids stays. */
export async function removeStatements(
  session: Session,
  store: PolicyStore,
  statements: readonly IdentifiedStatement[],
): Promise<Done> {
  return applyStatements(session, store, [], statements as unknown as Previous);
}

/** How the policy differs from the statements, in words. */
export async function statementsDrift(
  session: Session,
  store: PolicyStore,
  statements: readonly IdentifiedStatement[],
): Promise<string[]> {
  const live = await store.read();
  return driftOf(live?.text, store.noun, ownershipOf(session, store, statements, []));
}

/** The statements of an input of before, whatever else is in it. */
export function statementsOf(previous: Readonly<Record<string, Json | undefined>> | undefined): Previous {
  const statements = previous?.["statements"];
  return Array.isArray(statements) ? (statements as Previous) : [];
}

async function attempt(store: PolicyStore, ownership: Ownership): Promise<boolean | undefined> {
  const live = await store.read();
  const change = changeOf(live?.text, ownership);
  switch (change.kind) {
    case "none":
      return false;
    case "write":
      return (await store.write(fitting(store, change.text), live)) ? true : undefined;
    case "remove":
      return (await store.write(undefined, live)) ? true : undefined;
    case "conflict":
      throw conflict(store, change.sids);
    case "unreadable":
      throw new Failure("unreadable-policy", `${store.noun} cannot be read, and was left as it is`, {
        remedy: "repair it by hand: it needs one Statement, which holds objects",
      });
  }
}

async function settle(session: Session, store: PolicyStore, ownership: Ownership): Promise<void> {
  const { patience } = session;
  const doing = `waiting for ${store.noun} to show the change`;
  const shown = await patience.until(doing, patience.waits.settling, async () => {
    const live = await store.read();
    return changeOf(live?.text, ownership).kind === "none" ? true : undefined;
  });
  if (shown === undefined) {
    throw new Failure("not-shown", `AWS took the change of ${store.noun} and does not show it`, {
      remedy: `look who else writes it, and ${AGAIN}`,
    });
  }
  // Nothing waits for what is no longer allowed.
  if (ownership.desired.length === 0) return;
  await patience.pause(patience.waits.policy, `waiting for services to act on ${store.noun}`);
}

// White space that others wrote is kept as long as there is room for it.
function fitting({ limit, noun }: PolicyStore, text: string): string {
  const fit = [text, compactJson(text)].find((candidate) => limit.measure(candidate) <= limit.max);
  if (fit !== undefined) return fit;
  throw new Failure(
    "too-large",
    `${noun} would have ${limit.measure(compactJson(text))} ${limit.unit}, and AWS takes ${limit.max}; nothing was written`,
    {
      remedy:
        "remove statements of others that are no longer needed, or spread the integrations over several places",
    },
  );
}

function refuseStatement({ policy, noun }: PolicyStore, statement: IdentifiedStatement): void {
  const refusal = statementRefusal(policy, statement as unknown as LiveStatement);
  if (refusal === undefined) return;
  throw new Failure(
    "refused-statement",
    `statement ${statement.Sid} does not go into ${noun}: its ${refusal.element} ${refusal.message}`,
    {
      remedy:
        "the operator writes only what this version of the library generates for its own account and region",
    },
  );
}

function conflict({ noun }: PolicyStore, sids: readonly string[]): Failure {
  const several = sids.length > 1;
  return new Failure(
    "sid-conflict",
    `${noun} has ${several ? "statements" : "a statement"} ${sids.join(", ")} that somebody else wrote; nothing was changed`,
    {
      remedy: `give ${several ? "those statements other Sids, or remove them" : "that statement another Sid, or remove it"}, and ${AGAIN}`,
    },
  );
}

function ownershipOf(
  { functionName }: Session,
  { policy }: PolicyStore,
  desired: readonly IdentifiedStatement[],
  previous: Previous,
): Ownership {
  const removable = (statement: LiveStatement): boolean => isRemovable(policy, statement);
  return {
    desired,
    // Whoever may call the function chooses this, too: it must not take away what is not of this kind.
    previous: previous.filter(isObject).filter(removable),
    mark: ownerMark(functionName),
    isRemovable: removable,
  };
}
