// What only the account knows of a DynamoDB table, asked once per table at plan.
import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import type { ITerraformDependable, Postcondition } from "cdktf";
import { TerraformCount, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { dynamoDbTableArn } from "../../lib/arn";
import type { Environment } from "../environment";
import { Contributions } from "../shared/contributions";
import { findOrMake, namespace } from "../shared/namespace";
import { equals } from "../tokens";
import { TerraformCheck } from "./terraform-check";

/** A table that exists already; a plan fails where an integration cannot read it. */
export class DynamoDbTableLookup extends Construct {
  /** The lookup of that table in the environment's stack, made at the first call. */
  static of(environment: Environment, table: string): DynamoDbTableLookup {
    const scope = namespace(environment.ownerScope, "DynamoDbTable");
    return findOrMake(scope, table, (id) => new DynamoDbTableLookup(scope, id, environment, table));
  }

  /** What must have been read before the table is used. */
  readonly dependencies: readonly ITerraformDependable[];
  private readonly data: DataAwsDynamodbTable;
  private readonly conditions: Postcondition[];
  private readonly keys = new Contributions<string>(this);

  private constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    private readonly table: string,
  ) {
    super(scope, id);
    this.conditions = [
      {
        condition: equals("self.arn", dynamoDbTableArn(environment, table)),
        errorMessage: `the DynamoDB table ${table} is not in the account and region of its environment: the provider found \${self.arn}. Check the account and region that were declared, and the credentials of this run.`,
      },
      {
        condition: "${try(self.point_in_time_recovery[0].enabled, false)}",
        errorMessage: `point-in-time recovery is off on the DynamoDB table ${table}, and AWS Glue cannot export the table without it. Turn it on: aws dynamodb update-continuous-backups --table-name ${table} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
      },
    ];
    this.data = new DataAwsDynamodbTable(this, "Resource", {
      ...environment.providerConfig,
      name: table,
      lifecycle: { postcondition: this.conditions },
    });
    this.dependencies = [this.data, this.lookUpKey(environment)];
  }

  /** Makes a plan fail where the table has another key than declared; two declared keys throw `ZeroEtlError`. */
  expectKey(requester: Construct, kmsKeyArn: string): void {
    if (!this.keys.add(requester, "key", kmsKeyArn)) return;
    this.conditions.push({
      condition: equals('try(self.server_side_encryption[0].kms_key_arn, "")', kmsKeyArn),
      errorMessage: `the DynamoDB table ${this.table} is not encrypted with the declared key ${kmsKeyArn}. Declare the key that the table has, or none where it has a key owned by AWS.`,
    });
  }

  /** Warns at plan when a column that is taken as it is as a partition is a key of the table. */
  adviseAgainstKeyPartitions(scope: Construct, columns: readonly string[]): void {
    // What a data source tells is known in its own stack only.
    if (columns.length === 0 || TerraformStack.of(scope) !== TerraformStack.of(this)) return;
    const keys = `[${this.data.fqn}.hash_key, ${this.data.fqn}.range_key]`;
    new TerraformCheck(scope, "PartitionColumns", {
      condition: `\${length(setintersection(${keys}, ${JSON.stringify(columns)})) == 0}`,
      errorMessage: `\${join(", ", setintersection(${keys}, ${JSON.stringify(columns)}))} is a key of the DynamoDB table ${this.table}: partitioning by it with identity makes one partition per item. Partition by a column with few values, or by a time function.`,
    });
  }

  // The table reports the key's ARN in both cases; only the key itself tells who manages it.
  private lookUpKey(environment: Environment): DataAwsKmsKey {
    const encryption = `${this.data.fqn}.server_side_encryption`;
    return new DataAwsKmsKey(this, "Key", {
      ...environment.providerConfig,
      count: TerraformCount.of(
        Token.asNumber(`\${try(length(${encryption}[0].kms_key_arn), 0) > 0 ? 1 : 0}`),
      ),
      keyId: `\${${encryption}[0].kms_key_arn}`,
      lifecycle: {
        postcondition: [
          {
            condition: '${self.key_manager == "CUSTOMER"}',
            errorMessage: `the DynamoDB table ${this.table} is encrypted with the AWS managed key aws/dynamodb, which AWS Glue zero-ETL does not support. Change the table to a key owned by AWS (server_side_encryption enabled = false) or to a customer managed key.`,
          },
          {
            condition: "${self.enabled}",
            errorMessage: `the key of the DynamoDB table ${this.table} is not enabled, so the table cannot be exported. Enable \${self.arn}.`,
          },
        ],
      },
    });
  }
}
