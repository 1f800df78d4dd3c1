// Compares what is in the emulated accounts with what has to be there.
import type { SqlStatement } from "../emulator/redshift/statements";
import type { JsonObject } from "../emulator/wire";
import type { EmulatedAccount } from "./account";
import { LOG_GROUPS, without } from "./account";
import type { Expected } from "./expected";
import type { ExpectedIntegration } from "./expected/integrations";
import {
  type ExpectedOperator,
  OPERATOR_CONFIGURATION,
  OPERATOR_LOG_RETENTION,
  OPERATOR_TRUST,
} from "./expected/operators";
import type { ExpectedProperty } from "./expected/properties";
import { TRUST_GRANTS } from "./expected/roles";
import { grantsOf } from "./grants";
import type { Stage } from "./stage";

/** What a real apply has left behind is what the guides ask for, and not a right more. */
export async function expectInAccounts(stage: Stage, expected: readonly Expected[]): Promise<void> {
  for (const one of expected) {
    const account = stage.at(one.place);
    await expectPolicies(account, one);
    expect(await account.databases()).toEqual(one.databases);
    expect(await account.inspection.tableBuckets()).toEqual(one.tableBuckets);
    await expectProperties(account, one.properties);
    await expectIntegrations(account, one.integrations);
    await expectOperators(account, one.operators);
  }
  await expectDatabases(stage, expected);
  expectTableProperties(stage, expected);
}

async function expectPolicies(account: EmulatedAccount, expected: Expected): Promise<void> {
  for (const [table, grants] of Object.entries(expected.tablePolicies)) {
    expect(grantsOf(await account.tablePolicy(table))).toEqual(grants);
  }
  expect(grantsOf(await account.catalogPolicy())).toEqual(expected.catalogPolicy);
  for (const [arn, grants] of Object.entries(expected.namespacePolicies)) {
    expect(grantsOf(await account.inspection.namespacePolicy(arn))).toEqual(grants);
  }
}

async function expectProperties(
  account: EmulatedAccount,
  expected: readonly ExpectedProperty[],
): Promise<void> {
  const properties = await account.resourceProperties();
  expect(properties.map(({ ResourceArn }) => ResourceArn).sort()).toEqual(
    expected.map(({ resourceArn }) => resourceArn),
  );
  const granted: string[] = [];
  for (const { resourceArn, side, options, role, lakeFormation } of expected) {
    const property = properties.find(({ ResourceArn }) => ResourceArn === resourceArn) ?? {};
    const { RoleArn, ...others } = property[side] as JsonObject;
    expect(others).toEqual(options);
    expect(Object.keys(property).filter((key) => key.endsWith("ProcessingProperties"))).toEqual([side]);
    granted.push(...lakeFormation.map((grant) => `${String(RoleArn)}: ${grant}`));
    if ("brought" in role) {
      expect(RoleArn).toBe(role.brought);
      continue;
    }
    const { trust, policies } = await account.role(String(RoleArn).split("/").at(-1) ?? "");
    expect(grantsOf(trust)).toEqual(TRUST_GRANTS);
    expect(Object.values(policies).flatMap(grantsOf).sort()).toEqual(role.grants);
  }
  expect(await account.inspection.lakeFormationGrants()).toEqual(granted.sort());
}

/** What the services tell beside what somebody has settled. */
const TOLD = ["IntegrationArn", "CreateTime", "Status", "Errors"];

async function expectIntegrations(
  account: EmulatedAccount,
  expected: readonly ExpectedIntegration[],
): Promise<void> {
  const redshift = await account.inspection.redshiftIntegrations();
  const actual = { glue: await account.integrations(), redshift };
  for (const api of ["glue", "redshift"] as const) {
    const settings = actual[api].map((one) =>
      Object.fromEntries(Object.entries(withSortedTags(one)).filter(([key]) => !TOLD.includes(key))),
    );
    const wanted = expected.filter((one) => one.api === api).map((one) => one.settings);
    expect(settings.sort(byName)).toEqual([...wanted].sort(byName));
  }
  expect(await statesOf(account)).toEqual(
    Object.fromEntries(expected.map(({ name, api }) => [name, api === "glue" ? "ACTIVE" : "active"])),
  );
}

/** Every function of the account, with its log and its role. */
async function expectOperators(
  account: EmulatedAccount,
  expected: readonly ExpectedOperator[],
): Promise<void> {
  const functions = await account.functions();
  const names = functions.map(({ FunctionName }) => String(FunctionName));
  expect(names).toHaveLength(expected.length);
  const retention = names.map((name) => [`/aws/lambda/${name}`, OPERATOR_LOG_RETENTION]);
  expect(without(LOG_GROUPS, await account.logGroups())).toEqual(Object.fromEntries(retention));
  for (const { name, accounts, grants } of expected) {
    const found = functions.find(({ FunctionName }) => name.test(String(FunctionName)));
    expect(found).toMatchObject({
      ...OPERATOR_CONFIGURATION,
      FunctionName: expect.stringMatching(name),
      Environment: { Variables: { ZERO_ETL_ACCOUNTS: accounts.join(",") } },
    });
    const { trust, policies } = await account.role(String(found?.["Role"]).split("/").at(-1) ?? "");
    expect(grantsOf(trust)).toEqual(OPERATOR_TRUST);
    expect(Object.values(policies).flatMap(grantsOf).sort()).toEqual(grants(String(found?.["FunctionName"])));
  }
}

