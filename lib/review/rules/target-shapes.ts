// Targets and places that AWS refuses.
import { ZERO_ETL_REGIONS } from "../../facts/regions";
import { glueDatabaseTargetRules } from "../../rules/targets";
import type { Observation } from "../finding";
import { known } from "../plan-view";
import { arnParts, targetArn } from "./arns";
import { rule } from "./declare";
import { isChanged } from "./integrations";

export const targetRefused = rule({
  id: "target-refused",
  levels: ["block"],
  title:
    "the target of an integration is one that AWS refuses: a namespace of S3 Tables, a bucket, a database name",
  check: ({ integrations }) =>
    integrations.flatMap(({ resource, before, after, label }): Observation[] => {
      const arn = after && known(after.targetArn);
      if (arn === undefined || !isChanged(before?.targetArn, after?.targetArn)) return [];
      const fault = targetFault(arn);
      if (fault === undefined) return [];
      return [
        {
          address: resource.address,
          reason: `${label}: ${fault.reason}`,
          consequence:
            "AWS refuses to create the integration: the apply fails, after what comes before it is done",
          remedy: fault.remedy,
          attribute: "TargetArn",
        },
      ];
    }),
});

function targetFault(arn: string): { readonly reason: string; readonly remedy: string } | undefined {
  const parts = arnParts(arn);
  const target = targetArn(arn);
  const catalogOfBucket =
    "name the catalog of the table bucket: arn:aws:glue:{region}:{account}:catalog/s3tablescatalog/{bucket}";
  if (parts?.service === "s3tables") {
    return {
      reason: "the target is the ARN of a table bucket, and has to be that of its catalog",
      remedy: catalogOfBucket,
    };
  }
  if (target?.kind === "s3-tables") {
    const segments = target.name.split("/").length;
    if (segments === 2) return undefined;
    const what = segments < 2 ? "the catalog of all table buckets" : "a namespace in a table bucket";
    return {
      reason: `the target is ${what}, and has to be the catalog of a table bucket`,
      remedy: catalogOfBucket,
    };
  }
  if (target?.kind !== "glue-database") return undefined;
  const [issue] = glueDatabaseTargetRules({ database: target.name });
  return (
    issue && { reason: issue.message, remedy: issue.remedy ?? `use ${issue.expected ?? "another name"}` }
  );
}

export const regionNotListed = rule({
  id: "region-not-listed",
  levels: ["warn"],
  title: "an integration is made in a region that AWS does not list for zero-ETL",
  check: ({ integrations }) =>
    integrations.flatMap(({ resource, before, after, label }): Observation[] => {
      const arn = after && known(after.sourceArn);
      const region = arn === undefined ? undefined : arnParts(arn)?.region;
      if (
        before !== undefined ||
        region === undefined ||
        region === "" ||
        ZERO_ETL_REGIONS.includes(region)
      ) {
        return [];
      }
      return [
        {
          address: resource.address,
          reason: `${label} is made in ${region}, which AWS does not list for zero-ETL`,
          consequence: "the apply fails where the region does not have it yet",
          remedy: "see the list of regions in the user guide, which may have grown, or choose another region",
          attribute: "SourceArn",
        },
      ];
    }),
});
