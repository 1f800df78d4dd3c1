// Integration table properties: one record per resource and source table, which lays the table out in its target.
import type { Account } from "./account";
import { type Arn, nameIn } from "./arns";
import { glueResource } from "./glue-resources";
import { INSTANT, type Timing, busy, isOver } from "./life";
import {
  type Integration,
  type SourceTableConfig,
  type TableProperties as TableRecord,
  type TargetTableConfig,
  ZeroEtlState,
} from "./state";
import { AwsError } from "./wire";

/** User guide, "Partitioning limitations". */
export const MOST_PARTITIONS = 10;

const TIME_FUNCTIONS = ["year", "month", "day", "hour"];
const CONVERSIONS = ["epoch_sec", "epoch_milli", "iso"];

/** What is set, or changed, at once. */
export interface TableConfigs {
  readonly source?: SourceTableConfig;
  readonly target?: TargetTableConfig;
}

export class TableProperties {
  /** Whether an update is the new record, or changes only the members that it has: AWS does not say which. */
  updates: "merge" | "replace" = "replace";

  constructor(
    private readonly state: ZeroEtlState,
    private readonly account: Account,
    private readonly timing: Timing = INSTANT,
  ) {}

  async create(resourceArn: string, tableName: string, configs: TableConfigs): Promise<void> {
    const arn = await glueResource(this.account, resourceArn);
    await this.refuseConfigs(arn, tableName, configs);
    const key = ZeroEtlState.tableKey(resourceArn, tableName);
    // The API declares no other error that would fit.
    if (this.state.tableProperties.has(key)) {
      throw new AwsError(
        "ValidationException",
        `Integration table properties already exist for table ${tableName} of ${resourceArn}.`,
      );
    }
    this.refuseTargetName(resourceArn, tableName, configs.target?.TargetTableName);
    this.write({ resourceArn, tableName, ...cleaned(configs) });
  }

  async get(resourceArn: string, tableName: string): Promise<TableRecord> {
    await glueResource(this.account, resourceArn);
    return this.find(resourceArn, tableName);
  }

  async update(resourceArn: string, tableName: string, configs: TableConfigs): Promise<void> {
    const arn = await glueResource(this.account, resourceArn);
    await this.refuseConfigs(arn, tableName, configs);
    const record = this.find(resourceArn, tableName);
    const before = record.source?.PrimaryKey ?? [];
    const key = configs.source?.PrimaryKey ?? before;
    if (before.length > 0 && before.join() !== key.join()) {
      throw new AwsError(
        "ValidationException",
        `The primary key of ${tableName} cannot be changed once set.`,
      );
    }
    this.refuseTargetName(resourceArn, tableName, configs.target?.TargetTableName);
    const merges = this.updates === "merge";
    this.write({
      ...record,
      ...cleaned({
        ...(configs.source && { source: { ...(merges && record.source), ...configs.source } }),
        ...(configs.target && { target: { ...(merges && record.target), ...configs.target } }),
      }),
    });
  }

  async delete(resourceArn: string, tableName: string): Promise<void> {
    await glueResource(this.account, resourceArn);
    const record = this.find(resourceArn, tableName);
    this.state.tableProperties.delete(ZeroEtlState.tableKey(resourceArn, tableName));
    this.resync(record, undefined);
  }

  private write(record: TableRecord): void {
    const key = ZeroEtlState.tableKey(record.resourceArn, record.tableName);
    const before = this.state.tableProperties.get(key);
    this.state.tableProperties.set(key, record);
    this.resync({ ...record, target: before?.target }, record.target);
  }

  private find(resourceArn: string, tableName: string): TableRecord {
    const found = this.state.tableProperties.get(ZeroEtlState.tableKey(resourceArn, tableName));
    if (found !== undefined) return found;
    throw new AwsError(
      "EntityNotFoundException",
      `No integration table properties exist for table ${tableName} of ${resourceArn}.`,
    );
  }

  /** A table whose layout is no longer what it was loaded with is loaded again by whoever replicates it. */
  private resync(
    { resourceArn, tableName, target: from }: Pick<TableRecord, "resourceArn" | "tableName" | "target">,
    to: TargetTableConfig | undefined,
  ): void {
    if (layoutOf(from) === layoutOf(to)) return;
    for (const integration of this.state.integrations.values()) {
      if (integration.targetArn !== resourceArn || !replicates(integration, tableName)) continue;
      integration.loads.push(loadOf("resync", tableName, to));
      const { busy: under } = integration;
      if (under === undefined || isOver(under)) integration.busy = busy("SYNCING", this.timing);
    }
  }

  private async refuseConfigs(arn: Arn, tableName: string, { source, target }: TableConfigs): Promise<void> {
    if ((source === undefined) === (target === undefined)) {
      throw invalid("Exactly one of SourceTableConfig and TargetTableConfig must be provided.");
    }
    const isConnection = nameIn(arn, "glue", "connection/") !== undefined;
    if (source !== undefined) {
      if (!isConnection) throw invalid(`SourceTableConfig needs the ARN of a connection, not ${arn.text}.`);
      await this.refuseSource(arn, tableName, source);
    }
    if (target !== undefined) {
      if (isConnection)
        throw invalid(`TargetTableConfig needs the ARN of a database or catalog, not ${arn.text}.`);
      refuseTarget(target);
    }
  }

