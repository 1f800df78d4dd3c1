// Operations that moto has but answers otherwise than AWS does. Each one decides on what moto holds, and lets moto do
// the rest, so that there is one store.
import { isDeepStrictEqual } from "node:util";
import { type Account, type LakeFormationGrant, arnOf } from "./account";
import type { AwsClient } from "./client";
import type { Caller, Operations } from "./operation";
import { type PolicyDocument, type PolicyStatement, parsePolicy } from "../support/policy-evaluator";
import { AwsError, type JsonObject } from "./wire";

/** Said to be the limit of the Data Catalog's policy; AWS does not publish it. */
const CATALOG_POLICY_BYTES = 10 * 1024;

export const MOTO_GAPS: Operations = {
  "glue.GetResourcePolicy": async ({ input, moto }) => {
    const policy = await moto.json("glue", "GetResourcePolicy", input);
    if (policy["PolicyInJson"] === undefined) throw noCatalogPolicy();
    return policy;
  },

  "glue.PutResourcePolicy": async ({ caller, input, account, moto }) => {
    const existing = await moto.json("glue", "GetResourcePolicy", only(input, "ResourceArn"));
    const exists = existing["PolicyInJson"] !== undefined;
    if (input["PolicyExistsCondition"] === "NOT_EXIST" && exists) {
      throw new AwsError("ConditionCheckFailureException", "Policy already exists");
    }
    if (input["PolicyExistsCondition"] === "MUST_EXIST" && !exists) throw noCatalogPolicy();
    refuseHash(input, existing);
    await refuseCatalogPolicy(String(input["PolicyInJson"]), caller, account);
    return moto.json("glue", "PutResourcePolicy", {
      ...only(input, "ResourceArn"),
      PolicyInJson: input["PolicyInJson"],
    });
  },

  "glue.DeleteResourcePolicy": async ({ input, moto }) => {
    const existing = await moto.json("glue", "GetResourcePolicy", only(input, "ResourceArn"));
    if (existing["PolicyInJson"] === undefined) throw noCatalogPolicy();
    refuseHash(input, existing);
    return moto.json("glue", "DeleteResourcePolicy", only(input, "ResourceArn"));
  },

  "dynamodb.PutResourcePolicy": async ({ input, moto }) => {
    const expected = input["ExpectedRevisionId"];
    if (typeof expected === "string" && expected !== "NO_POLICY" && !(await hasTablePolicy(moto, input))) {
      throw noTablePolicy(input);
    }
    return moto.json("dynamodb", "PutResourcePolicy", input);
  },

  "dynamodb.DeleteResourcePolicy": async ({ input, moto }) => {
    if (await hasTablePolicy(moto, input)) return moto.json("dynamodb", "DeleteResourcePolicy", input);
    // Idempotent in AWS, unless a revision is expected.
    if (input["ExpectedRevisionId"] !== undefined) throw noTablePolicy(input);
    return {};
  },

  "lakeformation.POST /GrantPermissions": async ({ caller, input, account, moto }) => {
    const { Database, Table } = (input["Resource"] ?? {}) as LakeFormationGrant["resource"];
    const name = Database?.Name ?? Table?.DatabaseName;
    const arn = `arn:aws:glue:${caller.region}:${caller.account}:database/${name ?? ""}`;
    if (name !== undefined && (await account.database(arnOf(arn))) === undefined) {
      throw new AwsError("EntityNotFoundException", "Database not found.");
    }
    return moto.rest("lakeformation", "POST", "/GrantPermissions", input);
  },

  "lakeformation.POST /RevokePermissions": async ({ caller, input, account, moto }) => {
    const { grants } = await account.lakeFormation(
      arnOf(`arn:aws:lakeformation:${caller.region}:${caller.account}:*`),
    );
    const principal = (input["Principal"] as JsonObject)["DataLakePrincipalIdentifier"];
    const revoked = (input["Permissions"] ?? []) as readonly string[];
    const held = grants.some(
      (grant) =>
        grant.principal === principal &&
        isDeepStrictEqual(grant.resource, input["Resource"]) &&
        grant.permissions.some((one) => revoked.includes(one)),
    );
    // The provider asks again and again, until it is told this.
    if (!held) {
      throw new AwsError(
        "InvalidInputException",
        "No permissions revoked. Grantee has no permissions on the resource.",
      );
    }
    return moto.rest("lakeformation", "POST", "/RevokePermissions", input);
  },

  "kms.DescribeKey": async ({ input, account, moto }) => {
    const described = await moto.json("kms", "DescribeKey", input);
    const metadata = described["KeyMetadata"] as { readonly Arn: string };
    const manager = await account.keyManager(arnOf(metadata.Arn));
    return { ...described, KeyMetadata: { ...metadata, KeyManager: manager ?? "CUSTOMER" } };
  },
};

function refuseHash(input: JsonObject, existing: JsonObject): void {
  const expected = input["PolicyHashCondition"];
  if (expected !== undefined && expected !== existing["PolicyHash"]) {
    throw new AwsError("ConditionCheckFailureException", "Policy hash condition is not met");
  }
}

async function refuseCatalogPolicy(text: string, caller: Caller, account: Account): Promise<void> {
  if (Buffer.byteLength(text) > CATALOG_POLICY_BYTES) {
    throw new AwsError("ResourceNumberLimitExceededException", "The resource policy exceeds the size limit");
  }
  const document = readPolicy(text);
  const statements = [document.Statement].flat() as PolicyStatement[];
  for (const { Principal, NotPrincipal } of statements) {
    const named = Principal ?? NotPrincipal;
    if (named === undefined) throw invalid("every statement needs Principal or NotPrincipal");
    const principals = named === "*" ? [] : [named["AWS"] ?? []].flat();
    for (const principal of principals) await refusePrincipal(String(principal), caller, account);
  }
}

/** The catalog policy may only name principals that exist, so a role has to be made before it. */
async function refusePrincipal(principal: string, caller: Caller, account: Account): Promise<void> {
  if (principal === "*" || /^\d{12}$/.test(principal) || /^arn:[^:]+:iam::\d{12}:root$/.test(principal))
    return;
  if (principal.includes("*")) throw invalid(`principal ${principal} has a wildcard`);
  const arn = arnOf(principal);
  if (arn.service === "sts" && arn.account === caller.account) return;
  const exists = arn.resource.startsWith("role/") ? await account.role(arn) : await account.user(arn);
  if (exists === undefined || exists === false) throw invalid(`principal ${principal} does not exist`);
}

function readPolicy(text: string): PolicyDocument {
  try {
    return parsePolicy(text);
  } catch {
    throw invalid("it is not a policy document");
  }
}

async function hasTablePolicy(moto: AwsClient, { ResourceArn }: JsonObject): Promise<boolean> {
  try {
    await moto.json("dynamodb", "GetResourcePolicy", { ResourceArn });
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === "PolicyNotFoundException") return false;
    throw error;
  }
}

function noTablePolicy({ ResourceArn }: JsonObject): AwsError {
  return new AwsError(
    "PolicyNotFoundException",
    `Resource-based policy not found for the provided ResourceArn: ${String(ResourceArn)}`,
  );
}

function noCatalogPolicy(): AwsError {
  return new AwsError("EntityNotFoundException", "Policy not found");
}

function invalid(reason: string): AwsError {
  return new AwsError("InvalidInputException", `The resource policy is invalid: ${reason}`);
}

function only(input: JsonObject, member: string): JsonObject {
  return input[member] === undefined ? {} : { [member]: input[member] };
}
