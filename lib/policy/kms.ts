// What the policies of customer managed keys need, and how sure that is.
import type { AwsAddress } from "../arn";
import { glueIntegrationsArn, tableBucketArn } from "../arn";
import type { SourceKind, TargetKind } from "../facts/kinds";
import { sid } from "../names";
import type { EncryptionContext } from "./key-statements";
import { contextConditions, contextSid, grantStatement } from "./key-statements";
import { oracleGrantRequirement } from "./oracle";
import { GLUE_SERVICE, REDSHIFT_SERVICE, S3_TABLES_MAINTENANCE_SERVICE } from "./principals";
import { redshiftIntegrationConditions } from "./redshift";
import type { Requirement } from "./requirement";
import type { Conditions, IdentifiedStatement } from "./statement";

const NEAREST = "nearest published: AWS DMS user guide, zero-ETL integrations, encryption";
const REDSHIFT_GUIDE = "Redshift management guide, zero-ETL integrations with a customer managed key";
const DYNAMODB_GUIDE =
  "DynamoDB developer guide, zero-ETL integration with Amazon Redshift, encryption key permissions";
const S3_TABLES_GUIDE = "S3 user guide, Permission requirements for S3 Tables SSE-KMS encryption";

/** What a service may do with a grant, where AWS documents integrations through the Glue API. */
const GRANT_OPERATIONS = [
  "CreateGrant",
  "Decrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptTo",
];

/** An integration that encrypts what it moves with a key of the user's. */
export interface KeyedIntegration {
  /** The account and region that the integration is created in. */
  readonly address: AwsAddress;
  readonly source: SourceKind;
  readonly target: TargetKind;
  readonly encryptionContext?: EncryptionContext | undefined;
}

/** What the policy of an integration's key needs, in addition to what lets the account itself administer the key. */
export function integrationKeyRequirements(integration: KeyedIntegration): Requirement[] {
  const { address, source, target, encryptionContext = {} } = integration;
  if (target !== "redshift") return glueKeyRequirements(encryptionContext);
  if (source === "dynamodb") return [redshiftGrantRequirement(address, encryptionContext)];
  if (source === "oracle") return [oracleGrantRequirement(encryptionContext)];
  return [
    {
      statement: grantStatement("ZeroEtlGrant", [GLUE_SERVICE, REDSHIFT_SERVICE], {
        operations: GRANT_OPERATIONS,
        encryptionContext,
      }),
      verified: false,
      source: NEAREST,
    },
  ];
}

// AWS documents the source account and ARN here, and the list of operations only for the one who creates the integration.
function redshiftGrantRequirement(address: AwsAddress, encryptionContext: EncryptionContext): Requirement {
  const { StringEquals, ...rest } = redshiftIntegrationConditions(address);
  const statement: IdentifiedStatement = {
    ...useStatement(contextSid("ZeroEtlRedshiftGrant", encryptionContext), REDSHIFT_SERVICE, [
      "kms:CreateGrant",
    ]),
    Condition: {
      StringEquals: { ...StringEquals, ...contextConditions(encryptionContext)["StringEquals"] },
      ...rest,
    },
  };
  return { statement, verified: true, source: REDSHIFT_GUIDE };
}

// No source conditions: AWS publishes none for AWS Glue, and one that the service does not send would lock the key.
function glueKeyRequirements(encryptionContext: EncryptionContext): Requirement[] {
  const bound = contextConditions(encryptionContext);
  const use = useStatement(contextSid("ZeroEtlGlueUse", encryptionContext), GLUE_SERVICE, [
    "kms:Decrypt",
    "kms:GenerateDataKey",
  ]);
  const grant = grantStatement("ZeroEtlGlueGrant", [GLUE_SERVICE], {
    operations: GRANT_OPERATIONS,
    encryptionContext,
  });
  // Describing a key has no encryption context, so that a condition on one would always refuse it.
  const describe = useStatement("ZeroEtlGlueDescribe", GLUE_SERVICE, ["kms:DescribeKey"]);
  const conditional: IdentifiedStatement =
    Object.keys(bound).length === 0 ? use : { ...use, Condition: bound };
  return [grant, conditional, describe].map((statement) => ({ statement, verified: false, source: NEAREST }));
}

/** A table that is encrypted with a key of the user's. */
export interface KeyedTable {
  /** The account and region of the table, which are those of its integrations. */
  readonly address: AwsAddress;
  readonly target: TargetKind;
}

/** What the policy of a DynamoDB table's key needs so that the table can be exported. */
export function tableKeyRequirements({ address, target }: KeyedTable): Requirement[] {
  if (target === "redshift") {
    const statement: IdentifiedStatement = {
      ...useStatement("ZeroEtlRedshiftTableKey", REDSHIFT_SERVICE, ["kms:Decrypt"]),
      Condition: redshiftIntegrationConditions(address),
    };
    return [{ statement, verified: true, source: DYNAMODB_GUIDE }];
  }
  // The conditions of AWS Glue's own statement in the table's policy, since the same service calls for the same reason.
  const Condition: Conditions = {
    StringEquals: { "aws:SourceAccount": [address.account] },
    ArnLike: { "aws:SourceArn": [glueIntegrationsArn(address)] },
  };
  const statement = { ...useStatement("ZeroEtlGlueTableKey", GLUE_SERVICE, ["kms:Decrypt"]), Condition };
  return [{ statement, verified: false, source: `nearest published: ${DYNAMODB_GUIDE}` }];
}

/** A target that encrypts what is written into it with a key of the user's. */
export interface KeyedTarget {
  readonly address: AwsAddress;
  readonly kind: Exclude<TargetKind, "redshift">;
  /** What the target is, free of tokens: the statement ids derive from it. */
  readonly targetKey: string;
  /** The role that writes into the target. */
  readonly roleArn: string;
  /** The table bucket of an S3 Tables target, whose maintenance needs the key too. */
  readonly tableBucket?: string | undefined;
}

/** What the policy of a target's key needs; within one account the role's own permissions may do in place of the first. */
export function targetKeyRequirements(target: KeyedTarget): Requirement[] {
  const { address, kind, targetKey, roleArn, tableBucket } = target;
  const Action = ["kms:Decrypt", "kms:GenerateDataKey"];
  const role: Requirement = {
    statement: {
      Sid: sid("ZeroEtlTargetRole", targetKey),
      Effect: "Allow",
      Principal: { AWS: [roleArn] },
      Action,
      Resource: ["*"],
    },
    verified: kind === "s3-tables",
    source: kind === "s3-tables" ? S3_TABLES_GUIDE : `nearest published: ${S3_TABLES_GUIDE}`,
  };
  if (tableBucket === undefined) return [role];
  const maintenance: IdentifiedStatement = {
    ...useStatement(sid("ZeroEtlMaintenance", targetKey), S3_TABLES_MAINTENANCE_SERVICE, Action),
    Condition: {
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [`${tableBucketArn(address, tableBucket)}/*`] },
    },
  };
  return [role, { statement: maintenance, verified: true, source: S3_TABLES_GUIDE }];
}

// In a key's policy `*` is that key.
function useStatement(Sid: string, service: string, Action: readonly string[]): IdentifiedStatement {
  return { Sid, Effect: "Allow", Principal: { Service: [service] }, Action, Resource: ["*"] };
}
