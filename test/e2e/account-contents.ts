// Compares what is in the emulated account with what has to be there.
import type { JsonObject } from "../emulator/wire";
import type { EmulatedAccount } from "./account";
import { type Expected, TRUST_GRANTS } from "./expected";
import { grantsOf } from "./grants";
import type { Terraform } from "./terraform";

/** What a real apply has left behind is what the user guide asks for, and not a right more. */
export async function expectInAccount(account: EmulatedAccount, expected: Expected): Promise<void> {
  for (const table of expected.tables) {
    expect(grantsOf(await account.tablePolicy(table))).toEqual(expected.tableGrants);
  }
  expect(grantsOf(await account.catalogPolicy())).toEqual(expected.catalogGrants);

  const databases = await account.databases();
  const properties = await account.resourceProperties();
  expect(properties.map((property) => property["ResourceArn"]).sort()).toEqual(
    expect.arrayContaining(expected.targets.map(({ arn }) => arn).sort()),
  );
  for (const target of expected.targets) {
    expect(databases[target.database]).toBe(target.location);
    const property = properties.find(({ ResourceArn }) => ResourceArn === target.arn);
    const { RoleArn } = property?.["TargetProcessingProperties"] as { RoleArn: string };
    if (target.roleArn !== undefined) {
      expect(RoleArn).toBe(target.roleArn);
      continue;
    }
    const role = await account.role(RoleArn.split("/").at(-1) ?? "");
    expect(grantsOf(role.trust)).toEqual(TRUST_GRANTS);
    expect(Object.values(role.policies).flatMap(grantsOf).sort()).toEqual(target.roleGrants);
  }

  const tags = Object.entries(expected.tags).map(([key, value]) => ({ key, value }));
  const integrations = await account.integrations();
  expect(integrations).toHaveLength(expected.integrations.length);
  for (const { name, sourceArn, targetArn, description, minutes } of expected.integrations) {
    const integration = integrations.find(({ IntegrationName }) => IntegrationName === name);
    expect(integration).toMatchObject({ SourceArn: sourceArn, TargetArn: targetArn, Status: "ACTIVE" });
    expect(integration).not.toHaveProperty("Errors");
    expect(integration?.["Description"]).toBe(description);
    expect((integration?.["IntegrationConfig"] as JsonObject | undefined)?.["RefreshInterval"]).toBe(minutes);
    expect(integration?.["Tags"] ?? []).toEqual(tags.sort((a, b) => (a.key < b.key ? -1 : 1)));
  }
}

export async function expectOutputs(terraform: Terraform, expected: Expected): Promise<void> {
  const outputs = Object.values(await terraform.outputs());
  for (const { database } of expected.targets) expect(outputs).toContain(database);
  const arns = outputs.filter((value) => /^arn:aws:glue:[a-z0-9-]+:\d{12}:integration:/.test(String(value)));
  expect(arns).toHaveLength(expected.integrations.length);
}
