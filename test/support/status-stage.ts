// The status command against emulated accounts over loopback, with the real SDK and a clock of its own.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StatusRequest } from "../../lib/commands/status";
import { status } from "../../lib/commands/status";
import type { Terminal } from "../../lib/commands/terminal";
import { sdkClients } from "../../lib/status/sdk-clients";
import { ACCOUNT, OTHER_ACCOUNT } from "../emulator/fake-account";
import { fakeStage } from "../emulator/fake-backend";
import type { Emulator } from "../emulator/emulator";
import { serve } from "../emulator/server";
import type { Integration, IntegrationStatus } from "../emulator/state";
import { addressOf } from "../emulator/wire";

export const NOW = new Date("2026-09-30T12:00:00Z");

/** What one run printed, and how it ended. */
export interface Run {
  readonly out: string;
  readonly err: string;
  readonly exit: number;
}

export interface StatusStage {
  readonly emulator: Emulator;
  /** Absolute. */
  readonly folder: string;
  /** When it is; sleeping moves it. */
  now: Date;
  /** Called when the command sleeps, with how many times it has. */
  onSleep: (times: number) => void;
  /** An integration that has been there since the first of the month. */
  integration(name: string, state: IntegrationStatus, settings?: Partial<Integration>): string;
  /** Minutes ago of the last sync of a table, and of a failure after it. */
  synced(arn: string, table: string, minutes: number, failing?: number): void;
  declare(yaml: string): void;
  run(request?: StatusRequest, terminal?: Partial<Terminal>, file?: string): Promise<Run>;
  stop(): Promise<void>;
}

const KEYS = { AWS_ACCESS_KEY_ID: "AKIAFIRST", AWS_SECRET_ACCESS_KEY: "secret" };

/** One server for a file of tests; between two tests `emulator.reset` empties the accounts. */
export async function statusStage(): Promise<StatusStage> {
  const { backend, emulator } = fakeStage();
  const { url, close } = await serve(emulator);
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-status-"));
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL: url, AWS_CONFIG_FILE: join(folder, "config") });
  backend.answer = (request) => {
    const { operation } = addressOf(request);
    const account = request.headers["x-moto-account-id"] ?? "";
    const body =
      operation === "AssumeRole"
        ? "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>"
        : `<Account>${account}</Account>`;
    const text = `<${operation}Response><${operation}Result>${body}</${operation}Result></${operation}Response>`;
    return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(text) };
  };
  let slept = 0;
  const stage: StatusStage = {
    emulator,
    folder,
    now: NOW,
    onSleep: () => undefined,
    integration: (name, state, settings = {}) => {
      const account = settings.account ?? ACCOUNT;
      const region = settings.region ?? "us-east-1";
      const arn = settings.arn ?? `arn:aws:glue:${region}:${account}:integration:${name}`;
      emulator.state.integrations.set(arn, {
        arn,
        account,
        region,
        name,
        sourceArn: `arn:aws:dynamodb:${region}:${account}:table/orders`,
        targetArn: `arn:aws:glue:${region}:${account}:database/sales_lake`,
        createTime: Date.UTC(2026, 8, 1, 8) / 1000,
        tags: [],
        loads: [],
        fixed: { status: state, errors: [] },
        ...settings,
      });
      return arn;
    },
    synced: (arn, table, minutes, failing) => {
      const [, , , region = "", account = ""] = arn.split(":");
      const target = emulator.state.integrations.get(arn)?.targetArn.split(":")[4] ?? account;
      const place = { account: target, region };
      const dimensions = { integrationArn: arn, loadType: "CDC", tableName: table };
      const ago = (some: number) => new Date(stage.now.getTime() - some * 60_000);
      emulator.metrics.put(place, "LastSyncTimestamp", dimensions, [
        ago(minutes - 1),
        ago(minutes).getTime(),
      ]);
      emulator.metrics.put(place, "IngestionSucceeded", dimensions, [ago(minutes - 1), 1]);
      if (failing !== undefined)
        emulator.metrics.put(place, "IngestionFailed", dimensions, [ago(failing), 1], [ago(1), 1]);
    },
    declare: (yaml) => writeFileSync(join(folder, "zero-etl.yaml"), yaml),
    run: async (request = {}, terminal = {}, file = undefined) => {
      let out = "";
      let err = "";
      slept = 0;
      const exit = await status(
        file,
        { docs: "docs/", ...request },
        {
          env: {},
          cwd: folder,
          today: stage.now.toISOString().slice(0, 10),
          stdin: () => new Uint8Array(),
          out: (text) => (out += text),
          err: (text) => (err += text),
          ...terminal,
        },
        {
          clientsOf: sdkClients,
          clock: {
            now: () => stage.now,
            sleep: (millis) => {
              stage.now = new Date(stage.now.getTime() + millis);
              stage.onSleep((slept += 1));
              return Promise.resolve();
            },
          },
        },
      );
      return { out, err, exit };
    },
    stop: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
      for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
      Object.assign(process.env, before);
    },
  };
  return stage;
}

/** Empties the accounts and sets the clock. */
export async function restart(stage: StatusStage): Promise<void> {
  await stage.emulator.reset();
  stage.now = NOW;
  stage.onSleep = () => undefined;
  stage.emulator.metrics.now = () => stage.now;
  rmSync(join(stage.folder, "zero-etl.yaml"), { force: true });
}

export { ACCOUNT, OTHER_ACCOUNT };
