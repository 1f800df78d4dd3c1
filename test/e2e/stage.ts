// Two emulated accounts and a folder to work in, for the length of a test file.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../emulator/emulator";
import { type EmulatorServer, startEmulator } from "../emulator/server";
import { EmulatedAccount } from "./account";
import type { Place } from "./expected/pairs";
import { type Prerequisites, prerequisites } from "./prerequisites";
import { Terraform, type TerraformOptions } from "./terraform";

/** Account of whoever names none. */
export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

/** Longest time for one test: a life cycle is a dozen terraform commands. */
export const MINUTES = 60_000;

/** By account; the first one is that of a provider that names no profile. */
const ACCESS_KEYS = { [ACCOUNT]: "AKIATERRAFORM", [OTHER_ACCOUNT]: "AKIAOTHER" };

export class Stage {
  private constructor(
    private readonly root: string,
    private readonly server: EmulatorServer,
    readonly options: TerraformOptions,
    readonly account: EmulatedAccount,
  ) {}

  static async open(): Promise<Stage> {
    const found: Prerequisites = await prerequisites();
    const root = await mkdtemp(join(tmpdir(), "zero-etl-e2e-"));
    const server = await startEmulator({ moto: found.motoServer, accounts: keyOwners() });
    const options: TerraformOptions = {
      prerequisites: found,
      endpoint: server.url,
      home: join(root, "home"),
      accessKeys: ACCESS_KEYS,
    };
    return new Stage(root, server, options, new EmulatedAccount(server.url, ACCOUNT));
  }

  /** Any account, in any region. */
  readonly at = ({ account, region }: Place): EmulatedAccount =>
    new EmulatedAccount(this.options.endpoint, account, region);

  get emulator(): Emulator {
    return this.server.emulator;
  }

  /** A new folder under the root of this stage. */
  folder(name: string): Promise<string> {
    return mkdtemp(join(this.root, `${name}-`));
  }

  terraform(dir: string): Promise<Terraform> {
    return Terraform.in(dir, this.options);
  }

  /** Empties the accounts. */
  async reset(): Promise<void> {
    await this.server.reset();
  }

  async close(): Promise<void> {
    await this.server.stop();
    await rm(this.root, { recursive: true, force: true });
  }
}

function keyOwners(): Record<string, string> {
  return Object.fromEntries(Object.entries(ACCESS_KEYS).map(([account, key]) => [key, account]));
}
