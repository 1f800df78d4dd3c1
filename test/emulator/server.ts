// Puts the emulator behind a loopback port, with a moto_server of its own as the backend.
import { type IncomingMessage, createServer } from "node:http";
import { Emulator } from "./emulator";
import { startMoto } from "./moto";
import type { WireRequest } from "./wire";

const FRAMING = ["transfer-encoding", "content-length", "connection"];

export interface EmulatorServer {
  /** The one endpoint of every service. */
  readonly url: string;
  readonly emulator: Emulator;
  /** Empties the account. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly moto?: string;
  /** Access key ids and their accounts. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** Milliseconds; long enough for integrations that are made at once to be seen at once, short enough not to be felt. */
const CHANGE_MILLIS = 300;

export async function startEmulator({ moto: command, accounts }: ServerOptions): Promise<EmulatorServer> {
  const moto = await startMoto(command);
  const emulator = new Emulator({ backend: moto.transport, accounts, changeMillis: CHANGE_MILLIS });
  const { url, close } = await serve(emulator);
  return {
    url,
    emulator,
    reset: async () => {
      // First whatever still runs, which would write into the new account.
      await emulator.reset();
      await moto.reset();
    },
    stop: async () => {
      await emulator.reset();
      await close();
      await moto.stop();
    },
  };
}

/** Puts an emulator behind a loopback port, where functions find it as well. */
export async function serve(emulator: Emulator): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    void read(incoming)
      .then((request) => emulator.handle(request))
      .then(({ status, headers, body }) => {
        // The body is sent whole: how the backend had framed it no longer holds.
        const kept = Object.entries(headers).filter(([name]) => !FRAMING.includes(name));
        outgoing.writeHead(status, { ...Object.fromEntries(kept), "content-length": body.length });
        outgoing.end(body);
      })
      .catch((error: unknown) => {
        outgoing.writeHead(502);
        outgoing.end(String(error));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the emulator has no port");
  const url = `http://127.0.0.1:${address.port}`;
  emulator.functions.endpoint = url;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
}

function read(incoming: IncomingMessage): Promise<WireRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", reject);
    incoming.on("end", () => {
      const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
      resolve({
        method: incoming.method ?? "GET",
        path: incoming.url ?? "/",
        headers: Object.fromEntries(headers),
        body: Buffer.concat(chunks),
      });
    });
  });
}
