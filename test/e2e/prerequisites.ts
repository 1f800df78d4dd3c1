// What the end-to-end tests need of the machine. Something missing fails the run, everywhere: they are only run when
// they are asked for, and a test that skips itself proves nothing.
import { access, constants, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

export const REGISTRY = "registry.terraform.io";
const PROVIDER = ["hashicorp", "aws"];

/** Folders of the kernel's making, where nobody keeps a mirror. */
const VIRTUAL = ["/proc", "/sys", "/dev", "/run"];

export interface Prerequisites {
  readonly terraform: string;
  readonly motoServer: string;
  /** Folder of a filesystem mirror that holds the AWS provider; undefined where the registry serves it. */
  readonly mirror: string | undefined;
}

interface Found {
  readonly name: string;
  readonly path: string | undefined;
  readonly remedy: string;
}

/** Everything the tests need, or an error that says in one go what there is and what is missing. */
export async function prerequisites(env: NodeJS.ProcessEnv = process.env): Promise<Prerequisites> {
  const terraform = await onPath("terraform", env);
  const motoServer = await onPath("moto_server", env);
  const mirror = await findMirror(env);
  const registry = mirror === undefined && (await registryAnswers());
  const provider: Found = {
    name: "provider hashicorp/aws",
    path: mirror ?? (registry ? `https://${REGISTRY}` : undefined),
    remedy: `neither a filesystem mirror with ${REGISTRY}/hashicorp/aws (set TF_PLUGIN_MIRROR to its folder) nor ${REGISTRY} itself can be reached`,
  };
  const all: Found[] = [
    { name: "terraform", path: terraform, remedy: "install Terraform 1.9 or newer" },
    { name: "moto_server", path: motoServer, remedy: 'pip install "moto[server]"' },
    provider,
  ];
  if (terraform === undefined || motoServer === undefined || provider.path === undefined) {
    throw new Error(missing(all));
  }
  return { terraform, motoServer, mirror };
}

function missing(all: readonly Found[]): string {
  const states = all.map(
    ({ name, path }) => `${name} (${path === undefined ? "missing" : `found: ${path}`})`,
  );
  const remedies = all
    .filter(({ path }) => path === undefined)
    .map(({ name, remedy }) => `  ${name}: ${remedy}`);
  return [`npm run test:e2e needs: ${states.join(", ")}`, ...remedies].join("\n");
}

async function onPath(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    const candidate = join(folder, command);
    if (folder !== "" && (await isExecutable(candidate))) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder named by the environment, one of Terraform's own implied mirrors, or one near the root of the machine. */
async function findMirror(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = env["TF_PLUGIN_MIRROR"];
  const implied = [
    join(homedir(), ".terraform.d", "plugins"),
    join(homedir(), ".local", "share", "terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  const top = (await foldersIn("/")).filter((folder) => !VIRTUAL.includes(folder));
  const below = await Promise.all(top.map(foldersIn));
  for (const folder of [...(named ? [named] : []), ...implied, ...top, ...below.flat()]) {
    if ((await foldersIn(join(folder, REGISTRY, ...PROVIDER))).length > 0) return folder;
  }
  return undefined;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

async function registryAnswers(): Promise<boolean> {
  try {
    const response = await fetch(`https://${REGISTRY}/v1/providers/${PROVIDER.join("/")}/versions`, {
      signal: AbortSignal.timeout(5000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
