// What goes wrong without words of AWS that would tell it.
import type { KnownError } from "./known-error";
import { GUIDE } from "./known-error";

/** The part of the catalogue that a state or the data shows, and no message. */
export const SILENT_ERRORS: readonly KnownError[] = [
  {
    id: "failed-after-seven-days",
    symptom: "`FAILED`, after `NEEDS_ATTENTION`",
    cause: "AWS tried again for seven days, and then gave up for good",
    remedy: "mend the cause, then replace the integration: it does not recover",
    reviews: ["integration-unwell"],
    checks: ["integration-status"],
    made: "alarms and events of `monitoring`",
    source: GUIDE("Integration states"),
  },
  {
    id: "vpc-endpoints",
    symptom: "a target with a `connection` is never written",
    cause:
      "the VPC has no S3 gateway endpoint, no interface endpoints for lambda, glue and sts, or the subnet no route",
    remedy: "add the endpoints, and use a Glue connection of type NETWORK",
    rules: ["connection-name"],
    source: GUIDE("Zero-ETL prerequisites"),
  },
  {
    id: "unsupported-entity",
    symptom: "an entity of a SaaS source never arrives",
    cause: "the entity is one that AWS does not replicate",
    remedy: "take it out of entities; another entity may hold the data",
    rules: ["unsupported-entity", "unknown-entity", "entity-operations"],
    reviews: ["unsupported-entity"],
    source: "AWS Glue user guide, the page of each source",
  },
  {
    id: "sap-delta-token",
    symptom: "an SAP entity misses changes",
    cause: "two integrations share the delta token of one client and entity",
    remedy: "replicate each entity by one integration of a connection's client",
    rules: ["sap-delta-token", "missing-primary-key"],
    source: GUIDE("Limitations"),
  },
  {
    id: "layout-not-applied",
    symptom: "a change of `unnest` or `partitionBy` shows no effect, or loads a table again",
    cause: "AWS lays a table out when it first loads it",
    remedy: "raise layoutVersion with the change: AWS then loads the table again",
    rules: ["layout-version", "identity-on-key", "identity-on-timestamp"],
    reviews: ["table-layout-changed"],
    made: "a refusal of the operator, until `layoutVersion` consents",
    source: GUIDE("Partitioning limitations"),
  },
];
