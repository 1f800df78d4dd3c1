// What the user reads when a command ends in a way that it did not foresee.

/** The message of a fault, for standard error; where it happened follows with `NODE_DEBUG=zero-etl`. */
export function faultText(fault: unknown, { NODE_DEBUG = "" }: NodeJS.ProcessEnv): string {
  const { message, stack } = fault instanceof Error ? fault : new Error(String(fault));
  const wantsStack = NODE_DEBUG.split(/[ ,]+/).includes("zero-etl");
  return [
    `error: zero-etl stopped at what it did not expect: ${message.trim()}`,
    ...(wantsStack
      ? [stack ?? ""]
      : ["  remedy:   report it with what NODE_DEBUG=zero-etl prints for the same command"]),
    "",
  ].join("\n");
}
