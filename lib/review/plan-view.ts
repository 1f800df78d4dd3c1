// What rules read: a plan of Terraform, decoded into what it means for zero-ETL integrations.
//
// Every value that may be unknown before apply, or sensitive, is a `Field` or a `PlanValue` of plan/value.ts: ask `isKnown`
// before you compare, and never take what is hidden for what is safe.
import type { OperatorKind } from "../operator/protocol";
import type { FindingLocation } from "./finding";
import type { StatementChange, StatementRow } from "./policy/statement-table";
import type { Field, PlanObject } from "./plan/value";

export type { PartChange, StatementChange, StatementPart, StatementRow } from "./policy/statement-table";
export type { Field, PlanObject, PlanValue } from "./plan/value";
export { Hidden, UNKNOWN, differs, isHidden, isKnown, isPlanObject, known, textField } from "./plan/value";

/** What a plan does to a resource. `move` and `import` are those that change nothing else. */
export type Action =
  "create" | "update" | "replace" | "delete" | "read" | "forget" | "move" | "import" | "no-op";

/** One plan, decoded. */
export interface PlanView {
  /** Label of the stack that the plan is of. */
  readonly stack: string;
  readonly terraformVersion: string;
  /**
   * Every resource and data source of the plan, also those that stay as they are, by address. A data source that was read for the plan
   * has what it read in `before` and `after`, one that is read at apply has the action `read`.
   */
  readonly resources: readonly Resource[];
  /** The resources that change: no `no-op`, no `read`. */
  readonly changes: readonly Resource[];
  readonly integrations: readonly Integration[];
  readonly resourceProperties: readonly ResourceProperty[];
  readonly tableProperties: readonly TableProperties[];
  /** Settings of integrations that the operator changes in place. */
  readonly integrationSettings: readonly IntegrationSettings[];
  /** Everything that the operator manages, with what it is asked, also what the lists above decode. */
  readonly operatorCalls: readonly OperatorCall[];
  readonly policies: readonly Policy[];
  readonly checks: readonly Check[];
  /** What has changed outside Terraform since the last apply, as `resource_drift` has it: mostly noise after a create. */
  readonly drift: readonly Resource[];
  /** The resources of one type, changed or not; empty where there are none. */
  ofType(type: string): readonly Resource[];
  resource(address: string): Resource | undefined;
  /**
   * Addresses, without indexes, of the resources and data sources that the configuration of a resource refers to, in its arguments
   * and its `depends_on`; `local.x` and `var.x` as they are, because a plan does not say what a local is. Empty where the plan
   * does not say.
   */
  references(address: string): readonly string[];
  /** The arguments that the configuration of a resource sets; absent where the plan does not say. */
  arguments(address: string): ReadonlySet<string> | undefined;
  location(address: string): FindingLocation | undefined;
}

/** A resource or data source of a plan. */
export interface Resource {
  /** `aws_iam_role.x`, `module.m.aws_iam_role.x["key"]`. A deposed object has the address of its resource. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  readonly action: Action;
  /** Of a `replace`: whether the old one goes first, or the new one comes first. */
  readonly replaceOrder?: "delete-first" | "create-first";
  /** Of a `replace`: the top-level attributes that force it, sorted; empty where the plan names none. */
  readonly forcedBy: readonly string[];
  /** Why, in Terraform's words: `replace_because_cannot_update`, `delete_because_no_resource_config` and others. */
  readonly reason?: string;
  /** Address before a move. */
  readonly movedFrom?: string;
  /** Whether the plan imports it. */
  readonly isImported: boolean;
  /** Key of an object that a failed replacement left behind, and that this plan deletes. */
  readonly deposed?: string;
  /** The attributes before; absent where it does not exist. */
  readonly before?: PlanObject;
  /** The attributes after; absent where it will not exist. */
  readonly after?: PlanObject;
}

/** How an integration is managed: which resource type holds it. */
export type IntegrationHolder = "cloud-control" | "awscc" | "redshift";

/** Something decoded, on both sides of the change. */
export interface Decoded<T> {
  readonly resource: Resource;
  /** Absent where it does not exist. */
  readonly before?: T;
  /** Absent where it will not exist. */
  readonly after?: T;
}

