// What the secret and the key of an Oracle database must allow (Oracle Database@AWS user guide, "Setting up zero-ETL").
import { grantStatement } from "./key-statements";
import type { EncryptionContext } from "./key-statements";
import { ORACLE_SERVICE, REDSHIFT_SERVICE } from "./principals";
import type { Requirement } from "./requirement";

const SOURCE = "Oracle Database@AWS user guide, Setting up zero-ETL, step 3";

/** What Redshift may do with a grant on the key that the guide shows. */
const GRANT_OPERATIONS = ["CreateGrant", "Decrypt", "GenerateDataKey"];

/** Lets the service read the credentials; in a secret's policy `*` is that secret, and AWS documents no condition. */
export const ORACLE_SECRET_REQUIREMENTS: readonly Requirement[] = [
  {
    statement: {
      Sid: "ZeroEtlOracleSecret",
      Effect: "Allow",
      Principal: { Service: [ORACLE_SERVICE] },
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: ["*"],
    },
    verified: true,
    source: SOURCE,
  },
];

/** What the policy of the key that encrypts the secret needs. */
export function oracleKeyRequirements(encryptionContext: EncryptionContext = {}): Requirement[] {
  return [
    {
      statement: {
        Sid: "ZeroEtlOracleKey",
        Effect: "Allow",
        Principal: { Service: [ORACLE_SERVICE] },
        Action: ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"],
        Resource: ["*"],
      },
      verified: true,
      source: SOURCE,
    },
    oracleGrantRequirement(encryptionContext),
  ];
}

/**
 * Lets Redshift pass the key on: the secret's key needs it, and so does the key of the integration. The guide always binds
 * an encryption context; without one the statement is the guide's, less a condition that it shows.
 */
export function oracleGrantRequirement(encryptionContext: EncryptionContext = {}): Requirement {
  return {
    statement: grantStatement("ZeroEtlOracleGrant", [REDSHIFT_SERVICE], {
      operations: GRANT_OPERATIONS,
      encryptionContext,
    }),
    verified: Object.keys(encryptionContext).length > 0,
    source: SOURCE,
  };
}
