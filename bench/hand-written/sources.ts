// Tables, connections and Oracle databases to read from.
import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { DataAwsGlueConnection } from "@cdktf/provider-aws/lib/data-aws-glue-connection";
import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import type { ITerraformDependable } from "cdktf";
import { TerraformCount, Token } from "cdktf";
import type { Connection, DynamoDbTable, FleetSource, OracleDatabase } from "../fleet";
import type { Kit } from "./kit";
import { CLOUDFORMATION_TAGS, makeProperty, makeRole } from "./kit";
import { exportToGlue, exportToRedshift, readConnection } from "./policies";

export interface Source {
  readonly arn: string;
  readonly dependencies: readonly ITerraformDependable[];
  readonly dataFilter?: string;
  readonly sourceProperties?: Readonly<Record<string, string>>;
  /** What the policy of its secret must say. */
  readonly secretStatements?: readonly object[];
}

export function makeSource(kit: Kit, label: string, source: FleetSource, intoRedshift: boolean): Source {
  if (source.type === "dynamodb") return makeTable(kit, source, intoRedshift);
  return source.type === "oracle" ? oracleDatabase(source) : makeConnection(kit, label, source);
}

function makeTable({ stack, place, operator }: Kit, { table }: DynamoDbTable, intoRedshift: boolean): Source {
  const arn = place.arn("dynamodb", `table/${table}`);
  const data = new DataAwsDynamodbTable(stack, `${table}-table`, {
    name: table,
    lifecycle: {
      postcondition: [
        {
          condition: `\${self.arn == "${arn}"}`,
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
  const key = new DataAwsKmsKey(stack, `${table}-key`, {
    count: TerraformCount.of(Token.asNumber(`\${try(length(${encryption}[0].kms_key_arn), 0) > 0 ? 1 : 0}`)),
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
  const statements = intoRedshift ? exportToRedshift(place, arn) : exportToGlue(place);
  const tablePolicy = operator.tablePolicy(table, arn, statements, [data, key]);
  return { arn, dependencies: [tablePolicy, data, key] };
}

const PRODUCTS: Readonly<Record<Connection["type"], readonly [title: string, connectionType: string]>> = {
  "facebook-ads": ["Facebook Ads", "FACEBOOKADS"],
  "instagram-ads": ["Instagram Ads", "INSTAGRAMADS"],
  salesforce: ["Salesforce", "SALESFORCE"],
  "salesforce-account-engagement": ["Salesforce Marketing Cloud Account Engagement", "SALESFORCEPARDOT"],
  "sap-odata": ["SAP OData", "SAPODATA"],
  servicenow: ["ServiceNow", "SERVICENOW"],
  zendesk: ["Zendesk", "ZENDESK"],
  "zoho-crm": ["Zoho CRM", "ZOHOCRM"],
};

function makeConnection(kit: Kit, label: string, { type, connection, entities }: Connection): Source {
  const { stack, place } = kit;
  const arn = place.arn("glue", `connection/${connection}`);
  const [title, connectionType] = PRODUCTS[type];
  const data = new DataAwsGlueConnection(stack, `${label}-connection`, {
    id: `${place.account}:${connection}`,
    lifecycle: {
      postcondition: [
        {
          condition: `\${self.connection_type == "${connectionType}"}`,
          errorMessage: `the Glue connection ${connection} is of type \${self.connection_type}, and a ${type} source needs one of type ${connectionType} (${title}). Declare the type that the connection has, or another connection.`,
        },
      ],
    },
  });
  const role = makeRole(kit, label, "source", connection, readConnection(place, arn));
  const property = makeProperty(
    kit,
    label,
    { ResourceArn: arn, SourceProcessingProperties: { RoleArn: role.arn }, Tags: CLOUDFORMATION_TAGS },
    [data, ...role.dependencies],
  );
  return {
    arn,
    dependencies: [property, data],
    ...(entities !== undefined && {
      dataFilter: [...entities]
        .sort()
        .map((entity) => `include: ${entity}`)
        .join(", "),
    }),
  };
}

function oracleDatabase({ arn, pluggableDatabase, secretArn }: OracleDatabase): Source {
  return {
    arn,
    dependencies: [],
    dataFilter: `include: ${pluggableDatabase}.*.*`,
    sourceProperties: { "secret-arn": secretArn },
    secretStatements: [
      {
        document: "secret policy",
        arn: secretArn,
        applied: false,
        requirements: [
          {
            source: "Oracle Database@AWS user guide, Setting up zero-ETL, step 3",
            verified: true,
            statement: {
              Sid: "ZeroEtlOracleSecret",
              Effect: "Allow",
              Principal: { Service: ["zetl.odb.amazonaws.com"] },
              Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
              Resource: ["*"],
            },
          },
        ],
      },
    ],
  };
}
