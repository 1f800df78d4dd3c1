// Makes in an emulated account what a declaration expects to find there, one call for each prerequisite. Whatever is not
// said is as AWS wants it, so that a test spoils one thing at a time.
import type { AwsClient } from "./client";
import type { JsonObject } from "./wire";

export interface ClusterSeed {
  /** Id of the namespace, so that its ARN can be written down beforehand. @default a random one */
  readonly namespaceId?: string;
  /** @default true */
  readonly encrypted?: boolean;
  /** `enable_case_sensitive_identifier` in a parameter group of the cluster's own. @default true */
  readonly caseSensitive?: boolean;
  /** @default "ra3.xlplus" */
  readonly nodeType?: string;
}

export interface WorkgroupSeed {
  /** @default the name of the workgroup */
  readonly namespaceName?: string;
  /** Id of the namespace, so that its ARN can be written down beforehand. @default a random one */
  readonly namespaceId?: string;
  /** `enable_case_sensitive_identifier` of the workgroup. @default true */
  readonly caseSensitive?: boolean;
}

export interface VmClusterSeed {
  /** Id of the cluster, so that its ARN can be written down beforehand. @default a random one */
  readonly id?: string;
  /** Of the cluster's network. @default true */
  readonly zeroEtlAccess?: boolean;
  /** @default false */
  readonly autonomous?: boolean;
}

export interface SecretSeed {
  /** @default the key that AWS manages, which Oracle Database@AWS does not take */
  readonly kmsKeyArn?: string;
  /** Statements of the secret's policy. @default no policy */
  readonly statements?: readonly object[];
}

/** Prerequisites in one account and region, which are those of the client. */
export class Seeding {
  constructor(
    private readonly client: AwsClient,
    private readonly account: string,
    private readonly region = "us-east-1",
  ) {}

  /** A Glue connection of a type such as `SALESFORCE` or `NETWORK`; its ARN. */
  async connection(Name: string, ConnectionType: string): Promise<string> {
    await this.client.json("glue", "CreateConnection", {
      ConnectionInput: { Name, ConnectionType, ConnectionProperties: {} },
    });
    return this.arn("glue", `connection/${Name}`);
  }

  /** The catalog that the analytics integration of S3 Tables makes; its ARN. */
  async tableBucketsCatalog(Name = "s3tablescatalog"): Promise<string> {
    const Identifier = this.arn("s3tables", "bucket/*");
    await this.client.json("glue", "CreateCatalog", {
      Name,
      CatalogInput: { FederatedCatalog: { Identifier, ConnectionName: "aws:s3tables" } },
    });
    return this.arn("glue", `catalog/${Name}`);
  }

  /** A table bucket; its ARN. */
  async tableBucket(name: string): Promise<string> {
    await this.client.rest("s3tables", "PUT", "/buckets", { name });
    return this.arn("s3tables", `bucket/${name}`);
  }

  /** A catalog of Redshift Managed Storage; its ARN. */
  async managedStorageCatalog(Name: string): Promise<string> {
    const DataTransferRole = `arn:aws:iam::${this.account}:role/data-transfer`;
    await this.client.json("glue", "CreateCatalog", {
      Name,
      CatalogInput: {
        CatalogProperties: {
          DataLakeAccessProperties: { DataLakeAccess: true, CatalogType: "aws:redshift", DataTransferRole },
        },
      },
    });
    return this.arn("glue", `catalog/${Name}`);
  }

  /** A provisioned cluster; the ARN of its namespace. */
  async cluster(identifier: string, seed: ClusterSeed = {}): Promise<string> {
    const { namespaceId, encrypted = true, caseSensitive = true, nodeType = "ra3.xlplus" } = seed;
    const group = `${identifier}-parameters`;
    await this.client.query("redshift", "CreateClusterParameterGroup", {
      ParameterGroupName: group,
      ParameterGroupFamily: "redshift-1.0",
      Description: "Made for a test",
    });
    await this.client.query("redshift", "ModifyClusterParameterGroup", {
      ParameterGroupName: group,
      "Parameters.Parameter.1.ParameterName": "enable_case_sensitive_identifier",
      "Parameters.Parameter.1.ParameterValue": String(caseSensitive),
    });
    const made = await this.client.query("redshift", "CreateCluster", {
      ClusterIdentifier: identifier,
      NodeType: nodeType,
      MasterUsername: "admin",
      MasterUserPassword: "Passw0rd1",
      Encrypted: String(encrypted),
      ClusterParameterGroupName: group,
      ...(namespaceId === undefined ? {} : { ClusterNamespaceId: namespaceId }),
    });
    return String((made["Cluster"] as JsonObject)["ClusterNamespaceArn"]);
  }