/** Every record of every account: no API lists them. */
function expectTableProperties({ emulator }: Stage, expected: readonly Expected[]): void {
  const records = [...emulator.state.tableProperties].map(
    ([key, { source, target }]) => [key, { ...(source && { source }), ...(target && { target }) }] as const,
  );
  expect(Object.fromEntries(records)).toEqual(
    Object.assign({}, ...expected.map(({ tableProperties }) => tableProperties)),
  );
}

// hashicorp/aws sends tags in another order at every run.
function withSortedTags(one: JsonObject): JsonObject {
  const tags = one["Tags"];
  if (!Array.isArray(tags)) return one;
  const text = (tag: unknown): string => JSON.stringify(tag);
  return { ...one, Tags: [...tags].sort((a, b) => (text(a) < text(b) ? -1 : 1)) };
}

function byName(one: JsonObject, other: JsonObject): number {
  return String(one["IntegrationName"]) < String(other["IntegrationName"]) ? -1 : 1;
}

/** The state of each integration by its name, and what it complains of instead where there is something. */
export async function statesOf(account: EmulatedAccount): Promise<Record<string, unknown>> {
  const all = [...(await account.integrations()), ...(await account.inspection.redshiftIntegrations())];
  return Object.fromEntries(
    all.map(({ IntegrationName, Status, Errors = [] }) => [
      IntegrationName,
      (Errors as unknown[]).length === 0 ? Status : Errors,
    ]),
  );
}

/** Every statement that was ever run: the databases of integrations, each made once. */
async function expectDatabases({ at, emulator }: Stage, expected: readonly Expected[]): Promise<void> {
  const wanted: object[] = [];
  for (const { place, integrations } of expected) {
    const arns = await at(place).integrationArns();
    for (const { name, database } of integrations) {
      if (database === undefined) continue;
      const id = arns[name]?.split(":").at(-1) ?? "";
      wanted.push({ ...database.place, ...database.run, sql: database.sql(id), error: undefined });
    }
  }
  const run = emulator.sqlStatements.map(
    ({ account, region, clusterIdentifier, workgroupName, sql, error }: SqlStatement) => ({
      account,
      region,
      sql,
      error,
      ...(clusterIdentifier !== undefined && { clusterIdentifier }),
      ...(workgroupName !== undefined && { workgroupName }),
    }),
  );
  expect(run).toHaveLength(wanted.length);
  expect(run).toEqual(expect.arrayContaining(wanted));
}

/** Exactly the outputs that are documented, of the integrations of one stack. */
export async function expectOutputs(
  stage: Stage,
  outputs: Readonly<Record<string, unknown>>,
  expected: readonly Expected[],
  stack: string,
): Promise<void> {
  const wanted: Record<string, unknown> = {};
  for (const { place, integrations } of expected) {
    const arns = await stage.at(place).integrationArns();
    for (const { label, name, targetDatabase, writesWith, required } of integrations.filter(
      (one) => one.stack === stack,
    )) {
      const arn = arns[name] ?? "";
      const statements = outputs[`${label}_required_statements`];
      wanted[`${label}_integration_arn`] = arn;
      wanted[`${label}_target_database`] = targetDatabase(arn.split(":").at(-1) ?? "");
      wanted[`${label}_target_role_arn`] = writesWith && (await writingRole(stage, expected, writesWith));
      wanted[`${label}_required_statements`] = statements;
      expectRequired((statements ?? []) as readonly Required[], required);
    }
  }
  // What monitoring needs is no integration's own.
  expect(Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== OF_MONITORING))).toEqual(
    wanted,
  );
}

/** The output of what topics must allow. */
export const OF_MONITORING = "required_statements_of_monitoring";

interface Required {
  readonly arn: string;
  readonly requirements: readonly { readonly statement: JsonObject }[];
}

function expectRequired(documents: readonly Required[], expected: ExpectedIntegration["required"]): void {
  expect(documents.map(({ arn }) => arn).sort()).toEqual(Object.keys(expected).sort());
  for (const { arn, requirements } of documents) {
    const grants = grantsOf({ Statement: requirements.map(({ statement }) => statement) });
    if (expected[arn] !== undefined) expect(grants).toEqual(expected[arn]);
  }
}

async function writingRole(
  stage: Stage,
  expected: readonly Expected[],
  resourceArn: string,
): Promise<unknown> {
  for (const { place } of expected) {
    const properties = await stage.at(place).resourceProperties();
    const found = properties.find(({ ResourceArn }) => ResourceArn === resourceArn);
    if (found !== undefined) return (found["TargetProcessingProperties"] as JsonObject)["RoleArn"];
  }
  return "a role that nobody made";
}
