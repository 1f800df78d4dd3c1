// One call of the function, from what was sent to what is answered.
import type { AwsAddress } from "../arn";
import { AwsError, awsFailure } from "./aws-error";
import { catalogPolicyStore } from "./catalog-policy";
import type { Clients } from "./clients";
import { DeletionError, Failure } from "./failure";
import { applyIntegrationSettings, integrationSettingsDrift } from "./integration-settings";
import { applyStatements, removeStatements, statementsDrift, statementsOf } from "./merged-policy";
import type { Call } from "./parse";
import { formerTableArn, isDeletion, parseCall } from "./parse";
import type { Clock } from "./patience";
import { Patience } from "./patience";
import type {
  Done,
  OperatorAnswer,
  OperatorInput,
  OperatorKind,
  OperatorResult,
  TablePolicyInput,
} from "./protocol";
import { requestDigest } from "./request";
import { OPERATOR_RESERVE, accountsOf } from "./runtime";
import type { Session } from "./session";
import { tablePolicyStore } from "./table-policy";
import { applyTableProperties, deleteTableProperties, tablePropertiesDrift } from "./table-properties";
import { waitsOf } from "./waits";

/** What Lambda tells of a call. */
export interface CallContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** What the handler works with; tests bring their own. */
export interface Surroundings {
  /** Clients whose requests end with the signal. */
  readonly clients: (signal: AbortSignal) => Clients;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Writes one line into the function's log. */
  readonly log: (line: string) => void;
}

/** Answers one call; only a deletion that failed throws, as Terraform forgets what it deletes. */
export async function handle(
  surroundings: Surroundings,
  event: unknown,
  context: CallContext,
): Promise<OperatorAnswer> {
  const result = await answer(surroundings, event, context);
  surroundings.log(JSON.stringify({ ...subjectOf(event), result }));
  if (!result.ok && isDeletion(event)) throw new DeletionError(result);
  const request = requestDigest(event);
  return { ...result, ...(request !== undefined && { request }) };
}

// The rest of the input is in Terraform's plan, and may be long.
function subjectOf(event: unknown): Readonly<Record<string, unknown>> {
  const { kind, tf, action } = (event ?? {}) as Readonly<
    Record<string, { readonly action?: unknown } | undefined>
  >;
  return { kind, action: tf?.action ?? action };
}

async function answer(
  { clients, clock, environment }: Surroundings,
  event: unknown,
  context: CallContext,
): Promise<OperatorResult> {
  const left = Math.max(0, context.getRemainingTimeInMillis() - OPERATOR_RESERVE * 1000);
  const requests = new AbortController();
  const callOff = clock.after(left, () => requests.abort());
  try {
    const { address, functionName } = placeOf(context.invokedFunctionArn);
    const call = parseCall(event, address);
    const patience = new Patience(clock, {
      end: clock.now() + left,
      over: requests.signal,
      waits: waitsOf(environment),
      // A plan must not wait for what an apply may wait for.
      awaitsPermissions: call.action !== "read",
    });
    const accounts = accountsOf(environment);
    return await carryOut({ ...clients(requests.signal), address, functionName, accounts, patience }, call);
  } catch (error) {
    return failureOf(error).answer;
  } finally {
    callOff();
  }
}

/** Where a function is, from its ARN: `arn:{partition}:lambda:{region}:{account}:function:{name}`. */
function placeOf(functionArn: string): { readonly address: AwsAddress; readonly functionName: string } {
  const [, partition, , region, account, , functionName] = functionArn.split(":");
  if (partition && region && account && functionName) {
    return { address: { partition, region, account }, functionName };
  }
  throw new Error(`the ARN of the function cannot be read: ${functionArn}`);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof AwsError) return awsFailure(error);
  return new Failure("internal", `the operator has a fault: ${String(error)}`, {
    remedy: "report it with the input and the log of the function",
  });
}

interface Manager<I extends OperatorInput> {
  readonly apply: (session: Session, input: I, previous: Call["previous"]) => Promise<Done>;
  readonly remove: (session: Session, input: I) => Promise<Done>;
  readonly drift: (session: Session, input: I) => Promise<string[]>;
}

const NOTHING: Done = { ok: true, changed: false, message: "there is nothing to remove" };

const MANAGERS: { readonly [K in OperatorKind]: Manager<Extract<OperatorInput, { kind: K }>> } = {
  "table-properties": {
    apply: applyTableProperties,
    remove: deleteTableProperties,
    drift: tablePropertiesDrift,
  },
  "integration-settings": {
    apply: applyIntegrationSettings,
    // The integration keeps its settings, and goes by itself.
    remove: async () => NOTHING,
    drift: integrationSettingsDrift,
  },
  "catalog-policy": {
    apply: (session, { statements }, previous) =>
      applyStatements(session, catalogPolicyStore(session), statements, statementsOf(previous)),
    remove: (session, { statements }) => removeStatements(session, catalogPolicyStore(session), statements),
    drift: (session, { statements }) => statementsDrift(session, catalogPolicyStore(session), statements),
  },
  "table-policy": {
    apply: applyTablePolicy,
    remove: (session, { tableArn, statements }) =>
      removeStatements(session, tablePolicyStore(session, tableArn, { mayBeGone: true }), statements),
    drift: (session, { tableArn, statements }) =>
      statementsDrift(session, tablePolicyStore(session, tableArn, { mayBeGone: true }), statements),
  },
  propagation: {
    apply: async ({ patience }, { subjects }) => {
      const names = Object.keys(subjects).sort().join(", ");
      if (names === "") return { ok: true, changed: false, message: "there is nothing to wait for" };
      await patience.pause(patience.waits.propagation, `waiting for ${names} to be known everywhere`);
      return { ok: true, changed: false, message: `waited for ${names}` };
    },
    remove: async () => NOTHING,
    drift: async () => [],
  },
};

async function carryOut(session: Session, { action, input, previous }: Call): Promise<OperatorResult> {
  const manager = MANAGERS[input.kind] as unknown as Manager<OperatorInput>;
  switch (action) {
    case "read":
      return { ok: true, drift: await manager.drift(session, input) };
    case "delete":
      return manager.remove(session, input);
    default:
      return manager.apply(session, input, previous);
  }
}

// Statements of a table that was named before go from that table.
async function applyTablePolicy(
  session: Session,
  { tableArn, statements }: TablePolicyInput,
  previous: Call["previous"],
): Promise<Done> {
  const before = statementsOf(previous);
  const former = formerTableArn(previous, session.address);
  if (former !== undefined && former !== tableArn) {
    await applyStatements(session, tablePolicyStore(session, former, { mayBeGone: true }), [], before);
  }
  return applyStatements(
    session,
    tablePolicyStore(session, tableArn, { mayBeGone: false }),
    statements,
    before,
  );
}