  /** A serverless namespace with its workgroup; the ARN of the namespace. */
  async workgroup(workgroupName: string, seed: WorkgroupSeed = {}): Promise<string> {
    const { namespaceName = workgroupName, namespaceId, caseSensitive = true } = seed;
    const made = await this.client.json("redshift-serverless", "CreateNamespace", {
      namespaceName,
      ...(namespaceId === undefined ? {} : { namespaceId }),
    });
    const parameterValue = String(caseSensitive);
    await this.client.json("redshift-serverless", "CreateWorkgroup", {
      workgroupName,
      namespaceName,
      configParameters: [{ parameterKey: "enable_case_sensitive_identifier", parameterValue }],
    });
    return String((made["namespace"] as JsonObject)["namespaceArn"]);
  }

  /** A VM cluster of Oracle Database@AWS; its ARN. */
  async vmCluster(displayName: string, seed: VmClusterSeed = {}): Promise<string> {
    const { id, zeroEtlAccess = true, autonomous = false } = seed;
    const { odbNetworkId } = await this.client.json("odb", "CreateOdbNetwork", {
      displayName,
      zeroEtlAccess: zeroEtlAccess ? "ENABLED" : "DISABLED",
    });
    const [operation, member, kind] = autonomous
      ? ["CreateCloudAutonomousVmCluster", "cloudAutonomousVmClusterId", "cloud-autonomous-vm-cluster"]
      : ["CreateCloudVmCluster", "cloudVmClusterId", "cloud-vm-cluster"];
    const asked = { displayName, odbNetworkId, ...(id === undefined ? {} : { [member]: id }) };
    const made = await this.client.json("odb", operation, asked);
    return this.arn("odb", `${kind}/${String(made[member])}`);
  }

  /** A customer managed key that the account administers, with further statements in its policy; its ARN. */
  async key(...statements: readonly object[]): Promise<string> {
    const administer = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${this.account}:root` },
      Action: "kms:*",
      Resource: "*",
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [administer, ...statements] });
    const made = await this.client.json("kms", "CreateKey", { Policy });
    return String((made["KeyMetadata"] as JsonObject)["Arn"]);
  }

  /** A secret; its ARN, whose end AWS chooses. */
  async secret(Name: string, { kmsKeyArn, statements }: SecretSeed = {}): Promise<string> {
    const made = await this.client.json("secretsmanager", "CreateSecret", {
      Name,
      SecretString: "{}",
      ...(kmsKeyArn === undefined ? {} : { KmsKeyId: kmsKeyArn }),
    });
    if (statements !== undefined) {
      await this.client.json("secretsmanager", "PutResourcePolicy", {
        SecretId: made["ARN"],
        ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      });
    }
    return String(made["ARN"]);
  }

  /** Lake Formation guards every database from now on. */
  async lakeFormation(): Promise<void> {
    await this.client.rest("lakeformation", "POST", "/PutDataLakeSettings", {
      DataLakeSettings: {
        DataLakeAdmins: [],
        CreateDatabaseDefaultPermissions: [],
        CreateTableDefaultPermissions: [],
      },
    });
  }

  /** A role that AWS Glue takes on and that may do everything; its ARN. */
  async glueRole(RoleName: string): Promise<string> {
    const trusted = {
      Effect: "Allow",
      Principal: { Service: "glue.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    const document = (Statement: object): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
    await this.client.query("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: document(trusted) });
    await this.client.query("iam", "PutRolePolicy", {
      RoleName,
      PolicyName: "everything",
      PolicyDocument: document(everything),
    });
    return `arn:aws:iam::${this.account}:role/${RoleName}`;
  }

  /** The policy of a namespace as a whole. */
  async namespacePolicy(ResourceArn: string, ...statements: readonly object[]): Promise<void> {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    await this.client.query("redshift", "PutResourcePolicy", { ResourceArn, Policy });
  }

  private arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}:${resource}`;
  }
}
