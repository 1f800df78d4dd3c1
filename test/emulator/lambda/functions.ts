// The functions of the emulated accounts as things that run: moto keeps their configuration, here is their code.
import { randomUUID } from "node:crypto";
import { WAITS } from "../../../lib/operator/waits";
import type { Caller } from "../operation";
import { AwsError } from "../wire";
import { type Credentials, Deployment, type FunctionConfiguration } from "./deployment";
import type { Answer } from "./execution-environment";

/** A line that a function has written. */
export interface LogLine {
  readonly functionName: string;
  readonly requestId: string;
  readonly line: string;
}

export interface Invocation {
  readonly configuration: FunctionConfiguration;
  /** What may run at once; no limit when absent. */
  readonly concurrency: number | undefined;
  readonly qualifier: string | undefined;
  /** JSON. */
  readonly event: string;
}

const SECOND = 1000;

/** Seconds; long enough to be seen at work, short enough for a test. */
const SHORT_WAITS = { propagation: 0.1, policy: 0.1, denial: 3, settling: 5, integration: 20 };

/** What makes the operator wait no longer than a test can, whatever the function's configuration says. */
export const PATIENCE_OF_TESTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(WAITS).map(([name, { variable }]) => [
    variable,
    String(SHORT_WAITS[name as keyof typeof SHORT_WAITS]),
  ]),
);

export class Functions {
  /** Where functions find AWS; set by whoever puts the emulator behind an address. */
  endpoint = "http://127.0.0.1:9";
  /** Environment variables that every function gets beside its own; a function sees a change with its next process. */
  readonly environment: Record<string, string> = { ...PATIENCE_OF_TESTS };
  /** How long one second of a function's timeout lasts, in milliseconds: shorter, and functions run out of time. */
  secondMillis = SECOND;
  /** Everything that functions have written, in order. */
  readonly log: LogLine[] = [];
  private readonly deployments = new Map<string, Deployment>();
  /** Zips, by function ARN. */
  private readonly code = new Map<string, Uint8Array>();
  /** Deployments that nobody calls any more, with their ends. */
  private readonly retiring = new Map<Deployment, Promise<void>>();

  constructor(private readonly credentials: Credentials) {}

  /** Takes new code for a function. */
  upload(functionArn: string, zip: Uint8Array): void {
    this.code.set(functionArn, zip);
    this.retire(functionArn);
  }

  /** The next call starts a new process, as it does when the configuration has changed. */
  retire(functionArn: string): void {
    const deployment = this.deployments.get(functionArn);
    if (deployment === undefined) return;
    this.deployments.delete(functionArn);
    const ending = deployment.retire().finally(() => this.retiring.delete(deployment));
    this.retiring.set(deployment, ending);
  }

  remove(functionArn: string): void {
    this.code.delete(functionArn);
    this.retire(functionArn);
  }

  async invoke(caller: Caller, invocation: Invocation): Promise<Answer> {
    const { configuration, concurrency, qualifier, event } = invocation;
    const { FunctionArn, FunctionName, Timeout } = configuration;
    const deployment = this.deploymentOf(caller, configuration);
    if (concurrency !== undefined && deployment.running >= concurrency) {
      throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
    }
    const requestId = randomUUID();
    return deployment.run(
      {
        requestId,
        event,
        functionArn: qualifier === undefined ? FunctionArn : `${FunctionArn}:${qualifier}`,
        timeout: Timeout,
        millis: Timeout * this.secondMillis,
      },
      (line) => this.log.push({ functionName: FunctionName, requestId, line }),
    );
  }

  /**
   * Kills processes in the middle of what they are doing: their callers are told that the runtime has exited. `event` picks
   * those that were called with such an event. @default all processes
   */
  async crash(event?: RegExp): Promise<void> {
    const deployments = [...this.deployments.values(), ...this.retiring.keys()];
    await Promise.all(deployments.map((deployment) => deployment.crash(event)));
  }

  /** Ends every process and forgets every function; nothing is left on the machine afterwards. */
  async clear(): Promise<void> {
    for (const arn of [...this.deployments.keys()]) this.retire(arn);
    await this.crash();
    await Promise.all(this.retiring.values());
    this.code.clear();
    this.log.length = 0;
    this.secondMillis = SECOND;
    for (const name of Object.keys(this.environment)) delete this.environment[name];
    Object.assign(this.environment, PATIENCE_OF_TESTS);
  }

  private deploymentOf(caller: Caller, configuration: FunctionConfiguration): Deployment {
    const { FunctionArn } = configuration;
    const current = this.deployments.get(FunctionArn);
    if (current !== undefined) return current;
    const zip = this.code.get(FunctionArn);
    if (zip === undefined) throw new Error(`the emulator has no code of ${FunctionArn}: upload it as a zip`);
    const deployment = new Deployment(caller, configuration, zip, {
      credentials: this.credentials,
      variables: { ...this.environment, AWS_ENDPOINT_URL: this.endpoint },
    });
    this.deployments.set(FunctionArn, deployment);
    return deployment;
  }
}
