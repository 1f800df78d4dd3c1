// What AWS refuses in where a source and its target are.
import type { SourceKind } from "../facts/kinds";
import type { Issue } from "../issues";
import { error, warning } from "../issues";
import { ARN_SHAPES } from "./arns";

/** Where something is, as far as it is known. */
export interface Place {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** The places of a source and of its target. */
export interface PlaceFacts {
  readonly sourceKind?: SourceKind | undefined;
  readonly source: Place;
  readonly target: Place;
}

/** Refuses a target that its source cannot reach, and warns of one of which AWS documents nothing. */
export function placeRules({ sourceKind, source, target }: PlaceFacts): Issue[] {
  const otherRegion = differ(source.region, target.region);
  const otherAccount = differ(source.account, target.account);
  if (sourceKind === "oracle" && (otherRegion || otherAccount)) {
    return [
      // Oracle Database@AWS user guide, "Setting up zero-ETL integration", limitations.
      error("oracle-place", ["target"], "an Oracle source replicates within one account and region only", {
        got: placeText(target),
        expected: placeText(source),
        remedy: "choose a warehouse in the account and region of the database",
      }),
    ];
  }
  if (!otherRegion) return [];
  return [
    warning("cross-region", ["target"], "AWS documents nothing about integrations into another region", {
      got: `${source.region} to ${target.region}`,
      remedy: "try it in a test account before you rely on it",
    }),
  ];
}

/** Refuses a VM cluster outside of the environment that its integrations are made in. */
export function oracleEnvironmentRules(arn: string | undefined, environment: Place): Issue[] {
  if (arn === undefined || !ARN_SHAPES.oracle.pattern.test(arn)) return [];
  const [, , , region, account] = arn.split(":");
  if (!differ(region, environment.region) && !differ(account, environment.account)) return [];
  return [
    // Oracle Database@AWS user guide, "Setting up zero-ETL integration", step 6.
    error(
      "oracle-environment",
      ["arn"],
      "the VM cluster is not in the account and region of its environment",
      {
        got: placeText({ account, region }),
        expected: placeText(environment),
        remedy: "give the source the environment of the VM cluster: its integrations are made there",
      },
    ),
  ];
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function placeText({ account, region }: Place): string {
  return [account && `account ${account}`, region].filter((part) => part !== undefined).join(", ");
}
