// What the secret of an Oracle database and its key must allow (Oracle Database@AWS user guide, "Setting up zero-ETL", step 3).

const ORACLE = { Service: "zetl.odb.amazonaws.com" };

/** Statements of the policy of a secret. */
export const ORACLE_SECRET = [
  {
    Effect: "Allow",
    Principal: ORACLE,
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: "*",
  },
];

/** Statements of the policy of the key that encrypts it. */
export const ORACLE_KEY = [
  {
    Effect: "Allow",
    Principal: ORACLE,
    Action: ["kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant"],
    Resource: "*",
  },
  {
    Effect: "Allow",
    Principal: { Service: "redshift.amazonaws.com" },
    Action: "kms:CreateGrant",
    Resource: "*",
    Condition: {
      "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt", "GenerateDataKey", "CreateGrant"] },
    },
  },
];
