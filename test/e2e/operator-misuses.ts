// What somebody may try who is allowed to invoke the function of a stack, and nothing else.
import type { JsonObject } from "../emulator/wire";
import { ANALYSTS, TABLE } from "./operator-faults";
import { OTHER_ACCOUNT } from "./stage";

/** A statement of other people that arrives while a stack writes. */
export const RACED = {
  Sid: "Raced",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
} as const;

const create = { tf: { action: "create", prev_input: null } };

const wildcard = { Sid: "ZeroEtlMine", Effect: "Allow", Principal: "*", Action: "glue:*", Resource: "*" };

/** An event, made of a statement of the stack's own in the catalog policy, and what is answered; nothing is ever written. */
type Misuse = readonly [name: string, event: (own: JsonObject) => JsonObject, answer: JsonObject];

export const MISUSES: readonly Misuse[] = [
  [
    "for an action of his own",
    (own) => ({ kind: "catalog-policy", statements: [own], action: "sweep" }),
    { ok: false, code: "unknown-action", message: 'the operator knows no action "sweep"' },
  ],
  [
    "with an input of another form",
    () => ({ kind: "catalog-policy", statements: {}, ...create }),
    { ok: false, code: "malformed-input", message: "statements is not a list: a mapping" },
  ],
  [
    "for other rights",
    (own) => ({ kind: "catalog-policy", statements: [own, wildcard], ...create }),
    {
      ok: false,
      code: "refused-statement",
      message:
        "statement ZeroEtlMine does not go into the Glue catalog policy: its Action is not what a zero-ETL integration needs",
    },
  ],
  [
    "for another principal",
    (own) => ({ kind: "catalog-policy", statements: [{ ...own, Principal: "*" }], ...create }),
    {
      ok: false,
      code: "refused-statement",
      message: expect.stringContaining("its Principal is not what a zero-ETL integration needs") as unknown,
    },
  ],
  [
    "for a resource of another account",
    (own) => ({
      kind: "catalog-policy",
      statements: [{ ...own, Resource: `arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:catalog` }],
      ...create,
    }),
    {
      ok: false,
      code: "refused-statement",
      message: expect.stringContaining(
        `its Resource holds arn:aws:glue:us-east-1:${OTHER_ACCOUNT}:catalog`,
      ) as unknown,
    },
  ],
  [
    "to take out what others wrote",
    (own) => {
      const statements = [JSON.parse(ANALYSTS) as JsonObject, RACED];
      const tf = { action: "update", prev_input: { kind: "catalog-policy", statements } };
      return { kind: "catalog-policy", statements: [own], tf };
    },
    { ok: true, changed: false },
  ],
  [
    "for a table of another stack",
    () => ({
      kind: "table-policy",
      tableArn: TABLE.replace("orders", "customers"),
      statements: [],
      ...create,
    }),
    { ok: false, code: "access-denied", awsCode: "AccessDeniedException" },
  ],
];
