// What the lookups of warehouses have in common.
import type { ITerraformDependable, Postcondition } from "cdktf";
import type { Environment } from "../environment";
import { equals } from "../tokens";

/** How a statement reaches a warehouse. */
export interface SqlAccess {
  /** The database of the warehouse's own, which others are made from. */
  readonly database: string;
  readonly clusterIdentifier?: string;
  /** The user that runs statements. @default that of whoever runs Terraform */
  readonly dbUser?: string;
  readonly workgroupName?: string;
}

/** A warehouse as far as a plan knows it. */
export interface RedshiftWarehouse {
  readonly namespaceArn: string;
  /** What must have been read before the warehouse is used. */
  readonly dependencies: readonly ITerraformDependable[];
  /** @default no statement reaches it */
  readonly sqlAccess?: SqlAccess;
}

/** That the namespace was found where the environment says; `what` is the warehouse in words. */
export function inPlace(environment: Environment, what: string, attribute: string): Postcondition {
  const { region, account } = environment;
  return {
    condition: equals(`try(join(":", slice(split(":", ${attribute}), 3, 5)), "")`, `${region}:${account}`),
    errorMessage: `${what} is not in the account and region of its environment: the provider found \${coalesce(${attribute}, "no namespace")}. Check the account and region that were declared, and the credentials of this run.`,
  };
}

/**
 * Terraform expression that a list of parameters, as Cloud Control reports it, makes identifiers case-sensitive; not so where
 * the list is missing. Clusters and workgroups call the name of a parameter differently.
 */
export function caseSensitive(parameters: string, nameOf: "ParameterKey" | "ParameterName"): string {
  const parameter = `try(p.${nameOf}, "") == "enable_case_sensitive_identifier" && try(lower(p.ParameterValue), "") == "true"`;
  return `\${anytrue([for p in try(${parameters}, []) : ${parameter}])}`;
}
