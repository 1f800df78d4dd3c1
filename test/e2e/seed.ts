// Puts into the account what a declaration says exists already.
import type { Declaration } from "../../lib/spec";
import { parseDeclaration } from "../../lib/spec";
import type { EmulatedAccount } from "./account";
import { databaseTargets, dynamoDbSources } from "./expected";

export interface Seeded {
  /** The declaration with the keys of the account: nobody can choose the id of a key, not even in an emulated account. */
  readonly text: string;
  readonly declaration: Declaration;
}

export async function seed(account: EmulatedAccount, text: string): Promise<Seeded> {
  const declared = parse(text);
  const keys = new Map<string, string>();
  for (const region of Object.values(declared.environments).map((environment) => environment.region)) {
    for (const key of new Set(text.match(new RegExp(`arn:aws:kms:${region}:\\d{12}:key/[0-9a-f-]+`, "g")))) {
      if (!keys.has(key)) keys.set(key, await account.in(region).createKey());
    }
  }
  const known = [...keys].reduce((result, [written, made]) => result.replaceAll(written, made), text);
  const declaration = parse(known);
  await Promise.all(Object.keys(declaration.stacks).map((stack) => seedStack(account, declaration, stack)));
  return { text: known, declaration };
}

/** The same declaration with every integration open to being destroyed. */
export function unprotected(text: string): string {
  return text
    .replace(/^( +)target: (.+)$/gm, "$1target: $2\n$1protect: false")
    .replace(/^( +[\w-]+: \{ source: .*?) \}$/gm, "$1, protect: false }");
}

async function seedStack(account: EmulatedAccount, declaration: Declaration, stack: string): Promise<void> {
  const spec = declaration.stacks[stack];
  const environment = spec && declaration.environments[spec.environment];
  if (spec === undefined || environment === undefined) throw new Error(`stack ${stack} is not declared`);
  const here = account.in(environment.region);
  for (const { table, kmsKeyArn } of dynamoDbSources(spec)) {
    await here.createTable(table, kmsKeyArn === undefined ? {} : { encryption: { kmsKeyArn } });
  }
  for (const { database, location, create, roleArn } of databaseTargets(spec)) {
    if (create === false) await here.createDatabase(database, location);
    if (roleArn !== undefined) await here.createTargetRole(nameOf(roleArn));
  }
  if (environment.deployerArn !== undefined)
    await here.createRole(nameOf(environment.deployerArn), "ec2.amazonaws.com");
}

function nameOf(roleArn: string): string {
  return roleArn.split("/").at(-1) ?? "";
}

function parse(text: string): Declaration {
  const { declaration, issues } = parseDeclaration(text, "zero-etl.yaml");
  if (declaration === undefined) throw new Error(`the declaration does not parse: ${JSON.stringify(issues)}`);
  return declaration;
}
