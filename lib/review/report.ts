// The report of a review: plain data, in a fixed order, without a sensitive value. Formats render it and decide nothing.
import type { Json } from "../json";
import type { Finding, FindingLocation, Level } from "./finding";
import type { Action, IntegrationHolder, PolicyKind } from "./plan-view";
import type { StatementChange } from "./policy/statement-table";

/** Version of the report's form, for those who read it as JSON. */
export const REPORT_VERSION = 1;

/** The gravest level of the findings that nobody acknowledged; `clean` where there are none. */
export type Verdict = Level | "clean";

/** What a review says about one or more plans. */
export interface Report {
  readonly version: typeof REPORT_VERSION;
  readonly verdict: Verdict;
  /** By stack. */
  readonly plans: readonly PlanSummary[];
  /** The gravest first, then by stack, address and rule; acknowledged ones among them. */
  readonly findings: readonly ReviewedFinding[];
  /** What became of every acknowledgement, in their order. */
  readonly acknowledgements: readonly ReviewedAcknowledgement[];
  /** Integrations that exist before or after, also untouched ones, by stack and label. */
  readonly integrations: readonly IntegrationReport[];
  /** Every resource that changes, by stack and address; a data source that is read is none. */
  readonly changes: readonly ResourceChange[];
  /** Ids of the changes that belong to no integration. */
  readonly unrelated: readonly string[];
  readonly checks: readonly CheckReport[];
  readonly topology: Topology;
}

/** One plan in figures. */
export interface PlanSummary {
  readonly stack: string;
  readonly terraformVersion: string;
  readonly counts: Counts;
}

/** How many resources a plan changes in each way; a replacement counts as one replacement and as nothing else. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly forget: number;
  readonly move: number;
  readonly import: number;
}

/** A finding, and who accepts it. */
export interface ReviewedFinding extends Finding {
  /** Absent where nobody accepts it, or no longer. */
  readonly acknowledgement?: Acknowledgement;
}

/** That somebody accepts the findings of one rule on one resource, for a while. */
export interface Acknowledgement {
  readonly rule: string;
  /** Terraform address of the resource. */
  readonly address: string;
  /** Label of the stack. @default every stack */
  readonly stack?: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
  /** Where it is written. */
  readonly location?: FindingLocation;
}

/** What became of an acknowledgement: it accepts a finding, its day is over, or there is nothing to accept. */
export interface ReviewedAcknowledgement extends Acknowledgement {
  readonly state: "used" | "expired" | "unused";
}

/** What `acknowledge` of lib/review/acknowledgements.ts does; `today` is `YYYY-MM-DD`, UTC. */
export type Acknowledge = (
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  today: string,
) => {
  readonly findings: readonly ReviewedFinding[];
  readonly acknowledgements: readonly ReviewedAcknowledgement[];
};

/** An integration, and the changes that touch it. */
export interface IntegrationReport {
  readonly stack: string;
  readonly address: string;
  readonly label: string;
  readonly holder: IntegrationHolder;
  readonly action: Action;
  /** ARN after the plan, or before it where it goes; Terraform's words where it is hidden. */
  readonly source: string;
  readonly target: string;
  /** Ids of its changes in `Report.changes`, its own first; one change may touch several integrations. */
  readonly changes: readonly string[];
}

/** What changes in one resource. */
export interface ResourceChange {
  /** `<stack>/<address>`, unique in the report. */
  readonly id: string;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** What it is, in words: `integration orders-to-lake`, `table properties of orders`, or the type. */
  readonly title: string;
  readonly action: Action;
  readonly replaceOrder?: "delete-first" | "create-first";
  /** Of a replacement: the decoded properties that force it where they are known, else the attributes. */
  readonly forcedBy: readonly string[];
  /** Why, in Terraform's words. */
  readonly reason?: string;
  readonly movedFrom?: string;
  readonly isImported: boolean;
  /** Field by field, decoded, sorted by path; documents of `policies` are left out. */
  readonly fields: readonly FieldDifference[];
  readonly policies: readonly PolicyDifference[];
  readonly location?: FindingLocation;
}

/** What changes in one field. */
export interface FieldDifference {
  /** `IntegrationConfig.RefreshInterval`, `tags["team"]`, `partitionBy[0].column`. */
  readonly path: string;
  /** Absent where the field was not set. */
  readonly before?: ShownValue;
  /** Absent where the field will not be set. */
  readonly after?: ShownValue;
}

/** A value as a report may show it. */
export type ShownValue =
  | { readonly kind: "value"; readonly value: Json }
  /** Known after apply. */
  | { readonly kind: "unknown" }
  | { readonly kind: "sensitive" };

/** What changes in one policy document. */
export interface PolicyDifference {
  /** Where in the resource it stands. */
  readonly attribute: string;
  readonly kind: PolicyKind;
  readonly subject: string;
  /** `known` where `statements` is all that changes; else what keeps the document from being compared. */
  readonly state: "known" | "unknown" | "sensitive" | "unreadable";
  readonly statements: readonly StatementChange[];
}

export interface CheckReport {
  readonly stack: string;
  readonly address: string;
  readonly status: "pass" | "fail" | "error" | "unknown";
  readonly problems: readonly string[];
}

/** What flows where, and what changes in it. */
export interface Topology {
  /** By id. */
  readonly nodes: readonly TopologyNode[];
  /** By id of source and target. */
  readonly flows: readonly TopologyFlow[];
}

/** What becomes of a part of the picture. */
export type TopologyChange = "none" | "create" | "update" | "replace" | "delete";

export interface TopologyNode {
  /** The ARN, or `<stack>/<address>/source` and `.../target` where it is hidden. */
  readonly id: string;
  readonly kind: "source" | "target";
  /** Name for readers: the table, connection, database, bucket or namespace. */
  readonly label: string;
  /** What it is, in words: `DynamoDB table`, `Glue database`. */
  readonly noun: string;
  /** What the plans do to the resource itself, where it is in one of them. */
  readonly change: TopologyChange;
}

/** An integration, from source to target. */
export interface TopologyFlow {
  readonly stack: string;
  readonly address: string;
  readonly label: string;
  /** Id of a node. */
  readonly source: string;
  /** Id of a node. */
  readonly target: string;
  readonly change: TopologyChange;
}
