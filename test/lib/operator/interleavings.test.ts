// Several stacks and other people change one policy at once, in any order that their calls can arrive in.
import fc from "fast-check";
import type { Scheduler } from "fast-check";
import type { OperatorResult } from "../../../lib/operator/protocol";
import { OPERATOR_ACCOUNTS } from "../../../lib/operator/runtime";
import { sameStatement } from "../../../lib/policy/canonical";
import type { LiveStatement } from "../../../lib/policy/canonical";
import { glueDatabaseResources, inboundStatements } from "../../../lib/policy/catalog";
import { tableExportStatement } from "../../../lib/policy/dynamodb-table";
import { markedStatements } from "../../../lib/policy/own-statements";
import { readPolicyText } from "../../../lib/policy/policy-text";
import { redshiftTableExportStatements } from "../../../lib/policy/redshift";
import type { IdentifiedStatement, Statement } from "../../../lib/policy/statement";
import { ADDRESS, FakeAccount, FakeFunction, TABLE } from "./fakes";

/** An account whose calls arrive in the order that the scheduler gives them. */
class ScheduledAccount extends FakeAccount {
  constructor(private readonly scheduler: Scheduler) {
    super();
  }

  protected override async arrive(operation: string, request: unknown): Promise<void> {
    await this.scheduler.schedule(Promise.resolve(), operation);
    await super.arrive(operation, request);
  }
}

/** A policy that several write, and what may stand in it. */
interface Shared {
  readonly input: (statements: readonly IdentifiedStatement[]) => object;
  readonly get: (account: FakeAccount) => string | undefined;
  readonly set: (account: FakeAccount, text: string | undefined) => void;
  readonly pool: readonly Statement[];
}

const CATALOG_POLICY: Shared = {
  input: (statements) => ({ kind: "catalog-policy", statements }),
  get: (account) => account.catalogPolicy,
  set: (account, text) => void (account.catalogPolicy = text),
  pool: ["orders", "customers"].flatMap((table) =>
    ["lake", "shop"].flatMap((targetKey) =>
      inboundStatements({
        targetKey,
        resources: glueDatabaseResources(ADDRESS, targetKey),
        sources: [{ arn: TABLE.replace("orders", table) }],
        deployerArns: ["arn:aws:iam::444455556666:root"],
      }),
    ),
  ),
};

const TABLE_POLICY: Shared = {
  input: (statements) => ({ kind: "table-policy", tableArn: TABLE, statements }),
  get: (account) => account.tablePolicies.get(TABLE),
  set: (account, text) => {
    if (text === undefined) account.tablePolicies.delete(TABLE);
    else account.tablePolicies.set(TABLE, text);
  },
  pool: [
    tableExportStatement({ address: ADDRESS }),
    tableExportStatement({
      address: ADDRESS,
      integrationArns: ["arn:aws:glue:us-east-1:111122223333:integration:1"],
    }),
    ...redshiftTableExportStatements({ address: ADDRESS, table: "orders" }),
  ],
};

/** Statements of other people, as they write them. */
const FOREIGN = [
  '{ "Sid": "Theirs", "Effect": "Deny", "Principal": "*", "Action": "glue:*", "Resource": "*" }',
  '{"Effect":"Allow","Principal":{"AWS":["444455556666"]},"Action":["glue:GetTable"],"Resource":["*"]}',
  '{\n  "Sid" : "ZeroEtlLookAlike", "Effect":"Allow", "Principal":{"Service":"glue.amazonaws.com"}, "Action":"glue:AuthorizeInboundIntegration", "Resource":"*" }',
  '{"Sid":"Numbers","n":1.0,"s":"\\u0041"}',
];

function piecesOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  const document = readPolicyText(text);
  if (document === undefined) throw new Error(text);
  return document.statements.map(({ start, end }) => text.slice(start, end));
}

