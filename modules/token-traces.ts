// CDKTF gives every token a stack trace, which takes a third of a synth and much of its memory. In a stack that comes from a
// file the traces lead to this library, never to a line that the user wrote.

/** Runs without stack traces of tokens; errors keep theirs. */
export function withoutTokenTraces<T>(work: () => T): T {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) =>
    error instanceof Error
      ? [String(error), ...frames.map((frame) => `    at ${String(frame)}`)].join("\n")
      : "";
  try {
    return work();
  } finally {
    Error.prepareStackTrace = before;
  }
}
