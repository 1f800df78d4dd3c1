// What a review finds, as data.

/** How much a finding matters: `block` loses or stops data, `warn` may, `info` is worth knowing. */
export type Level = "block" | "warn" | "info";

/** Every level, the gravest first. */
export const LEVELS: readonly Level[] = ["block", "warn", "info"];

/** Where in the user's code a resource comes from, as far as it is known. */
export interface FindingLocation {
  /** Path of the construct, without the stack: `Integrations/orders-to-lake/Resource`. */
  readonly constructPath?: string;
  /** File that declares it, as the user named it. */
  readonly file?: string;
  /** Line in `file`, from 1. */
  readonly line?: number;
}

/** What a rule says about a plan; the review adds who said it, and where. */
export interface Observation {
  /** @default the level of the rule */
  readonly level?: Level;
  /** Terraform address of the resource, or of the check; empty where it is about the plan as a whole. */
  readonly address: string;
  /** What the plan does, in one line, in lower case and without a full stop. Never holds a sensitive value. */
  readonly reason: string;
  /** What that means for the data, in the form of `reason`. */
  readonly consequence: string;
  /** The safer path, in the form of `reason`. */
  readonly remedy: string;
  /** Path of the attribute or decoded property that it is about: `IntegrationConfig.RefreshInterval`. */
  readonly attribute?: string;
  /** Page of the documentation that helps most, relative to the folder `docs`. @default the rule's part of its page */
  readonly page?: string;
}

/** One thing that a plan means for zero-ETL data. */
export interface Finding extends Observation {
  /** Id of the rule, in kebab-case; never reused. */
  readonly rule: string;
  readonly level: Level;
  /** Label of the plan's stack. */
  readonly stack: string;
  /** Page of the documentation, relative to the folder `docs`. */
  readonly page: string;
  readonly location?: FindingLocation;
}
