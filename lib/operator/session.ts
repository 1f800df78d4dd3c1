// What one call works with.
import type { AwsAddress } from "../arn";
import type { Clients } from "./clients";
import type { Patience } from "./patience";

/** Where the function runs, whom it calls, and how long it may take. */
export interface Session extends Clients {
  readonly address: AwsAddress;
  readonly functionName: string;
  /** Accounts beside the function's own that its statements may let in. */
  readonly accounts: readonly string[];
  readonly patience: Patience;
}
