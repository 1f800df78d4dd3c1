// Finds the operation that answers a request: by its name, or by method and path where a service has no names.
import type { Operation, Operations } from "./operation";
import type { Addressed } from "./wire";

export interface Route {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
}

export class Router {
  private readonly byPath: readonly { pattern: RegExp; operation: Operation }[];

  constructor(private readonly operations: Operations) {
    this.byPath = Object.entries(operations)
      .filter(([key]) => key.includes(" "))
      .map(([key, operation]) => ({ pattern: patternOf(key), operation }));
  }

  find({ service, operation }: Addressed): Route | undefined {
    const key = `${service}.${operation}`;
    const named = this.operations[key];
    if (named !== undefined) return { operation: named, path: {} };
    for (const { pattern, operation: found } of this.byPath) {
      const parts = pattern.exec(key)?.groups;
      if (parts === undefined) continue;
      const decoded = Object.entries(parts).map(([name, part]) => [name, decodeURIComponent(part)]);
      return { operation: found, path: Object.fromEntries(decoded) as Record<string, string> };
    }
    return undefined;
  }
}

/** A part of a path stands for anything without a slash; slashes in a name come encoded. */
function patternOf(key: string): RegExp {
  const escaped = key.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}
