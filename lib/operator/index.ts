// The function as Lambda starts it: `index.handler` of the bundle, and the only file that knows real time and a real SDK.
import type { CallContext } from "./handle";
import { handle } from "./handle";
import type { Clock } from "./patience";
import type { OperatorAnswer } from "./protocol";
import { sdkClients } from "./sdk-clients";

const CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Lambda's entry point. */
export async function handler(event: unknown, context: CallContext): Promise<OperatorAnswer> {
  return handle(
    { clients: sdkClients, clock: CLOCK, environment: process.env, log: (line) => console.log(line) },
    event,
    context,
  );
}
