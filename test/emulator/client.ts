// A client for the few AWS calls that tests make themselves: no SDK is a dependency of the package, and nothing here
// needs a signature.
import { request as httpRequest } from "node:http";
import {
  AwsError,
  type JsonObject,
  type Transport,
  type WireRequest,
  type WireResponse,
  jsonOf,
} from "./wire";

/** Prefix of the `X-Amz-Target` header of each service that speaks JSON. */
const TARGETS: Readonly<Record<string, string>> = {
  cloudcontrolapi: "CloudApiService",
  dynamodb: "DynamoDB_20120810",
  events: "AWSEvents",
  glue: "AWSGlue",
  kms: "TrentService",
  logs: "Logs_20140328",
  monitoring: "GraniteServiceVersion20100801",
  odb: "Odb",
  "redshift-data": "RedshiftData",
  "redshift-serverless": "RedshiftServerless",
  secretsmanager: "secretsmanager",
};

const QUERY_VERSIONS: Readonly<Record<string, string>> = {
  iam: "2010-05-08",
  redshift: "2012-12-01",
  sts: "2011-06-15",
};

const INSPECTOR = "AKIAINSPECTOR";

/** Access key of the tests themselves, for the first or for a given account: their calls are served but not logged. */
export function inspectorKey(account = ""): string {
  return `${INSPECTOR}${account}`;
}

/** The account that an inspector's key names, an empty text for the first; undefined for everybody else's key. */
export function inspectedAccount(accessKeyId: string): string | undefined {
  return accessKeyId.startsWith(INSPECTOR) ? accessKeyId.slice(INSPECTOR.length) : undefined;
}

export interface ClientOptions {
  readonly region?: string;
  readonly accessKeyId?: string;
  /** Account of the inspector, unless an access key says whose call it is. */
  readonly account?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class AwsClient {
  constructor(
    private readonly transport: Transport,
    private readonly options: ClientOptions = {},
  ) {}

  /** The same client for another region or another caller. */
  with(options: ClientOptions): AwsClient {
    return new AwsClient(this.transport, {
      ...this.options,
      ...options,
      headers: { ...this.options.headers, ...options.headers },
    });
  }

  async json(service: string, operation: string, input: JsonObject = {}): Promise<JsonObject> {
    const prefix = TARGETS[service];
    if (prefix === undefined) throw new Error(`no JSON target is known for service ${service}`);
    const response = await this.transport({
      method: "POST",
      path: "/",
      headers: {
        ...this.headers(service),
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `${prefix}.${operation}`,
      },
      body: Buffer.from(JSON.stringify(input)),
    });
    return this.outputOf(response);
  }

  /** IAM, STS and Redshift answer in XML unless they are asked for JSON, which moto understands. */
  async query(
    service: string,
    action: string,
    input: Readonly<Record<string, string>> = {},
  ): Promise<JsonObject> {
    const form = new URLSearchParams({
      Action: action,
      Version: QUERY_VERSIONS[service] ?? "",
      ContentType: "JSON",
      ...input,
    });
    const response = await this.transport({
      method: "POST",
      path: "/",
      headers: { ...this.headers(service), "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(form.toString()),
    });
    const output = this.outputOf(response);
    return nested(output, `${action}Response`, `${action}Result`) ?? {};
  }

  /** For services that are addressed by method and path and speak JSON in the body. */
  async rest(service: string, method: string, path: string, input?: JsonObject): Promise<JsonObject> {
    const response = await this.transport({
      method,
      path,
      headers: { ...this.headers(service), "content-type": "application/json" },
      body: Buffer.from(input === undefined ? "" : JSON.stringify(input)),
    });
    return this.outputOf(response);
  }

  private headers(service: string): Record<string, string> {
    const {
      accessKeyId = inspectorKey(this.options.account),
      region = "us-east-1",
      headers = {},
    } = this.options;
    const scope = `${accessKeyId}/20260101/${region}/${service}/aws4_request`;
    return {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    };
  }

  private outputOf(response: WireResponse): JsonObject {
    const text = response.body.toString("utf8");
    if (response.status < 300) return jsonOf(response);
    const code =
      /"(?:__type|Code)":\s*"(?:[^"]*#)?([^"]+)"/.exec(text)?.[1] ?? /<Code>([^<]+)</.exec(text)?.[1];
    const message =
      /"[Mm]essage":\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? /<Message>([^<]*)</.exec(text)?.[1];
    throw new AwsError(code ?? "UnknownError", message ?? text, response.status);
  }
}

function nested(value: JsonObject, ...keys: readonly string[]): JsonObject | undefined {
  return keys.reduce<JsonObject | undefined>(
    (current, key) => current?.[key] as JsonObject | undefined,
    value,
  );
}

/** Sends requests to a server on this machine. */
export function httpTransport(url: string): Transport {
  const { hostname, port, host } = new URL(url);
  // A body is always sent whole, so the framing of whoever sent it first must not be passed on.
  const framing = ["transfer-encoding", "content-length", "connection", "expect"];
  return (request: WireRequest) =>
    new Promise<WireResponse>((resolve, reject) => {
      const outgoing = httpRequest(
        {
          hostname,
          port,
          method: request.method,
          path: request.path,
          headers: {
            host,
            ...Object.fromEntries(
              Object.entries(request.headers).filter(([name]) => !framing.includes(name)),
            ),
            "content-length": request.body.length,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            const headers = Object.entries(incoming.headers).map(
              ([name, value]) => [name, String(value)] as const,
            );
            resolve({
              status: incoming.statusCode ?? 500,
              headers: Object.fromEntries(headers),
              body: Buffer.concat(chunks),
            });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(request.body);
    });
}
