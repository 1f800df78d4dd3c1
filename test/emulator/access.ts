// What the role of a function allows: every call that a function makes is held against the policies of its role.
import { evaluate } from "../support/policy-evaluator";
import { type Account, arnOf } from "./account";
import { catalogArn, parseArn } from "./arns";
import type { Caller } from "./operation";
import { type Addressed, AwsError, type JsonObject } from "./wire";

/** Prefix of a service's IAM actions, where it is not the name by which requests are signed. */
const PREFIXES: Readonly<Record<string, string>> = { cloudcontrolapi: "cloudformation" };

/** Needs no permission. */
const FREE = ["sts:GetCallerIdentity"];

type Resources = (caller: Caller, input: JsonObject) => readonly string[];

/** Resources that an action is held against; all of them must be allowed. Any other action needs `*`. */
const RESOURCES: Readonly<Record<string, Resources>> = {
  ...each(
    ["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"],
    "glue",
    (caller, { ResourceArn }) => [text(ResourceArn) ?? rootCatalog(caller)],
  ),
  ...each(
    [
      "CreateIntegrationTableProperties",
      "GetIntegrationTableProperties",
      "UpdateIntegrationTableProperties",
      "DeleteIntegrationTableProperties",
      "CreateIntegrationResourceProperty",
      "GetIntegrationResourceProperty",
      "UpdateIntegrationResourceProperty",
      "DeleteIntegrationResourceProperty",
    ],
    "glue",
    (_caller, { ResourceArn }) => withCatalogs(String(ResourceArn)),
  ),
  ...each(
    ["DescribeIntegrations", "ModifyIntegration", "DeleteIntegration"],
    "glue",
    ({ account, region }, { IntegrationIdentifier }) => {
      const asked = text(IntegrationIdentifier);
      if (asked !== undefined && parseArn(asked) !== undefined) return [asked];
      return [`arn:aws:glue:${region}:${account}:integration:*`];
    },
  ),
  ...each(
    ["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"],
    "dynamodb",
    (_caller, { ResourceArn }) => [String(ResourceArn)],
  ),
};

/** Throws what AWS answers to a session whose role does not allow the call. */
export async function refuseBeyondRole(
  account: Account,
  caller: Caller,
  { service, operation }: Pick<Addressed, "service" | "operation">,
  input: JsonObject,
): Promise<void> {
  const action = `${PREFIXES[service] ?? service}:${operation}`;
  if (caller.principal === undefined || FREE.includes(action)) return;
  const role = await account.role(arnOf(caller.principal));
  for (const resource of RESOURCES[action]?.(caller, input) ?? ["*"]) {
    const decision = evaluate("identity", role?.policies ?? [], { action, resource });
    if (decision !== "allow") throw denial(caller, action, resource, decision === "explicit-deny");
  }
}

function denial(caller: Caller, action: string, resource: string, isExplicit: boolean): AwsError {
  const because = isExplicit
    ? "with an explicit deny in an identity-based policy"
    : `because no identity-based policy allows the ${action} action`;
  return new AwsError(
    "AccessDeniedException",
    `User: ${sessionArn(caller)} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
}

function sessionArn({ account, principal = "", session = "" }: Caller): string {
  return `arn:aws:sts::${account}:assumed-role/${principal.split("/").at(-1) ?? ""}/${session}`;
}

/** A database, a connection or a catalog is reached through every catalog that it is in. */
function withCatalogs(resourceArn: string): string[] {
  const arn = parseArn(resourceArn);
  if (arn === undefined) return [resourceArn];
  const root = catalogArn(arn);
  const below = /^catalog\/(.+)$/.exec(arn.resource)?.[1]?.split("/");
  if (below === undefined) return [root, resourceArn];
  return [root, ...below.map((_, depth) => `${root}/${below.slice(0, depth + 1).join("/")}`)];
}

function rootCatalog({ account, region }: Caller): string {
  return `arn:aws:glue:${region}:${account}:catalog`;
}

function each(
  operations: readonly string[],
  service: string,
  resources: Resources,
): Record<string, Resources> {
  return Object.fromEntries(operations.map((operation) => [`${service}:${operation}`, resources]));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
