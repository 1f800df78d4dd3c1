import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Fixtures } from "./behaviour/fixtures";
import { type Call, provider } from "./provider";
import { Schemas } from "./schema/in-use";
import { prepareWorkspace, type Result, runTerraform } from "./terraform";
import { serve } from "./wire/grpc";
import { reattach } from "./wire/reattach";
import type { PlanJson, StateJson } from "./plan-json";

export type { Fixtures, ResourceEvent } from "./behaviour/fixtures";
export type { ProviderSettings } from "./behaviour/settings";
export type { PlanJson, StateJson } from "./plan-json";
export { plannedActions } from "./plan-json";
export type { Call } from "./provider";
export type { Result } from "./terraform";

const PROVIDER = "registry.terraform.io/hashicorp/aws";

/** The terraform binary found on PATH; undefined where it is not installed. */
export function terraformBinary(): string | undefined {
  const names = process.platform === "win32" ? ["terraform.exe"] : ["terraform"];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

export interface StandInOptions {
  readonly fixtures?: Fixtures;
}

/** The real terraform, with a provider for hashicorp/aws that lives in this process and calls nobody. */
export interface StandIn {
  /** Every call that Terraform made of the provider, in order. */
  readonly calls: readonly Call[];
  /** A new directory that holds one configuration, and that lives until close. */
  workspace(configuration: object): Promise<string>;
  run(directory: string, ...args: string[]): Promise<Result>;
  init(directory: string): Promise<Result>;
  validate(directory: string): Promise<Result>;
  plan(directory: string): Promise<Result>;
  /** The plan that Terraform makes now; throws where it makes none. */
  planJson(directory: string): Promise<PlanJson>;
  apply(directory: string): Promise<Result>;
  destroy(directory: string): Promise<Result>;
  /** The state as it is now. */
  stateJson(directory: string): Promise<StateJson>;
  close(): Promise<void>;
}

export async function standIn({ fixtures = {} }: StandInOptions = {}): Promise<StandIn> {
  const binary = terraformBinary();
  if (!binary) throw new Error("terraform is not on PATH");
  const temporary = await mkdtemp(join(tmpdir(), "standin-"));
  const socket = join(temporary, "aws.sock");
  const schemas = new Schemas();
  const calls: Call[] = [];
  const server = await serve(
    socket,
    provider(schemas, fixtures, (call) => calls.push(call)),
  );
  let plans = 0;

  const run = async (directory: string, ...args: string[]): Promise<Result> => {
    schemas.addFrom(directory);
    prepareWorkspace(directory);
    return runTerraform({ binary, directory, temporary, args, reattach: reattach(PROVIDER, socket) });
  };
  const json = async <T>(directory: string, ...args: string[]): Promise<T> =>
    JSON.parse(succeeded(await run(directory, "show", "-json", ...args)).stdout) as T;

  return {
    calls,
    async workspace(configuration) {
      const directory = await mkdtemp(join(temporary, "workspace-"));
      // Indented, because a diagnostic of Terraform quotes the whole line it is about.
      await writeFile(join(directory, "cdk.tf.json"), JSON.stringify(configuration, null, 2));
      return directory;
    },
    run,
    init: (directory) => run(directory, "init", "-input=false"),
    validate: (directory) => run(directory, "validate"),
    plan: (directory) => run(directory, "plan", "-input=false"),
    async planJson(directory) {
      const planFile = join(temporary, `plan-${++plans}`);
      succeeded(await run(directory, "plan", "-input=false", `-out=${planFile}`));
      return json(directory, planFile);
    },
    apply: (directory) => run(directory, "apply", "-input=false", "-auto-approve"),
    destroy: (directory) => run(directory, "destroy", "-input=false", "-auto-approve"),
    stateJson: (directory) => json(directory),
    async close() {
      await server.close();
      await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** The result, if Terraform was content; else an error with all that Terraform said. */
export function succeeded(result: Result): Result {
  if (result.code === 0) return result;
  throw new Error(
    `terraform ${result.args.join(" ")} ended with ${result.code}\n${result.stdout}\n${result.stderr}`,
  );
}

// A whole life cycle takes about a second; a machine that is busy with other things may take many times that.
const TEST_TIMEOUT = 120_000;

/** A describe for tests that need terraform: it says what it skips, and on CI it fails rather than skip. */
export function describeWithTerraform(name: string, tests: () => void): void {
  jest.setTimeout(TEST_TIMEOUT);
  if (terraformBinary()) return describe(name, tests);
  const missing = "needs the terraform binary on PATH";
  describe(name, () => {
    if (process.env["CI"]) test(missing, () => expect(terraformBinary()).toBeDefined());
    else test.skip(missing, () => undefined);
  });
}
