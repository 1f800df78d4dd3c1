// Time: how long to wait, how often to look, and when to give up.
import type { AwsError } from "./aws-error";
import { awsErrorOf } from "./aws-error";
import { AGAIN, Failure } from "./failure";
import type { Waits } from "./waits";

/** Time and chance, as the operator meets them; tests bring their own. */
export interface Clock {
  /** Milliseconds since some beginning. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
  /** Runs something later, unless it is called off before. */
  after(milliseconds: number, run: () => void): () => void;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;
/** More conflicts in a row than several stacks cause that are applied at once. */
const MOST_CONFLICTS = 12;

/** How long one call may take. */
export interface PatienceOptions {
  /** When the call has to be over, as the clock counts. */
  readonly end: number;
  /** Aborted at the end, as requests may hang. */
  readonly over: AbortSignal;
  readonly waits: Waits;
  /** Whether denied access is worth waiting for. */
  readonly awaitsPermissions: boolean;
}

/** The patience of one call: it ends when the function has to answer. */
export class Patience {
  readonly waits: Waits;
  private readonly end: number;
  private readonly awaitsPermissions: boolean;
  private readonly over: AbortSignal;
  /** Rejected at the end. */
  private readonly ended: Promise<never>;
  private denialEnd: number | undefined;

  constructor(
    private readonly clock: Clock,
    { end, over, waits, awaitsPermissions }: PatienceOptions,
  ) {
    this.end = end;
    this.over = over;
    this.waits = waits;
    this.awaitsPermissions = awaitsPermissions;
    this.ended = new Promise((_, reject) =>
      over.addEventListener("abort", () => reject(over.reason), { once: true }),
    );
    this.ended.catch(() => undefined);
  }

  /** Calls AWS, again while what is denied may be a permission on its way; throws `AwsError`. */
  async call<T>(doing: string, request: () => Promise<T>): Promise<T> {
    for (let round = 0; ; round += 1) {
      try {
        return await Promise.race([request(), this.ended]);
      } catch (cause) {
        const error = awsErrorOf(cause, doing);
        // A timer may be a moment ahead of the clock.
        if (this.over.aborted || this.clock.now() >= this.end) throw outOfTime(doing);
        if (!(await this.outlasts(error, round))) throw error;
      }
    }
  }

  /** Waits; throws where the time for the call is too short for it. */
  async pause(milliseconds: number, doing: string): Promise<void> {
    if (this.clock.now() + milliseconds > this.end) throw outOfTime(doing);
    await this.clock.sleep(milliseconds);
  }

  /** Looks until there is something to see; nothing when that takes longer than given. */
  async until<T>(doing: string, longest: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
    const end = this.clock.now() + longest;
    for (let round = 0; ; round += 1) {
      const seen = await look();
      if (seen !== undefined) return seen;
      const pause = pauseOf(round);
      if (this.clock.now() + pause > end) return undefined;
      await this.pause(pause, doing);
    }
  }

  /** Tries again, after a pause of chance, for as long as `attempt` says nothing because somebody else was faster. */
  async despiteOthers<T>(doing: string, attempt: () => Promise<T | undefined>): Promise<T | undefined> {
    for (let round = 0; round < MOST_CONFLICTS; round += 1) {
      const done = await attempt();
      if (done !== undefined) return done;
      await this.pause(Math.ceil(pauseOf(round) * this.clock.random()), doing);
    }
    return undefined;
  }

  private async outlasts(error: AwsError, round: number): Promise<boolean> {
    if (!error.isOnItsWay || !this.awaitsPermissions) return false;
    this.denialEnd ??= this.clock.now() + this.waits.denial;
    const pause = pauseOf(round + 1);
    if (this.clock.now() + pause > Math.min(this.denialEnd, this.end)) return false;
    await this.clock.sleep(pause);
    return true;
  }
}

function pauseOf(round: number): number {
  return Math.min(FIRST_PAUSE * 2 ** round, LONGEST_PAUSE);
}

function outOfTime(doing: string): Failure {
  return new Failure("timeout", `the function ran out of time while ${doing}`, {
    remedy: AGAIN,
  });
}
