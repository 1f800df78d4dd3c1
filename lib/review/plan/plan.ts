// The parts of a plan that a review uses, as `terraform show -json` writes them (format version 1).
import type { Json } from "../../json";

export type JsonObject = { readonly [key: string]: Json | undefined };

/** A plan whose used members have the form that Terraform gives them. */
export interface Plan {
  readonly terraformVersion: string;
  readonly resourceChanges: readonly WrittenChange[];
  readonly resourceDrift: readonly WrittenChange[];
  readonly checks: readonly WrittenCheck[];
  /** Data sources that were read for the plan. */
  readonly readData: readonly WrittenData[];
  /** The module tree of the configuration, of which nothing is known but that it is JSON. */
  readonly configuration: Json | undefined;
}

export interface WrittenChange {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly provider: string;
  readonly deposed: string | undefined;
  readonly reason: string | undefined;
  readonly actions: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly afterUnknown: Json | undefined;
  readonly beforeSensitive: Json | undefined;
  readonly afterSensitive: Json | undefined;
  readonly replacePaths: readonly Json[];
  readonly isImported: boolean;
}

export interface WrittenCheck {
  readonly kind: string;
  readonly address: string;
  readonly status: string;
  readonly problems: readonly string[];
}

export interface WrittenData {
  readonly address: string;
  readonly type: string;
  readonly provider: string;
  readonly values: Json | undefined;
  readonly sensitive: Json | undefined;
}
