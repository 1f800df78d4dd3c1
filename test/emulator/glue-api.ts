// The Glue API's integration operations over the emulated state: shapes in, shapes out.
import type { Account } from "./account";
import { parseArn } from "./arns";
import { glueResource, refuseForeignOwner } from "./glue-resources";
import { present, presentInbound, presentProperty, presentTable } from "./glue-output";
import type { Integrations, NewIntegration } from "./integrations";
import type { Caller } from "./operation";
import type { ProcessingProperties, ResourceProperties } from "./resource-properties";
import { type GlueOperation, checkInput, isGlueOperation } from "./shapes";
import type {
  Integration,
  IntegrationConfig,
  ResourceProperty,
  SourceTableConfig,
  Tag,
  TargetTableConfig,
} from "./state";
import type { TableConfigs, TableProperties } from "./table-properties";
import { AwsError, type JsonObject } from "./wire";

type Handler = (caller: Caller, input: Input) => Promise<JsonObject> | JsonObject;

/** Every member that the handled operations may carry; the shapes have been checked before anything is read. */
interface Input {
  readonly IntegrationName?: string;
  readonly IntegrationIdentifier?: string;
  readonly IntegrationArn?: string;
  readonly SourceArn?: string;
  readonly TargetArn?: string;
  readonly Description?: string;
  readonly DataFilter?: string;
  readonly KmsKeyId?: string;
  readonly AdditionalEncryptionContext?: Readonly<Record<string, string>>;
  readonly IntegrationConfig?: IntegrationConfig;
  readonly Tags?: readonly Tag[];
  readonly ResourceArn?: string;
  readonly SourceProcessingProperties?: ResourceProperty["source"];
  readonly TargetProcessingProperties?: ResourceProperty["target"];
  readonly TableName?: string;
  readonly SourceTableConfig?: SourceTableConfig;
  readonly TargetTableConfig?: TargetTableConfig;
  readonly Marker?: string;
  readonly MaxRecords?: number;
  readonly Filters?: readonly { readonly Name?: string; readonly Values?: readonly string[] }[];
}

export class GlueApi {
  private readonly handlers: Readonly<Record<GlueOperation, Handler>> = {
    CreateIntegration: async (caller, input) =>
      present(await this.integrations.create(caller, newIntegrationOf(input)), {
        status: "CREATING",
        errors: [],
      }),
    ModifyIntegration: (caller, input) => {
      const changed = this.integrations.modify(caller, input.IntegrationIdentifier ?? "", {
        ...defined("name", input.IntegrationName),
        ...defined("description", input.Description),
        ...defined("dataFilter", input.DataFilter),
        ...defined("config", input.IntegrationConfig),
      });
      return present(changed, { status: "MODIFYING", errors: [] });
    },
    DeleteIntegration: (caller, input) => {
      const deleted = this.integrations.delete(caller, input.IntegrationIdentifier ?? "");
      return present(deleted, { status: "DELETING", errors: [] });
    },
    DescribeIntegrations: (caller, input) => this.describe(caller, input),
    DescribeInboundIntegrations: (caller, input) => this.describeInbound(caller, input),
    CreateIntegrationResourceProperty: async (caller, input) => {
      const resourceArn = owned(caller, "CreateIntegrationResourceProperty", input);
      return presentProperty(await this.properties.create(resourceArn, processingOf(input), input.Tags));
    },
    UpdateIntegrationResourceProperty: (caller, input) =>
      presentProperty(
        this.properties.update(
          owned(caller, "UpdateIntegrationResourceProperty", input),
          processingOf(input),
        ),
      ),
    GetIntegrationResourceProperty: (caller, input) =>
      presentProperty(this.properties.get(owned(caller, "GetIntegrationResourceProperty", input))),
    DeleteIntegrationResourceProperty: (caller, input) => {
      this.properties.delete(owned(caller, "DeleteIntegrationResourceProperty", input));
      return {};
    },
    ListIntegrationResourceProperties: (caller, input) => {
      const wanted = filterValues(input, ["SourceArn", "TargetArn"]).flatMap(({ values }) => values);
      const listed = this.properties
        .list(caller)
        .filter(({ resourceArn }) => wanted.length === 0 || wanted.includes(resourceArn));
      const { page, marker } = paged(listed, input);
      return { IntegrationResourcePropertyList: page.map(presentProperty), ...marker };
    },
    CreateIntegrationTableProperties: async (caller, input) => {
      await this.tables.create(
        owned(caller, "CreateIntegrationTableProperties", input),
        input.TableName ?? "",
        configsOf(input),
      );
      return {};
    },
    GetIntegrationTableProperties: async (caller, input) =>
      presentTable(
        await this.tables.get(owned(caller, "GetIntegrationTableProperties", input), input.TableName ?? ""),
      ),
    UpdateIntegrationTableProperties: async (caller, input) => {
      await this.tables.update(
        owned(caller, "UpdateIntegrationTableProperties", input),
        input.TableName ?? "",
        configsOf(input),
      );
      return {};
    },
    DeleteIntegrationTableProperties: async (caller, input) => {
      await this.tables.delete(
        owned(caller, "DeleteIntegrationTableProperties", input),
        input.TableName ?? "",
      );
      return {};
    },
  };

