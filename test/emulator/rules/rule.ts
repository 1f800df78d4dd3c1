// One side of an integration, as the service judges it: what it refuses at once, and what it complains of later.
import type { Account } from "../account";
import type { Arn } from "../arns";
import type { Caller } from "../operation";
import type { Integration, IntegrationError, ZeroEtlState } from "../state";
import type { AwsError } from "../wire";

export interface Side {
  readonly arn: Arn;
  readonly account: Account;
  readonly state: ZeroEtlState;
  readonly integration: Integration;
}

export interface Rule {
  /** What makes CreateIntegration fail. */
  refuse(side: Side, caller: Caller): Promise<AwsError | undefined>;
  /** What moves an integration that exists to NEEDS_ATTENTION, for as long as it lasts. */
  problems(side: Side): Promise<IntegrationError[]>;
}

export function problem(ErrorCode: string, ErrorMessage: string): IntegrationError {
  return { ErrorCode, ErrorMessage };
}
