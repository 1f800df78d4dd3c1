// The account as moto knows it, and as the emulator's own state knows it where moto knows nothing.
import { type PolicyDocument, parsePolicy } from "../support/policy-evaluator";
import type {
  Account,
  CatalogFacts,
  ConnectionFacts,
  DatabaseFacts,
  LakeFormationFacts,
  LakeFormationGrant,
  NamespaceFacts,
  RoleFacts,
  SecretFacts,
  TableFacts,
  VmClusterFacts,
} from "./account";
import { type Arn, nameIn } from "./arns";
import type { AwsClient } from "./client";
import { REDSHIFT_CATALOG, S3_TABLES_CONNECTION } from "./glue/catalogs";
import { Warehouses } from "./redshift/warehouses";
import type { ZeroEtlState } from "./state";
import { AwsError, type JsonObject } from "./wire";

export class MotoAccount implements Account {
  private readonly warehouses: Warehouses;

  constructor(
    private readonly clientFor: (account: string, region: string) => AwsClient,
    private readonly state: ZeroEtlState,
  ) {
    this.warehouses = new Warehouses(state);
  }

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

  async keyPolicy(of: Arn): Promise<PolicyDocument | undefined> {
    const KeyId = of.text;
    const got = await found(this.clientOf(of).json("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" }));
    return got && parsePolicy(String(got["Policy"]));
  }

  async connection(arn: Arn): Promise<ConnectionFacts | undefined> {
    const found = this.state.connections.get(arn.text);
    return found && { type: String(found.input["ConnectionType"]) };
  }

  async catalog(arn: Arn): Promise<CatalogFacts | undefined> {
    const found = this.state.catalogs.get(arn.text);
    if (found === undefined) return undefined;
    const { FederatedCatalog, CatalogProperties } = found.input;
    const type = CatalogProperties?.DataLakeAccessProperties?.CatalogType;
    if (FederatedCatalog?.ConnectionName === S3_TABLES_CONNECTION) return { kind: "s3-tables" };
    const redshift = [type, FederatedCatalog?.ConnectionName].includes(REDSHIFT_CATALOG);
    return { kind: redshift ? "redshift" : "other" };
  }

  async tableBucket(arn: Arn): Promise<boolean> {
    const path = `/buckets/${encodeURIComponent(arn.text)}`;
    return (await found(this.clientOf(arn).rest("s3tables", "GET", path))) !== undefined;
  }

  async namespace(arn: Arn): Promise<NamespaceFacts | undefined> {
    return this.warehouses.facts(arn, this.clientOf(arn));
  }

  async vmCluster(arn: Arn): Promise<VmClusterFacts | undefined> {
    const cluster = this.state.vmClusters.get(arn.text);
    const network = this.state.odbNetworks.get(cluster?.networkArn ?? "");
    return cluster && { zeroEtlAccess: network?.zeroEtlAccess === "ENABLED" };
  }

  async secret(arn: Arn): Promise<SecretFacts | undefined> {
    const client = this.clientOf(arn);
    const SecretId = arn.text;
    const described = await found(client.json("secretsmanager", "DescribeSecret", { SecretId }));
    if (described === undefined) return undefined;
    const policy = (await client.json("secretsmanager", "GetResourcePolicy", { SecretId }))["ResourcePolicy"];
    const { KmsKeyId } = described as { KmsKeyId?: string };
    return {
      ...(KmsKeyId === undefined ? {} : { kmsKeyArn: KmsKeyId }),
      ...(typeof policy === "string" ? { policy: parsePolicy(policy) } : {}),
    };
  }

  async lakeFormation(of: Arn): Promise<LakeFormationFacts> {
    const client = this.clientOf(of);
    const { DataLakeSettings } = await client.rest("lakeformation", "POST", "/GetDataLakeSettings", {});
    const defaults = (DataLakeSettings as JsonObject)["CreateDatabaseDefaultPermissions"];
    const listed = await client.rest("lakeformation", "POST", "/ListPermissions", {});
    const permissions = listed["PrincipalResourcePermissions"] as {
      readonly Principal: { readonly DataLakePrincipalIdentifier: string };
      readonly Permissions: readonly string[];
      readonly Resource: LakeFormationGrant["resource"];
    }[];
    return {
      guarded: Array.isArray(defaults) && defaults.length === 0,
      grants: permissions.map(({ Principal, Permissions, Resource }) => ({
        principal: Principal.DataLakePrincipalIdentifier,
        permissions: Permissions,
        resource: Resource,
      })),
    };
  }

  private clientOf(arn: Arn): AwsClient {
    return this.clientFor(arn.account, arn.region === "" ? "us-east-1" : arn.region);
  }
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
