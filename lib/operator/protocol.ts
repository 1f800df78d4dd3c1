// What Terraform and the operator say to each other.
//
// `aws_lambda_invocation` with `lifecycle_scope = "CRUD"` sends its input and adds `tf`: the action, and the input of the last
// apply. Terraform keeps the input of a failed call as if it had succeeded, so a failure is an answer, on which a
// postcondition fails at this apply and every later plan, until another input (a new `attempt`) is called for. Only a failed
// deletion is thrown, because Terraform then keeps the resource.
import type { IdentifiedStatement } from "../policy/statement";
import type { PartitionColumn, Unnest } from "../rules/tables";

/** Version of the inputs; the function refuses any other than its own. */
export const PROTOCOL_VERSION = 1;

/** The member that `aws_lambda_invocation` adds to its input, `terraform_key`. */
export const TERRAFORM_KEY = "tf";

/** What every input has. */
interface CommonInput {
  readonly version: typeof PROTOCOL_VERSION;
  /** Any text; it means nothing to the operator, and is changed to have a failed call made again. */
  readonly attempt?: string;
}

/** The properties of one source table in one target, or the primary key of one entity of a connection; never both at once. */
export interface TablePropertiesInput extends CommonInput {
  readonly kind: "table-properties";
  /** ARN of the target (database or catalog), or of the connection where `primaryKey` is given, 1 to 512 characters. */
  readonly resourceArn: string;
  /** Name of the source table or entity, 1 to 128 characters. */
  readonly tableName: string;
  /** @default "full" */
  readonly unnest?: Unnest;
  /** At most 10 columns. @default the buckets of AWS */
  readonly partitionBy?: readonly PartitionColumn[];
  /** 1 to 128 characters. @default the name that AWS derives from the source table */
  readonly targetTable?: string;
  /** Key fields of an entity, each 1 to 128 characters; AWS never changes them again. */
  readonly primaryKey?: readonly string[];
  /** A whole number from 1, raised to let a change of `unnest` or `partitionBy` reload a table. @default 1 */
  readonly layoutVersion?: number;
}

/** The settings of an integration that change in place. */
export interface IntegrationSettingsInput extends CommonInput {
  readonly kind: "integration-settings";
  readonly integrationArn: string;
  /** Minutes as a text, 15 to 8640. */
  readonly refreshInterval: string;
}

/** The statements of one owner in the Glue catalog policy; a function has one such input, or each would undo the other. */
export interface CatalogPolicyInput extends CommonInput {
  readonly kind: "catalog-policy";
  readonly statements: readonly IdentifiedStatement[];
}

/** The statements of one owner in the policy of a DynamoDB table; a function has one such input per table. */
export interface TablePolicyInput extends CommonInput {
  readonly kind: "table-policy";
  readonly tableArn: string;
  readonly statements: readonly IdentifiedStatement[];
}

/** A wait, each time one of the subjects has changed, until IAM has told every service. */
export interface PropagationInput extends CommonInput {
  readonly kind: "propagation";
  /** What has to propagate: a name and a text that changes whenever it does. */
  readonly subjects: Readonly<Record<string, string>>;
}

/** Everything that the operator manages, by `kind`. */
export type OperatorInput =
  TablePropertiesInput | IntegrationSettingsInput | CatalogPolicyInput | TablePolicyInput | PropagationInput;

export type OperatorKind = OperatorInput["kind"];

/** Every kind of input. */
export const OPERATOR_KINDS: readonly OperatorKind[] = [
  "table-properties",
  "integration-settings",
  "catalog-policy",
  "table-policy",
  "propagation",
];

/** What Terraform asks for. */
export type TerraformAction = "create" | "update" | "delete";

/** What can be asked for; `read` changes nothing. */
export type OperatorAction = TerraformAction | "read";

/** An input as `aws_lambda_invocation` sends it. */
export type TerraformCall = OperatorInput & {
  readonly [TERRAFORM_KEY]: {
    readonly action: TerraformAction;
    /** The input of the last apply, whether it succeeded or not; null at create. */
    readonly prev_input: unknown;
  };
};

/** An input as a `check` sends it, to learn how the account differs from it. */
export type ReadCall = OperatorInput & { readonly action: "read" };

/** What is done. */
export interface Done {
  readonly ok: true;
  /** Whether anything had to be written. */
  readonly changed: boolean;
  /** What was done or found, in lower case. */
  readonly message: string;
  /** State of the integration, of settings. */
  readonly status?: string;
  /** What AWS reports of an integration that works on nevertheless. */
  readonly errors?: readonly ReportedError[];
}

/** The answer to `read`. */
export interface DriftReport {
  readonly ok: true;
  /** How the account differs from the input, one difference each; none: it does not. */
  readonly drift: readonly string[];
}

/** An entry of an integration's `Errors`. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
}

/** What is not done, and why. */
export interface Failed {
  readonly ok: false;
  readonly code: FailureCode;
  /** What went wrong, in lower case and without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Code of the error that AWS returned. */
  readonly awsCode?: string;
  /** What AWS reports of the integration. */
  readonly errors?: readonly ReportedError[];
}

/** What the operator answers. */
export type OperatorResult = Done | DriftReport | Failed;

/** What the function returns. */
export type OperatorAnswer = OperatorResult & {
  /**
   * Digest of the input that is answered. Of a call that broke off Terraform keeps the new input and the answer of before, and only
   * this tells that the two do not belong together.
   */
  readonly request?: string;
};

/** Every code of a failure. */
export const FAILURES = {
  // What was sent
  "malformed-input": "the input does not have the form of one",
  "protocol-version": "the function and the configuration are of different versions",
  "unknown-kind": "the operator manages no such kind of thing",
  "unknown-action": "the operator knows no such action",
  "kind-changed": "one invocation cannot become one of another kind",
  "foreign-resource": "the resource is not of the function's account and region",
  "refused-statement": "the statement is none that a zero-ETL integration needs",
  // Tables and integrations
  "layout-change": "the change would load a table again",
  "primary-key-fixed": "AWS does not change a primary key",
  "table-in-use": "removing the properties would load a table again",
  "integration-not-found": "there is no such integration",
  "integration-deleting": "the integration is being deleted",
  "integration-failed": "the integration has failed for good",
  "interval-fixed": "AWS does not change the interval of an integration into Redshift",
  // Policies
  "sid-conflict": "somebody else's statement has the Sid",
  "too-large": "the policy would be larger than AWS takes",
  "unreadable-policy": "the policy that is there cannot be read",
  "concurrent-changes": "the policy was changed by others each time",
  // AWS and time
  "not-shown": "AWS took the change but does not show it",
  timeout: "the time ran out",
  "access-denied": "AWS denied access for longer than a permission takes to spread",
  "aws-error": "AWS returned an error",
  internal: "the operator has a fault",
} as const;

export type FailureCode = keyof typeof FAILURES;
