// What the rules ask about the account: an interface, so that they can be tested without a running moto.
import { type PolicyDocument, parsePolicy } from "../support/policy-evaluator";
import { type Arn, nameIn, parseArn } from "./arns";
import type { AwsClient } from "./client";
import { AwsError, type JsonObject } from "./wire";

export interface TableFacts {
  readonly status: string;
  readonly pointInTimeRecovery: boolean;
  /** Absent when the table uses the key that AWS owns. */
  readonly kmsKeyArn?: string;
  readonly policy?: PolicyDocument;
}

export interface DatabaseFacts {
  readonly locationUri?: string;
  readonly description?: string;
}

export interface RoleFacts {
  readonly trust: PolicyDocument;
  /** Inline and attached policies. */
  readonly policies: readonly PolicyDocument[];
}

/** Read-only view of an AWS account. */
export interface Account {
  table(arn: Arn): Promise<TableFacts | undefined>;
  database(arn: Arn): Promise<DatabaseFacts | undefined>;
  catalogPolicy(of: Arn): Promise<PolicyDocument | undefined>;
  role(arn: Arn): Promise<RoleFacts | undefined>;
  user(arn: Arn): Promise<boolean>;
  /** Whether AWS or a customer manages the key; undefined when there is no such key. */
  keyManager(of: Arn): Promise<"AWS" | "CUSTOMER" | undefined>;
}

/** The account as moto knows it. */
export class MotoAccount implements Account {
  constructor(private readonly clientFor: (account: string, region: string) => AwsClient) {}

  async table(arn: Arn): Promise<TableFacts | undefined> {
    const name = nameIn(arn, "dynamodb", "table/");
    if (name === undefined) return undefined;
    const client = this.clientOf(arn);
    const described = await found(client.json("dynamodb", "DescribeTable", { TableName: name }));
    if (described === undefined) return undefined;
    const table = described["Table"] as {
      TableStatus: string;
      SSEDescription?: { KMSMasterKeyArn?: string };
    };
    const backups = (await client.json("dynamodb", "DescribeContinuousBackups", { TableName: name }))[
      "ContinuousBackupsDescription"
    ] as { PointInTimeRecoveryDescription?: { PointInTimeRecoveryStatus?: string } };
    const policy = await found(client.json("dynamodb", "GetResourcePolicy", { ResourceArn: arn.text }));
    const kmsKeyArn = table.SSEDescription?.KMSMasterKeyArn;
    return {
      status: table.TableStatus,
      pointInTimeRecovery: backups.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === "ENABLED",
      ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
      ...(policy === undefined ? {} : { policy: parsePolicy(String(policy["Policy"])) }),
    };
  }

  async database(arn: Arn): Promise<DatabaseFacts | undefined> {
    const name = nameIn(arn, "glue", "database/");
    if (name === undefined) return undefined;
    const got = await found(this.clientOf(arn).json("glue", "GetDatabase", { Name: name }));
    if (got === undefined) return undefined;
    const { LocationUri, Description } = got["Database"] as { LocationUri?: string; Description?: string };
    return {
      ...(LocationUri ? { locationUri: LocationUri } : {}),
      ...(Description ? { description: Description } : {}),
    };
  }

  async catalogPolicy(of: Arn): Promise<PolicyDocument | undefined> {
    const got = await found(this.clientOf(of).json("glue", "GetResourcePolicy", {}));
    const text = got?.["PolicyInJson"];
    return typeof text === "string" ? parsePolicy(text) : undefined;
  }

  async role(arn: Arn): Promise<RoleFacts | undefined> {
    const name = nameIn(arn, "iam", "role/")?.split("/").at(-1);
    if (name === undefined) return undefined;
    const client = this.clientOf(arn);
    const got = await found(client.query("iam", "GetRole", { RoleName: name }));
    if (got === undefined) return undefined;
    const { AssumeRolePolicyDocument: trust, Arn: actual } = got["Role"] as Record<string, string>;
    // A path is part of the ARN but not of the name that IAM looks up.
    if (trust === undefined || actual !== arn.text) return undefined;
    const inline = await client.query("iam", "ListRolePolicies", { RoleName: name });
    const texts: Promise<string>[] = strings(inline["PolicyNames"]).map(async (PolicyName) => {
      const policy = await client.query("iam", "GetRolePolicy", { RoleName: name, PolicyName });
      return String(policy["PolicyDocument"]);
    });
    const attached = await client.query("iam", "ListAttachedRolePolicies", { RoleName: name });
    const managed = ((attached["AttachedPolicies"] ?? []) as { PolicyArn: string }[]).map(
      async ({ PolicyArn }) => {
        const policy = (await client.query("iam", "GetPolicy", { PolicyArn }))["Policy"] as {
          DefaultVersionId: string;
        };
        const version = await client.query("iam", "GetPolicyVersion", {
          PolicyArn,
          VersionId: policy.DefaultVersionId,
        });
        return String((version["PolicyVersion"] as JsonObject)["Document"]);
      },
    );
    const policies = await Promise.all([...texts, ...managed]);
    return { trust: parsePolicy(decode(trust)), policies: policies.map((text) => parsePolicy(decode(text))) };
  }

  async user(arn: Arn): Promise<boolean> {
    const name = nameIn(arn, "iam", "user/")?.split("/").at(-1);
    return (
      name !== undefined &&
      (await found(this.clientOf(arn).query("iam", "GetUser", { UserName: name }))) !== undefined
    );
  }

  async keyManager(of: Arn): Promise<"AWS" | "CUSTOMER" | undefined> {
    const client = this.clientOf(of);
    const described = await found(client.json("kms", "DescribeKey", { KeyId: of.text }));
    if (described === undefined) return undefined;
    const { KeyId } = described["KeyMetadata"] as { KeyId: string };
    // moto calls every key customer managed: the reserved alias is what gives one of AWS's away.
    const aliases = (await client.json("kms", "ListAliases", { KeyId }))["Aliases"] as {
      AliasName: string;
    }[];
    return aliases.some((alias) => alias.AliasName.startsWith("alias/aws/")) ? "AWS" : "CUSTOMER";
  }

  private clientOf(arn: Arn): AwsClient {
    return this.clientFor(arn.account, arn.region === "" ? "us-east-1" : arn.region);
  }
}

export function arnOf(text: string): Arn {
  const arn = parseArn(text);
  if (arn === undefined) throw new Error(`not an ARN: ${text}`);
  return arn;
}

const NOT_FOUND = /NotFound|NoSuchEntity|EntityNotFound/;

async function found(call: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && NOT_FOUND.test(error.code)) return undefined;
    throw error;
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function decode(text: string): string {
  return text.startsWith("%7B") ? decodeURIComponent(text) : text;
}
