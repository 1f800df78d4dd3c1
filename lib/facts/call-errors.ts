// What goes wrong with calls: quotas, what others do at the same time, permissions and the way to AWS.
import type { KnownError } from "./known-error";
import { GUIDE } from "./known-error";

/** The part of the catalogue that the call tells, whatever it is about. */
export const CALL_ERRORS: readonly KnownError[] = [
  {
    id: "quota",
    symptom: "`IntegrationQuotaExceededFault`, `ResourceNumberLimitExceededException`",
    pattern: /IntegrationQuotaExceeded|ResourceNumberLimitExceeded/,
    cause: "25 integrations of an account, 15 of a source or 50 of a target are reached",
    remedy:
      "delete integrations that nobody needs, one-off snapshots too, or have AWS Support raise the quota",
    rules: ["account-quota", "source-quota", "target-quota"],
    reviews: ["account-quota", "source-quota", "target-quota"],
    source: GUIDE("Service quotas"),
  },
  {
    id: "catalog-policy-exists",
    symptom: "`Policy already exists`, `ConditionCheckFailureException`",
    pattern: /Policy already exists/,
    cause: "the account has a Glue catalog policy, and `catalogPolicy: own` would write over it",
    remedy: "declare catalogPolicy merge, or import the policy into the stack that shall own it",
    rules: ["catalog-policy-owners", "document-has-two-owners"],
    made: "merged statements, unless `catalogPolicy` says otherwise",
    source: "seen with the AWS provider",
  },
  {
    id: "parallel-changes",
    symptom: "`Re-try exhausted`, `another operation is in progress`",
    pattern: /re-?try exhausted|another operation is in progress|conflicts with another operation/i,
    cause: "more than about four integrations of one target were made or deleted at once",
    remedy: "apply again: what was made stays, and the rest is made",
    rules: ["target-quota"],
    reviews: ["many-on-one-target"],
    made: "a queue for the integrations of one target",
    source: "reports of users",
  },
  {
    id: "throttling",
    symptom:
      "`ThrottlingException`, `TooManyRequestsException`, `RequestLimitExceeded`, `LimitExceededException`",
    pattern: /Throttl|TooManyRequests|LimitExceeded|RequestLimit/,
    cause: "more calls at once than AWS takes",
    remedy: "run it again when there is less going on",
    passes: true,
    made: "retries with growing pauses",
    source: "AWS Glue API reference, common errors",
  },
  {
    id: "role-not-assumable",
    symptom: "`role cannot be assumed`, right after the role was made",
    pattern: /cannot be assumed|unable to assume|not authorized to perform:? sts:AssumeRole/i,
    cause:
      "IAM has not told every service of a new role, or its trust policy does not name glue.amazonaws.com",
    remedy: "let glue.amazonaws.com assume the role; a role that was just made is known after a minute",
    rules: ["role-arn"],
    reviews: ["role-lost"],
    checks: ["integration-status"],
    made: "a wait after every new role, and the trust policy",
    source: "IAM user guide, eventual consistency",
  },
  {
    id: "policy-principal",
    symptom: "`Invalid principal in policy`, `MalformedPolicyDocument`",
    pattern:
      /invalid principal|principal\b.{0,300}\b(does not exist|(is )?(not valid|invalid|unknown))|MalformedPolicyDocument/i,
    cause: "a policy names a user or role that does not exist, or not yet",
    remedy: "check the principals that the policy names: a user or role may not exist, or no longer",
    rules: ["principal-of-another-stack", "deployer-arn"],
    source: "AWS Glue developer guide, resource-based policies",
  },
  {
    id: "connection-lost",
    symptom: "`ECONNREFUSED`, `ENOTFOUND`, `EAI_AGAIN`, `ETIMEDOUT`, `TimeoutError`",
    pattern: /^(?:ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|TimeoutError)/,
    cause: "AWS could not be reached",
    remedy: "run it again once AWS can be reached",
    passes: true,
    source: "Node.js",
  },
  {
    id: "role-permissions",
    symptom: "`NEEDS_ATTENTION`, with `is not authorized to perform` and the ARN of a role",
    cause: "the source role or the target role lacks an action, or something denies it explicitly",
    remedy: "allow the action to the role that the message names; explicit denials count, too",
    rules: ["role-policy-size"],
    reviews: ["required-statement-lost"],
    checks: ["integration-status"],
    made: "a role with what its source or target needs, unless `roleArn` names another",
    source: GUIDE("Troubleshooting"),
  },
  {
    id: "connection-credentials",
    symptom: "`NEEDS_ATTENTION` of a SaaS source, with `invalid_grant` or words of credentials",
    pattern: /invalid_(grant|client)|refresh token|connection credentials/i,
    cause:
      "the credentials of the Glue connection are not valid any more, or the source role may not use the connection",
    remedy: "renew the credentials of the connection, and test it in AWS Glue",
    rules: ["connection-name"],
    checks: ["glue-connection-lookup"],
    source: GUIDE("Troubleshooting"),
  },
];
