// What AWS and the provider refuse in where things live.
import { ACCOUNT_PATTERN } from "../facts/limits";
import { ZERO_ETL_REGIONS, partitionOf } from "../facts/regions";
import type { Issue } from "../issues";
import { error, warning } from "../issues";
import { ARN_SHAPES, accountOf, arnRules } from "./arns";
import { didYouMean } from "./suggest";
import { notEmptyRules, show } from "./text";

/** The members of an environment that rules look at. */
export interface EnvironmentFacts {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly profile?: string | undefined;
  readonly assumeRoleArn?: string | undefined;
  readonly deployerArn?: string | undefined;
}

/** What the rules take for granted about AWS, where AWS has moved on. */
export interface EnvironmentRuleOptions {
  /** @default ZERO_ETL_REGIONS */
  readonly regions?: readonly string[] | undefined;
}

/** Refuses an environment that no integration can live in. */
export function environmentRules(
  { region, account, profile, assumeRoleArn, deployerArn }: EnvironmentFacts,
  { regions = ZERO_ETL_REGIONS }: EnvironmentRuleOptions = {},
): Issue[] {
  return [
    ...regionRules(region, regions),
    ...accountRules(account),
    ...notEmptyRules(["profile"], "profile", profile),
    ...arnRules(ARN_SHAPES.role, ["assumeRoleArn"], "assumeRoleArn", assumeRoleArn),
    ...sameAccountRules(account, assumeRoleArn),
    ...arnRules(ARN_SHAPES.deployer, ["deployerArn"], "deployerArn", deployerArn),
  ];
}

function regionRules(region: string | undefined, regions: readonly string[]): Issue[] {
  if (region === undefined) return [];
  const empty = notEmptyRules(["region"], "region", region);
  if (empty.length > 0) return empty;
  const partition = partitionOf(region);
  if (partition !== "aws") {
    return [
      error(
        "region-partition",
        ["region"],
        `region ${region} is in partition ${partition}, where integrations cannot be made`,
        {
          got: show(region),
          expected: "a region of partition aws",
          remedy:
            "Cloud Control validates integrations against a schema that takes only arn:aws: ARNs; there is no way around it yet",
        },
      ),
    ];
  }
  if (regions.includes(region)) return [];
  const goOn = "go on if AWS has opened the region since";
  return [
    warning("region-not-listed", ["region"], `region ${region} is not listed for zero-ETL integrations`, {
      got: show(region),
      expected: regions.join(", "),
      // A region that AWS has is meant as it is written, however near another one is.
      ...(/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region) ? { remedy: goOn } : didYouMean(region, regions, goOn)),
    }),
  ];
}

function accountRules(account: string | undefined): Issue[] {
  if (account === undefined || ACCOUNT_PATTERN.test(account)) return [];
  return [
    error("account-format", ["account"], "account is not 12 digits", {
      got: show(account),
      expected: "12 digits in quotes",
    }),
  ];
}

function sameAccountRules(account: string | undefined, assumeRoleArn: string | undefined): Issue[] {
  if (account === undefined || assumeRoleArn === undefined || !ACCOUNT_PATTERN.test(account)) return [];
  const roleAccount = accountOf(assumeRoleArn);
  if (roleAccount === undefined || roleAccount === account) return [];
  return [
    error(
      "account-mismatch",
      ["assumeRoleArn"],
      `the role to assume is in account ${roleAccount}, the environment in ${account}`,
      {
        got: show(assumeRoleArn),
        expected: `a role of account ${account}`,
        remedy: "a provider works in the account of the role that it assumes: correct one of the two",
        related: [["account"]],
      },
    ),
  ];
}
