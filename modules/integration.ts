// The integration: what the library is about.
import { Fn, TerraformStack, Token, ref } from "cdktf";
import { Construct } from "constructs";
import { integrationApi } from "../lib/facts/compatibility";
import type { SourceKind } from "../lib/facts/kinds";
import { PROTOCOL_VERSION } from "../lib/operator/protocol";
import { error } from "../lib/issues";
import { defaultInterval } from "../lib/monitoring/alarms";
import { mergeRequirements } from "../lib/policy/requirement";
import { integrationRules } from "../lib/rules/integration";
import { keyOwnerRules } from "../lib/rules/key-policy";
import { placeRules } from "../lib/rules/place";
import { parseRefreshInterval } from "../lib/rules/refresh-interval";
import type { TableOptions } from "../lib/rules/tables";
import { IntegrationStatusCheck } from "./checks/integration-status";
import type {
  DocumentRequirements,
  IntegrationSource,
  IntegrationTarget,
  SourceBinding,
  TargetBinding,
  WatchedIntegration,
} from "./contracts";
import { waitFor } from "./dependencies";
import { Environment } from "./environment";
import { report } from "./report";
import type { IntegrationResource } from "./resources/integration";
import { makeIntegration } from "./resources/integration";
import { OperatorResource } from "./resources/operator-resource";
import type { CatalogPolicy } from "./shared/catalog-policy";
import { needOfIntegrationKey } from "./shared/integration-key";
import { IntegrationQueue } from "./shared/integration-queue";
import type { KeyPolicy } from "./shared/key-policy";
import { Registry } from "./shared/registry";
import { isUnresolved, literals } from "./tokens";

export interface ZeroEtlIntegrationProps {
  readonly source: IntegrationSource;
  readonly target: IntegrationTarget;
  /** Name in AWS, 1 to 128 characters (Glue API). @default the construct's id */
  readonly name?: string;
  /** Up to 1000 characters (Glue API). @default none */
  readonly description?: string;
  /**
   * Minutes as a number, or a text like `30m`, `6h`, `2d`; 15 minutes to 8640 minutes (user guide). The operator changes it in
   * place; of a Redshift target it cannot be changed. @default the default of AWS: 15 minutes for DynamoDB, 60 for connections
   */
  readonly refreshInterval?: number | string;
  /** Whether changes follow the first load. @default true */
  readonly continuousSync?: boolean;
  /** Key of the intermediate data. @default a key managed by AWS */
  readonly kmsKeyArn?: string;
  /** Owner of that key's policy, where the app manages the key. @default the needed statements are returned: `requirements` */
  readonly keyPolicy?: KeyPolicy;
  /** Encryption context of that key. @default none */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Which tables are replicated, in Maxwell filter syntax; not for DynamoDB, whose integrations replicate one table. @default all */
  readonly dataFilter?: string;
  /** Layout of target tables, by the name of the source table. @default the defaults of AWS */
  readonly tables?: Readonly<Record<string, TableOptions>>;
  /** Whether a plan that would destroy or replace the integration fails. @default true */
  readonly protect?: boolean;
  /** Owner of the target's catalog policy, where it lives in another stack. @default the owner in the target's stack */
  readonly catalogPolicy?: CatalogPolicy;
  /** Account and region of the integration, which are those of its source. @default the stack's environment */
  readonly environment?: Environment;
}

