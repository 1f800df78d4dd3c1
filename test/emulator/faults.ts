// Trouble on demand: what tests let happen to the next calls of an operation. Calls of the tests themselves are spared,
// those of deployers and of functions are not.
import { AwsError, type JsonObject } from "./wire";

/** A call as a fault may look at it. */
export interface FaultedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: JsonObject;
  /** Role of whoever calls, where it is known: a function's, or one that was assumed. */
  readonly principal?: string;
}

/** Which calls a fault meets. */
export interface FaultScope {
  /** How many calls. @default 1, or every one within `millis` where that is given */
  readonly times?: number;
  /** For how long from now, in milliseconds. @default for ever */
  readonly millis?: number;
  /** Which calls of the operation. @default every one */
  readonly where?: (call: FaultedCall) => boolean;
}

interface Effect {
  /** Happens before the call is served; what it throws is the answer. */
  readonly before?: (call: FaultedCall) => Promise<void> | void;
  /** Happens after the call was served; what it throws is the answer, in spite of what was done. */
  readonly after?: (call: FaultedCall) => Promise<void> | void;
}

interface Fault extends Effect {
  readonly operations: readonly string[];
  readonly where: (call: FaultedCall) => boolean;
  readonly until: number;
  left: number;
}

/** One operation or several, of which the next call of any counts. */
export type Faulted = string | readonly string[];

/**
 * Each operation is named alone or with its service: `PutResourcePolicy`, `glue.PutResourcePolicy`; those of services that
 * are addressed by their path by that: `lambda.POST /2015-03-31/functions`. Several faults of one operation come one after
 * the other, in the order in which they were asked for; that of a later one counts only once the former are used up.
 */
export class Faults {
  private faults: Fault[] = [];

  /** The next calls end with an error, and nothing is done. */
  fail(operation: Faulted, error: AwsError, scope: FaultScope = {}): void {
    const before = (): void => {
      throw error;
    };
    this.add(operation, scope, { before });
  }

  /** The next calls are throttled, as SDKs recognise it and try again. */
  throttle(operation: Faulted, scope: FaultScope | number = 1): void {
    const asked = typeof scope === "number" ? { times: scope } : scope;
    this.fail(operation, new AwsError("ThrottlingException", "Rate exceeded"), asked);
  }

  /** The next calls are denied: by number, or for a time after which the permission has arrived. */
  deny(operation: Faulted, scope: FaultScope | number = 1): void {
    const before = ({ service, operation: denied, account, principal }: FaultedCall): void => {
      const who = principal ?? `arn:aws:iam::${account}:root`;
      throw new AwsError(
        "AccessDeniedException",
        `User: ${who} is not authorized to perform: ${service}:${denied} because no identity-based policy allows the ${service}:${denied} action`,
      );
    };
    this.add(operation, typeof scope === "number" ? { times: scope } : scope, { before });
  }

  /** Something else happens between the moment when the next calls are sent and the moment when they are served. */
  meanwhile(
    operation: Faulted,
    happens: (call: FaultedCall) => Promise<void> | void,
    scope: FaultScope = {},
  ): void {
    this.add(operation, scope, { before: happens });
  }

  /** None of the next calls is served before all of them have arrived: whoever makes one has not seen what the others do. */
  gather(operation: Faulted, count: number): void {
    let missing = count;
    let open = (): void => undefined;
    const complete = new Promise<void>((resolve) => (open = resolve));
    const before = (): Promise<void> => {
      missing -= 1;
      if (missing === 0) open();
      return complete;
    };
    this.add(operation, { times: count }, { before });
  }

  /** The next calls are served and answered late: whoever gives up before has had his way nevertheless. */
  slow(operation: Faulted, millis: number, scope: FaultScope = {}): void {
    const after = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));
    this.add(operation, scope, { after });
  }

  /** The next calls are served, and answered with an error all the same: things are left half-made. */
  breakOff(
    operation: Faulted,
    scope: FaultScope = {},
    error = new AwsError("InternalServiceException", "An internal error occurred.", 500),
  ): void {
    const after = (): void => {
      throw error;
    };
    this.add(operation, scope, { after });
  }

  clear(): void {
    this.faults = [];
  }

  /** Serves a call with whatever is to happen to it. */
  async around<T>(call: FaultedCall, serve: () => Promise<T>): Promise<T> {
    const fault = this.take(call);
    await fault?.before?.(call);
    const answer = await serve();
    await fault?.after?.(call);
    return answer;
  }

  private add(operation: Faulted, scope: FaultScope, effect: Effect): void {
    const { millis, times = millis === undefined ? 1 : Infinity, where = () => true } = scope;
    const until = millis === undefined ? Infinity : Date.now() + millis;
    this.faults.push({ operations: [operation].flat(), where, until, left: times, ...effect });
  }

  private take(call: FaultedCall): Fault | undefined {
    const fault = this.faults.find(
      ({ operations, left, until, where }) =>
        left > 0 &&
        Date.now() < until &&
        [call.operation, `${call.service}.${call.operation}`].some((name) => operations.includes(name)) &&
        where(call),
    );
    if (fault !== undefined) fault.left -= 1;
    return fault;
  }
}
