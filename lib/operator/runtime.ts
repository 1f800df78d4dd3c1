// What the function needs of Lambda, for whoever makes it.

/**
 * The newest Node.js runtime that hashicorp/aws takes in every version that the library allows: `nodejs24.x` is refused by
 * 5.100.0 and by 6.x before 6.19.
 */
export const OPERATOR_RUNTIME = "nodejs22.x";

/** What esbuild compiles for; the same version as the runtime. */
export const OPERATOR_NODE_TARGET = "node22";

export const OPERATOR_ARCHITECTURE = "arm64";

/** File and export of the handler in the zip. */
export const OPERATOR_HANDLER = "index.handler";

/** Seconds; the function answers before that, and says what it was waiting for. */
export const OPERATOR_TIMEOUT = 600;

/** Megabytes; more buys a faster start, and a call takes little else. */
export const OPERATOR_MEMORY = 512;

/** Seconds at the end of the time that are left for the answer. */
export const OPERATOR_RESERVE = 5;

/**
 * Environment variable with the accounts that merged statements may let in, separated by commas: whoever may merely call the
 * function must not be able to let in others.
 */
export const OPERATOR_ACCOUNTS = "ZERO_ETL_ACCOUNTS";

/** The accounts that the environment of the function names. */
export function accountsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return (environment[OPERATOR_ACCOUNTS] ?? "").split(",").filter((account) => /^\d{12}$/.test(account));
}