/** Keeps the tables of a target up to date with a source. */
export class ZeroEtlIntegration extends Construct {
  /** Name of the integration in AWS. */
  readonly integrationName: string;
  /** ARN of the integration, known after apply. */
  readonly arn: string;
  /** Name of the database or namespace that the data arrives in, where AWS tells it; known after apply where it has the integration's id. */
  readonly targetDatabase: string | undefined;
  /** ARN of the role that writes into the target, where it needs one. */
  readonly targetRoleArn: string | undefined;
  /** What documents that others may write must say before data can flow, and how sure that is. */
  readonly requirements: readonly DocumentRequirements[];
  /** What monitoring learns of the integration. */
  readonly watched: WatchedIntegration;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(scope: Construct, id: string, props: ZeroEtlIntegrationProps) {
    super(scope, id);
    const { source, target } = props;
    this.integrationName = props.name ?? id;
    const settings = literals({ ...props, name: this.integrationName });
    report(this, [
      ...integrationRules({
        ...settings,
        hasKmsKey: props.kmsKeyArn !== undefined,
        sourceKind: source.kind,
        targetKind: target.kind,
        sourceTables: source.tables,
        keyColumns: source.keyColumns,
        entities: source.entities,
        lakeFormation: target.lakeFormation,
      }),
      ...keyOwnerRules({
        hasKey: props.kmsKeyArn !== undefined,
        hasKeyPolicy: props.keyPolicy !== undefined,
      }),
    ]);
    const from = source.bind(this, {
      target: target.kind,
      identityColumns: identityColumns(props.tables),
      ...(props.encryptionContext !== undefined && { encryptionContext: props.encryptionContext }),
    });
    const environment = this.environmentBeside(from, props.environment);
    const to = target.bind(this, {
      source: source.kind,
      sourceArn: from.arn,
      sourceKey: from.key,
      sourceEnvironment: environment,
      ...(props.tables !== undefined && { tables: props.tables }),
      ...(props.catalogPolicy !== undefined && { catalogPolicy: props.catalogPolicy }),
    });
    report(
      this,
      placeRules({
        sourceKind: source.kind,
        source: literals(environment),
        target: literals(to.environment ?? environment),
      }),
    );
    const refreshInterval = minutes(props.refreshInterval);
    // AWS changes the interval of a Glue target in place, and Cloud Control by a new integration: it is not told of one then.
    const inPlace = environment.operator && target.kind !== "redshift";
    const key = needOfIntegrationKey(this, { ...props, address: environment });
    const api = integrationApi(source.kind, target.kind);
    const integration = makeIntegration(this, "Resource", api, {
      environment,
      integrationName: this.integrationName,
      sourceArn: from.arn,
      targetArn: to.arn,
      description: props.description,
      ...(inPlace ? {} : { refreshInterval }),
      continuousSync: props.continuousSync,
      sourceProperties: from.sourceProperties,
      dataFilter: props.dataFilter ?? from.dataFilter,
      kmsKeyId: props.kmsKeyArn,
      encryptionContext: props.encryptionContext,
      protect: props.protect ?? true,
    });
    waitFor(integration, [...from.dependencies, ...to.dependencies, ...key.dependencies]);
    IntegrationQueue.of(this, to.key).join(integration);
    const { arnExpression, statusExpression: status } = integration;
    if (status !== undefined) {
      const { integrationName } = this;
      new IntegrationStatusCheck(this, "Status", { integrationName, status, arn: arnExpression });
    }
    // The id is the last of the seven parts of the ARN.
    const integrationId = `\${split(":", ${arnExpression})[6]}`;
    if (inPlace && refreshInterval !== undefined) this.setInterval(environment, refreshInterval, integration);
    to.follow?.(this, {
      integrationName: this.integrationName,
      integrationId,
      status,
      dependency: integration,
      sourceDatabase: from.database,
    });

    this.arn = `\${${arnExpression}}`;
    this.targetDatabase = typeof to.database === "function" ? to.database(integrationId) : to.database;
    this.targetRoleArn = to.roleArn;
    this.requirements = mergeRequirements([from, to, key].flatMap(({ requirements = [] }) => requirements));
    this.watched = {
      integrationName: this.integrationName,
      // A token, which documents in JSON can hold.
      arn: Token.asString(ref(arnExpression)),
      source: source.kind,
      api,
      interval: intervalOf(props, source.kind),
      continuous: props.continuousSync ?? true,
      environment,
      targetEnvironment: to.environment ?? environment,
      waitFor: (dependencies) => waitFor(integration, dependencies),
    };
    this.register(environment, props, from, to);
  }

  private setInterval(
    environment: Environment,
    refreshInterval: string,
    integration: IntegrationResource,
  ): void {
    new OperatorResource(this, "Settings", {
      environment,
      subject: `the settings of the integration ${this.integrationName}`,
      manages: { kind: "integration-settings" },
      after: [integration],
      input: {
        version: PROTOCOL_VERSION,
        kind: "integration-settings",
        integrationArn: Token.asString(ref(integration.arnExpression)),
        refreshInterval,
      },
    });
  }

  // An integration is made where its source is, by a provider of its own stack.
  private environmentBeside({ environment: ofSource }: SourceBinding, given?: Environment): Environment {
    const stack = TerraformStack.of(this);
    if (ofSource !== undefined && TerraformStack.of(ofSource) === stack) return ofSource;
    const environment = given ?? Environment.of(this);
    if (ofSource !== undefined && ofSource.key !== environment.key) {
      report(this, [
        error(
          "integration-environment",
          ["source"],
          "the source is in another account or region than the integration, and an integration is made where its source is",
          {
            got: `${environment.node.path}, and ${ofSource.node.path} of the source`,
            expected: "one account and region",
            remedy:
              "give the integration the environment of its stack that is the source's, with account and region as literals",
          },
        ),
      ]);
    }
    return environment;
  }

  private register(
    environment: Environment,
    { source, target, tables = {} }: ZeroEtlIntegrationProps,
    from: SourceBinding,
    to: TargetBinding,
  ): void {
    // Redshift makes a database of its own for each integration, in which no two tables meet.
    const meets = from.table !== undefined && target.kind !== "redshift";
    Registry.of(this).addIntegration({
      path: [this.node.path],
      environmentKey: environment.key,
      name: this.integrationName,
      sourceKind: source.kind,
      entities: from.entities,
      sourceKey: from.key,
      targetKey: to.key,
      tables: meets ? [{ table: from.table, targetTable: tables[from.table]?.targetTable }] : [],
      destinationDatabase:
        target.kind === "redshift" && typeof to.database === "string" ? to.database : undefined,
    });
  }
}

// As AWS takes it: a text. A number that only Terraform knows is minutes.
function minutes(interval: number | string | undefined): string | undefined {
  if (interval === undefined) return undefined;
  return isUnresolved(interval) ? Fn.tostring(interval) : String(parseRefreshInterval(interval));
}

// One that only Terraform knows is none that an alarm can be measured by.
function intervalOf({ refreshInterval }: ZeroEtlIntegrationProps, source: SourceKind): number | undefined {
  if (refreshInterval === undefined) return defaultInterval(source);
  return isUnresolved(refreshInterval) ? undefined : parseRefreshInterval(refreshInterval);
}

function identityColumns(tables: ZeroEtlIntegrationProps["tables"]): string[] {
  const columns = Object.values(tables ?? {}).flatMap(({ partitionBy = [] }) => partitionBy);
  return columns.filter((column) => column.function === "identity").map(({ field }) => field);
}