/** A stack: what it declares from apply to apply, and whether it goes at the end. */
interface Owner {
  readonly applies: readonly (readonly number[])[];
  readonly goes: boolean;
}

const owners = (pool: readonly Statement[]) =>
  fc.array(
    fc.record<Owner>({
      applies: fc.array(fc.subarray(pool.map((_, index) => index)), { minLength: 1, maxLength: 2 }),
      goes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  );

/** What other people do: the statements that stand there afterwards. */
const edits = fc.array(fc.subarray(FOREIGN), { minLength: 1, maxLength: 3 });

/** Sids must differ within one input. */
function declared(shared: Shared, name: string, choice: readonly number[]): IdentifiedStatement[] {
  const chosen = choice.flatMap((index) => shared.pool[index] ?? []);
  const bySid = new Map(chosen.map((statement) => [statement.Sid, statement]));
  return markedStatements(name, [...bySid.values()]);
}

async function live(
  operator: FakeFunction,
  shared: Shared,
  name: string,
  owner: Owner,
): Promise<OperatorResult[]> {
  const results: OperatorResult[] = [];
  let previous: object | undefined;
  for (const choice of owner.applies) {
    const input = shared.input(declared(shared, name, choice));
    results.push(await (previous === undefined ? operator.create(input) : operator.update(input, previous)));
    previous = input;
  }
  if (owner.goes && previous !== undefined) results.push(await operator.delete(previous));
  return results;
}

/** Other people write the whole document at once, with what they find in it of ours. */
async function edit(
  account: FakeAccount,
  shared: Shared,
  scheduler: Scheduler,
  plan: readonly (readonly string[])[],
  wrote: (foreign: readonly string[]) => void,
): Promise<void> {
  for (const foreign of plan) {
    await scheduler.schedule(Promise.resolve(), "edit");
    const ours = piecesOf(shared.get(account)).filter((piece) => !FOREIGN.includes(piece));
    const all = [...foreign, ...ours];
    shared.set(account, all.length === 0 ? undefined : `{ "Id":"x", "Statement": [ ${all.join(" ,\n ")} ] }`);
    wrote(foreign);
  }
}

describe.each<[string, Shared]>([
  ["the Glue catalog policy", CATALOG_POLICY],
  ["the policy of a DynamoDB table", TABLE_POLICY],
])("in %s", (_, shared) => {
  test("no order of merges and removals loses or alters a statement of somebody else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), owners(shared.pool), edits, async (scheduler, stacks, plan) => {
        const account = new ScheduledAccount(scheduler);
        let foreign: readonly string[] = [];
        const others = edit(account, shared, scheduler, plan, (written) => void (foreign = written));
        const names = stacks.map((__, index) => `stack-${index}`);
        const lives = stacks.map((owner, index) => {
          const name = names[index] ?? "";
          const operator = new FakeFunction(
            account,
            `arn:aws:lambda:us-east-1:111122223333:function:${name}`,
          );
          operator.environment[OPERATOR_ACCOUNTS] = "444455556666";
          return live(operator, shared, name, owner);
        });
        await scheduler.waitFor(Promise.all([others, ...lives]));

        expect((await Promise.all(lives)).flat().map(({ ok }) => ok)).not.toContain(false);
        const pieces = piecesOf(shared.get(account));
        expect(pieces.filter((piece) => FOREIGN.includes(piece))).toEqual(foreign);
        const ours = pieces
          .filter((piece) => !FOREIGN.includes(piece))
          .map((piece) => JSON.parse(piece) as LiveStatement);
        const expected = stacks.flatMap(({ applies, goes }, index) =>
          goes ? [] : declared(shared, names[index] ?? "", applies.at(-1) ?? []),
        );
        expect(ours).toHaveLength(expected.length);
        for (const statement of expected) {
          expect(ours.some((piece) => sameStatement(piece, statement as unknown as LiveStatement))).toBe(
            true,
          );
        }
        if (pieces.length === 0) expect(shared.get(account)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
