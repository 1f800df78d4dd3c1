// Cloud Control API: every change is a request that is watched by its token, and every model is checked against the
// resource schema and against what the schema says can change.
import { randomUUID } from "node:crypto";
import type { Caller } from "./operation";
import { type PatchOperation, applyPatch, parsePatch } from "./json-patch";
import { ModelValidator } from "./model-validator";
import type { ResourceType } from "./resource-types";
import { AwsError, type JsonObject } from "./wire";

type Operation = "CREATE" | "UPDATE" | "DELETE";

interface ProgressEvent {
  readonly TypeName: string;
  readonly RequestToken: string;
  readonly Operation: Operation;
  readonly EventTime: number;
  readonly OperationStatus: "IN_PROGRESS" | "SUCCESS" | "FAILED";
  readonly Identifier?: string;
  readonly StatusMessage?: string;
  readonly ErrorCode?: string;
}

interface Running {
  /** Reads that still answer IN_PROGRESS. */
  reads: number;
  readonly started: ProgressEvent;
  readonly outcome: Promise<ProgressEvent>;
}

/** How Cloud Control names the error of a handler. */
const HANDLER_ERROR_CODES: readonly [RegExp, string][] = [
  [/AccessDenied/, "AccessDenied"],
  [/ConflictOperation/, "ResourceConflict"],
  [/Conflict|AlreadyExists/, "AlreadyExists"],
  [/Quota|NumberLimit/, "ServiceLimitExceeded"],
  [/Throttl/, "Throttling"],
  [/NotFound/, "NotFound"],
  [/Validation|InvalidInput/, "InvalidRequest"],
];

export class CloudControl {
  private readonly requests = new Map<string, Running>();
  private readonly tokens = new Map<string, string>();
  private readonly types: ReadonlyMap<string, ResourceType>;
  private readonly validator = new ModelValidator();

  constructor(types: readonly ResourceType[]) {
    this.types = new Map(types.map((type) => [type.schema.typeName, type]));
  }

  async call(caller: Caller, operation: string, input: JsonObject): Promise<JsonObject> {
    switch (operation) {
      case "CreateResource":
        return this.create(caller, input);
      case "GetResource":
        return this.get(caller, input);
      case "UpdateResource":
        return this.update(caller, input);
      case "DeleteResource":
        return this.delete(caller, input);
      case "ListResources":
        return this.list(caller, input);
      case "GetResourceRequestStatus":
        return this.status(input);
      default:
        throw new AwsError("UnsupportedActionException", `${operation} is not emulated`);
    }
  }

  private create(caller: Caller, input: JsonObject): JsonObject {
    const type = this.typeOf(input);
    const { create } = type;
    if (create === undefined) throw unsupported(type, "CREATE");
    const model = this.modelOf(text(input, "DesiredState"));
    this.validator.check(type.schema, model);
    this.validator.refuseReadOnly(type.schema, model);
    return this.start(input, type, "CREATE", () => create.call(type, caller, model));
  }

  private async get(caller: Caller, input: JsonObject): Promise<JsonObject> {
    const type = this.typeOf(input);
    const identifier = text(input, "Identifier");
    const properties = await type.read(caller, identifier);
    return {
      TypeName: type.schema.typeName,
      ResourceDescription: { Identifier: identifier, Properties: JSON.stringify(properties) },
    };
  }

  private async update(caller: Caller, input: JsonObject): Promise<JsonObject> {
    const type = this.typeOf(input);
    const { update } = type;
    if (update === undefined) throw unsupported(type, "UPDATE");
    const identifier = text(input, "Identifier");
    const patch = parsePatch(text(input, "PatchDocument"));
    const current = await type.read(caller, identifier);
    this.validator.refuseImmutable(
      type.schema,
      patch.map((one: PatchOperation) => one.path),
    );
    const patched = applyPatch(current, patch);
    this.validator.check(type.schema, patched);
    return this.start(input, type, "UPDATE", async () => {
      await update.call(type, caller, identifier, patched);
      return identifier;
    });
  }