  private async refuseSource(arn: Arn, tableName: string, source: SourceTableConfig): Promise<void> {
    const unsupported = Object.keys(source).filter((member) => member !== "PrimaryKey");
    if (unsupported.length > 0)
      throw invalid(`${unsupported.join(", ")} of SourceTableConfig: not supported.`);
    const type = (await this.account.connection(arn))?.type;
    if (type !== "SAPODATA" || !tableName.startsWith("EntityOf")) {
      throw invalid(
        `PrimaryKey is supported for the entities EntityOf* of SAP OData only, not ${tableName}.`,
      );
    }
    if ((source.PrimaryKey ?? []).length === 0) throw invalid("PrimaryKey must not be empty.");
  }

  /** Since September 2026 two source tables of one target cannot have one target table. */
  private refuseTargetName(resourceArn: string, tableName: string, name: string | undefined): void {
    if (name === undefined) return;
    const other = [...this.state.tableProperties.values()].find(
      (one) =>
        one.resourceArn === resourceArn &&
        one.tableName !== tableName &&
        one.target?.TargetTableName?.toLowerCase() === name.toLowerCase(),
    );
    if (other === undefined) return;
    throw invalid(`Target table ${name} of ${resourceArn} belongs to source table ${other.tableName}.`);
  }
}

/** A table as it is loaded. */
export function loadOf(reason: "created" | "resync", table: string, config: TargetTableConfig | undefined) {
  const { UnnestSpec = "FULL", PartitionSpec = [], TargetTableName } = config ?? {};
  return {
    reason,
    table,
    unnest: UnnestSpec,
    partition: PartitionSpec,
    ...(TargetTableName === undefined ? {} : { targetTable: TargetTableName }),
  };
}

/** What an integration loads first, as far as it can be told: of a connection, what has properties in the target. */
export function firstLoads(state: ZeroEtlState, { sourceArn, targetArn }: Integration) {
  const table = tableOf(sourceArn);
  if (table !== undefined) {
    return [
      loadOf("created", table, state.tableProperties.get(ZeroEtlState.tableKey(targetArn, table))?.target),
    ];
  }
  return [...state.tableProperties.values()]
    .filter(({ resourceArn }) => resourceArn === targetArn)
    .map(({ tableName, target }) => loadOf("created", tableName, target));
}

function replicates({ sourceArn, busy: under, fixed }: Integration, tableName: string): boolean {
  if (under?.status === "DELETING" || fixed?.status === "FAILED") return false;
  const table = tableOf(sourceArn);
  return table === undefined || table === tableName;
}

function tableOf(sourceArn: string): string | undefined {
  return /^arn:[^:]+:dynamodb:[^:]+:[^:]+:table\/([^/]+)/.exec(sourceArn)?.[1];
}

function refuseTarget({ PartitionSpec = [] }: TargetTableConfig): void {
  if (PartitionSpec.length > MOST_PARTITIONS) {
    throw invalid(
      `PartitionSpec can have at most ${MOST_PARTITIONS} entries, but has ${PartitionSpec.length}.`,
    );
  }
  for (const { FieldName, FunctionSpec = "", ConversionSpec } of PartitionSpec) {
    if (FieldName === undefined) throw invalid("FieldName of PartitionSpec must be provided.");
    const isTime = TIME_FUNCTIONS.includes(FunctionSpec);
    if (!isTime && FunctionSpec !== "identity") {
      throw invalid(`FunctionSpec ${FunctionSpec} of PartitionSpec is not valid.`);
    }
    if (isTime && !CONVERSIONS.includes(ConversionSpec ?? "")) {
      throw invalid(
        `ConversionSpec of PartitionSpec must be one of ${CONVERSIONS.join(", ")} for ${FunctionSpec}.`,
      );
    }
    if (!isTime && ConversionSpec !== undefined) {
      throw invalid("ConversionSpec of PartitionSpec cannot be provided with identity.");
    }
  }
}

/** What is sent as empty is no longer there. */
function cleaned({ source, target }: TableConfigs): TableConfigs {
  const { PartitionSpec, ...rest } = target ?? {};
  const partition = PartitionSpec === undefined || PartitionSpec.length === 0 ? {} : { PartitionSpec };
  return { ...(source && { source }), ...(target && { target: { ...rest, ...partition } }) };
}

function layoutOf(config: TargetTableConfig | undefined): string {
  const { unnest, partition } = loadOf("resync", "", config);
  const columns = partition.map(({ FieldName, FunctionSpec, ConversionSpec }) => [
    FieldName,
    FunctionSpec,
    ConversionSpec,
  ]);
  return JSON.stringify([unnest, columns]);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
