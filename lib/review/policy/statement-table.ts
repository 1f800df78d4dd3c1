// The statement table of a policy: what each statement says, and what a change gives or takes.

/** A statement in one form: equal statements in other words have equal rows. */
export interface StatementRow {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** `AWS:111122223333`, `Service:glue.amazonaws.com`, `*`; empty in the policy of a role. Sorted, as all lists. */
  readonly principals: readonly string[];
  /** Whether the statement is about everybody but `principals`; likewise the other two. */
  readonly notPrincipals: boolean;
  readonly actions: readonly string[];
  readonly notActions: boolean;
  readonly resources: readonly string[];
  readonly notResources: boolean;
  readonly conditions: readonly ConditionRow[];
}

/** One condition: all of a statement must hold, each by one of its values. */
export interface ConditionRow {
  /** `StringEquals`. */
  readonly operator: string;
  /** In lower case, because AWS does not tell cases of keys apart. */
  readonly key: string;
  readonly values: readonly string[];
}

export type StatementPart = "effect" | "principal" | "action" | "resource" | "condition";

/** How much a change lets: `widened` lets more, `narrowed` less, `changed` both or not comparable. */
export type Direction = "widened" | "narrowed" | "changed";

/** How one part of a statement changes. */
export interface PartChange {
  readonly part: StatementPart;
  readonly direction: Direction;
  /** What is new in the part, as it is shown: conditions as `StringEquals aws:sourceaccount = 111122223333`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** How one statement of a document changes; an added `Deny` is `added`, as is an added `Allow`: `row.effect` tells. */
export interface StatementChange {
  readonly kind: "added" | "removed" | Direction;
  readonly before?: StatementRow;
  readonly after?: StatementRow;
  /** Of a statement that stays: what changes in it. Empty for `added` and `removed`. */
  readonly parts: readonly PartChange[];
}
