// What is in an emulated account, beyond what moto's own services show: for assertions, and to compare before and after.
import type { AwsClient } from "./client";
import { AwsError, type JsonObject } from "./wire";

/** Looks into one account and region, which are those of the client. */
export class Inspection {
  constructor(private readonly client: AwsClient) {}

  /** Integrations of Redshift's own API; those of AWS Glue are told by `glue.DescribeIntegrations`. */
  async redshiftIntegrations(): Promise<JsonObject[]> {
    return (await this.client.query("redshift", "DescribeIntegrations"))["Integrations"] as JsonObject[];
  }

  async namespacePolicy(ResourceArn: string): Promise<JsonObject | undefined> {
    const got = await orUndefined(this.client.query("redshift", "GetResourcePolicy", { ResourceArn }));
    return got && documentOf((got["ResourcePolicy"] as JsonObject)["Policy"]);
  }

  /** Of every namespace that has one, by its ARN. */
  async namespacePolicies(): Promise<Record<string, JsonObject>> {
    const { Clusters } = await this.client.query("redshift", "DescribeClusters");
    const { namespaces } = await this.client.json("redshift-serverless", "ListNamespaces");
    const arns = [
      ...(Clusters as JsonObject[]).map(({ ClusterNamespaceArn }) => String(ClusterNamespaceArn)),
      ...(namespaces as JsonObject[]).map(({ namespaceArn }) => String(namespaceArn)),
    ];
    const policies: Record<string, JsonObject> = {};
    for (const arn of arns.sort()) {
      const policy = await this.namespacePolicy(arn);
      if (policy !== undefined) policies[arn] = policy;
    }
    return policies;
  }

  async secretPolicy(SecretId: string): Promise<JsonObject | undefined> {
    const got = await this.client.json("secretsmanager", "GetResourcePolicy", { SecretId });
    return got["ResourcePolicy"] === undefined ? undefined : documentOf(got["ResourcePolicy"]);
  }

  async keyPolicy(KeyId: string): Promise<JsonObject> {
    const got = await this.client.json("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" });
    return documentOf(got["Policy"]);
  }

  /** Names of the catalogs below the default one. */
  async catalogs(): Promise<string[]> {
    const { CatalogList } = await this.client.json("glue", "GetCatalogs");
    return (CatalogList as JsonObject[]).map(({ Name }) => String(Name)).sort();
  }

  async tableBuckets(): Promise<string[]> {
    const { tableBuckets } = await this.client.rest("s3tables", "GET", "/buckets");
    return (tableBuckets as JsonObject[]).map(({ name }) => String(name)).sort();
  }

  /** As `principal: permissions on resource`, in order. */
  async lakeFormationGrants(): Promise<string[]> {
    const { PrincipalResourcePermissions } = await this.client.rest(
      "lakeformation",
      "POST",
      "/ListPermissions",
      {},
    );
    const grants = PrincipalResourcePermissions as {
      readonly Principal: { readonly DataLakePrincipalIdentifier: string };
      readonly Permissions: readonly string[];
      readonly Resource: JsonObject;
    }[];
    return grants
      .map(({ Principal, Permissions, Resource }) => {
        const permissions = [...Permissions].sort().join(", ");
        return `${Principal.DataLakePrincipalIdentifier}: ${permissions} on ${JSON.stringify(Resource)}`;
      })
      .sort();
  }

  /** Everything above that a stack could have made or changed, but for the policies of secrets and keys. */
  async snapshot(): Promise<JsonObject> {
    return {
      redshiftIntegrations: await this.redshiftIntegrations(),
      namespacePolicies: await this.namespacePolicies(),
      catalogs: await this.catalogs(),
      tableBuckets: await this.tableBuckets(),
      lakeFormationGrants: await this.lakeFormationGrants(),
    };
  }
}

function documentOf(text: unknown): JsonObject {
  return JSON.parse(String(text)) as JsonObject;
}

async function orUndefined(call: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && /NotFound/.test(error.code)) return undefined;
    throw error;
  }
}
