// How time passes for an integration, and how many of one target the service works on at once.
import { AwsError } from "./wire";

export interface Busy {
  readonly status: "CREATING" | "MODIFYING" | "SYNCING" | "DELETING";
  /** Reads that still see it busy. */
  reads: number;
  /** Milliseconds since the epoch until which it is busy, however often it is read. */
  readonly until: number;
}

export interface Timing {
  /** How many times an integration is read as CREATING, MODIFYING or DELETING before that is over. */
  settleReads: number;
  /** How long a creation, a change or a deletion takes at least. */
  changeMillis: number;
}

export const INSTANT: Timing = { settleReads: 1, changeMillis: 0 };

/** Users report that AWS gives up when more integrations of one target are created or deleted at once. */
export const PARALLEL_CHANGES = 4;

export function busy(status: Busy["status"], { settleReads, changeMillis }: Timing): Busy {
  return { status, reads: settleReads, until: Date.now() + changeMillis };
}

export function isOver({ reads, until }: Busy): boolean {
  return reads <= 0 && Date.now() >= until;
}

/** One look at something that is busy: whether it still was. */
export function look(one: Busy): boolean {
  const stillBusy = !isOver(one);
  one.reads = Math.max(0, one.reads - 1);
  return stillBusy;
}

/** Waits for the end, as a handler does that polls. */
export async function finish(one: Busy): Promise<void> {
  one.reads = 0;
  const left = one.until - Date.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  if (!isOver(one)) await finish(one);
}

interface Change {
  until: number;
}

/** Counts the creations and deletions that are under way for each target. */
export class Traffic {
  /** How many may be under way for one target; undefined lifts the limit. */
  limit: number | undefined = PARALLEL_CHANGES;
  private readonly changes = new Map<string, Change[]>();
  private readonly most = new Map<string, number>();

  /** The most that have been under way at once since the start or the last reset, by target ARN. */
  get maxima(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.most);
  }

  /** Begins a change of one of a target's integrations; what is returned says when it is over, in epoch milliseconds. */
  enter(targetArn: string): (until: number) => void {
    const now = Date.now();
    const others = (this.changes.get(targetArn) ?? []).filter(({ until }) => until > now);
    if (this.limit !== undefined && others.length >= this.limit) {
      throw new AwsError(
        "IntegrationConflictOperationFault",
        `Re-try exhausted: another operation is in progress on target ${targetArn}.`,
      );
    }
    const change: Change = { until: Infinity };
    this.changes.set(targetArn, [...others, change]);
    this.most.set(targetArn, Math.max(others.length + 1, this.most.get(targetArn) ?? 0));
    return (until) => (change.until = until);
  }

  clear(): void {
    this.limit = PARALLEL_CHANGES;
    this.changes.clear();
    this.most.clear();
  }
}
