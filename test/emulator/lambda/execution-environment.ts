// One process that runs the code of a function, one call at a time.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

const BOOTSTRAP = join(__dirname, "bootstrap.mjs");

export interface Call {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** ARN by which the function was called, with the qualifier if there was one. */
  readonly functionArn: string;
  /** Seconds, as the function's configuration has it. */
  readonly timeout: number;
  /** How long that lasts here. */
  readonly millis: number;
  /** Further members of the context. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Answer {
  /** JSON: what the function returned, or the error that it ended with. */
  readonly payload: string;
  readonly failed: boolean;
}

export interface EnvironmentOptions {
  /** Where the unpacked code lies. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Takes every line that the function writes. */
  readonly log: (line: string) => void;
}

type Message = Answer | { readonly written: string };

export class ExecutionEnvironment {
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;
  private readonly started: Promise<Answer>;
  private isAlive = true;
  private expect: ((answer: Answer) => void) | undefined;

  constructor({ folder, variables, log }: EnvironmentOptions) {
    this.child = fork(BOOTSTRAP, [], {
      cwd: folder,
      // Nothing of whoever runs the tests: a function knows what its configuration says.
      env: { PATH: process.env["PATH"], HOME: folder, ...variables },
      execArgv: [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const write = (text: string): void => text.trimEnd().split("\n").forEach(log);
    // What node itself has to say, of a crash.
    this.child.stderr?.on("data", (chunk: Buffer) => write(chunk.toString()));
    this.child.on("message", (message: Message) => {
      if ("written" in message) write(message.written);
      else this.expect?.(message);
    });
    this.ended = new Promise((resolve) => {
      const end = (code: number | null): void => {
        this.isAlive = false;
        resolve(code);
      };
      this.child.once("exit", end);
      this.child.on("error", () => end(null));
    });
    this.started = this.answer();
  }

  /** Whether it can take a further call. */
  get alive(): boolean {
    return this.isAlive;
  }

  /** Runs one call to its end, which may be the end of its time; never throws. */
  async run(call: Call): Promise<Answer> {
    const { requestId, event, functionArn, timeout, millis, context } = call;
    const started = await Promise.race([this.started, this.exit(requestId)]);
    if (started.failed) {
      await this.kill();
      return started;
    }
    const answered = this.answer();
    const message = { event, deadline: Date.now() + millis, ...context };
    // A process that has ended says so by itself.
    this.child.send(
      { ...message, awsRequestId: requestId, invokedFunctionArn: functionArn },
      () => undefined,
    );
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), millis)));
    const result = await Promise.race([answered, this.exit(requestId), over]);
    clearTimeout(timer);
    if (result !== undefined) return result;
    // What is still running must not go on behind the back of the next call.
    await this.kill();
    const late = `RequestId: ${requestId} Error: Task timed out after ${timeout.toFixed(2)} seconds`;
    return failed("Sandbox.Timedout", late);
  }

  /** Ends it, whatever it is doing. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  private answer(): Promise<Answer> {
    return new Promise((resolve) => (this.expect = resolve));
  }

  private async exit(requestId: string): Promise<Answer> {
    const code = await this.ended;
    const status = code === null ? "signal: killed" : `exit status ${code}`;
    return failed("Runtime.ExitError", `RequestId: ${requestId} Error: Runtime exited with error: ${status}`);
  }
}

function failed(errorType: string, errorMessage: string): Answer {
  return { failed: true, payload: JSON.stringify({ errorType, errorMessage }) };
}