  constructor(
    private readonly account: Account,
    private readonly integrations: Integrations,
    private readonly properties: ResourceProperties,
    private readonly tables: TableProperties,
  ) {}

  /** Whether the operation is one that moto does not have. */
  handles(operation: string): boolean {
    return isGlueOperation(operation);
  }

  async call(caller: Caller, operation: string, input: JsonObject): Promise<JsonObject> {
    if (!isGlueOperation(operation))
      throw new AwsError("UnknownOperationException", `${operation} is not emulated`);
    checkInput(operation, input);
    const handler = this.handlers[operation];
    return handler(caller, input);
  }

  private async describe(caller: Caller, input: Input): Promise<JsonObject> {
    const { IntegrationIdentifier } = input;
    const all =
      IntegrationIdentifier === undefined
        ? this.integrations.list(caller)
        : [this.integrations.get(caller, IntegrationIdentifier)];
    const seen = await this.look(all);
    const filters = filterValues(input, ["Status", "IntegrationName", "SourceArn"]);
    const kept = seen.filter((integration) =>
      filters.every(({ name, values }) => values.includes(String(integration[name]))),
    );
    if (IntegrationIdentifier !== undefined && seen.length === 0) {
      throw new AwsError("IntegrationNotFoundFault", `Integration ${IntegrationIdentifier} not found.`);
    }
    const { page, marker } = paged(kept, input);
    return { Integrations: page, ...marker };
  }

  /** The view of the target's account: integrations of any account that write into it. */
  private async describeInbound(caller: Caller, input: Input): Promise<JsonObject> {
    const { TargetArn, IntegrationArn } = input;
    const inbound = this.integrations
      .everywhere()
      .filter(({ targetArn }) => isAt(caller, targetArn))
      .filter(({ targetArn }) => TargetArn === undefined || targetArn === TargetArn)
      .filter(({ arn }) => IntegrationArn === undefined || arn === IntegrationArn);
    if (inbound.length === 0 && TargetArn !== undefined) await this.refuseTarget(TargetArn);
    const { page, marker } = paged((await this.look(inbound)).map(presentInbound), input);
    return { InboundIntegrations: page, ...marker };
  }

  private async refuseTarget(targetArn: string): Promise<void> {
    if (parseArn(targetArn)?.service !== "glue") return;
    try {
      await glueResource(this.account, targetArn);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "EntityNotFoundException")) throw error;
      throw new AwsError("TargetResourceNotFound", `Target resource ${targetArn} was not found.`);
    }
  }

  private async look(integrations: readonly Integration[]): Promise<JsonObject[]> {
    const seen: JsonObject[] = [];
    for (const integration of integrations) {
      const condition = await this.integrations.observe(integration);
      if (condition !== undefined) seen.push(present(integration, condition));
    }
    return seen;
  }
}

function isAt({ account, region }: Caller, arn: string): boolean {
  const parsed = parseArn(arn);
  return parsed?.account === account && parsed.region === region;
}

function owned(caller: Caller, operation: string, { ResourceArn = "" }: Input): string {
  refuseForeignOwner(caller, operation, ResourceArn);
  return ResourceArn;
}

function newIntegrationOf(input: Input): NewIntegration {
  return {
    name: input.IntegrationName ?? "",
    sourceArn: input.SourceArn ?? "",
    targetArn: input.TargetArn ?? "",
    ...defined("description", input.Description),
    ...defined("dataFilter", input.DataFilter),
    ...defined("kmsKeyId", input.KmsKeyId),
    ...defined("encryptionContext", input.AdditionalEncryptionContext),
    ...defined("config", input.IntegrationConfig),
    ...defined("tags", input.Tags),
  };
}

function configsOf(input: Input): TableConfigs {
  return { ...defined("source", input.SourceTableConfig), ...defined("target", input.TargetTableConfig) };
}

function processingOf(input: Input): ProcessingProperties {
  return {
    ...defined("source", input.SourceProcessingProperties),
    ...defined("target", input.TargetProcessingProperties),
  };
}

/** A member only where there is a value, so that an update leaves alone what it does not name. */
function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function filterValues(input: Input, known: readonly string[]): { name: string; values: readonly string[] }[] {
  return (input.Filters ?? []).map(({ Name = "", Values = [] }) => {
    if (!known.includes(Name)) throw new AwsError("ValidationException", `Filter ${Name} is not supported.`);
    if (Name === "IntegrationName" && Values.length !== 1) {
      throw new AwsError("ValidationException", "Filter IntegrationName takes exactly one value.");
    }
    return { name: Name, values: Values };
  });
}

function paged<T>(all: readonly T[], input: Input): { page: readonly T[]; marker: { Marker?: string } } {
  const start = Number(input.Marker ?? "0");
  const end = start + (input.MaxRecords ?? 100);
  return { page: all.slice(start, end), marker: end < all.length ? { Marker: String(end) } : {} };
}
