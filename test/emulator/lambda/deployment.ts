// One version of a function, unpacked, with the processes that run it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize, sep } from "node:path";
import { unzipSync } from "fflate";
import type { Caller } from "../operation";
import { type Answer, type Call, ExecutionEnvironment } from "./execution-environment";

/** What Lambda tells of a function, as far as running it needs it. */
export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  /** Seconds. */
  readonly Timeout: number;
  /** Megabytes. */
  readonly MemorySize: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

/** Gives out access keys that stand for the session of a role, and takes them back. */
export interface Credentials {
  issue(role: string, session: string): string;
  withdraw(accessKeyId: string): void;
}

export interface DeploymentOptions {
  readonly credentials: Credentials;
  /** Environment variables beside those of Lambda and of the function. */
  readonly variables: Readonly<Record<string, string>>;
}

type LogSink = (line: string) => void;

export class Deployment {
  private readonly folder: string;
  private readonly accessKeyId: string;
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly busy = new Map<
    ExecutionEnvironment,
    { readonly event: string; readonly run: Promise<Answer> }
  >();
  /** Where a process's output goes: to the call that it is at. */
  private readonly sinks = new Map<ExecutionEnvironment, LogSink>();
  private readonly sweep = (): void => rmSync(this.folder, { recursive: true, force: true });
  private isRetired = false;

  constructor(
    private readonly caller: Caller,
    private readonly configuration: FunctionConfiguration,
    zip: Uint8Array,
    private readonly options: DeploymentOptions,
  ) {
    this.accessKeyId = options.credentials.issue(configuration.Role, configuration.FunctionName);
    this.folder = mkdtempSync(join(tmpdir(), "emulated-function-"));
    // Processes end with their parent; a folder would stay behind.
    process.once("exit", this.sweep);
    for (const [name, content] of Object.entries(unzipSync(zip))) this.unpack(name, content);
  }

  /** How many calls are under way. */
  get running(): number {
    return this.busy.size;
  }

  /** Runs a call in a process that has nothing else to do: as many processes as there are calls at once. */
  async run(call: Omit<Call, "context">, log: LogSink): Promise<Answer> {
    const environment = this.idle.pop() ?? this.start();
    this.sinks.set(environment, log);
    const run = environment.run({ ...call, context: this.context });
    this.busy.set(environment, { event: call.event, run });
    const answer = await run;
    this.busy.delete(environment);
    if (this.isRetired) await environment.kill();
    if (environment.alive) this.idle.push(environment);
    else this.sinks.delete(environment);
    return answer;
  }

  /** Kills every process, whatever it is doing, or those that are at a call with such an event. */
  async crash(event?: RegExp): Promise<void> {
    const busy = [...this.busy].filter(([, call]) => event === undefined || event.test(call.event));
    const idle = event === undefined ? this.idle.splice(0) : [];
    const environments = [...busy.map(([environment]) => environment), ...idle];
    await Promise.all(environments.map((environment) => environment.kill()));
  }

  /** Lets the calls that are under way come to their end, and leaves nothing behind. */
  async retire(): Promise<void> {
    this.isRetired = true;
    await Promise.all(this.idle.splice(0).map((environment) => environment.kill()));
    await Promise.all([...this.busy.values()].map(({ run }) => run));
    await this.crash();
    this.options.credentials.withdraw(this.accessKeyId);
    process.removeListener("exit", this.sweep);
    this.sweep();
  }

  private start(): ExecutionEnvironment {
    const environment: ExecutionEnvironment = new ExecutionEnvironment({
      folder: this.folder,
      variables: this.variables,
      log: (line) => this.sinks.get(environment)?.(line),
    });
    return environment;
  }

  private unpack(name: string, content: Uint8Array): void {
    if (name.endsWith("/")) return;
    const path = normalize(name);
    if (path.startsWith("..") || path.startsWith(sep))
      throw new Error(`the zip has a file outside of it: ${name}`);
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Lambda developer guide, "Defined runtime environment variables". */
  private get variables(): Record<string, string> {
    const { FunctionName, Handler, MemorySize, Runtime, Environment } = this.configuration;
    const { region } = this.caller;
    return {
      ...Environment?.Variables,
      AWS_ACCESS_KEY_ID: this.accessKeyId,
      AWS_SECRET_ACCESS_KEY: "none",
      AWS_SESSION_TOKEN: "none",
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: FunctionName,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
      AWS_LAMBDA_LOG_GROUP_NAME: this.context.logGroupName,
      AWS_LAMBDA_LOG_STREAM_NAME: this.context.logStreamName,
      LAMBDA_TASK_ROOT: this.folder,
      TZ: ":UTC",
      // The node that runs the tests may be older than the runtime.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      _HANDLER: Handler,
      ...this.options.variables,
    };
  }

  private get context() {
    const { FunctionName, MemorySize } = this.configuration;
    return {
      functionName: FunctionName,
      functionVersion: "$LATEST",
      memoryLimitInMB: String(MemorySize),
      logGroupName: `/aws/lambda/${FunctionName}`,
      logStreamName: `[$LATEST]${this.accessKeyId.toLowerCase()}`,
    };
  }
}
