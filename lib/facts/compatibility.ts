// Which source can replicate into which target, as far as AWS documents it.
import { CONNECTION_SOURCE_KINDS, type SourceKind, type TargetKind } from "./kinds";

/**
 * What is known of a pair: `documented` by name or shown end to end, `general` in general terms only, `impossible` by
 * the documentation, `unknown` when nothing was found.
 */
export type PairSupport = "documented" | "general" | "impossible" | "unknown";

const CONNECTION_TARGETS: Record<TargetKind, PairSupport> = {
  "glue-database": "documented",
  "s3-tables": "general",
  "redshift-managed-storage": "unknown",
  redshift: "general",
};

const TARGETS_OF: Record<SourceKind, Record<TargetKind, PairSupport>> = {
  dynamodb: {
    "glue-database": "documented",
    "s3-tables": "documented",
    "redshift-managed-storage": "general",
    redshift: "documented",
  },
  oracle: {
    "glue-database": "impossible",
    "s3-tables": "impossible",
    "redshift-managed-storage": "impossible",
    redshift: "documented",
  },
  ...(Object.fromEntries(CONNECTION_SOURCE_KINDS.map((kind) => [kind, CONNECTION_TARGETS])) as Record<
    (typeof CONNECTION_SOURCE_KINDS)[number],
    Record<TargetKind, PairSupport>
  >),
};

/** What is known of replicating this kind of source into this kind of target. */
export function pairSupport(source: SourceKind, target: TargetKind): PairSupport {
  return TARGETS_OF[source][target];
}

/** The targets that a source can replicate into, documented ones first. */
export function possibleTargets(source: SourceKind): TargetKind[] {
  const targets = Object.entries(TARGETS_OF[source]) as [TargetKind, PairSupport][];
  const order: PairSupport[] = ["documented", "general", "unknown"];
  return targets
    .filter(([, support]) => support !== "impossible")
    .sort(([, a], [, b]) => order.indexOf(a) - order.indexOf(b))
    .map(([target]) => target);
}

/** The API that an integration is made with. */
export type IntegrationApi = "glue" | "redshift";

/**
 * The API that makes integrations of a pair. From DynamoDB into a warehouse it is Redshift's own: AWS publishes policies for
 * no other (DynamoDB developer guide, "DynamoDB zero-ETL integration with Amazon Redshift").
 */
export function integrationApi(source: SourceKind, target: TargetKind): IntegrationApi {
  return source === "dynamodb" && target === "redshift" ? "redshift" : "glue";
}
