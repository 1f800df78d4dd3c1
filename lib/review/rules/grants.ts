// Whether a document allows what a statement of lib/policy allows.
import type { Principal, Statement } from "../../policy/statement";
import type { StatementRow } from "../plan-view";
import { actionCovers, patternCovers, principalCovers } from "../policy/covers";

/**
 * Whether the rows allow everything that the statement does, each action on each resource for each principal. What cannot be told,
 * such as a condition on a key that the statement does not name, counts as not allowed.
 */
export function grants(rows: readonly StatementRow[], required: Statement): boolean {
  const principals = required.Principal === undefined ? [undefined] : principalsOf(required.Principal);
  const contexts = contextsOf(required);
  return principals.every((principal) =>
    required.Action.every((action) =>
      (required.Resource ?? [undefined]).every((resource) =>
        contexts.every((context) => {
          const request = { principal, action, resource, context };
          const matching = rows.filter((row) => isAbout(row, request));
          return (
            matching.some(({ effect }) => effect === "Allow") &&
            matching.every(({ effect }) => effect === "Allow")
          );
        }),
      ),
    ),
  );
}

interface Request {
  readonly principal: string | undefined;
  readonly action: string;
  readonly resource: string | undefined;
  /** Condition keys in lower case. */
  readonly context: Readonly<Record<string, string>>;
}

function principalsOf(principal: Principal): string[] {
  return Object.entries(principal).flatMap(([type, values]) =>
    (values as readonly string[]).map((value) => `${type}:${value}`),
  );
}

/** What a request has under the statement's conditions: one for each value of each of its keys. */
function contextsOf({ Condition = {} }: Statement): Record<string, string>[] {
  let contexts: Record<string, string>[] = [{}];
  for (const [key, values] of Object.values(Condition).flatMap((keys) => Object.entries(keys))) {
    contexts = contexts.flatMap((context) =>
      values.map((value) => ({ ...context, [key.toLowerCase()]: value })),
    );
  }
  return contexts;
}

function isAbout(row: StatementRow, { principal, action, resource, context }: Request): boolean {
  const { effect, principals, notPrincipals, actions, notActions, resources, notResources, conditions } = row;
  const isPrincipal = principals.some((one) => principal !== undefined && principalCovers(one, principal));
  if (principal !== undefined && isPrincipal === notPrincipals) return false;
  if (actions.some((one) => actionCovers(one, action)) === notActions) return false;
  const isResource = resources.some((one) => resource !== undefined && patternCovers(one, resource));
  if (resource !== undefined && resources.length > 0 && isResource === notResources) return false;
  return conditions.every(({ operator, key, values }) => {
    const value = context[key];
    // An Allow that asks for more than is known may not apply, and a Deny neither.
    if (value === undefined) return false;
    if (/^(?:String|Arn)Not/.test(operator)) {
      return effect === "Deny" && !values.some((pattern) => patternCovers(pattern, value));
    }
    return /^(?:ForAnyValue:)?(?:StringEquals(?:IgnoreCase)?|StringLike|ArnEquals|ArnLike)(?:IfExists)?$/.test(
      operator,
    )
      ? values.some((pattern) =>
          /^StringEquals/.test(operator) ? pattern === value : patternCovers(pattern, value),
        )
      : false;
  });
}

const SOURCE = "aws:sourcearn";

/**
 * The rows of a document by the sources that they are bound to: one of hundreds of integrations asks for its own, and not for those of
 * all the others.
 */
export class BoundRows {
  private readonly bySource = new Map<string, StatementRow[]>();
  private readonly others: StatementRow[] = [];

  constructor(rows: readonly StatementRow[]) {
    for (const row of rows) {
      const bound = row.conditions.find(
        ({ operator, key, values }) =>
          key === SOURCE &&
          /^(?:StringEquals|ArnEquals)$/.test(operator) &&
          !values.some((one) => /[*?]/.test(one)),
      );
      if (bound === undefined) this.others.push(row);
      for (const value of bound?.values ?? []) {
        const same = this.bySource.get(value);
        if (same === undefined) this.bySource.set(value, [row]);
        else same.push(row);
      }
    }
  }

  /** Those that may have to do with what a statement allows. */
  of(statement: Statement): StatementRow[] {
    const sources = sourcesOf(statement);
    const bound =
      sources === undefined
        ? [...this.bySource.values()].flat()
        : sources.flatMap((source) => this.bySource.get(source) ?? []);
    return [...this.others, ...new Set(bound)];
  }
}

/** The sources that a statement is bound to; nothing where it is bound to none. */
function sourcesOf({ Condition = {} }: Statement): readonly string[] | undefined {
  const keys = Object.values(Condition).flatMap((values) => Object.entries(values));
  return keys.find(([key]) => key.toLowerCase() === SOURCE)?.[1];
}
