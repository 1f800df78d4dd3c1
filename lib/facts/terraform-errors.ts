// What goes wrong when Terraform makes or changes what an integration needs.
import type { KnownError } from "./known-error";

/** The part of the catalogue that a plan or an apply shows. */
export const TERRAFORM_ERRORS: readonly KnownError[] = [
  {
    id: "policy-size",
    symptom:
      "`Maximum policy size of 10240 bytes exceeded for role`, `The resource policy exceeds the size limit`",
    pattern: /maximum policy size|policy\b.{0,40}\bexceeds the (maximum )?size|quota for PolicySize/i,
    cause: "a policy that many integrations share is larger than AWS takes",
    remedy: "spread the integrations over several targets or roles, or remove statements that nobody needs",
    rules: [
      "catalog-policy-size",
      "key-policy-size",
      "role-policy-size",
      "secret-policy-size",
      "table-policy-size",
    ],
    reviews: ["policy-too-large"],
    made: "one statement for everything that may stand in one",
    source: "AWS Identity and Access Management user guide, IAM and AWS STS quotas",
  },
  {
    id: "hybrid-catalog-policy",
    symptom: "`PutResourcePolicy` fails, with words of `EnableHybrid`",
    pattern: /EnableHybrid/,
    cause:
      "Lake Formation has grants across accounts, and a catalog policy beside them is refused unless the call says so",
    remedy: "write the catalog policy with EnableHybrid TRUE (enable_hybrid of aws_glue_resource_policy)",
    reviews: ["hybrid-dropped"],
    made: "`EnableHybrid` with every catalog policy",
    source: "AWS Glue API reference, PutResourcePolicy",
  },
  {
    id: "immutable-setting",
    symptom: "`NotUpdatableException: Invalid patch update: createOnlyProperties [...] cannot be updated`",
    pattern: /NotUpdatableException|createOnlyProperties/,
    cause:
      "`continuousSync`, a source property or one key of the encryption context was changed, which a plan shows as a change in place",
    remedy: "replace the integration, or take the change back: the setting belongs to its creation",
    reviews: ["immutable-setting", "integration-replaced"],
    made: "a replacement in the plan, so that `protect` can refuse it",
    source: "seen with the AWS provider",
  },
  {
    id: "desired-state-refused",
    symptom: "`Model validation failed`",
    pattern: /Model validation failed/,
    cause:
      "the schema of CloudFormation takes ARNs of roles, keys and buses of at most 128 characters, and of the partition aws alone",
    remedy:
      "shorten the path or the name in the ARN; other partitions cannot be managed through Cloud Control",
    rules: [
      "event-bus-arn-length",
      "kms-key-arn-length",
      "region-partition",
      "resource-property-field",
      "role-arn-length",
    ],
    reviews: ["setting-refused"],
    source: "seen with the AWS provider",
  },
  {
    id: "inconsistent-plan",
    symptom: "`Provider produced inconsistent final plan`",
    pattern: /inconsistent final plan/i,
    cause: "an ARN of the integration was not known at plan, and with it the change was another one",
    remedy: "apply again; in constructs of your own, build ARNs from names instead of attributes",
    rules: ["unknown-at-synth"],
    made: "ARNs from names, account, region and partition",
    source: "seen with the AWS provider",
  },
  {
    id: "import-refused",
    symptom: "`doesn't support import`, of `aws_cloudcontrolapi_resource`",
    pattern: /(doesn't|does not) support import|import not implemented/i,
    cause: "the resource of Terraform through which integrations are made takes over none that exists",
    remedy: "leave the integration where it is managed, or delete it and have a new one load the data again",
    source: "seen with the AWS provider",
  },
  {
    id: "table-name-length",
    symptom: "`Value ... at 'tableName' failed to satisfy constraint`",
    pattern: /at '[\w.]*(tableName|targetTableName)' failed to satisfy constraint/i,
    cause: "a table with a name of more than 128 characters replicates, and cannot have table options",
    remedy: "remove the options of the table, or give it a shorter name",
    rules: ["long-table-name", "table-name-length", "target-table-length"],
    source: "AWS Glue API reference, IntegrationTableProperties",
  },
];
