// The statements that may be written into a policy that others own as well: those that this library makes, and no other.
import type { AwsAddress } from "../arn";
import { accountRootArn, dynamoDbTableArn, glueIntegrationsArn, redshiftIntegrationsArn } from "../arn";
import type { Json } from "../json";
import { stableJson } from "../json";
import { ARN_SHAPES, accountOf } from "../rules/arns";
import type { LiveStatement } from "./canonical";
import { canonicalElement, isObject } from "./canonical";
import { inboundStatements } from "./catalog";
import { tableExportStatement } from "./dynamodb-table";
import { redshiftTableExportStatements } from "./redshift";
import type { Statement } from "./statement";

/**
 * A policy into which statements are merged; `accounts` are those beside its own that it may let in, `tableArn` is the DynamoDB
 * table whose policy it is.
 */
export type MergedPolicy =
  | { readonly kind: "catalog-policy"; readonly address: AwsAddress; readonly accounts: readonly string[] }
  | { readonly kind: "table-policy"; readonly address: AwsAddress; readonly tableArn: string };

/** What is wrong with a statement, and the element in which it is. */
export interface ShapeRefusal {
  readonly element: string;
  readonly message: string;
}

/** Every Sid of ours begins so; AWS allows letters and digits only. */
const SID = /^ZeroEtl[A-Za-z0-9]+$/;

/** Elements of a statement in the order in which they are judged. */
const ELEMENTS = ["Effect", "Action", "Principal", "Resource", "Condition"] as const;

/** What of a statement varies: all else is as the library makes it. */
interface Variables {
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  /** Values of `aws:SourceArn`, whatever operator they are under. */
  readonly sources: readonly string[];
}

/** A statement that the library makes of such variables, and what the variables may be. */
interface Shape {
  readonly statement: Statement;
  readonly allowed: { readonly [K in keyof Variables]: RegExp | undefined };
}

/** Why a statement must not be written into the policy; nothing when it may be. */
export function statementRefusal(policy: MergedPolicy, statement: LiveStatement): ShapeRefusal | undefined {
  if (!hasOurSid(statement)) return refusal("Sid", "does not begin with ZeroEtl, letters and digits only");
  const variables = variablesOf(statement);
  const shapes = shapesOf(policy, statement, variables);
  const shape = shapes.find(({ statement: { Action } }) => same("Action", Action, statement["Action"]));
  if (shape === undefined) return refusal("Action", "is not what a zero-ETL integration needs");
  return (
    elementRefusal(shape, statement) ?? variableRefusal(shape, variables) ?? accountRefusal(policy, variables)
  );
}

/**
 * Whether a statement may be taken out again: it need not have the form that it would be written in today, because another
 * version of the library may have written it.
 */
export function isRemovable({ kind }: Pick<MergedPolicy, "kind">, statement: LiveStatement): boolean {
  const actions = canonicalElement("Action", statement["Action"]);
  return (
    hasOurSid(statement) &&
    statement["Effect"] === "Allow" &&
    Array.isArray(actions) &&
    actions.every((action) => typeof action === "string" && REMOVABLE_ACTION[kind].test(action))
  );
}

const REMOVABLE_ACTION: Readonly<Record<MergedPolicy["kind"], RegExp>> = {
  "catalog-policy": /^glue:(?:Authorize|Create)InboundIntegration$/,
  "table-policy": /^dynamodb:(?:Describe(?:Export|Table)|ExportTableToPointInTime)$/,
};

function hasOurSid({ Sid }: LiveStatement): boolean {
  return typeof Sid === "string" && SID.test(Sid);
}

function elementRefusal({ statement: made }: Shape, statement: LiveStatement): ShapeRefusal | undefined {
  const unknown = Object.keys(statement).find(
    (element) => element !== "Sid" && !(ELEMENTS as readonly string[]).includes(element),
  );
  if (unknown !== undefined) return refusal(unknown, "is no element of a zero-ETL statement");
  const different = ELEMENTS.find(
    (element) => !same(element, made[element] as Json | undefined, statement[element]),
  );
  if (different === undefined) return undefined;
  const expected = stableJson((made[different] ?? null) as Json);
  return refusal(different, `is not what a zero-ETL integration needs, which is ${expected}`);
}

function variableRefusal({ allowed }: Shape, variables: Variables): ShapeRefusal | undefined {
  const elements = { principals: "Principal", resources: "Resource", sources: "Condition" } as const;
  for (const key of ["principals", "resources", "sources"] as const) {
    const pattern = allowed[key];
    if (pattern === undefined) continue;
    if (variables[key].length === 0) return refusal(elements[key], "is empty");
    const stray = variables[key].find((value) => !pattern.test(value));
    if (stray !== undefined)
      return refusal(elements[key], `holds ${stray}, which no zero-ETL integration needs here`);
  }
  return undefined;
}

