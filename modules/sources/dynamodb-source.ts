// A DynamoDB table as a source.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { dynamoDbTableArn } from "../../lib/arn";
import { integrationApi } from "../../lib/facts/compatibility";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { tableExportStatement } from "../../lib/policy/dynamodb-table";
import { tableKeyRequirements } from "../../lib/policy/kms";
import { redshiftTableExportStatements } from "../../lib/policy/redshift";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { exportingIntegrationRules, integrationsOf } from "../../lib/rules/exporting-integrations";
import { keyOwnerRules } from "../../lib/rules/key-policy";
import { dynamoDbSourceRules } from "../../lib/rules/sources";
import { DynamoDbTableLookup } from "../checks/dynamodb-table-lookup";
import type { IntegrationSource, SourceBindOptions, SourceBinding } from "../contracts";
import { Environment } from "../environment";
import { literalRules, report } from "../report";
import type { KeyPolicy } from "../shared/key-policy";
import type { Needs } from "../shared/needs";
import { NO_NEEDS, allNeeds, needOf } from "../shared/needs";
import type { PolicyMode } from "../../lib/spec/types";
import { TablePolicy } from "../shared/table-policy";
import { literal, literals } from "../tokens";

interface DynamoDbSourceCommon {
  /**
   * ARNs of the only integrations that may export the table, made with the API of Glue or, into a Redshift warehouse, with that
   * of Redshift. @default every integration of the account and region, of the APIs that integrations of the app use
   */
  readonly integrationArns?: readonly string[];
  /** Owner of the policy of the table's own key, where the app manages it. @default the needed statements are returned */
  readonly keyPolicy?: KeyPolicy;
  /** Who writes the table's policy. @default "merge": only the statements of this stack are added and removed */
  readonly tablePolicy?: PolicyMode;
  /** Account and region of the table. @default the stack's environment */
  readonly environment?: Environment;
}

export interface DynamoDbTableNameProps extends DynamoDbSourceCommon {
  /** Name of an existing table, 3 to 255 characters (DynamoDB naming rules). */
  readonly table: string;
  /** ARN of the table's customer managed key; a plan checks that it is the one. @default whatever key the table has */
  readonly kmsKeyArn?: string;
}

/** What a source reads of a table in the same app; every `DynamodbTable` of the provider bindings is one. */
export interface ManagedDynamoDbTable extends ITerraformDependable {
  readonly nameInput?: string | undefined;
  readonly hashKeyInput?: string | undefined;
  readonly rangeKeyInput?: string | undefined;
  readonly pointInTimeRecoveryInput?: { readonly enabled?: unknown } | undefined;
  readonly serverSideEncryptionInput?:
    { readonly enabled?: unknown; readonly kmsKeyArn?: string | undefined } | undefined;
}

export interface DynamoDbTableProps extends DynamoDbSourceCommon {
  /** The table, in any stack of the same app. */
  readonly table: ManagedDynamoDbTable;
}

interface TableAccess {
  readonly name: string;
  readonly keyColumns?: readonly string[];
  /** ARN of its customer managed key, as far as it is known. */
  readonly kmsKeyArn?: string | undefined;
  /** Asks for what must exist or be read first; called when an integration uses the table. */
  readonly require: (scope: Construct, options: SourceBindOptions) => readonly ITerraformDependable[];
}

/** A DynamoDB table that AWS Glue, or Amazon Redshift for its warehouses, exports on behalf of the account's integrations. */
export class DynamoDbSource extends Construct implements IntegrationSource {
  /** A table that exists already: a plan checks that it can be replicated. Throws `ZeroEtlError`. */
  static fromTableName(scope: Construct, id: string, props: DynamoDbTableNameProps): DynamoDbSource {
    const environment = props.environment ?? Environment.of(scope);
    const source = new DynamoDbSource(scope, id, environment, props, {
      name: props.table,
      kmsKeyArn: props.kmsKeyArn,
      require: (integration, { identityColumns = [] }) => {
        const lookup = DynamoDbTableLookup.of(environment, props.table);
        if (props.kmsKeyArn !== undefined) lookup.expectKey(integration, props.kmsKeyArn);
        lookup.adviseAgainstKeyPartitions(integration, identityColumns);
        return lookup.dependencies;
      },
    });
    report(source, [...literalRules({ table: props.table }), ...dynamoDbSourceRules(literals(props))]);
    return source;
  }

