// The properties of replicated tables, which no Terraform resource manages.
import type { Json } from "../json";
import { AwsError, NOT_FOUND, awsFailure, isAwsError } from "./aws-error";
import type { TableConfigs, TableKey } from "./clients";
import { AGAIN, Failure } from "./failure";
import { reloadRisk } from "./inbound-integrations";
import { formerTable } from "./parse";
import type { Done, TablePropertiesInput } from "./protocol";
import type { Session } from "./session";
import type { Layout } from "./table-layout";
import {
  DEFAULT_LAYOUT,
  declaredLayout,
  layoutChange,
  layoutText,
  liveLayout,
  sameLayout,
  sameTargetTable,
  targetConfig,
} from "./table-layout";

type Previous = Readonly<Record<string, Json | undefined>> | undefined;

/** Writes what differs between the record of AWS and the input, and returns what was done. */
export async function applyTableProperties(
  session: Session,
  input: TablePropertiesInput,
  previous: Previous,
): Promise<Done> {
  const name = nameOf(keyOf(input));
  const { patience } = session;
  const left = await removePreviousPair(session, input, previous);
  const written = await patience.despiteOthers(`writing the properties of ${name}`, async () =>
    carryOut(session, input, await planOf(session, input, previous)),
  );
  if (written === undefined) {
    throw new Failure(
      "concurrent-changes",
      `the properties of ${name} were changed by somebody else each time`,
      {
        remedy: `${AGAIN} when there is less going on`,
      },
    );
  }
  return written
    ? { ok: true, changed: true, message: `${name} got the declared properties` }
    : { ok: true, changed: left, message: `${name} has the declared properties` };
}

/** Removes the record, unless the table would be loaded again for it. */
export async function deleteTableProperties(session: Session, input: TablePropertiesInput): Promise<Done> {
  const changed = await removeRecord(session, keyOf(input), (layout, because) => {
    throw new Failure(
      "table-in-use",
      `removing the properties of ${nameOf(keyOf(input))} would make AWS load the table again, ${layoutText(layout)} becoming ${layoutText(DEFAULT_LAYOUT)}: ${because}`,
      {
        remedy: `remove the integration first, or declare unnest full without partitionBy and layoutVersion ${raisedFrom(input)}, apply, and then remove the options`,
      },
    );
  });
  return { ok: true, changed, message: `${nameOf(keyOf(input))} has no properties` };
}

/** How the record of AWS differs from the input, in words. */
export async function tablePropertiesDrift(session: Session, input: TablePropertiesInput): Promise<string[]> {
  const record = await read(session, keyOf(input));
  const name = nameOf(keyOf(input));
  if (record === undefined) return [`${name} has no properties`];
  return differences(input, record).map((difference) => `${name}: ${difference}`);
}

interface Plan {
  readonly record: TableConfigs | undefined;
  /** What is to be written; nothing when the record is right. */
  readonly write: TableConfigs | undefined;
  /** Whether the raised `layoutVersion` is used up by it. */
  readonly spendsRaise: boolean;
}

async function planOf(session: Session, input: TablePropertiesInput, previous: Previous): Promise<Plan> {
  const record = await read(session, keyOf(input));
  if (record !== undefined && differences(input, record).length === 0) {
    return { record, write: undefined, spendsRaise: false };
  }
  if (input.primaryKey !== undefined) {
    refuseKeyChange(input, input.primaryKey, record);
    const SourceTableConfig = { ...record?.SourceTableConfig, PrimaryKey: [...input.primaryKey] };
    return { record, write: { SourceTableConfig }, spendsRaise: false };
  }
  const from = liveLayout(record);
  const to = declaredLayout(input);
  const changesLayout = !sameLayout(from, to);
  if (changesLayout && !isRaised(input, previous)) {
    const because = await reloadRisk(session, keyOf(input), record);
    if (because !== undefined) throw layoutRefusal(input, previous, from, because);
  }
  const write = { TargetTableConfig: targetConfig(to, input.targetTable, record) };
  return { record, write, spendsRaise: changesLayout && isRaised(input, previous) };
}

/** Carries out a plan: whether anything was written, or nothing where somebody else made or removed the record meanwhile. */
async function carryOut(
  session: Session,
  input: TablePropertiesInput,
  { record, write, spendsRaise }: Plan,
): Promise<boolean | undefined> {
  if (write === undefined) return false;
  const request = { ...keyOf(input), ...write };
  const doing = `writing the properties of ${nameOf(keyOf(input))}`;
  const { patience, glue } = session;
  try {
    await patience.call(doing, () =>
      record === undefined
        ? glue.createIntegrationTableProperties(request)
        : glue.updateIntegrationTableProperties(request),
    );
    await settle(session, input);
    return true;
  } catch (error) {
    if (record === undefined ? isExisting(error) : isAwsError(error, ...NOT_FOUND)) return undefined;
    const failure = error instanceof AwsError ? awsFailure(error) : error;
    // What was raised is known to Terraform as raised from now on, though nothing came of it.
    const again = `raise layoutVersion to ${raisedFrom(input)}, as ${input.layoutVersion ?? 1} was spent on this change`;
    throw spendsRaise && failure instanceof Failure ? failure.withRemedy(again) : failure;
  }
}

// The API declares no error for a record that exists.
function isExisting(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    /AlreadyExists|Conflict|already exist/i.test(`${error.code} ${error.message}`)
  );
}