/** A zero-ETL integration of Glue or Redshift. */
export interface Integration extends Decoded<IntegrationState> {
  readonly holder: IntegrationHolder;
  /** API that it is made with. */
  readonly api: "glue" | "redshift";
  /** Its ARN now; absent before it is made. */
  readonly arn?: string;
  /** Status that AWS reported at the last refresh: `ACTIVE`, `NEEDS_ATTENTION`, `FAILED`. */
  readonly status?: string;
  /** Label for readers: its name, or the address where the name is hidden. */
  readonly label: string;
}

/** The settings of an integration; each may be hidden. */
export interface IntegrationState {
  readonly name: Field<string>;
  readonly sourceArn: Field<string>;
  readonly targetArn: Field<string>;
  readonly description: Field<string>;
  readonly dataFilter: Field<string>;
  /** Minutes as a text. */
  readonly refreshInterval: Field<string>;
  readonly continuousSync: Field<boolean>;
  readonly sourceProperties: Field<PlanObject>;
  readonly kmsKeyId: Field<string>;
  readonly encryptionContext: Field<PlanObject>;
  /** By key. */
  readonly tags: Field<PlanObject>;
}

/** The property that a database, catalog or connection has for all its integrations. */
export type ResourceProperty = Decoded<ResourcePropertyState>;

export interface ResourcePropertyState {
  readonly resourceArn: Field<string>;
  readonly sourceRoleArn: Field<string>;
  readonly targetRoleArn: Field<string>;
  readonly targetKmsArn: Field<string>;
  readonly targetConnectionName: Field<string>;
  readonly targetEventBusArn: Field<string>;
}

/** The properties of one source table in one target. */
export type TableProperties = Decoded<TablePropertiesState>;

export interface TablePropertiesState {
  /** ARN of the target, or of the connection where there is a primary key. */
  readonly resourceArn: Field<string>;
  readonly tableName: Field<string>;
  /** `full`, `top-level`, `none`, as lib/rules/tables.ts has them. */
  readonly unnest: Field<string>;
  /** List of objects with the members of `PartitionColumn`. */
  readonly partitionBy: Field<readonly PlanObject[]>;
  readonly targetTable: Field<string>;
  readonly primaryKey: Field<readonly string[]>;
  readonly layoutVersion: Field<number>;
}

export type IntegrationSettings = Decoded<IntegrationSettingsState>;

export interface IntegrationSettingsState {
  readonly integrationArn: Field<string>;
  readonly refreshInterval: Field<string>;
}

/** A call of the operator, whose input is the whole of what it manages. */
export interface OperatorCall extends Decoded<Field<PlanObject>> {
  /** Absent where the input cannot be read on either side. */
  readonly kind?: OperatorKind;
}

/** What a policy document belongs to. */
export type PolicyKind =
  | "catalog"
  | "dynamodb-table"
  | "role-trust"
  | "role-permissions"
  | "key"
  | "secret"
  | "redshift-namespace"
  | "bucket"
  | "table-bucket";

/** A policy document of a resource. */
export interface Policy {
  readonly resource: Resource;
  readonly kind: PolicyKind;
  /** Where in the resource it stands: `policy`, `assume_role_policy`, `inline_policy.name`, `input.statements`. */
  readonly attribute: string;
  /** Whether it holds own statements only, which the operator merges among those of others. */
  readonly isMerged: boolean;
  /** ARN, or name where the resource names it so, of what the policy belongs to. */
  readonly subject: Field<string>;
  readonly before: PolicyDocument;
  readonly after: PolicyDocument;
  /** What changes, in the order of the documents; none where both say the same in other words. */
  readonly changes: readonly StatementChange[];
}

/**
 * A policy document on one side: `absent` where there is none, `hidden` where it is unknown or sensitive, `unreadable` where it is
 * no policy document.
 */
export type PolicyDocument =
  | { readonly state: "absent" }
  | { readonly state: "hidden"; readonly hidden: "unknown" | "sensitive" }
  | { readonly state: "unreadable" }
  | {
      readonly state: "known";
      readonly statements: readonly StatementRow[];
      /** The document as it is sent; of a merged one, a document of the own statements alone. */
      readonly text: string;
    };

/** A condition of the configuration and how it stands. */
export interface Check {
  /** `check.status`, `aws_dynamodb_table.t`, `output.x`. */
  readonly address: string;
  /** Of a `check` block, or of a precondition or postcondition of a resource or output. */
  readonly kind: "check" | "resource" | "output" | "variable";
  readonly status: "pass" | "fail" | "error" | "unknown";
  /** What failed, in the words of the configuration. */
  readonly problems: readonly string[];
}