  /** A table of the same app: what it lacks is an error at synth. Throws `ZeroEtlError`. */
  static fromTable(scope: Construct, id: string, props: DynamoDbTableProps): DynamoDbSource {
    const { table } = props;
    const name = table.nameInput ?? "";
    const environment = props.environment ?? Environment.of(scope);
    const source = new DynamoDbSource(scope, id, environment, props, {
      name,
      keyColumns: keyColumns(table),
      kmsKeyArn: customerManagedKey(table),
      require: () => [table],
    });
    const { integrationArns } = props;
    report(source, [
      ...literalRules({ table: name }),
      ...dynamoDbSourceRules(literals({ table: name, integrationArns })),
      ...managedTableRules(table),
    ]);
    return source;
  }

  readonly kind = "dynamodb";
  readonly tables: readonly string[];
  readonly keyColumns: readonly string[] | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly options: DynamoDbSourceCommon,
    private readonly table: TableAccess,
  ) {
    super(scope, id);
    this.tables = [table.name];
    this.keyColumns = table.keyColumns;
    const { keyPolicy } = options;
    report(
      this,
      keyOwnerRules({ hasKey: table.kmsKeyArn !== undefined, hasKeyPolicy: keyPolicy !== undefined }),
    );
  }

  bind(scope: Construct, options: SourceBindOptions): SourceBinding {
    const { environment, table } = this;
    const statements = this.exportStatements(options);
    const prerequisites = table.require(scope, options);
    const mode = this.options.tablePolicy ?? "merge";
    const policy = TablePolicy.of(environment, table.name).allow(this, statements, mode, prerequisites);
    const needs = allNeeds(policy, this.needOfKey(options));
    return {
      arn: dynamoDbTableArn(environment, table.name),
      key: `${environment.key} dynamodb/${table.name}`,
      table: table.name,
      environment,
      requirements: needs.requirements,
      dependencies: [...needs.dependencies, ...prerequisites],
    };
  }

  // Each API exports as a service of its own; a table that both export has the statements of both.
  private exportStatements({ target }: SourceBindOptions): IdentifiedStatement[] {
    const { environment: address, table } = this;
    const api = integrationApi(this.kind, target);
    const named = this.options.integrationArns;
    report(this, exportingIntegrationRules(api, named));
    const integrationArns = named && integrationsOf(api, named);
    return api === "redshift"
      ? redshiftTableExportStatements({ address, table: table.name, integrationArns })
      : [tableExportStatement({ address, integrationArns })];
  }

  private needOfKey({ target }: SourceBindOptions): Needs {
    const { kmsKeyArn } = this.table;
    if (kmsKeyArn === undefined) return NO_NEEDS;
    return needOf(this, {
      document: "key policy",
      arn: kmsKeyArn,
      requirements: tableKeyRequirements({ address: this.environment, target }),
      owner: this.options.keyPolicy,
    });
  }
}

function keyColumns({ hashKeyInput, rangeKeyInput }: ManagedDynamoDbTable): string[] {
  return [hashKeyInput, rangeKeyInput].flatMap((column) => literal(column) ?? []);
}

function customerManagedKey({ serverSideEncryptionInput }: ManagedDynamoDbTable): string | undefined {
  return serverSideEncryptionInput?.enabled === false ? undefined : serverSideEncryptionInput?.kmsKeyArn;
}

function managedTableRules(table: ManagedDynamoDbTable): Issue[] {
  const issues: Issue[] = [];
  const subject = `the DynamoDB table ${literal(table.nameInput) ?? table.fqn}`;
  const recovery = table.pointInTimeRecoveryInput?.enabled;
  if (recovery === undefined || recovery === false) {
    issues.push(
      error("point-in-time-recovery-off", ["table"], `point-in-time recovery is off on ${subject}`, {
        got: recovery === undefined ? "no pointInTimeRecovery" : "pointInTimeRecovery: { enabled: false }",
        expected: "pointInTimeRecovery: { enabled: true }",
        remedy: "turn it on: AWS Glue exports the table through it",
      }),
    );
  }
  const encryption = table.serverSideEncryptionInput;
  if (encryption?.enabled === true && encryption.kmsKeyArn === undefined) {
    issues.push(
      error("aws-managed-key", ["table"], `${subject} is encrypted with the AWS managed key aws/dynamodb`, {
        got: "serverSideEncryption: { enabled: true } without kmsKeyArn",
        expected: "a key owned by AWS or a customer managed key",
        remedy: "give serverSideEncryption a kmsKeyArn, or set enabled: false",
      }),
    );
  }
  return issues;
}