  private async delete(caller: Caller, input: JsonObject): Promise<JsonObject> {
    const type = this.typeOf(input);
    const { delete: remove } = type;
    if (remove === undefined) throw unsupported(type, "DELETE");
    const identifier = text(input, "Identifier");
    return this.start(input, type, "DELETE", async () => {
      await remove.call(type, caller, identifier);
      return identifier;
    });
  }

  private list(caller: Caller, input: JsonObject): JsonObject {
    const type = this.typeOf(input);
    return {
      TypeName: type.schema.typeName,
      ResourceDescriptions: type.list(caller).map((Identifier) => ({ Identifier })),
    };
  }

  private async status(input: JsonObject): Promise<JsonObject> {
    const token = text(input, "RequestToken");
    const running = this.requests.get(token);
    if (running === undefined) {
      throw new AwsError("RequestTokenNotFoundException", `Request with token ${token} was not found.`);
    }
    if (running.reads > 0) {
      running.reads -= 1;
      return { ProgressEvent: running.started };
    }
    return { ProgressEvent: await running.outcome };
  }

  /** Answers at once, as AWS does; what became of the request is only told when it is asked for. */
  private start(
    input: JsonObject,
    type: ResourceType,
    Operation: Operation,
    run: () => Promise<string>,
  ): JsonObject {
    const clientToken = input["ClientToken"];
    const known = typeof clientToken === "string" ? this.tokens.get(clientToken) : undefined;
    const repeated = known === undefined ? undefined : this.requests.get(known);
    if (repeated !== undefined) return { ProgressEvent: repeated.started };

    const RequestToken = randomUUID();
    const event = {
      TypeName: type.schema.typeName,
      RequestToken,
      Operation,
      EventTime: Math.floor(Date.now() / 1000),
    };
    const identifier = input["Identifier"];
    const started: ProgressEvent = {
      ...event,
      OperationStatus: "IN_PROGRESS",
      ...(typeof identifier === "string" ? { Identifier: identifier } : {}),
    };
    const outcome = run().then(
      (Identifier): ProgressEvent => ({ ...event, OperationStatus: "SUCCESS", Identifier }),
      (error: unknown): ProgressEvent => ({ ...event, ...failure(error), OperationStatus: "FAILED" }),
    );
    this.requests.set(RequestToken, { reads: 1, started, outcome });
    if (typeof clientToken === "string") this.tokens.set(clientToken, RequestToken);
    return { ProgressEvent: started };
  }

  private typeOf(input: JsonObject): ResourceType {
    const name = text(input, "TypeName");
    const type = this.types.get(name);
    if (type === undefined)
      throw new AwsError("TypeNotFoundException", `The type '${name}' cannot be found.`, 404);
    return type;
  }

  private modelOf(json: string): JsonObject {
    try {
      return JSON.parse(json) as JsonObject;
    } catch {
      throw new AwsError("ValidationException", "Model validation failed (the desired state is not JSON)");
    }
  }
}

function failure(error: unknown): Pick<ProgressEvent, "StatusMessage" | "ErrorCode"> {
  if (!(error instanceof AwsError)) throw error;
  const ErrorCode =
    HANDLER_ERROR_CODES.find(([pattern]) => pattern.test(error.code))?.[1] ?? "GeneralServiceException";
  return { ErrorCode, StatusMessage: `${error.message} (Service: Glue, Error Code: ${error.code})` };
}

function unsupported(type: ResourceType, operation: Operation): AwsError {
  return new AwsError(
    "UnsupportedActionException",
    `Resource type ${type.schema.typeName} does not support ${operation} action`,
  );
}

function text(input: JsonObject, member: string): string {
  const value = input[member];
  if (typeof value !== "string") throw new AwsError("ValidationException", `${member} must be given`);
  return value;
}
