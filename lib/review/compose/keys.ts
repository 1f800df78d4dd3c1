// By which names a resource and an integration find each other: ARNs where they are known, else what makes them up.
import { arnParts, sourceArn, tableBucketOf, targetArn } from "../rules/arns";
import type { Field, Integration, PlanView, Policy, Resource } from "../plan-view";
import { isKnown } from "../plan-view";

/** Types whose ARN is unknown at creation, with the attribute that is known and the start of its key. */
const NAMED: Readonly<Record<string, readonly [attribute: string, key: string]>> = {
  aws_dynamodb_table: ["name", "dynamodb/table"],
  aws_glue_catalog_database: ["name", "glue/database"],
  aws_glue_connection: ["name", "glue/connection"],
  aws_iam_role: ["name", "role"],
  aws_s3tables_table_bucket: ["name", "s3tables"],
};

/** Attributes that name what a resource belongs to. */
const OWNERS: readonly string[] = ["resource_arn", "table_bucket_arn", "key_id", "secret_arn"];

/** Attributes of warehouses by which integrations name them. */
const NAMESPACES: readonly string[] = ["cluster_namespace_arn", "namespace_arn"];

/** The keys of the thing that a resource is. */
export function identityKeys(resource: Resource): string[] {
  const arns = texts(resource, ["arn", ...NAMESPACES]);
  if (arns.length > 0) return arns;
  const [attribute, key] = (Object.hasOwn(NAMED, resource.type) ? NAMED[resource.type] : undefined) ?? [];
  return attribute === undefined ? [] : texts(resource, [attribute]).map((name) => `${key}/${name}`);
}

/** The keys of what a resource is and of what it belongs to. */
export function resourceKeys(resource: Resource): string[] {
  const keys = [...identityKeys(resource), ...texts(resource, OWNERS)];
  if (!resource.type.startsWith("aws_iam_role")) return keys;
  const names = texts(resource, [resource.type === "aws_iam_role" ? "name" : "role"]);
  return [...keys, ...names.map((name) => `role/${name}`)];
}

/** The keys of what is decoded of a plan, by address. */
export function decodedKeys(view: PlanView): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  const add = ({ address }: Resource, ...fields: readonly (string | undefined)[]): void => {
    const found = fields.filter((field) => field !== undefined);
    keys.set(address, [...(keys.get(address) ?? []), ...found]);
  };
  for (const { resource, before, after } of view.resourceProperties) {
    add(resource, ...both(before?.resourceArn, after?.resourceArn));
  }
  for (const { resource, before, after } of view.tableProperties) {
    for (const side of [before, after]) {
      const [arn] = both(side?.resourceArn);
      const [table] = both(side?.tableName);
      if (arn !== undefined) add(resource, tablesKey(arn), table && tablesKey(arn, table));
    }
  }
  for (const { resource, before, after } of view.integrationSettings) {
    add(resource, ...both(before?.integrationArn, after?.integrationArn));
  }
  for (const policy of view.policies) {
    const { resource, kind, subject } = policy;
    add(resource, ...(kind === "catalog" ? catalogKeys(view.stack, policy) : both(subject)));
  }
  return keys;
}

/**
 * A catalog policy is about many integrations, and a change of it about those whose source or target the changed statements name;
 * where they do not name them one by one, it is about all.
 */
function catalogKeys(stack: string, { changes }: Policy): string[] {
  const rows = changes.flatMap(({ before, after }) => [before, after].filter((row) => row !== undefined));
  const values = rows.map((row) => row.conditions.flatMap((condition) => condition.values));
  const isOneByOne = values.every((list) => list.length > 0 && list.every((value) => !/[*?]/.test(value)));
  if (rows.length === 0 || !isOneByOne) return [catalogKey(stack)];
  return [...new Set([...values.flat(), ...rows.flatMap(({ resources }) => resources)])];
}

/** The keys of everything that an integration depends on; `rolesOf` tells the roles of a resource by its ARN. */
export function integrationKeys(
  stack: string,
  { before, after, arn }: Integration,
  rolesOf: (resourceArn: string) => readonly string[],
): string[] {
  const sources = both(before?.sourceArn, after?.sourceArn);
  const targets = both(before?.targetArn, after?.targetArn);
  const tables = sources.map((text) => {
    const source = sourceArn(text);
    return source?.kind === "dynamodb" ? source.table : undefined;
  });
  return [
    ...(arn === undefined ? [] : [arn]),
    ...both(before?.kmsKeyId, after?.kmsKeyId),
    ...sources.flatMap(endKeys),
    ...targets.flatMap(endKeys),
    ...targets.flatMap((target) => tables.map((table) => tablesKey(target, table))),
    ...[...sources, ...targets].flatMap(rolesOf).flatMap((role) => [role, roleKey(role)]),
    ...(targets.some((target) => arnParts(target)?.service === "glue") ? [catalogKey(stack)] : []),
  ];
}

/** The keys of a source or target by its ARN. */
export function endKeys(arn: string): string[] {
  const source = sourceArn(arn);
  if (source?.kind === "dynamodb") return [arn, `dynamodb/table/${source.table}`];
  if (source?.kind === "connection") return [arn, `glue/connection/${source.connection}`];
  const target = targetArn(arn);
  if (target?.kind === "glue-database") return [arn, `glue/database/${target.name}`];
  const bucket = target && tableBucketOf(target);
  if (target === undefined || bucket === undefined) return [arn];
  const { partition, region, account } = target.address;
  return [arn, `arn:${partition}:s3tables:${region}:${account}:bucket/${bucket}`, `s3tables/${bucket}`];
}

function tablesKey(arn: string, table?: string): string {
  return `${arn} ${table ?? "*"}`;
}

function catalogKey(stack: string): string {
  return `catalog of ${stack}`;
}

function roleKey(arn: string): string {
  return `role/${arn.split("/").at(-1) ?? arn}`;
}

// Asked of every resource for many attributes, of which it has few.
function texts({ before, after }: Resource, attributes: readonly string[]): string[] {
  const found = new Set<string>();
  for (const attribute of attributes) {
    for (const side of [before, after]) {
      const value = side !== undefined && Object.hasOwn(side, attribute) ? side[attribute] : undefined;
      if (typeof value === "string") found.add(value);
    }
  }
  return [...found];
}

function both(...fields: readonly Field<string>[]): string[] {
  return [...new Set(fields.filter(isKnown))];
}
