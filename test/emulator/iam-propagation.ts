// IAM is eventually consistent: whoever takes on a role, or is to act for one, learns of a change a while after it was made.
import { type Account, type RoleFacts, arnOf } from "./account";
import type { Caller } from "./operation";
import type { JsonObject } from "./wire";

/** What gives a role more than it had. */
const CHANGES = ["CreateRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "AttachRolePolicy"];

interface Change {
  readonly before: RoleFacts | undefined;
  readonly until: number;
}

export class IamPropagation {
  /** How long a new role, or a new policy of a role, is not known to the services, in milliseconds. */
  lagMillis = 0;
  private readonly changes = new Map<string, Change>();

  constructor(private readonly account: Account) {}

  /** The account as services see it. */
  get seen(): Account {
    const seen = Object.create(this.account) as Account;
    seen.role = (arn) => {
      const change = this.changes.get(keyOf(arn.account, arn.resource.split("/").at(-1)));
      return change !== undefined && Date.now() < change.until
        ? Promise.resolve(change.before)
        : this.account.role(arn);
    };
    return seen;
  }

  /** Takes note of what is about to change. */
  async note({ account }: Caller, operation: string, { RoleName }: JsonObject): Promise<void> {
    if (this.lagMillis === 0 || !CHANGES.includes(operation)) return;
    const arn = arnOf(`arn:aws:iam::${account}:role/${String(RoleName)}`);
    const before = await this.seen.role(arn);
    this.changes.set(keyOf(account, RoleName), { before, until: Date.now() + this.lagMillis });
  }

  clear(): void {
    this.lagMillis = 0;
    this.changes.clear();
  }
}

function keyOf(account: string, roleName: unknown): string {
  return `${account}|${String(roleName)}`;
}
