// One operation of an AWS service that is answered here and not by moto.
import type { Account } from "./account";
import type { AwsClient } from "./client";
import type { JsonObject } from "./wire";

/** Who calls, as far as anything here needs to know. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** ARN of the role or user. @default the root of the account */
  readonly principal?: string;
  /** Name of the session, of a function: its role must allow what it does. */
  readonly session?: string;
}

export function principalOf({ principal, account }: Caller): string {
  return principal ?? `arn:aws:iam::${account}:root`;
}

export interface OperationContext {
  readonly caller: Caller;
  /** Members of the request, whatever its protocol. */
  readonly input: JsonObject;
  readonly account: Account;
  /** Talks to moto as the caller. */
  readonly moto: AwsClient;
  /** The fields of a request of the query protocol as they came, to be passed on. */
  readonly form: Readonly<Record<string, string>>;
  /** The named parts of the path of a request that is addressed by its path. */
  readonly path: Readonly<Record<string, string>>;
}

export type Operation = (context: OperationContext) => Promise<JsonObject> | JsonObject;

/**
 * Operations by `service.Operation`; those of services that are addressed by method and path by
 * `service.METHOD /path/{part}`.
 */
export type Operations = Readonly<Record<string, Operation>>;

/** A key for what exists once per account and region. */
export function placed({ account, region }: Pick<Caller, "account" | "region">, name: string): string {
  return `${account}|${region}|${name}`;
}
