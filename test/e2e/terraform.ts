// The real terraform binary with the real provider, against the emulated account.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Prerequisites } from "./prerequisites";
import { type Finished, run } from "./processes";
import type { PlanJson } from "../standin/plan-json";

export interface TerraformOptions {
  readonly prerequisites: Prerequisites;
  /** Endpoint of every AWS service. */
  readonly endpoint: string;
  /** Where the CLI configuration and the installed provider are kept, shared by all runs. */
  readonly home: string;
  /** Access key ids by account. Each account is a profile, and the first one also that of whoever names no profile. */
  readonly accessKeys: Readonly<Record<string, string>>;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

export interface Outcome {
  readonly code: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything that was written, for the message of a failed assertion. */
  readonly output: string;
}

/** Environment of every process that may reach for AWS or for the registry: loopback only, and nothing of the user's. */
export async function environment(options: TerraformOptions): Promise<NodeJS.ProcessEnv> {
  const { prerequisites, endpoint, home, accessKeys } = options;
  await mkdir(home, { recursive: true });
  const configuration = join(home, "cli.tfrc");
  const installation =
    prerequisites.mirror === undefined
      ? ""
      : `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(prerequisites.mirror)}
    include = ["registry.terraform.io/hashicorp/*"]
  }
}
`;
  await writeFile(configuration, installation);
  const credentials = join(home, "credentials");
  await writeFile(credentials, Object.entries(accessKeys).map(profile).join("\n"));
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|TF_)/.test(name));
  const pluginCache = join(home, "plugin-cache");
  await mkdir(pluginCache, { recursive: true });
  return {
    ...Object.fromEntries(inherited),
    // A mirror is linked to; from the registry the provider is to be fetched once, not once per stack.
    ...(prerequisites.mirror === undefined && {
      TF_PLUGIN_CACHE_DIR: pluginCache,
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    }),
    TF_CLI_CONFIG_FILE: configuration,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    ...SHORT_LIVED,
    AWS_ACCESS_KEY_ID: Object.values(accessKeys)[0],
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: endpoint,
    // A profile of the user's could name another endpoint or real credentials.
    AWS_CONFIG_FILE: join(home, "no-config"),
    AWS_SHARED_CREDENTIALS_FILE: credentials,
  };
}

/** Terraform starts the provider several times a command, and a third of a command is spent on collecting what its end would free. */
const SHORT_LIVED = { GOGC: "off", GOMEMLIMIT: "1GiB" };

/** Signatures are not checked. */
const SECRET = "none";

function profile([account, accessKeyId]: [string, string]): string {
  return `[${account}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${SECRET}\n`;
}

export class Terraform {
  private constructor(
    private readonly binary: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly dir: string,
  ) {}

  /** For one folder with a configuration in it. */
  static async in(dir: string, options: TerraformOptions): Promise<Terraform> {
    return new Terraform(options.prerequisites.terraform, await environment(options), dir);
  }

  async init(): Promise<Outcome> {
    const outcome = outcomeOf(await this.run("init", "-input=false", "-no-color"));
    if (outcome.code === 0) await this.trustInstalled();
    return outcome;
  }

  async validate(): Promise<Outcome> {
    const finished = await this.run("validate", "-json");
    const { diagnostics = [] } = JSON.parse(finished.stdout) as { diagnostics?: Diagnostic[] };
    return { ...outcomeOf(finished), diagnostics };
  }

  /** Exit status 0: nothing to do; 2: something to do; 1: refused. */
  async plan(file = "plan", ...options: readonly string[]): Promise<Outcome> {
    return streamed(
      await this.run("plan", "-json", "-input=false", "-detailed-exitcode", `-out=${file}`, ...options),
    );
  }

  async planDestroy(file = "plan"): Promise<Outcome> {
    return streamed(await this.run("plan", "-destroy", "-json", "-input=false", `-out=${file}`));
  }

  async apply(file = "plan"): Promise<Outcome> {
    return streamed(await this.run("apply", "-json", "-input=false", file));
  }

  async destroy(...options: readonly string[]): Promise<Outcome> {
    return streamed(await this.run("destroy", "-json", "-input=false", "-auto-approve", ...options));
  }

  async planJson(file = "plan"): Promise<PlanJson> {
    return JSON.parse(await this.stdout("show", "-json", file)) as PlanJson;
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = JSON.parse(await this.stdout("output", "-json")) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Addresses of everything that is in state, data sources included. */
  async stateList(): Promise<string[]> {
    return (await this.stdout("state", "list")).split("\n").filter((line) => line !== "");
  }

  /** With a checksum in the lock file, every command reads the 700 MB of the provider that init has just linked to. */
  private async trustInstalled(): Promise<void> {
    const path = join(this.dir, ".terraform.lock.hcl");
    const locked = await readFile(path, "utf8");
    await writeFile(path, locked.replaceAll(/^ *hashes += \[[^\]]*\]\n/gm, ""));
  }

  private async stdout(...args: string[]): Promise<string> {
    const finished = await this.run(...args);
    if (finished.code !== 0) throw new Error(`terraform ${args.join(" ")} failed: ${finished.stderr}`);
    return finished.stdout;
  }

  private run(...args: string[]): Promise<Finished> {
    return run(this.binary, args, { cwd: this.dir, env: this.env });
  }
}

/** A check on what does not exist yet cannot say anything in a first plan, and Terraform warns of that. */
const NOT_YET_KNOWN = "Check block assertion known after apply";

/** Exit status and what was said, in a form that reads well when an assertion fails. */
export function result(outcome: Outcome): { code: number; said: string[] } {
  const said = outcome.diagnostics
    .filter(({ summary }) => summary !== NOT_YET_KNOWN)
    .map(({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`);
  return { code: outcome.code, said };
}

/** Texts of all diagnostics of one severity. */
export function texts(outcome: Outcome, severity: Diagnostic["severity"]): string[] {
  return outcome.diagnostics
    .filter((diagnostic) => diagnostic.severity === severity)
    .map(({ summary, detail }) => `${summary}: ${detail}`);
}

function outcomeOf({ code, stdout, stderr }: Finished): Outcome {
  return { code, diagnostics: [], output: `${stdout}\n${stderr}` };
}

/** With `-json` every line is one event, and a diagnostic is not wrapped to the width of a terminal. */
function streamed(finished: Finished): Outcome {
  const events = finished.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { type?: string; diagnostic?: Diagnostic; "@message"?: string });
  const diagnostics = events.flatMap((event) =>
    event.type === "diagnostic" && event.diagnostic !== undefined ? [event.diagnostic] : [],
  );
  const messages = events.map((event) => event["@message"] ?? "");
  return { code: finished.code, diagnostics, output: [...messages, finished.stderr].join("\n") };
}
