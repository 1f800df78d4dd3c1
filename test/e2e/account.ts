// Makes what a declaration expects to find in the account, and tells what is in it afterwards.
import { AwsClient, httpTransport } from "../emulator/client";
import { Inspection } from "../emulator/inspection";
import { Seeding } from "../emulator/seeding";
import { AwsError, type JsonObject } from "../emulator/wire";

export interface TableSeed {
  /** @default true */
  readonly pointInTimeRecovery?: boolean;
  /** @default "aws-owned" */
  readonly encryption?: "aws-owned" | "aws-managed" | { readonly kmsKeyArn: string };
  readonly hashKey?: string;
  readonly rangeKey?: string;
}

/** One account and region, behind the endpoint of the emulator. */
export class EmulatedAccount {
  /** Makes what declarations expect to find, as AWS wants it. */
  readonly seeding: Seeding;
  /** Shows what only the emulator has. */
  readonly inspection: Inspection;
  private readonly client: AwsClient;

  constructor(
    endpoint: string,
    readonly id: string,
    readonly region = "us-east-1",
  ) {
    this.client = new AwsClient(httpTransport(endpoint), { account: id, region });
    this.seeding = new Seeding(this.client, id, region);
    this.inspection = new Inspection(this.client);
  }

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${service === "iam" ? "" : this.region}:${this.id}:${resource}`;
  }

  async createTable(TableName: string, seed: TableSeed = {}): Promise<void> {
    const { pointInTimeRecovery = true, encryption = "aws-owned", hashKey = "id", rangeKey } = seed;
    const keys = [hashKey, ...(rangeKey === undefined ? [] : [rangeKey])];
    await this.client.json("dynamodb", "CreateTable", {
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keys.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? "HASH" : "RANGE",
      })),
      ...(encryption === "aws-owned" ? {} : { SSESpecification: sse(encryption) }),
    });
    if (pointInTimeRecovery) await this.setPointInTimeRecovery(TableName, true);
  }

  async deleteTable(TableName: string): Promise<void> {
    await this.client.json("dynamodb", "DeleteTable", { TableName });
  }

  async setPointInTimeRecovery(TableName: string, enabled: boolean): Promise<void> {
    await this.client.json("dynamodb", "UpdateContinuousBackups", {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled },
    });
  }

  async createDatabase(Name: string, LocationUri?: string): Promise<void> {
    await this.client.json("glue", "CreateDatabase", {
      DatabaseInput: { Name, ...(LocationUri === undefined ? {} : { LocationUri }) },
    });
  }

  async putCatalogPolicy(document: JsonObject): Promise<void> {
    await this.client.json("glue", "PutResourcePolicy", { PolicyInJson: JSON.stringify(document) });
  }

  async deleteCatalogPolicy(): Promise<void> {
    await this.client.json("glue", "DeleteResourcePolicy", {});
  }

  async tables(): Promise<string[]> {
    return ((await this.client.json("dynamodb", "ListTables"))["TableNames"] as string[]).sort();
  }

  async databases(): Promise<Record<string, string | undefined>> {
    const { DatabaseList } = await this.client.json("glue", "GetDatabases");
    const list = DatabaseList as { Name: string; LocationUri?: string }[];
    return Object.fromEntries(list.map(({ Name, LocationUri }) => [Name, LocationUri || undefined]));
  }

  async roles(): Promise<string[]> {
    const { Roles } = await this.client.query("iam", "ListRoles");
    return (Roles as { RoleName: string }[]).map(({ RoleName }) => RoleName).sort();
  }

  async role(RoleName: string): Promise<{ trust: JsonObject; policies: Record<string, JsonObject> }> {
    const { Role } = await this.client.query("iam", "GetRole", { RoleName });
    const { PolicyNames } = await this.client.query("iam", "ListRolePolicies", { RoleName });
    const policies: Record<string, JsonObject> = {};
    for (const PolicyName of PolicyNames as string[]) {
      const got = await this.client.query("iam", "GetRolePolicy", { RoleName, PolicyName });
      policies[PolicyName] = documentOf(got["PolicyDocument"]);
    }
    return { trust: documentOf((Role as JsonObject)["AssumeRolePolicyDocument"]), policies };
  }

  async tablePolicy(table: string): Promise<JsonObject | undefined> {
    const ResourceArn = this.arn("dynamodb", `table/${table}`);
    const got = await orUndefined(this.client.json("dynamodb", "GetResourcePolicy", { ResourceArn }));
    return got && documentOf(got["Policy"]);
  }

  async catalogPolicy(): Promise<JsonObject | undefined> {
    const got = await orUndefined(this.client.json("glue", "GetResourcePolicy"));
    return got && documentOf(got["PolicyInJson"]);
  }

  async integrations(): Promise<JsonObject[]> {
    return (await this.client.json("glue", "DescribeIntegrations"))["Integrations"] as JsonObject[];
  }

  /** Changes an integration as somebody does in the console, and waits for the change to be over. */
  async modifyIntegration(changes: JsonObject): Promise<void> {
    await this.client.json("glue", "ModifyIntegration", changes);
    while ((await this.integrations()).some(({ Status }) => Status === "MODIFYING"));
  }

  async resourceProperties(): Promise<JsonObject[]> {
    const listed = await this.client.json("glue", "ListIntegrationResourceProperties");
    return listed["IntegrationResourcePropertyList"] as JsonObject[];
  }

  /** Configurations of the Lambda functions. */
  async functions(): Promise<JsonObject[]> {
    const { Functions } = await this.client.rest("lambda", "GET", "/2015-03-31/functions/");
    return Functions as JsonObject[];
  }

  /** Days of retention by name. */
  async logGroups(): Promise<Record<string, unknown>> {
    const { logGroups } = await this.client.json("logs", "DescribeLogGroups");
    return Object.fromEntries(
      (logGroups as JsonObject[]).map((group) => [String(group["logGroupName"]), group["retentionInDays"]]),
    );
  }

  /** Alarms on metrics, as CloudWatch tells them. */
  async alarms(): Promise<JsonObject[]> {
    return (await this.client.json("monitoring", "DescribeAlarms"))["MetricAlarms"] as JsonObject[];
  }

  /** The body of a dashboard. */
  async dashboard(DashboardName: string): Promise<string> {
    return String((await this.client.json("monitoring", "GetDashboard", { DashboardName }))["DashboardBody"]);
  }

  /** Rules of the default event bus. */
  async eventRules(): Promise<JsonObject[]> {
    return (await this.client.json("events", "ListRules"))["Rules"] as JsonObject[];
  }

  async eventTargets(Rule: string): Promise<JsonObject[]> {
    return (await this.client.json("events", "ListTargetsByRule", { Rule }))["Targets"] as JsonObject[];
  }

  /** How one table is laid out in a target, or the key of an entity; nothing where nobody has said. */
  async tableProperties(ResourceArn: string, TableName: string): Promise<JsonObject | undefined> {
    return orUndefined(this.client.json("glue", "GetIntegrationTableProperties", { ResourceArn, TableName }));
  }

  /** Changes how a table is laid out as somebody does in the console. */
  async layOutTable(ResourceArn: string, TableName: string, TargetTableConfig: JsonObject): Promise<void> {
    await this.client.json("glue", "UpdateIntegrationTableProperties", {
      ResourceArn,
      TableName,
      TargetTableConfig,
    });
  }

  /** By name, whichever API made them. */
  async integrationArns(): Promise<Record<string, string>> {
    const all = [...(await this.integrations()), ...(await this.inspection.redshiftIntegrations())];
    return Object.fromEntries(
      all.map(({ IntegrationName, IntegrationArn }) => [String(IntegrationName), String(IntegrationArn)]),
    );
  }

  /** Everything that a stack could have made or changed, to be compared before and after. */
  async snapshot(): Promise<JsonObject> {
    const tables = await this.tables();
    const roles = await this.roles();
    return {
      tables: Object.fromEntries(
        await Promise.all(
          tables.map(async (table) => [table, (await this.tablePolicy(table)) ?? null] as const),
        ),
      ),
      databases: await this.databases(),
      roles: Object.fromEntries(
        await Promise.all(roles.map(async (role) => [role, (await this.role(role)).policies] as const)),
      ),
      catalogPolicy: (await this.catalogPolicy()) ?? null,
      integrations: await this.integrations(),
      resourceProperties: await this.resourceProperties(),
      functions: (await this.functions()).map(({ FunctionName }) => FunctionName),
      // The logs of integrations stay, as their data does.
      logGroups: without(LOG_GROUPS, await this.logGroups()),
      alarms: (await this.alarms()).map(({ AlarmName }) => AlarmName),
      eventRules: (await this.eventRules()).map(({ Name }) => Name),
      ...(await this.inspection.snapshot()),
    };
  }
}

/** The log groups of integrations, in both spellings that are known. */
export const LOG_GROUPS: readonly string[] = [
  "/aws-glue/zeroETL-integrations/logs",
  "/aws-glue/zeroETL-integrations/logs/",
];

export function without(names: readonly string[], record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function sse(encryption: "aws-managed" | { readonly kmsKeyArn: string }): JsonObject {
  const key = encryption === "aws-managed" ? {} : { KMSMasterKeyId: encryption.kmsKeyArn };
  return { Enabled: true, SSEType: "KMS", ...key };
}

function documentOf(text: unknown): JsonObject {
  const json = String(text);
  return JSON.parse(json.startsWith("%7B") ? decodeURIComponent(json) : json) as JsonObject;
}

async function orUndefined(call: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && /NotFound/.test(error.code)) return undefined;
    throw error;
  }
}
