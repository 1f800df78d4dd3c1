// Synthesises as `cdktf synth` does: through app.synth(), because Testing.synth skips the validations.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

export type Block = Record<string, unknown>;

/** A stack's Terraform JSON, as far as the tests look into it. */
export interface StackJson {
  readonly text: string;
  /** Resources of a type by their names in Terraform. */
  resources(type: string): Record<string, Block>;
  /** The one resource of a type; fails when there is none or more than one. */
  resource(type: string): Block;
  /** Data sources of a type by their names in Terraform. */
  data(type: string): Record<string, Block>;
  /** Assertions of the check blocks. */
  readonly checks: { readonly condition: string; readonly error_message: string }[];
  readonly json: Record<string, Record<string, Record<string, Record<string, Block>>>>;
}

export interface Synthesised {
  readonly stacks: Record<string, StackJson>;
  /** Warnings and notes, by construct path. */
  readonly annotations: {
    readonly constructPath: string;
    readonly level: string;
    readonly message: string;
  }[];
  readonly dependencies: Record<string, string[]>;
}

/** Builds and synthesises an app in a folder that is gone afterwards; throws what app.synth() throws. */
export function synth(build: (app: App) => void): Synthesised {
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-synth-"));
  try {
    const app = new App({ outdir: folder, stackTraces: false });
    build(app);
    app.synth();
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    const names = Object.keys(manifest.stacks);
    return {
      stacks: Object.fromEntries(names.map((name) => [name, stackJson(folder, name)])),
      annotations: names.flatMap((name) => manifest.stacks[name].annotations),
      dependencies: Object.fromEntries(names.map((name) => [name, manifest.stacks[name].dependencies])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is written when synthesis fails: nothing, or the names of stacks. */
export function failedSynth(build: (app: App) => void): {
  readonly message: string;
  readonly written: string[];
} {
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-synth-"));
  try {
    const app = new App({ outdir: folder, stackTraces: false });
    build(app);
    app.synth();
  } catch (error) {
    const written = readdirSync(folder, { recursive: true }).map(String);
    return {
      message: (error as Error).message,
      written: written.filter((file) => file.endsWith(".tf.json")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  throw new Error("synthesis was expected to fail");
}

/** The one stack of an app. */
export function synthStack(build: (app: App) => void): StackJson {
  const [stack, ...more] = Object.values(synth(build).stacks);
  if (stack === undefined || more.length > 0) throw new Error("expected exactly one stack");
  return stack;
}

function stackJson(folder: string, name: string): StackJson {
  const text = readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8");
  const json = JSON.parse(text);
  const resources = (type: string): Record<string, Block> => json.resource?.[type] ?? {};
  return {
    text,
    json,
    resources,
    resource: (type) => {
      const [only, ...more] = Object.values(resources(type));
      if (only === undefined || more.length > 0)
        throw new Error(`expected one ${type}, found ${Object.keys(resources(type))}`);
      return only;
    },
    data: (type) => json.data?.[type] ?? {},
    checks: Object.values<{ assert: never[] }>(json.check ?? {}).flatMap(({ assert }) => assert),
  };
}

/** The desired state of a Cloud Control resource. */
export function desiredState(resource: Block): Record<string, unknown> {
  return JSON.parse(String(resource["desired_state"]));
}

/** The policy document of a resource. */
export function policyOf(resource: Block): { Statement: Record<string, unknown>[] } {
  return JSON.parse(String(resource["policy"]));
}

export const PROD = { environment: "prod", region: "us-east-1", account: "111122223333" } as const;

/** The same place for a stack that owns the catalog policy as a whole, and does without the operator. */
export const OWNING = { ...PROD, catalogPolicy: "own", operator: false } as const;
