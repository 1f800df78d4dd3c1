// Lambda's API, as far as moto does not do it: what AWS refuses, the code, and running it.
import { unzipSync } from "fflate";
import { allows } from "../../support/policy-evaluator";
import { type Account, arnOf } from "../account";
import { parseArn } from "../arns";
import type { AwsClient } from "../client";
import type { Caller } from "../operation";
import { type Shape, checkShape } from "../shapes";
import { AwsError, type JsonObject, type WireRequest, type WireResponse, jsonOf } from "../wire";
import type { FunctionConfiguration } from "./deployment";
import type { Functions } from "./functions";
import operations from "./lambda-operations.json";

const SHAPES = operations as unknown as Readonly<Record<string, { readonly input: Shape }>>;

const PATH = /^\/2015-03-31\/functions(?:\/([^/]+))?(?:\/(code|configuration|invocations))?\/?$/;

/** Bytes of a request and of an answer that Lambda takes of a call that waits. */
const MOST_BYTES = 6 * 1024 * 1024;

/** What came over the wire, and the same for passing it on. */
export interface LambdaRequest {
  readonly caller: Caller;
  readonly request: WireRequest;
  readonly moto: AwsClient;
  /** Has moto answer the request as it came. */
  readonly passOn: () => Promise<WireResponse>;
}

export class LambdaApi {
  constructor(
    private readonly functions: Functions,
    private readonly account: Account,
  ) {}

  async answer(asked: LambdaRequest): Promise<WireResponse> {
    const { request, passOn } = asked;
    const [path = "", query = ""] = request.path.split("?");
    const [matched, name = "", part = ""] = PATH.exec(path) ?? [];
    if (matched === undefined) return passOn();
    switch (`${request.method} ${name === "" ? "" : "function"} ${part}`.trim()) {
      case "POST":
        return this.create(asked);
      case "PUT function code":
        return this.updateCode(asked);
      case "PUT function configuration":
        return this.updateConfiguration(asked);
      case "DELETE function":
        return this.remove(asked, name);
      case "POST function invocations":
        return this.invoke(asked, name, new URLSearchParams(query).get("Qualifier") ?? undefined);
      default:
        return passOn();
    }
  }

  private async create({ request, passOn }: LambdaRequest): Promise<WireResponse> {
    const input = jsonOf(request);
    check("CreateFunction", input);
    const { ZipFile } = (input["Code"] ?? {}) as { ZipFile?: string };
    const zip = zipOf(ZipFile);
    await this.refuseRole(String(input["Role"]));
    return this.changed(await passOn(), zip);
  }

  private async updateCode({ request, passOn }: LambdaRequest): Promise<WireResponse> {
    const input = jsonOf(request);
    check("UpdateFunctionCode", input);
    const zip = zipOf(input["ZipFile"] as string | undefined);
    const response = await passOn();
    return input["DryRun"] === true ? response : this.changed(response, zip);
  }

  private async updateConfiguration({ request, passOn }: LambdaRequest): Promise<WireResponse> {
    const input = jsonOf(request);
    check("UpdateFunctionConfiguration", input);
    if (typeof input["Role"] === "string") await this.refuseRole(input["Role"]);
    return this.changed(await passOn());
  }

  private async remove({ moto, passOn }: LambdaRequest, name: string): Promise<WireResponse> {
    const { configuration } = await described(moto, name);
    const response = await passOn();
    if (response.status < 300) this.functions.remove(configuration.FunctionArn);
    return response;
  }

  private async invoke(
    { caller, request, moto }: LambdaRequest,
    name: string,
    qualifier: string | undefined,
  ): Promise<WireResponse> {
    const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
    if (type !== "RequestResponse") {
      throw new AwsError("InvalidParameterValueException", `Invocation type ${type} is not emulated.`);
    }
    const event = eventOf(request);
    const { configuration, concurrency } = await described(moto, name);
    const answer = await this.functions.invoke(caller, { configuration, concurrency, qualifier, event });
    const tooLarge = Buffer.byteLength(answer.payload) > MOST_BYTES;
    const payload = tooLarge ? RESPONSE_TOO_LARGE : answer.payload;
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "x-amz-executed-version": "$LATEST",
        ...(answer.failed || tooLarge ? { "x-amz-function-error": "Unhandled" } : {}),
      },
      body: Buffer.from(payload),
    };
  }

  /** The function runs as it is from now on, if moto has taken the change. */
  private changed(response: WireResponse, zip?: Uint8Array): WireResponse {
    if (response.status >= 300) return response;
    const { FunctionArn } = jsonOf(response) as unknown as FunctionConfiguration;
    if (zip === undefined) this.functions.retire(FunctionArn);
    else this.functions.upload(FunctionArn, zip);
    return response;
  }

  private async refuseRole(arn: string): Promise<void> {
    const role = parseArn(arn) === undefined ? undefined : await this.account.role(arnOf(arn));
    const request = { principal: { Service: "lambda.amazonaws.com" }, action: "sts:AssumeRole" };
    if (role !== undefined && allows("trust", [role.trust], request)) return;
    throw new AwsError(
      "InvalidParameterValueException",
      "The role defined for the function cannot be assumed by Lambda.",
    );
  }
}

const RESPONSE_TOO_LARGE = JSON.stringify({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
});

function check(operation: string, input: JsonObject): void {
  checkShape(SHAPES[operation]?.input, input, "ValidationException");
}

function zipOf(base64: string | undefined): Uint8Array {
  if (base64 === undefined) {
    throw new AwsError("InvalidParameterValueException", "Please provide a source for function code.");
  }
  const zip = new Uint8Array(Buffer.from(base64, "base64"));
  try {
    unzipSync(zip);
  } catch {
    throw new AwsError(
      "InvalidParameterValueException",
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
  }
  return zip;
}

function eventOf({ body }: WireRequest): string {
  if (body.length > MOST_BYTES) {
    throw new AwsError(
      "RequestTooLargeException",
      `Request must be smaller than ${MOST_BYTES} bytes for the InvokeFunction operation`,
      413,
    );
  }
  const text = body.toString("utf8");
  if (text === "") return "{}";
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${String(error)}`,
    );
  }
  return text;
}

async function described(
  moto: AwsClient,
  name: string,
): Promise<{ configuration: FunctionConfiguration; concurrency: number | undefined }> {
  const got = await moto.rest("lambda", "GET", `/2015-03-31/functions/${name}`);
  const { ReservedConcurrentExecutions } = (got["Concurrency"] ?? {}) as {
    ReservedConcurrentExecutions?: number;
  };
  return {
    configuration: got["Configuration"] as FunctionConfiguration,
    concurrency: ReservedConcurrentExecutions,
  };
}
