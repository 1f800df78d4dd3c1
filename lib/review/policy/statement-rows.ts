// Statements of a policy document, each as a row of the statement table.
import type { Json } from "../../json";
import { stableJson } from "../../json";
import type { LiveStatement } from "../../policy/canonical";
import { canonicalElement, isObject } from "../../policy/canonical";
import { sorted } from "../../policy/inbound";
import type { ConditionRow, StatementRow } from "./statement-table";

/** The statements of a document; nothing where it is no policy document. */
export function documentRows(document: Json | undefined): StatementRow[] | undefined {
  if (!isObject(document)) return undefined;
  const { Statement: written = null } = document;
  return statementRows(Array.isArray(written) ? (written as readonly Json[]) : [written]);
}

/** The rows of a list of statements; nothing where one of them is none. */
export function statementRows(statements: readonly Json[]): StatementRow[] | undefined {
  const rows = statements.map((statement) => (isObject(statement) ? rowOf(statement) : undefined));
  return rows.every((row) => row !== undefined) ? rows : undefined;
}

// Element by element, because the order of the elements does not matter here.
function rowOf(statement: LiveStatement): StatementRow | undefined {
  const { Sid: sid, Effect: effect } = statement;
  if (effect !== "Allow" && effect !== "Deny") return undefined;
  const element = (name: string): Json => canonicalElement(name, statement[name]);
  const notPrincipals = statement["NotPrincipal"] !== undefined;
  const notActions = statement["NotAction"] !== undefined;
  const notResources = statement["NotResource"] !== undefined;
  return {
    ...(typeof sid === "string" && { sid }),
    effect,
    principals: principalsOf(element(notPrincipals ? "NotPrincipal" : "Principal")),
    notPrincipals,
    actions: texts(element(notActions ? "NotAction" : "Action")),
    notActions,
    resources: texts(element(notResources ? "NotResource" : "Resource")),
    notResources,
    conditions: conditionsOf(element("Condition")),
  };
}

function principalsOf(principal: Json | undefined): string[] {
  if (!isObject(principal)) return texts(principal);
  return sorted(
    Object.entries(principal).flatMap(([type, members]) =>
      texts(members).map((member) => `${type}:${member}`),
    ),
  );
}

function conditionsOf(condition: Json | undefined): ConditionRow[] {
  if (!isObject(condition)) return [];
  const rows = Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: texts(values),
        }))
      : [{ operator, key: "", values: texts(keys) }],
  );
  return rows.sort((one, other) => compare(one.operator, other.operator) || compare(one.key, other.key));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

// The canonical form has sorted its lists already.
function texts(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  const values: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return isTexts(values)
    ? values
    : sorted(values.map((entry) => (typeof entry === "string" ? entry : stableJson(entry))));
}

function isTexts(values: readonly Json[]): values is string[] {
  return values.every((value) => typeof value === "string");
}
