import { once } from "node:events";
import { createServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import { decode, encode, type Fields, type Message } from "./codec";
import { type Request, type Response, type Rpc, rpcs } from "./messages";

const UNIMPLEMENTED = 12;
const INTERNAL = 13;

/** Terraform opens one connection for every provider configuration, so the connection tells the configurations apart. */
export type Handlers = {
  readonly [R in Rpc]: (request: Request<R>, connection: object) => Promise<Response<R>> | Response<R>;
};

export interface Server {
  close(): Promise<void>;
}

/** Serves tfplugin5.Provider over gRPC on a Unix socket. */
export async function serve(socket: string, handlers: Handlers): Promise<Server> {
  const server = createServer();
  const sessions = new Set<Http2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("stream", (stream, headers) => {
    // A terraform that is killed resets its streams; without a listener that would end the process.
    stream.on("error", () => undefined);
    answer(stream, String(headers[":path"]), handlers).catch((error: unknown) =>
      refuse(stream, INTERNAL, String(error)),
    );
  });
  server.listen(socket);
  await once(server, "listening");
  return {
    async close() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(stream: ServerHttp2Stream, path: string, handlers: Handlers): Promise<void> {
  const [, rpc] = path.match(/^\/tfplugin5\.Provider\/(\w+)$/) ?? [];
  if (rpc === undefined || !(rpc in rpcs)) return refuse(stream, UNIMPLEMENTED, `${path} is not served`);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const { request, response } = rpcs[rpc as Rpc] as { request: Fields; response: Fields };
  const handler = handlers[rpc as Rpc] as (
    request: Message<Fields>,
    connection: object,
  ) => Promise<Message<Fields>>;
  const content = encode(
    response,
    await handler(decode(request, unframe(Buffer.concat(chunks))), stream.session ?? {}),
  );
  if (stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(frame(content));
}

function refuse(stream: ServerHttp2Stream, status: number, reason: string): void {
  if (stream.destroyed || stream.headersSent) return;
  const trailers = { "grpc-status": String(status), "grpc-message": encodeURIComponent(reason) };
  stream.respond({ ":status": 200, "content-type": "application/grpc", ...trailers }, { endStream: true });
}

/** A gRPC message is preceded by a flag for compression, which is never asked for here, and its length. */
function frame(content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

const unframe = (framed: Buffer): Buffer => framed.subarray(5);
