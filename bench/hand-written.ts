// The same Terraform, written by hand in plain CDKTF: what a team would write that has no library, and does it well.
import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import { DynamodbResourcePolicy } from "@cdktf/provider-aws/lib/dynamodb-resource-policy";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueResourcePolicy } from "@cdktf/provider-aws/lib/glue-resource-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { App, ITerraformDependable } from "cdktf";
import { LocalBackend, TerraformCount, TerraformLocal, TerraformOutput, TerraformStack, Token } from "cdktf";
import integrationSchema from "../lib/facts/cloudformation/aws-glue-integration.json";
import propertySchema from "../lib/facts/cloudformation/aws-glue-integrationresourceproperty.json";
import type { ReplicatedTable } from "./fleet";
import { ACCOUNT, REGION, STACK, databasesOf, locationOf } from "./fleet";

const TAGS = { team: "data" };
const CLOUDFORMATION_TAGS = [{ Key: "team", Value: "data" }];
const CATALOG_ARN = `arn:aws:glue:${REGION}:${ACCOUNT}:catalog`;
const tableArn = (table: string): string => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}`;
const databaseArn = (database: string): string => `arn:aws:glue:${REGION}:${ACCOUNT}:database/${database}`;

interface Target {
  readonly roleArn: string;
  readonly dependencies: readonly ITerraformDependable[];
}

export class HandWrittenStack extends TerraformStack {
  private readonly integrationSchema: string;
  private readonly propertySchema: string;

  constructor(app: App, tables: readonly ReplicatedTable[]) {
    super(app, STACK);
    this.addOverride("terraform.required_version", ">= 1.5");
    this.addOverride("terraform.required_providers.aws", {
      source: "hashicorp/aws",
      version: ">= 6.0, < 7.0",
    });
    new LocalBackend(this, { path: `../../../terraform.${STACK}.tfstate` });
    new AwsProvider(this, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });
    this.integrationSchema = this.schema("integration-schema", integrationSchema);
    this.propertySchema = this.schema("property-schema", propertySchema);

    const catalogPolicy = this.catalogPolicy(tables);
    const targets = new Map(databasesOf(tables).map((database) => [database, this.target(database)]));
    for (const { table, database } of tables) {
      const target = targets.get(database);
      if (target === undefined) throw new Error(`no target for the database ${database}`);
      this.integration(table, database, target, [
        ...this.source(table),
        ...target.dependencies,
        catalogPolicy,
      ]);
    }
  }

  private schema(id: string, schema: object): string {
    return new TerraformLocal(this, id, JSON.stringify(schema).replace(/([$%])\{/g, "$1$1{")).asString;
  }

  private catalogPolicy(tables: readonly ReplicatedTable[]): GlueResourcePolicy {
    const statements = databasesOf(tables).map((database) => ({
      Sid: `Authorize${database.replaceAll("_", "")}`,
      Effect: "Allow",
      Principal: { Service: ["glue.amazonaws.com"] },
      Action: ["glue:AuthorizeInboundIntegration"],
      Resource: [CATALOG_ARN, databaseArn(database)],
      Condition: {
        StringEquals: {
          "aws:SourceArn": tables
            .filter((table) => table.database === database)
            .map(({ table }) => tableArn(table)),
        },
      },
    }));
    return new GlueResourcePolicy(this, "catalog-policy", { policy: policy(statements) });
  }

  private target(database: string): Target {
    const roleName = `zero-etl-target-${database}-${REGION}`;
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/${roleName}`;
    const role = new IamRole(this, `${database}-role`, {
      name: roleName,
      description: "AWS Glue zero-ETL writes into the target with this role",
      assumeRolePolicy: policy([
        { Effect: "Allow", Principal: { Service: ["glue.amazonaws.com"] }, Action: ["sts:AssumeRole"] },
      ]),
      tags: TAGS,
    });
    const rolePolicy = new IamRolePolicy(this, `${database}-role-policy`, {
      name: "zero-etl-target",
      role: role.name,
      policy: policy(rolePermissions(database)),
    });
    const glueDatabase = new GlueCatalogDatabase(this, `${database}-database`, {
      name: database,
      locationUri: locationOf(database),
      tags: TAGS,
    });
    const property = new CloudcontrolapiResource(this, `${database}-property`, {
      typeName: "AWS::Glue::IntegrationResourceProperty",
      schema: this.propertySchema,
      desiredState: JSON.stringify({
        ResourceArn: databaseArn(database),
        Tags: CLOUDFORMATION_TAGS,
        TargetProcessingProperties: { RoleArn: roleArn },
      }),
      dependsOn: [glueDatabase, role, rolePolicy],
    });
    return { roleArn, dependencies: [property] };
  }

  private source(table: string): ITerraformDependable[] {
    const data = new DataAwsDynamodbTable(this, `${table}-table`, {
      name: table,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.arn == "${tableArn(table)}"}`,
            errorMessage: `the DynamoDB table ${table} is not in the account and region of its environment: the provider found \${self.arn}. Check the account and region that were declared, and the credentials of this run.`,
          },
          {
            condition: "${try(self.point_in_time_recovery[0].enabled, false)}",
            errorMessage: `point-in-time recovery is off on the DynamoDB table ${table}, and AWS Glue cannot export the table without it. Turn it on: aws dynamodb update-continuous-backups --table-name ${table} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
          },
        ],
      },
    });
    const encryption = `${data.fqn}.server_side_encryption`;
    const key = new DataAwsKmsKey(this, `${table}-key`, {
      count: TerraformCount.of(
        Token.asNumber(`\${try(length(${encryption}[0].kms_key_arn), 0) > 0 ? 1 : 0}`),
      ),
      keyId: `\${${encryption}[0].kms_key_arn}`,
      lifecycle: {
        postcondition: [
          {
            condition: '${self.key_manager == "CUSTOMER"}',
            errorMessage: `the DynamoDB table ${table} is encrypted with the AWS managed key aws/dynamodb, which AWS Glue zero-ETL does not support. Change the table to a key owned by AWS (server_side_encryption enabled = false) or to a customer managed key.`,
          },
          {
            condition: "${self.enabled}",
            errorMessage: `the key of the DynamoDB table ${table} is not enabled, so the table cannot be exported. Enable \${self.arn}.`,
          },
        ],
      },
    });
    const tablePolicy = new DynamodbResourcePolicy(this, `${table}-policy`, {
      resourceArn: tableArn(table),
      policy: policy([
        {
          Sid: "ZeroEtlExport",
          Effect: "Allow",
          Principal: { Service: ["glue.amazonaws.com"] },
          Action: ["dynamodb:DescribeExport", "dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
          Resource: ["*"],
          Condition: {
            StringEquals: { "aws:SourceAccount": [ACCOUNT] },
            ArnLike: { "aws:SourceArn": [`arn:aws:glue:${REGION}:${ACCOUNT}:integration:*`] },
          },
        },
      ]),
      dependsOn: [data, key],
    });
    return [tablePolicy, data, key];
  }

  private integration(
    table: string,
    database: string,
    target: Target,
    dependsOn: readonly ITerraformDependable[],
  ): void {
    const integration = new CloudcontrolapiResource(this, `${table}-integration`, {
      typeName: "AWS::Glue::Integration",
      schema: this.integrationSchema,
      desiredState: JSON.stringify({
        IntegrationConfig: { RefreshInterval: "30" },
        IntegrationName: table,
        SourceArn: tableArn(table),
        Tags: CLOUDFORMATION_TAGS,
        TargetArn: databaseArn(database),
      }),
      lifecycle: { preventDestroy: true },
      dependsOn: [...dependsOn],
    });
    const reported = (property: string): string => `jsondecode(${integration.fqn}.properties).${property}`;
    this.addOverride(`check.${table}-status.assert`, [
      {
        condition: `\${!contains(["FAILED","NEEDS_ATTENTION"], ${reported("Status")})}`,
        error_message: `the integration ${table} is in state \${${reported("Status")}}. NEEDS_ATTENTION: AWS retries for seven days, so mend the cause and wait; FAILED: only a new integration helps. See the cause: aws glue describe-integrations --integration-identifier \${${reported("IntegrationArn")}}`,
      },
    ]);
    this.output(
      `${table}_integration_arn`,
      `\${${reported("IntegrationArn")}}`,
      `ARN of the integration ${table}`,
    );
    this.output(`${table}_target_database`, database, "Database that the data arrives in");
    this.output(`${table}_target_role_arn`, target.roleArn, "Role that writes into the target");
  }

  private output(name: string, value: string, description: string): void {
    new TerraformOutput(this, name, { value, description, staticId: true });
  }
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function rolePermissions(database: string): object[] {
  const arn = databaseArn(database);
  return [
    { Sid: "ListBucket", Effect: "Allow", Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::acme-lake"] },
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: [`arn:aws:s3:::acme-lake/${database}/*`],
    },
    { Sid: "ReadDatabase", Effect: "Allow", Action: ["glue:GetDatabase"], Resource: [CATALOG_ARN, arn] },
    {
      Sid: "WriteTables",
      Effect: "Allow",
      Action: [
        "glue:CreateTable",
        "glue:DeleteTable",
        "glue:GetResourcePolicy",
        "glue:GetTable",
        "glue:GetTables",
        "glue:GetTableVersion",
        "glue:GetTableVersions",
        "glue:UpdateTable",
      ],
      Resource: [CATALOG_ARN, arn, `arn:aws:glue:${REGION}:${ACCOUNT}:table/${database}/*`],
    },
    {
      Sid: "PutMetrics",
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringEquals: { "cloudwatch:namespace": ["AWS/Glue/ZeroETL"] } },
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: ["*"],
    },
  ];
}
