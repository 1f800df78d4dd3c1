// Policies compared by what they allow: one line per principal, action, resource and condition value. Two documents with
// the same lines mean the same, however their statements are cut; one line too many is a right too many.
import type { JsonObject } from "../emulator/wire";

export interface Grant {
  readonly effect?: "Allow" | "Deny";
  readonly principal?: string;
  readonly action: string;
  readonly resource?: string;
  /** As `Operator key=value`. */
  readonly conditions?: readonly string[];
}

export function lineOf({
  effect = "Allow",
  principal = "-",
  action,
  resource = "-",
  conditions = [],
}: Grant): string {
  return [effect, principal, action, resource, ...[...conditions].sort()].join(" | ");
}

/** Every grant of a policy document, each once, in order. */
export function grantsOf(document: JsonObject | undefined): string[] {
  if (document === undefined) return [];
  const grants = list(document["Statement"]).flatMap((one) => statementGrants(one as JsonObject));
  return [...new Set(grants)].sort();
}

const KNOWN = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

function statementGrants(statement: JsonObject): string[] {
  const unknown = Object.keys(statement).filter((key) => !KNOWN.includes(key));
  if (unknown.length > 0)
    throw new Error(`elements that the comparison does not know: ${unknown.join(", ")}`);
  const principals = statement["Principal"] === undefined ? ["-"] : principalsOf(statement["Principal"]);
  const resources = statement["Resource"] === undefined ? ["-"] : list(statement["Resource"]).map(String);
  return principals.flatMap((principal) =>
    list(statement["Action"]).flatMap((action) =>
      resources.flatMap((resource) =>
        conditionsOf((statement["Condition"] ?? {}) as JsonObject).map((conditions) =>
          lineOf({
            effect: statement["Effect"] as "Allow" | "Deny",
            principal,
            action: String(action),
            resource,
            conditions,
          }),
        ),
      ),
    ),
  );
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal === "string") return [principal];
  return Object.entries(principal as JsonObject).flatMap(([kind, names]) =>
    list(names).map((name) => `${kind}:${name}`),
  );
}

/** Values of one key are alternatives, keys are not. */
function conditionsOf(condition: JsonObject): string[][] {
  const keys = Object.entries(condition).flatMap(([operator, byKey]) =>
    Object.entries(byKey as JsonObject).map(([key, values]) =>
      list(values).map((one) => `${operator} ${key}=${String(one)}`),
    ),
  );
  return keys.reduce<string[][]>(
    (combined, alternatives) => combined.flatMap((some) => alternatives.map((one) => [...some, one])),
    [[]],
  );
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
