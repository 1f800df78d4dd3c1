import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { text } from "node:stream/consumers";

export interface Result {
  readonly args: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  readonly binary: string;
  readonly directory: string;
  readonly temporary: string;
  readonly args: readonly string[];
  readonly reattach: string;
}

const TIMEOUT = 120_000;

/** Runs terraform without ever blocking: this process has to serve the provider meanwhile. */
export async function runTerraform({
  binary,
  directory,
  temporary,
  args,
  reattach,
}: Invocation): Promise<Result> {
  const child = spawn(binary, args, {
    cwd: directory,
    env: { ...environment(temporary), TF_REATTACH_PROVIDERS: reattach },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT,
    killSignal: "SIGKILL",
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      code === null ? reject(new Error(`terraform ${args[0]} was ended by ${signal}`)) : resolve(code),
    );
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { args, code, stdout, stderr };
}

function environment(temporary: string): NodeJS.ProcessEnv {
  const configuration = join(temporary, "terraform.rc");
  // An empty mirror in place of the registry: whatever the stand-in does not serve is refused without a look at the network.
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(temporary)}\n  }\n}\n`,
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|AWS_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: temporary,
    TMPDIR: temporary,
    CHECKPOINT_DISABLE: "1",
    // A command ends before it is worth its while to collect what it no longer needs.
    GOGC: "off",
    GOMEMLIMIT: "1GiB",
    TF_CLI_ARGS: "-no-color",
    TF_CLI_CONFIG_FILE: configuration,
    TF_IN_AUTOMATION: "1",
  };
}

const OVERRIDE = "standin_override.tf.json";

/** A state anywhere but beside its configuration would need credentials, or outlive the test: it is kept there instead. */
export function prepareWorkspace(directory: string): void {
  const files = readdirSync(directory).filter((file) => file.endsWith(".tf.json") && file !== OVERRIDE);
  const moved = files.some((file) => {
    const { terraform } = JSON.parse(readFileSync(join(directory, file), "utf8")) as {
      terraform?: Terraform;
    };
    const { local, ...remote } = terraform?.backend ?? {};
    return terraform?.cloud !== undefined || Object.keys(remote).length > 0 || isAbsolute(local?.path ?? "");
  });
  if (!moved) return;
  const override = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
  writeFileSync(join(directory, OVERRIDE), `${JSON.stringify(override, null, 2)}\n`);
}

interface Terraform {
  readonly backend?: { readonly local?: { readonly path?: string } } & Readonly<Record<string, unknown>>;
  readonly cloud?: unknown;
}
