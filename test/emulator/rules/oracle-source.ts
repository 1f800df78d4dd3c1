// A VM cluster of Oracle Database@AWS as source (its user guide, "Setting up zero-ETL"): one pluggable database, a secret
// that the service can read, and a target in the same account and region.
import { type PolicyRequest, allows } from "../../support/policy-evaluator";
import { type Account, arnOf } from "../account";
import { parseArn } from "../arns";
import type { Integration, IntegrationError } from "../state";
import { AwsError } from "../wire";
import { contextKeys } from "./redshift-key";
import { type Rule, type Side, problem } from "./rule";

const ORACLE = { Service: "zetl.odb.amazonaws.com" };

export const ORACLE_SOURCE: Rule = {
  async refuse({ arn, account, integration }: Side) {
    const { targetArn, dataFilter, config } = integration;
    const target = parseArn(targetArn);
    if (target?.account !== arn.account || target.region !== arn.region) {
      return new AwsError(
        "ValidationException",
        `The source ${arn.text} and the target ${targetArn} must be in the same account and region.`,
      );
    }
    if (config?.ContinuousSync === false) {
      return new AwsError(
        "ValidationException",
        "ContinuousSync cannot be disabled for Oracle Database@AWS sources.",
      );
    }
    if (pluggableDatabase(dataFilter) === undefined) {
      return new AwsError(
        "ValidationException",
        `DataFilter must include exactly one pluggable database, like "include: pdb1.*.*", but is ${dataFilter ?? "absent"}.`,
      );
    }
    if (secretOf(integration) === undefined) {
      return new AwsError("ValidationException", "SourceProperties must contain secret-arn.");
    }
    if ((await account.vmCluster(arn)) === undefined) {
      return new AwsError("ResourceNotFoundException", `Source ${arn.text} was not found.`);
    }
    return undefined;
  },

  async problems({ arn, account, integration }: Side) {
    const cluster = await account.vmCluster(arn);
    if (cluster === undefined) return [problem("SOURCE_NOT_FOUND", `Source ${arn.text} does not exist.`)];
    const problems: IntegrationError[] = [];
    if (!cluster.zeroEtlAccess) {
      problems.push(
        problem(
          "SOURCE_NETWORK_ACCESS_DISABLED",
          `Zero-ETL access is not enabled on the network of ${arn.text}.`,
        ),
      );
    }
    return [...problems, ...(await secretProblems(account, integration))];
  },
};

/** The one database that every pattern of a filter names; undefined where there is another number of them. */
export function pluggableDatabase(filter: string | undefined): string | undefined {
  const patterns = (filter ?? "")
    .split(/(?:^|[\s,;]+)(?:include|exclude):\s*|,\s*/)
    .filter((pattern) => pattern !== "");
  const databases = patterns.map((pattern) => /^"?([^.*"\s]+)"?\.[^.]+\.[^.]+$/.exec(pattern)?.[1]);
  const [first] = databases;
  return databases.every((one) => one === first) && /\binclude:/.test(filter ?? "") ? first : undefined;
}

function secretOf({ config }: Integration): string | undefined {
  return config?.SourceProperties?.["secret-arn"];
}

async function secretProblems(account: Account, integration: Integration): Promise<IntegrationError[]> {
  const secretArn = secretOf(integration) ?? "";
  const secret = parseArn(secretArn) === undefined ? undefined : await account.secret(arnOf(secretArn));
  if (secret === undefined) {
    return [problem("SOURCE_SECRET_NOT_FOUND", `Secret ${secretArn} does not exist.`)];
  }
  const problems: IntegrationError[] = [];
  const denied = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"].filter(
    (action) =>
      secret.policy === undefined ||
      !allows("resource", [secret.policy], { principal: ORACLE, action, resource: secretArn }),
  );
  if (denied.length > 0) {
    problems.push(
      problem(
        "SOURCE_SECRET_ACCESS_DENIED",
        `The policy of secret ${secretArn} does not allow zetl.odb.amazonaws.com: ${denied.join(", ")}.`,
      ),
    );
  }
  return [...problems, ...(await keyProblems(account, integration, secret.kmsKeyArn))];
}

/** The secret's key must be the customer's own: only such a key has a policy that can let the services in. */
async function keyProblems(
  account: Account,
  integration: Integration,
  keyArn: string | undefined,
): Promise<IntegrationError[]> {
  const manager = keyArn === undefined ? undefined : await account.keyManager(arnOf(keyArn));
  if (keyArn === undefined || manager !== "CUSTOMER") {
    return [
      problem(
        "SOURCE_SECRET_KEY_NOT_SUPPORTED",
        `Secret ${secretOf(integration) ?? ""} is not encrypted with a customer managed key.`,
      ),
    ];
  }
  const policy = await account.keyPolicy(arnOf(keyArn));
  const requests: PolicyRequest[] = [
    ...["kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant"].map((action) => ({
      principal: ORACLE,
      action,
      resource: keyArn,
    })),
    {
      principal: { Service: "redshift.amazonaws.com" },
      action: "kms:CreateGrant",
      resource: keyArn,
      context: {
        "kms:GrantOperations": ["CreateGrant", "Decrypt", "GenerateDataKey"],
        ...contextKeys(integration.encryptionContext),
      },
    },
  ];
  const denied = requests
    .filter((request) => policy === undefined || !allows("resource", [policy], request))
    .map(({ principal, action }) => `${Object.values(principal ?? {}).join()} ${action}`);
  if (denied.length === 0) return [];
  return [
    problem(
      "SOURCE_SECRET_KEY_ACCESS_DENIED",
      `The policy of key ${keyArn} does not allow: ${denied.join(", ")}.`,
    ),
  ];
}
