// What a request to AWS looks like on the wire, and how an error has to look for an SDK to understand it.
import { randomUUID } from "node:crypto";

export type JsonObject = Record<string, unknown>;

export interface WireRequest {
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Anything that answers AWS requests: moto, the emulator, a double in a test. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/** An error in AWS's own terms: the code is part of the contract, callers branch on it. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** What can be told about a request from its headers and its body alone. */
export interface Addressed {
  readonly protocol: "json" | "query" | "rest-json" | "rest-xml";
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
}

const SIGNATURE = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;

/** Reads service, operation, region and caller out of a signed request; the signature itself is not checked. */
export function addressOf(request: WireRequest): Addressed {
  const [, accessKeyId = "", region = "us-east-1", service = ""] =
    SIGNATURE.exec(request.headers["authorization"] ?? "") ?? [];
  const common = { region, accessKeyId, service: service.toLowerCase() };
  const target = request.headers["x-amz-target"];
  if (target !== undefined)
    return { ...common, protocol: "json", operation: target.slice(target.lastIndexOf(".") + 1) };
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
    const action = new URLSearchParams(request.body.toString("utf8")).get("Action");
    if (action !== null) return { ...common, protocol: "query", operation: action };
  }
  const protocol = common.service === "s3" ? "rest-xml" : "rest-json";
  return { ...common, protocol, operation: `${request.method} ${request.path.split("?")[0] ?? ""}` };
}

/** The fields of a request of the query protocol. */
export function formOf(message: { readonly body: Buffer }): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(message.body.toString("utf8")));
}

export function jsonOf(message: { readonly body: Buffer }): JsonObject {
  const text = message.body.toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as JsonObject);
}

export function jsonResponse(output: JsonObject, status = 200): WireResponse {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() },
    body: Buffer.from(JSON.stringify(output)),
  };
}

export function errorResponse(error: AwsError, protocol: Addressed["protocol"]): WireResponse {
  if (protocol === "json" || protocol === "rest-json") {
    const response = jsonResponse(
      { __type: error.code, message: error.message, Message: error.message },
      error.status,
    );
    return { ...response, headers: { ...response.headers, "x-amzn-errortype": error.code } };
  }
  const fault = `<Error><Type>Sender</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
  return {
    status: error.status,
    headers: { "content-type": "text/xml" },
    body: Buffer.from(`<ErrorResponse>${fault}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`),
  };
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