// Those of a table's policy are its own by their patterns.
function accountRefusal(policy: MergedPolicy, { principals, sources }: Variables): ShapeRefusal | undefined {
  if (policy.kind === "table-policy") return undefined;
  const accounts = [policy.address.account, ...policy.accounts];
  const isStranger = (arn: string): boolean => !accounts.includes(accountOf(arn) ?? "");
  const message = (arn: string): string => `holds ${arn}, of an account that the function does not let in`;
  const [principal, source] = [principals.find(isStranger), sources.find(isStranger)];
  if (principal !== undefined) return refusal("Principal", message(principal));
  return source === undefined ? undefined : refusal("Condition", message(source));
}

function shapesOf(policy: MergedPolicy, statement: LiveStatement, variables: Variables): Shape[] {
  return policy.kind === "catalog-policy"
    ? catalogShapes(policy.address, variables)
    : tableShapes(policy, statement, variables);
}

function catalogShapes(address: AwsAddress, { principals, resources, sources }: Variables): Shape[] {
  const statements = inboundStatements({
    targetKey: "",
    resources,
    sources: sources.map((arn) => ({ arn })),
    // Without one there would be no statement to compare a creation by somebody else with.
    deployerArns: principals.length > 0 ? principals : [accountRootArn(address)],
  });
  return statements.map((statement) => ({
    statement,
    allowed: {
      principals:
        statement.Principal !== undefined && "AWS" in statement.Principal
          ? creatorPattern(address)
          : undefined,
      resources: catalogResourcePattern(address),
      sources: sourcePattern(address),
    },
  }));
}

function tableShapes(
  { address, tableArn }: Extract<MergedPolicy, { kind: "table-policy" }>,
  statement: LiveStatement,
  { sources }: Variables,
): Shape[] {
  const table = tableArn.slice(dynamoDbTableArn(address, "").length);
  const integrations = (service: "glue" | "redshift"): Shape["allowed"] => ({
    principals: undefined,
    resources: undefined,
    sources: integrationPattern(service, address),
  });
  // AWS Glue's integrations are named under another operator than all of them.
  const integrationArns = under(statement, "ArnLike").length > 0 ? undefined : sources;
  return [
    { statement: tableExportStatement({ address, integrationArns }), allowed: integrations("glue") },
    ...redshiftTableExportStatements({ address, table, integrationArns: sources }).map((made) => ({
      statement: made,
      allowed: integrations("redshift"),
    })),
  ];
}

// A policy variable would be replaced by what the request says, and so match anything.
const NAME = "[^*?$/{}]+";

/** What a statement of the catalog policy may be about: the catalog, databases, and catalogs with all table buckets of one. */
function catalogResourcePattern(address: AwsAddress): RegExp {
  return own("glue", address, `(?:catalog|database/${NAME}|catalog/${NAME}(?:/(?:${NAME}|\\*))?)`);
}

/** What data may come from: tables and connections, of any account, in the same partition. */
function sourcePattern({ partition }: AwsAddress): RegExp {
  const place = "[a-z0-9-]+:\\d{12}";
  return new RegExp(
    `^arn:${partition}:(?:dynamodb:${place}:table/[A-Za-z0-9_.-]+|glue:${place}:connection/[^*?\${}]+|odb:${place}:cloud-(?:autonomous-)?vm-cluster/[\\w-]+)$`,
  );
}

function creatorPattern({ partition }: AwsAddress): RegExp {
  return new RegExp(`^(?=arn:${partition}:)${ARN_SHAPES.deployer.pattern.source.slice(1)}`);
}

function integrationPattern(service: "glue" | "redshift", address: AwsAddress): RegExp {
  const all = service === "glue" ? glueIntegrationsArn(address) : redshiftIntegrationsArn(address);
  return own(service, address, `integration:(?:[A-Za-z0-9-]+|${escaped(all.split(":").at(-1) ?? "")})`);
}

function own(service: string, { partition, region, account }: AwsAddress, resource: string): RegExp {
  return new RegExp(`^arn:${partition}:${service}:${region}:${account}:${resource}$`);
}

function escaped(text: string): string {
  return text.replace(/[*.?+]/g, "\\$&");
}

function variablesOf(statement: LiveStatement): Variables {
  const principal = canonicalElement("Principal", statement["Principal"]);
  return {
    principals: isObject(principal) ? textsOf(statement["Principal"], "AWS") : [],
    resources: list(statement["Resource"]),
    sources: ["StringEquals", "ArnEquals", "ArnLike"].flatMap((operator) => under(statement, operator)),
  };
}

function under(statement: LiveStatement, operator: string): readonly string[] {
  const condition = statement["Condition"];
  return isObject(condition) ? textsOf(condition[operator], "aws:SourceArn") : [];
}

function textsOf(value: Json | undefined, key: string): readonly string[] {
  return isObject(value) ? list(value[key]) : [];
}

function list(value: Json | undefined): readonly string[] {
  const values: readonly (Json | undefined)[] = Array.isArray(value) ? value : [value as Json | undefined];
  return values.filter((entry): entry is string => typeof entry === "string");
}

function same(element: string, one: unknown, other: Json | undefined): boolean {
  return (
    stableJson(canonicalElement(element, one as Json | undefined)) ===
    stableJson(canonicalElement(element, other))
  );
}

function refusal(element: string, message: string): ShapeRefusal {
  return { element, message };
}
