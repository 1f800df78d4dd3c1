// Starts and stops moto_server on a loopback port of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { httpTransport } from "./client";
import type { Transport } from "./wire";

const START_SECONDS = 60;

export interface Moto {
  readonly transport: Transport;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startMoto(command = "moto_server"): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  const server = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, MOTO_PORT: String(port) },
  });
  // A test run that dies must not leave a server behind.
  const kill = (): void => void server.kill("SIGKILL");
  process.once("exit", kill);
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output.push(chunk.toString());
      if (output.length > 50) output.shift();
    });
  }
  let failed: Error | undefined;
  server.once("error", (error) => (failed = error));
  server.once("exit", (code) => (failed ??= new Error(`moto_server ended with ${code}: ${output.join("")}`)));

  const transport = httpTransport(url);
  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    if (failed !== undefined) throw failed;
    if (await answers(transport)) break;
    if (Date.now() > deadline) {
      kill();
      throw new Error(`moto_server did not answer within ${START_SECONDS} s: ${output.join("")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    transport,
    reset: async () => {
      await transport({ method: "POST", path: "/moto-api/reset", headers: {}, body: Buffer.alloc(0) });
    },
    stop: () => {
      process.removeListener("exit", kill);
      return ended(server);
    },
  };
}

async function answers(transport: Transport): Promise<boolean> {
  try {
    const response = await transport({
      method: "GET",
      path: "/moto-api/data.json",
      headers: {},
      body: Buffer.alloc(0),
    });
    return response.status === 200;
  } catch {
    return false;
  }
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGTERM");
    setTimeout(() => server.kill("SIGKILL"), 3000).unref();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no free port")),
      );
    });
  });
}