function layoutRefusal(
  input: TablePropertiesInput,
  previous: Previous,
  from: Layout,
  because: string,
): Failure {
  const change = layoutChange(from, declaredLayout(input));
  const next = Math.max(raisedFrom(input), layoutVersionOf(previous) + 1);
  return new Failure(
    "layout-change",
    `changing ${change} would make AWS load ${nameOf(keyOf(input))} again, and nothing was changed: ${because}`,
    {
      remedy: `to have it loaded again, raise layoutVersion to ${next} with the change (after a raised change that failed, it has to be raised again); to leave it as it is, declare ${layoutText(from)}`,
    },
  );
}

function refuseKeyChange(
  input: TablePropertiesInput,
  primaryKey: readonly string[],
  record: TableConfigs | undefined,
): void {
  const live = record?.SourceTableConfig?.PrimaryKey ?? [];
  if (live.length === 0) return;
  throw new Failure(
    "primary-key-fixed",
    `the primary key of ${nameOf(keyOf(input))} is ${live.join(", ")} and cannot become ${primaryKey.join(", ")}: AWS does not change a primary key once it is set`,
    { remedy: `declare ${live.join(", ")}, or replicate the entity through another connection` },
  );
}

// The pair of before goes with the one that takes its place.
async function removePreviousPair(
  session: Session,
  input: TablePropertiesInput,
  previous: Previous,
): Promise<boolean> {
  const former = formerTable(previous, session.address);
  if (former === undefined) return false;
  const key = keyOf(former);
  if (former.resourceArn === input.resourceArn && former.tableName === input.tableName) return false;
  // Before anything is changed, so that a refusal leaves everything as it was.
  await planOf(session, input, previous);
  try {
    return await removeRecord(session, key, (layout, because) => {
      if (isRaised(input, previous)) return;
      throw new Failure(
        "layout-change",
        `leaving ${nameOf(key)} without its properties, ${layoutText(layout)}, would make AWS load the table again, and nothing was changed: ${because}`,
        {
          remedy: `raise layoutVersion to ${Math.max(raisedFrom(input), layoutVersionOf(previous) + 1)} with the change`,
        },
      );
    });
  } catch (error) {
    const still = `the properties of ${nameOf(key)} are still there: name that table again, and apply, to have them managed`;
    const failure = error instanceof AwsError ? awsFailure(error) : error;
    throw failure instanceof Failure ? failure.withRemedy(still) : failure;
  }
}

async function removeRecord(
  session: Session,
  key: TableKey,
  refuse: (layout: Layout, because: string) => void,
): Promise<boolean> {
  const record = await read(session, key);
  if (record === undefined) return false;
  const layout = liveLayout(record);
  if (!sameLayout(layout, DEFAULT_LAYOUT)) {
    const because = await reloadRisk(session, key, record);
    if (because !== undefined) refuse(layout, because);
  }
  try {
    await session.patience.call(`removing the properties of ${nameOf(key)}`, () =>
      session.glue.deleteIntegrationTableProperties(key),
    );
    return true;
  } catch (error) {
    if (isAwsError(error, ...NOT_FOUND)) return false;
    throw error;
  }
}

async function read(session: Session, key: TableKey): Promise<TableConfigs | undefined> {
  try {
    return await session.patience.call(`reading the properties of ${nameOf(key)}`, () =>
      session.glue.getIntegrationTableProperties(key),
    );
  } catch (error) {
    if (isAwsError(error, ...NOT_FOUND)) return undefined;
    throw error;
  }
}

async function settle(session: Session, input: TablePropertiesInput): Promise<void> {
  const { patience } = session;
  let seen: readonly string[] = [];
  const settled = await patience.until(
    `waiting for the properties of ${nameOf(keyOf(input))} to show`,
    patience.waits.settling,
    async () => {
      const record = await read(session, keyOf(input));
      seen = record === undefined ? ["there are none"] : differences(input, record);
      return seen.length === 0 ? true : undefined;
    },
  );
  if (settled !== undefined) return;
  throw new Failure(
    "not-shown",
    `AWS took the properties of ${nameOf(keyOf(input))} and does not show them: ${seen.join("; ")}`,
    { remedy: "declare what AWS shows, or change attempt to write them again" },
  );
}

function differences(input: TablePropertiesInput, record: TableConfigs): string[] {
  if (input.primaryKey !== undefined) {
    const live = record.SourceTableConfig?.PrimaryKey ?? [];
    const same = [...live].sort().join() === [...input.primaryKey].sort().join();
    return same
      ? []
      : [`the primary key is ${live.join(", ") || "not set"}, not ${input.primaryKey.join(", ")}`];
  }
  const layout = liveLayout(record);
  const declared = declaredLayout(input);
  const name = record.TargetTableConfig?.TargetTableName;
  return [
    ...(sameLayout(layout, declared)
      ? []
      : [`the layout is ${layoutText(layout)}, not ${layoutText(declared)}`]),
    ...(sameTargetTable(input, name)
      ? []
      : [`the target table is ${name ?? "not named"}, not ${input.targetTable ?? input.tableName}`]),
  ];
}

function isRaised(input: TablePropertiesInput, previous: Previous): boolean {
  return (input.layoutVersion ?? 1) > layoutVersionOf(previous);
}

function raisedFrom({ layoutVersion = 1 }: TablePropertiesInput): number {
  return layoutVersion + 1;
}

function layoutVersionOf(previous: Previous): number {
  const version = previous?.["layoutVersion"];
  return typeof version === "number" ? version : 1;
}

function keyOf({
  resourceArn,
  tableName,
}: Pick<TablePropertiesInput, "resourceArn" | "tableName">): TableKey {
  return { ResourceArn: resourceArn, TableName: tableName };
}

function nameOf({ ResourceArn, TableName }: TableKey): string {
  return `${TableName} in ${ResourceArn}`;
}
