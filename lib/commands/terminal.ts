// What a command has around it; the shim gives the process's own, tests give theirs.

/** How a run ended. */
export type ExitStatus = 0 | 1 | 2 | 3;

/** Nothing to complain about. */
export const CLEAN = 0;
/** The command could not do what it was asked. */
export const FAILED = 1;
/** The review found what fails the run. */
export const FOUND = 2;

export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  /** Absolute. */
  readonly cwd: string;
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Width where a person looks at the output; absent where it goes into a file or a pipe. */
  readonly columns?: number | undefined;
  /** Lines of the window where a person looks at the output. @default as many as there are */
  readonly rows?: number | undefined;
  /** Everything on standard input. */
  stdin(): Uint8Array;
  /** Writes to standard output, as it is. */
  out(text: string): void;
  /** Writes to standard error, as it is. */
  err(text: string): void;
}

/** Whether colours are wanted: a person looks, and has not said otherwise (no-color.org). */
export function wantsColor({ env, columns }: Terminal): boolean {
  return columns !== undefined && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}
