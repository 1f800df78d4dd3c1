// The part of JSON Patch that Cloud Control takes: add, remove, replace and test.
import { isDeepStrictEqual } from "node:util";
import { AwsError, type JsonObject } from "./wire";

export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

export function parsePatch(text: string): PatchOperation[] {
  const patch: unknown = JSON.parse(text);
  if (!Array.isArray(patch)) throw invalid("patch document is not a list");
  return patch as PatchOperation[];
}

/** The document with the operations applied; the given one stays as it is. */
export function applyPatch(document: JsonObject, patch: readonly PatchOperation[]): JsonObject {
  const result = structuredClone(document);
  for (const operation of patch) applyOperation(result, operation);
  return result;
}

function applyOperation(root: JsonObject, { op, path, value }: PatchOperation): void {
  const keys = keysOf(path);
  const last = keys.pop();
  if (last === undefined) throw invalid("the whole document cannot be patched");
  let parent: unknown = root;
  for (const key of keys) parent = member(parent, key);
  if (typeof parent !== "object" || parent === null) throw invalid(`no such path: ${path}`);
  const exists = Object.hasOwn(parent, last);
  switch (op) {
    case "add":
      if (Array.isArray(parent)) parent.splice(last === "-" ? parent.length : Number(last), 0, value);
      else (parent as JsonObject)[last] = value;
      return;
    case "remove":
      if (!exists) throw invalid(`no such path: ${path}`);
      if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else delete (parent as JsonObject)[last];
      return;
    case "replace":
      if (!exists) throw invalid(`no such path: ${path}`);
      (parent as JsonObject)[last] = value;
      return;
    case "test":
      if (!isDeepStrictEqual((parent as JsonObject)[last], value)) throw invalid(`test failed: ${path}`);
      return;
    default:
      throw invalid(`operation ${op} is not supported`);
  }
}

function keysOf(path: string): string[] {
  if (!path.startsWith("/")) throw invalid(`path does not start with a slash: ${path}`);
  return path
    .slice(1)
    .split("/")
    .map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"));
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as JsonObject)[key] : undefined;
}

function invalid(reason: string): AwsError {
  return new AwsError("ValidationException", `Invalid patch update: ${reason}`);
}
